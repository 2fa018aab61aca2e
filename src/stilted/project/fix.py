"""Safe fixes, in place: the first suggestion of a finding whose rule vouches for it; every other byte stays.

What is written back is read again first: a file in which anything but the fixed words would read differently is
left as it was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from stilted import formats
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.model import Finding, Report, find_place
from stilted.core.profiles import find_unread_markup
from stilted.formats import OBJECT, Parsed, Text
from stilted.project.fix_guards import is_vouched_for

ROUNDS: Final = 10
"""How often a file is read again: a fix may uncover another, and a second run must find nothing to do."""

Check = Callable[[Parsed], Report]
"""Judges a file as read; fixed are its findings that no baseline knows."""


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _quote(text: str) -> str:
    return _escape(text).replace('"', '\\"')


_SPELL: Final[Mapping[str, Callable[[str], str]]] = {
    "text": str,
    "markdown": str,
    "po": _quote,
    "properties": _escape,
    "qt": escape,
    "strings": _quote,
    "stringsdict": escape,
    "xliff": escape,
    "yaml": str,
}
"""The formats that are fixed, and how each spells a text."""

FORMATS: Final = tuple(sorted(_SPELL))


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """``[start, end)`` of the file, in code points, what to say there, how the file spells it, and the rule."""

    start: int
    end: int
    text: str
    spelt: str
    rule: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file before and after, decoded and as bytes, and how many findings were fixed."""

    before: str
    after: str
    data: bytes
    count: int


def list_edits(report: Report) -> tuple[Edit, ...]:
    """Return the edits that fix what can safely be fixed, in the order of the file, none overlapping another.

    A finding is left alone where its words do not stand in the file as they are read (an entity, a soft wrap, a tag
    between them), since there the fix would take away what is no word.
    """
    document = report.document
    spell = _SPELL.get(document.format)
    if spell is None:
        return ()
    wanted = (_make_edit(report, finding, spell) for finding in report.findings if not finding.in_baseline)
    kept: list[Edit] = []
    for edit in sorted(edit for edit in wanted if edit is not None):
        if not kept or kept[-1].end <= edit.start:
            kept.append(edit)
    return tuple(kept)


def _make_edit(report: Report, finding: Finding, spell: Callable[[str], str]) -> Edit | None:
    rule, place = report.rules.get(finding.rule), find_place(report.document, finding)
    if rule is None or not rule.safe_fix or not finding.suggestions or place is None:
        return None
    verbatim = place.of(report.document.origin or "") == finding.text and OBJECT not in finding.text
    if not verbatim or spell(finding.text) != finding.text or not is_vouched_for(report, finding, place):
        return None
    first = finding.suggestions[0]
    return Edit(place.start, place.end, first, spell(first), finding.rule)


def apply_edits(text: str, changes: Iterable[Edit]) -> str:
    """Return *text* with the edits made; they are sorted and do not overlap."""
    out, last = [], 0
    for change in changes:
        out += [text[last : change.start], change.spelt]
        last = change.end
    return "".join([*out, text[last:]])


def fix_file(data: bytes, name: str, check: Check, form: str | None = None) -> Fixed:
    """Fix a file until there is nothing left to fix.

    Args:
        data: the file. name: its name, for messages and to tell its format. check: judges it as read.
        form: its format; None to tell.

    Raises:
        NothingToCheckError: its format is not one of `FORMATS`, or it was only read as plain text because its own is
            not known here: a colon means something to YAML, a per cent sign to TeX.
        UserError: it cannot be read, its encoding lacks a character of a fix, or a fix would change what it does not
            speak of.
    """
    encoding, mark = formats.find_codec(data, name, form)
    parsed = formats.parse(data, name, "translation", form)
    if parsed.format not in _SPELL:
        what = f"{parsed.format} files are not fixed in place"
        raise NothingToCheckError(what, name, f"Formats that are: {', '.join(FORMATS)}.")
    if form is None and (ending := find_unread_markup(parsed.format, parsed.name)):
        what = f"'{ending}' files are not fixed in place, since their markup was read as prose"
        raise NothingToCheckError(what, name, "Where there is none in it, add --format-in text.")
    before, count = parsed.text, 0
    if mark + before.encode(encoding) != data:
        raise UserError("the file cannot be written back byte for byte", name, "Save it in UTF-8.")
    for _ in range(ROUNDS):
        report = check(parsed)
        changes = list_edits(report)
        if not changes:
            break
        after = mark + _encode(apply_edits(parsed.text, changes), encoding, name)
        again = formats.parse(after, name, "translation", parsed.format)
        _require_same(parsed, again, changes)
        parsed, count = again, count + len(changes)
    return Fixed(before, parsed.text, mark + parsed.text.encode(encoding), count)


def _encode(text: str, encoding: str, name: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        char = text[error.start]
        what = f"a fix needs U+{ord(char):04X}, which {encoding.upper()} does not have"
        raise UserError(what, name, "Save the file in UTF-8, or fix this by hand.") from error


def _require_same(old: Parsed, new: Parsed, changes: Sequence[Edit]) -> None:
    """Refuse a fix after which the file does not read as before with the fixed words in place."""
    expected = [(unit.id, unit.state, _apply_edits(unit.target, changes)) for unit in old.units]
    if expected != [(unit.id, unit.state, _apply_edits(unit.target, ())) for unit in new.units]:
        rules = ", ".join(sorted({change.rule for change in changes}))
        raise UserError(f"the fix of {rules} would change more than its words", old.name, "Fix this by hand.")


def _apply_edits(text: Text | None, changes: Sequence[Edit]) -> tuple[str, tuple[str, ...]] | None:
    """Return what a text says after the changes in it, and what its opaque characters stand for."""
    if text is None:
        return None
    out, last = [], 0
    for start, end, file_start, file_end in text.map.pieces:
        low = bisect_left(changes, file_start, key=lambda change: change.start)
        high = bisect_left(changes, file_end, key=lambda change: change.start)
        for change in changes[low:high] if end - start == file_end - file_start else ():
            at = start + change.start - file_start
            out += [text.text[last:at], change.text]
            last = at + change.end - change.start
    return "".join([*out, text.text[last:]]), text.objects
