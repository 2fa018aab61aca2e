"""Which files a run reads, and what its reports call them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from stilted.cli._files import DASH
from stilted.core import boundary
from stilted.core.errors import UserError

if TYPE_CHECKING:
    from stilted.api import Report
    from stilted.cli._run import Run
    from stilted.core.model import Unjudged
    from stilted.project.config import Config


def make_relative(path: Path) -> Path:
    """Return a path into the working folder relative to it: so reports name files alike wherever they lie."""
    return path if not path.is_absolute() else _find_way_from(Path.cwd(), path) or path


def _find_way_from(folder: Path, path: Path) -> Path | None:
    """Return an absolute path relative to *folder*, None where it lies elsewhere."""
    real = Path(os.path.realpath(path.parent), path.name)  # the folder's own name may lead through a link
    return next((way.relative_to(folder) for way in (path, real) if way.is_relative_to(folder)), None)


def place_from_root(report: Report) -> Report:
    """Return *report* with its file named from the folder that a runner of GitHub or GitLab has checked out.

    Outside such a runner, or in that folder, it is named from there already; so is one that lies elsewhere.
    """
    return replace(report, document=replace(report.document, name=_place_name(report.document.name)))


def place_unjudged_from_root(file: Unjudged) -> Unjudged:
    """Return a file that could not be judged with its name like that of a report."""
    return replace(file, file=_place_name(file.file))


def _place_name(given: str) -> str:
    root = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")
    if not root:
        return given
    base, name = Path(os.path.realpath(root)), Path(given)
    inside = _find_way_from(base, name if name.is_absolute() else Path.cwd())
    if inside is None:
        return given
    return (inside if name.is_absolute() else inside / name).as_posix()


def read_by(run: Run) -> Iterator[Path | None]:
    """Yield the files that a run reads, but for its baseline where it is about to write it."""
    for file in run.files:
        yield from (file.path, file.find_beside(run.arguments.reference), file.find_beside(run.arguments.source))
    yield run.project.baseline_path
    yield from list_configured(run.arguments, run.project.config)


def list_configured(arguments: argparse.Namespace, configured: Config) -> Iterator[Path | None]:
    """Yield the files that say how texts are checked: configuration, accepted phrases, packs and glossaries."""
    from stilted.core.options import PATHS
    from stilted.pipeline import ignores

    yield from (configured.path, configured.ignore_file or configured.root / ignores.FILE)
    for name in PATHS:
        yield from getattr(arguments, name) or ()
        for options in (configured.options, *(options for _, options in configured.sections)):
            yield from options.get(name, ())


def require_inside(arguments: argparse.Namespace) -> None:
    """Raise `UserError` where a link that an argument names leads out of what `find_boundary` says, unless allowed."""
    if getattr(arguments, "allow_outside", False):
        return
    for value in vars(arguments).values():
        for path in value if isinstance(value, list) else [value]:
            if isinstance(path, Path):
                boundary.require_inside(path)


def require_apart(outputs: Iterable[Path], read: Iterable[Path | None], arguments: argparse.Namespace) -> None:
    """Raise `UserError` for an output that would overwrite what the run reads, or leads out of the repository."""
    outputs = list(outputs)
    require_inside(argparse.Namespace(**{**vars(arguments), "output": outputs}))
    kept = {os.path.realpath(path) for path in read if path is not None and os.path.isfile(path)}
    for path in outputs:
        if path != DASH and os.path.realpath(path) in kept:
            raise UserError("this would overwrite a file that is read", str(path), "Name another file.")
