"""The result of an evaluation as JSON, as a self-contained HTML page, and at the terminal."""

from __future__ import annotations

import json
from typing import IO, Any, Final

from stilted.core.foreign import clean
from stilted.lab.evaluation.tables import list_tables, write_headline

_DIGITS: Final = 6
_PAPER: Final = 140
"""Columns where the output is no terminal."""


def write_json(result: dict[str, Any]) -> str:
    """Return all figures as JSON text, floats rounded to six digits."""
    return json.dumps(_round(result), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def write_html(result: dict[str, Any]) -> str:
    """Return the report as one HTML page that loads nothing."""
    from importlib.resources import files

    from jinja2 import Environment

    template = (files(__package__) / "report.html").read_text("utf-8")
    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(template)
    return page.render(head=write_headline(result), tables=list_tables(result), version=result["stilted"])


def show(result: dict[str, Any], stream: IO[str] | None = None) -> None:
    """Print the report to *stream*, standard output if None."""
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    if not console.is_terminal:
        console.width = _PAPER
    for line in write_headline(result):
        console.print(Text(clean(line)))
    for table in list_tables(result):
        grid = Grid(
            title=Text(clean(table.title)), title_justify="left", caption=Text(table.note), caption_justify="left"
        )
        for number, column in enumerate(table.columns):
            grid.add_column(Text(column), justify="right" if number else "left", no_wrap=not number)
        for row in table.rows:
            grid.add_row(*(Text(clean(cell)) for cell in row))
        console.print()
        console.print(grid)


def _round(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {str(key): _round(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_round(item) for item in value]
    return value
