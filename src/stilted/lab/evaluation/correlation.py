"""Correlations and pairwise accuracies of a score with human judgement, in plain numpy.

Scores are arrays of one value a translation; higher is better on both sides. Groups are arrays of integer
labels of the same length.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.intp]


def pearson(metric: Array, human: Array) -> float | None:
    """Return Pearson's r; 0 for a constant metric, None where the human side is constant or too short."""
    if len(human) < 2 or np.ptp(human) == 0:
        return None
    if np.ptp(metric) == 0:
        return 0.0
    x, y = metric - metric.mean(), human - human.mean()
    scale = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / scale if scale else 0.0


def kendall(metric: Array, human: Array) -> float | None:
    """Return Kendall's tau-b; 0 for a constant metric, None where the human side is constant or too short."""
    if len(human) < 2 or np.ptp(human) == 0:
        return None
    agree = metric_untied = human_untied = 0
    for i in range(len(human) - 1):  # one row of pairs at a time: the whole matrix may not fit
        x, y = np.sign(metric[i + 1 :] - metric[i]), np.sign(human[i + 1 :] - human[i])
        agree += int(x @ y)
        metric_untied += int(np.count_nonzero(x))
        human_untied += int(np.count_nonzero(y))
    return agree / float(np.sqrt(metric_untied * human_untied)) if metric_untied else 0.0


def list_members(groups: Labels) -> Iterator[NDArray[np.intp]]:
    """Yield the indices of each group of at least two, in order of label."""
    order = np.argsort(groups, kind="stable")
    edges = np.flatnonzero(np.diff(groups[order])) + 1
    yield from (group for group in np.split(order, edges) if len(group) > 1)


def correlate_groups(metric: Array, human: Array, groups: Labels, measure: str = "pearson") -> list[tuple[int, float]]:
    """Return (label, correlation) of every group whose human scores differ."""
    correlate = {"pearson": pearson, "kendall": kendall}[measure]
    correlations = ((int(groups[g[0]]), correlate(metric[g], human[g])) for g in list_members(groups))
    return [(label, value) for label, value in correlations if value is not None]


def list_pairs(metric: Array, human: Array, groups: Labels) -> tuple[Array, NDArray[np.int8], Labels]:
    """Return, for every pair inside a group: |metric difference|, its sign against the human one, its group.

    The sign is +1 where metric and human order the pair alike, -1 where they differ, 0 for a human tie; a
    pair that the metric ties and people do not is -1.
    """
    sizes: list[Array] = []
    signs: list[NDArray[np.int8]] = []
    labels: list[Labels] = []
    for group in list_members(groups):
        i, j = np.triu_indices(len(group), 1)
        m, h = metric[group[i]] - metric[group[j]], human[group[i]] - human[group[j]]
        sizes.append(np.abs(m))
        signs.append(np.where(h == 0, 0, np.where(np.sign(m) == np.sign(h), 1, -1)).astype(np.int8))
        labels.append(np.full(len(i), groups[group[0]], dtype=np.intp))
    if not sizes:
        return np.zeros(0), np.zeros(0, np.int8), np.zeros(0, np.intp)
    return np.concatenate(sizes), np.concatenate(signs), np.concatenate(labels)


def calibrate_ties(sizes: Array, signs: NDArray[np.int8]) -> tuple[float, float] | None:
    """Return acc-t and its threshold (Deutsch, Foster and Freitag 2023), or None without pairs.

    A metric difference of at most the threshold is a tie; the threshold is the one with the highest share
    of pairs that are ordered, or tied, as people do; -1 is the one that ties nothing. A constant metric
    gets the share of human ties: the floor that no metric can fall below.
    """
    if not len(sizes):
        return None
    order = np.argsort(sizes, kind="stable")
    size, sign = sizes[order], signs[order]
    right = np.cumsum(sign == 0) + (np.count_nonzero(sign == 1) - np.cumsum(sign == 1))
    last = np.append(np.flatnonzero(np.diff(size)), len(size) - 1)  # a threshold takes all equal differences
    share = right[last] / len(size)
    if size[0] > 0:  # a threshold below every difference ties nothing
        last, share = np.append(-1, last), np.append(np.count_nonzero(sign == 1) / len(size), share)
    best = int(np.argmax(share))
    return float(share[best]), float(size[last[best]]) if last[best] >= 0 else -1.0
