"""``stilted demo``: a machine-translated article and what is found in it, as a page in the browser."""

from __future__ import annotations

import argparse
import sys
from importlib import resources
from pathlib import Path

from stilted.cli._parser import PASSED, Commands, Parser, add_command
from stilted.cli._screen import show_lines

_HELP = """Check a machine-translated news article that comes with stilted against a human translation, and open the
report in a browser. Nothing leaves this machine."""


def add(commands: Commands[Parser]) -> None:
    """Add the command."""
    parser = add_command(commands, "demo", "check an article that comes along, and open the report", _HELP)
    parser.add_argument("--output", metavar="PATH", type=Path, help="write the page there; default: stilted-demo.html")
    parser.add_argument("--no-open", action="store_true", help="do not open a browser")
    parser.set_defaults(run=_show_demo)


def _show_demo(arguments: argparse.Namespace) -> int:
    from stilted import api
    from stilted.cli import _write
    from stilted.render.wording import format_count

    path = arguments.output or Path("stilted-demo.html")
    _write.require_writable(path)
    folder = resources.files("stilted").joinpath("docs", "demo")
    text, reference = (folder.joinpath(name).read_text("utf-8") for name in ("translation.en.txt", "reference.en.txt"))
    report = api.check(text, reference, name="translation.en.txt", source_language="zh")
    _write.write(path, report.to_html())
    words = f"{format_count(len(report.findings), 'finding')} in {report.scorecard.words:,} words: {path}"
    show_lines(
        [words, "The same on your own text: stilted check article.txt --reference human.txt --output report.html"]
    )
    if not arguments.no_open and sys.stdout.isatty():
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    return PASSED
