"""The files of the adequacy model, beside this module."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from stilted.rules.tagger.adequacy.unigram import Vocabulary
from stilted.rules.tagger.model_folder import ModelFolder

MODEL: Final = "model.onnx"
VOCABULARY: Final = "pieces.tsv"
FILES: Final = ModelFolder(Path(__file__).parent, (MODEL, VOCABULARY), "the adequacy model", "adequacy")


def read_vocabulary() -> Vocabulary:
    """Return the pieces and their scores."""
    return FILES.read(VOCABULARY, Vocabulary.read)
