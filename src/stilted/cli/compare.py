"""``stilted compare``: is the new version of a translation better than the old one?"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from stilted.cli._parser import FAILED, PASSED, Commands, Parser, add_command
from stilted.errors import UserError

_EPILOG = """\
examples:
  stilted compare old.txt new.txt --reference human.txt
  stilted compare old.po new.po --reference human.po --source en.po
  stilted compare old.txt new.txt --reference human.txt --format markdown > comment.md
  stilted compare old.txt new.txt --reference human.txt --output html=compared.html --output junit=compared.xml

exit codes: 0 better or no difference shown, 1 worse, 2 could not tell
"""


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    from stilted.cli._run import add_rule_options

    parser = add_command(
        commands, "compare", "compare two versions of a translation", "Compare two versions of a translation.", _EPILOG
    )
    option = parser.add_argument
    option("old", metavar="OLD", type=Path, help="the version there was")
    option("new", metavar="NEW", type=Path, help="the version there is")
    option("--reference", metavar="FILE", type=Path, required=True, help="a human translation of the same source")
    option("--source", metavar="FILE", type=Path, help="the source text")
    add_rule_options(parser)
    output = parser.add_argument_group("output").add_argument
    output("--format", metavar="FORMAT", default="terminal", help="terminal (default), json, html, sarif, …")
    output(
        "--output",
        metavar="[FORMAT=]PATH",
        action="append",
        default=[],
        help="write the comparison there, not to standard output; may be repeated",
    )
    output("--exit-zero", action="store_true", help="exit 0 even when the new version is worse")
    parser.set_defaults(run=_compare)


def _compare(arguments: argparse.Namespace) -> int:
    from stilted import render
    from stilted.cli import _write
    from stilted.comparison import WORSE, compare_files

    render.renderer(arguments.format)
    outputs = _write.destinations(arguments.output, arguments.format)
    _require_two(arguments.old, arguments.new)
    told = compare_files(
        arguments.old,
        arguments.new,
        arguments.reference,
        arguments.source,
        form=arguments.format_in,
        **_options(arguments),
    )
    for name, path in outputs:
        _write.write(path, told.rendered(name))
    if not outputs:
        _write.put(told.rendered(arguments.format), arguments.format)
    if "github" in ([name for name, _ in outputs] or [arguments.format]):
        _write.add_step_summary(lambda room: told.to_markdown())
    return FAILED if told.verdict == WORSE and not arguments.exit_zero else PASSED


def _options(arguments: argparse.Namespace) -> dict[str, Any]:
    from stilted import config
    from stilted.cli._run import RULE_OPTIONS

    given = {name: getattr(arguments, name) for name in RULE_OPTIONS}
    configured = config.find(Path()).options_for(arguments.new)
    return configured | {name: value for name, value in given.items() if value is not None}


def _require_two(old: Path, new: Path) -> None:
    """Refuse a file as the successor of itself: that is a slip, not a question."""
    try:
        same = old.samefile(new)
    except OSError:
        return  # reading says it better
    if same:
        raise UserError("the old and the new version are the same file", str(new), "Give two files.")
