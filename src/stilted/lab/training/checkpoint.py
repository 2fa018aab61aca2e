"""What runs of training share beside learning itself: the optimiser, a moving average, a state to go on from, a log."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

STATE, LOG = "state.pt", "log.jsonl"
HEAD_RATE: Final = 10
"""The head is new and learns this many times faster."""


def make_optimiser(net: nn.Module, rate: float) -> torch.optim.Optimizer:
    """Return AdamW over what *net* may learn: weights decay, biases and norms do not, the head learns faster."""
    head = [value for name, value in net.named_parameters() if name.startswith("head")]
    own = [value for name, value in net.named_parameters() if value.requires_grad and not name.startswith("head")]
    groups: list[dict[str, Any]] = [
        {"params": [value for value in own if value.ndim > 1], "lr": rate, "weight_decay": 0.01},
        {"params": [value for value in own if value.ndim == 1], "lr": rate, "weight_decay": 0.0},
        {"params": head, "lr": rate * HEAD_RATE, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def make_average(net: nn.Module) -> dict[str, Tensor]:
    """Return a copy of what *net* may learn, for `follow` to keep up."""
    return {name: value.detach().clone() for name, value in net.named_parameters() if value.requires_grad}


def follow(average: Mapping[str, Tensor], net: nn.Module, decay: float) -> None:
    """Move the *average* of the weights towards those of *net*, keeping the share *decay* of it."""
    own = dict(net.named_parameters())
    with torch.no_grad():
        for name, value in average.items():
            value.lerp_(own[name].detach(), 1 - decay)


def save(
    folder: Path,
    net: nn.Module,
    optimiser: torch.optim.Optimizer,
    average: Mapping[str, Tensor],
    step: int,
    seconds: float,
) -> None:
    """Write the state of a run into *folder*, whole or not at all."""
    part = folder / f"{STATE}.part"
    state = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": dict(average)}
    torch.save({**state, "step": step, "seconds": seconds}, part)
    os.replace(part, folder / STATE)


def resume(
    folder: Path, net: nn.Module, optimiser: torch.optim.Optimizer, average: Mapping[str, Tensor]
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


def log(folder: Path, step: int, seconds: float, seen: dict[str, list[float]]) -> None:
    """Append the means of what was *seen* since the last entry to the log in *folder*, and forget it."""
    means = {name: round(float(np.mean(values)), 4) for name, values in sorted(seen.items())}
    with (folder / LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"step": step, "seconds": round(seconds), **means}) + "\n")
    seen.clear()
