"""What runs of training start from, in miniature: lines of data and a BERT of random weights."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

_INNER: Final = 48
_PLACES: Final = 512
_SHAPES, _MATCHES, _SIDES = 17, 13, 3


def write_lines(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write *rows* as packed JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def random_weights(
    pieces: int, width: int, layers: int, more: Mapping[str, tuple[int, ...]], *, spread: float = 0.1
) -> dict[str, np.ndarray]:
    """Return the weights of a BERT with the embeddings that ours adds, named as theirs.

    Args:
        more: shapes of other weights, by name. spread: standard deviation of all but norms.
    """
    base = "bert.embeddings."
    shapes = {
        f"{base}word_embeddings.weight": (pieces, width),
        f"{base}position_embeddings.weight": (_PLACES, width),
        f"{base}token_type_embeddings.weight": (2, width),
        "shape.weight": (_SHAPES, width),
        "match.weight": (_MATCHES, width),
        "third.weight": (_SIDES, width),
        **more,
    }
    norms = [base]
    for number in range(layers):
        prefix = f"bert.encoder.layer.{number}."
        norms += [f"{prefix}attention.output.", f"{prefix}output."]
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            shapes |= {f"{prefix}{part}.weight": (width, width), f"{prefix}{part}.bias": (width,)}
        shapes |= {f"{prefix}intermediate.dense.weight": (_INNER, width), f"{prefix}intermediate.dense.bias": (_INNER,)}
        shapes |= {f"{prefix}output.dense.weight": (width, _INNER), f"{prefix}output.dense.bias": (width,)}
    draw = np.random.default_rng(1)
    made = {name: draw.normal(0, spread, shape).astype(np.float32) for name, shape in shapes.items()}
    for norm in norms:
        made[f"{norm}LayerNorm.weight"] = np.ones(width, np.float32)
        made[f"{norm}LayerNorm.bias"] = np.zeros(width, np.float32)
    return made
