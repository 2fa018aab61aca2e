"""Fits that several models share: a logistic confidence, and the estimate of the penalty."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stilted.lab.evaluation import spans
from stilted.lab.evaluation.annotations import Row
from stilted.rules.tagger.inference import Reading
from stilted.rules.tagger.quality_estimate import list_facts

Array = NDArray[np.float64]

BLEND: Final = (0.0, 1.0, 0.25, -1.0)
"""Weights of the standardised facts of `stilted.rules.tagger.quality_estimate`: the head and chrF count alike."""


@dataclass(frozen=True, slots=True)
class Case:
    """A development row, how the model reads it, and the gold spans."""

    row: Row
    name: str
    reading: Reading
    gold: tuple[spans.Pair, ...]


def fit_logistic(x: Array, y: Array, ridge: float = 1.0) -> Array:
    """Return the weights of a logistic regression (Newton's method, the constant unpenalised)."""
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + penalty * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def fit_estimator(cases: Sequence[Case]) -> dict[str, Any]:
    """Fit the penalty per 100 words: its root as a line over a fixed blend of features, and its spread.

    The blend (see `BLEND`) is of standardised features and was chosen for its simplicity: free weights,
    fitted to single raters, did worse on other documents.
    """
    own = [c for c in cases if c.reading.target.words]
    x = np.array([list_facts(c.reading) for c in own])
    size = np.array([max(1, sum(not w.is_mark for w in c.reading.target.words)) for c in own], np.float64)
    human = np.array([sum_penalty(c.row) for c in own]) / size * 100
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-9)
    blend = np.array(BLEND[: x.shape[1]])
    value = (x - mean) / scale @ blend
    slope = float(value @ np.sqrt(human) / (value @ value))
    weights = slope * blend / scale
    weights[0] = float(np.sqrt(human).mean() - weights[1:] @ mean[1:])
    raw = np.maximum(0, x @ weights) ** 2
    factor = float((human * size).sum() / (raw * size).sum())
    spread, noise = _split_variance(human - raw * factor, size, own)
    return {
        "weights": [round(float(w), 4) for w in weights],
        "scale": round(factor, 4),
        "spread": round(spread, 3),
        "noise": round(noise, 3),
    }


def sum_penalty(row: Row) -> float:
    """Return the penalty of one rater's marks: minor 1, major and critical 5; as in training."""
    weights = {"neutral": 0.0, "minor": 1.0, "major": 5.0, "critical": 5.0}
    return sum(weights[s.severity] for s in row.spans) + sum(weights[s] for s, _ in row.elsewhere)


def _split_variance(residual: Array, size: Array, cases: Sequence[Case]) -> tuple[float, float]:
    """Split the variance of the residual per 100 words into a constant part and one that falls with words."""
    documents: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for i, case in enumerate(cases):
        documents[case.name, case.row.doc, case.row.system].append(i)
    count = np.array([size[i].sum() for i in documents.values()])
    error = np.array([(residual[i] * size[i]).sum() / size[i].sum() for i in documents.values()])
    inverse = np.concatenate([1 / size, 1 / count])
    square = np.concatenate([residual, error]) ** 2
    weight = np.concatenate([np.full(len(size), 1 / len(size)), np.full(len(count), 1 / len(count))])
    a = np.stack([np.ones_like(inverse), inverse], axis=1)
    level, slope = np.linalg.lstsq(a * weight[:, None] ** 0.5, square * weight**0.5, rcond=None)[0]
    return math.sqrt(max(level, 0.0)), math.sqrt(max(slope, 0.0))
