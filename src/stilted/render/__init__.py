"""Renderers: a module of this folder with a ``render(report) -> str`` is a format, named like the module.

Being there is all the registration there is; modules with a leading underscore are shared parts.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module

from stilted.errors import UserError, did_you_mean
from stilted.model import Report


def names() -> tuple[str, ...]:
    """Return the names of all formats in alphabetical order, without importing them."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")))


def renderer(name: str) -> Callable[[Report], str]:
    """Return the function that renders a report as *name*; its libraries are imported when it runs.

    Raises:
        UserError: there is no such format; the hint names the closest one.
    """
    known = names()
    if name not in known:
        raise UserError(f"unknown format '{name}'", hint=did_you_mean(name, known))
    render: Callable[[Report], str] = import_module(f"{__name__}.{name}").render
    return render
