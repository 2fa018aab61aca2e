"""The model's files beside this module: whether they are whole, and what the card says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from stilted.core.errors import UserError

FOLDER: Path = Path(__file__).parent
LOWER, MODEL, VOCABULARY, CARD = "lower.onnx", "model.onnx", "vocab.txt", "model.json"
"""Lower layers, which the reader of slips shares; upper layers; pieces; model card."""


@lru_cache(maxsize=1)
def card() -> dict[str, Any]:
    """Return the model card: id, checksums, thresholds, calibration, training and figures.

    Raises:
        OSError, ValueError: the card is missing or is not JSON; see `fault`.
    """
    return read_card(FOLDER / CARD)


def read_card(path: Path) -> dict[str, Any]:
    """Read a model card; raises like `card`."""
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


@lru_cache(maxsize=1)
def fault() -> str | None:
    """Return why the tagger cannot run, or None: onnxruntime or a file is missing, or a file is damaged."""
    return fault_of(FOLDER, (LOWER, MODEL, VOCABULARY), card)


def fault_of(folder: Path, names: Sequence[str], read: Callable[[], Mapping[str, Any]]) -> str | None:
    """Return why the model in *folder* cannot run, or None; *read* returns its card, which knows the checksums."""
    if find_spec("onnxruntime") is None or find_spec("numpy") is None:
        return "needs onnxruntime and numpy, which are not installed"
    try:
        sums: Mapping[str, str] = read()["sha256"]
    except (OSError, ValueError, KeyError):
        return f"the model card ({CARD}) is missing or damaged"
    for name in names:
        try:
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            return f"the model file {name} is missing"
        if digest != sums.get(name):
            return f"the model file {name} is damaged: its SHA-256 is not the card's"
    return None


def require() -> None:
    """Do nothing if the tagger can run.

    Raises:
        UserError: it cannot; the sentence says why.
    """
    reason = fault()
    if reason:
        raise UserError(f"the tagger cannot run: {reason}", "tagger", "Install stilted again.")


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, int]:
    """Return the pieces and their ids."""
    lines = (FOLDER / VOCABULARY).read_text("utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}
