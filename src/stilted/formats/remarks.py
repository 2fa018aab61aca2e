"""Remarks in a file that accept findings: ``stilted-ignore``, ``stilted-off`` and ``stilted-on``.

A remark is a comment of a document (``<!-- … -->`` in Markdown and HTML, ``{/* … */}`` in MDX) or a note of a
translation unit that begins with ``stilted-``::

    stilted-ignore                                               every rule
    stilted-ignore: zh/mix-it, numbers -- our brand line         these rules and families, and why
    stilted-off: numbers                                         from here on …
    stilted-on: numbers                                          … to here; stilted-on alone ends all that is off

- ``stilted-ignore`` in a note covers its unit. In a document it covers the block it stands in (a paragraph, a heading,
  a table cell); between blocks, the next one, and that may be a whole list item or table row.
- ``stilted-off`` covers everything up to the ``stilted-on`` that ends it, or to the end of the file.
- Names are separated by commas. The reason follows `` -- ``, or `` — `` where XML forbids two hyphens in a comment.
- Any other word behind ``stilted-``, an empty or malformed name and a ``stilted-on`` that ends nothing are errors:
  a remark that is misspelt must not silently accept nothing. Whether a rule of that name exists is for those to say
  who know the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from stilted.core.document import Span, Suppression
from stilted.core.errors import UserError, did_you_mean

IGNORE: Final = "stilted-ignore"
OFF: Final = "stilted-off"
ON: Final = "stilted-on"

MAX_OFF: Final = 100
"""How many ``stilted-off`` may be open at once."""

_MARK: Final = "stilted-"
_VERB: Final = re.compile(r"[\w-]+")
_REASON: Final = re.compile(r"(?:^|\s)(?:--|—)(?:\s|$)")
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*(?:/[a-z0-9-]+)?")
_SHAPE: Final = "Write {verb}: family/rule, family -- reason"


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark as written: what it asks for (`IGNORE`, `OFF` or `ON`), and where, as an offset and as ``file:line``.

    ``rules`` are ids or families, empty for all; ``reason`` is why.
    """

    verb: str
    rules: tuple[str, ...]
    reason: str
    at: int
    where: str


def note(text: str, span: Span, at: int, where: str) -> Suppression | None:
    """Return the suppression that a note of a translation unit asks for; None for a note about something else.

    Args:
        text: the note. span: the unit in the file. at: where the note stands in the file. where: the same, for
            messages, as ``file:line``.

    Raises:
        UserError: the note begins with ``stilted-`` and is no ``stilted-ignore``, or names no rule properly.
    """
    parsed = read_remark(text, at, where, (IGNORE,))
    return None if parsed is None else Suppression(span, at, parsed.rules, parsed.reason)


def sort_notes(texts: Iterable[str], span: Span, where: str) -> tuple[tuple[str, ...], list[Suppression]]:
    """Return which notes of a unit are for translators, and what the others accept; raises like `note`.

    Args:
        texts: the notes. span: the unit in the file. where: the same, for messages, as ``file:line``.
    """
    notes: list[str] = []
    remarks: list[Suppression] = []
    for text in texts:
        remark = note(text, span, span.start, where)
        if remark is None:
            notes.append(text)
        else:
            remarks.append(remark)
    return tuple(notes), remarks


def read_remark(text: str, at: int, where: str, verbs: Sequence[str] = (IGNORE, OFF, ON)) -> Remark | None:
    """Return what the comment *text* at offset *at* asks for; None for a comment about something else.

    Raises:
        UserError: the text begins with ``stilted-`` but is not one of *verbs*, or names no rule properly.
    """
    text = text.strip()
    if not text.startswith(_MARK):
        return None
    word = _VERB.match(text)
    verb = word[0] if word else _MARK
    if verb not in verbs:
        raise UserError(f"unknown remark '{verb}'", where, did_you_mean(verb, verbs))
    head, *reason = _REASON.split(text[len(verb) :], maxsplit=1)
    return Remark(verb, _read_rules(head.strip(), verb, where), " ".join("".join(reason).split()), at, where)


def _read_rules(head: str, verb: str, where: str) -> tuple[str, ...]:
    """Return the names in ``: a, b``; none where there is nothing at all."""
    if not head:
        return ()
    hint = _SHAPE.format(verb=verb)
    if not head.startswith(":"):
        raise UserError(f"cannot read '{head}' behind {verb}", where, hint)
    names = tuple(name.strip() for name in head[1:].split(","))
    for name in names:
        if not name:
            raise UserError(f"{verb} has an empty rule name", where, hint)
        if not _NAME.fullmatch(name):
            raise UserError(f"'{name}' is not the name of a rule or family", where, hint)
    return names


def make_suppressions(
    remarks: Iterable[Remark], blocks: Sequence[Span], groups: Iterable[Span], end: int
) -> tuple[Suppression, ...]:
    """Return what the remarks of a document cover.

    A ``stilted-ignore`` with no block behind it covers nothing, and its span is empty.

    Args:
        remarks: in the order of the file. blocks: the stretches of prose, ascending and apart from each other.
        groups: list items and table rows, which hold blocks and may lie in each other. end: the length of the file.

    Raises:
        UserError: a ``stilted-on`` that ends nothing, or more than `MAX_OFF` open at once.
    """
    wide = sorted(groups, key=lambda span: (span.start, -span.end))
    suppressed: list[Suppression] = []
    off: list[Remark] = []
    for each in remarks:
        if each.verb == IGNORE:
            suppressed.append(_make_suppression(each, _find_covered(each.at, blocks, wide)))
        elif each.verb == OFF:
            off.append(each)
            if len(off) > MAX_OFF:
                raise UserError(f"more than {MAX_OFF} {OFF} are open here", each.where, f"End them with {ON}.")
        else:
            off, ended = _switch_on(each, off)
            suppressed += ended
    suppressed += [_make_suppression(each, Span(each.at, end)) for each in off]
    return tuple(sorted(suppressed, key=lambda one: one.at))


def _make_suppression(by: Remark, span: Span) -> Suppression:
    return Suppression(span, by.at, by.rules, by.reason)


def _find_covered(at: int, blocks: Sequence[Span], groups: Sequence[Span]) -> Span:
    """Return the block around *at*, else the next block or the outermost group that begins before it."""
    number = bisect_right(blocks, at, key=attrgetter("start"))
    if number and at < blocks[number - 1].end:
        return blocks[number - 1]
    if number == len(blocks):
        return Span(at, at)
    group = bisect_left(groups, at, key=attrgetter("start"))
    if group < len(groups) and groups[group].start <= blocks[number].start:
        return groups[group]
    return blocks[number]


def _switch_on(on: Remark, off: Sequence[Remark]) -> tuple[list[Remark], list[Suppression]]:
    """Return what is still off behind *on*, and the stretches that end there."""
    left: list[Remark] = []
    ended: list[Suppression] = []
    for each in off:
        names = tuple(name for name in each.rules if not on.rules or name in on.rules)
        rest = tuple(name for name in each.rules if name not in names)
        if names or not on.rules:
            ended.append(_make_suppression(replace(each, rules=names), Span(each.at, on.at)))
        if rest or (on.rules and not each.rules):
            left.append(replace(each, rules=rest))
    lost = sorted(set(on.rules) - {name for one in ended for name in one.rules})
    if lost or not ended:
        named = f": {lost[0]}" if lost else ""
        raise UserError(f"{ON}{named} ends nothing", on.where, f"Write {OFF}{named} above it, or delete it.")
    return left, ended
