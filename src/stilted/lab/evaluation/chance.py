"""What a measure gives away for free: random marks of the same size, and three trivial detectors.

Chance puts, in every segment, as many windows of as many consecutive words as were predicted there, at
random places that do not overlap. One window is averaged over every place it can take, exactly; several
are drawn at random from a seed. A figure means something only by its distance from this one.
"""

from __future__ import annotations

import difflib
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stilted.core import tokens
from stilted.lab.evaluation.spans import WIDTH, Pair, tally

Tallies = NDArray[np.float64]

SAMPLES: Final = 5
"""Random arrangements drawn for a segment with several windows."""

LONGEST_SHARE: Final = 0.5
"""The trivial baseline "longest segments" marks this share of the segments, the longest, as a whole."""


@lru_cache(maxsize=1 << 16)
def find_word_spans(text: str) -> tuple[Pair, ...]:
    """Return the words of *text* as spans; a text without words is one window."""
    words = tuple((t.start, t.end) for t in tokens.tokenize(text) if t.is_word)
    return words or ((0, len(text)),)


def count_words_touched(spans: Sequence[Pair], places: Sequence[Pair]) -> list[int]:
    """Return how many words each span touches, at least 1 (a lone comma counts as a word)."""
    starts, ends = [s for s, _ in places], [e for _, e in places]
    return [max(1, bisect_left(starts, end) - bisect_right(ends, start)) for start, end in spans]


def expect_tally(text: str, predicted: Sequence[Pair], gold: Sequence[Pair], seed: str) -> tuple[float, ...]:
    """Return the expected tally of random windows; see the module for what is random.

    Args:
        text: the segment. predicted, gold: spans in it.
        seed: of the draws; only used when there are several windows.
    """
    spans = sorted(set(predicted))
    if not spans:
        return tally(spans, gold)
    drawn = [tally(windows, gold) for windows in list_arrangements(text, spans, seed)]
    return tuple(sum(column) / len(drawn) for column in zip(*drawn, strict=True))


def list_arrangements(text: str, spans: Sequence[Pair], seed: str, samples: int = SAMPLES) -> Iterator[list[Pair]]:
    """Yield equally likely placements of windows of as many words as *spans* have.

    One window: every place. Several: *samples* draws, uniform over the placements without overlap. Spans
    that together have more words than the text (they overlap) are placed each for itself.
    """
    places = find_word_spans(text)
    sizes = [min(size, len(places)) for size in count_words_touched(spans, places)]
    if len(sizes) == 1:
        for first in range(len(places) - sizes[0] + 1):
            yield [(places[first][0], places[first + sizes[0] - 1][1])]
        return
    dice = random.Random(seed)
    free = len(places) - sum(sizes)
    for _ in range(samples):
        if free < 0:
            firsts = [dice.randrange(len(places) - size + 1) for size in sizes]
        else:
            dice.shuffle(sizes)
            slots = sorted(dice.sample(range(free + len(sizes)), len(sizes)))
            before = 0
            firsts = []
            for rank, (slot, size) in enumerate(zip(slots, sizes, strict=True)):
                firsts.append(slot - rank + before)
                before += size
        yield [(places[f][0], places[f + n - 1][1]) for f, n in zip(firsts, sizes, strict=True)]


def stack_tallies(rows: Sequence[tuple[float, ...]]) -> Tallies:
    """Stack tallies into an array of shape (segments, `WIDTH`)."""
    return np.array(rows, dtype=np.float64).reshape(len(rows), WIDTH) if rows else np.zeros((0, WIDTH))


def mark_everything(text: str) -> list[Pair]:
    """Mark the whole segment."""
    return [(0, len(text))] if text else []


def mark_difference(text: str, reference: str | None) -> list[Pair]:
    """Mark every run of words that a plain word diff does not find in the reference."""
    if not reference:
        return []
    own = list(tokens.tokenize(text))
    matcher = difflib.SequenceMatcher(None, [t.norm for t in own], _list_norms(reference), autojunk=False)
    return [
        (own[first].start, own[last - 1].end)
        for kind, first, last, _, _ in matcher.get_opcodes()
        if kind in ("replace", "delete")
    ]


@lru_cache(maxsize=1 << 12)
def _list_norms(reference: str) -> tuple[str, ...]:
    """Return the words of a reference; the translations of many systems share it."""
    return tuple(token.norm for token in tokens.tokenize(reference))


def mark_longest(texts: Sequence[str], share: float = LONGEST_SHARE) -> list[list[Pair]]:
    """Mark the longest *share* of the segments, each as a whole; ties go to the earlier one."""
    order = sorted(range(len(texts)), key=lambda i: (-len(texts[i]), i))
    chosen = set(order[: round(len(texts) * share)])
    return [mark_everything(text) if i in chosen else [] for i, text in enumerate(texts)]
