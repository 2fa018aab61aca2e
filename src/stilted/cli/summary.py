"""``stilted summary``: what a whole corpus comes to, and how it has drifted since an earlier run."""

from __future__ import annotations

import argparse
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from stilted.cli._parser import PASSED, Commands, Parser, add_command, add_outside
from stilted.core.errors import UserError

if TYPE_CHECKING:
    from stilted.summary import Drift, Summary

_EPILOG = """\
examples:
  stilted batch rows.parquet checked.parquet && stilted summary checked.parquet
  stilted check docs/ --output jsonl=docs.jsonl; stilted summary docs.jsonl
  stilted summary checked.parquet --output json=today.json --output html=corpus.html
  stilted summary checked.parquet --against yesterday.json     what has changed, beyond chance
  stilted summary checked.jsonl --by project --worst 50

Totals by file, system, language (columns of these names), rule and category; the worst documents (column 'document');
distributions of the scores. --against takes an earlier summary in JSON, or what it was made of.
"""


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    parser = add_command(
        commands, "summary", "sum up a corpus", "Sum up what 'stilted batch' or 'stilted check' found.", _EPILOG
    )
    option = parser.add_argument
    option("files", metavar="FILE", type=Path, nargs="+", help="written by 'stilted batch', or 'check --format jsonl'")
    option("--against", metavar="EARLIER", type=Path, help="an earlier run: its summary in JSON, or its rows")
    option("--by", metavar="COLUMN", action="append", default=[], help="also group by this column; may be repeated")
    option("--worst", metavar="N", type=int, default=20, help="how many of the worst documents to list (20)")
    option("--format", metavar="FORMAT", help="terminal (default), json, markdown or html")
    option(
        "--output",
        metavar="[FORMAT=]PATH",
        action="append",
        default=[],
        help="write it there, - for standard output; may be repeated; the ending tells the format",
    )
    add_outside(parser)
    parser.set_defaults(run=_summarise)


def _summarise(arguments: argparse.Namespace) -> int:
    from stilted.cli import _paths, _write
    from stilted.cli._progress import show_meter
    from stilted.summary import read_records, render_summary, summarise
    from stilted.summary.show import FORMATS, to_text

    outputs = _write.read_destinations(arguments.output, arguments.format, FORMATS)
    _paths.require_apart([path for _, path in outputs], [*arguments.files, arguments.against], arguments)
    if arguments.worst < 0:
        raise UserError("fewer than no documents", "--worst", "0 lists none.")
    files = list({os.path.realpath(path): path for path in arguments.files}.values())  # what is named twice counts once
    with show_meter(len(files), "files") as meter:
        rows = read_records(files, arguments.by, advanced=lambda path: meter.advance(str(path)))
        summary = summarise(rows, worst=arguments.worst)
    drift = _find_drift(arguments, summary) if arguments.against else None
    screen = partial(to_text, summary, drift)

    def render_as(name: str) -> str:
        return render_summary(name, summary, drift)

    _write.deliver(outputs, arguments.format, render_as, screen, outside=arguments.allow_outside)
    return PASSED


def _find_drift(arguments: argparse.Namespace, summary: Summary) -> Drift:
    from stilted.summary import measure_drift, read_earlier, read_records, summarise

    path: Path = arguments.against
    before = read_earlier(path) if path.suffix.lower() == ".json" else summarise(read_records([path]), worst=0)
    return measure_drift(str(path), before, summary)
