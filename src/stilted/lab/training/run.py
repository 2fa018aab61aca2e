"""Train the tagger: ``python -m stilted.lab.training.run DATA_DIR --encoder MINILM_DIR --out DIR``.

One leg of training is a thousand steps or fewer of 32 translations, about 2 s each on one core; more passes
over so few sources overfit. A leg can start from another's checkpoint. ``--export DIR`` writes the model, its
thresholds and its card from a finished checkpoint. Seeds are fixed; one thread gives the same bytes again.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from stilted.lab.training import card, data
from stilted.lab.training.data import Item
from stilted.lab.training.net import Tagger, collate, losses, window

SOURCES: Final = 4
HEAD_RATE: Final = 10
"""New weights learn this many times faster than the encoder's."""

_WARM_UP: Final = 60
_EVERY: Final = 100


def main(argv: Sequence[str] | None = None) -> None:
    """Run one leg, or export."""
    parser = argparse.ArgumentParser(prog="python -m stilted.lab.training.run", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with wmt21-news, wmt21-ted and bio-mqm")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True, help="checkpoints and log")
    parser.add_argument("--init", type=Path, help="checkpoint to go on from")
    parser.add_argument("--steps", type=int, default=900)
    parser.add_argument("--rate", type=float, default=1e-4, help="learning rate of the encoder")
    parser.add_argument("--sharing", type=float, default=0.7, help="weight of other translations' labels")
    parser.add_argument("--bio", type=float, default=0.3, help="share of the medical groups in a pass")
    parser.add_argument("--native", type=Path, help="native English, a paragraph a line: nothing to mark in it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--export", type=Path, help="write the model of --init (one or more, averaged) here")
    parser.add_argument("--average", type=Path, nargs="*", default=[], help="more checkpoints for --export")
    chosen = parser.parse_args(argv)
    train_rows, development = data.load(chosen.data)
    if chosen.export:
        weights = averaged([chosen.init, *chosen.average])
        used = ", ".join(path.parent.name for path in (chosen.init, *chosen.average))
        command = f"{card.TRAINING} Exported: the mean of {used}."
        quiet = data.native(chosen.native)[1] if chosen.native else []
        card.export(development, weights, chosen.encoder / "vocab.txt", chosen.export, command, quiet)
        return
    vocabulary = {p: i for i, p in enumerate((chosen.encoder / "vocab.txt").read_text("utf-8").split("\n")) if p}
    found = data.items(train_rows, vocabulary, chosen.sharing)
    if chosen.native:
        texts = data.native(chosen.native)[0]
        found += data.negatives(texts, train_rows, vocabulary, random.Random(chosen.seed))
    leg(found, vocabulary, chosen)


def averaged(paths: Sequence[Path]) -> dict[str, np.ndarray]:
    """Return the mean weights of checkpoints of one lineage, without what only training needs."""
    states = [torch.load(path, weights_only=True) for path in paths]
    return {
        name: torch.stack([state[name].float() for state in states]).mean(0).numpy()
        for name in states[0]
        if not name.startswith("rater.")
    }


def leg(found: Sequence[Item], vocabulary: dict[str, int], chosen: argparse.Namespace) -> None:
    """Train for ``chosen.steps`` and save the moving average of the weights every hundred steps."""
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(chosen.seed)
    seed = random.Random(chosen.seed)
    raters = {name: i for i, name in enumerate(sorted({data.rater(item.row) for item in found}))}
    net = Tagger(chosen.encoder, len(raters))
    if chosen.init:
        state = torch.load(chosen.init, weights_only=True)
        same = state["rater.weight"].shape == net.rater.weight.shape
        net.load_state_dict({k: v for k, v in state.items() if same or k != "rater.weight"}, strict=False)
    optimiser, rates = _optimiser(net, chosen.rate)
    mean = {k: v.detach().clone() for k, v in net.state_dict().items()}
    chosen.out.mkdir(parents=True, exist_ok=True)
    seen: dict[str, float] = defaultdict(float)
    began = time.monotonic()
    stream = _stream(found, chosen, seed)
    for step in range(1, chosen.steps + 1):
        mode, items, groups = next(stream)
        batch = collate([window(i, seed.choice(i.references) if mode else None, vocabulary) for i in items])
        of = torch.tensor([raters[data.rater(item.row)] for item in items])
        share = min(1.0, step / _WARM_UP) * (1 - 0.9 * max(0.0, 2 * step / chosen.steps - 1))
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * share
        net.train()
        loss, each = losses(net, batch, items, groups, of, reference=mode)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        _follow(mean, net, min(0.99, (step + 1) / (step + 10)))
        for name, value in each.items():
            seen[name] += value / _EVERY
        if step % _EVERY == 0 or step == chosen.steps:
            torch.save(mean, chosen.out / f"mean.{step}.pt")
            _log(chosen.out, {"step": step, "seconds": round(time.monotonic() - began), **seen})
            seen.clear()


def _stream(
    found: Sequence[Item], chosen: argparse.Namespace, seed: random.Random
) -> Iterator[tuple[bool, list[Item], Tensor]]:
    """Yield batches without end; an item without a reference is left out where one is wanted."""
    while True:
        for mode, parts in data.batches(found, sources=SOURCES, bio=chosen.bio, seed=seed):
            kept = [(i, item) for i, part in enumerate(parts) for item in part if item.references or not mode]
            if len(kept) >= SOURCES:
                yield mode, [item for _, item in kept], torch.tensor([i for i, _ in kept])


def _optimiser(net: Tagger, rate: float) -> tuple[torch.optim.Optimizer, list[float]]:
    new: list[nn.Parameter] = []
    matrices: list[nn.Parameter] = []
    vectors: list[nn.Parameter] = []
    for name, weight in net.named_parameters():
        if weight.requires_grad:
            kind = new if not name.startswith("bert.") else matrices if weight.ndim > 1 else vectors
            kind.append(weight)
    groups: list[dict[str, Any]] = [
        {"params": matrices, "lr": rate, "weight_decay": 0.01},
        {"params": vectors, "lr": rate, "weight_decay": 0.0},
        {"params": new, "lr": rate * HEAD_RATE, "weight_decay": 0.01},
    ]
    return torch.optim.AdamW(groups), [g["lr"] for g in groups]


def _follow(mean: dict[str, Tensor], net: Tagger, decay: float) -> None:
    """Move the average of the weights a little towards the present ones."""
    with torch.no_grad():
        for name, value in net.state_dict().items():
            if value.dtype.is_floating_point:
                mean[name].mul_(decay).add_(value, alpha=1 - decay)


def _log(folder: Path, entry: dict[str, Any]) -> None:
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps({k: round(v, 4) for k, v in entry.items()}) + "\n")


if __name__ == "__main__":
    main()
