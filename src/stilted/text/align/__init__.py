"""Monotone m:n alignment of the sentences of a translation with those of its reference.

Dynamic programming over beads: a bead is worth what `stilted.text.align.bead_score` says, a skipped sentence
nothing, so whatever is not clearly alike stays unaligned: a wrong link is worse than a missing one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from stilted.text.align.bead_score import LENGTH, MERGE, SHAPES, THRESHOLD, measure_runs, score_beads
from stilted.text.align.search_band import find_limits
from stilted.text.align.vectors import Vectors, Weighed

if TYPE_CHECKING:
    from numpy.typing import NDArray

BRIDGE: Final = 1 / 3
"""Two lone sentences are paired by place when the shorter has at least this share of the longer's length."""

LONGEST: Final = 6
"""Sentences that one sentence may stand against."""

_SKIPS: Final = ((1, 0), (0, 1))
_STEPS: Final = (*SHAPES, *_SKIPS)
_SKIP_TARGET: Final = _STEPS.index((1, 0))
_SKIP_REFERENCE: Final = _STEPS.index((0, 1))


@dataclass(frozen=True, slots=True)
class Bead:
    """What belongs together: half-open ranges of sentence indexes; one of them is empty for a skip."""

    target: tuple[int, int]
    reference: tuple[int, int]
    moved: bool = False
    """The two stand in different places of their texts (see `stilted.text.align.moved`)."""

    @property
    def paired(self) -> bool:
        """Tell whether both sides have something."""
        return self.target[0] < self.target[1] and self.reference[0] < self.reference[1]


def align(target: Sequence[str], reference: Sequence[str], weighed: Weighed | None = None) -> tuple[Bead, ...]:
    """Align two lists of sentences; every sentence is in exactly one bead, in order.

    Beads are 1-1, 1-2, 2-1, 1-3, 3-1 and 2-2, and one sentence takes up to `LONGEST` where those beside it are left
    over and make it worth more; unaligned sentences are beads of one sentence. When a
    single sentence is left on each side between two beads, place says what likeness could not ("I was not
    sure" and "My answer was uncertain"), and they are paired unless their lengths differ too much.
    Order is kept: of two passages that changed places one comes out unaligned on both sides, and
    `stilted.text.align.moved` pairs it.
    The table is banded around anchors when it has more than 400,000 cells: time and memory grow with
    the length of the texts, not with its square.

    Args:
        weighed: what `Weighed.of` makes of the two, if it is at hand.
    """
    if not target or not reference:
        steps = [(1, 0)] * len(target) + [(0, 1)] * len(reference)
        return tuple(_make_beads(steps))
    weighed = weighed or Weighed.of(target, reference)
    low, high = find_limits(*weighed.words)
    left, right = weighed.vectors
    worth = score_beads(measure_runs(target, left), measure_runs(reference, right), low, high)
    beads = list(_make_beads(_trace(_choose_moves(worth, low, high), low)))
    return tuple(_bridge(grow(beads, (left, right), (target, reference)), target, reference))


def _choose_moves(worth: Iterator[NDArray[Any]], low: NDArray[Any], high: NDArray[Any]) -> list[NDArray[Any]]:
    """Return for every row the best last step (index into `_STEPS`) into each state of the band."""
    import numpy as np

    pad = max(b for _, b in SHAPES)  # states before column 0, so that a bead may reach there, worthless
    worthless = np.full(int(high[-1]) + 1 + pad, -np.inf)
    row = worthless.copy()
    row[pad : pad + int(high[0]) + 1] = 0.0
    past = [row, worthless, worthless]
    moves = [np.full(int(high[0]) + 1, _SKIP_REFERENCE, dtype=np.int8)]
    for i, beads in enumerate(worth, start=1):
        begin, end = int(low[i]) + pad, int(high[i]) + pad + 1
        options = np.empty((len(SHAPES) + 1, end - begin))
        for k, (a, b) in enumerate(SHAPES):
            np.add(past[a - 1][begin - b : end - b], beads[k], out=options[k])
        options[_SKIP_TARGET] = past[0][begin:end]
        move = options.argmax(axis=0).astype(np.int8)
        best = options.max(axis=0)
        row = worthless.copy()
        row[begin:end] = np.maximum.accumulate(best)
        move[row[begin:end] > best] = _SKIP_REFERENCE
        moves.append(move)
        past = [row, *past[:2]]
    return moves


def _trace(moves: Sequence[NDArray[Any]], low: NDArray[Any]) -> list[tuple[int, int]]:
    """Walk back from the last state to (0, 0) and return the steps in reading order."""
    steps = []
    i, j = len(moves) - 1, int(low[-1]) + len(moves[-1]) - 1
    while i or j:
        step = _STEPS[moves[i][j - low[i]]]
        steps.append(step)
        i, j = i - step[0], j - step[1]
    return steps[::-1]


def _make_beads(steps: Sequence[tuple[int, int]]) -> Iterator[Bead]:
    i = j = 0
    for a, b in steps:
        yield Bead((i, i + a), (j, j + b))
        i, j = i + a, j + b


def grow(
    beads: Sequence[Bead], vectors: tuple[Vectors, Vectors], texts: tuple[Sequence[str], Sequence[str]]
) -> list[Bead]:
    """Let a bead of one sentence against several take those left over beside them, as long as that is worth more.

    A sentence that was cut into six is worth least in the middle of the way: beads of that shape in the table itself
    would double its cost.
    """
    grown = list(beads)
    k = 0
    while k < len(grown):
        if grown[k].paired and 1 in (_get_length(grown[k].target), _get_length(grown[k].reference)):
            k = _grow(grown, k, vectors, texts)
        k += 1
    return grown


def _grow(
    beads: list[Bead], k: int, vectors: tuple[Vectors, Vectors], texts: tuple[Sequence[str], Sequence[str]]
) -> int:
    """Grow the bead at *k* in place, and return where it stands then."""
    worth: float | None = None
    while True:
        options = [(at, _union(beads[k], beads[at])) for at in (k - 1, k + 1) if _may_join(beads, k, at)]
        if not options:
            return k
        if worth is None:
            worth = _weigh_bead(beads[k], vectors, texts)
        best, (at, bead) = max(
            ((_weigh_bead(bead, vectors, texts), (at, bead)) for at, bead in options), key=lambda option: option[0]
        )
        if best <= worth:
            return k
        worth, k = best, min(k, at)
        beads[k : k + 2] = [bead]


def _may_join(beads: Sequence[Bead], k: int, at: int) -> bool:
    """Tell whether the bead *at* is a lone sentence that the one at *k* may take."""
    if not 0 <= at < len(beads) or beads[at].paired:
        return False
    both = _union(beads[k], beads[at])
    return sorted((_get_length(both.target), _get_length(both.reference)))[0] == 1 and (
        max(_get_length(both.target), _get_length(both.reference)) <= LONGEST
    )


def _union(one: Bead, other: Bead) -> Bead:
    def join_runs(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
        return min(a[0], b[0]), max(a[1], b[1])

    return Bead(join_runs(one.target, other.target), join_runs(one.reference, other.reference))


def _get_length(run: tuple[int, int]) -> int:
    return run[1] - run[0]


def _weigh_bead(bead: Bead, vectors: tuple[Vectors, Vectors], texts: tuple[Sequence[str], Sequence[str]]) -> float:
    """Return what a bead is worth, by the rule of `stilted.text.align.bead_score`."""
    import numpy as np

    runs = bead.target, bead.reference
    one, other = (side.dense(*run).sum(axis=0) for side, run in zip(vectors, runs, strict=True))
    norm = float(np.linalg.norm(one) * np.linalg.norm(other))
    cosine = float(one @ other) / norm if norm else 0.0
    sizes = [[len(text) for text in side[slice(*run)]] for side, run in zip(texts, runs, strict=True)]
    here, there = map(sum, sizes)
    extra = here + there - sum(map(max, sizes))
    return (cosine - THRESHOLD) * (here + there) - LENGTH * abs(here - there) - MERGE * extra


def _bridge(beads: Sequence[Bead], target: Sequence[str], reference: Sequence[str]) -> Iterator[Bead]:
    """Pair lone leftovers between two beads; at the ends of the texts, where adverts stand, none are."""
    k = 0
    while k < len(beads):
        bead, step = beads[k], 1
        if 0 < k < len(beads) - 2 and [b.paired for b in beads[k - 1 : k + 3]] == [True, False, False, True]:
            both = Bead((bead.target[0], beads[k + 1].target[1]), (bead.reference[0], beads[k + 1].reference[1]))
            sizes = sorted((_count_characters(target, both.target), _count_characters(reference, both.reference)))
            if both.paired and sizes[0] >= BRIDGE * sizes[1]:
                bead, step = both, 2
        yield bead
        k += step


def _count_characters(sentences: Sequence[str], run: tuple[int, int]) -> int:
    return sum(map(len, sentences[slice(*run)]))
