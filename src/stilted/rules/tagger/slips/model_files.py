"""The files of the reader of slips beside this module: whether they are whole, and what the card says."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from stilted.rules.tagger import model_files

FOLDER: Path = Path(__file__).parent
MODEL, CARD = "model.onnx", "model.json"


@lru_cache(maxsize=1)
def card() -> dict[str, Any]:
    """Return the model card: id, checksums, thresholds, training and figures.

    Raises:
        OSError, ValueError: the card is missing or is not JSON; see `fault`.
    """
    return model_files.read_card(FOLDER / CARD)


@lru_cache(maxsize=1)
def fault() -> str | None:
    """Return what is wrong with these files, or None; the wording model's, on which the reader stands, are its own."""
    return model_files.fault_of(FOLDER, (MODEL,), card)


def forget() -> None:
    """Forget what was read: the files have changed."""
    for cached in (card, fault):
        cached.cache_clear()
