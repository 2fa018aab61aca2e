"""Does the score agree with people? BLEU, chrF, TER and our own side by side, with what is free.

Two traps are printed beside every figure: a constant
metric gets acc-t for nothing, namely the share of human ties; and minus the length of the translation
correlates with summed human penalties when different sources are pooled. Only the figures inside one source
("item-grouped") or one document tell translations apart.
"""

from __future__ import annotations

import multiprocessing
import os
import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Final

import numpy as np

from stilted.lab.evaluation.annotations import Row
from stilted.lab.evaluation.bootstrap import find_interval, sum_by_document
from stilted.lab.evaluation.correlation import (
    Array,
    Labels,
    calibrate_ties,
    correlate_groups,
    kendall,
    list_pairs,
    pearson,
)

SAMPLE: Final = 3000
"""Translations to score, in whole documents: TER takes 14 ms for one, and 3,000 settle the figures."""

_BATCH: Final = 50


def sample(rows: Sequence[Row], size: int, seed: int) -> list[int]:
    """Return the indices of randomly chosen whole documents, about *size* rows in all; every row if 0."""
    if not size or len(rows) <= size:
        return list(range(len(rows)))
    documents: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(rows):
        documents.setdefault(row.document, []).append(index)
    names = list(documents)
    random.Random(seed).shuffle(names)
    chosen: list[int] = []
    for name in names:
        if len(chosen) >= size:
            break
        chosen += documents[name]
    return sorted(chosen)


def score_against_references(
    texts: Sequence[tuple[str, str]], advance: Callable[[int], None] = lambda _: None
) -> dict[str, Array]:
    """Return sentence BLEU, chrF and minus TER of (translation, reference) pairs: sacrebleu's defaults.

    BLEU uses the effective order. TER is an error rate, so its sign is turned: higher is better.
    """
    batches = [texts[first : first + _BATCH] for first in range(0, len(texts), _BATCH)]
    values: list[list[tuple[float, float, float]]] = []
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(batches) <= workers:
        values = [_compute_sentence_scores(batch) for batch in batches]
        advance(len(texts))
    else:  # not forked: the progress bar has a thread of its own
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            for done in pool.map(_compute_sentence_scores, batches):
                values.append(done)
                advance(len(done))
    columns = np.array([v for done in values for v in done]).reshape(-1, 3).T
    return {"BLEU": columns[0], "chrF": columns[1], "TER": -columns[2]}


def _compute_sentence_scores(texts: Sequence[tuple[str, str]]) -> list[tuple[float, float, float]]:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    metrics = BLEU(effective_order=True), CHRF(), TER()
    scored = []
    for target, reference in texts:
        bleu, chrf, ter = (metric.sentence_score(target, [reference]).score for metric in metrics)
        scored.append((bleu, chrf, ter))
    return scored


def measure_agreement(
    rows: Sequence[Row], human: Array, metrics: Mapping[str, Array], *, seed: int, resamples: int
) -> dict[str, dict[str, Any]]:
    """Measure every metric, and two floors, against the human scores of the same translations.

    Args:
        rows: the translations, one a unit. human: minus the mean MQM penalty of each.
        metrics: name -> score of each translation, higher is better.
        seed, resamples: of the bootstrap over documents.
    """
    floors = {
        "constant": np.zeros(len(rows)),
        "minus length": np.array([-float(len(row.target)) for row in rows]),
    }
    items = _number_names([(row.corpus, row.doc, row.segment, row.source or "") for row in rows])
    documents = _number_names([row.document for row in rows])
    return {
        name: {
            **_correlate_segments(metric, human, items, documents, seed, resamples),
            **_correlate_documents(rows, metric, human),
            "system_accuracy": _compare_systems(rows, metric, human),
        }
        for name, metric in {**metrics, **floors}.items()
    }


def _number_names(names: Sequence[tuple[str, ...]]) -> Labels:
    index: dict[tuple[str, ...], int] = {}
    return np.array([index.setdefault(name, len(index)) for name in names], dtype=np.intp)


def _correlate_segments(
    metric: Array, human: Array, items: Labels, documents: Labels, seed: int, resamples: int
) -> dict[str, Any]:
    home = dict(zip(items.tolist(), documents.tolist(), strict=True))
    correlations = correlate_groups(metric, human, items)
    r = np.array([[value, 1.0] for _, value in correlations]).reshape(-1, 2)
    sizes, signs, labels = list_pairs(metric, human, items)
    best = calibrate_ties(sizes, signs)
    right = np.where(sizes <= best[1], signs == 0, signs == 1) if best else np.zeros(0)
    counts = np.stack([right.astype(np.float64), np.ones(len(right))], axis=1)

    def compute_mean(total: Array) -> float:
        return float(total[0] / total[1]) if total[1] else 0.0

    def compute_bounds(of: Sequence[int], values: Array) -> list[float] | None:
        bounds = find_interval(
            sum_by_document([home[i] for i in of], values), compute_mean, seed=seed, resamples=resamples
        )
        return list(bounds) if bounds else None

    return {
        "pearson_item": float(r[:, 0].mean()) if len(r) else None,
        "pearson_item_interval": compute_bounds([label for label, _ in correlations], r) if len(r) else None,
        "acc_t": best[0] if best else None,
        "acc_t_interval": compute_bounds(labels.tolist(), counts) if best else None,
        "pearson_pooled": pearson(metric, human),
    }


def _correlate_documents(rows: Sequence[Row], metric: Array, human: Array) -> dict[str, float | None]:
    """Correlate mean scores of (document, system): inside each document, and all together."""
    cells = _number_names([(*row.document, row.language, row.system) for row in rows])
    first = np.unique(cells, return_index=True)[1]
    documents = _number_names([rows[i].document for i in first])
    m, h = _compute_means(metric, cells), _compute_means(human, cells)
    out: dict[str, float | None] = {}
    for name, correlate in (("pearson", pearson), ("kendall", kendall)):
        inside = [value for _, value in correlate_groups(m, h, documents, name)]
        out[f"{name}_document"] = sum(inside) / len(inside) if inside else None
        out[f"{name}_document_pooled"] = correlate(m, h)
    return out


def _compute_means(values: Array, cells: Labels) -> Array:
    means: Array = np.bincount(cells, weights=values) / np.bincount(cells)
    return means


def _compare_systems(rows: Sequence[Row], metric: Array, human: Array) -> float | None:
    """Return the share of pairs of systems of one corpus and language that the metric orders as people do."""
    cells = _number_names([(row.corpus, row.language, row.system) for row in rows])
    first = np.unique(cells, return_index=True)[1]
    scopes = _number_names([(rows[i].corpus, rows[i].language) for i in first])
    _, signs, _ = list_pairs(_compute_means(metric, cells), _compute_means(human, cells), scopes)
    decided = signs[signs != 0]
    return float(np.mean(decided == 1)) if len(decided) else None
