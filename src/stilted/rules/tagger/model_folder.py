"""The files of a model: whether they are whole, and what the card says. Each model has a folder of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeVar

from stilted.core.errors import UserError

CARD: Final = "model.json"
_Read = TypeVar("_Read")


class ModelFolder:
    """The files of one model, with a card that holds their checksums; what is read of them is kept.

    Attributes:
        path: the folder; `look_in` another one to read the files of a model that does not ship.
    """

    def __init__(self, path: Path, names: Sequence[str], model: str, rules: str) -> None:
        """Name the files of a model.

        Args:
            names: files whose checksums the card holds. model: what messages call the model, such as "the tagger".
            rules: the family or families of rules that need it, for messages.
        """
        self.path = path
        self._names = tuple(names)
        self._model = model
        self._rules = rules
        self._kept: dict[str, Any] = {}

    def read(self, name: str, reader: Callable[[Path], _Read]) -> _Read:
        """Return what *reader* makes of a file of the folder; a file is read once."""
        if name not in self._kept:
            self._kept[name] = reader(self.path / name)
        kept: _Read = self._kept[name]
        return kept

    def read_card(self) -> dict[str, Any]:
        """Return the model card: id, checksums, thresholds, training and figures.

        Raises:
            OSError, ValueError: the card is missing or is not JSON; see `fault`.
        """
        return self.read(CARD, _read_card)

    def find_fault(self) -> str | None:
        """Return why the model cannot run, or None: onnxruntime or a file is missing, or a file is damaged."""
        if _FAULT not in self._kept:
            self._kept[_FAULT] = self._find_fault()
        fault: str | None = self._kept[_FAULT]
        return fault

    def _find_fault(self) -> str | None:
        if find_spec("onnxruntime") is None or find_spec("numpy") is None:
            return "needs onnxruntime and numpy, which are not installed"
        try:
            sums: Mapping[str, str] = self.read_card()["sha256"]
        except (OSError, ValueError, KeyError):
            return f"the model card ({CARD}) is missing or damaged"
        for name in self._names:
            try:
                digest = hashlib.sha256((self.path / name).read_bytes()).hexdigest()
            except OSError:
                return f"the model file {name} is missing"
            if digest != sums.get(name):
                return f"the model file {name} is damaged: its SHA-256 is not the card's"
        return None

    def require(self) -> None:
        """Do nothing if the model can run.

        Raises:
            UserError: it cannot; the sentence says why.
        """
        reason = self.find_fault()
        if reason:
            raise UserError(f"{self._model} cannot run: {reason}", self._rules, "Install stilted again.")

    def look_in(self, path: Path) -> None:
        """Read the files in another folder from now on."""
        self.path = path
        self.forget()

    def forget(self) -> None:
        """Forget what was read: the files have changed."""
        self._kept.clear()


_FAULT: Final = ""
"""Stands for no file: under it is kept what is wrong with the files."""


def _read_card(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded
