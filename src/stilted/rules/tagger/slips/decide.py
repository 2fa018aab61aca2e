"""From chances of words to places that an editor would change."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from stilted.core.model import Span
from stilted.rules.checks.grammar.articles import choose_article
from stilted.rules.tagger.masking import CODE
from stilted.rules.tagger.slips.inference import KEEP, NEEDS_A, NEEDS_THE, REPLACE, SlipReading

LEAST_WORDS: Final = 4
"""Shorter texts are headings and labels, which have rules of their own."""

_GROWS: Final = 0.6
"""Share of the least chance that a neighbour needs to belong to a slip."""

_LONGEST: Final = 8
_FLOOR: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Slip:
    """A place that an editor would change.

    Attributes:
        span: the words that go, or the word before which one is missing. instead: what to write; empty for unknown.
        is_gap: whether a word is missing. confidence: chance that an editor changed something that *span* touches.
    """

    span: Span
    instead: str
    is_gap: bool
    confidence: float


def find_slips(reading: SlipReading, tuned: Mapping[str, Any], sensitivity: str) -> Iterator[Slip]:
    """Yield the slips of a segment that are sure enough at a sensitivity, in order and disjoint."""
    words, text = reading.target.words, reading.target.text
    if sum(not word.is_mark for word in words) < LEAST_WORDS:
        return
    doubts = [1 - each[KEEP] for each in reading.chances]
    least = tuned["points"][sensitivity]
    place = 0
    while place < len(words):
        first, last = place, place + 1
        while last < len(words) and doubts[last - 1] >= least * _GROWS and doubts[last] >= least * _GROWS:
            last += 1
        place = last
        peak = max(range(first, last), key=doubts.__getitem__)
        if doubts[peak] < least or last - first > _LONGEST:
            continue
        inside = words[first:last]
        if all(word.is_mark or word.lower == CODE.lower() for word in inside) or inside[peak - first].is_name:
            continue
        column = max(range(REPLACE, len(reading.chances[peak])), key=reading.chances[peak].__getitem__)
        if column != REPLACE:
            inside = words[peak : peak + 1]
        span = Span(inside[0].start, inside[-1].end)
        yield Slip(
            span, _add_article(column, span.of(text)), column != REPLACE, estimate_confidence(doubts[peak], tuned)
        )


def estimate_confidence(doubt: float, tuned: Mapping[str, Any]) -> float:
    """Return the chance that an editor changed a place that looks so doubtful (Platt, 1999)."""
    doubt = min(max(doubt, _FLOOR), 1 - _FLOOR)
    slope, shift = tuned["confidence"]
    return round(1 / (1 + math.exp(-(slope * math.log(doubt / (1 - doubt)) + shift))), 2)


def _add_article(column: int, word: str) -> str:
    """Return *word* with the article that is missing before it."""
    if not word[0].islower():
        return ""
    if column == NEEDS_THE:
        return f"the {word}"
    article = choose_article(word, 0, len(word)) if column == NEEDS_A else ""
    return f"{article} {word}" if article else ""
