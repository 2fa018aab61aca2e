"""What lines for a terminal are written with: styles by name, colours or none, and a width."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from stilted.render import layout

if TYPE_CHECKING:
    from rich.style import Style

WIDTH: Final = 100
"""Columns where there is no terminal to ask."""

_LEAST: Final = 40
"""Columns that are taken on the narrowest terminal."""

STYLES: Final = {
    "critical": "bold magenta",
    "major": "bold red",
    "minor": "yellow",
    "neutral": "cyan",
    "faint": "dim",
    "head": "bold",
    "write": "green",
    "Passed": "bold green",
    "Failed": "bold red",
    "No verdict": "bold yellow",
}


@dataclass(frozen=True, slots=True)
class Pen:
    """Colours or none, for `columns`.

    Lines are wrapped before they are written, so that they need nothing of rich but its names for styles: a console
    takes ten times as long, and a run that is answered from the cache does little else.
    """

    color: bool = False
    width: int = WIDTH

    @property
    def columns(self) -> int:
        """Columns to write in."""
        return max(self.width, _LEAST)

    def line(self, *parts: tuple[str, str]) -> str:
        """Return ``(text, style)`` one after the other; a style is one of `STYLES` or rich's own name of one."""
        if not self.color:
            return "".join(text for text, _ in parts)
        from rich.color import ColorSystem

        return "".join(
            _parse_style(STYLES.get(style, style)).render(text, color_system=ColorSystem.STANDARD) if style else text
            for text, style in parts
        )

    def rows(
        self, text: str, style: str = "", *, indent: str = "", hanging: str = "", head: tuple[str, str] = ("", "")
    ) -> list[str]:
        """Wrap *text*, the first row after *indent* and *head* (text and style), the others after *hanging*."""
        label, mood = head
        first, *more = layout.wrap_to_strings(label + text, self.columns - max(len(indent), len(hanging)))
        if not first.startswith(label):  # the label is broken, and stays plain
            label = ""
        top = self.line((indent, ""), (label, mood if label else ""), (first[len(label) :], style))
        return [top, *(self.line((hanging, ""), (row, style)) for row in more)]


@lru_cache(maxsize=32)
def _parse_style(name: str) -> Style:
    from rich.style import Style

    return Style.parse(name)
