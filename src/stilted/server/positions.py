"""Code-point offsets <-> lines and units, as the Language Server Protocol counts places."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from stilted.core.offsets import Lines

UTF_16: Final = "utf-16"
"""What every editor counts in, unless both sides agree on another of `ENCODINGS`."""

ENCODINGS: Final = {"utf-8": 1, UTF_16: 2, "utf-32": 4}
"""Encodings in whose units the characters of a line may be counted, and the bytes of a unit."""


@dataclass(frozen=True, slots=True)
class EditorLines:
    """The lines of one text for an editor; lines and characters are counted from 0."""

    text: str
    lines: Lines
    encoding: str = UTF_16

    @staticmethod
    def of(text: str, encoding: str = UTF_16) -> EditorLines:
        """Index *text* in one pass; *encoding* is one of `ENCODINGS`."""
        return EditorLines(text, Lines.of(text), encoding)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and character of an *offset* in code points.

        Raises:
            ValueError: the offset lies outside the text.
        """
        line, column = self.lines.locate(offset)
        return line - 1, self._units(self.text[offset - column + 1 : offset])

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
            units += self._units(self.text[at])
        return end

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

    def _units(self, text: str) -> int:
        if text.isascii():
            return len(text)
        # The byte order that is named keeps the mark away that Python would put in front.
        name = self.encoding if self.encoding == "utf-8" else f"{self.encoding}-le"
        return len(text.encode(name, "surrogatepass")) // ENCODINGS[self.encoding]


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
