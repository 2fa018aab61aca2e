"""The rule of slips: what editors of documentation would change, found by an encoder that learned from their edits.

Inference only: numpy and onnxruntime, loaded when the first page is read. `stilted.lab.training.slips` makes the model.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from stilted.rules.tagger import model_files as lower_files
from stilted.rules.tagger.slips import model_files
from stilted.rules.tagger.slips.rule import RULE, make_rule

__all__ = ["RULE", "find_obstacle", "make_rule", "read_card"]


def find_obstacle() -> str | None:
    """Return why the rule cannot run, or None: a missing package, a missing or a damaged file."""
    return lower_files.FILES.find_fault() or model_files.FILES.find_fault()


def read_card() -> dict[str, Any]:
    """Return the model card: data, training, figures, limits; a copy."""
    return deepcopy(model_files.FILES.read_card())
