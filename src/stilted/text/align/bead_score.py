"""What each bead is worth, computed for a few rows of the table at a time.

A bead is worth ``(cosine - THRESHOLD - LENGTH * |a - b| / (a + b)) * (a + b) - MERGE * extra``, where a and
b are its characters on either side and ``extra`` those of all sentences but the longest of each side. On
documents rebuilt from public test sets (`stilted.lab.benches.alignment`) link F1 stays within 0.969 to 0.977 for
THRESHOLD 0.02 to 0.06, LENGTH 0.1 to 0.3 and MERGE 0.4 to 0.5; without LENGTH and with a MERGE that
weighs the whole bead it is 0.953 on talks and 0.943 on news, short sentences being left over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from stilted.text.align.vectors import Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHAPES: Final = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
"""Sentences of the translation and of the reference in one bead."""

THRESHOLD: Final = 0.04
"""Cosine at which a 1-1 bead of equal lengths is worth no more than leaving both sentences alone."""

LENGTH: Final = 0.2
"""Cosine that must make up for one side being empty; in proportion for less difference."""

MERGE: Final = 0.5
"""Cost of each character by which a side is longer than its longest sentence."""

_REACH: Final = 2  # sentences a bead takes on one side beyond its last one
_ROWS: Final = 128
_COLUMNS: Final = 512


@dataclass(frozen=True, slots=True)
class Side:
    """One text: the vectors of its sentences, and for every run of 1, 2 or 3 that ends at sentence i
    its length in characters, the same without its longest sentence, and its norm, all of them at
    ``[run - 1, i + 1]``; column 0 stands for no sentence.
    """

    vectors: Vectors
    chars: NDArray[Any]
    extra: NDArray[Any]
    norms: NDArray[Any]


def measure_runs(sentences: Sequence[str], vectors: Vectors) -> Side:
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
    chars, longest, squares = np.zeros((3, _REACH + 1, count + 1))
    lengths = np.array([0, *map(len, sentences)], dtype=np.float64)
    for run in range(_REACH + 1):
        for back in range(run + 1):
            shifted = lengths[: count + 1 - back]
            chars[run, back:] += shifted
            np.maximum(longest[run, back:], shifted, out=longest[run, back:])
            for lag in range(run - back + 1):
                squares[run, back:] += (2 if lag else 1) * dots[lag, : count + 1 - back]
    return Side(vectors, chars, chars - longest, np.sqrt(np.maximum(0.0, squares)))


def score_beads(target: Side, reference: Side, low: NDArray[Any], high: NDArray[Any]) -> Iterator[NDArray[Any]]:
    """Yield for i = 1, 2, … an array ``[shape, state - low[i]]``: the worth of every bead into row i.

    State j of row i has i sentences of the translation and j of the reference behind it, so its
    beads end in sentences i - 1 and j - 1. Beads that begin before the text are left to the caller.
    """
    import numpy as np

    count = len(low) - 1
    for row in range(0, count, _ROWS):
        last = min(row + _ROWS, count)
        begin, end = int(low[row + 1]), int(high[last]) + 1
        dots = _multiply(target.vectors, reference.vectors, (row, last), (begin - 1, end - 1))
        table = np.empty((len(SHAPES), last - row, end - begin))
        for k, (a, b) in enumerate(SHAPES):
            total = np.zeros(table.shape[1:])
            for x in range(_REACH, _REACH - a, -1):
                for y in range(_REACH, _REACH - b, -1):
                    total += dots[x : x + last - row, y : y + end - begin]
            left, right = np.s_[a - 1, row + 1 : last + 1], np.s_[b - 1, begin:end]
            norm = np.outer(target.norms[left], reference.norms[right])
            np.divide(total, norm, out=total, where=norm > 0)
            size = np.add.outer(target.chars[left], reference.chars[right])
            table[k] = (total - THRESHOLD) * size
            table[k] -= LENGTH * np.abs(np.subtract.outer(target.chars[left], reference.chars[right]))
            table[k] -= MERGE * np.add.outer(target.extra[left], reference.extra[right])
        for i in range(row, last):
            yield table[:, i - row, low[i + 1] - begin : high[i + 1] + 1 - begin]


def _multiply(left: Vectors, right: Vectors, rows: tuple[int, int], columns: tuple[int, int]) -> NDArray[Any]:
    """Return the products of sentences [rows) and [columns), both begun `_REACH` earlier, 0 outside."""
    import numpy as np

    top, first = rows[0] - _REACH, columns[0] - _REACH
    products = np.zeros((rows[1] - top, columns[1] - first), dtype=np.float32)
    tall = left.dense(max(0, top), rows[1])
    for begin in range(max(0, first), columns[1], _COLUMNS):
        end = min(begin + _COLUMNS, columns[1])
        products[max(0, -top) :, begin - first : end - first] = tall @ right.dense(begin, end).T
    return products
