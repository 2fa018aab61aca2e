"""The human line: raters of the same translations measured against each other, by the same measures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from stilted.lab.evaluation.annotations import Row
from stilted.lab.evaluation.chance import Tallies, stack_tallies
from stilted.lab.evaluation.spans import Pair, tally


@dataclass(frozen=True, slots=True)
class Human:
    """Tallies of raters against each other on the translations that several of them marked.

    Attributes:
        shared: indices of the rows with a second rater. pairs: (judge, judged) row indices of `one`.
        one: one rater's spans as predictions against another's as gold, each ordered pair once.
        union: a rater's spans as predictions against all spans of the other raters.
    """

    shared: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    one: Tallies
    union: Tallies


def group_raters(rows: Sequence[Row]) -> list[list[int]]:
    """Return groups of row indices that are one translation marked by different raters."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[(*row.unit, row.target)].append(index)
    return list(groups.values())


def list_pairs(row: Row) -> list[Pair]:
    """Return the spans of a row without severity and category."""
    return [(span.start, span.end) for span in row.spans]


def measure_raters(rows: Sequence[Row], groups: Sequence[Sequence[int]]) -> Human | None:
    """Measure raters against each other; None where no translation has two raters."""
    several = [group for group in groups if len({rows[i].rater for i in group}) > 1]
    if not several:
        return None
    pairs: list[tuple[int, int]] = []
    one: list[tuple[float, ...]] = []
    union: list[tuple[float, ...]] = []
    for group in several:
        for i in group:
            others = [j for j in group if rows[j].rater != rows[i].rater]
            for j in others:
                pairs.append((i, j))
                one.append(tally(list_pairs(rows[i]), list_pairs(rows[j])))
            everyone = [span for j in others for span in list_pairs(rows[j])]
            union.append(tally(list_pairs(rows[i]), everyone))
    shared = tuple(i for group in several for i in group)
    return Human(shared, tuple(pairs), stack_tallies(one), stack_tallies(union))


def measure_confirmed(rows: Sequence[Row], groups: Sequence[Sequence[int]]) -> dict[str, float]:
    """Return, by category, the share of a rater's marks that touch a mark of at least one other rater."""
    marks: Counter[str] = Counter()
    touching: Counter[str] = Counter()
    for group in groups:
        for i in group:
            others = [span for j in group if rows[j].rater != rows[i].rater for span in rows[j].spans]
            if len({rows[j].rater for j in group}) < 2:
                continue
            for mark in rows[i].spans:
                marks[mark.category] += 1
                touching[mark.category] += any(mark.start < o.end and o.start < mark.end for o in others)
    return {name: touching[name] / marks[name] for name in sorted(marks)}


def count_raters(groups: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return how many translations were marked by 1, 2, 3, ... raters."""
    return dict(sorted(Counter(len(group) for group in groups).items()))
