"""Types of the arguments of C's format strings: ``%lld`` reads another one than ``%d``, and than ``%llu``.

A program in C passes an argument of one type, and reading it as another is undefined (C11 7.21.6.1). What counts as
the same is what ``msgfmt --check-format`` takes for it: ``%i`` and ``%d``, ``%x`` and ``%u``, ``%g`` and ``%f``,
``%lf`` and ``%f``, ``%qd`` and ``%lld``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.formats.placeholders import PLACEHOLDER, Placeholder
from stilted.rules.checks.markup.pieces import Side, find_pieces

FORMATS: Final = frozenset({"c", "objc"})
"""Languages whose arguments have such types, as the flags of gettext call them."""

_CONVERSION: Final = re.compile(r"(hh|h|ll|l|q|L|z|t|j)?([A-Za-z@])\Z")
_ALIKE: Final = {"i": "d", "o": "u", "x": "u", "X": "u", "E": "f", "e": "f", "g": "f"}


def find_other_types(target: Side, source: Side) -> Iterator[tuple[Placeholder, str]]:
    """Yield the conversions that read the same argument as one of the source but of another type, and what is right."""
    wanted = {piece.name: piece.text for piece in find_pieces(source).found if _is_conversion(piece)}
    for piece in find_pieces(target).found:
        there = wanted.get(piece.name, "") if _is_conversion(piece) else ""
        if there and _read_type(piece.text) != _read_type(there):
            begins = _CONVERSION.sub("", piece.text)
            conversion = _CONVERSION.search(there)
            yield piece, begins + (conversion[0] if conversion else "")


def _is_conversion(piece: Placeholder) -> bool:
    return piece.kind == PLACEHOLDER and piece.text.startswith("%") and _CONVERSION.search(piece.text) is not None


def _read_type(text: str) -> tuple[str, str]:
    match = _CONVERSION.search(text)
    length, letter = (match[1] or "", match[2]) if match else ("", text)
    kind = _ALIKE.get(letter, letter)
    length = {"q": "ll"}.get(length, length)
    return "" if kind == "f" and length == "l" else length, kind
