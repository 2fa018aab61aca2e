"""The files of the wording model, beside this module."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from stilted.rules.tagger.model_folder import ModelFolder

LOWER: Final = "lower.onnx"
"""Lower layers, which the reader of slips shares."""
MODEL: Final = "model.onnx"
"""Upper layers."""
VOCABULARY: Final = "vocab.txt"
FILES: Final = ModelFolder(Path(__file__).parent, (LOWER, MODEL, VOCABULARY), "the tagger", "tagger")


def read_vocabulary() -> dict[str, int]:
    """Return the pieces and their ids."""
    return FILES.read(VOCABULARY, _read_vocabulary)


def _read_vocabulary(path: Path) -> dict[str, int]:
    lines = path.read_text("utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}
