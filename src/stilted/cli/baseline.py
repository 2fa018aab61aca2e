"""``stilted baseline write``: accept today's findings, so that later runs fail only on new ones."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stilted.cli._parser import CANNOT_TELL, PASSED, Commands, Parser, add_command
from stilted.cli._screen import say, show_lines
from stilted.core.bounded import read_bounded
from stilted.core.errors import UserError

if TYPE_CHECKING:
    from stilted.api import Report
    from stilted.cli._run import Run
    from stilted.project.baseline import Baseline

DEFAULT = Path(".stilted-baseline.json")

_EPILOG = """\
examples:
  stilted baseline write docs/*.md --baseline known.json
  stilted check docs/*.md --baseline known.json          fails only on what is not in known.json
  stilted baseline write docs/*.md --reference human/    keeps the scores too, for --no-worse-than-baseline

Without --baseline the path comes from the configuration, else it is .stilted-baseline.json. What it holds of other
files is kept, unless they are gone.
"""


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    from stilted.cli._run import add_options

    top = add_command(commands, "baseline", "accept today's findings", "Accept today's findings.", _EPILOG)
    inner = top.add_subparsers(dest="what", metavar="write", required=True, parser_class=Parser)
    write = add_command(inner, "write", "write the baseline", "Check files and accept what is found.", _EPILOG)
    add_options(write, gated=False)
    write.add_argument("--baseline", metavar="PATH", type=Path, help="the file to write")
    write.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from stilted.cli import _write

    run, reports, path, others = _judge_all(arguments)
    if run.errors:
        _write.tell(run)
        return CANNOT_TELL
    _accept(run, reports, path, others)
    if arguments.baseline is None and run.project.config.baseline is None:
        show_lines([_say_how_to_read(path, run.project.config.path)])
    return PASSED


def _say_how_to_read(path: Path, settings: Path | None) -> str:
    """Return what makes a run read a baseline that no configuration names; there, paths are those from its folder."""
    from stilted.cli import _paths

    where = settings or Path("stilted.toml")
    named = Path(os.path.relpath(path, where.parent)).as_posix()
    place = "[tool.stilted] of " if where.name == "pyproject.toml" else ""
    line = f"'baseline = \"{named}\"' in {place}{_paths.make_relative(where)}"
    return f"Nothing reads it yet: write {line}, or check with --baseline {path}."


def accept_what_is_readable(arguments: argparse.Namespace) -> int:
    """Write the baseline like the command, but for files that cannot be judged, which it names; return how many.

    Raises:
        UserError: nothing can be judged, and nothing is written.
    """
    from stilted.cli import _write

    run, reports, path, others = _judge_all(arguments)
    if reports or not run.errors:
        _accept(run, reports, path, others)
    _write.tell(run)
    if not reports:
        raise UserError("none of the files can be judged", str(arguments.files[0]), "Nothing is written.")
    return len(run.errors)


def _judge_all(arguments: argparse.Namespace) -> tuple[Run, list[Report], Path, Baseline]:
    """Return the run, what was judged, where the baseline goes, and what it holds of other files."""
    from stilted.cli import _paths, _run, _write

    arguments.files = list(map(_paths.make_relative, arguments.files))
    run = _run.start(arguments, with_baseline=False)
    path = arguments.baseline or run.project.config.baseline or DEFAULT
    _write.require_writable(path)
    _paths.require_apart([path], _paths.read_by(run), arguments)
    others = _read_others(path, run)
    return run, list(run.check_files()), path, others


def _accept(run: Run, reports: Sequence[Report], path: Path, others: Baseline) -> None:
    from stilted.cli import _write
    from stilted.project import policy
    from stilted.render.wording import format_count

    for line in run.list_leftovers():
        say(f"{line}.")
    if not reports:
        raise UserError("none of the files holds English text", str(run.arguments.files[0]), "Name files that do.")
    _write.write(path, policy.make_baseline_text(reports, path, others), outside=run.arguments.allow_outside)
    findings = format_count(sum(len(report.findings) for report in reports), "finding")
    kept = f"; those of {format_count(len(others.entries), 'other file')} kept" if others.entries else ""
    show_lines([f"{path}: {findings} of {format_count(len(reports), 'file')} accepted{kept}."])


def _read_others(path: Path, run: Run) -> Baseline:
    """Return what the baseline holds of files that are there and are not checked now.

    Raises:
        UserError: there is a file at *path*, and it is no baseline, not even a damaged one.
    """
    from stilted.project import baseline

    if not os.path.isfile(path):
        return baseline.Baseline()
    try:
        existing = baseline.read_baseline(path)
    except UserError as error:
        if baseline.MARK not in read_bounded(path, "baseline", baseline.MAX_BYTES):
            raise UserError("this is no baseline", str(path), "Name another file, or delete it.") from error
        say(f"{path}: {error.what}, so it is written anew.")
        return baseline.Baseline()
    return baseline.drop_files(
        existing,
        [*baseline.list_missing_files(existing, path), *(baseline.make_file_key(f.path, path) for f in run.files)],
    )
