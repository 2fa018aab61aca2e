"""Passages that changed places: pairs among what a monotone alignment left over on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from stilted.text.align import Bead, align
from stilted.text.align.vectors import Vectors, Weighed

LIKE: Final = 0.25
"""Least cosine of two passages that stand in different places; in one place, much less is enough."""

MOST: Final = 1000
"""Pairs that are looked at in a round."""

_BLOCK: Final = 512
_TINY: Final = 1e-12

ROUNDS: Final = 4
"""How often what is left is aligned anew: once for each group of passages that kept their order among themselves."""


def align_anywhere(target: Sequence[str], reference: Sequence[str]) -> tuple[Bead, ...]:
    """Align two lists of sentences as `align` does, and pair passages that changed places as `rejoin` does."""
    if not target or not reference:
        return align(target, reference)
    weighed = Weighed.of(target, reference)
    return rejoin(align(target, reference, weighed), target, reference, weighed)


def rejoin(
    beads: Sequence[Bead], target: Sequence[str], reference: Sequence[str], weighed: Weighed | None = None
) -> tuple[Bead, ...]:
    """Pair what was left over on one side with its like elsewhere on the other.

    Such beads are marked ``moved``. They stand where their translation stands; the beads are still in the order of the
    translation, and every sentence is in exactly one.

    Args:
        weighed: what `Weighed.of` makes of the two, if it is at hand.
    """
    moved: dict[int, Bead] = {}
    taken: set[int] = set()
    left = [bead.target[0] for bead in beads if not _is_empty(bead.target) and _is_empty(bead.reference)]
    right = [bead.reference[0] for bead in beads if _is_empty(bead.target) and not _is_empty(bead.reference)]
    if not left or not right:
        return tuple(beads)
    # Weighed by the whole texts: what all their sentences share does not make two of them alike.
    sides = (weighed or Weighed.of(target, reference)).vectors
    for _ in range(ROUNDS):
        pairs = _pair_runs(left, right, (target, reference), sides) if left and right else []
        if not pairs:
            break
        for bead in pairs:
            moved[bead.target[0]] = bead
            taken.update(range(*bead.reference))
        covered = {i for bead in pairs for i in range(*bead.target)}
        left = [i for i in left if i not in covered]
        right = [j for j in right if j not in taken]
    inside = {i for bead in moved.values() for i in range(bead.target[0] + 1, bead.target[1])}
    return tuple(_insert(beads, moved, inside, taken)) if moved else tuple(beads)


def _insert(beads: Sequence[Bead], moved: dict[int, Bead], inside: set[int], taken: set[int]) -> Iterator[Bead]:
    for bead in beads:
        if bead.paired:
            yield bead
        elif _is_empty(bead.target):
            if bead.reference[0] not in taken:
                yield bead
        elif bead.target[0] not in inside:
            yield moved.get(bead.target[0], bead)


def _is_empty(run: tuple[int, int]) -> bool:
    return run[0] == run[1]


def _pair_runs(
    left: Sequence[int],
    right: Sequence[int],
    texts: tuple[Sequence[str], Sequence[str]],
    sides: tuple[Vectors, Vectors],
) -> list[Bead]:
    candidates = [
        Bead(_translate_run(left, bead.target), _translate_run(right, bead.reference), moved=True)
        for bead in align([texts[0][i] for i in left], [texts[1][j] for j in right])
        if bead.paired and _is_together(left, bead.target) and _is_together(right, bead.reference)
    ]
    alike = {bead: _measure_likeness(*sides, bead) for bead in candidates}
    candidates = [bead for bead in candidates if alike[bead] >= LIKE][:MOST]
    if not candidates:
        return []
    rivals = _rate_rivals(*sides, [(bead.target, bead.reference) for bead in candidates])
    others = _rate_rivals(*sides[::-1], [(bead.reference, bead.target) for bead in candidates])
    return [bead for bead, *most in zip(candidates, rivals, others, strict=True) if alike[bead] > max(most)]


def _translate_run(numbers: Sequence[int], run: tuple[int, int]) -> tuple[int, int]:
    return numbers[run[0]], numbers[run[1] - 1] + 1


def _is_together(numbers: Sequence[int], run: tuple[int, int]) -> bool:
    """Tell whether the sentences of a run stand side by side in the text, too."""
    return numbers[run[1] - 1] - numbers[run[0]] == run[1] - 1 - run[0]


def _rate_rivals(left: Vectors, right: Vectors, runs: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> list[float]:
    """Return for each pair of runs how like the left one is to its nearest sentence on the right beyond the other one.

    Of lines made by one pattern each is like all others: none of them was moved.
    """
    import numpy as np

    rows = np.array([left.dense(*run).sum(axis=0) for run, _ in runs]).reshape(len(runs), -1)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _TINY)
    best, count = np.zeros(len(runs)), len(right.starts) - 1
    for first in range(0, count if runs else 0, _BLOCK):
        block = right.dense(first, min(first + _BLOCK, count))
        block /= np.maximum(np.linalg.norm(block, axis=1, keepdims=True), _TINY)
        cosines = rows @ block.T
        for row, (_, (start, end)) in zip(cosines, runs, strict=True):
            row[max(0, start - first) : max(0, end - first)] = 0.0
        best = np.maximum(best, cosines.max(axis=1))
    return [float(value) for value in best]


def _measure_likeness(left: Vectors, right: Vectors, bead: Bead) -> float:
    import numpy as np

    one, other = left.dense(*bead.target).sum(axis=0), right.dense(*bead.reference).sum(axis=0)
    norm = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / norm if norm else 0.0
