"""``stilted compare``: is the new version of a translation better than the old one?"""

from __future__ import annotations

import argparse
from pathlib import Path

from stilted.cli._parser import FAILED, PASSED, Commands, Join, Parser, add_command
from stilted.errors import UserError, did_you_mean

_FORMATS = ("terminal", "json", "markdown")

_EPILOG = """\
examples:
  stilted compare old.txt new.txt --reference human.txt
  stilted compare old.txt new.txt --reference human.txt --format markdown > comment.md

exit codes: 0 better or no difference shown, 1 worse, 2 could not tell
"""


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    parser = add_command(
        commands, "compare", "compare two versions of a translation", "Compare two versions of a translation.", _EPILOG
    )
    option = parser.add_argument
    option("old", metavar="OLD", type=Path, help="the version there was")
    option("new", metavar="NEW", type=Path, help="the version there is")
    option("--reference", metavar="FILE", type=Path, required=True, help="a human translation of the same source")
    option("--source-language", metavar="CODE", help="ISO 639-1 code of the source, e.g. zh")
    option("--select", metavar="RULES", action=Join, help="run only these rules or families, comma-separated")
    option("--ignore", metavar="RULES", action=Join, help="leave these rules or families out")
    option("--sensitivity", metavar="LEVEL", help="low, medium (default) or high")
    option("--format", metavar="FORMAT", default="terminal", help="terminal (default), json or markdown")
    option("--output", metavar="PATH", type=Path, help="write there, not to standard output")
    option("--exit-zero", action="store_true", help="exit 0 even when the new version is worse")
    parser.set_defaults(run=_compare)


def _compare(arguments: argparse.Namespace) -> int:
    from stilted import config, formats
    from stilted.cli import _write
    from stilted.comparison import WORSE, compare

    if arguments.format not in _FORMATS:
        raise UserError(f"unknown format '{arguments.format}'", "--format", did_you_mean(arguments.format, _FORMATS))
    given = {name: getattr(arguments, name) for name in ("source_language", "select", "ignore", "sensitivity")}
    options = config.find(Path()).options_for(arguments.new) | {k: v for k, v in given.items() if v is not None}
    found = compare(
        formats.read_text(arguments.old, "old version"),
        formats.read_text(arguments.new, "new version"),
        formats.read_text(arguments.reference, "reference"),
        names=(str(arguments.old), str(arguments.new)),
        **options,
    )
    write = {"terminal": found.to_text, "json": found.to_json, "markdown": found.to_markdown}[arguments.format]
    if arguments.output:
        _write.write(arguments.output, write())
    else:
        _write.put(write(), arguments.format)
    return FAILED if found.verdict == WORSE and not arguments.exit_zero else PASSED
