"""Is the difference more than chance? sacrebleu's paired tests for scores, an exact test for findings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import comb
from typing import TYPE_CHECKING, Any, Final

from stilted.comparison.units import Unit
from stilted.core import metric_names
from stilted.core.metric_names import LOWER_IS_BETTER
from stilted.metrics.corpus import MIN_SEGMENTS, NORMALISED, SEED, STRAIGHT, explain_long_ter

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric

ALPHA: Final = 0.05
"""Chance to call two versions different that are not, over all measures of one comparison together."""

BETTER: Final = "better"
WORSE: Final = "worse"
NO_DIFFERENCE: Final = "no difference shown"
"""The verdicts, of the new version."""

PASSED: Final = {BETTER: True, WORSE: False, NO_DIFFERENCE: None}
"""What a gate would say at each verdict; None is no verdict."""

BOOTSTRAP: Final = 1000
TRIALS: Final = 10_000
"""Samples of the two tests, sacrebleu's own numbers."""

_ROOM: Final = 20_000_000
"""Units times trials that are held in memory at once; longer texts get fewer samples (the signature says how many)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One score of both versions and what the paired tests say of the difference.

    ``bootstrap`` and ``randomisation`` are p-values, None below `stilted.metrics.corpus.MIN_SEGMENTS` units; 1.0 for
    equal scores. ``signatures`` are sacrebleu's, one for each test, or one for the score without tests.
    """

    metric: str
    old: float
    new: float
    higher_is_better: bool
    bootstrap: float | None
    randomisation: float | None
    signatures: tuple[str, ...]
    variant: str = ""
    """What was done to the texts before, as in `stilted.core.model.Score`."""

    @property
    def improves(self) -> bool:
        """Tell whether the new score is the better one."""
        return self.new != self.old and (self.new > self.old) == self.higher_is_better

    def shown(self, level: float) -> bool:
        """Tell whether both tests call the difference more than chance at *level*."""
        chances = (self.bootstrap, self.randomisation)
        return all(chance is not None and chance < level for chance in chances)


def measure_changes(pairs: Sequence[Unit]) -> tuple[Change, ...]:
    """Score both versions and test the differences.

    Returns:
        BLEU, chrF2 and TER; TER only where it can be computed in reasonable time. Where the units hold
        typographic quotes, the same follows with straight ones, under ``BLEU (quotes normalised)`` and so on.
    """
    rows = _test_pairs(pairs)
    straight = tuple(Unit(*(text.translate(STRAIGHT) for text in (u.old, u.new, u.reference))) for u in pairs)
    return rows if straight == tuple(pairs) else (*rows, *map(_name_normalised, _test_pairs(straight)))


def _name_normalised(row: Change) -> Change:
    signatures = tuple(f"{signature}|quotes:straight" for signature in row.signatures)
    return replace(row, metric=f"{row.metric} ({NORMALISED})", signatures=signatures, variant=NORMALISED)


def choose_deciding(rows: Sequence[Change]) -> tuple[Change, ...]:
    """Return the rows a verdict rests on: those with straight quotes where there are any."""
    return tuple(row for row in rows if row.variant == NORMALISED) or tuple(rows)


def _test_pairs(pairs: Sequence[Unit]) -> tuple[Change, ...]:
    from sacrebleu.significance import PairedTest

    old, new, reference = ([getattr(unit, side) for unit in pairs] for side in ("old", "new", "reference"))
    if len(pairs) < MIN_SEGMENTS:
        return tuple(_score_both(metric, old, new, reference) for metric in _make_metrics(pairs).values())
    trials = max(BOOTSTRAP, min(TRIALS, _ROOM // len(pairs)))
    samples = max(200, min(BOOTSTRAP, _ROOM // (8 * len(pairs))))  # the bootstrap copies all statistics
    systems: list[tuple[str, Sequence[str]]] = [("old", old), ("new", new)]
    tests: list[tuple[Any, Any]] = []
    with _set_seed():
        for kind, size in (("bs", samples), ("ar", trials)):
            tests.append(PairedTest(systems, _make_metrics(pairs), [reference], test_type=kind, n_samples=size)())
    rows = []
    for name in tests[0][0]:
        was, now = (result.score for result in tests[0][1][name])
        chances = tuple(float(results[name][1].p_value) for _, results in tests)
        rows.append(_make_change(name, was, now, chances, tuple(str(signatures[name]) for signatures, _ in tests)))
    return tuple(rows)


def _score_both(metric: Metric, old: Sequence[str], new: Sequence[str], reference: Sequence[str]) -> Change:
    was, now = (metric.corpus_score(version, [reference]) for version in (old, new))
    return _make_change(was.name, was.score, now.score, (None, None), (str(metric.get_signature()),))


def _make_change(
    name: str, old: float, new: float, chances: tuple[float | None, ...], signatures: tuple[str, ...]
) -> Change:
    """Make a row of plain figures; of equal scores sacrebleu would say that chance cannot explain them."""
    top = float("inf") if name in LOWER_IS_BETTER else 100.0  # a perfect BLEU comes out as 100.00000000000004
    was, now = min(top, float(old)), min(top, float(new))
    bootstrap, randomisation = (1.0 if chance and was == now else chance for chance in chances)
    return Change(name, was, now, name not in LOWER_IS_BETTER, bootstrap, randomisation, signatures)


def _make_metrics(pairs: Sequence[Unit]) -> dict[str, Metric]:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    # force: no advice on stderr
    metrics: dict[str, Metric] = {metric_names.BLEU: BLEU(force=True), metric_names.CHRF: CHRF()}
    versions = ([(getattr(unit, side), unit.reference) for unit in pairs] for side in ("old", "new"))
    return metrics if any(map(explain_long_ter, versions)) else metrics | {metric_names.TER: TER()}


@contextmanager
def _set_seed() -> Iterator[None]:
    """Set the seed that sacrebleu reads from the environment: figures must not depend on the user's."""
    name = "SACREBLEU_SEED"
    before = os.environ.get(name)
    os.environ[name] = str(SEED)
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def run_flip_test(differences: Iterable[int]) -> float:
    """Return how often chance alone would make a total difference as large: an exact two-sided sign-flip test.

    Args:
        differences: penalty points of the old version less those of the new, for each stretch of the text;
            were the versions equally good, every one of them could as well be the other way round.
    """
    given = list(differences)
    seen = abs(sum(given))
    ways = Counter({0: 1})  # in how many of all ways to flip the signs each total comes out
    for size, number in sorted(Counter(map(abs, given)).items()):
        if not size:
            continue
        steps = [(size * (number - 2 * flipped), comb(number, flipped)) for flipped in range(number + 1)]
        before, ways = ways, Counter()
        for total, count in before.items():
            for step, times in steps:
                ways[total + step] += count * times
    return sum(count for total, count in ways.items() if abs(total) >= seen) / ways.total()


def format_chance(value: float | None) -> str:
    """Return a p-value with four decimals, never as 0; a dash for none."""
    if value is None:
        return "–"
    return f"{value:.4f}" if value >= _LEAST else f"< {_LEAST:.4f}"


_LEAST: Final = 0.0001
