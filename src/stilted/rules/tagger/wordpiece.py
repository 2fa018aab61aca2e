"""Uncased WordPiece, as BERT's vocabulary expects it, with the place of every piece in the original text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

UNKNOWN: Final = "[UNK]"
_LONGEST: Final = 100
"""Characters of the longest token that is looked up piece by piece, as in BERT."""

_SPACE, _ALONE, _INNER = range(3)


class Piece(NamedTuple):
    """A vocabulary entry and the code points ``[start, end)`` of the text that it stands for."""

    id: int
    start: int
    end: int


def cut_into_pieces(text: str, vocabulary: Mapping[str, int]) -> list[Piece]:
    """Cut *text* into pieces of *vocabulary*; what it lacks becomes ``[UNK]``."""
    out: list[Piece] = []
    for form, places in _cut_tokens(text):
        out += _cut_pieces(form, places, vocabulary)
    return out


def _cut_tokens(text: str) -> Iterator[tuple[str, list[int]]]:
    """Yield lower-cased tokens without accents, and where each of their characters comes from."""
    form = ""
    places: list[int] = []
    for place, original in enumerate(text):
        for char, kind in _normalise(original):
            if kind == _INNER:
                form += char
                places.append(place)
                continue
            if form:
                yield form, places
                form, places = "", []
            if kind == _ALONE:
                yield char, [place]
    if form:
        yield form, places


@lru_cache(maxsize=4096)
def _normalise(original: str) -> tuple[tuple[str, int], ...]:
    """Return what BERT makes of one character: nothing of controls and accents, lower case of the rest."""
    if _is_dropped(original):
        return ()
    chars = unicodedata.normalize("NFD", original.lower())
    return tuple((c, _classify(c)) for c in chars if c.isspace() or unicodedata.category(c) != "Mn")


def _classify(char: str) -> int:
    if char.isspace():
        return _SPACE
    if char.isascii():
        return _INNER if char.isalnum() else _ALONE
    return _ALONE if unicodedata.category(char).startswith("P") or _is_ideograph(ord(char)) else _INNER


def _is_dropped(char: str) -> bool:
    """Tell whether BERT deletes the character: controls and formats, but not tab, newline and return."""
    return char in "\0\ufffd" or (char not in "\t\n\r" and unicodedata.category(char).startswith("C"))


def _is_ideograph(code: int) -> bool:
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x2CEAF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
    )


def _cut_pieces(form: str, places: list[int], vocabulary: Mapping[str, int]) -> list[Piece]:
    """Take the longest known piece again and again; one unknown rest makes the whole token unknown."""
    if form in vocabulary:
        return [Piece(vocabulary[form], places[0], places[-1] + 1)]
    unknown = [Piece(vocabulary[UNKNOWN], places[0], places[-1] + 1)]
    if len(form) > _LONGEST:
        return unknown
    out: list[Piece] = []
    start = 0
    while start < len(form):
        end = len(form)
        prefix = "##" if start else ""
        while end > start and prefix + form[start:end] not in vocabulary:
            end -= 1
        if end == start:
            return unknown
        out.append(Piece(vocabulary[prefix + form[start:end]], places[start], places[end - 1] + 1))
        start = end
    return out
