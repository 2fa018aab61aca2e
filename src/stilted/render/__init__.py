"""Renderers: a module of this folder that `NAMES` lists is a format, named like the module, and keeps `Renderer`.

The other modules of the folder are what renderers share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from stilted.core import discovery
from stilted.core.errors import UserError, did_you_mean
from stilted.render.format import Format

if TYPE_CHECKING:
    from stilted.core.model import Report, Unjudged

NAMES: Final = (
    "checkstyle", "github", "gitlab", "html", "json", "jsonl", "junit", "markdown", "rdjson", "sarif", "terminal",
)  # fmt: skip


@runtime_checkable
class Renderer(Protocol):
    """What a module that `NAMES` lists is to the others: the same reports give the same text."""

    FORMAT: Format

    def render(self, report: Report) -> str:
        """Return one report as text."""

    def render_all(self, reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
        """Return the reports of one run as one text, which names the files that have none, too."""


def list_formats() -> tuple[str, ...]:
    """Return the names of all formats in alphabetical order, without importing them."""
    return NAMES


def get_renderer(name: str) -> Callable[[Report], str]:
    """Return the function that renders a report as *name*; its libraries are imported when it runs.

    Raises:
        UserError: there is no such format; the hint names the closest one.
    """
    known = list_formats()
    if name not in known:
        raise UserError(f"unknown format '{name}'", hint=did_you_mean(name, known))
    return _load_module(name).render


def _load_module(name: str) -> Renderer:
    module: Renderer = discovery.load_module(__name__, name)
    return module


def format_of(name: str) -> Format:
    """Return what the renderer of that name says of its texts."""
    return _load_module(name).FORMAT


def render_reports(name: str, reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Render the reports of one run as one text.

    Args:
        unjudged: the files of the run that could not be judged.

    Raises:
        UserError: there is no such format.
    """
    get_renderer(name)
    return _load_module(name).render_all(reports, unjudged)
