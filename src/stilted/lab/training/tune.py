"""After training: thresholds, confidences and the penalty estimate, all from documents held out of it.

Everything is measured through the shipped path, int8 and all, so the card says what users get.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stilted.lab.evaluation import spans
from stilted.lab.evaluation.annotations import Row
from stilted.lab.training.data import corpus, references
from stilted.rules.tagger.decode import FACTS, TYPICAL, Decoding, evidence, marks
from stilted.rules.tagger.features import matches
from stilted.rules.tagger.inference import Reading, infer
from stilted.rules.tagger.quality_estimate import facts

Array = NDArray[np.float64]

STARTS: Final = (0.16, 0.18, 0.20, 0.22, 0.24, 0.26, 0.28, 0.30, 0.33, 0.36, 0.40)
EXTENDS: Final = (0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.85)
SPLITS: Final = (0.2, 0.25, 0.3, 0.35, 0.4, 1.1)
LEASTS: Final = tuple(round(0.02 * i, 2) for i in range(45))
TOUCH: Final = {"low": 0.6, "medium": 0.5}
"""Share of findings that touch a span of the one rater there is. On WMT23's three raters a rater's span is
touched by another's 49% of the time and by at least one of two others' 67% of the time; so one half with one
rater is taken for two thirds or more with three, with a margin for texts unlike these."""

FALSE_ALARMS: Final = {"low": 0.05, "medium": 0.15}
"""Without a reference, findings per 1,000 words of native English prose, beyond which a point is stricter: good
English must be left alone even where raters' habits would allow more."""

WEIGHTS: Final = {"news": 1.0, "ted": 1.0}
"""What the thresholds are tuned on; medical abstracts are marked by other rules and are only reported."""


BLEND: Final = (0.0, 1.0, 0.25, -1.0)
"""Weights of the standardised facts of `stilted.rules.tagger.quality_estimate`: the head and chrF count alike."""


@dataclass(frozen=True, slots=True)
class Case:
    """A development row, how the model reads it, and the gold spans."""

    row: Row
    name: str
    reading: Reading
    gold: tuple[spans.Pair, ...]


def cases(rows: Sequence[Row], with_reference: bool, every: Mapping[str, int]) -> list[Case]:
    """Read development rows through the shipped model; of a corpus' sources take one in ``every``."""
    people = references(rows)
    order: dict[tuple[str, str | None], int] = {}
    chosen: list[tuple[Row, str | None]] = []
    for row in rows:
        number = order.setdefault((corpus(row), row.source), len(order))
        if number % every.get(corpus(row).partition("-")[0], 1):
            continue
        others = people.get((corpus(row), row.source or ""), {})
        texts = [t for s, t in sorted(others.items()) if s != row.system and t != row.target]
        if with_reference and not texts:
            continue
        chosen.append((row, texts[0] if with_reference else None))
    readings = infer([(row.target, reference) for row, reference in chosen])
    return [
        Case(row, corpus(row), reading, tuple((s.start, s.end) for s in row.spans if s.end > s.start))
        for (row, _), reading in zip(chosen, readings, strict=True)
    ]


def tally(found: Iterable[Case], predict: Callable[[Reading], Sequence[spans.Pair]]) -> Array:
    """Add up the tallies of `spans.tally` over cases."""
    total = np.zeros(spans.WIDTH)
    for case in found:
        total += spans.tally(predict(case.reading), case.gold)
    return total


def pairs(reading: Reading, decoding: Decoding, least: float = 0.0) -> list[spans.Pair]:
    """Return the spans of *reading* in characters."""
    words = reading.target.words
    return [(words[m.first].start, words[m.last - 1].end) for m in marks(reading, decoding) if m.confidence >= least]


def best_decoding(found: Sequence[Case]) -> Decoding:
    """Return the start, extension and split with the highest MPP F1, averaged over the weighted corpora."""

    def worth(decoding: Decoding) -> float:
        total = 0.0
        for name, weight in WEIGHTS.items():
            own = [c for c in found if c.name == name]
            total += weight * spans.figures(tally(own, lambda r: pairs(r, decoding)))["mpp"]["f1"]
        return total

    flat = (0.0,) * FACTS
    coarse = max((Decoding(s, e, SPLITS[2], flat) for s in STARTS for e in EXTENDS), key=worth)
    return max((replace(coarse, split=split) for split in SPLITS), key=worth)


def span_facts(found: Sequence[Case], decoding: Decoding) -> tuple[Array, Array]:
    """Return the evidence of every span, a row each, and whether the rater marked something it touches."""
    wide = replace(decoding, start=decoding.start * 0.8)
    rows: list[tuple[float, ...]] = []
    truth: list[float] = []
    for case in found:
        if case.name not in WEIGHTS:
            continue
        words = case.reading.target.words
        others = None if case.reading.reference is None else case.reading.reference.words
        match = matches(words, others)
        for mark in marks(case.reading, wide):
            start, end = words[mark.first].start, words[mark.last - 1].end
            rows.append(evidence(case.reading, match, mark.first, mark.last, TYPICAL))
            truth.append(float(any(start < e and s < end for s, e in case.gold)))
    return np.array(rows), np.array(truth)


def confidence(found: Sequence[Case], decoding: Decoding) -> tuple[float, ...]:
    """Fit the weights of the logistic confidence that a rater marks something a span touches."""
    return tuple(round(float(w), 4) for w in logistic(*span_facts(found, decoding)))


def logistic(x: Array, y: Array, ridge: float = 1.0) -> Array:
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


def points(found: Sequence[Case], decoding: Decoding, native: Sequence[Reading] = ()) -> dict[str, float]:
    """Return the least confidence of each operating point: see `TOUCH`; high takes the best MPP.

    With readings of *native* English, low and medium also keep to `FALSE_ALARMS` on it.
    """
    own = [c for c in found if c.name in WEIGHTS]

    def figures(least: float) -> dict[str, dict[str, float]]:
        return spans.figures(tally(own, lambda r: pairs(r, decoding, least)))

    totals = {least: figures(least) for least in LEASTS}
    high = max(totals, key=lambda least: (totals[least]["mpp"]["f1"], -least))
    out = {"high": high}
    for name, touch in TOUCH.items():
        enough = [t for t in totals if totals[t]["touch"]["precision"] >= touch and t >= high]
        quiet = [t for t in enough if false_alarms(native, decoding, t) <= FALSE_ALARMS[name]]
        out[name] = min(quiet, default=LEASTS[-1])
    return out


def false_alarms(native: Sequence[Reading], decoding: Decoding, least: float) -> float:
    """Return the findings per 1,000 words of readings in which there is nothing to find."""
    words = sum(not word.is_mark for reading in native for word in reading.target.words)
    return 1000 * sum(len(pairs(reading, decoding, least)) for reading in native) / max(1, words)


def estimator(found: Sequence[Case]) -> dict[str, Any]:
    """Fit the penalty per 100 words: its root as a line over a fixed blend of features, and its spread.

    The blend (see `BLEND`) is of standardised features and was chosen for its simplicity: free weights,
    fitted to single raters, did worse on other documents.
    """
    own = [c for c in found if c.name in WEIGHTS and c.reading.target.words]
    x = np.array([facts(c.reading) for c in own])
    size = np.array([max(1, sum(not w.is_mark for w in c.reading.target.words)) for c in own], np.float64)
    human = np.array([penalty(c.row) for c in own]) / size * 100
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-9)
    blend = np.array(BLEND[: x.shape[1]])
    value = (x - mean) / scale @ blend
    slope = float(value @ np.sqrt(human) / (value @ value))
    weights = slope * blend / scale
    weights[0] = float(np.sqrt(human).mean() - weights[1:] @ mean[1:])
    raw = np.maximum(0, x @ weights) ** 2
    factor = float((human * size).sum() / (raw * size).sum())
    spread, noise = _spread(human - raw * factor, size, own)
    return {
        "weights": [round(float(w), 4) for w in weights],
        "scale": round(factor, 4),
        "spread": round(spread, 3),
        "noise": round(noise, 3),
    }


def penalty(row: Row) -> float:
    """Return the penalty of one rater's marks: minor 1, major and critical 5; as in training."""
    weights = {"neutral": 0.0, "minor": 1.0, "major": 5.0, "critical": 5.0}
    return sum(weights[s.severity] for s in row.spans) + sum(weights[s] for s, _ in row.elsewhere)


def _spread(residual: Array, size: Array, found: Sequence[Case]) -> tuple[float, float]:
    """Split the variance of the residual per 100 words into a constant part and one that falls with words."""
    documents: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for i, case in enumerate(found):
        documents[case.name, case.row.doc, case.row.system].append(i)
    count = np.array([size[i].sum() for i in documents.values()])
    error = np.array([(residual[i] * size[i]).sum() / size[i].sum() for i in documents.values()])
    inverse = np.concatenate([1 / size, 1 / count])
    square = np.concatenate([residual, error]) ** 2
    weight = np.concatenate([np.full(len(size), 1 / len(size)), np.full(len(count), 1 / len(count))])
    a = np.stack([np.ones_like(inverse), inverse], axis=1)
    level, slope = np.linalg.lstsq(a * weight[:, None] ** 0.5, square * weight**0.5, rcond=None)[0]
    return math.sqrt(max(level, 0.0)), math.sqrt(max(slope, 0.0))
