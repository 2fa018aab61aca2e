"""``stilted baseline write``: accept today's findings, so that later runs fail only on new ones."""

from __future__ import annotations

import argparse
from pathlib import Path

from stilted import baseline
from stilted.cli._parser import CANNOT_TELL, PASSED, Commands, Parser, add_command

DEFAULT = Path(".stilted-baseline.json")

_EPILOG = """\
examples:
  stilted baseline write docs/*.md --baseline known.json
  stilted check docs/*.md --baseline known.json          fails only on what is not in known.json

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
    import sys

    from stilted.cli import _run, _write

    run = _run.start(arguments, with_baseline=False)
    path = arguments.baseline or run.config.baseline or DEFAULT
    files = {
        baseline.key(Path(report.document.name), path): [baseline.known(f) for f in report.findings]
        for report in run.reports()
    }
    if run.errors:
        for error in run.errors:
            print(f"stilted: {error.sentence()}", file=sys.stderr)
        return CANNOT_TELL
    _write.write(path, baseline.written(files))
    print(f"{path}: {sum(map(len, files.values()))} findings of {len(files)} files accepted.")
    return PASSED
