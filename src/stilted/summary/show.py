"""A summary as data and back, as JSON, for a terminal, and for a pull request or a wiki."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from stilted import __version__
from stilted.core.bounded import read_bounded
from stilted.core.errors import UserError, explain_refusal
from stilted.core.shapes import fits
from stilted.render import layout
from stilted.render.annotations import dump
from stilted.render.ansi import WIDTH, Pen
from stilted.render.markdown_text import escape, escape_within
from stilted.summary.drift import Drift
from stilted.summary.nouns import Figure, Group, Histogram, Rate, Summary
from stilted.summary.page import to_html
from stilted.summary.tables import Table, list_tables, write_heading, write_sentences

SCHEMA: Final = 1
"""Version of the layout; keys are added without a new version, never renamed or removed."""

_KIND: Final = "stilted summary"


def render_summary(name: str, summary: Summary, drift: Drift | None = None) -> str:
    """Return *summary* in one of `FORMATS`."""
    return FORMATS[name](summary, drift)


def to_dict(summary: Summary, drift: Drift | None = None) -> dict[str, Any]:
    """Return the summary as plain data; ``drift`` is None without an earlier run."""
    changes = None
    if drift:
        changes = {
            "against": drift.name,
            "figures": [{**asdict(change), "change": change.said} for change in drift.figures],
            "rules": [{**asdict(change), "change": change.said} for change in drift.rules],
        }
    data = asdict(summary)
    head = {"schema": SCHEMA, "what": _KIND, "stilted": __version__}
    return {**head, **data, "groups": dict(data["groups"]), "drift": changes}


_MAX_BYTES: Final = 64_000_000


def read_earlier(path: Path) -> Summary:
    """Read a summary that was written as JSON.

    Raises:
        UserError: it cannot be read, or is no such summary.
    """
    hint = "Give a summary in JSON, or what 'stilted batch' or 'stilted check --format jsonl' has written."
    try:
        data = json.loads(read_bounded(path, "earlier summary", _MAX_BYTES))
    except OSError as error:
        raise UserError(
            f"cannot read the earlier summary: {explain_refusal(error)}", str(path), "Check the path."
        ) from error
    except (ValueError, RecursionError) as error:
        raise UserError("the earlier summary is not JSON", str(path), hint) from error
    if not isinstance(data, dict) or data.get("what") != _KIND:
        raise UserError("this is no summary", str(path), hint)
    if data.get("schema") != SCHEMA:
        raise UserError(f"a summary of schema {data.get('schema')!r}, not {SCHEMA}", str(path), "Make it again.")
    try:
        summary = _read_summary(data)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise UserError("the earlier summary is damaged", str(path), "Make it again.") from error
    if not fits(summary, Summary):
        raise UserError("the earlier summary is damaged", str(path), "Make it again.")
    return summary


def _read_summary(data: dict[str, Any]) -> Summary:
    return Summary(
        unit=str(data["unit"]),
        total=Group(**data["total"]),
        figures=tuple(Figure(str(f["name"]), float(f["value"]), float(f["error"])) for f in data["figures"]),
        groups=tuple((str(name), tuple(Group(**group) for group in groups)) for name, groups in data["groups"].items()),
        severities=_read_rates(data["severities"]),
        categories=_read_rates(data["categories"]),
        rules=_read_rates(data["rules"]),
        histograms=tuple(
            Histogram(str(h["score"]), float(h["step"]), tuple(map(int, h["counts"]))) for h in data["histograms"]
        ),
        documents=int(data["documents"]),
        worst=tuple(Group(**group) for group in data["worst"]),
        notes=tuple(map(str, data["notes"])),
    )


def _read_rates(rows: list[dict[str, Any]]) -> tuple[Rate, ...]:
    return tuple(Rate(str(r["name"]), int(r["count"]), float(r["per_1000"]), float(r["error"])) for r in rows)


def to_json(summary: Summary, drift: Drift | None = None) -> str:
    """Return the summary as indented JSON with a final newline."""
    return dump(to_dict(summary, drift))


def to_text(summary: Summary, drift: Drift | None = None, *, color: bool = False, width: int = WIDTH) -> str:
    """Return the summary as lines of *width* columns; a table takes more where its figures do."""
    pen = Pen(color, width)
    lines = pen.rows(write_heading(summary), "head", hanging="  ")
    for sentence in write_sentences(summary, drift):
        lines += pen.rows(sentence, hanging="  ")
    for table in list_tables(summary, drift):
        lines += ["", *pen.rows(table.title, "head"), *_lay_out(pen, table)]
    return "\n".join(lines) + "\n"


def _lay_out(pen: Pen, table: Table) -> list[str]:
    """Return the table with names to the left, cut where they would push the figures off, and figures to the right."""
    wide = [max(map(layout.measure_width, column)) for column in zip(*[table.heads, *table.rows], strict=True)]
    figures = sum(wide[1:]) + len(_GAP) * len(wide[1:])
    wide[0] = min(wide[0], max(pen.columns - len(_INDENT) - figures, _NAME))

    def write_line(row: tuple[str, ...], style: str = "") -> str:
        name = layout.fit(row[0], wide[0])
        cells = [name + " " * (wide[0] - layout.measure_width(name))]
        cells += [
            " " * (width - layout.measure_width(cell)) + cell for cell, width in zip(row[1:], wide[1:], strict=True)
        ]
        return pen.line((_INDENT + _GAP.join(cells).rstrip(), style))

    remark = pen.rows(table.remark, "faint", indent=_INDENT, hanging=_INDENT) if table.remark else []
    return [write_line(table.heads, "faint"), *map(write_line, table.rows), *remark]


_INDENT: Final = "  "
_GAP: Final = "   "
_NAME: Final = 20
"""Columns that names have on the narrowest terminal."""


def to_markdown(summary: Summary, drift: Drift | None = None) -> str:
    """Return the summary as Markdown tables."""
    blocks = [
        f"## {escape(write_heading(summary))}",
        "\n".join(f"- {escape(s)}" for s in write_sentences(summary, drift)),
    ]
    for table in list_tables(summary, drift):
        head = f"| {' | '.join(map(escape_within, table.heads))} |\n|---|{'---:|' * (len(table.heads) - 1)}"
        rows = [f"| {' | '.join(map(escape_within, row))} |" for row in table.rows]
        blocks.append(f"### {escape(table.title)}\n\n" + "\n".join([head, *rows]))
        if table.remark:
            blocks.append(escape(table.remark))
    return "\n\n".join(blocks) + "\n"


FORMATS: Final[dict[str, Callable[[Summary, Drift | None], str]]] = {
    "terminal": to_text,
    "json": to_json,
    "markdown": to_markdown,
    "html": to_html,
}
"""Formats of a summary."""
