"""One set of marks on the bench: measured against every rater, beside its chance level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from stilted.core import tokens as words
from stilted.lab.evaluation.agreement import group_raters, list_pairs
from stilted.lab.evaluation.annotations import Row
from stilted.lab.evaluation.bootstrap import Array, find_interval, sum_by_document
from stilted.lab.evaluation.chance import Tallies, expect_tally, stack_tallies
from stilted.lab.evaluation.spans import FIELDS, Pair, compute_figures, divide, tally

_PREDICTED: Final = FIELDS.index("predicted")
_TOUCHING: Final = FIELDS.index("touching")

SpanSet = Mapping[int, Sequence[Pair]]
"""Spans by translation (its number on the bench); translations that are not in it are unmarked."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Annotated translations, ready to be measured against.

    Attributes:
        rows: one rater's marks each. groups: row numbers of each translation, a translation's raters together.
        gold: the spans of each row. union: all raters' spans of each translation.
        silent: the tallies of marking nothing, shape (rows, fields).
        words: evaluation word count of all translations. seed, resamples: for chance and intervals.
    """

    rows: tuple[Row, ...]
    groups: tuple[tuple[int, ...], ...]
    gold: tuple[tuple[Pair, ...], ...]
    union: tuple[tuple[Pair, ...], ...]
    silent: Tallies
    words: int
    seed: int
    resamples: int

    @property
    def translations(self) -> list[Row]:
        """One row for each translation."""
        return [self.rows[group[0]] for group in self.groups]


def lay_out(rows: Sequence[Row], seed: int, resamples: int) -> Bench:
    """Lay out *rows* for measuring."""
    groups = tuple(tuple(group) for group in group_raters(rows))
    gold = tuple(tuple(list_pairs(row)) for row in rows)
    return Bench(
        rows=tuple(rows),
        groups=groups,
        gold=gold,
        union=tuple(tuple(sorted({s for i in group for s in gold[i]})) for group in groups),
        silent=stack_tallies([tally((), spans) for spans in gold]),
        words=words.count(rows[group[0]].target for group in groups),
        seed=seed,
        resamples=resamples,
    )


def count_tallies(on: Bench, spans: SpanSet) -> tuple[Tallies, Tallies]:
    """Return the tallies of *spans* against each rater, and against all raters of a translation at once.

    Returns:
        Arrays of shape (rows, fields) and (translations with marks, fields).
    """
    out = on.silent.copy()
    joint = []
    for number, marks in sorted(spans.items()):
        if not marks:
            continue
        group = on.groups[number]
        for i in group:
            out[i] = tally(marks, on.gold[i])
        joint.append(tuple(out[group[0]]) if len(group) == 1 else tally(marks, on.union[number]))
    return out, stack_tallies(joint)


def expect_tallies(on: Bench, spans: SpanSet) -> tuple[Tallies, Tallies]:
    """Return what `count_tallies` returns, expected of as many windows of as many words at random places."""
    out = on.silent.copy()
    joint = []
    for number, marks in sorted(spans.items()):
        if not marks:
            continue
        group, text, seed = on.groups[number], on.rows[on.groups[number][0]].target, f"{on.seed}/{number}"
        for i in group:
            out[i] = expect_tally(text, marks, on.gold[i], seed)
        alone = len(group) == 1
        joint.append(tuple(out[group[0]]) if alone else expect_tally(text, marks, on.union[number], seed))
    return out, stack_tallies(joint)


def measure_touch_rate(union: Tallies) -> float:
    """Return the share of marks that touch a span of at least one rater; 1 without marks."""
    total = union.sum(axis=0)
    return divide(float(total[_TOUCHING]), float(total[_PREDICTED]))


def measure(on: Bench, spans: SpanSet, *, intervals: bool = False) -> dict[str, Any]:
    """Measure one set of marks.

    Returns:
        Plain data: ``findings``, ``per_1000_words``, ``touch_rate``; precision, recall and F1 of ``mpp``,
        ``exact``, ``overlap``, ``touch`` and ``char``; ``chance`` and ``lift`` over it; ``interval`` if asked.
    """
    rows, union = count_tallies(on, spans)
    random_rows, random_union = expect_tallies(on, spans)
    findings = sum(len(set(marks)) for marks in spans.values())
    out: dict[str, Any] = {
        "findings": findings,
        "per_1000_words": count_per_1000(findings, on.words),
        "touch_rate": measure_touch_rate(union),
        **compute_figures(rows.sum(axis=0)),
    }
    chance = compute_figures(random_rows.sum(axis=0))
    out["chance"] = {
        **{f"{name}_{part}": chance[name][part] for name in chance for part in ("precision", "recall", "f1")},
        "touch_rate": measure_touch_rate(random_union),
    }
    out["lift"] = {
        "mpp_f1": compare_with_chance(out["mpp"]["f1"], out["chance"]["mpp_f1"]),
        "mpp_precision": compare_with_chance(out["mpp"]["precision"], out["chance"]["mpp_precision"]),
        "char_f1": compare_with_chance(out["char"]["f1"], out["chance"]["char_f1"]),
        "touch_rate": compare_with_chance(out["touch_rate"], out["chance"]["touch_rate"]),
    }
    if intervals:
        out["interval"] = _compute_intervals(on, rows)
    return out


def _compute_intervals(on: Bench, rows: Tallies) -> dict[str, list[float] | None]:
    sums = sum_by_document([row.document for row in on.rows], rows)

    def compute_bounds(name: str, part: str) -> list[float] | None:
        def compute_statistic(total: Array) -> float:
            return compute_figures(total)[name][part]

        bounds = find_interval(sums, compute_statistic, seed=on.seed, resamples=on.resamples)
        return None if bounds is None else list(bounds)

    return {
        f"{name}_{part}": compute_bounds(name, part)
        for name in ("mpp", "char")
        for part in ("precision", "recall", "f1")
    }


def measure_recall(on: Bench, spans: SpanSet, category: str) -> dict[str, float | int]:
    """Return how much of what people filed under *category* the marks find, whatever rule found it.

    ``touched`` is the share of such human spans that a mark touches, ``char`` the share of their characters.
    """
    gold = touched = characters = both = 0.0
    for number, group in enumerate(on.groups):
        for i in group:
            gold_spans = [(s.start, s.end) for s in on.rows[i].spans if s.category == category]
            if not gold_spans:
                continue
            counts = dict(zip(FIELDS, tally(spans.get(number, ()), gold_spans), strict=True))
            gold += counts["gold"]
            touched += counts["touched"]
            characters += counts["char_gold"]
            both += counts["char_both"]
    return {"gold": int(gold), "touched": divide(touched, gold), "char": divide(both, characters)}


def compare_with_chance(value: float, chance: float) -> float | None:
    """Return how many times chance a figure is, None where chance is 0."""
    return value / chance if chance else None


def count_per_1000(count: float, words_: int) -> float:
    """Return *count* per 1,000 words, 0 without words."""
    return 1000 * count / words_ if words_ else 0.0
