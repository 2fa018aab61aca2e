"""``stilted compare``: is the new version of a translation better than the old one?"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stilted.cli._parser import FAILED, PASSED, Commands, Parser, add_command
from stilted.core.errors import UserError

if TYPE_CHECKING:
    from stilted.project.config import Config

_EPILOG = """\
examples:
  stilted compare old.txt new.txt --reference human.txt
  stilted compare old.po new.po --reference human.po --source en.po
  stilted compare old.txt new.txt --reference human.txt --format markdown > comment.md
  stilted compare old.txt new.txt --reference human.txt --output compared.html --output junit=compared.xml

exit codes: 0 better or no difference shown, 1 worse, 2 could not tell
"""


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    from stilted import render
    from stilted.cli import _write
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
    output("--format", metavar="FORMAT", help=_write.FORMAT_HELP.format(", ".join(render.list_formats())))
    output(
        "--output",
        metavar="[FORMAT=]PATH",
        action="append",
        default=[],
        help="write the comparison there, - for standard output; may be repeated",
    )
    output("--exit-zero", action="store_true", help="exit 0 even when the new version is worse")
    parser.set_defaults(run=_compare)


def _compare(arguments: argparse.Namespace) -> int:
    from stilted import render
    from stilted.cli import _paths, _write
    from stilted.comparison import WORSE, compare_files
    from stilted.project import config, policy

    outputs = _write.read_destinations(arguments.output, arguments.format)
    old, new = _paths.make_relative(arguments.old), _paths.make_relative(arguments.new)
    _require_two(old, new)
    project = policy.read_without_baseline(config.find(Path(), outside=arguments.allow_outside))
    read = (old, new, arguments.reference, arguments.source, project.config.baseline)
    _paths.require_apart(
        [path for _, path in outputs], (*read, *_paths.list_configured(arguments, project.config)), arguments
    )
    comparison = compare_files(
        old,
        new,
        arguments.reference,
        arguments.source,
        form=arguments.format_in,
        accepted=project.ignored_phrases,
        **_choose_options(arguments, project.config),
    )
    rooted = replace(comparison, old=_paths.place_from_root(comparison.old), new=_paths.place_from_root(comparison.new))

    def render_as(name: str) -> str:
        return (rooted if render.format_of(name).paths_from_root else comparison).rendered(name)

    outside = arguments.allow_outside
    formats = _write.deliver(outputs, arguments.format, render_as, comparison.to_text, outside=outside)
    if "github" in formats:
        _write.add_step_summary(lambda room: comparison.to_markdown())
    return FAILED if comparison.verdict == WORSE and not arguments.exit_zero else PASSED


def _choose_options(arguments: argparse.Namespace, configured: Config) -> dict[str, Any]:
    """Return how both versions are checked; a gate is for one version and says nothing about two."""
    from stilted.cli._run import RULE_OPTIONS

    options = configured.choose_options(arguments.new)
    given = {name: getattr(arguments, name) for name in RULE_OPTIONS}
    return {name: options.get(name) if value is None else value for name, value in given.items()}


def _require_two(old: Path, new: Path) -> None:
    """Refuse a file as the successor of itself: that is a slip, not a question."""
    try:
        same = old.samefile(new)
    except OSError:
        return  # reading says it better
    if same:
        raise UserError("the old and the new version are the same file", str(new), "Give two files.")
