"""The command: arguments -> settings -> api -> renderer -> exit code. Nothing else prints or exits."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from stilted import __version__
from stilted.errors import UserError, did_you_mean

if TYPE_CHECKING:
    from stilted.api import Report

PASSED: Final = 0
FAILED: Final = 1
CANNOT_TELL: Final = 2

_EPILOG: Final = """\
examples:
  stilted check article.txt                              awkward wording, without a reference
  stilted check article.txt --reference human.txt        the same, aligned and scored against a human translation
  stilted check article.txt --source-language zh         only the phrase packs for translations from Chinese
  stilted check article.txt --format html --output report.html

exit codes: 0 passed or no verdict, 1 failed, 2 could not tell (the message says what, where and what to do)
"""


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors name the closest known option."""

    def error(self, message: str) -> NoReturn:
        unknown = message.removeprefix("unrecognized arguments: ")
        hint = f"Run '{self.prog} --help'."
        if unknown != message:
            options = [o for a in self._actions for o in a.option_strings if o.startswith("--")]
            hint = f"{did_you_mean(unknown.split()[0].split('=')[0], options)} {hint}"
        raise UserError(message, self.prog, hint)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = _Parser(
        prog="stilted",
        description="Tell whether an English translation is good, and which words in it no native writer would have chosen.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"stilted {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    _add_check(commands)
    return top


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    check = commands.add_parser(
        "check",
        help="check one translation",
        description="Check an English translation: findings, scores against a reference, a verdict.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    check.add_argument("file", metavar="FILE", type=Path, help="the translation, plain text")
    check.add_argument("--reference", metavar="FILE", type=Path, help="a human translation of the same source")
    check.add_argument("--source", metavar="FILE", type=Path, help="the source text")
    check.add_argument("--source-language", metavar="CODE", help="ISO 639-1 code of the source, e.g. zh")
    check.add_argument("--align", metavar="auto|lines", default="auto", help="align sentences, or pair line i with line i")
    check.add_argument("--format", metavar="FORMAT", default="terminal", help="terminal, json or html (default: terminal)")
    check.add_argument("--output", metavar="PATH", type=Path, help="write the report there instead of to standard output")
    check.add_argument("--select", metavar="RULES", default="", help="run only these rules or families, comma-separated")
    check.add_argument("--ignore", metavar="RULES", default="", help="leave these rules or families out")
    check.add_argument("--sensitivity", metavar="LEVEL", default="medium", help="low, medium or high (default: medium)")
    check.add_argument("--preview", action="store_true", help="also run rules that have not earned 'stable' yet")
    check.add_argument("--exit-zero", action="store_true", help="exit 0 even when the translation fails")
    check.set_defaults(run=_check)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        arguments = parser().parse_args(argv)
        if arguments.command is None:
            parser().print_help()
            return PASSED
        return int(arguments.run(arguments))
    except UserError as error:
        print(f"stilted: {error.sentence()}", file=sys.stderr)
        return CANNOT_TELL
    except KeyboardInterrupt:
        print("stilted: stopped.", file=sys.stderr)
        return CANNOT_TELL


def entry() -> None:
    """Run as a program: flush inside the guard, so that a closed pipe (`| head`) is no traceback."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FAILED
    sys.exit(code)


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
