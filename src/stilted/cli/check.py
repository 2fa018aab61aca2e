"""``stilted check``: one translation to one report and one exit code."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from stilted.cli._parser import FAILED, PASSED, Commands, Parser, add_command
from stilted.errors import UserError

if TYPE_CHECKING:
    from stilted.api import Report

_EPILOG = """\
examples:
  stilted check article.txt                              awkward wording, without a reference
  stilted check article.txt --reference human.txt        the same, aligned and scored against a human translation
  stilted check article.txt --source-language zh         only the phrase packs for translations from Chinese
  stilted check article.txt --format html --output report.html

exit codes: 0 passed or no verdict, 1 failed, 2 could not tell (the message says what, where and what to do)
"""


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    check = add_command(
        commands,
        "check",
        "check one translation",
        "Check an English translation: findings, scores against a reference, a verdict.",
        _EPILOG,
    )
    option = check.add_argument
    option("file", metavar="FILE", type=Path, help="the translation, plain text")
    option("--reference", metavar="FILE", type=Path, help="a human translation of the same source")
    option("--source", metavar="FILE", type=Path, help="the source text")
    option("--source-language", metavar="CODE", help="ISO 639-1 code of the source, e.g. zh")
    option("--align", metavar="auto|lines", default="auto", help="align sentences, or pair line i with line i")
    option("--format", metavar="FORMAT", default="terminal", help="terminal, json or html (default: terminal)")
    option("--output", metavar="PATH", type=Path, help="write the report there, not to standard output")
    option("--select", metavar="RULES", default="", help="run only these rules or families, comma-separated")
    option("--ignore", metavar="RULES", default="", help="leave these rules or families out")
    option("--sensitivity", metavar="LEVEL", default="medium", help="low, medium or high (default: medium)")
    option("--pack", metavar="FILE", type=Path, action="append", default=[], help="also use this phrase pack")
    option("--preview", action="store_true", help="also run rules that have not earned 'stable' yet")
    option("--exit-zero", action="store_true", help="exit 0 even when the translation fails")
    check.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    from stilted import api, formats, render

    renderer = render.renderer(arguments.format)
    text = formats.read_text(arguments.file, "translation")
    reference = formats.read_text(arguments.reference, "reference") if arguments.reference else None
    source = formats.read_text(arguments.source, "source") if arguments.source else None
    report = api.check(
        text,
        reference,
        source,
        name=str(arguments.file),
        align=arguments.align,
        select=arguments.select,
        ignore=arguments.ignore,
        preview=arguments.preview,
        source_language=arguments.source_language,
        sensitivity=arguments.sensitivity,
        packs=arguments.pack,
    )
    if arguments.output:
        _write(arguments.output, renderer(report))
    elif arguments.format == "terminal":
        _print_terminal(report)
    else:
        print(renderer(report), end="")
    return FAILED if report.verdict.passed is False and not arguments.exit_zero else PASSED


def _print_terminal(report: Report) -> None:
    from stilted.render import terminal

    is_terminal = sys.stdout.isatty()
    color = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = min(os.get_terminal_size().columns, 120) if is_terminal else 100
    print(terminal.render(report, color=color, width=width), end="")


def _write(path: Path, text: str) -> None:
    """Write beside the target and rename, so that an interrupted write never leaves half a report."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UserError(f"cannot write the report: {error.strerror}", str(path), "Check folder and rights.") from error
