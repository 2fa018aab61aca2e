"""``stilted check``: translations to reports and one exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from stilted.cli._files import DASH
from stilted.cli._parser import CANNOT_TELL, FAILED, PASSED, Commands, Parser, add_command
from stilted.cli._screen import say, show_lines
from stilted.core.errors import SameTextError, UserError

if TYPE_CHECKING:
    from stilted.api import Report
    from stilted.cli._run import Run
    from stilted.core.model import Unjudged
    from stilted.project.baseline import BaselineEntry
    from stilted.project.policy import Project

_EPILOG = """\
examples:
  stilted check article.txt                              awkward wording, without a reference
  stilted check article.txt --reference human.txt        the same, aligned and scored against a human translation
  stilted check article.txt --source-language zh         only the phrase packs for translations from Chinese
  stilted check en/ --reference ref/                     every file in en/ against the one of its name in ref/
  stilted check app.po page.md subtitles.srt             any format, by name and content
  stilted check en.json --reference human.json --source de.json
  stilted check article.txt --output report.html         formats that the ending does not tell: junit=report.xml
  stilted check article.txt --output sarif=out.sarif --output junit=out.xml
  stilted check article.txt --baseline known.json        fail only on what is new
  stilted check docs/*.txt --changed-since origin/main   only paragraphs that differ from the main branch
  stilted check docs/*.txt --changed-since origin/main --merge-base    only those that this branch changed

Options can stand in [tool.stilted] of pyproject.toml or in stilted.toml; the nearest file upward counts.
exit codes: 0 passed or no verdict, 1 failed, 2 could not tell (the message says what, where and what to do)
"""


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    from stilted import render
    from stilted.cli import _write
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
    option("--format", metavar="FORMAT", help=_write.FORMAT_HELP.format(", ".join(render.list_formats())))
    option(
        "--output",
        metavar="[FORMAT=]PATH",
        action="append",
        default=[],
        help="write the report there, - for standard output; may be repeated",
    )
    option("--explain", metavar="WHAT", help="these findings and what was compared: LINE[:COLUMN], a rule, or all")
    option("--exit-zero", action="store_true", help="exit 0 even when a translation fails")
    known = check.add_argument_group("what is new").add_argument
    known("--baseline", metavar="PATH", type=Path, help="findings accepted so far; see 'stilted baseline'")
    known("--baseline-prune", action="store_true", help="drop what is gone from the baseline")
    known("--changed-since", metavar="REV", help="report only paragraphs touched since this git revision")
    known("--merge-base", action="store_true", help="since this branch left it: what a pull request changed")
    check.set_defaults(run=lambda arguments: (_check if arguments.explain is None else _explain)(arguments))


def _check(arguments: argparse.Namespace) -> int:
    from stilted.cli import _paths, _run, _write
    from stilted.project import baseline
    from stilted.render.terminal import Total

    outputs = _write.read_destinations(arguments.output, arguments.format)
    arguments.files = list(map(_paths.make_relative, arguments.files))
    run = _run.start(arguments)
    _paths.require_apart([path for _, path in outputs], _paths.read_by(run), arguments)
    if arguments.baseline_prune and run.project.baseline_path is None:
        raise UserError("no baseline to prune", "--baseline-prune", "Add --baseline PATH.")
    streaming = not outputs and arguments.format in (None, "terminal")
    many = len(run.files) > 1
    reports: list[Report] = []
    known: dict[str, list[BaselineEntry]] = {}
    total = Total()
    for report in run.check_files():
        total.add(report)
        if run.project.baseline_path:
            key = baseline.make_file_key(Path(report.document.name), run.project.baseline_path)
            known[key] = [baseline.make_entry(finding) for finding in report.findings if finding.in_baseline]
        if streaming:  # nothing is kept of a report that is printed
            _write.show(report, many=many)
        else:
            reports.append(report)
    _require_some(arguments, run, total.files)
    if not total.files:  # then nothing says that a phrase is of no use
        run.used.update(run.project.ignored_phrases)
    if streaming and many and total.files:
        total.unjudged = len(run.unjudged)
        _write.show_total(total)
    elif not streaming and (reports or not run.errors):  # empty SARIF would close all alerts of code scanning
        _deliver(reports, run.unjudged, outputs, arguments)
    for line in (*run.list_leftovers(), *_report_gone(run.project, known)):
        say(f"{line}.")
    if arguments.baseline_prune:
        _prune(run, known)
    _write.tell(run)
    return CANNOT_TELL if run.errors else FAILED if total.failed and not arguments.exit_zero else PASSED


def _explain(arguments: argparse.Namespace) -> int:
    """Print the findings that are meant, each with what was compared; the exit code is that of a check."""
    from stilted.cli import _paths, _run, _write

    if arguments.output or arguments.format not in (None, "terminal"):
        raise UserError("explanations are for the terminal", "--explain", "Leave out --format and --output.")
    arguments.files = list(map(_paths.make_relative, arguments.files))
    run = _run.start(arguments)
    reports = list(run.check_files())
    number = sum(_write.explain(report, arguments.explain) for report in reports)
    if reports and not number:
        what = f"nothing was found at '{arguments.explain}', or by a rule of that name"
        run.errors.append(UserError(what, "--explain", "Write LINE, LINE:COLUMN, a rule, a family or all."))
    _write.tell(run)
    failed = any(report.verdict.passed is False for report in reports)
    return CANNOT_TELL if run.errors else FAILED if failed and not arguments.exit_zero else PASSED


def _report_gone(project: Project, known: Mapping[str, Sequence[BaselineEntry]]) -> Iterator[str]:
    """Yield for each file that is gone what the baseline holds of it, and how much of that is found elsewhere."""
    from stilted.render.wording import format_count

    known_entries = {entry for entries in known.values() for entry in entries}
    for name in project.gone:
        entries = project.baseline.entries.get(name, ())
        held = f"{format_count(len(entries), 'finding')} of it" if entries else "its scores"
        moved = sum(entry in known_entries for entry in entries)
        elsewhere = f"; {moved:,} turned up in another file" if moved else ""
        yield f"{name}: the file is gone, and the baseline still holds {held}{elsewhere}"


def _prune(run: Run, known: Mapping[str, Sequence[BaselineEntry]]) -> None:
    from stilted.cli import _write
    from stilted.project import policy

    path = run.project.baseline_path
    if path and (run.stale or run.project.gone):
        text = policy.make_pruned_baseline_text(run.project, known, run.stale)
        _write.write(path, text, outside=run.arguments.allow_outside)


def _require_some(arguments: argparse.Namespace, run: Run, judged: int) -> None:
    """Note it as an error when nothing was judged, or say that there was nothing to judge."""
    if judged or run.errors:
        return
    if run.passed_over:
        name, error = str(arguments.files[0]), run.passed_over[0]
        if all(isinstance(each, SameTextError) for each in run.passed_over):
            run.note_error(name, UserError(f"nothing to check: {error.what} in every file", name, error.hint))
        else:
            run.note_error(name, UserError("none of the files holds English text", name, "Name files that do."))
    else:
        say(f"none of the files was touched since {arguments.changed_since}.")


def _deliver(
    reports: Sequence[Report],
    unjudged: Sequence[Unjudged],
    outputs: Sequence[tuple[str, Path]],
    arguments: argparse.Namespace,
) -> None:
    from stilted import render
    from stilted.cli import _paths, _write

    def render_as(name: str) -> str:
        if not render.format_of(name).paths_from_root:
            return render.render_reports(name, reports, unjudged)
        placed = list(map(_paths.place_from_root, reports))
        return render.render_reports(name, placed, list(map(_paths.place_unjudged_from_root, unjudged)))

    formats = _write.deliver(outputs, arguments.format, render_as, outside=arguments.allow_outside)
    if not any(render.format_of(name).has_notes for name in formats):
        for report in reports:
            for note in report.notes:
                say(f"{report.document.name}: {note}")
    if outputs and sys.stdout.isatty() and all(path != DASH for _, path in outputs):
        from stilted.render.wording import name_outcome, tally

        found = tally(finding for report in reports for finding in report.findings)
        show_lines([f"{', '.join(str(path) for _, path in outputs)}: {found}. {name_outcome(reports, unjudged)}."])
    if "github" in formats:
        from stilted.render import github

        _write.add_step_summary(partial(github.write_step_summary, reports, unjudged=unjudged))
