"""A summary as headed tables of plain strings: what the terminal, Markdown and the web page lay out alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stilted.core.foreign import clean
from stilted.core.metric_names import CHRF, ESTIMATE
from stilted.render.wording import choose_noun, format_count, format_figure
from stilted.summary.drift import LEAST, SAME, Change, Drift, estimate_error
from stilted.summary.nouns import FINDINGS, PENALTY, SEGMENT, Figure, Group, Rate, Summary

RULES: Final = 25
"""Rules listed, the most frequent; the JSON report has all."""

GROUPS: Final = 50
"""Groups of a column listed."""

_NAME: Final = 60
_Z: Final = 1.96
"""Normal quantile of a 95% interval."""


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the heads of columns, rows of as many cells, and a remark; the first column holds names."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remark: str = ""


def write_heading(summary: Summary) -> str:
    """Return ``5,564 segments of 12 documents``."""
    units = " or ".join(choose_noun(summary.total.records, unit) for unit in summary.units)
    parts = (
        f" of {format_count(summary.documents, 'document')}" if summary.documents and SEGMENT in summary.units else ""
    )
    return f"{summary.total.records:,} {units}{parts}"


def write_sentences(summary: Summary, drift: Drift | None) -> list[str]:
    """Return what there is to say first, as sentences."""
    total = summary.total
    said = [f"{format_count(total.words, 'word')}, {format_count(total.findings, 'finding')}."]
    if total.unjudged:
        said.append(f"{total.unjudged:,} could not be judged.")
    return [*said, *(describe_drift(drift) if drift else ()), *map(clean, summary.notes)]


def describe_drift(drift: Drift) -> Iterator[str]:
    """Yield what has changed since the earlier run, beyond chance, as sentences."""
    name = clean(drift.name)
    if drift.too_few is not None:
        yield f"Too little to tell a change from chance: {drift.too_few}, where at least {LEAST} have to be judged."
        return
    moved = [change for change in drift.figures if change.said != SAME]
    for change in moved:
        yield (
            f"{capitalise(change.name)}: {format_figure(change.old)} in {name}, now {format_figure(change.new)}, "
            f"{change.said} (p {format_chance(change.p)})."
        )
    if not moved:
        yield f"No figure differs from {name} by more than chance."


def capitalise(name: str) -> str:
    """Return the name of a figure as a sentence or heading begins; names of metrics stay as they are."""
    return name if name == CHRF else f"{name[:1].upper()}{name[1:]}"


def format_chance(p: float) -> str:
    """Return ``= 0.012`` or ``< 0.001``."""
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"


def list_tables(summary: Summary, drift: Drift | None = None) -> list[Table]:
    """Return all tables that have rows."""
    made = [_make_figures(summary, drift)]
    if drift:
        made.append(_make_changes(drift))
    made += [
        _make_rates("Severities", "Severity", summary.severities),
        _make_rates("Categories", "Category", summary.categories),
        _make_rates("Rules", "Rule", summary.rules),
    ]
    made += [
        _make_groups(f"By {clean(column)}", column, groups, summary)
        for column, groups in summary.groups
        if len(groups) > 1
    ]
    if summary.worst:
        remark = "Ranked by penalty per 1,000 words, as if each were 300 words of average quality longer."
        made.append(_make_groups("Worst documents", "document", summary.worst, summary, remark))
    return [table for table in made if table.rows]


def _make_figures(summary: Summary, drift: Drift | None) -> Table:
    before = {change.name: change for change in drift.figures} if drift else {}
    heads = ("Figure", "Value", "95% interval", *(("Earlier", "Change") if drift else ()))
    rows = []
    for one in summary.figures:
        row = (one.name, format_figure(one.value), _write_interval(summary, one))
        rows.append((*row, *_write_change(before.get(one.name))) if drift else row)
    return Table("Figures", heads, tuple(rows))


def _write_interval(summary: Summary, one: Figure) -> str:
    spread = estimate_error(summary, one)
    if spread is None:
        return "–"
    low, high = one.value - _Z * spread, one.value + _Z * spread
    if one.name in (PENALTY, FINDINGS, ESTIMATE):
        low = max(0.0, low)
    return f"{format_figure(low)} to {format_figure(high)}"


def _write_change(change: Change | None) -> tuple[str, str]:
    return ("–", "–") if change is None else (format_figure(change.old), change.said)


def _make_changes(drift: Drift) -> Table:
    rows = tuple(
        (clean(c.name), format_figure(c.old), format_figure(c.new), c.said, format_chance(c.p))
        for c in drift.rules[:RULES]
    )
    heads = ("Rule", "Earlier, per 1,000 words", "Now", "Change", "p")
    return Table("Rules that changed", heads, rows, "Beyond chance, corrected for as many rules as there are (Holm).")


def _make_rates(title: str, head: str, rates: Sequence[Rate]) -> Table:
    heads = (head, "Findings", "Per 1,000 words")
    rows = tuple((clean(rate.name), f"{rate.count:,}", f"{rate.per_1000:,.2f}") for rate in rates[:RULES])
    return Table(title, heads, rows, _count_rest(len(rates) - RULES))


def _make_groups(title: str, head: str, groups: Sequence[Group], summary: Summary, remark: str = "") -> Table:
    plural = choose_noun(0, summary.units[0]).capitalize()
    heads = (head.capitalize(), plural, "Words", "Findings", "Penalty / 1,000", "Estimate / 100", "BLEU", "chrF2")
    rows = tuple(
        (
            _cut_name(clean(group.name)),
            f"{group.records:,}",
            f"{group.words:,}",
            f"{group.findings:,}",
            *map(format_figure, (group.penalty, group.estimate, group.bleu, group.chrf)),
        )
        for group in groups[:GROUPS]
    )
    kept = [place for place in range(len(heads)) if place < 4 or any(row[place] != "–" for row in rows)]
    remark = _count_rest(len(groups) - GROUPS) or remark
    return Table(title, tuple(heads[k] for k in kept), tuple(tuple(row[k] for k in kept) for row in rows), remark)


def _count_rest(number: int) -> str:
    return f"And {number:,} more; the JSON report has all." if number > 0 else ""


def _cut_name(name: str) -> str:
    """Return the last part of a long name, which tells files apart better than the first."""
    return name if len(name) <= _NAME else f"…{name[1 - _NAME :]}"
