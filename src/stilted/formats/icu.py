"""ICU MessageFormat: each branch of a plural or a choice becomes a text of its own.

``{count, plural, one {# item} other {# items}} in the bag`` reads "￼ item in the bag" and "￼ items in the bag".
After https://unicode-org.github.io/icu/userguide/format_parse/messages/ ; quotes are optional as in ICU4J.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from stilted.core.offsets import MapBuilder, OffsetMap
from stilted.formats.placeholders import make_opaque
from stilted.formats.units import OBJECT, Text, Unit

MAX_FORMS: Final = 64
MAX_DEPTH: Final = 10

_CHOICE: Final = re.compile(r"\{\s*([\w.-]{1,60})\s*,\s*(plural|select|selectordinal)\s*,\s*(?:offset:\s*\d+\s*)?")
_ARGUMENT: Final = re.compile(r"\{\s*[\w.-]{1,60}\s*(?:,[^{}]{0,200})?\}")
_SELECTOR: Final = re.compile(r"\s*(=\d{1,9}|[\w-]{1,60})\s*\{")
_REST: Final = "[other]"
_BLANK: Final = re.compile(r"\s*")
_QUOTED: Final = re.compile(r"'([{}#|](?:[^']|'')*)(?:'|$)")


class MessageError(ValueError):
    """A message that does not parse; ``at`` is the place in it."""

    def __init__(self, what: str, at: int) -> None:
        super().__init__(what)
        self.at = at


@dataclass(slots=True)
class _Choice:
    """A plural or select: what it chooses by, and the branches by their selector."""

    argument: str
    branches: list[tuple[str, list[_Part]]] = field(default_factory=list)


_Part = tuple[str, int, int] | _Choice
"""What to say for ``[start, end)`` of the message, or a choice."""


class LimitError(MessageError):
    """A message that may well be in order but has more than is read of one."""


def has_choice(text: str) -> bool:
    """Tell whether a text looks like a message with branches."""
    return "{" in text and _CHOICE.search(text) is not None


def find_choice(text: str, argument: str = "") -> tuple[int, int] | None:
    """Return where the first choice, or the first by that argument, names what it chooses by; None where none does."""
    found = (match for match in _CHOICE.finditer(text) if argument in ("", match[1]))
    return next((match.span(1) for match in found), None)


def find_fault(text: str) -> str:
    """Return what is wrong with a message; empty where nothing is, or where nobody knows."""
    try:
        list_forms(Text(text, OffsetMap.verbatim(len(text))))
    except LimitError:
        return ""
    except MessageError as error:
        return str(error)
    return ""


def list_forms(text: Text) -> list[tuple[str, Text]]:
    """Return ``(selectors, text)`` for every way to choose the branches; the selectors are ``[one]``, ``[one][other]``.

    Raises:
        MessageError: a brace is missing, or there are more than `MAX_FORMS` ways or `MAX_DEPTH` levels.
    """
    parts, at = _read_parts(text.text, 0, 0, plural=False)
    if at < len(text.text):
        raise MessageError("a closing brace without an opening one", at)
    return [(name, replace(_build(text, leaves), arguments=arguments)) for name, leaves, arguments in _list_ways(parts)]


def list_branches(unit: Unit, syntax: str = "any") -> Iterator[Unit]:
    """Yield *unit* with its placeholders opaque, or one for each branch of its target, beside the same of the others.

    Args:
        unit: as read, with placeholders as they are written. syntax: see `make_opaque`.
    """
    others = (unit.source, unit.reference)
    choices = {} if unit.target is None else _read_choices(unit.target)
    forms: dict[str, Text | None] = {**choices} or {"": unit.target}
    for name, form in forms.items():
        target = None if form is None else make_opaque(form, syntax)
        source, reference = (_choose_beside(side, name, syntax) for side in others)
        yield replace(unit, id=unit.id + name, target=target, source=source, reference=reference)


def _choose_beside(side: Text | None, name: str, syntax: str) -> Text | None:
    """Return what a source or reference has of that name: without branches of its own, its text stands for the rest.

    Args:
        name: of a branch of the target; empty where that has none.
    """
    if side is None:
        return None
    forms = _read_choices(side)
    if not forms:
        is_whole = not name or not (name.replace(_REST, "") or has_choice(side.text))
        return make_opaque(side, syntax) if is_whole else None
    rest = next((form for other, form in forms.items() if not other.replace(_REST, "")), None)
    form = forms.get(name, None if name else rest or side)
    return None if form is None else make_opaque(form, syntax)


def _read_choices(text: Text) -> dict[str, Text]:
    """Return the branches of a text; none where it has no choices, or does not parse."""
    try:
        return dict(list_forms(text)) if has_choice(text.text) else {}
    except MessageError:
        return {}


def _read_parts(text: str, at: int, depth: int, *, plural: bool) -> tuple[list[_Part], int]:
    """Read up to the brace that closes this branch, or to the end."""
    if depth > MAX_DEPTH:
        raise LimitError("choices nest too deeply", at)
    parts: list[_Part] = []
    while at < len(text) and text[at] != "}":
        char = text[at]
        if char == "{" and (choice := _CHOICE.match(text, at)):
            branches, at = _read_branches(text, choice, depth)
            parts.append(branches)
        elif char == "{":
            argument = _ARGUMENT.match(text, at)
            if argument is None:
                raise MessageError("an argument is not closed", at)
            parts.append((OBJECT, at, argument.end()))
            at = argument.end()
        elif char == "#" and plural:
            parts.append((OBJECT, at, at + 1))
            at += 1
        else:
            said, end = _read_literal(text, at)
            parts.append((said, at, end))
            at = end
    if depth and at >= len(text):
        raise MessageError("a branch is not closed", at)
    return parts, at


def _read_literal(text: str, at: int) -> tuple[str, int]:
    if text[at] == "'":
        if text.startswith("''", at):
            return "'", at + 2
        if quoted := _QUOTED.match(text, at):
            return quoted[1].replace("''", "'"), quoted.end()
    return text[at], at + 1


def _read_branches(text: str, head: re.Match[str], depth: int) -> tuple[_Choice, int]:
    choice, plural, at = _Choice(head[1]), head[2] != "select", head.end()
    while selector := _SELECTOR.match(text, at):
        parts, end = _read_parts(text, selector.end(), depth + 1, plural=plural)
        choice.branches.append((selector[1], parts))
        at = end + 1
    blank = _BLANK.match(text, at)
    at = blank.end() if blank else at
    if not choice.branches or not text.startswith("}", at):
        raise MessageError("a choice has no branches, or is not closed", min(at, len(text)))
    return choice, at + 1


_Way = tuple[str, list[tuple[str, int, int]], tuple[str, ...]]
"""A name, what to say, and the arguments that were chosen by."""


def _list_ways(parts: Iterable[_Part]) -> list[_Way]:
    ways: list[_Way] = [("", [], ())]
    for part in parts:
        if not isinstance(part, _Choice):
            for _, leaves, _ in ways:
                leaves.append(part)
            continue
        inner = [
            (f"[{name}]{more}", leaves, (part.argument, *arguments))
            for name, branch in part.branches
            for more, leaves, arguments in _list_ways(branch)
        ]
        if len(inner) * len(ways) > MAX_FORMS:
            raise LimitError(f"more than {MAX_FORMS} ways to choose", 0)
        ways = [
            (name + more, [*leaves, *chosen], (*before, *arguments))
            for name, leaves, before in ways
            for more, chosen, arguments in inner
        ]
    return ways


def _build(text: Text, leaves: Iterable[tuple[str, int, int]]) -> Text:
    built, objects = MapBuilder(), []
    places = (at for at, char in enumerate(text.text) if char == OBJECT)
    given = dict(zip(places, text.objects, strict=False))
    for said, start, end in leaves:
        if said == text.text[start:end]:
            built.extend(said, text.map.cut(start, end))
        else:
            built.add(said, *text.map.place(start, end))
        if said == OBJECT:
            objects.append(given.get(start, text.text[start:end]))
    return Text.of(built, tuple(objects))
