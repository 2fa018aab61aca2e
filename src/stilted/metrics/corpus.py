"""BLEU, chrF2, chrF2++ and TER of a document by sacrebleu, each with its signature and interval.

The statistics of every segment are taken once and serve the score and the bootstrap of all metrics alike.
That uses methods of sacrebleu that it keeps to itself; tests compare every figure and signature with its
public interface.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from stilted.core import metric_names
from stilted.core.model import Document, Score, Skipped

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sacrebleu.metrics.base import Metric

MIN_SEGMENTS: Final = 50
"""Below this many segments a bootstrap interval would only look like one."""

FEWEST: Final = 10
"""Below this many segments not even a rough interval can be given."""

SEED: Final = 12345
"""Seed of the bootstrap, sacrebleu's own, so that intervals can be compared."""

TER_WORDS: Final = 80
TER_WORK: Final = 8_000_000
"""TER is left out when a segment has more words than the first, or when the cubes of the segments' lengths
add up to more than the second: about 0.2 microseconds a unit, on 1,200 pairs of TED segments, so 2 s."""

NORMALISED: Final = "quotes normalised"
"""The variant of a score whose texts had their quotation marks straightened, by `STRAIGHT`."""
STRAIGHT: Final = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"') | dict.fromkeys("‘’‚‛′＇", "'"))
_CHUNK: Final = 100  # segments measured and bootstrap samples drawn at a time

Pair = tuple[str, str]
"""A hypothesis and its reference."""


@dataclass(frozen=True, slots=True)
class _Gauge:
    """One metric: sacrebleu's object, how many of the statistics it reads, and those taken so far."""

    name: str
    metric: Metric
    width: int
    top: float
    taken: dict[Pair, list[float]] = field(default_factory=dict)


def score_document(document: Document, *, bootstrap: int = 1000) -> tuple[tuple[Score, ...], tuple[Skipped, ...]]:
    """Score the aligned document.

    A reference segment without a translation is scored with an empty hypothesis, so that leaving text
    out costs. A target segment without a reference is in no score; it is counted under ``additions``.
    White space is reduced to single spaces. When straightening typographic quotes changes anything, a
    second set of scores follows, named ``BLEU (quotes normalised)`` and so on.

    Args:
        document: with a reference, else there is nothing to score.
        bootstrap: resamples for the 95% interval; 0 for none. Under 50 segments none is given and the
            note says so.
    """
    pairs = _list_pairs(document)
    if not pairs:
        reason = "the reference has no text" if document.has_reference else "needs a reference, none was given"
        return (), (Skipped("scores", reason),)
    obstacle = explain_long_ter(pairs)
    gauges = _make_gauges(with_ter=obstacle is None)
    additions, omissions = _count_unaligned(document, len(pairs))
    note = _explain_gaps(len(pairs), bootstrap, int(additions.value), int(omissions.value))
    samples = bootstrap if len(pairs) >= MIN_SEGMENTS else 0
    scored = _score_all(gauges, pairs, samples, note)
    straight = [(hyp.translate(STRAIGHT), ref.translate(STRAIGHT)) for hyp, ref in pairs]
    if straight != pairs:
        scored += _score_all(gauges, straight, samples, note, normalised=True)
    skipped = () if obstacle is None else (Skipped(metric_names.TER, obstacle),)
    return (*scored, additions, omissions), skipped


def explain_long_ter(pairs: Iterable[Pair]) -> str | None:
    """Return why TER would take too long, None if it would not: its time grows with about the cube of the length."""
    sizes = [(len(hyp.split()), len(ref.split())) for hyp, ref in pairs]
    longest = max(map(max, sizes))
    if longest > TER_WORDS:
        return f"a segment of {longest} words is beyond the {TER_WORDS} that can be computed in reasonable time"
    work = sum(((hyp + ref) / 2) ** 3 for hyp, ref in sizes if hyp and ref)
    if work > TER_WORK:
        return f"{len(sizes)} segments are too many to be computed in reasonable time"
    return None


def score_roughly(document: Document) -> tuple[Score, ...]:
    """Return BLEU, chrF2 and chrF2++ with an interval that allows for how few segments there are.

    The bootstrap draws from so few that its intervals come out too short. They are stretched, to either side, by
    ``t / z * sqrt(n / (n - 1))``: Student's quantile over the normal one, and the bias of the variance. Good enough to
    tell a loss from chance (see `stilted.project.baseline.figures`), not to be shown beside a score.

    Returns:
        Those with straight quotes where that changes anything; none under `FEWEST` segments.
    """
    pairs = _list_pairs(document)
    if len(pairs) < FEWEST:
        return ()
    straight = [(hyp.translate(STRAIGHT), ref.translate(STRAIGHT)) for hyp, ref in pairs]
    scored = _score_all(_make_gauges(with_ter=False), straight, 1000, "", normalised=straight != pairs)
    stretch = (
        _compute_student_quantile(len(pairs) - 1)
        / _compute_student_quantile(10**9)
        * sqrt(len(pairs) / (len(pairs) - 1))
    )
    return tuple(
        replace(s, low=s.value - stretch * (s.value - s.low), high=s.value + stretch * (s.high - s.value))
        for s in scored
        if s.low is not None and s.high is not None
    )


def _compute_student_quantile(freedom: int) -> float:
    """Return the two-sided 95% quantile of Student's distribution (Abramowitz and Stegun, 26.7.5)."""
    z = 1.959964
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)


def _list_pairs(document: Document) -> list[Pair]:
    """Return what is scored: every segment with a reference, as single lines."""
    return [
        (" ".join((segment.target or "").split()), " ".join(segment.reference.split()))
        for segment in document.segments
        if segment.reference is not None and segment.reference.strip()
    ]


def _count_unaligned(document: Document, references: int) -> tuple[Score, Score]:
    targets = [s for s in document.segments if s.target and s.target.strip()]
    added = sum(map(document.adds, targets))
    omitted = sum(s.target is None and s.reference is not None for s in document.segments)
    return (
        Score(
            "additions",
            float(added),
            None,
            None,
            f"unaligned:translation|unit:segments|of:{len(targets)}",
            unit="segments",
        ),
        Score(
            "omissions",
            float(omitted),
            None,
            None,
            f"unaligned:reference|unit:segments|of:{references}",
            unit="segments",
        ),
    )


def _explain_gaps(segments: int, bootstrap: int, additions: int, omissions: int) -> str:
    """Say why there is no interval and what the alignment left over."""
    parts = []
    if segments < MIN_SEGMENTS:
        parts.append(f"no interval: {segments} segment{'s' * (segments != 1)}, {MIN_SEGMENTS} are needed")
    elif not bootstrap:
        parts.append("no interval was asked for")
    if omissions:
        parts.append(f"reference segments left out by the translation and scored as empty: {omissions}")
    if additions:
        parts.append(f"segments without a reference and in no score: {additions}")
    return "; ".join(parts)


def _make_gauges(*, with_ter: bool) -> list[_Gauge]:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    bleu, chrf, chrf_words = BLEU(force=True), CHRF(), CHRF(word_order=2)  # force: no advice on stderr
    # chrF2++ takes the character statistics of chrF2 first, then those of words: one pass serves both.
    shared: dict[Pair, list[float]] = {}
    gauges = [
        _Gauge(metric_names.BLEU, bleu, 2 + 2 * bleu.max_ngram_order, 100.0),
        _Gauge(metric_names.CHRF_WORDS, chrf_words, 3 * chrf_words.order, 100.0, shared),
        _Gauge(metric_names.CHRF, chrf, 3 * chrf.order, 100.0, shared),
    ]
    return [*gauges, _Gauge(metric_names.TER, TER(), 2, float("inf"))] if with_ter else gauges


def _score_all(
    gauges: Sequence[_Gauge], pairs: Sequence[Pair], samples: int, note: str, *, normalised: bool = False
) -> list[Score]:
    import numpy as np

    statistics = [np.array(_collect_statistics(gauge, pairs), dtype=np.float64)[:, : gauge.width] for gauge in gauges]
    sums = np.concatenate([part.sum(axis=0, keepdims=True) for part in statistics], axis=1)
    drawn = _resample(np.concatenate(statistics, axis=1), samples)
    edges = np.cumsum([gauge.width for gauge in gauges])[:-1]
    columns = zip(gauges, np.split(sums, edges, axis=1), np.split(drawn, edges, axis=1), strict=True)
    scored = [_make_score(*column, note, normalised=normalised) for column in columns]
    return sorted(scored, key=lambda score: _ORDER.index(score.base))


_ORDER: Final = (metric_names.BLEU, metric_names.CHRF, metric_names.CHRF_WORDS, metric_names.TER)


def _collect_statistics(gauge: _Gauge, pairs: Sequence[Pair]) -> list[list[float]]:
    """Return the statistics of every pair, from the store if the pair was met before."""
    new = [pair for pair in dict.fromkeys(pairs) if pair not in gauge.taken]
    for start in range(0, len(new), _CHUNK):  # in parts, since sacrebleu holds the n-grams of all it is given
        part = new[start : start + _CHUNK]
        hypotheses, references = [hyp for hyp, _ in part], [ref for _, ref in part]
        taken = gauge.metric._extract_corpus_statistics(hypotheses, [references])
        gauge.taken.update(zip(part, taken, strict=True))
    return [gauge.taken[pair] for pair in pairs]


def _resample(statistics: NDArray[Any], samples: int) -> NDArray[Any]:
    """Return the summed statistics of *samples* bootstrap samples, the very ones that sacrebleu draws."""
    import numpy as np

    count = len(statistics)
    generator = np.random.default_rng(SEED)
    sums = np.empty((samples, statistics.shape[1]))
    for start in range(0, samples, _CHUNK):
        size = min(_CHUNK, samples - start)
        drawn = generator.integers(0, count, size=(size, count)) + np.arange(size)[:, None] * count
        times = np.bincount(drawn.ravel(), minlength=size * count).reshape(size, count)
        sums[start : start + size] = times @ statistics
    return sums


def _make_score(gauge: _Gauge, sums: NDArray[Any], drawn: NDArray[Any], note: str, *, normalised: bool) -> Score:
    value = _compute_value(gauge, sums[0].tolist())
    low = high = None
    if len(drawn):
        ordered = sorted(_compute_value(gauge, row) for row in drawn.tolist())
        low, high = ordered[len(ordered) // 40], ordered[-(len(ordered) // 40) - 1]
    gauge.metric.num_refs = 1
    gauge.metric.n_bootstrap, gauge.metric.seed = (len(drawn), str(SEED)) if len(drawn) else (None, None)
    signature = str(gauge.metric.get_signature()) + ("|quotes:straight" if normalised else "")
    variant = NORMALISED if normalised else ""
    name = f"{gauge.name} ({variant})" if variant else gauge.name
    return Score(name, value, low, high, signature, note, variant)


def _compute_value(gauge: _Gauge, statistics: list[float]) -> float:
    """Return sacrebleu's score as a plain float; a perfect BLEU comes out as 100.00000000000004."""
    return min(gauge.top, float(gauge.metric._compute_score_from_stats(statistics).score))
