"""Where a file is wrong, by its line."""

from __future__ import annotations

from stilted.core.errors import UserError
from stilted.core.offsets import Lines


class Faults:
    """Tells where a file is wrong, and counts its lines only where it is asked.

    Args:
        text: of the file. name: of the file. hint: what to do about it, where nothing better is known.
        line: the only line that is read; 0 for a whole file.
    """

    def __init__(self, text: str, name: str, hint: str, line: int = 0) -> None:
        self._text, self._name, self._hint, self._line = text, name, hint, line
        self._lines: Lines | None = None

    def line(self, at: int) -> int:
        """Return the line of an offset."""
        if self._line:
            return self._line
        self._lines = self._lines or Lines.of(self._text)
        return self._lines.locate(min(at, len(self._text)))[0]

    def locate(self, at: int) -> str:
        """Return the place of an offset as ``file:line``."""
        return f"{self._name}:{self.line(at)}"

    def at(self, what: str, at: int, hint: str = "") -> UserError:
        """Return the error to raise."""
        return UserError(what, self.locate(at), hint or self._hint)
