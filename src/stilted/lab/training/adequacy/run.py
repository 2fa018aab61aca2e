"""One run of training: logged, saved every few minutes, and taken up again where it stopped."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from stilted.lab.training import checkpoint
from stilted.lab.training.adequacy.examples import COLUMN, Example, Sampler, collate, make_batches, make_labels
from stilted.lab.training.adequacy.net import Comparer
from stilted.rules.tagger.adequacy.inference import ADDED, CONTRADICTION

_PIECES: Final = 0.7
"""Weight of what is said of pieces beside what is said of pairs."""

_SUSPECT: Final = 0.95
_DISTRUST: Final = 0.25
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
    net: Comparer, sampler: Sampler, recipe: Mapping[str, Any], folder: Path, length: Length, earlier: int = 0
) -> dict[str, Tensor]:
    """Train *net* and return the moving average of its weights; ``folder`` keeps the state and the log.

    Args:
        earlier: steps that *net* was trained for before this run: what is easy at first is over then.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(recipe["seed"])
    net.to(device).train()
    optimiser = checkpoint.make_optimiser(net, recipe["rate"])
    rates = [group["lr"] for group in optimiser.param_groups]
    average = checkpoint.make_average(net)
    step, before = checkpoint.resume(folder, net, optimiser, average)
    began = saved = time.monotonic()
    seen: dict[str, list[float]] = defaultdict(list)
    sampler.step = earlier + step
    stream = make_batches(sampler, recipe["tokens"])
    while (done := length.done(step, before + time.monotonic() - began)) < 1:
        step += 1
        sampler.step = earlier + step
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, step / recipe["warm_up"]) * max(_FLOOR, 1 - done)
        batch = next(stream)
        loss = _compute_loss(net, batch, device, seen, trusting=sampler.step <= recipe["trust_until"])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        if step % _FOLLOW_STEPS == 0:
            checkpoint.follow(average, net, min(recipe["average"], (step + 5) / (step + 100)))
        if step % _LOG_STEPS == 0:
            checkpoint.log(folder, step, before + time.monotonic() - began, seen)
        if time.monotonic() - saved > _SAVE_SECONDS:
            saved = time.monotonic()
            checkpoint.save(folder, net, optimiser, average, step, before + saved - began)
    checkpoint.save(folder, net, optimiser, average, step, before + time.monotonic() - began)
    return {**{name: value.detach() for name, value in net.state_dict().items()}, **average}


def _compute_loss(
    net: Comparer, batch: list[Example], device: torch.device, seen: dict[str, list[float]], *, trusting: bool
) -> Tensor:
    inputs = {name: value.to(device) for name, value in collate([each.inputs for each in batch]).items()}
    faults, known, pieces, weights = (each.to(device) for each in make_labels(batch))
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
