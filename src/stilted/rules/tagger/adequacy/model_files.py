"""The adequacy model's files beside this module: whether they are whole, and what the card says."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from stilted.core.errors import UserError
from stilted.rules.tagger import model_files
from stilted.rules.tagger.adequacy.unigram import Vocabulary

FOLDER: Path = Path(__file__).parent
MODEL, VOCABULARY, CARD = "model.onnx", "pieces.tsv", "model.json"


@lru_cache(maxsize=1)
def card() -> dict[str, Any]:
    """Return the model card: id, checksums, thresholds, calibration, training and figures.

    Raises:
        OSError, ValueError: the card is missing or is not JSON; see `fault`.
    """
    return model_files.read_card(FOLDER / CARD)


@lru_cache(maxsize=1)
def fault() -> str | None:
    """Return why the model cannot run, or None: onnxruntime or a file is missing, or a file is damaged."""
    return model_files.fault_of(FOLDER, (MODEL, VOCABULARY), card)


def require() -> None:
    """Do nothing if the model can run.

    Raises:
        UserError: it cannot; the sentence says why.
    """
    reason = fault()
    if reason:
        raise UserError(f"the adequacy model cannot run: {reason}", "adequacy", "Install stilted again.")


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the pieces and their scores."""
    return Vocabulary.read(FOLDER / VOCABULARY)


def forget() -> None:
    """Forget what was read: the files have changed."""
    for cached in (card, fault, vocabulary):
        cached.cache_clear()
