"""The network (torch; the ``train`` extra): some layers of a multilingual BERT, one linear head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from stilted.rules.tagger.adequacy.inference import MISSING
from stilted.rules.tagger.features import NO_REFERENCE

HEADS: Final = 12
EPSILON: Final = 1e-12
COLUMNS: Final = MISSING + 1
_MASKED: Final = -30_000.0


def read_weights(path: Path) -> dict[str, np.ndarray]:
    """Read weights that are stored as int8 with a scale a row, or as they are."""
    stored = np.load(path)
    weights: dict[str, np.ndarray] = {}
    for name in stored.files:
        if not name.endswith("::s"):
            value = stored[name].astype(np.float32)
            weights[name] = (
                value * stored[f"{name}::s"].astype(np.float32)[:, None] if stored[name].dtype == np.int8 else value
            )
    return weights


def make_starting_weights(
    weights: Mapping[str, np.ndarray], kept: Sequence[int], layers: Sequence[int]
) -> dict[str, np.ndarray]:
    """Cut the vocabulary to the pieces *kept* and the encoder to *layers*; fold the sides into the token types.

    The three types are then those of neither side, of the translation, and of the source.
    """
    base, out = "bert.embeddings.", {}
    types, sides = weights[f"{base}token_type_embeddings.weight"], weights["third.weight"]
    target_row = types[0] + sides[0]
    out[f"{base}token_type_embeddings.weight"] = np.stack(
        [target_row, target_row + weights["match.weight"][NO_REFERENCE], types[1] + sides[2]]
    )
    out[f"{base}word_embeddings.weight"] = weights[f"{base}word_embeddings.weight"][list(kept)]
    for name in ("position_embeddings.weight", "LayerNorm.weight", "LayerNorm.bias"):
        out[base + name] = weights[base + name]
    out["shape.weight"] = weights["shape.weight"]
    for number, layer in enumerate(layers):
        prefix = f"bert.encoder.layer.{layer}."
        for name, value in weights.items():
            if name.startswith(prefix):
                out[f"bert.encoder.layer.{number}.{name.removeprefix(prefix)}"] = value
    return out


class _Layer(nn.Module):
    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mixed = (nn.Linear(width, width) for _ in range(4))
        self.first, self.second = nn.LayerNorm(width, eps=EPSILON), nn.LayerNorm(width, eps=EPSILON)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        shape = (*x.shape[:2], HEADS, x.shape[2] // HEADS)
        query, key, value = (part(x).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value))
        scores = query @ key.transpose(-1, -2) / shape[-1] ** 0.5 + mask  # torch's own is slow on the way back
        mixed = torch.softmax(scores, -1).to(value.dtype) @ value
        mixed = self.mixed(mixed.transpose(1, 2).reshape(x.shape))
        x = self.first(x + mixed)
        mixed = self.down(functional.gelu(self.up(x)))
        return self.second(x + mixed)


_NAMES: Final = {
    "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
    "attention.output.dense": "mixed", "attention.output.LayerNorm": "first",
    "intermediate.dense": "up", "output.dense": "down", "output.LayerNorm": "second",
}  # fmt: skip
"""What BERT calls the parts of a layer, and we."""


class Comparer(nn.Module):
    """Reads a translation and its source in one sequence; a linear head on every place."""

    def __init__(self, weights: Mapping[str, np.ndarray], frozen: int, columns: int = COLUMNS) -> None:
        """Start from *weights*, named as BERT's; the embeddings and the *frozen* lowest layers stay as they are."""
        super().__init__()
        base = "bert.embeddings."

        def table(name: str) -> nn.Embedding:
            return nn.Embedding.from_pretrained(torch.from_numpy(weights[name].astype(np.float32)), freeze=True)

        self.word, self.place = table(f"{base}word_embeddings.weight"), table(f"{base}position_embeddings.weight")
        self.side, self.shape = table(f"{base}token_type_embeddings.weight"), table("shape.weight")
        width = self.word.embedding_dim
        count = 1 + max(int(name.split(".")[3]) for name in weights if name.startswith("bert.encoder.layer."))
        inner = weights["bert.encoder.layer.0.intermediate.dense.weight"].shape[0]
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        self.layers = nn.ModuleList(_Layer(width, inner) for _ in range(count))
        self.head = nn.Linear(width, columns)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, -1.0)
        own = dict(self.named_parameters())
        for bert_name, ours in _map_names(count).items():
            if bert_name in weights:
                own[ours].data = torch.from_numpy(weights[bert_name].astype(np.float32))
        self.norm.requires_grad_(False)
        self.frozen = frozen
        for layer in self.layers[:frozen]:
            layer.requires_grad_(False)

    def forward(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Return the logits, sequences x pieces x `COLUMNS`."""
        ids = batch["ids"]
        x = self.word(ids) + self.side(batch["types"]) + self.shape(batch["shapes"]) + self.place.weight[: ids.shape[1]]
        x = self.norm(x)
        kind = torch.bfloat16 if torch.is_autocast_enabled("cpu") or torch.is_autocast_enabled("cuda") else x.dtype
        mask = torch.zeros(batch["mask"].shape, dtype=kind, device=x.device).masked_fill_(~batch["mask"], _MASKED)
        for number, layer in enumerate(self.layers):
            x = layer(x, mask[:, None, None])
            if number + 1 == self.frozen:
                x = x.detach()
        logits: Tensor = self.head(x)
        return logits.float()

    def exported(self) -> dict[str, np.ndarray]:
        """Return all weights, named as BERT's."""
        state = {name: value.detach().float().numpy() for name, value in self.state_dict().items()}
        base = "bert.embeddings."
        out = {
            f"{base}word_embeddings.weight": state["word.weight"],
            f"{base}position_embeddings.weight": state["place.weight"],
            f"{base}token_type_embeddings.weight": state["side.weight"],
            "shape.weight": state["shape.weight"],
        }
        return out | {bert_name: state[ours] for bert_name, ours in _map_names(len(self.layers)).items()}


def _map_names(layers: int) -> dict[str, str]:
    """Return what BERT calls each weight, and we."""
    parts = {"bert.embeddings.LayerNorm": "norm", "head": "head"}
    for number in range(layers):
        parts |= {
            f"bert.encoder.layer.{number}.{bert_name}": f"layers.{number}.{ours}" for bert_name, ours in _NAMES.items()
        }
    return {f"{bert_name}.{part}": f"{ours}.{part}" for bert_name, ours in parts.items() for part in ("weight", "bias")}
