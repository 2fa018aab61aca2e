"""What has changed between two summaries, and how likely chance alone would change it as much.

Both are taken for samples that were drawn apart: a difference of two figures has the sum of their variances, and is
held against the normal distribution. Of several figures, and of many rules, some change by chance: their probabilities
are corrected by Holm's step-down procedure (Holm 1979), so that where nothing has changed, the chance that any figure
is called changed is 5% at the most, and so is the chance for the rules. A handful of records has no spread that can be
relied on, and one has none at all: of fewer than `LEAST` nothing is called changed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stilted.core.metric_names import BLEU, CHRF
from stilted.core.mqm import PENALTIES
from stilted.summary.nouns import FIGURES, FINDINGS, PENALTY, Figure, Rate, Summary
from stilted.summary.tally import estimate_least_error

LEVEL: Final = 0.05
"""Chance of error that is accepted."""

LEAST: Final = 10
"""Records from which chance can be told, as for baselines."""

BETTER, WORSE, SAME = "better", "worse", "no difference shown"
_HIGHER_IS_BETTER: Final = frozenset({BLEU, CHRF})
_PER: Final = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and after; ``p`` is the two-sided chance of such a difference where there is none, corrected."""

    name: str
    old: float
    new: float
    p: float

    @property
    def said(self) -> str:
        """`BETTER`, `WORSE` or `SAME`."""
        if self.p >= LEVEL or self.new == self.old:
            return SAME
        return BETTER if (self.new > self.old) == (self.name in _HIGHER_IS_BETTER) else WORSE


@dataclass(frozen=True, slots=True)
class Drift:
    """How a corpus differs from an earlier one.

    Attributes:
        name: what the earlier one is called. earlier: its summary. figures: those that both have.
        rules: rules that find more or less than before, beyond chance; the surest first.
        too_few: records of the smaller run where these are fewer than `LEAST`, else None.
    """

    name: str
    earlier: Summary
    figures: tuple[Change, ...]
    rules: tuple[Change, ...]
    too_few: int | None = None


def measure_drift(name: str, earlier: Summary, now: Summary) -> Drift:
    """Compare *now* with *earlier*, which is called *name*."""
    before = {figure.name: figure for figure in earlier.figures}
    figures = _correct([_make_change(earlier, before[f.name], now, f) for f in now.figures if f.name in before])
    figures.sort(key=lambda change: FIGURES.index(change.name))
    smaller = min(summary.total.records - summary.total.unjudged for summary in (earlier, now))
    if smaller < LEAST:
        return Drift(name, earlier, tuple(figures), (), smaller)
    return Drift(name, earlier, tuple(figures), tuple(_compare_rules(earlier, now)))


def _make_change(earlier: Summary, old: Figure, now: Summary, new: Figure) -> Change:
    errors = (estimate_error(earlier, old), estimate_error(now, new))
    known = [each for each in errors if each is not None]
    p = _compute_chance(new.value - old.value, *known) if len(known) == len(errors) else 1.0
    return Change(new.name, old.value, new.value, p)


def estimate_error(summary: Summary, figure: Figure) -> float | None:
    """Return the standard error of a figure, None where too few records have it.

    That of what is counted is no smaller than that of as many independent findings and one more.
    """
    counts = {histogram.score: sum(histogram.counts) for histogram in summary.histograms}
    if counts.get(figure.name, summary.total.records - summary.total.unjudged) < LEAST:
        return None
    counted = {
        FINDINGS: summary.total.findings,
        PENALTY: sum(rate.count * PENALTIES.get(rate.name, 0) ** 2 for rate in summary.severities),
    }
    if figure.name not in counted:
        return figure.error
    return max(figure.error, _PER * estimate_least_error(counted[figure.name], summary.total.words))


def _compute_chance(difference: float, *errors: float) -> float:
    """Return the two-sided chance of a difference, by the normal distribution."""
    spread = math.hypot(*errors)
    if spread == 0.0:
        return 1.0 if difference == 0.0 else 0.0
    return math.erfc(abs(difference) / spread / math.sqrt(2))


def _compare_rules(earlier: Summary, now: Summary) -> list[Change]:
    if not earlier.total.words or not now.total.words:
        return []
    old, new = ({rate.name: rate for rate in summary.rules} for summary in (earlier, now))
    changes = []
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name, _make_empty_rate(name, earlier)), new.get(name, _make_empty_rate(name, now))
        p = _compute_chance(after.per_1000 - before.per_1000, before.error, after.error)
        changes.append(Change(name, before.per_1000, after.per_1000, p))
    return [change for change in _correct(changes) if change.p < LEVEL]


def _make_empty_rate(name: str, summary: Summary) -> Rate:
    return Rate(name, 0, 0.0, _PER * estimate_least_error(0, summary.total.words))


def _correct(changes: Sequence[Change]) -> list[Change]:
    """Return the changes, the surest first, with Holm's adjusted probabilities."""
    corrected: list[Change] = []
    least = 0.0
    for place, change in enumerate(sorted(changes, key=lambda change: (change.p, change.name))):
        least = max(least, min(1.0, change.p * (len(changes) - place)))
        corrected.append(Change(change.name, change.old, change.new, least))
    return corrected
