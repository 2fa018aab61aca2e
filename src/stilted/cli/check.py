"""``stilted check``: translations to reports and one exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from stilted import baseline
from stilted.cli._parser import CANNOT_TELL, FAILED, PASSED, Commands, Parser, add_command
from stilted.errors import UserError

if TYPE_CHECKING:
    from stilted.api import Report

_EPILOG = """\
examples:
  stilted check article.txt                              awkward wording, without a reference
  stilted check article.txt --reference human.txt        the same, aligned and scored against a human translation
  stilted check article.txt --source-language zh         only the phrase packs for translations from Chinese
  stilted check en/ --reference ref/                     every file in en/ against the one of its name in ref/
  stilted check app.po page.md subtitles.srt             any format, told by name and content
  stilted check en.json --reference human.json --source de.json
  stilted check article.txt --output report.html --format html
  stilted check article.txt --output sarif=out.sarif --output junit=out.xml
  stilted check article.txt --baseline known.json        fail only on what is new
  stilted check docs/*.txt --changed-since origin/main   only paragraphs that differ from the main branch

Options can stand in [tool.stilted] of pyproject.toml or in stilted.toml; the nearest file upward counts.
exit codes: 0 passed or no verdict, 1 failed, 2 could not tell (the message says what, where and what to do)
"""


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    from stilted.cli._run import add_options

    check = add_command(
        commands,
        "check",
        "check translations",
        "Check English translations, of any format: findings, scores against a reference, a verdict.",
        _EPILOG,
    )
    add_options(check)
    option = check.add_argument_group("output").add_argument
    option("--format", metavar="FORMAT", default="terminal", help="terminal (default), json, html, sarif, …")
    option(
        "--output",
        metavar="[FORMAT=]PATH",
        action="append",
        default=[],
        help="write the report there, not to standard output; may be repeated",
    )
    option("--exit-zero", action="store_true", help="exit 0 even when a translation fails")
    known = check.add_argument_group("what is new").add_argument
    known("--baseline", metavar="PATH", type=Path, help="findings accepted so far; see 'stilted baseline'")
    known("--baseline-prune", action="store_true", help="drop what is gone from the baseline")
    known("--changed-since", metavar="REV", help="report only paragraphs touched since this git revision")
    check.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    from stilted import render
    from stilted.cli import _run, _write

    render.renderer(arguments.format)
    outputs = _write.destinations(arguments.output, arguments.format)
    run = _run.start(arguments)
    if arguments.baseline_prune and run.project.baseline_path is None:
        raise UserError("no baseline to prune", "--baseline-prune", "Add --baseline PATH.")
    streaming = not outputs and arguments.format == "terminal"
    reports: list[Report] = []
    total = _write.Total()
    for report in run.reports():
        total.add(report)
        if streaming:  # nothing is kept of a report that is printed
            _write.show(report)
        else:
            reports.append(report)
    if not total.files and not run.errors and run.passed_over:
        run.errors.append(UserError("none of the files holds English text", str(arguments.files[0])))
    elif not total.files and not run.errors:
        print(f"stilted: none of the files was touched since {arguments.changed_since}.", file=sys.stderr)
    if streaming and total.files > 1:
        _write.show_total(total)
    _deliver(arguments, reports, outputs)
    for line in run.leftovers():
        print(f"stilted: {line}.", file=sys.stderr)
    if arguments.baseline_prune and run.project.baseline_path and run.stale:
        _write.write(run.project.baseline_path, baseline.pruned(run.project.baseline, run.stale))
    for error in run.errors:
        print(f"stilted: {error.sentence()}", file=sys.stderr)
    return CANNOT_TELL if run.errors else FAILED if total.failed and not arguments.exit_zero else PASSED


def _deliver(arguments: argparse.Namespace, reports: Sequence[Report], outputs: Sequence[tuple[str, Path]]) -> None:
    from stilted import render
    from stilted.cli import _write

    if not reports:
        return
    for name, path in outputs:
        _write.write(path, render.rendered(name, reports))
    if not outputs:
        _write.put(render.rendered(arguments.format, reports), arguments.format)
    if "github" in ([name for name, _ in outputs] or [arguments.format]):
        from stilted.render import github

        _write.add_step_summary(partial(github.step_summary, reports))
