"""The files of the wording model that ship: the quantised graph in two halves, its vocabulary, and the card."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from stilted.lab.training.graph import make_graph, quantise, split
from stilted.rules.tagger import model_files
from stilted.rules.tagger.model_folder import CARD

SHARED_LAYERS: Final = 2
"""Lower layers that the reader of slips shares with the wording model."""


def write(weights: Mapping[str, np.ndarray], vocabulary: Path, folder: Path) -> None:
    """Write the quantised model, the vocabulary and a card that only names them into *folder*."""
    lower, upper = split(quantise(make_graph(weights)), SHARED_LAYERS)
    (folder / model_files.LOWER).write_bytes(lower)
    (folder / model_files.MODEL).write_bytes(upper)
    (folder / model_files.VOCABULARY).write_text(vocabulary.read_text("utf-8"), "utf-8", newline="\n")
    sums = {
        n: hashlib.sha256((folder / n).read_bytes()).hexdigest()
        for n in (model_files.LOWER, model_files.MODEL, model_files.VOCABULARY)
    }
    save({"id": f"stilted-tagger-1-{sums[model_files.MODEL][:8]}", "sha256": sums}, folder)


def save(card: Mapping[str, Any], folder: Path) -> None:
    """Write the card and forget the one that was loaded."""
    (folder / CARD).write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")
    model_files.FILES.forget()
