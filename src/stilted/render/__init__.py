"""Renderers: a module of this folder with ``render(report) -> str`` and ``render_all(reports) -> str`` is a format.

It is named like the module. Being there is all the registration there is; modules with a leading underscore are
shared parts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stilted import registry
from stilted.errors import UserError, did_you_mean
from stilted.model import Report


def names() -> tuple[str, ...]:
    """Return the names of all formats in alphabetical order, without importing them."""
    return registry.names(__name__)


def renderer(name: str) -> Callable[[Report], str]:
    """Return the function that renders a report as *name*; its libraries are imported when it runs.

    Raises:
        UserError: there is no such format; the hint names the closest one.
    """
    known = names()
    if name not in known:
        raise UserError(f"unknown format '{name}'", hint=did_you_mean(name, known))
    render: Callable[[Report], str] = registry.module(__name__, name).render
    return render


def rendered(name: str, reports: Sequence[Report]) -> str:
    """Render the reports of one run as one text.

    Raises:
        UserError: there is no such format.
    """
    renderer(name)
    return str(registry.module(__name__, name).render_all(reports))
