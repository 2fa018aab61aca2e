"""Records to a summary, in one pass and in memory that grows with groups and documents alone.

A rate is a ratio of sums, findings over words, and its standard error that of a ratio estimator (Cochran 1977, Sampling
Techniques, section 6.4): ``sqrt(sum((y - r x)²)) / sum(x)``. It is taken over records, so that ten findings in one
record count as one surprise and not as ten. Beside it stands the error of as many independent findings and one more,
since a few records that happen to agree prove little; the larger counts.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from stilted.core.errors import UserError
from stilted.core.metric_names import BLEU, CHRF, ESTIMATE
from stilted.core.mqm import SEVERITIES
from stilted.summary.nouns import (
    DOCUMENT,
    FINDINGS,
    OR,
    PENALTY,
    SEGMENT,
    Figure,
    Group,
    Histogram,
    Rate,
    Record,
    Summary,
)

MOST_GROUPS: Final = 1000
"""Values of a column beyond which it groups nothing."""

MOST_DOCUMENTS: Final = 1_000_000
"""Documents beyond which no worst ones are listed: each takes half a kilobyte while they are counted."""

AVERAGE: Final = 300
"""Words of average quality that are added to a document before it is ranked (the least that MQM judges by score), so
that one fault in a line does not make it the worst of all."""

_PER: Final = 1000
_BINS: Final = 20
_STEPS: Final = {ESTIMATE: 2.5, BLEU: 5.0, CHRF: 5.0}


def summarise(records: Iterable[Record], *, worst: int = 20) -> Summary:
    """Add up *records*.

    Args:
        records: of one corpus, in any order. worst: how many of the worst documents to tell.

    Raises:
        UserError: there is no record.
    """
    tally = _Tally()
    for record in records:
        tally.add(record)
    if not tally.total.records:
        raise UserError("there is nothing to sum up", "summary", "Give what 'stilted batch' or 'check' has written.")
    return tally.summary(worst)


@dataclass(slots=True)
class _Sums:
    """What a group comes to so far."""

    records: int = 0
    unjudged: int = 0
    words: int = 0
    findings: int = 0
    penalty: int = 0
    bleu: float = 0.0
    chrf: float = 0.0
    scored: int = 0
    estimate: float = 0.0
    estimated: int = 0

    def add(self, record: Record) -> None:
        self.records += 1
        self.unjudged += not record.judged
        self.words += record.words
        self.findings += len(record.faults)
        self.penalty += record.penalty
        scores = record.scores or {}
        if BLEU in scores and CHRF in scores:
            self.bleu += scores[BLEU]
            self.chrf += scores[CHRF]
            self.scored += 1
        if ESTIMATE in scores:
            self.estimate += scores[ESTIMATE] * record.words
            self.estimated += record.words

    def group(self, name: str, average: float = 0.0) -> Group:
        """Return the figures; *average* is the corpus's penalty points a word."""
        return Group(
            name,
            self.records,
            self.unjudged,
            self.words,
            self.findings,
            _PER * self.penalty / self.words if self.words else None,
            self.estimate / self.estimated if self.estimated else None,
            self.bleu / self.scored if self.scored else None,
            self.chrf / self.scored if self.scored else None,
            _PER * (self.penalty + AVERAGE * average) / (self.words + AVERAGE),
        )


@dataclass(slots=True)
class _Ratio:
    """Sums of y, y² and y·x over records, for the ratio of the sums of y and x."""

    total: float = 0.0
    squares: float = 0.0
    crossed: float = 0.0

    def add(self, y: float, x: float) -> None:
        self.total += y
        self.squares += y * y
        self.crossed += y * x

    def of(self, base: _Ratio) -> tuple[float, float]:
        """Return the ratio and its standard error; *base* has added up x against itself."""
        ratio = self.total / base.total
        spread = self.squares - 2 * ratio * self.crossed + ratio * ratio * base.squares
        return ratio, math.sqrt(max(0.0, spread)) / base.total


@dataclass(slots=True)
class _Tally:
    total: _Sums = field(default_factory=_Sums)
    units: set[str] = field(default_factory=set)
    columns: dict[str, dict[str, _Sums]] = field(default_factory=dict)
    crowded: set[str] = field(default_factory=set)
    documents: dict[str, _Sums] = field(default_factory=dict)
    too_many: bool = False
    words: _Ratio = field(default_factory=_Ratio)
    penalty: _Ratio = field(default_factory=_Ratio)
    findings: _Ratio = field(default_factory=_Ratio)
    scores: dict[str, tuple[_Ratio, _Ratio]] = field(default_factory=dict)
    kinds: tuple[dict[str, _Ratio], ...] = field(default_factory=lambda: ({}, {}, {}))
    bins: dict[str, list[int]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        self.units.add(record.unit)
        self.total.add(record)
        self._add_to_groups(record)
        if not record.judged:
            return
        words = record.words
        self.words.add(words, words)
        self.penalty.add(record.penalty, words)
        self.findings.add(len(record.faults), words)
        for kind, name in zip(self.kinds, ("severity", "category", "rule"), strict=True):
            for each, number in Counter(getattr(fault, name) for fault in record.faults).items():
                kind.setdefault(each, _Ratio()).add(number, words)
        for score, value in (record.scores or {}).items():
            weight = words if score == ESTIMATE else 1
            ratio, base = self.scores.setdefault(score, (_Ratio(), _Ratio()))
            ratio.add(value * weight, weight)
            base.add(weight, weight)
            at = min(_BINS - 1, max(0, int(value / _STEPS[score])))
            self.bins.setdefault(score, [0] * _BINS)[at] += 1

    def _add_to_groups(self, record: Record) -> None:
        for column, value in record.groups.items():
            if column in self.crowded:
                continue
            groups = self.columns.setdefault(column, {})
            groups.setdefault(value, _Sums()).add(record)
            if len(groups) > MOST_GROUPS:
                self.crowded.add(column)
                del self.columns[column]
        if record.document is not None and not self.too_many:
            self.documents.setdefault(record.document, _Sums()).add(record)
            if len(self.documents) > MOST_DOCUMENTS:
                self.too_many = True
                self.documents.clear()

    def summary(self, worst: int) -> Summary:
        average = self.total.penalty / self.total.words if self.total.words else 0.0
        ranked = heapq.nsmallest(
            worst,
            (sums.group(name, average) for name, sums in self.documents.items() if sums.words),
            key=lambda group: (-group.rank, -(group.estimate or 0.0), group.name),
        )
        severities, categories, rules = (tuple(self._list_rates(kind)) for kind in self.kinds)
        return Summary(
            OR.join(unit for unit in (SEGMENT, DOCUMENT) if unit in self.units),
            self.total.group("all"),
            tuple(self._list_figures()),
            tuple(
                (column, tuple(sums.group(name) for name, sums in sorted(groups.items())))
                for column, groups in sorted(self.columns.items())
            ),
            tuple(sorted(severities, key=lambda rate: -SEVERITIES.index(rate.name))),
            categories,
            rules,
            tuple(Histogram(s, _STEPS[s], tuple(self.bins[s])) for s in _STEPS if s in self.bins),
            len(self.documents),
            tuple(ranked),
            tuple(self._list_notes()),
        )

    def _list_figures(self) -> Iterator[Figure]:
        if self.words.total:
            for name, ratio in ((PENALTY, self.penalty), (FINDINGS, self.findings)):
                value, error = ratio.of(self.words)
                yield Figure(name, _PER * value, _PER * error)
        for name in _STEPS:
            if name in self.scores and self.scores[name][1].total:
                ratio, base = self.scores[name]
                yield Figure(name, *ratio.of(base))

    def _list_rates(self, kind: dict[str, _Ratio]) -> Iterator[Rate]:
        if not self.words.total:
            return
        for name, ratio in sorted(kind.items(), key=lambda item: (-item[1].total, item[0])):
            value, error = ratio.of(self.words)
            yield Rate(
                name,
                int(ratio.total),
                _PER * value,
                _PER * max(error, estimate_least_error(ratio.total, self.words.total)),
            )

    def _list_notes(self) -> Iterator[str]:
        for column in sorted(self.crowded):
            yield f"The column '{column}' has more than {MOST_GROUPS:,} values and groups nothing."
        if self.too_many:
            yield f"There are more than {MOST_DOCUMENTS:,} documents; none of them is called the worst."


def estimate_least_error(count: float, words: float) -> float:
    """Return the standard error, per word, of a rate of *count* independent findings in *words* words, and one more."""
    return math.sqrt(count + 1) / words
