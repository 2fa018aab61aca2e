"""One run of training: logged, saved every few minutes, and taken up again where it stopped."""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from stilted.lab.training.adequacy.examples import COLUMN, Example, Sampler, batches, collate, labels
from stilted.lab.training.adequacy.net import Comparer
from stilted.rules.tagger.adequacy.inference import ADDED, CONTRADICTION

STATE, LOG = "state.pt", "log.jsonl"
HEAD_RATE: Final = 10
"""The head is new and learns this many times faster."""

_PIECES: Final = 0.7
"""Weight of what is said of pieces beside what is said of pairs."""

_SUSPECT: Final = 0.95
_DISTRUST: Final = 0.1
_SAVE_SECONDS: Final = 200
_LOG_STEPS: Final = 100
_FLOOR: Final = 0.05
_FOLLOW_STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class Length:
    """How long a run is: so many steps, or so many seconds, whichever comes first."""

    steps: int | None = None
    seconds: float | None = None

    def done(self, step: int, seconds: float) -> float:
        """Return the share that is done."""
        shares = [step / self.steps] if self.steps else []
        return max([*shares, seconds / self.seconds] if self.seconds else shares)


def train(
    net: Comparer, sampler: Sampler, recipe: Mapping[str, Any], folder: Path, length: Length
) -> dict[str, Tensor]:
    """Train *net* and return the moving average of its weights; ``folder`` keeps the state and the log."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(recipe["seed"])
    net.to(device).train()
    optimiser = _optimiser(net, recipe["rate"])
    rates = [group["lr"] for group in optimiser.param_groups]
    average = {name: value.detach().clone() for name, value in net.named_parameters() if value.requires_grad}
    step, before = _resume(folder, net, optimiser, average)
    began = saved = time.monotonic()
    seen: dict[str, list[float]] = defaultdict(list)
    sampler.step = step
    stream = batches(sampler, recipe["tokens"])
    while (done := length.done(step, before + time.monotonic() - began)) < 1:
        step += 1
        sampler.step = step
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, step / recipe["warm_up"]) * max(_FLOOR, 1 - done)
        batch = next(stream)
        loss = _loss(net, batch, device, seen, trusting=step <= recipe["trust_until"])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        if step % _FOLLOW_STEPS == 0:
            _follow(average, net, min(recipe["average"], (step + 5) / (step + 100)))
        if step % _LOG_STEPS == 0:
            _log(folder, step, before + time.monotonic() - began, seen)
        if time.monotonic() - saved > _SAVE_SECONDS:
            saved = time.monotonic()
            _save(folder, net, optimiser, average, step, before + saved - began)
    _save(folder, net, optimiser, average, step, before + time.monotonic() - began)
    return {**{name: value.detach() for name, value in net.state_dict().items()}, **average}


def _loss(
    net: Comparer, batch: list[Example], device: torch.device, seen: dict[str, list[float]], *, trusting: bool
) -> Tensor:
    inputs = {name: value.to(device) for name, value in collate([each.inputs for each in batch]).items()}
    faults, known, pieces, weights = (each.to(device) for each in labels(batch))
    with torch.autocast(device.type, torch.bfloat16):
        logits = net(inputs)
    pair, each_piece = logits[:, 0, : CONTRADICTION + 1], logits[:, :, ADDED:]
    if not trusting:  # a pair that should be true but looks all wrong probably is wrong
        sure = pair.detach().sigmoid().max(1).values > _SUSPECT
        true = torch.tensor([example.kind == "none" for example in batch], device=device)
        trust = torch.where(true & sure, _DISTRUST, 1.0)
        known, weights = known * trust[:, None], weights * trust[:, None, None]
    of_pairs = functional.binary_cross_entropy_with_logits(pair, faults, known, reduction="sum") / known.sum()
    of_pieces = (
        functional.binary_cross_entropy_with_logits(each_piece, pieces, weights, reduction="sum") / weights.sum()
    )
    for example, chances in zip(batch, pair.detach().sigmoid().cpu(), strict=True):
        column = COLUMN.get(example.kind)
        seen[example.kind].append(float((chances.max() if column is None else chances[column]) > 0.5))
    seen["pair loss"].append(float(of_pairs.detach()))
    seen["piece loss"].append(float(of_pieces.detach()))
    return of_pairs + _PIECES * of_pieces


def _optimiser(net: Comparer, rate: float) -> torch.optim.Optimizer:
    head = list(net.head.parameters())
    ours = [
        (name, value) for name, value in net.named_parameters() if value.requires_grad and not name.startswith("head")
    ]
    groups: list[dict[str, Any]] = [
        {"params": [value for _, value in ours if value.ndim > 1], "lr": rate, "weight_decay": 0.01},
        {"params": [value for _, value in ours if value.ndim == 1], "lr": rate, "weight_decay": 0.0},
        {"params": head, "lr": rate * HEAD_RATE, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def _follow(average: dict[str, Tensor], net: Comparer, decay: float) -> None:
    own = dict(net.named_parameters())
    with torch.no_grad():
        for name, value in average.items():
            value.lerp_(own[name].detach(), 1 - decay)


def _save(
    folder: Path, net: Comparer, optimiser: torch.optim.Optimizer, average: dict[str, Tensor], step: int, seconds: float
) -> None:
    state = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average}
    part = folder / f"{STATE}.part"
    torch.save({**state, "step": step, "seconds": seconds}, part)
    os.replace(part, folder / STATE)


def _resume(
    folder: Path, net: Comparer, optimiser: torch.optim.Optimizer, average: dict[str, Tensor]
) -> tuple[int, float]:
    """Take up the state in *folder*, if there is one; return its step and the seconds it took."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / STATE).exists():
        return 0, 0.0
    state = torch.load(folder / STATE, weights_only=True)
    net.load_state_dict(state["net"])
    optimiser.load_state_dict(state["optimiser"])
    for name, value in state["average"].items():
        average[name].copy_(value)
    return int(state["step"]), float(state["seconds"])


def _log(folder: Path, step: int, seconds: float, seen: dict[str, list[float]]) -> None:
    entry = {"step": step, "seconds": round(seconds)}
    means = {name: round(float(np.mean(values)), 4) for name, values in sorted(seen.items())}
    with (folder / LOG).open("a", encoding="utf-8") as log:
        log.write(json.dumps({**entry, **means}) + "\n")
    seen.clear()
