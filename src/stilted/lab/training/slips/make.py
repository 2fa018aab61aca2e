"""Train the slip reader."""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from stilted.lab.json_rows import read_json_rows
from stilted.lab.training import checkpoint, graph, wording
from stilted.lab.training.adequacy.net import Comparer, read_weights
from stilted.lab.training.card import SHARED_LAYERS
from stilted.lab.training.slips import edits, faults, tune
from stilted.lab.training.slips.card import ABOUT, FIGURES
from stilted.lab.training.slips.edits import Labelled
from stilted.rules.tagger.encode import encode_side, list_windows
from stilted.rules.tagger.features import NO_REFERENCE
from stilted.rules.tagger.model_folder import CARD
from stilted.rules.tagger.slips import inference, model_files
from stilted.rules.tagger.slips.inference import COLUMNS

MOST: Final = 3000
"""Edited sentences, and others, that the figures are measured on."""

_LOG_STEPS: Final = 50
_SAVE_SECONDS: Final = 300
_AVERAGE: Final = 0.995
"""Share of the moving average of the weights that each step keeps."""

_FLOOR: Final = 0.04
_FEWEST, _MOST = 5, 40
"""Words of a clean sentence."""


def make_starting_weights(path: Path) -> dict[str, np.ndarray]:
    """Return the wording model's weights, with what it adds for sides and matches folded into the types.

    The two types are those of a place without a word and of a word of a translation that stands alone.
    """
    weights = wording.make_starting_weights(read_weights(path))
    match = weights.pop("match.weight")
    types = "bert.embeddings.token_type_embeddings.weight"
    weights[types] = np.stack([weights[types][0] + match[0], weights[types][0] + match[NO_REFERENCE]])
    del weights["head.weight"], weights["head.bias"]
    return weights


def load(data: Path, recipe: Mapping[str, Any]) -> tuple[list[edits.Edit], list[str], list[str]]:
    """Return the edits, the sentences left alone and other clean sentences that training may see."""
    share = recipe["development"]
    pairs = [
        edit
        for edit in edits.read_pairs(data / recipe["pairs"], permissive=True)
        if not edits.is_development(edit.repository, share)
    ]
    alone = [
        text
        for repository, text in edits.read_left_alone(data / recipe["left_alone"], permissive=True)
        if not edits.is_development(repository, share)
    ]
    seen: set[str] = set()
    for row in read_json_rows(data / recipe["clean"]):
        text = row["target"]
        if row["kind"] == "docs" and _FEWEST <= len(text.split()) <= _MOST and text not in seen:
            seen.add(text)
    return pairs, alone, sorted(seen)


class Sampler:
    """Draws labelled sentences without end."""

    def __init__(self, sides: tuple[list[edits.Edit], list[str], list[str]], mix: Mapping[str, float], seed: int):
        """Take the sentences, the share of each source in *mix*, and a seed."""
        self.pairs, self.alone, self.clean = sides
        self.kinds = faults.learn(self.pairs)
        self.names, self.shares = list(mix), list(mix.values())
        self.seed = random.Random(seed)
        self.queues: dict[str, list[Any]] = {}

    def next(self, name: str, items: Sequence[Any]) -> Any:
        """Return the next of *items*, shuffled anew each time round."""
        if not self.queues.get(name):
            self.queues[name] = list(items)
            self.seed.shuffle(self.queues[name])
        return self.queues[name].pop()

    def draw(self) -> list[Labelled]:
        """Return a pair of sentences or one."""
        name = self.seed.choices(self.names, self.shares)[0]
        if name == "edits":
            edit = self.next("edits", self.pairs)
            return [edits.label(edit), edits.clean(edit.after)]
        if name == "left alone":
            return [edits.clean(self.next("left alone", self.alone))]
        if name == "spoilt edits":
            return [faults.spoil(self.next("spoilt edits", self.pairs).after, self.kinds, self.seed)]
        text = self.next("clean", self.clean)
        return [faults.spoil(text, self.kinds, self.seed)] if self.seed.random() < 0.65 else [edits.clean(text)]


def encode(item: Labelled, vocabulary: Mapping[str, int]) -> dict[str, Sequence[float]]:
    """Return ids, types, shapes, labels and weights, one a piece; only the first piece of a word counts."""
    window = next(list_windows(encode_side(item.text, vocabulary), None, vocabulary))
    labels, weights, before = [], [], -1
    for owner in window.target:
        first = owner >= 0 and owner != before
        labels.append(item.labels[owner] if first else 0)
        weights.append(item.weights[owner] if first else 0.0)
        before = owner
    types = [int(owner >= 0) for owner in window.target]
    return {
        "ids": list(window.ids), "types": types, "shapes": list(window.shapes), "labels": labels, "weights": weights,
    }  # fmt: skip


def make_batches(sampler: Sampler, vocabulary: Mapping[str, int], tokens: int) -> Iterator[dict[str, Tensor]]:
    """Yield batches of about *tokens* pieces of sentences that are about as long."""
    while True:
        pool: list[dict[str, Sequence[float]]] = []
        while sum(len(each["ids"]) for each in pool) < 12 * tokens:
            pool += [encode(item, vocabulary) for item in sampler.draw()]
        pool.sort(key=lambda each: len(each["ids"]))
        parts: list[list[dict[str, Sequence[float]]]] = [[]]
        for each in pool:
            if (len(parts[-1]) + 1) * len(each["ids"]) > tokens and parts[-1]:
                parts.append([])
            parts[-1].append(each)
        sampler.seed.shuffle(parts)
        yield from map(collate, parts)


def collate(part: Sequence[Mapping[str, Sequence[float]]]) -> dict[str, Tensor]:
    """Pad the vectors of *part* into matrices."""
    length = max(len(each["ids"]) for each in part)
    out: dict[str, Tensor] = {}
    for name in part[0]:
        table = np.zeros((len(part), length), np.float32 if name == "weights" else np.int64)
        for row, each in zip(table, part, strict=True):
            row[: len(each[name])] = each[name]
        out[name] = torch.from_numpy(table)
    out["mask"] = torch.arange(length)[None] < torch.tensor([len(each["ids"]) for each in part])[:, None]
    return out


def start(data: Path, recipe: Mapping[str, Any], before: Path | None = None) -> tuple[Comparer, dict[str, int]]:
    """Return the network before its training, and the vocabulary; its upper layers are those of *before*, if given."""
    torch.manual_seed(recipe["seed"])
    weights = make_starting_weights(data / recipe["start"])
    if before is not None:
        weights |= graph.read_graph_weights((before / model_files.MODEL).read_bytes())
    net = Comparer(weights, recipe["frozen_layers"], COLUMNS)
    vocabulary = json.loads((data / recipe["vocabulary"]).read_text("utf-8"))["model"]["vocab"]
    return net, vocabulary


def make(
    data: Path,
    out: Path,
    recipe: Mapping[str, Any],
    *,
    steps: int | None = None,
    training: bool = True,
    before: Path | None = None,
) -> None:
    """Train, or go on where *out* stopped; export; tune on repositories that training never saw; write the card.

    Args:
        steps: train for so many, not for the recipe's minutes. training: if not, export what *out* has reached.
        before: a folder with a model that this made, to start from; the recipe's own start otherwise.
    """
    out.mkdir(parents=True, exist_ok=True)
    net, vocabulary = start(data, recipe, before)
    if training:
        train(net, Sampler(load(data, recipe), recipe["mix"], recipe["seed"]), vocabulary, recipe, out, steps)
    state = torch.load(out / checkpoint.STATE, weights_only=True)
    net.load_state_dict({**state["net"], **state["average"]})
    _, upper = graph.split(graph.quantise(graph.make_graph(net.exported(), ("shape",), hidden=False)), SHARED_LAYERS)
    (out / model_files.MODEL).write_bytes(upper)
    digest = hashlib.sha256(upper).hexdigest()
    card = {"id": f"stilted-slips-1-{digest[:8]}", "sha256": {model_files.MODEL: digest}, **ABOUT}
    card["training"] = {
        "steps": int(state["step"]),
        "seconds": round(float(state["seconds"])),
        **({} if before is None else _describe_earlier(before)),
        "recipe": dict(recipe),
    }
    shipped = model_files.FILES.path
    try:
        _look_in(out)
        tuned = tune.find_decoding(tune.read_sentences(data, recipe, MOST, permissive=True))
        unseen = tune.measure_figures(tune.read_sentences(data, recipe, MOST, permissive=False), tuned)
    finally:
        _look_in(shipped)
    text = json.dumps({**card, "decoding": tuned, "figures": {"note": FIGURES, **unseen}}, indent=1, ensure_ascii=False)
    (out / CARD).write_text(text + "\n", "utf-8")


def _describe_earlier(before: Path) -> dict[str, Any]:
    """Return what the card says of the model that training started from."""
    card = json.loads((before / CARD).read_text("utf-8"))
    return {"from": card["id"], "steps before": card["training"]["steps"]}


def _look_in(folder: Path) -> None:
    model_files.FILES.look_in(folder)
    inference.forget()


def train(
    net: Comparer,
    sampler: Sampler,
    vocabulary: Mapping[str, int],
    recipe: Mapping[str, Any],
    folder: Path,
    steps: int | None = None,
) -> None:
    """Train for ``recipe["minutes"]`` or so many *steps*; the folder keeps log and state."""
    optimiser = checkpoint.make_optimiser(net, recipe["rate"])
    rates = [group["lr"] for group in optimiser.param_groups]
    average = checkpoint.make_average(net)
    step, before = checkpoint.resume(folder, net, optimiser, average)
    began = saved = time.monotonic()
    seen: dict[str, list[float]] = defaultdict(list)
    seconds = 60 * recipe["minutes"]
    net.train()
    for batch in make_batches(sampler, vocabulary, recipe["tokens"]):
        now = before + time.monotonic() - began
        if now >= seconds or (steps is not None and step >= steps):
            break
        step += 1
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, step / recipe["warm_up"]) * max(_FLOOR, 1 - now / seconds)
        with torch.autocast("cpu", torch.bfloat16):
            logits = net(batch)
        each = functional.cross_entropy(logits.transpose(1, 2), batch["labels"], reduction="none")
        loss = (each * batch["weights"]).sum() / batch["weights"].sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        checkpoint.follow(average, net, min(_AVERAGE, (step + 5) / (step + 100)))
        _watch(seen, logits.detach(), batch, float(loss.detach()))
        if step % _LOG_STEPS == 0:
            checkpoint.log(folder, step, now, seen)
        if time.monotonic() - saved > _SAVE_SECONDS:
            saved = time.monotonic()
            checkpoint.save(folder, net, optimiser, average, step, now)
    checkpoint.save(folder, net, optimiser, average, step, before + time.monotonic() - began)


def _watch(seen: dict[str, list[float]], logits: Tensor, batch: Mapping[str, Tensor], loss: float) -> None:
    real = batch["weights"] > 0
    sure = logits.softmax(-1)[..., 0] < 0.5
    wrong = (batch["labels"] > 0) & real
    seen["loss"].append(loss)
    seen["sentences"].append(len(logits))
    seen["recall"].append(float((sure & wrong).sum() / wrong.sum().clamp(min=1)))
    if (sure & real).any():
        seen["precision"].append(float((sure & wrong).sum() / (sure & real).sum()))
