"""Sorted lines on disk, small: each says how many characters it shares with the one before it; all are compressed.

A long list of words of which a text needs few is packed as a `WordSet`: it begins anew where the first letters change,
so that only the words that begin like the one that is asked for are ever unpacked.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_VALUE: Final = {digit: number for number, digit in enumerate(_DIGITS)}
_HEAD: Final = 3
"""Letters that the words of one part of a `WordSet` have in common."""


def dumps(lines: Iterable[str]) -> bytes:
    """Pack *lines*, which need not be sorted but are small if they are."""
    return _compress(_share(lines))


def dump_words(words: Iterable[str]) -> bytes:
    """Pack *words*, sorted and without blanks, for `WordSet`; `loads` reads them as well."""
    return _compress(line for _, part in groupby(words, lambda word: word[:_HEAD]) for line in _share(part))


def _compress(lines: Iterable[str]) -> bytes:
    return lzma.compress("\n".join(lines).encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)


def _share(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        shared = 0
        while shared < min(len(before), len(line), len(_DIGITS) - 1) and before[shared] == line[shared]:
            shared += 1
        yield _DIGITS[shared] + line[shared:]
        before = line


def loads(data: bytes) -> list[str]:
    """Return the lines that `dumps` packed."""
    text = lzma.decompress(data).decode("utf-8")
    return _complete(text.split("\n")) if text else []


def _complete(lines: Iterable[str]) -> list[str]:
    out: list[str] = []
    before = ""
    value = _VALUE
    for line in lines:
        before = before[: value[line[0]]] + line[1:]
        out.append(before)
    return out


def read_lines(path: Path) -> list[str]:
    """Return the lines of a packed file."""
    return loads(path.read_bytes())


class WordSet:
    """The words that `dump_words` packed, in a file; a word is looked for among those that begin like it."""

    def __init__(self, data: bytes) -> None:
        starts = ("\n" + lzma.decompress(data).decode("utf-8")).split("\n0")[1:]
        self._packed = {part[:_HEAD].partition("\n")[0]: part for part in starts}
        self._parts: dict[str, frozenset[str]] = {}

    def __contains__(self, word: str) -> bool:
        """Tell whether *word* is one of them."""
        head = word[:_HEAD]
        if head not in self._packed:
            return False
        if head not in self._parts:
            self._parts[head] = frozenset(_complete(f"0{self._packed[head]}".split("\n")))
        return word in self._parts[head]
