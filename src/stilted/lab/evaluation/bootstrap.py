"""95% intervals by resampling whole documents, from a seed.

Segments of one document, and its translations by many systems, are not independent: documents are what is
drawn. With fewer than two documents there is no interval.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RESAMPLES: Final = 1000
LEVEL: Final = 95.0


def sum_by_document(documents: Sequence[Hashable], values: Array) -> Array:
    """Add up *values*, shape (n, k), within each document: shape (documents, k), in first-seen order."""
    index: dict[Hashable, int] = {}
    places = np.array([index.setdefault(name, len(index)) for name in documents], dtype=np.intp)
    sums = np.zeros((len(index), values.shape[1]))
    np.add.at(sums, places, values)
    return sums


def find_interval(
    sums: Array,
    statistic: Callable[[Array], float],
    *,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> tuple[float, float] | None:
    """Return the 2.5 and 97.5 percentiles of ``statistic(sum over drawn documents)``.

    Args:
        sums: per document sums, shape (documents, k). statistic: from a vector of length k to a figure.

    Returns:
        The bounds, or None with fewer than two documents.
    """
    if len(sums) < 2 or resamples < 1:
        return None
    drawn = draw_documents(len(sums), seed, resamples) @ sums
    values = np.array([statistic(total) for total in drawn])
    low, high = np.percentile(values, [(100 - LEVEL) / 2, (100 + LEVEL) / 2])
    return float(low), float(high)


def draw_documents(documents: int, seed: int, resamples: int) -> Array:
    """Return how often each document is drawn in each resample, shape (resamples, documents)."""
    dice = np.random.default_rng(seed)
    return dice.multinomial(documents, np.full(documents, 1 / documents), size=resamples).astype(np.float64)
