"""How well predicted spans agree with human ones.

The headline is MPP, "match with partial overlap and partial credit", micro-averaged and one-to-one
(Perrella, Morales Agostinho and Zaragoza, arXiv 2603.19921): a matched pair with *o* characters in common
earns o/len(prediction) towards precision and o/len(gold) towards recall; inside a segment the matching is
the one with the highest segment F; the credits and the numbers of spans are summed over the corpus.

Everything is counted per segment in a tally (see `FIELDS`) and only sums of tallies are turned into
figures, so any set of segments, documents or bootstrap samples is measured by the same few lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

Pair = tuple[int, int]
"""A span: ``(start, end)`` in code points, half open, ``start < end``."""

FIELDS: Final = (
    "predicted",
    "gold",
    "precision_credit",
    "recall_credit",
    "exact",
    "overlap",
    "touching",
    "touched",
    "char_predicted",
    "char_gold",
    "char_both",
)
"""What a tally counts: predicted and gold spans; MPP credits; one-to-one pairs that are identical, that
overlap; predictions that touch any gold span and gold spans touched by any prediction; characters covered
by predictions, by gold, by both."""

WIDTH: Final = len(FIELDS)

_FRONTIER: Final = 2000
"""Partial matchings kept at once before a segment counts as hostile and is matched greedily."""


def tally(predicted: Sequence[Pair], gold: Sequence[Pair]) -> tuple[float, ...]:
    """Count one segment; spans that occur twice count once. The order of the result is that of `FIELDS`."""
    own, annotated = sorted(set(predicted)), sorted(set(gold))
    if not own or not annotated:
        lengths = count_covered(own), count_covered(annotated)
        return (len(own), len(annotated), 0, 0, 0, 0, 0, 0, *lengths, 0)
    edges = [
        [(j, common) for j, g in enumerate(annotated) if (common := min(p[1], g[1]) - max(p[0], g[0])) > 0] for p in own
    ]
    precision, recall = credit(own, annotated, edges)
    return (
        len(own),
        len(annotated),
        precision,
        recall,
        len(set(own) & set(annotated)),
        _count_pairs(edges),
        sum(map(bool, edges)),
        len({j for row in edges for j, _ in row}),
        count_covered(own),
        count_covered(annotated),
        count_shared(own, annotated),
    )


def merge(spans: Sequence[Pair]) -> list[Pair]:
    """Return the union of sorted spans as disjoint ones."""
    out: list[Pair] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def count_covered(spans: Sequence[Pair]) -> int:
    """Count the characters that lie in at least one of the sorted spans."""
    return sum(end - start for start, end in merge(spans))


def count_shared(first: Sequence[Pair], second: Sequence[Pair]) -> int:
    """Count the characters that lie in both sets of sorted spans."""
    total = i = j = 0
    a, b = merge(first), merge(second)
    while i < len(a) and j < len(b):
        total += max(0, min(a[i][1], b[j][1]) - max(a[i][0], b[j][0]))
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1
    return total


Edges = Sequence[Sequence[tuple[int, int]]]


def credit(own: Sequence[Pair], annotated: Sequence[Pair], edges: Edges) -> tuple[float, float]:
    """Return the precision and recall credit of the one-to-one matching with the highest segment F.

    F = 2PR/(P+R) with P = precision credit / predictions and R = recall credit / gold spans. F is no sum
    over pairs, so no assignment algorithm finds its maximum; but F grows with either credit, so the best
    matching lies on the Pareto frontier of the two. Predictions are taken from left to right, with one
    frontier for each set of gold spans that are used and can still be reached. Where spans are so crowded
    that this would explode (hostile input), the pairs are matched greedily by 2o/(len p + len g).
    """
    if len(own) == 1:
        options = [(o / (own[0][1] - own[0][0]), o / (annotated[j][1] - annotated[j][0])) for j, o in edges[0]]
        return _choose_best(options, 1, len(annotated))
    last_use = {j: i for i, row in enumerate(edges) for j, _ in row}
    states: dict[frozenset[int], list[tuple[float, float]]] = {frozenset(): [(0.0, 0.0)]}
    for i, row in enumerate(edges):
        if not row:
            continue
        length = own[i][1] - own[i][0]
        grown: dict[frozenset[int], list[tuple[float, float]]] = {}
        for used, points in states.items():
            still = frozenset(j for j in used if last_use[j] > i)
            grown.setdefault(still, []).extend(points)
            for j, common in row:
                if j in used:
                    continue
                p, r = common / length, common / (annotated[j][1] - annotated[j][0])
                key = still | {j} if last_use[j] > i else still
                grown.setdefault(key, []).extend((a + p, b + r) for a, b in points)
        states = {used: _find_frontier(points) for used, points in grown.items()}
        if sum(map(len, states.values())) > _FRONTIER:
            return _pair_greedily(own, annotated, edges)
    return _choose_best([point for points in states.values() for point in points], len(own), len(annotated))


def _find_frontier(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Keep the points that no other point beats in both credits."""
    if len(points) == 1:
        return points
    out: list[tuple[float, float]] = []
    highest = -1.0
    for p, r in sorted(points, reverse=True):
        if r > highest:
            out.append((p, r))
            highest = r
    return out


def _choose_best(points: Sequence[tuple[float, float]], predicted: int, gold: int) -> tuple[float, float]:
    return max(points, key=lambda c: (compute_f1(c[0] / predicted, c[1] / gold), c), default=(0.0, 0.0))


def _pair_greedily(own: Sequence[Pair], annotated: Sequence[Pair], edges: Edges) -> tuple[float, float]:
    def length(span: Pair) -> int:
        return span[1] - span[0]

    pairs = sorted(
        (-2 * common / (length(own[i]) + length(annotated[j])), i, j, common)
        for i, row in enumerate(edges)
        for j, common in row
    )
    precision = recall = 0.0
    left, right = set(range(len(own))), set(range(len(annotated)))
    for _, i, j, common in pairs:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            precision += common / length(own[i])
            recall += common / length(annotated[j])
    return precision, recall


def _count_pairs(edges: Edges) -> int:
    """Return the size of the largest one-to-one matching (augmenting paths, without recursion)."""
    owner: dict[int, int] = {}
    for first in range(len(edges)):
        came: dict[int, int] = {}
        queue = [first]
        free = None
        while queue and free is None:
            i = queue.pop()
            for j, _ in edges[i]:
                if j in came:
                    continue
                came[j] = i
                if j not in owner:
                    free = j
                    break
                queue.append(owner[j])
        while free is not None:
            i = came[free]
            previous = next((j for j, o in owner.items() if o == i), None)
            owner[free] = i
            free = previous if i != first else None
    return len(owner)


def divide(part: float, total: float, empty: float = 1.0) -> float:
    """Return part/whole, and *empty* where there is nothing to divide by (no prediction is no mistake)."""
    return part / total if total else empty


def compute_f1(precision: float, recall: float) -> float:
    """Return the harmonic mean, 0 when both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall > 0 else 0.0


def compute_figures(total: Iterable[float]) -> dict[str, dict[str, float]]:
    """Turn a sum of tallies into precision, recall and F1 of ``mpp``, ``exact``, ``overlap`` and ``char``.

    Precision without predictions and recall without gold spans are 1 by definition. ``touch`` holds the
    share of predictions that touch a gold span and the share of gold spans touched, many to many.
    """
    t = dict(zip(FIELDS, map(float, total), strict=True))
    parts = {
        "mpp": (t["precision_credit"], t["predicted"], t["recall_credit"], t["gold"]),
        "exact": (t["exact"], t["predicted"], t["exact"], t["gold"]),
        "overlap": (t["overlap"], t["predicted"], t["overlap"], t["gold"]),
        "touch": (t["touching"], t["predicted"], t["touched"], t["gold"]),
        "char": (t["char_both"], t["char_predicted"], t["char_both"], t["char_gold"]),
    }
    out = {}
    for name, (right, predicted, touched, gold) in parts.items():
        precision, recall = divide(right, predicted), divide(touched, gold)
        out[name] = {"precision": precision, "recall": recall, "f1": compute_f1(precision, recall)}
    return out
