"""Sorted lines on disk, small: each says how many characters it shares with the one before it; all are compressed."""

from __future__ import annotations

import lzma
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_VALUE: Final = {digit: number for number, digit in enumerate(_DIGITS)}


def dumps(lines: Iterable[str]) -> bytes:
    """Pack *lines*, which need not be sorted but are small if they are."""
    out: list[str] = []
    before = ""
    for line in lines:
        shared = 0
        while shared < min(len(before), len(line), len(_DIGITS) - 1) and before[shared] == line[shared]:
            shared += 1
        out.append(_DIGITS[shared] + line[shared:])
        before = line
    return lzma.compress("\n".join(out).encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)


def loads(data: bytes) -> list[str]:
    """Return the lines that `dumps` packed."""
    out: list[str] = []
    before = ""
    value = _VALUE
    text = lzma.decompress(data).decode("utf-8")
    for line in text.split("\n") if text else ():
        before = before[: value[line[0]]] + line[1:]
        out.append(before)
    return out


def read_lines(path: Path) -> list[str]:
    """Return the lines of a packed file."""
    return loads(path.read_bytes())
