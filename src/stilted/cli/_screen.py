"""The only place that prints: what is said on standard error, and what is shown on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from typing import Final

from stilted.core.errors import UserError, trace
from stilted.core.foreign import clean_line, disarm

_XML: Final = frozenset({"html", "junit", "checkstyle"})
_JSON: Final = frozenset({"json", "jsonl", "sarif", "gitlab", "rdjson"})
_COMMANDS: Final = "github"
"""The one format that is meant to be acted upon by a build server; it escapes what others wrote itself."""

_WIDEST: Final = 120
"""Columns beyond which lines are hard to read."""


def say(sentence: str) -> None:
    """Say a sentence on standard error."""
    print(f"stilted: {disarm(clean_line(sentence))}", file=sys.stderr)


def say_plainly(sentence: str) -> None:
    """Say what came of it on standard error, as a sentence without the name of the command."""
    print(disarm(clean_line(sentence)), file=sys.stderr)


def say_trace(error: Exception) -> None:
    """Print where in the program an error came from."""
    for line in trace(error).splitlines():
        print(disarm(clean_line(line)), file=sys.stderr)


def show_lines(lines: Iterable[str]) -> None:
    """Print lines of text, in which others may have written.

    Raises:
        UserError: standard output is closed.
    """
    put("".join(f"{clean_line(line)}\n" for line in lines), "terminal")


def put(text: str, name: str) -> None:
    """Print a report in the format *name*; one that is not for the terminal is UTF-8 whatever the locale.

    Raises:
        UserError: standard output is closed.
    """
    require_open()
    if name != "terminal" and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    kind = "xml" if name in _XML else "json" if name in _JSON else "text"
    print(text if name == _COMMANDS else disarm(text, kind), end="")


def require_open() -> None:
    """Raise `UserError` where nothing can be written to standard output."""
    if sys.stdout is None:
        raise UserError("cannot write: it is closed", "standard output", "Write to a file with --output PATH.")


def measure_screen() -> tuple[bool, int]:
    """Return whether standard output wants colours, and its columns; a terminal may not know how wide it is."""
    import shutil

    from stilted.render.ansi import WIDTH

    is_terminal = sys.stdout.isatty()
    color = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return color, min(shutil.get_terminal_size((WIDTH, 24)).columns, _WIDEST) if is_terminal else WIDTH
