"""Where reports go: standard output or files, never half a file."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stilted.cli._files import DASH
from stilted.cli._screen import measure_screen, put, require_open, say, show_text
from stilted.core.boundary import require_inside
from stilted.core.errors import UserError, did_you_mean, explain_refusal

if TYPE_CHECKING:
    from stilted.api import Report
    from stilted.cli._run import Run
    from stilted.render.terminal import Total


FORMAT_HELP: Final = "{}; default: what the ending of the output says, else terminal"

_ENDINGS: Final = {
    ".sarif": "sarif", ".sarif.json": "sarif", ".html": "html", ".htm": "html", ".json": "json", ".jsonl": "jsonl",
    ".md": "markdown",
}  # fmt: skip
"""Formats that the end of a file's name tells, where nobody names one."""

_PLAIN: Final = frozenset({"", ".txt", ".log"})
"""Endings of what is meant to be read as it is."""


def read_destinations(
    outputs: Sequence[str], default: str | None, known: Collection[str] | None = None
) -> list[tuple[str, Path]]:
    """Read ``--output`` values: ``FORMAT=PATH``, or ``PATH`` in the format of ``--format``, else as its ending says.

    A path that begins with a word and ``=`` must be written with ``./`` before it.

    Args:
        default: the format of ``--format``, None where it was not given. known: the formats there are; None for
            those of reports.

    Raises:
        UserError: a format is unknown or not clear from the path, a path is empty or cannot be written to, or two
            reports go to one file.
    """
    from stilted import render

    formats = render.list_formats() if known is None else known
    if default is not None:
        require_format(default, formats, "--format")
    chosen: list[tuple[str, Path]] = []
    for output in outputs:
        named = _FORMAT.match(output)
        path = output[named.end() :] if named else output
        if not path:
            raise UserError("no path", f"--output {output}", "Write --output FORMAT=PATH.")
        name = named[1] if named else default or _choose_format(path, formats)
        require_format(name, formats, f"--output {output}")
        require_writable(Path(path))
        if any(os.path.realpath(path) == os.path.realpath(other) for _, other in chosen):
            raise UserError("two reports go to this file", path, "Name another for one of them.")
        chosen.append((name, Path(path)))
    return chosen


_FORMAT: Final = re.compile(r"([A-Za-z][\w-]*)=")


def _choose_format(path: str, formats: Collection[str]) -> str:
    """Return the format that a file's name tells: the terminal's where it ends like a text or not at all."""
    endings = (ending for ending in sorted(_ENDINGS, key=len, reverse=True) if path.lower().endswith(ending))
    plain = "terminal" if Path(path).suffix.lower() in _PLAIN else ""
    name = _ENDINGS.get(next(endings, ""), plain)
    if name not in formats:
        raise UserError("the name does not tell the format", f"--output {path}", "Write --output FORMAT=PATH.")
    return name


def tell(run: Run) -> None:
    """Say what is wrong, each thing once, however many files it is about."""
    for sentence in dict.fromkeys(run.project.config.place_error(error).sentence() for error in run.errors):
        say(sentence)


def deliver(
    outputs: Sequence[tuple[str, Path]],
    default: str | None,
    rendered: Callable[[str], str],
    screen: Callable[..., str] | None = None,
    *,
    outside: bool = False,
) -> set[str]:
    """Write what *rendered* makes of each format where it is to go, to standard output where nothing is said.

    Args:
        outside: whether links may lead out of the repository.
        screen: makes the text for standard output, given ``color`` and ``width``; None to print it like a file.

    Returns:
        The formats.

    Raises:
        UserError: a file cannot be written.
    """
    from stilted import render

    wanted = outputs or [(default or "terminal", DASH)]
    for name, path in wanted:
        if path != DASH:
            write(path, rendered(name), outside=outside)
        elif name == "terminal" and screen:
            require_open()
            color, width = measure_screen()
            show_text(screen(color=color, width=width))
        elif name == "terminal":
            show_text(rendered(name))
        else:
            put(rendered(name), render.format_of(name).syntax)
    return {name for name, _ in wanted}


def require_format(name: str, known: Collection[str], where: str) -> None:
    """Raise `UserError` for a format that is not *known*."""
    if name not in known:
        raise UserError(f"unknown format '{name}'", where, did_you_mean(name, known))


def _require_file(path: Path) -> None:
    if not path.name or os.path.isdir(path):  # unlike Path.is_dir, this takes any name
        raise UserError("the output is a directory", str(path), "Name a file in it.")


def require_writable(path: Path) -> None:
    """Raise `UserError` where `write` is bound to fail, so that nobody waits for a report that cannot be kept.

    Nothing is written to find out: a disk that is full shows only once the report is there.
    """
    if path == DASH:
        return
    _require_file(path)
    try:
        real = os.path.realpath(path)
        with suppress(FileNotFoundError):
            os.stat(real)  # refuses names that are too long, and links that lead round in a circle
        folder = os.path.join(os.path.dirname(real), "")  # with the separator, a file is none
        os.stat(folder)
        if not os.access(real if _is_open_ended(real) else folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except (OSError, ValueError) as error:
        raise _make_write_error(path, error) from error


def _is_open_ended(path: str) -> bool:
    """Tell whether this is a device or a pipe, which is written to as it is: there is nothing in it to keep."""
    return os.path.exists(path) and not os.path.isfile(path)


def _make_write_error(path: Path, error: OSError | ValueError) -> UserError:
    return UserError(f"cannot write: {explain_refusal(error)}", str(path), "Check folder, space and rights.")


def write(path: Path, text: str, *, outside: bool = False) -> None:
    """Write beside the target and rename, so that an interrupted write never leaves half a file.

    Raises:
        UserError: the folder is missing, the disk full, the path taken by a folder, or by a link that leads out of the
            repository and may not (*outside*).
    """
    write_bytes(path, text.encode("utf-8", "surrogatepass"), outside=outside)


def write_bytes(path: Path, data: bytes, *, outside: bool = False) -> None:
    """Write bytes like `write`; a file that is there keeps its mode, and a link stays a link."""
    _require_file(path)
    if not outside:
        require_inside(path)
    try:
        if _is_open_ended(str(path)):
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except (OSError, ValueError) as error:
        raise _make_write_error(path, error) from error


def _replace(path: Path, data: bytes) -> None:
    from stilted.core.whole_files import replace_file

    if path.is_symlink():  # whoever resolved it went round in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    replace_file(path, data)


STEP_SUMMARY: Final = "GITHUB_STEP_SUMMARY"


def add_step_summary(page: Callable[[int], str]) -> None:
    """Append Markdown to the summary page of the GitHub step this runs in; do nothing anywhere else.

    Args:
        page: makes the page, of at most as many bytes as it is given. GitHub drops a page of more than
            `stilted.render.github.SUMMARY_BYTES` whole, with what others wrote to it.

    Raises:
        UserError: the page cannot be written; what was in it stays as it was.
    """
    from stilted.render.github import LEAST_BYTES, SUMMARY_BYTES

    name = os.environ.get(STEP_SUMMARY)
    if not name:
        return
    try:
        with open(name, "ab", buffering=0) as file:
            before = file.seek(0, os.SEEK_END)
            joint = b"\n\n" if before else b""
            room = SUMMARY_BYTES - before - len(joint)
            data = page(room).encode("utf-8", "surrogatepass") if room >= LEAST_BYTES else b""
            if not data or len(data) > room:
                say(f"${STEP_SUMMARY} has no room left; nothing was added.")
                return
            _append(file, joint + data, before)
    except OSError as error:
        what = f"cannot write: {explain_refusal(error)}"
        raise UserError(what, f"${STEP_SUMMARY}", "Check folder, space and rights.") from error


def _append(file: FileIO, data: bytes, before: int) -> None:
    """Write *data* at the end of *file*, which is *before* bytes long, all of it or nothing."""
    left = memoryview(data)
    try:
        while left:
            left = left[file.write(left) :]
    except OSError:
        with suppress(OSError):
            file.truncate(before)
        raise


def show(report: Report, *, many: bool = False) -> None:
    """Print one report, of *many* or alone, as text, in colours only on a terminal that wants them.

    Raises:
        UserError: standard output is closed.
    """
    from stilted.render import terminal

    require_open()
    color, width = measure_screen()
    show_text(terminal.render(report, color=color, width=width, many=many))


def explain(report: Report, what: str) -> int:
    """Print the findings that are meant and what was compared for each, and return how many there are."""
    from stilted.core.model import get_family
    from stilted.pipeline.explain import explain as facts_about
    from stilted.render import terminal
    from stilted.render.wording import make_locator, order_findings

    color, width = measure_screen()
    locate, number = make_locator(report), 0
    for finding in order_findings(report):
        place = locate(finding)
        names = (finding.rule, get_family(finding.rule), place, place.partition(":")[0], finding.fingerprint)
        if what == "all" or what in names:
            facts = list(facts_about(report, finding))
            show_text(terminal.explain(report, finding, facts, color=color, width=width))
            number += 1
    return number


def show_total(total: Total) -> None:
    """Print what all files of a run come to."""
    from stilted.render import terminal

    color, width = measure_screen()
    show_text(terminal.describe_total(total, color=color, width=width))
