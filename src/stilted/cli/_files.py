"""Which files a command line names: files, folders and globs, each once, in a fixed order."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from stilted.core.boundary import find_boundary, leads_out
from stilted.core.errors import UserError, explain_refusal
from stilted.project import pairing

DASH: Final = Path("-")
"""Standard input."""

_PASSED_OVER: Final = frozenset({"node_modules", "__pycache__", "venv"})
"""Folders that hold other people's files; so do those whose name begins with a dot."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to check; ``inside`` is its path in the folder it was found in, or as given if it was named itself."""

    path: Path
    inside: Path
    found: bool = False
    """Found in a folder, not named: one that holds no English text is passed over."""
    way_out: Path | None = None
    """A link leads out of this folder."""
    ends: tuple[Path, ...] = ()
    """What its like may be called in another folder; see `stilted.project.pairing.list_path_ends`."""

    def find_beside(self, given: Path | None) -> Path | None:
        """Return the file that goes with this one: the one given, or its like in the folder given."""

        if given is None or not os.path.isdir(given):
            return given
        return pairing.find_counterpart(self.path, given, self.ends)


def make_path(text: str) -> Path:
    """Return the path that an argument names: an empty one, of a variable that is not set, is not this folder.

    Raises:
        UserError: it is empty.
    """
    if not text:
        raise UserError("a name is empty", "command line", "Is a variable not set? Write . for this folder.")
    return Path(text)


def expand(named: Sequence[Path], *, outside: bool = False) -> tuple[list[File], list[UserError]]:
    """Return the files that are meant, each once, and why others are passed over.

    A folder stands for all files in it that are surely texts. Of a file and links to it, the file is meant.

    Args:
        outside: take links that lead out of the folder that was named.

    Raises:
        UserError: a folder holds none. What does not exist is left for the reader to say.
    """

    files: dict[str, File] = {}
    passed_over: list[UserError] = []
    for path in named:
        for file in _expand(path):
            if file.way_out and not outside:
                passed_over.append(
                    UserError(f"a link leads out of {file.way_out} (--allow-outside takes it)", str(file.path))
                )
                continue
            real = _resolve(file.path)
            if real not in files or (files[real].path.is_symlink() and not file.path.is_symlink()):
                files[real] = file
    ends = pairing.list_path_ends([file.inside for file in files.values()])
    return [
        replace(file, ends=(*pairing.list_longer_ends(file.path, file.inside), *own))
        for file, own in zip(files.values(), ends, strict=True)
    ], passed_over


def _resolve(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:  # a null character; whoever opens it will say so
        return str(path)


def _expand(path: Path) -> list[File]:
    if path == DASH:
        return [File(path, path)]
    if os.path.isdir(path):  # unlike Path.is_dir, this takes any name
        real = os.path.realpath(path)
        files = [
            File(file, file.relative_to(path), True, way_out=path if leads_out(file, Path(real)) else None)
            for file in _list_files(path)
        ]
        if not files:
            hint = "Name the files; JSON, CSV, XML and reST (as plain text) are only taken when they are named."
            raise UserError("no file in this folder is of a kind that is checked unasked", str(path), hint)
        return files
    fitting = (
        [] if os.path.exists(path) or not glob.has_magic(str(path)) else sorted(glob.glob(str(path), recursive=True))
    )
    return [file for match in fitting for file in _expand_match(Path(match))] or [File(path, path)]


def _expand_match(path: Path) -> list[File]:
    """Return the files that a path which fits a glob stands for; it may be a link that nobody has named."""
    boundary = find_boundary(path)
    return [File(path, path, way_out=boundary)] if leads_out(path, boundary) else _expand(path)


def _list_files(folder: Path) -> Iterator[Path]:
    """Yield the files below *folder*, sorted; a link to a folder is not followed, since it may lead round."""
    from stilted.formats.unasked import list_unasked

    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        hint = "Check its rights, or name the files."
        raise UserError(f"cannot look into the folder: {explain_refusal(error)}", str(folder), hint) from error
    shown = [path for path in paths if not path.name.startswith(".") and path.name not in _PASSED_OVER]
    taken = {*list_unasked([path for path in shown if path.is_file()])}
    for path in shown:
        if path.is_dir() and not path.is_symlink():
            yield from _list_files(path)
        elif path in taken:
            yield path
