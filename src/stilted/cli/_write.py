"""Where reports go: standard output or files, never half a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stilted.errors import UserError

if TYPE_CHECKING:
    from stilted.api import Report


def destinations(outputs: Sequence[str], default: str) -> list[tuple[str, Path]]:
    """Read ``--output`` values: ``PATH`` in the format of ``--format``, or ``FORMAT=PATH``.

    Raises:
        UserError: a format is unknown, a path is empty, or two reports go to one file.
    """
    from stilted import render

    found: list[tuple[str, Path]] = []
    for output in outputs:
        name, equals, path = output.partition("=")
        if not equals or os.sep in name:
            name, path = default, output
        render.renderer(name)
        if not path:
            raise UserError("no path", f"--output {output}", "Write --output FORMAT=PATH.")
        if any(path == str(other) for _, other in found):
            raise UserError("two reports go to this file", path)
        found.append((name, Path(path)))
    return found


def write(path: Path, text: str) -> None:
    """Write beside the target and rename, so that an interrupted write never leaves half a file.

    Raises:
        UserError: the folder is missing, the disk full, the path taken by a folder.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", errors="surrogatepass", newline="\n")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UserError(f"cannot write: {error.strerror}", str(path), "Check folder, space and rights.") from error


def show(report: Report) -> None:
    """Print one report as text, in colours only on a terminal that wants them."""
    from stilted.render import terminal

    is_terminal = sys.stdout.isatty()
    color = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = min(os.get_terminal_size().columns, 120) if is_terminal else 100
    print(terminal.render(report, color=color, width=width), end="")


def show_total(reports: Sequence[Report]) -> None:
    """Print a line about all files of a run."""
    failed = sum(report.verdict.passed is False for report in reports)
    findings = sum(not f.known for report in reports for f in report.findings)
    print(f"\n{len(reports)} files: {failed} failed, {findings} finding{'s' * (findings != 1)}.")
