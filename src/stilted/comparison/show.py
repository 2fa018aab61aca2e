"""A comparison as data, as JSON, for a terminal and for a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from stilted import __version__
from stilted.comparison.significance import BETTER, NO_DIFFERENCE, WORSE, Change, format_chance
from stilted.core.foreign import clean, shorten
from stilted.render.annotations import Issue, describe_issue, dump, list_issues, sort_worst_first
from stilted.render.ansi import WIDTH, Pen
from stilted.render.comment import fit
from stilted.render.markdown import LIMIT
from stilted.render.markdown_text import escape
from stilted.render.wording import format_count, make_title

if TYPE_CHECKING:
    from stilted.comparison import Comparison

SCHEMA: Final = 1
"""Version of the layout; keys are added without a new version, never renamed or removed."""

LISTED: Final = 50
"""Findings of a kind that are listed for people; the others are counted."""


def to_dict(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison as plain lists, dicts, strings and figures.

    Findings have the keys they have in the JSON report; ``fixed`` places them in the old version,
    ``introduced`` and ``kept`` in the new one.
    """
    old, new = comparison.old.to_dict(), comparison.new.to_dict()
    places = {id(f): plain for report, data in ((comparison.old, old), (comparison.new, new))
              for f, plain in zip(report.findings, data["findings"], strict=True)}  # fmt: skip
    return {
        "schema": SCHEMA,
        "stilted": __version__,
        "verdict": comparison.verdict,
        "reasons": list(comparison.reasons),
        "units": comparison.units,
        "level": comparison.level,
        "scores": [_make_score(row) for row in comparison.changes],
        "findings_p": comparison.findings_p,
        "fixed": [places[id(finding)] for finding in comparison.fixed],
        "introduced": [places[id(finding)] for finding in comparison.introduced],
        "kept": [places[id(finding)] for finding in comparison.kept],
        "old": {"name": comparison.old.document.name, "report": old},
        "new": {"name": comparison.new.document.name, "report": new},
    }


def _make_score(row: Change) -> dict[str, Any]:
    data = {**asdict(row), "signatures": list(row.signatures)}
    del data["variant"]  # it stands in the metric's name
    return data


def to_json(comparison: Comparison) -> str:
    """Return the comparison as indented JSON with a final newline."""
    return dump(to_dict(comparison))


def to_text(comparison: Comparison, *, color: bool = False, width: int = WIDTH) -> str:
    """Return the comparison as lines of *width* columns (at least 40), with ANSI colours if asked.

    Signatures are not broken, so that they can be copied.
    """
    pen = Pen(color, width)
    lines = [*pen.rows(f"{write_heading(comparison)}.", _MOODS[comparison.verdict], hanging="  "), ""]
    for reason in comparison.reasons:
        lines += pen.rows(clean(reason), hanging="  ")
    for label, group in _list_groups(comparison):
        lines += ["", pen.line((f"{label} ({len(group):,})", "head"))]
        for issue in group[:LISTED]:
            severity = issue.finding.severity
            said = f": {describe_issue(issue)} ({clean(issue.finding.rule)})"
            lines += pen.rows(said, indent="  ", hanging="    ", head=(f"{issue.where}: {severity}", severity))
        lines += _count_rest(group, "  ", LISTED)
    lines += ["", f"Kept: {format_count(len(comparison.kept), 'finding')}.", "", pen.line(("Signatures", "head"))]
    lines += [
        pen.line((f"  {clean(signature)}", "faint")) for row in comparison.changes for signature in row.signatures
    ]
    return "\n".join(lines) + "\n"


_MOODS: Final = {BETTER: "Passed", WORSE: "Failed", NO_DIFFERENCE: "No verdict"}


def to_markdown(comparison: Comparison) -> str:
    """Return the comparison as Markdown of at most `LIMIT` characters, with at most `LISTED` findings of a kind."""
    names = f"{shorten(make_title(comparison.new), _NAME)} against {shorten(make_title(comparison.old), _NAME)}"
    reasons = [f"- {escape(reason)}" for reason in comparison.reasons]
    scores = _SCORES + "".join(map(_write_row, comparison.changes))
    blocks = [f"## {escape(f'{names}: {comparison.verdict}')}", "\n".join(reasons), scores]
    last = f"{format_count(len(comparison.kept), 'finding')} kept.\n"
    room = LIMIT - sum(len(block) + 2 for block in (*blocks, last))
    groups = [(label, group) for label, group in _list_groups(comparison) if group]
    for label, group in groups:
        items = fit([_write_item(issue) for issue in group[:LISTED]], room // len(groups) - _HEADING)
        blocks.append("\n".join([f"### {label} ({len(group):,})", "", *items, *_count_rest(group, "- ", len(items))]))
    return "\n\n".join([*blocks, last])


def _write_item(issue: Issue) -> str:
    said = f"{issue.finding.severity}, {escape(issue.where)}: {escape(describe_issue(issue))}"
    return f"- {said} <sub>{escape(issue.finding.rule)}</sub>"


_NAME: Final = 200
_HEADING: Final = 100  # at least the length of a heading and of the line that counts what is left out
_SCORES: Final = (
    "| Score | Old | New | p, paired bootstrap | p, approximate randomisation | Signatures |\n"
    "|---|---:|---:|---:|---:|---|"
)


def _write_row(row: Change) -> str:
    signatures = "<br>".join(map(escape, row.signatures))
    chances = f"{format_chance(row.bootstrap)} | {format_chance(row.randomisation)}"
    return f"\n| {escape(row.metric)} | {row.old:.1f} | {row.new:.1f} | {chances} | {signatures} |"


def write_heading(comparison: Comparison) -> str:
    """Return ``new.txt against old.txt: worse``."""
    return f"{make_title(comparison.new)} against {make_title(comparison.old)}: {comparison.verdict}"


def _list_groups(comparison: Comparison) -> Iterator[tuple[str, list[Issue]]]:
    for label, report, findings in (
        ("New findings", comparison.new, comparison.introduced),
        ("Fixed findings", comparison.old, comparison.fixed),
    ):
        wanted = set(map(id, findings))
        yield label, sort_worst_first(issue for issue in list_issues([report]) if id(issue.finding) in wanted)


def _count_rest(issues: Sequence[Issue], indent: str, listed: int) -> list[str]:
    left = len(issues) - listed
    return [f"{indent}and {format_count(left, 'more finding')}"] if left > 0 else []
