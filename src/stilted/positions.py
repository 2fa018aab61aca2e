"""Where in a file: code-point offsets <-> lines and columns as editors count them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Lines:
    r"""The line index of one text; a line ends with ``\n``, ``\r\n`` or ``\r`` and with nothing else.

    `str.splitlines` also breaks at U+2028, form feeds and six others, which no editor, compiler or
    forge counts as a line.
    """

    starts: tuple[int, ...]
    """Offset of the first character of each line, ascending; the first is always 0."""
    length: int
    """Code points in the text."""

    @staticmethod
    def of(text: str) -> Lines:
        """Index *text* in one pass."""
        return Lines((0, *(end.end() for end in _LINE_END.finditer(text))), len(text))

    def locate(self, offset: int) -> tuple[int, int]:
        r"""Return the 1-based ``(line, column)`` of a 0-based *offset* in code points.

        The characters of a line end belong to the line they end, so both halves of ``\r\n`` are on one
        line; ``offset == length`` is the place after the last character.

        Raises:
            ValueError: the offset lies outside the text.
        """
        if not 0 <= offset <= self.length:
            raise ValueError(f"offset {offset} lies outside a text of {self.length} characters")
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1
