"""Where a path may lead: links that a repository brings do not take a command out of it.

A path that a person names may lie anywhere. What lies behind a link, or what a configuration names, was chosen by
whoever wrote the repository; read or written outside it, that would be somebody else's file.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from stilted.core.errors import UserError

HINT: Final = "Name what it leads to, or add --allow-outside."

_DEVICES: Final = (Path("/dev"), Path("/proc"))
"""Links here are the system's: ``/dev/stdin``, and what shells put in place of ``<(command)``."""


def find_repository(folder: Path) -> Path | None:
    """Return the nearest folder upward from *folder* that holds a ``.git``; None if none does."""
    return next((above for above in (folder, *folder.parents) if os.path.lexists(above / ".git")), None)


def find_boundary(path: Path) -> Path:
    """Return what a path may not lead out of through links.

    That is the repository that the working folder lies in, or this folder alone where it lies in none. A path that
    was named elsewhere has its own repository, else its own folder.
    """
    named, here = Path(os.path.abspath(path)), Path.cwd()
    own = find_repository(here) or here
    return own if named.is_relative_to(own) else find_repository(named.parent) or named.parent


def leads_out(path: Path, boundary: Path) -> bool:
    """Tell whether *path*, all links followed, lies outside *boundary*."""
    try:
        return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(boundary))
    except ValueError:  # a null character; whoever opens it will say so
        return False


def require_inside(path: Path, boundary: Path | None = None, where: str = "") -> None:
    """Raise `UserError` for a path that leads out of a boundary: its own (see `find_boundary`) where none is given.

    Args:
        where: what names the path, for the message; the path itself where that is empty.
    """
    if boundary is None:
        if any(Path(os.path.abspath(path)).is_relative_to(devices) for devices in _DEVICES):
            return
        boundary = find_boundary(path)
    if leads_out(path, boundary):
        problem = f"'{path}' leads out of" if where else "a link leads out of"
        raise UserError(f"{problem} {boundary}", where or str(path), HINT)
