"""The parts of an evaluation: groups of findings, operating points, human line, false alarms, scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import numpy as np

from stilted.core import mqm
from stilted.lab.evaluation.agreement import Human, measure_confirmed, measure_raters
from stilted.lab.evaluation.calibration import list_bins, measure_error
from stilted.lab.evaluation.chance import mark_difference, mark_everything, mark_longest
from stilted.lab.evaluation.measure import (
    Bench,
    SpanSet,
    count_per_1000,
    count_tallies,
    lay_out,
    measure,
    measure_recall,
    measure_touch_rate,
)
from stilted.lab.evaluation.predictions import Mark
from stilted.lab.evaluation.progress import Progress
from stilted.lab.evaluation.scoring import measure_agreement, sample, score_against_references
from stilted.lab.evaluation.spans import Pair, compute_figures

THRESHOLDS: Final = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Operating points: only findings with at least this confidence."""

AWKWARD: Final = "Style/Awkward style"

Marks = Sequence[Sequence[Mark]]
"""The marks of every translation on the bench."""

Further = Callable[[Sequence[int]], Mapping[str, Sequence[float]]]


def place_marks(marks: Iterable[Sequence[Mark]]) -> dict[int, list[Pair]]:
    """Return the spans of the marks that have a place in the translation, by translation."""
    return {
        number: sorted({(m.start, m.end) for m in of_one if m.start < m.end})
        for number, of_one in enumerate(marks)
        if any(m.start < m.end for m in of_one)
    }


def measure_groups(on: Bench, marks: Marks, key: Callable[[Mark], str]) -> dict[str, dict[str, Any]]:
    """Measure the marks of each group alone, against everything that people marked; groups in name order."""
    groups: dict[str, dict[int, list[Pair]]] = defaultdict(lambda: defaultdict(list))
    about: dict[str, Mark] = {}
    for number, of_one in enumerate(marks):
        for mark in of_one:
            if mark.start < mark.end:
                groups[key(mark)][number].append((mark.start, mark.end))
                about.setdefault(key(mark), mark)
    return {
        name: {"category": about[name].category, "source": about[name].origin, **measure(on, groups[name])}
        for name in sorted(groups)
    }


def measure_by_category(on: Bench, marks: Marks) -> dict[str, dict[str, Any]]:
    """Measure findings by their category, and how much of each human category any finding finds.

    ``human_touch_rate`` is the share of one rater's marks of the category that another rater's touch.
    """
    own = measure_groups(on, marks, lambda mark: mark.category or "(none)")
    annotated = {span.category for row in on.rows for span in row.spans if span.category}
    spans = place_marks(marks)
    confirmed = measure_confirmed(on.rows, on.groups)
    out: dict[str, dict[str, Any]] = {}
    for name in sorted(annotated | set(own)):
        out[name] = {k: v for k, v in own.get(name, {"findings": 0}).items() if k != "category"}
        out[name]["recall"] = measure_recall(on, spans, name)
        out[name]["human_touch_rate"] = confirmed.get(name)
    return out


def measure_humans(raters: Human | None, on: Bench, spans: SpanSet) -> dict[str, Any]:
    """Return rater against rater, rater against the union of the others, and ours on the same rows."""
    if raters is None:
        return {"mpp_f1": None, "char_f1": None}
    one = compute_figures(raters.one.sum(axis=0))
    union = compute_figures(raters.union.sum(axis=0))
    ours = compute_figures(count_tallies(on, spans)[0][list(raters.shared)].sum(axis=0))
    return {
        "mpp_f1": one["mpp"]["f1"],
        "char_f1": one["char"]["f1"],
        "rows": len(raters.shared),
        "pairs": len(raters.pairs),
        "rater_against_rater": one,
        "rater_against_union": union,
        "ours_on_the_same_rows": ours,
    }


def measure_by_corpus(on: Bench, marks: Marks) -> dict[str, dict[str, Any]]:
    """Measure each data set alone; empty when there is only one."""
    names = sorted({row.corpus for row in on.rows})
    if len(names) < 2:
        return {}
    rows = on.translations
    out = {}
    for name in names:
        part = lay_out([row for row in on.rows if row.corpus == name], on.seed, on.resamples)
        spans = place_marks([marks[i] for i, row in enumerate(rows) if row.corpus == name])
        measured = measure(part, spans, intervals=True)
        out[name] = {
            "rows": len(part.rows),
            **measured,
            "human": measure_humans(measure_raters(part.rows, part.groups), part, spans),
        }
    return out


def measure_baselines(on: Bench) -> dict[str, dict[str, Any]]:
    """Measure three detectors that know nothing: everything, the difference from the reference, length."""
    rows = on.translations
    long = mark_longest([row.target for row in rows])
    sets: dict[str, SpanSet] = {
        "everything": {i: mark_everything(row.target) for i, row in enumerate(rows)},
        "difference": {i: mark_difference(row.target, row.reference) for i, row in enumerate(rows)},
        "longest": dict(enumerate(long)),
    }
    return {name: measure(on, spans) for name, spans in sets.items()}


def measure_operating_points(on: Bench, marks: Marks) -> list[dict[str, float]]:
    """Return what is left of precision and recall when only confident findings count."""
    points = []
    for least in THRESHOLDS:
        spans = place_marks([[m for m in of_one if m.confidence >= least] for of_one in marks])
        rows, union = count_tallies(on, spans)
        total = compute_figures(rows.sum(axis=0))
        findings = sum(map(len, spans.values()))
        points.append(
            {
                "confidence": least,
                "findings": findings,
                "per_1000_words": count_per_1000(findings, on.words),
                "touch_rate": measure_touch_rate(union),
                "touch_recall": total["touch"]["recall"],
                "mpp_f1": total["mpp"]["f1"],
                "char_f1": total["char"]["f1"],
            }
        )
    return points


def measure_calibration(on: Bench, marks: Marks) -> dict[str, Any]:
    """Compare confidences with how often a finding touches a span of at least one rater."""
    pairs = [
        (m.confidence, any(m.start < end and start < m.end for start, end in on.union[number]))
        for number, of_one in enumerate(marks)
        for m in of_one
        if m.start < m.end
    ]
    bins = list_bins(pairs)
    return {"expected_error": measure_error(bins), "bins": [asdict(row) for row in bins]}


def count_alarms(on: Bench, spans: SpanSet) -> dict[str, Any] | None:
    """Count findings on translations by people, and those of them that no rater confirms."""
    if not on.rows:
        return None
    rate = measure_touch_rate(count_tallies(on, spans)[1])
    findings = sum(map(len, spans.values()))
    wrong = round(findings * (1 - rate))
    return {
        "words": on.words,
        "findings": findings,
        "per_1000_words": count_per_1000(findings, on.words),
        "unconfirmed": wrong,
        "unconfirmed_per_1000_words": count_per_1000(wrong, on.words),
    }


def compare_scores(on: Bench, marks: Marks, further: Further, size: int, progress: Progress) -> dict[str, Any]:
    """Compare BLEU, chrF, TER and the findings' MQM penalty with human penalties on translations with a reference.

    Their score is minus the MQM penalty points of a translation's findings; people's is minus the mean over
    raters of the penalty points of the marks. *further* gives other scores of the translations with
    these numbers by name, higher is better.
    """
    rows = on.translations
    usable = [i for i, row in enumerate(rows) if row.reference]
    chosen = [usable[i] for i in sample([rows[i] for i in usable], size, on.seed)]
    if not chosen:
        return {"translations": 0, "of": 0, "metrics": {}}
    texts = [(rows[i].target, rows[i].reference or "") for i in chosen]
    with progress.task("scoring", len(texts)) as advance:
        metrics = score_against_references(texts, advance)
    metrics["MQM (findings)"] = -np.array([_sum_penalties(marks[i]) for i in chosen], dtype=np.float64)
    metrics |= {name: np.array(values, dtype=np.float64) for name, values in further(chosen).items()}
    people = -np.array([np.mean([on.rows[i].penalty for i in on.groups[number]]) for number in chosen])
    table = measure_agreement([rows[i] for i in chosen], people, metrics, seed=on.seed, resamples=on.resamples)
    return {"translations": len(chosen), "of": len(usable), "metrics": table}


def _sum_penalties(marks: Sequence[Mark]) -> int:
    return sum(mqm.PENALTIES[mark.severity] for mark in marks)
