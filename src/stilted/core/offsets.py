"""Where in a file: code-point offsets <-> lines and columns as editors count them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter

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


Piece = tuple[int, int, int, int]
"""``(start, end, file_start, file_end)``: a stretch of a text and the stretch of the file that it was read from."""


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where the characters of a text stand in the file that it was read from; offsets are code points on both sides.

    The pieces are ascending and cover the text without gaps. Where both sides of a piece are equally long, character
    i is character i; elsewhere (an entity, an escape, a soft wrap, an opaque tag) each character of the text stands
    for the whole stretch of the file. What the text leaves out of the file lies between pieces.
    """

    pieces: tuple[Piece, ...]

    @staticmethod
    def verbatim(length: int, file_start: int = 0) -> OffsetMap:
        """Return the map of a text that stands in the file as it is."""
        return OffsetMap(((0, length, file_start, file_start + length),))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the file that ``[start, end)`` of the text was read from.

        An empty range is the place before its character, or after the last one.

        Raises:
            ValueError: the range lies outside the text.
        """
        if not 0 <= start <= end <= self.pieces[-1][1]:
            raise ValueError(f"[{start}, {end}) lies outside a text of {self.pieces[-1][1]} characters")
        first = self._find_stretch(start)
        if start == end:
            return first[0], first[0]
        return first[0], self._find_stretch(end - 1)[1]

    def cut(self, start: int, end: int) -> OffsetMap:
        """Return the map of ``[start, end)`` of the text."""
        pieces: list[Piece] = []
        for index in range(bisect_right(self.pieces, start, key=itemgetter(0)) - 1, len(self.pieces)):
            low, high, file_start, file_end = self.pieces[index]
            if low >= end:
                break
            first, last = max(low, start), min(high, end)
            if first >= last:
                continue
            if high - low == file_end - file_start:
                file_start, file_end = file_start + first - low, file_start + last - low
            pieces.append((first - start, last - start, file_start, file_end))
        return OffsetMap(tuple(pieces) or ((0, 0, *self.place(start, start)),))

    def _find_stretch(self, offset: int) -> tuple[int, int]:
        """Return the stretch of the file that one character stands for; after the last, the place behind it."""
        start, end, file_start, file_end = self.pieces[bisect_right(self.pieces, offset, key=itemgetter(0)) - 1]
        if offset >= end:
            return file_end, file_end
        if end - start == file_end - file_start:
            return file_start + offset - start, file_start + offset - start + 1
        return file_start, file_end


class MapBuilder:
    """Puts a text together from the stretches of a file that it is read from."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def add(self, text: str, file_start: int, file_end: int | None = None) -> None:
        """Append *text*, read from ``[file_start, file_end)``; without *file_end* it stands there as it is."""
        if not text:
            return
        start, self._length = self._length, self._length + len(text)
        end = file_start + len(text) if file_end is None else file_end
        self._texts.append(text)
        if self._pieces and end - file_start == len(text):
            last_start, last_end, last_file, last_file_end = self._pieces[-1]
            if last_file_end == file_start and last_end - last_start == last_file_end - last_file:
                self._pieces[-1] = (last_start, self._length, last_file, end)
                return
        self._pieces.append((start, self._length, file_start, end))

    def extend(self, text: str, placed: OffsetMap) -> None:
        """Append a text that has a map already."""
        base = self._length
        self._texts.append(text)
        self._length += len(text)
        self._pieces += [(start + base, end + base, a, b) for start, end, a, b in placed.pieces if end > start]

    def build(self) -> tuple[str, OffsetMap]:
        """Return the text and its map."""
        return "".join(self._texts), OffsetMap(tuple(self._pieces) or ((0, 0, 0, 0),))
