"""A summary as data and back, as JSON, for a terminal, and for a pull request or a wiki."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from stilted import __version__
from stilted.errors import UserError
from stilted.render._ci import dump
from stilted.render._markdown import escape, escape_within
from stilted.summary.drift import Drift
from stilted.summary.nouns import Figure, Group, Histogram, Rate, Summary
from stilted.summary.page import to_html
from stilted.summary.tables import Table, heading, sentences, tables

SCHEMA: Final = 1
"""Version of the layout; keys are added without a new version, never renamed or removed."""

WIDTH: Final = 100
_KIND: Final = "stilted summary"


def rendered(name: str, told: Summary, drift: Drift | None = None) -> str:
    """Return *told* in one of `FORMATS`."""
    return FORMATS[name](told, drift)


def to_dict(told: Summary, drift: Drift | None = None) -> dict[str, Any]:
    """Return the summary as plain data; ``drift`` is None without an earlier run."""
    changes = None
    if drift:
        changes = {
            "against": drift.name,
            "figures": [{**asdict(change), "change": change.said} for change in drift.figures],
            "rules": [{**asdict(change), "change": change.said} for change in drift.rules],
        }
    whole = asdict(told)
    head = {"schema": SCHEMA, "what": _KIND, "stilted": __version__}
    return {**head, **whole, "groups": dict(whole["groups"]), "drift": changes}


def earlier(path: Path) -> Summary:
    """Read a summary that was written as JSON.

    Raises:
        UserError: it cannot be read, or is no such summary.
    """
    hint = "Give a summary in JSON, or what 'stilted batch' or 'stilted check --format jsonl' has written."
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise UserError(f"cannot read the earlier summary: {error.strerror}", str(path), "Check the path.") from error
    except (ValueError, RecursionError) as error:
        raise UserError("the earlier summary is not JSON", str(path), hint) from error
    if not isinstance(data, dict) or data.get("what") != _KIND:
        raise UserError("this is no summary", str(path), hint)
    if data.get("schema") != SCHEMA:
        raise UserError(f"a summary of schema {data.get('schema')!r}, not {SCHEMA}", str(path), "Make it again.")
    try:
        return _whole(data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError("the earlier summary is damaged", str(path), "Make it again.") from error


def _whole(data: dict[str, Any]) -> Summary:
    return Summary(
        unit=str(data["unit"]),
        total=Group(**data["total"]),
        figures=tuple(Figure(str(f["name"]), float(f["value"]), float(f["error"])) for f in data["figures"]),
        groups=tuple((str(name), tuple(Group(**group) for group in found)) for name, found in data["groups"].items()),
        severities=_rates(data["severities"]),
        categories=_rates(data["categories"]),
        rules=_rates(data["rules"]),
        histograms=tuple(
            Histogram(str(h["score"]), float(h["step"]), tuple(map(int, h["counts"]))) for h in data["histograms"]
        ),
        documents=int(data["documents"]),
        worst=tuple(Group(**group) for group in data["worst"]),
        notes=tuple(map(str, data["notes"])),
    )


def _rates(rows: list[dict[str, Any]]) -> tuple[Rate, ...]:
    return tuple(Rate(str(r["name"]), int(r["count"]), float(r["per_1000"]), float(r["error"])) for r in rows)


def to_json(told: Summary, drift: Drift | None = None) -> str:
    """Return the summary as indented JSON with a final newline."""
    return dump(to_dict(told, drift))


def to_text(told: Summary, drift: Drift | None = None) -> str:
    """Return the summary as lines; columns are as wide as what stands in them."""
    lines = [heading(told)]
    for sentence in sentences(told, drift):
        lines += textwrap.wrap(sentence, WIDTH, subsequent_indent="  ")
    for table in tables(told, drift):
        lines += ["", table.title, *_aligned(table)]
    return "\n".join(lines) + "\n"


def _aligned(table: Table) -> list[str]:
    from rich.cells import cell_len

    grid = [table.heads, *table.rows]
    widths = [max(map(cell_len, column)) for column in zip(*grid, strict=True)]

    def line(row: tuple[str, ...]) -> str:
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row[:1], widths[:1], strict=True)]
        cells += [" " * (width - cell_len(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True)]
        return f"  {'   '.join(cells)}".rstrip()

    remark = textwrap.wrap(table.remark, WIDTH, initial_indent="  ", subsequent_indent="  ")
    return [*map(line, grid), *remark]


def to_markdown(told: Summary, drift: Drift | None = None) -> str:
    """Return the summary as Markdown tables."""
    blocks = [f"## {escape(heading(told))}", "\n".join(f"- {escape(s)}" for s in sentences(told, drift))]
    for table in tables(told, drift):
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
