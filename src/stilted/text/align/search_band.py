"""Which cells of the alignment table are looked at: a band around anchors both texts agree on."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

FULL: Final = 400_000
"""Tables up to this many cells are filled whole."""

BUDGET: Final = 6_000_000
"""Cells filled at most; beyond, the widest stretches between anchors shrink to a diagonal band."""

MARGIN: Final = 50
"""Sentences the path may stray from the anchors on either side."""

Pair = tuple[int, int]


def find_limits(
    target: Sequence[Sequence[str]], reference: Sequence[Sequence[str]]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return for every state row i in 0..len(target) the first and the last state column to fill.

    Both are non-decreasing, row 0 begins at 0, the last row ends at len(reference), and each row
    overlaps the one before it, so that a path exists whatever the texts are.
    """
    import numpy as np

    n, m = len(target), len(reference)
    low, high = np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m, dtype=np.int64)
    if (n + 1) * (m + 1) <= FULL:
        return low, high
    chain = [(-1, -1), *find_anchors(target, reference), (n, m)]
    at, to = np.array(chain).T
    rows = np.arange(n + 1)
    before = np.searchsorted(at, rows - MARGIN, side="left") - 1
    after = np.searchsorted(at, rows + MARGIN, side="left")
    low = np.maximum(0, to[np.maximum(before, 0)] - MARGIN)
    high = np.minimum(m, to[np.minimum(after, len(at) - 1)] + 1 + MARGIN)
    if int((high - low + 1).sum()) > BUDGET:
        half = BUDGET // (2 * (n + 1))
        middle = np.interp(rows, at, to).astype(np.int64)
        low, high = np.maximum(low, middle - half), np.minimum(high, middle + half)
    low[0], high[n] = 0, m
    low[1:] = np.minimum(low[1:], high[:-1])
    return low, np.maximum(high, low)


def find_anchors(target: Sequence[Sequence[str]], reference: Sequence[Sequence[str]]) -> list[Pair]:
    """Return sentence pairs, rising on both sides, that share words or word pairs found nowhere else.

    A pair needs two such features; of all rising chains the one with the most features is taken.
    """
    left, right = _find_unique(target), _find_unique(reference)
    votes = Counter((i, right[key]) for key, i in left.items() if key in right)
    return find_heaviest_chain((pair, n) for pair, n in votes.items() if n >= 2)


def _find_unique(sentences: Sequence[Sequence[str]]) -> dict[object, int]:
    """Map each word and word pair that occurs in one sentence only to that sentence."""
    places: dict[object, int] = {}
    for i, words in enumerate(sentences):
        for key in (*words, *pairwise(words)):
            if places.setdefault(key, i) != i:
                places[key] = -1
    return {key: i for key, i in places.items() if i >= 0}


def find_heaviest_chain(votes: Iterable[tuple[Pair, int]]) -> list[Pair]:
    """Return the chain of pairs, strictly rising in both places, with the greatest sum of weights.

    O(k log k): the best chains found so far are kept by their last column, weights rising with it.
    """
    columns: list[int] = []
    chains: list[tuple[int, Pair, Any]] = []  # (weight, last pair, the chain before it)
    for (i, j), weight in sorted(votes, key=lambda vote: (vote[0][0], -vote[0][1])):
        place = bisect_left(columns, j)
        before = chains[place - 1] if place else None
        total = weight + (before[0] if before else 0)
        if place < len(columns) and columns[place] == j and chains[place][0] >= total:
            continue
        last = place
        while last < len(columns) and chains[last][0] <= total:
            last += 1
        columns[place:last] = [j]
        chains[place:last] = [(total, (i, j), before)]
    chain: list[Pair] = []
    link = chains[-1] if chains else None
    while link:
        chain.append(link[1])
        link = link[2]
    return chain[::-1]
