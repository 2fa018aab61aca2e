"""From chances of words to spans of whole words, and how sure each span is.

A span starts at a sure word and grows over neighbours that are less sure (hysteresis): single thresholds
give fragments or whole clauses, and readers as well as the MPP measure punish both.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from stilted.rules.tagger.features import ALONE, Word, match_words
from stilted.rules.tagger.inference import Reading

FUNCTION_WORDS: Final = frozenset(
    "a an the and or but of to in on at by for from with as is are was were be been that this it its".split()
)
"""Words that a span does not begin or end with unless they are sure themselves."""

_FLOOR: Final = 1e-4
_DOUBTED: Final = 0.2
_TYPICAL_WORDS: Final = 100
_TYPICAL_SHARE: Final = 0.05
"""A document counts as if it had so many more words, of which this share looks wrong."""

FACTS: Final = 9
"""How many facts the confidence of a span is made of; see `list_evidence`."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How chances become spans, tuned on development documents.

    Attributes:
        start: a word this likely starts a span. extend: share of *start* that a neighbour needs.
        split: a sure word this likely to begin a span begins one, even beside another.
        weights: of the logistic confidence, in the order of `list_evidence`, the constant first.
    """

    start: float
    extend: float
    split: float
    weights: tuple[float, ...]

    @staticmethod
    def of(values: Mapping[str, Any]) -> Decoding:
        """Read the entry of a model card."""
        weights = values["weights"]
        return Decoding(values["start"], values["extend"], values["split"], tuple(weights))


@dataclass(frozen=True, slots=True)
class Doubt:
    """How doubtful a whole document looks: a text full of literal renderings is a translation, a clean one may be none.

    Attributes:
        share: log odds of the share of words that look wrong. score: mean of the penalty head.
    """

    share: float = -2.94
    score: float = 0.0

    @staticmethod
    def of(readings: Iterable[Reading]) -> Doubt:
        """Look at all readings of a document; a short one is taken for a typical one."""
        words, wrong, score = _TYPICAL_WORDS, _TYPICAL_WORDS * _TYPICAL_SHARE, 0.0
        for reading in readings:
            words += len(reading.marked)
            wrong += sum(chance > _DOUBTED for chance in reading.marked)
            score += reading.score * len(reading.marked)
        return Doubt(_compute_logit(wrong / words), score / words)


TYPICAL: Final = Doubt()
"""What nobody has looked at."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words ``[first, last)`` of a reading, the chance that a rater marks one of them, and the worst word."""

    first: int
    last: int
    confidence: float
    peak: float


def find_marks(reading: Reading, decoding: Decoding, doubt: Doubt = TYPICAL) -> list[Mark]:
    """Return the spans of *reading*, in order and disjoint."""
    runs = _find_runs(reading, decoding)
    others = None if reading.reference is None else reading.reference.words
    match = match_words(reading.target.words, others)
    out: list[Mark] = []
    for first, last in runs:
        first, last = _trim(reading.target.words, reading.marked, first, last, decoding.start)
        facts = list_evidence(reading, match, first, last, doubt)
        chance = 1 / (1 + math.exp(-sum(w * f for w, f in zip(decoding.weights, facts, strict=True))))
        out.append(Mark(first, last, round(chance, 2), max(reading.marked[first:last])))
    return out


def list_evidence(reading: Reading, match: Sequence[int], first: int, last: int, doubt: Doubt) -> tuple[float, ...]:
    """Return what the confidence of a span is made of: the constant, the logits of its likeliest word and of
    its mean chance, the log of its length, whether it is a name, all in the reference, a mark only; and how doubtful
    the document is.
    """
    words = reading.target.words[first:last]
    chances = reading.marked[first:last]
    return (
        1.0,
        _compute_logit(max(chances)),
        _compute_logit(sum(chances) / len(chances)),
        math.log(words[-1].end - words[0].start),
        float(all(w.is_name or w.is_mark for w in words)),
        float(reading.reference is not None and all(m <= ALONE for m in match[first:last])),
        float(all(w.is_mark for w in words)),
        doubt.share,
        doubt.score,
    )


def _compute_logit(p: float) -> float:
    p = min(max(p, _FLOOR), 1 - _FLOOR)
    return math.log(p / (1 - p))


def _find_runs(reading: Reading, decoding: Decoding) -> list[tuple[int, int]]:
    """Return the runs of words that are likely enough to be inside a span and hold one that starts it."""
    chances = reading.marked
    least = decoding.start * decoding.extend
    edges: list[tuple[int, int]] = []
    first: int | None = None
    for place in range(len(chances) + 1):
        inside = place < len(chances) and chances[place] >= least
        cut = inside and chances[place] >= decoding.start and reading.begin[place] >= decoding.split
        if first is not None and (cut or not inside):
            edges.append((first, place))
            first = None
        if inside and first is None:
            first = place
    return [(a, b) for a, b in edges if max(chances[a:b]) >= decoding.start]


def _trim(words: Sequence[Word], chances: Sequence[float], first: int, last: int, start: float) -> tuple[int, int]:
    """Drop punctuation and function words at the edges that could not have started the span."""

    def is_loose(place: int) -> bool:
        return chances[place] < start and (words[place].is_mark or words[place].lower in FUNCTION_WORDS)

    while last - first > 1 and is_loose(last - 1):
        last -= 1
    while last - first > 1 and is_loose(first):
        first += 1
    return first, last
