"""The only place that prints: what is said on standard error, and what is shown on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from typing import Final

from stilted.core.errors import UserError, describe_trace
from stilted.core.foreign import Syntax, clean_line, disarm

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
    for line in describe_trace(error).splitlines():
        print(disarm(clean_line(line)), file=sys.stderr)


def show_lines(lines: Iterable[str]) -> None:
    """Print lines of text, in which others may have written.

    Raises:
        UserError: standard output is closed.
    """
    show_text("".join(f"{clean_line(line)}\n" for line in lines))


def show_text(text: str) -> None:
    """Print a text for the terminal, in its encoding.

    Raises:
        UserError: standard output is closed.
    """
    require_open()
    print(disarm(text), end="")


def put(text: str, syntax: Syntax | None = Syntax.TEXT) -> None:
    """Print a text for programs, in UTF-8 whatever the locale; *syntax* is that of `stilted.render.format.Format`.

    Raises:
        UserError: standard output is closed.
    """
    require_open()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    print(text if syntax is None else disarm(text, syntax), end="")


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
