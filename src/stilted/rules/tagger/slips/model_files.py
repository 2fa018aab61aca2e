"""The files of the reader of slips, beside this module; it needs those of the wording model, too."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from stilted.rules.tagger.model_folder import ModelFolder

MODEL: Final = "model.onnx"
FILES: Final = ModelFolder(Path(__file__).parent, (MODEL,), "the reader of slips", "tagger")
