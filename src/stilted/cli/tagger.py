"""``stilted tagger info``: the model cards."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from stilted.cli._parser import PASSED, Commands, Parser, add_command
from stilted.cli._screen import show_lines


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    top = add_command(commands, "tagger", "the learned tagger's model cards", "About the learned tagger.")
    inner = top.add_subparsers(dest="what", metavar="info", required=True, parser_class=Parser)
    info = add_command(inner, "info", "print the model cards", "Print data, licences, training, figures, limits.")
    info.set_defaults(run=_show_info)


def _show_info(arguments: argparse.Namespace) -> int:
    from stilted.rules import tagger

    show_lines(_describe(tagger.read_card(), 0))
    show_lines(["", *_describe(tagger.adequacy.read_card(), 0)])
    show_lines(["", *_describe(tagger.slips.read_card(), 0)])
    return PASSED


def _describe(value: Any, depth: int) -> Iterator[str]:
    """Yield a card as indented lines: prose wrapped, figures of several things as a table."""
    if not isinstance(value, Mapping):
        yield from _wrap(str(value), depth)
    elif _is_table(value):
        yield from _lay_out_table(value, depth)
    else:
        for key, inner in value.items():
            yield from _describe_entry(key, inner, depth)


def _describe_entry(key: str, inner: Any, depth: int) -> Iterator[str]:
    if isinstance(inner, Mapping) and all(isinstance(v, int | float) for v in inner.values()):
        yield from _wrap(f"{key}: " + ", ".join(f"{k} {v}" for k, v in inner.items()), depth)
    elif isinstance(inner, list) and all(isinstance(item, int | float) for item in inner):
        yield from _wrap(f"{key}: {' '.join(map(str, inner))}", depth)
    elif isinstance(inner, list):
        yield from _wrap(f"{key}:", depth)
        for item in inner:
            yield from _wrap(f"- {item}", depth + 1)
    elif isinstance(inner, Mapping):
        yield from _wrap(f"{key}:", depth)
        yield from _describe(inner, depth + 1)
    else:
        yield from _wrap(f"{key}: {inner}", depth)


def _wrap(text: str, depth: int) -> list[str]:
    pad = "  " * depth
    further = f"{pad}    "
    return textwrap.wrap(
        text, 100, initial_indent=pad, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )


def _is_table(value: Mapping[str, Any]) -> bool:
    """Tell whether there are several rows of figures."""
    rows = [row for row in value.values() if isinstance(row, Mapping)]
    flat = all(isinstance(v, int | float) for row in rows for v in row.values())
    return len(rows) == len(value) > 1 and flat


def _lay_out_table(value: Mapping[str, Mapping[str, float]], depth: int) -> Iterator[str]:
    """Yield rows under their columns, whose names are broken over as many lines as they have words."""
    columns = list(dict.fromkeys(column for row in value.values() for column in row))
    heads = [column.split("_") for column in columns]
    tall = max(map(len, heads))
    stacked = ([""] * (tall - len(head)) + head for head in heads)
    lines = [["", *words] for words in zip(*stacked, strict=True)]
    lines += [[name, *(_write_figure(row.get(column)) for column in columns)] for name, row in value.items()]
    wide = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    for name, *cells in lines:
        figures = "  ".join(cell.rjust(width) for cell, width in zip(cells, wide[1:], strict=True))
        yield f"{'  ' * depth}{name.ljust(wide[0])}  {figures}".rstrip()


def _write_figure(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
