"""A segment and its reference as the encoder reads them: windows of pieces that overlap, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stilted.rules.tagger.features import Word, match_words, split_words
from stilted.rules.tagger.masking import blank_code
from stilted.rules.tagger.wordpiece import Piece, cut_into_pieces

TARGET_PIECES: Final = 128
REFERENCE_PIECES: Final = 110
"""The longest sides seen in training; with three separators they stay below BERT's 512 places."""

_STRIDE: Final = 96
CLS: Final = "[CLS]"
SEP: Final = "[SEP]"


@dataclass(frozen=True, slots=True)
class Side:
    """A text, its words, its pieces, and for each piece the index of its word (-1 for none)."""

    text: str
    words: tuple[Word, ...]
    pieces: tuple[Piece, ...]
    owners: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the encoder: four vectors of equal length, and whose each piece is.

    ``target`` and ``reference`` hold, for each place of the input, the index of the word that owns it on
    that side, or -1.
    """

    ids: tuple[int, ...]
    types: tuple[int, ...]
    shapes: tuple[int, ...]
    matches: tuple[int, ...]
    target: tuple[int, ...]
    reference: tuple[int, ...]


def encode_side(text: str, vocabulary: Mapping[str, int]) -> Side:
    """Split *text* into words and pieces and tell which piece is whose; code and markup are not read."""
    shown = blank_code(text)
    shown_words, cut = split_words(shown), cut_into_pieces(shown, vocabulary)
    owners: list[int] = []
    word = 0
    for piece in cut:
        while word < len(shown_words) and shown_words[word].end <= piece.start:
            word += 1
        inside = word < len(shown_words) and shown_words[word].start < piece.end
        owners.append(word if inside else -1)
    return Side(text, tuple(shown_words), tuple(cut), tuple(owners))


def list_windows(target: Side, reference: Side | None, vocabulary: Mapping[str, int]) -> Iterator[Window]:
    """Yield the windows of *target*, each with the stretch of *reference* that lies beside it."""
    here = match_words(target.words, None if reference is None else reference.words)
    there = [] if reference is None else match_words(reference.words, target.words, reference=True)
    total = len(target.pieces)
    for start in range(0, max(1, total - (TARGET_PIECES - _STRIDE)), _STRIDE):
        stop = min(total, start + TARGET_PIECES)
        rows = [_make_separator(vocabulary[CLS], 0)]
        rows += _make_rows(target, here, start, stop, 0)
        rows.append(_make_separator(vocabulary[SEP], 0))
        if reference is not None:
            rows += _make_rows(reference, there, *_find_stretch_beside(start, stop, total, len(reference.pieces)), 1)
            rows.append(_make_separator(vocabulary[SEP], 1))
        yield Window(*zip(*rows, strict=True))


def _make_separator(piece: int, side_id: int) -> tuple[int, ...]:
    return piece, side_id, 0, 0, -1, -1


def _make_rows(text: Side, match: Sequence[int], start: int, stop: int, side_id: int) -> Iterator[tuple[int, ...]]:
    for place in range(start, stop):
        word = text.owners[place]
        shape, similarity = (text.words[word].shape, match[word]) if word >= 0 else (0, 0)
        owners = (word, -1) if side_id == 0 else (-1, word)
        yield text.pieces[place].id, side_id, shape, similarity, *owners


def _find_stretch_beside(start: int, stop: int, total: int, length: int) -> tuple[int, int]:
    """Return the stretch of a reference of *length* pieces beside ``[start, stop)`` of *total*."""
    if length <= REFERENCE_PIECES:
        return 0, length
    centre = (start + stop) * length // (2 * max(1, total))
    first = min(max(0, centre - REFERENCE_PIECES // 2), length - REFERENCE_PIECES)
    return first, first + REFERENCE_PIECES
