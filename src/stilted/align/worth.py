"""What each bead is worth, computed for a few rows of the table at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from stilted.align.vectors import Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHAPES: Final = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
"""Sentences of the translation and of the reference in one bead."""

THRESHOLD: Final = 0.08
"""Cosine at which a 1-1 bead is worth no more than leaving both sentences alone."""

MERGE: Final = 0.12
"""Cosine that each sentence beyond the first two of a bead must bring in addition."""

_REACH: Final = 2  # sentences a bead takes on one side beyond its last one
_ROWS: Final = 128
_COLUMNS: Final = 512


@dataclass(frozen=True, slots=True)
class Side:
    """One text: the vectors of its sentences, and for every run of 1, 2 or 3 that ends at sentence i
    its length in characters and its norm at ``[run - 1, i + 1]``; column 0 stands for no sentence.
    """

    vectors: Vectors
    chars: NDArray[Any]
    norms: NDArray[Any]


def side(sentences: Sequence[str], vectors: Vectors) -> Side:
    """Measure all runs of up to three sentences."""
    import numpy as np

    count = len(sentences)
    dots = np.zeros((_REACH + 1, count + 1))  # [lag, i + 1]: sentence i times sentence i - lag
    for first in range(0, count, _COLUMNS):
        last = min(first + _COLUMNS, count)
        rows = vectors.dense(max(0, first - _REACH), last)
        for lag in range(min(_REACH + 1, len(rows))):
            begin = max(first, lag)
            here = rows[len(rows) - (last - begin) :]
            there = rows[len(rows) - (last - begin) - lag : len(rows) - lag]
            dots[lag, begin + 1 : last + 1] = np.einsum("ij,ij->i", here, there)
    lengths = np.array([0, *map(len, sentences)], dtype=np.float64)
    chars, squares = np.zeros((2, _REACH + 1, count + 1))
    for run in range(_REACH + 1):
        for back in range(run + 1):
            chars[run, back:] += lengths[: count + 1 - back]
            for lag in range(run - back + 1):
                squares[run, back:] += (2 if lag else 1) * dots[lag, : count + 1 - back]
    return Side(vectors, chars, np.sqrt(np.maximum(0.0, squares)))


def worth(
    target: Side, reference: Side, low: NDArray[Any], high: NDArray[Any]
) -> Iterator[NDArray[Any]]:
    """Yield for i = 1, 2, … an array ``[shape, state - low[i]]``: the worth of every bead into row i.

    State j of row i has i sentences of the translation and j of the reference behind it, so its
    beads end in sentences i - 1 and j - 1. Beads that begin before the text are left to the caller.
    """
    import numpy as np

    count = len(low) - 1
    for row in range(0, count, _ROWS):
        last = min(row + _ROWS, count)
        begin, end = int(low[row + 1]), int(high[last]) + 1
        dots = _dots(target.vectors, reference.vectors, (row, last), (begin - 1, end - 1))
        values = np.empty((len(SHAPES), last - row, end - begin))
        for k, (a, b) in enumerate(SHAPES):
            total = np.zeros(values.shape[1:])
            for x in range(_REACH, _REACH - a, -1):
                for y in range(_REACH, _REACH - b, -1):
                    total += dots[x : x + last - row, y : y + end - begin]
            norm = np.outer(target.norms[a - 1, row + 1 : last + 1], reference.norms[b - 1, begin:end])
            size = np.add.outer(target.chars[a - 1, row + 1 : last + 1], reference.chars[b - 1, begin:end])
            np.divide(total, norm, out=total, where=norm > 0)
            values[k] = (total - THRESHOLD - MERGE * (a + b - 2)) * size
        for i in range(row, last):
            yield values[:, i - row, low[i + 1] - begin : high[i + 1] + 1 - begin]


def _dots(left: Vectors, right: Vectors, rows: tuple[int, int], columns: tuple[int, int]) -> NDArray[Any]:
    """Return the products of sentences [rows) and [columns), both begun `_REACH` earlier, 0 outside."""
    import numpy as np

    top, first = rows[0] - _REACH, columns[0] - _REACH
    found = np.zeros((rows[1] - top, columns[1] - first), dtype=np.float32)
    tall = left.dense(max(0, top), rows[1])
    for begin in range(max(0, first), columns[1], _COLUMNS):
        end = min(begin + _COLUMNS, columns[1])
        found[max(0, -top) :, begin - first : end - first] = tall @ right.dense(begin, end).T
    return found
