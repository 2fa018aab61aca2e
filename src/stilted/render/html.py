"""The report as one web page: nothing is fetched, nothing but the page's own script and style runs."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from stilted import __version__, mqm
from stilted.model import Finding, Report, Score
from stilted.render import _article, _view

if TYPE_CHECKING:
    from jinja2 import Template

LOWER_IS_BETTER: Final = ("TER", "penalty")


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as the page lists it."""

    number: int
    finding: Finding
    place: str
    status: str
    missing: str | None
    """The reference that has no translation, where that is the fault."""


@dataclass(frozen=True, slots=True)
class Card:
    """A score with its variants (``BLEU (quotes normalised)``); the figures are places on 0 to 100."""

    score: Score
    variants: tuple[tuple[str, Score], ...]
    at: float
    low: float
    high: float
    better: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of the findings on a scale of 0 to 100."""

    severity: str
    start: float
    width: float


def render(report: Report) -> str:
    """Return a self-contained page; the same report gives the same bytes.

    All text is escaped by the template engine. The policy in the page names its one script and one style
    by their SHA-256, so that markup in a translation could not run even if it were let through.
    """
    report = _view.fresh(report)
    script, style = _asset("report.js"), _asset("report.css")
    page = _template().render(
        report=report,
        version=__version__,
        title=_view.title(report),
        verdict=_view.VERDICTS[report.verdict.passed],
        paragraphs=_article.paragraphs(report),
        entries=_entries(report),
        facets=_facets(report),
        cards=_cards(report),
        counts=[score for score in report.scores if _view.is_count(score)],
        notes=_view.notes(report.scores),
        bars=_bars(report.scorecard),
        card=report.scorecard,
        scale=_scale(report.scorecard),
        mqm_lines=_view.mqm_lines(report.scorecard),
        coverage=_view.coverage(report),
        skipped=_view.skipped_groups(report.skipped),
        severities=_view.WORST_FIRST,
        script=script,
        style=style,
        script_hash=_hash(script),
        style_hash=_hash(style),
    )  # fmt: skip
    return page.rstrip("\n") + "\n"


def _asset(name: str) -> str:
    return files("stilted.render").joinpath(name).read_text("utf-8").strip()


def _hash(text: str) -> str:
    """Return the source expression by which a content security policy allows exactly *text*."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _template() -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {
        "clean": _view.clean,
        "figure": _view.figure,
        "interval": _view.interval,
        "value": _view.value,
        "percent": _view.percent,
        "count": _view.count,
    }
    environment.filters.update(filters)
    return environment.get_template("report.html.j2")


def _entries(report: Report) -> list[Entry]:
    locate = _view.locator(report)
    out = []
    for number, finding in enumerate(_view.ordered(report), start=1):
        segment = report.document.segments[finding.segment]
        rule = report.rules.get(finding.rule)
        missing = segment.reference if segment.target is None else None
        out.append(Entry(number, finding, locate(finding), "" if rule is None else rule.status, missing))
    return out


def _facets(report: Report) -> dict[str, list[tuple[str, int]]]:
    """Return ``(value, findings)`` for every value to filter by: severities worst first, others by name."""
    counted = {
        key: Counter(str(getattr(finding, key)) for finding in report.findings)
        for key in ("severity", "category", "rule")
    }
    facets = {key: sorted(counts.items()) for key, counts in counted.items()}
    facets["severity"].sort(key=lambda item: -mqm.severity_rank(item[0]))
    return facets


def _cards(report: Report) -> list[Card]:
    """Return one card for each metric, on which its variants share the place."""
    groups: dict[str, list[Score]] = {}
    for score in report.scores:
        if not _view.is_count(score):
            groups.setdefault(score.metric.partition(" (")[0], []).append(score)
    return [_card(*scores) for scores in groups.values()]


def _card(score: Score, *others: Score) -> Card:
    better = "Lower is better" if score.metric.startswith(LOWER_IS_BETTER) else "Higher is better"
    low, high = (score.value if bound is None else bound for bound in (score.low, score.high))
    variants = tuple((other.metric.partition(" (")[2].removesuffix(")"), other) for other in others)
    return Card(score, variants, _on_scale(score.value), _on_scale(low), _on_scale(high), better)


def _on_scale(value: float) -> float:
    return round(min(max(value, 0.0), 100.0), 2)


def _bars(card: mqm.Scorecard) -> list[Bar]:
    total = sum(number for _, number in card.counts)
    bars: list[Bar] = []
    start = 0.0
    for severity in _view.WORST_FIRST:
        if number := dict(card.counts).get(severity, 0):
            width = 100 * number / total
            bars.append(Bar(severity, round(start, 2), round(width, 2)))
            start += width
    return bars


def _scale(card: mqm.Scorecard) -> tuple[float, float]:
    """Return the penalty and the acceptable penalty per 1,000 words on a scale of 0 to 100.

    The scale ends at twice the acceptable penalty, or just beyond the penalty where that is more.
    """
    penalty = card.per_1000 or 0.0
    end = max(2 * card.acceptable_per_1000, 1.05 * penalty)
    return round(100 * penalty / end, 2), round(100 * card.acceptable_per_1000 / end, 2)
