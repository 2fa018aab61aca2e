"""``stilted tagger info``: the model card."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from stilted.cli._parser import PASSED, Commands, Parser, add_command


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    top = add_command(commands, "tagger", "the learned tagger's model card", "About the learned tagger.")
    inner = top.add_subparsers(dest="what", metavar="info", required=True, parser_class=Parser)
    info = add_command(inner, "info", "print the model card", "Print data, licences, training, figures, limits.")
    info.set_defaults(run=_info)


def _info(arguments: argparse.Namespace) -> int:
    from stilted import tagger

    for line in _told(tagger.card(), 0):
        print(line)
    return PASSED


def _told(value: Any, depth: int) -> Iterator[str]:
    """Yield a card as indented lines, a table of figures as one line a row."""
    pad = "  " * depth
    if not isinstance(value, Mapping):
        yield f"{pad}{value}"
        return
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            flat = all(not isinstance(v, Mapping | list) for v in inner.values())
            if flat:
                yield f"{pad}{key}: " + ", ".join(f"{k} {v}" for k, v in inner.items())
            else:
                yield f"{pad}{key}:"
                yield from _told(inner, depth + 1)
        elif isinstance(inner, list) and all(isinstance(item, int | float) for item in inner):
            yield f"{pad}{key}: {' '.join(map(str, inner))}"
        elif isinstance(inner, list):
            yield f"{pad}{key}:"
            for item in inner:
                yield from (f"{pad}  - {line.strip()}" for line in _told(item, 0))
        else:
            yield f"{pad}{key}: {inner}"
