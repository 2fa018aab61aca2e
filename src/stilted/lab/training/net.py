"""The network and its losses (torch; the ``train`` extra)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from stilted.lab.training.data import Item
from stilted.rules.tagger.encode import Side, Window, windows
from stilted.rules.tagger.features import MATCHES, SHAPES
from stilted.rules.tagger.inference import BEGIN, CATEGORY, COLUMNS, SCORE

BIO_WEIGHT: Final = 0.6
"""Medical abstracts are marked by other people with other habits."""

PEOPLE: Final = 0.5
"""Without a reference, marks on people's translations count half: raters compare them with a source that the
model never sees, and it would learn to dislike idiomatic English."""

RANK: Final = 0.15
"""Translations of one source are ranked only if the roots of their penalties differ by this much."""

_MIX: Final = {"label": 1.0, "begin": 0.3, "category": 0.1, "penalty": 0.1, "rank": 0.6}


class Tagger(nn.Module):
    """MiniLM with two more embeddings, one linear head, and a leniency a rater for training alone."""

    def __init__(self, encoder: Path, raters: int) -> None:
        super().__init__()
        from transformers import BertModel

        self.bert = BertModel.from_pretrained(encoder, add_pooling_layer=False)
        width = self.bert.config.hidden_size
        self.shape, self.match = nn.Embedding(SHAPES, width), nn.Embedding(MATCHES, width)
        self.head, self.rater = nn.Linear(width, COLUMNS), nn.Embedding(raters, BEGIN)
        self.dropout = nn.Dropout(0.1)
        for table in (self.shape, self.match, self.head):
            nn.init.normal_(table.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        nn.init.zeros_(self.rater.weight)
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        """Return the logits, sequences x pieces x `COLUMNS`."""
        summed = self.bert.embeddings.word_embeddings(batch["ids"])
        summed = summed + self.shape(batch["shapes"]) + self.match(batch["matches"])
        hidden = self.bert(
            inputs_embeds=summed, token_type_ids=batch["types"], attention_mask=batch["mask"]
        ).last_hidden_state
        return self.head(self.dropout(hidden))

    def leniency(self, raters: Tensor) -> Tensor:
        """Return what each rater's habit adds to the label logits; nothing on average."""
        return self.rater(raters) - self.rater.weight.mean(0)


def window(item: Item, reference: Side | None, vocabulary: dict[str, int]) -> Window:
    """Return the first window of *item*: longer segments are rare, and read in full only at inference."""
    return next(windows(item.side, reference, vocabulary))


def collate(found: Sequence[Window]) -> dict[str, Tensor]:
    """Pad windows into one batch; ``target`` holds the word that owns each piece, -1 for none."""
    length = max(len(w.ids) for w in found)
    out: dict[str, Any] = {}
    for name in ("ids", "types", "shapes", "matches", "target"):
        table = np.full((len(found), length), -1 if name == "target" else 0, np.int64)
        for row, each in zip(table, found, strict=True):
            row[: len(each.ids)] = getattr(each, name)
        out[name] = torch.from_numpy(table)
    out["mask"] = torch.tensor([[1] * len(w.ids) + [0] * (length - len(w.ids)) for w in found])
    return out


def words(logits: Tensor, owners: Tensor) -> tuple[Tensor, Tensor]:
    """Average the logits of each word's pieces: sequences x words x columns, and which words there are."""
    count = max(int(owners.max()) + 1, 1)
    inside = owners >= 0
    index = (torch.arange(len(owners))[:, None] * count + owners)[inside]
    sums = torch.zeros(len(owners) * count, logits.shape[-1]).index_add(0, index, logits[inside])
    times = torch.zeros(len(owners) * count).index_add(0, index, torch.ones(len(index)))
    shape = (len(owners), count)
    return (sums / times.clamp(min=1)[:, None]).view(*shape, -1), (times > 0).view(shape)


def scores(logits: Tensor, owners: Tensor) -> Tensor:
    """Return the penalty score of each sequence: that of [CLS] and the mean over the translation's pieces."""
    inside = (owners >= 0).float()
    own = (logits[:, :, SCORE] * inside).sum(1) / inside.sum(1).clamp(min=1)
    return logits[:, 0, SCORE] + own


def targets(found: Sequence[Item], count: int, *, reference: bool) -> tuple[Tensor, Tensor]:
    """Return labels (items x words x 5) and categories (items x words, -1 unknown)."""
    labels = torch.zeros(len(found), count, 5)
    category = torch.full((len(found), count), -1)
    for i, item in enumerate(found):
        size = min(count, len(item.labels))
        own = torch.from_numpy(item.labels[:size])
        if item.row.human and not reference:
            none = torch.zeros_like(own)
            none[:, 0] = 1
            own = PEOPLE * own + (1 - PEOPLE) * none
        labels[i, :size] = own
        category[i, :size] = torch.from_numpy(item.category[:size])
    return labels, category


def losses(
    net: Tagger,
    batch: dict[str, Tensor],
    found: Sequence[Item],
    groups: Tensor,
    raters: Tensor,
    *,
    reference: bool,
) -> tuple[Tensor, dict[str, float]]:
    """Return the weighted sum of all losses, and each of them."""
    logits = net(batch)
    word, real = words(logits, batch["target"])
    labels, category = targets(found, word.shape[1], reference=reference)
    weight = torch.tensor([BIO_WEIGHT if item.row.corpus.startswith("bio") else 1.0 for item in found])
    weights = weight[:, None] * real
    chances = functional.log_softmax(word[..., :BEGIN] + net.leniency(raters)[:, None], -1)
    begin = functional.binary_cross_entropy_with_logits(word[..., BEGIN], labels[..., 3], reduction="none")
    known = (category >= 0) & real
    score = scores(logits, batch["target"])
    penalty = torch.tensor([item.penalty for item in found])
    each = {
        "label": -((labels[..., :BEGIN] * chances).sum(-1) * weights).sum() / weights.sum(),
        "begin": (begin * weights).sum() / weights.sum(),
        "category": functional.cross_entropy(word[..., CATEGORY:SCORE][known], category[known])
        if known.any()
        else score.sum() * 0,
        "penalty": functional.smooth_l1_loss(score, penalty),
        "rank": _rank(score, penalty, groups),
    }
    total = sum((_MIX[name] * value for name, value in each.items()), torch.zeros(()))
    total = total + 1e-3 * net.rater.weight.pow(2).sum()
    return total, {name: float(value.detach()) for name, value in each.items()}


def _rank(score: Tensor, penalty: Tensor, groups: Tensor) -> Tensor:
    """Order the translations of one source by penalty: logistic loss, weighted by the difference."""
    difference = penalty[:, None] - penalty[None]
    pairs = (groups[:, None] == groups[None]) & (difference > RANK)
    if not pairs.any():
        return score.sum() * 0
    loss = functional.softplus(-2 * (score[:, None] - score[None])) * difference
    return loss[pairs].sum() / difference[pairs].sum().clamp(min=1)
