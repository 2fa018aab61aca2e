"""Which file of another folder goes with a translation: a reference or source of the same name, in the same place."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def list_path_ends(paths: Sequence[Path]) -> list[tuple[Path, ...]]:
    """Return for each path the ends of it that may name what goes with its file in another folder, longest first.

    An end that a path of fewer steps has too is left to that one: what is called ``index.md`` there goes with
    ``index.md``, not with ``guide/index.md``.
    """
    ends = [[Path(*steps[at:]) for at in range(len(steps))] for steps in map(_split_steps, paths)]
    least: dict[Path, int] = {}
    for own in ends:
        for end in own:
            least[end] = min(least.get(end, len(own)), len(own))
    return [tuple(end for end in own if least[end] == len(own)) for own in ends]


def list_longer_ends(path: Path, inside: Path) -> tuple[Path, ...]:
    """Return the ends of *path* that are longer than *inside*, its path in the folder that was named, longest first.

    So ``en/guide`` goes with ``zh/guide`` also where all of ``zh`` is given to stand beside it.
    """
    steps = _split_steps(path)
    return tuple(Path(*steps[at:]) for at in range(len(steps) - len(inside.parts)))


def _split_steps(path: Path) -> tuple[str, ...]:
    """Return the parts of *path* behind the last ``..`` or root; at least one."""
    last = max((at for at, part in enumerate(path.parts) if part in (path.anchor, "..")), default=-1)
    return path.parts[last + 1 :] or path.parts[-1:]


def find_counterpart(file: Path, folder: Path, ends: Sequence[Path]) -> Path:
    """Return what goes with *file* in *folder*: under the first of *ends* that is there, else under the last."""
    near = (folder / end for end in (ends[-1:] if is_closed(f"{folder}/.") else ends))
    other = (
        path
        for path in near
        if (os.path.isfile(path) or is_closed(path)) and os.path.abspath(path) != os.path.abspath(file)
    )
    return next(other, folder / ends[-1])


def is_closed(path: Path | str) -> bool:
    """Tell whether nobody here may look for *path*: that it is not there would be a guess."""
    try:
        os.stat(path)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return False
