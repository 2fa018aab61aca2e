"""``stilted baseline write``: accept today's findings, so that later runs fail only on new ones."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from stilted.cli._parser import CANNOT_TELL, PASSED, Commands, Parser, add_command

DEFAULT = Path(".stilted-baseline.json")

_EPILOG = """\
examples:
  stilted baseline write docs/*.md --baseline known.json
  stilted check docs/*.md --baseline known.json          fails only on what is not in known.json
  stilted baseline write docs/*.md --reference human/    keeps the scores too, for --no-worse-than-baseline

Without --baseline the path comes from the configuration, else it is .stilted-baseline.json.
"""


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    from stilted.cli._run import add_options

    top = add_command(commands, "baseline", "accept today's findings", "Accept today's findings.", _EPILOG)
    inner = top.add_subparsers(dest="what", metavar="write", required=True, parser_class=Parser)
    write = add_command(inner, "write", "write the baseline", "Check files and accept what is found.", _EPILOG)
    add_options(write)
    write.add_argument("--baseline", metavar="PATH", type=Path, help="the file to write")
    write.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from stilted import project
    from stilted.cli import _run, _write

    arguments.no_worse_than_baseline = False  # there is none yet
    run = _run.start(arguments, with_baseline=False)
    path = arguments.baseline or run.project.config.baseline or DEFAULT
    reports = list(run.reports())
    if run.errors:
        for error in run.errors:
            print(f"stilted: {error.sentence()}", file=sys.stderr)
        return CANNOT_TELL
    _write.write(path, project.written(reports, path))
    findings = sum(len(report.findings) for report in reports)
    print(f"{path}: {findings} findings of {len(reports)} files accepted.")
    return PASSED
