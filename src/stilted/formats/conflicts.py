"""Merge conflicts that nobody has resolved: a file with their marks holds two versions of one text."""

from __future__ import annotations

import re
from typing import Final

from stilted.core.document import Span
from stilted.core.offsets import Lines
from stilted.formats.units import Parsed

_MARK: Final = re.compile(r"^(?:(<{7})|(={7})|(>{7}))(?:[ \t][^\n]*|\r)?$", re.MULTILINE)
_AS_SHOWN: Final = frozenset({"html", "markdown"})
"""Formats that may show a conflict, as code; there it is reported only where it stands in prose."""


def find_conflict(text: str) -> Span | None:
    """Return where the first conflict stands: from its opening mark to the end of the line with its closing one."""
    start, halves = None, False
    for mark in _MARK.finditer(text):
        if mark[1]:
            start, halves = mark.start(), False
        elif mark[2]:
            halves = start is not None
        elif start is not None and halves:
            return Span(start, mark.end())
    return None


def tell_conflict(text: str) -> str:
    """Return a clause about the first conflict in *text*; empty without one."""
    conflict = find_conflict(text)
    if conflict is None:
        return ""
    lines = Lines.of(text)
    return f"lines {lines.locate(conflict.start)[0]:,} to {lines.locate(conflict.end)[0]:,} are a merge conflict"


def note_conflict(parsed: Parsed) -> tuple[str, ...]:
    """Return a note on the first conflict in a file that was read; none without one."""
    conflict = find_conflict(parsed.text)
    if conflict is None or (parsed.format in _AS_SHOWN and not _is_prose(parsed, conflict.start)):
        return ()
    message = tell_conflict(parsed.text)
    return (f"{message[:1].upper()}{message[1:]} that nobody has resolved; both versions were checked.",)


def _is_prose(parsed: Parsed, offset: int) -> bool:
    return any(
        start <= offset < end
        for unit in parsed.units
        if unit.target is not None
        for _, _, start, end in unit.target.map.pieces
    )
