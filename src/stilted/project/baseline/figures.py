"""Scores and penalties as a baseline keeps them, and whether later ones are worse by more than chance.

A baseline is a small file that people review, so it holds no statistics of segments, only each figure with a 95%
interval. From the intervals of two figures follows one of their difference (MOVER: Zou and Donner, Statistics in
Medicine 27, 2008): the old one less the new one is at least ::

    old - new - sqrt((old - old.low)**2 + (new.high - new)**2)

and a version is worse when that is above 0. Were the two versions independent and equally good, each figure would
be called worse about once in 40 times. Versions of one text against one reference are not independent: what they
share moves both figures alike, so the difference varies less than the formula allows for and a false alarm is rarer.
Measured on 80 made-up segments and 150 versions: of two with nothing in common but the reference, 2.6% (BLEU) and
3.6% (chrF2) were called worse than the other; of two that each changed a tenth of the words of a third, 0.05% and
0.02%. The price is that a small loss goes unseen: with a twentieth of the words spoilt 3% and 7% were caught, with a
tenth 93%. `stilted.comparison`, which has both texts, sees more.

Under 50 segments the intervals are rough (`stilted.metrics.corpus.score_roughly`), under 10 there are none. Measured on
150 samples of the sentences in ``corpora/``, with nothing in common but the reference: of 10 segments 2.7% and 2.0%
were called worse, of 24 0.7% and 1.3%, of 40 3.3% and 3.3%; with 30% of the words spoilt 59% and 56% of 10 segments
were caught, 95% of 24, all of 40.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Any, Final

from stilted.core import mqm
from stilted.core.errors import UserError
from stilted.core.metric_names import BLEU, CHRF
from stilted.core.model import Analysis, Document, Score
from stilted.core.shapes import MOST
from stilted.metrics.corpus import score_roughly

METRICS: Final[tuple[str, ...]] = (BLEU, CHRF)
HINT: Final = "Write it anew with 'stilted baseline write'."

_Z: Final = 1.96  # two-sided 95% of the normal distribution
_DIGITS: Final = 4
_PASSING: Final = ("bs:", "seed:", "quotes:")
"""Parts of a signature that differ between figures that can be compared."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A score with its 95% interval, which is None under 10 segments."""

    value: float
    low: float | None
    high: float | None
    signature: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What a later version is measured against.

    Attributes:
        reference: a digest of the reference, empty for catalogues: other scores mean nothing beside these.
        words: of the translation. penalty: points of all findings. squares: of the points, added up.
        scores: by metric, with straight quotes where that makes a difference.
    """

    reference: str
    words: int
    penalty: int
    squares: int
    scores: Mapping[str, Measured]


def measure_figures(report: Analysis, severities: Iterable[str]) -> Figures:
    """Return what *report* gives a baseline to keep; *severities* are those of the findings that add penalty."""
    points = [mqm.PENALTIES[severity] for severity in severities]
    given = {score.base: score for score in report.scores}  # those with straight quotes, where there are any, are last
    if any(given[metric].low is None for metric in METRICS if metric in given):
        given |= {score.base: score for score in score_roughly(report.document)}
    scores = {metric: _measure(given[metric]) for metric in METRICS if metric in given}
    squares = sum(point * point for point in points)
    return Figures(_make_digest(report.document), report.words, sum(points), squares, scores)


def _measure(score: Score) -> Measured:
    low, high = (None if bound is None else round(bound, _DIGITS) for bound in (score.low, score.high))
    return Measured(round(score.value, _DIGITS), low, high, score.signature)


def _make_digest(document: Document) -> str:
    if document.reference is None:
        return ""
    return hashlib.sha256(" ".join(document.reference.split()).encode()).hexdigest()[:16]


def compare_figures(old: Figures, new: Figures, where: str) -> tuple[tuple[bool, str], ...]:
    """Return for each figure whether *new* is no worse than *old* beyond chance, and the sentence that says so.

    A score without an interval can be called neither, and does not fail.

    Raises:
        UserError: the scores were computed with another reference, or in another way; *where* is named.
    """
    if old.reference != new.reference:
        raise UserError("the reference is not the one that this baseline was written with", where, HINT)
    compared = [_compare_score(metric, old, new, where) for metric in METRICS if metric in old.scores]
    return (*compared, _compare_penalty(old, new))


def _compare_score(metric: str, old: Figures, new: Figures, where: str) -> tuple[bool, str]:
    before, after = old.scores[metric], new.scores.get(metric)
    if after is None:
        return False, f"{metric} could not be computed; it was {before.value:.1f} in the baseline: it fails."
    if _strip_signature(before.signature) != _strip_signature(after.signature):
        what = f"{metric} was computed as {before.signature}, not as {after.signature}"
        raise UserError(what, where, HINT)
    if before.low is None or after.high is None:
        few = f"{metric} is {after.value:.1f} and was {before.value:.1f}"
        return True, f"{few}: too few segments to tell a loss from chance."
    margin = hypot(before.value - before.low, after.high - after.value)
    return _compare(metric, before.value, after.value, before.value - after.value, margin)


def _strip_signature(signature: str) -> str:
    return "|".join(part for part in signature.split("|") if not part.startswith(_PASSING))


def _compare_penalty(old: Figures, new: Figures) -> tuple[bool, str]:
    """Compare the penalty rates; findings come as events of a compound Poisson process, so that the variance of
    their points is the sum of the squares."""
    before, after = (mqm.REFERENCE_WORDS * side.penalty / max(1, side.words) for side in (old, new))
    margins = (_Z * mqm.REFERENCE_WORDS * sqrt(side.squares) / max(1, side.words) for side in (old, new))
    name = "The penalty per 1,000 words, accepted findings included,"
    return _compare(name, before, after, after - before, hypot(*margins))


def _compare(name: str, before: float, after: float, loss: float, margin: float) -> tuple[bool, str]:
    met = loss <= margin
    moved = f"{name} went from {before:.1f} in the baseline to {after:.1f}"
    if before == after:
        moved = f"{name} stays at the baseline's {after:.1f}"
    return met, f"{moved}; chance explains a loss of {margin:.1f}: it {'passes' if met else 'fails'}."


def dump_figures(kept: Figures) -> dict[str, Any]:
    """Return *kept* as plain data for a baseline file."""
    scores = {
        metric: {"value": s.value, "low": s.low, "high": s.high, "signature": s.signature}
        for metric, s in kept.scores.items()
    }
    figures = {"words": kept.words, "penalty": kept.penalty, "squares": kept.squares}
    return {"reference": kept.reference, **figures, "metrics": scores}


def parse_figures(data: Any, where: str) -> Figures:
    """Return what `dump_figures` wrote.

    Raises:
        UserError: *data* is not of that shape.
    """
    try:
        words, penalty, squares = (_check_count(data[name]) for name in ("words", "penalty", "squares"))
        scores = {metric: _read_metric(given) for metric, given in data["metrics"].items()}
        return Figures(_check_text(data["reference"]), words, penalty, squares, scores)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError("the scores are not those of a baseline", where, HINT) from error


def _read_metric(given: Any) -> Measured:
    low, high = (None if given[name] is None else _check_figure(given[name]) for name in ("low", "high"))
    return Measured(_check_figure(given["value"]), low, high, _check_text(given["signature"]))


def _check_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _check_count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < MOST:
        raise ValueError(value)
    return value


def _check_figure(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -MOST < value < MOST:
        raise ValueError(value)
    return float(value)
