"""Two-way choices that native writers make, as weights of features: read when the first of them is asked.

NOTICE.md beside this file says what was counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from stilted.core import packed_lines

SCALE: Final = 20
"""Weights are whole numbers on disk, and so many make one natural logarithm of the odds."""


@cache
def _read_weights(name: str) -> dict[str, int]:
    weights: dict[str, int] = {}
    for line in packed_lines.read_lines(Path(__file__).parent / f"{name}.xz"):
        feature, _, weight = line.partition("\t")
        weights[feature] = int(weight)
    return weights


def score_features(name: str, features: Iterable[str]) -> float:
    """Return the logarithm of the odds for the choice that a model's file calls yes."""
    weights = _read_weights(name)
    return sum(weights.get(feature, 0) for feature in features) / SCALE


def read_weights(name: str) -> dict[str, int]:
    """Return the table of a model; not to be changed."""
    return _read_weights(name)
