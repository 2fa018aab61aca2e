"""Code-point offsets <-> lines and units, as the Language Server Protocol counts places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

from stilted.core.offsets import Lines

UTF_16: Final = "utf-16"
"""What every editor counts in, unless both sides agree on another of `ENCODINGS`."""

ENCODINGS: Final = {"utf-8": 1, UTF_16: 2, "utf-32": 4}
"""Encodings in whose units the characters of a line may be counted, and the bytes of a unit."""


_WIDER: Final = {
    "utf-8": (re.compile("[^\x00-\x7f]"), re.compile("[^\x00-\u07ff]"), re.compile("[^\x00-\uffff]")),
    UTF_16: (re.compile("[^\x00-\uffff]"),),
    "utf-32": (),
}
"""What takes one unit more than the character before it in this list, or than the first of Unicode."""


@dataclass(frozen=True, slots=True)
class EditorLines:
    """The lines of one text for an editor; lines and characters are counted from 0.

    A place takes the same time wherever in its line it is: a line may be a whole book, with a finding in each sentence.
    """

    text: str
    lines: Lines
    wider: tuple[tuple[int, ...], ...] = ()
    """Offsets of the characters that take a second unit, a third and a fourth, each ascending."""

    @staticmethod
    def of(text: str, encoding: str = UTF_16) -> EditorLines:
        """Index *text* in one pass; *encoding* is one of `ENCODINGS`."""
        kinds = () if text.isascii() else _WIDER[encoding]
        return EditorLines(text, Lines.of(text), tuple(tuple(c.start() for c in kind.finditer(text)) for kind in kinds))

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and character of an *offset* in code points.

        Raises:
            ValueError: the offset lies outside the text.
        """
        line, column = self.lines.locate(offset)
        return line - 1, self._count_units(offset - column + 1, offset)

    def offset(self, line: int, character: int) -> int:
        """Return the code-point offset of a place, which is drawn into its line, and into the text, where it is not."""
        if line >= len(self.lines.starts):
            return self.lines.length
        start = self.lines.starts[max(line, 0)]
        places = range(start, self.line_end(start))
        return start + bisect_left(places, character, key=lambda at: self._count_units(start, at))

    def line_start(self, offset: int) -> int:
        """Return where the line of an *offset* begins."""
        return self.lines.starts[bisect_right(self.lines.starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Return where the line of an *offset* ends, before the characters that end it."""
        number = bisect_right(self.lines.starts, offset)
        end = self.lines.starts[number] if number < len(self.lines.starts) else self.lines.length
        while end > offset and self.text[end - 1] in "\r\n":
            end -= 1
        return end

    def _count_units(self, start: int, end: int) -> int:
        """Return how many units ``[start, end)`` of the text takes."""
        return end - start + sum(bisect_left(wider, end) - bisect_left(wider, start) for wider in self.wider)


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a text: what stands between two places, each a line and a character, becomes *text*.

    Without places the text is new as a whole.
    """

    text: str
    start: tuple[int, int] | None = None
    end: tuple[int, int] | None = None


def apply_edit(text: str, edit: Edit, encoding: str = UTF_16) -> str:
    r"""Return *text* after an edit; as the protocol says, ``\n``, ``\r\n`` and ``\r`` end a line, and nothing else."""
    if edit.start is None or edit.end is None:
        return edit.text
    lines = EditorLines.of(text, encoding)
    start = lines.offset(*edit.start)
    return text[:start] + edit.text + text[max(start, lines.offset(*edit.end)) :]
