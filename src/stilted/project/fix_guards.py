"""Where a fix is left to a person, though its rule vouches for it: nobody looks at what `stilted fix` changes.

A rule is right about prose. In a line that holds code, in what is quoted, and where words and marks are spoken of, what
looks like a slip may be what is meant; so nothing is changed there, whatever the rule. What else speaks against a fix
its rule knows (`Rule.fix_guard`).
"""

from __future__ import annotations

import re
from typing import Final

from stilted.core.model import Finding, Report, Span
from stilted.core.tokens import EAST_ASIAN

_AS_WRITTEN: Final = frozenset({"text", "markdown"})
"""Formats whose lines stand in the file as a person reads them; in others a line is that of the unit."""

_CODE: Final = re.compile(
    r"[`{}<>\\$|=@\ufffc]"
    r"|\w\(\)|\w_\w|::|://|\]\(|!\[|&&|%[\w(]|#\w"
    r"|(?<![\w-])--?[a-z]"  # flags
    r"|(?<![\w.])[.~]{0,2}/\w|(?<![\w.])\.\w|\w\.[a-z]"  # paths, .NET, names of files and hosts
    r"|:[a-z][\w+-]*:"  # roles and emoji
    r"|\d(?:px|em|rem|pt|vh|vw|ms|fr)\b|(?:^|\s)[a-z-]+:[^\S\n]*[^\s;]+(?:[^\S\n][^\s;]+){0,3}[^\S\n]*;"  # CSS
    r"|\b(?:AND|OR|NOT|NEAR)\b"  # what is searched for
    r"|^(?:\t| {4})"
    r"|^ {0,3}#{1,6}\s",  # headings: links lead to what they say
    re.MULTILINE,
)
_MEANINGFUL: Final = frozenset("`{}<>\\$|=@#*_~&")
"""Marks that make code or markup of the words beside them: half of a pair is worse than a full-width one."""
_IN_MESSAGES: Final = _MEANINGFUL | {"%"}
"""In a catalogue a program reads ``50% of`` as a placeholder, which the original does not have."""
_IN_FORMATS: Final = {"properties": _IN_MESSAGES | {"'"}, "yaml": _IN_MESSAGES | {"'", '"', ":", "\n"}}
"""What means more in a format: Java takes an apostrophe away from a text with arguments, and YAML reads by marks."""
_LONGEST: Final = 10_000
"""Characters of a line, beyond which nobody wrote it for people, and looking at it for every finding takes long."""
_OTHER_MARKS: Final = re.compile(
    rf"[{EAST_ASIAN}]"
    r"|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"  # written from right to left
)
"""Letters of scripts with marks of their own: a line with such speaks of the language that it was translated from, and
its marks may be meant; from right to left, a comma of English also moves the words around it."""

_OPENING: Final = "\"“„‘'«"
_CLOSING: Final = "\"”’'»"
_OPENS: Final = re.compile(r"(?<!\w)[\"“„‘'«](?=\S)")
_CLOSES: Final = re.compile(r"(?<=\S)[\"”’'»](?!\w)")


def is_vouched_for(report: Report, finding: Finding, place: Span) -> bool:
    """Tell whether the fix of *finding*, which stands at *place* in its file, needs no second look."""
    segment = report.document.segments[finding.segment]
    text = segment.target
    if text is None:
        return False
    form = report.document.format
    meaningful = _MEANINGFUL if form in _AS_WRITTEN else _IN_FORMATS.get(form, _IN_MESSAGES)
    if meaningful.intersection(*finding.suggestions[:1]) - set(finding.text):
        return False
    line = _find_line(report, text, finding, place)
    if len(line) > _LONGEST or _CODE.search(line) or _OTHER_MARKS.search(line):
        return False
    rule = report.rules.get(finding.rule)
    if rule is None or (not rule.fixes_quotations and _is_quoted(text, finding)):
        return False
    return rule.fix_guard is None or rule.fix_guard(segment, finding)


def _find_line(report: Report, text: str, finding: Finding, place: Span) -> str:
    """Return the line of the file, or of the unit, that the finding stands in."""
    start, end = finding.segment_start, finding.segment_end
    if report.document.format in _AS_WRITTEN:
        text, start, end = report.document.origin or "", place.start, place.end
    last = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : len(text) if last < 0 else last]


def _is_quoted(text: str, finding: Finding) -> bool:
    """Tell whether the words are somebody else's, or spoken of: within quotation marks, or next to one."""
    start, end = finding.segment_start, finding.segment_end
    if text[max(0, start - 1) : start] in tuple(_OPENING) or text[end : end + 1] in tuple(_CLOSING):
        return True
    first = max(0, start - _REACH)
    opened = max((match.start() for match in _OPENS.finditer(text, first, start)), default=-1)
    closed = max((match.start() for match in _CLOSES.finditer(text, first, start)), default=-1)
    return opened > closed and _CLOSES.search(text, end, end + _REACH) is not None


_REACH: Final = 400
"""Characters within which a quotation is looked for."""
