"""A comparison as one web page that looks like the report on a translation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from stilted.comparison.significance import PASSED, Change, format_chance
from stilted.core.model import Finding, Report, Span
from stilted.render import page, wording

if TYPE_CHECKING:
    from stilted.comparison import Comparison

LISTED: Final = 500
"""Findings of a kind that the page holds, the worst; the others are counted."""

_CONTEXT: Final = 160
_TEMPLATE: Final = "comparison/page.html.j2"


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding with the words around it, cut where they are long."""

    finding: Finding
    place: str
    before: str
    words: str
    after: str
    missing: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that share a fate, the worst first; ``left`` counts those beyond `LISTED`."""

    name: str
    total: int
    entries: tuple[Entry, ...]
    left: int


def to_html(comparison: Comparison) -> str:
    """Return a self-contained page; all text is escaped, and the same comparison gives the same bytes."""
    old, new = comparison.old.scorecard, comparison.new.scorecard
    return page.render_page(
        _TEMPLATE,
        title=wording.make_title(comparison.new),
        against=wording.make_title(comparison.old),
        verdict=comparison.verdict,
        passed=PASSED[comparison.verdict],
        reasons=comparison.reasons,
        numbers=[("Fixed", len(comparison.fixed)), ("New", len(comparison.introduced)), ("Kept", len(comparison.kept))],
        penalties=(old, new),
        rows=[_make_row(change) for change in comparison.changes],
        units=comparison.units,
        groups=[
            _make_group("New findings", comparison.new, comparison.introduced),
            _make_group("Fixed findings", comparison.old, comparison.fixed),
            _make_group("Kept findings", comparison.new, comparison.kept),
        ],
        skipped=wording.group_skipped(comparison.new.skipped),
    )


def _make_row(change: Change) -> dict[str, object]:
    same = wording.format_figure(change.new) == wording.format_figure(change.old)
    direction = "" if same else "better" if change.improves else "worse"
    return {
        "metric": change.metric,
        "old": change.old,
        "new": change.new,
        "direction": direction,
        "chances": (format_chance(change.bootstrap), format_chance(change.randomisation)),
        "signatures": change.signatures,
    }


def _make_group(name: str, report: Report, findings: Sequence[Finding]) -> Group:
    locate = wording.make_locator(report)
    wanted = set(map(id, findings))
    ranked = [finding for finding in wording.order_findings(report) if id(finding) in wanted]
    ranked.sort(key=lambda finding: wording.WORST_FIRST.index(finding.severity))
    entries = tuple(_make_entry(report, finding, locate(finding)) for finding in ranked[:LISTED])
    return Group(name, len(ranked), entries, max(0, len(ranked) - LISTED))


def _make_entry(report: Report, finding: Finding, place: str) -> Entry:
    segment = report.document.segments[finding.segment]
    text = segment.target or ""
    span = Span(min(finding.segment_start, len(text)), min(finding.segment_end, len(text)))
    before, words, after = text[: span.start], span.of(text), text[span.end :]
    missing = segment.reference if segment.target is None else None
    return Entry(
        finding,
        place,
        before if len(before) <= _CONTEXT else f"…{before[-_CONTEXT:]}",
        words if len(words) <= 2 * _CONTEXT else f"{words[: 2 * _CONTEXT]}…",
        after if len(after) <= _CONTEXT else f"{after[:_CONTEXT]}…",
        missing if missing is None or len(missing) <= 2 * _CONTEXT else f"{missing[: 2 * _CONTEXT]}…",
    )
