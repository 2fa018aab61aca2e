"""Code-point offsets <-> lines and UTF-16 units, as the Language Server Protocol counts places by default."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from stilted.core.offsets import Lines


@dataclass(frozen=True, slots=True)
class Utf16Lines:
    """The lines of one text for an editor; lines and characters are counted from 0."""

    text: str
    lines: Lines

    @staticmethod
    def of(text: str) -> Utf16Lines:
        """Index *text* in one pass."""
        return Utf16Lines(text, Lines.of(text))

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and UTF-16 character of an *offset* in code points.

        Raises:
            ValueError: the offset lies outside the text.
        """
        line, column = self.lines.locate(offset)
        before = self.text[offset - column + 1 : offset]
        return line - 1, len(before) + sum(char > "\uffff" for char in before)

    def offset(self, line: int, character: int) -> int:
        """Return the code-point offset of a place, which is drawn into its line, and into the text, where it is not."""
        if line >= len(self.lines.starts):
            return self.lines.length
        start = self.lines.starts[max(line, 0)]
        end = self.lines.starts[line + 1] if line + 1 < len(self.lines.starts) else self.lines.length
        units = 0
        for at in range(start, end):
            if units >= character or self.text[at] in "\r\n":
                return at
            units += 2 if self.text[at] > "\uffff" else 1
        return end

    def line_start(self, offset: int) -> int:
        """Return where the line of an *offset* begins."""
        return self.lines.starts[bisect_right(self.lines.starts, offset) - 1]
