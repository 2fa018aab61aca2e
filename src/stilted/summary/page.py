"""A summary as one web page that looks like the reports: figures, distributions as inline SVG, tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from stilted.core.foreign import clean
from stilted.render import page
from stilted.render.wording import format_count
from stilted.summary.drift import SAME, WORSE, Drift, estimate_error
from stilted.summary.nouns import Histogram, Summary
from stilted.summary.tables import capitalise, list_tables, write_heading, write_sentences

_TEMPLATE: Final = "summary/page.html.j2"
WIDTH: Final = 400
HEIGHT: Final = 120
"""Of a histogram, in units of its own."""

_VERDICTS: Final = {True: "No worse", False: "Worse", None: "Summary"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A step of a histogram, placed and sized; ``before`` is the height of the earlier run's, None without one."""

    x: float
    width: float
    height: float
    before: float | None
    said: str


def to_html(summary: Summary, drift: Drift | None = None) -> str:
    """Return a self-contained page; all text is escaped, and the same summary gives the same bytes."""
    passed = (
        None if drift is None or drift.too_few is not None else all(change.said != WORSE for change in drift.figures)
    )
    verdict = _VERDICTS[passed]
    if passed and drift and any(change.said != SAME for change in drift.figures):
        verdict = "Better"
    return page.render_page(
        _TEMPLATE,
        title=write_heading(summary),
        against="" if drift is None else clean(drift.name),
        verdict=verdict,
        passed=passed,
        said=write_sentences(summary, drift),
        figures=[
            (capitalise(figure.name), figure.value, estimate_error(summary, figure)) for figure in summary.figures
        ],
        charts=[_make_chart(histogram, drift) for histogram in summary.histograms],
        unit=summary.unit,
        width=WIDTH,
        height=HEIGHT,
        tables=list_tables(summary, drift),
    )


def _make_chart(now: Histogram, drift: Drift | None) -> dict[str, Any]:
    """Return what the template draws: shares of the records, so that runs of any length can be compared."""
    known = {h.score: h for h in drift.earlier.histograms} if drift else {}
    before = known.get(now.score)
    if before is not None and (before.step, len(before.counts)) != (now.step, len(now.counts)):
        before = None
    shares = _compute_shares(now)
    others = _compute_shares(before) if before else [None] * len(shares)
    top = max([*shares, *(share for share in others if share is not None)]) or 1.0
    width = WIDTH / len(shares)
    bars = [
        Bar(
            round(place * width + 1, 2),
            round(width - 2, 2),
            round(HEIGHT * share / top, 2),
            None if other is None else round(HEIGHT * other / top, 2),
            _describe(now, place, share, other),
        )
        for place, (share, other) in enumerate(zip(shares, others, strict=True))
    ]
    ticks = [(round(place * width, 2), f"{place * now.step:g}") for place in range(0, len(shares), 4)]
    mode = max(range(len(shares)), key=lambda place: shares[place])
    label = f"{capitalise(now.score)}: {format_count(sum(now.counts), 'value')}, most often {_describe_step(now, mode)}"
    return {"title": capitalise(now.score), "label": label, "bars": bars, "ticks": ticks, "before": before is not None}


def _compute_shares(histogram: Histogram) -> list[float]:
    total = sum(histogram.counts) or 1
    return [number / total for number in histogram.counts]


def _describe_step(histogram: Histogram, place: int) -> str:
    low = f"{place * histogram.step:g}"
    return f"{low} or more" if place + 1 == len(histogram.counts) else f"{low} to {(place + 1) * histogram.step:g}"


def _describe(histogram: Histogram, place: int, share: float, other: float | None) -> str:
    earlier = "" if other is None else f", earlier {other:.1%}"
    return f"{_describe_step(histogram, place)}: {histogram.counts[place]:,} ({share:.1%}{earlier})"
