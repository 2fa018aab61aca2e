"""``stilted batch``: a file of rows, however long, with what is found in each."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stilted.cli._parser import CANNOT_TELL, PASSED, STOPPED, Commands, Parser, add_command
from stilted.cli._screen import say, say_plainly
from stilted.core.errors import UserError, did_you_mean

if TYPE_CHECKING:
    from stilted.runner.batch.run import Done, Engine

_EPILOG = """\
examples:
  stilted batch rows.parquet checked.parquet
  stilted batch rows.jsonl checked.jsonl --column target=mt --column reference=human
  stilted batch rows.parquet checked.parquet --workers 8 --ignore tagger
  stilted batch rows.parquet checked.parquet --engine ray --address auto

Rows have the columns target and, as wanted, reference and source; all others are passed through. A run that was
stopped or killed goes on where it was when it is started again.

exit codes: 0 done, 2 could not tell (or some rows could not be judged; the column 'error' says why), 130 stopped
"""

_ENGINES: Final = ("local", "ray")


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    from stilted.cli._run import add_choice_of_rules

    parser = add_command(
        commands, "batch", "check rows of Parquet or JSONL", "Check rows of Parquet or JSONL.", _EPILOG
    )
    option = parser.add_argument
    option("rows", metavar="IN", type=Path, help="rows to check, .parquet or .jsonl")
    option("output", metavar="OUT", type=Path, help="where they go with what was found, .parquet or .jsonl")
    option("--column", metavar="ROLE=NAME", action="append", default=[], help="name of the target, reference or source")
    option("--workers", metavar="N", type=int, default=0, help="processes (default: one a core)")
    option("--restart", action="store_true", help="forget what an unfinished run has done")
    option("--engine", metavar="ENGINE", default="local", help="local (default) or ray")
    option("--address", metavar="ADDRESS", help="of a Ray cluster (default: start one here)")
    add_choice_of_rules(parser)
    parser.set_defaults(run=_run_batch)


def _run_batch(arguments: argparse.Namespace) -> int:
    from stilted.cli._progress import Meter, show_meter
    from stilted.cli._run import RULE_OPTIONS
    from stilted.core.options import make_settings
    from stilted.project import config
    from stilted.runner.batch.inputs import SHARD, read_renaming
    from stilted.runner.batch.run import run

    engine = _choose_engine(arguments)
    known = config.find(Path(), outside=arguments.allow_outside).choose_options(arguments.rows)
    given = {name: getattr(arguments, name) for name in RULE_OPTIONS if name != "align"}
    options = {name: known.get(name) if value is None else value for name, value in given.items()}
    meter = Meter()
    with ExitStack() as shown:

        def show_progress(shards: int, before: int) -> None:
            nonlocal meter
            meter = shown.enter_context(show_meter(shards - before, f"shards of {SHARD:,} rows"))

        try:
            done = run(
                arguments.rows,
                arguments.output,
                make_settings("batch", **options),
                columns=read_renaming(arguments.column),
                workers=arguments.workers,
                restart=arguments.restart,
                engine=engine,
                started=show_progress,
                advanced=lambda number: meter.advance(f"shard {number:,}"),
            )
        except KeyboardInterrupt:
            say("stopped; what is done is kept, and the same command goes on with it.")
            return STOPPED
    _say(done, arguments.output)
    return CANNOT_TELL if done.errors else PASSED


def _say(done: Done, output: Path) -> None:
    """Tell how many rows there are, and how many of them say why they have no findings."""
    from stilted.render.wording import format_count

    resumed = f" ({done.resumed:,} of them had been done before)" if done.resumed else ""
    say_plainly(f"{format_count(done.rows, 'row')} checked{resumed}: {output}")
    if done.errors:
        message = f"{format_count(done.errors, 'row')} could not be judged; the column 'error' says why"
        say(f"{message}.")


def _choose_engine(arguments: argparse.Namespace) -> Engine:
    """Return what works on the shards."""
    if arguments.engine not in _ENGINES:
        hint = did_you_mean(arguments.engine, _ENGINES)
        raise UserError(f"unknown engine '{arguments.engine}'", "--engine", hint)
    if arguments.workers < 0:
        raise UserError("fewer than no workers", "--workers", "Leave it out for one a core.")
    if arguments.address is not None and arguments.engine != "ray":
        raise UserError("an address without a cluster", "--address", "Add --engine ray.")
    if arguments.engine == "ray":
        from stilted.runner.batch.on_ray import start_cluster

        return start_cluster(arguments.address)
    from stilted.runner.batch.run import work_in_processes

    return work_in_processes
