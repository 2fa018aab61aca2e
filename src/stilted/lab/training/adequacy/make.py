"""From a folder of data to the model, its pieces and its card."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import torch

from stilted.lab.training.adequacy import pairs, tune, vocabulary
from stilted.lab.training.adequacy.card import ABOUT
from stilted.lab.training.adequacy.examples import Sampler
from stilted.lab.training.adequacy.net import Comparer, make_starting_weights, read_weights
from stilted.lab.training.adequacy.pairs import Pairs
from stilted.lab.training.adequacy.run import Length, train
from stilted.lab.training.checkpoint import STATE
from stilted.lab.training.graph import make_graph, quantise, read_graph_weights
from stilted.rules.tagger.adequacy import inference, model_files
from stilted.rules.tagger.adequacy.unigram import Vocabulary
from stilted.rules.tagger.model_folder import CARD

EACH, SPOILT = 2500, 200
"""True pairs of a kind and a language that thresholds are tuned on, and how many of them are spoilt as well."""

POINTS: Final = ("low", "medium")
"""The sensitivities whose figures the card gives."""


def make(
    data: Path,
    out: Path,
    recipe: Mapping[str, Any],
    *,
    steps: int | None = None,
    training: bool = True,
    before: Path | None = None,
) -> None:
    """Train, or go on where *out* stopped; export; tune on held-out repositories; write the card.

    Args:
        steps: train for so many, not for the recipe's minutes. training: if not, export what *out* has reached.
        before: a folder with a model that this made, to start from; the recipe's own start otherwise.
    """
    out.mkdir(parents=True, exist_ok=True)
    known, held = pairs.load(data, recipe)
    if before is None:
        net, pieces = start(data, out, recipe, (known, held))
        earlier = 0
    else:
        net, pieces, earlier = go_on(before, out, recipe)
    if training:
        length = Length(steps, None if steps else 60 * recipe["minutes"])
        train(net, Sampler(known, pieces, recipe, recipe["seed"]), recipe, out, length, earlier)
    state = torch.load(out / STATE, weights_only=True, map_location="cpu")
    net.load_state_dict({**state["net"], **state["average"]})
    took = {"steps": earlier + int(state["step"]), "seconds": round(float(state["seconds"]))}
    export(net, out, took if before is None else took | {"from": _read_card(before)["id"]})
    with use_files(out):
        describe(held, out, recipe)


def start(data: Path, out: Path, recipe: Mapping[str, Any], sides: tuple[Pairs, Pairs]) -> tuple[Comparer, Vocabulary]:
    """Write the pieces that the texts need into *out*; return the untrained network and the pieces."""
    entries = vocabulary.read_tokenizer(data / recipe["tokenizer"])
    kept = vocabulary.choose_kept(entries, vocabulary.list_texts(sides))
    vocabulary.write([entries[number] for number in kept], out / model_files.VOCABULARY)
    weights = make_starting_weights(read_weights(data / recipe["start"]), kept, recipe["layers"])
    torch.manual_seed(recipe["seed"])
    return Comparer(weights, recipe["frozen_layers"]), Vocabulary.read(out / model_files.VOCABULARY)


def go_on(before: Path, out: Path, recipe: Mapping[str, Any]) -> tuple[Comparer, Vocabulary, int]:
    """Copy the pieces of the model in *before*; return its network, the pieces, and how many steps it was trained."""
    shutil.copyfile(before / model_files.VOCABULARY, out / model_files.VOCABULARY)
    weights = read_graph_weights((before / model_files.MODEL).read_bytes())
    steps = int(_read_card(before)["training"]["steps"])
    return Comparer(weights, recipe["frozen_layers"]), Vocabulary.read(out / model_files.VOCABULARY), steps


def _read_card(folder: Path) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((folder / CARD).read_text("utf-8"))
    return card


def export(net: Comparer, out: Path, training: Mapping[str, int | str]) -> None:
    """Write the int8 graph, and a card that names files and training only."""
    weights = net.exported()
    places = "bert.embeddings.position_embeddings.weight"
    weights[places] = weights[places][: inference.MAX_PIECES]
    model = quantise(make_graph(weights, ("shape",), hidden=False))
    (out / model_files.MODEL).write_bytes(model)
    names = (model_files.MODEL, model_files.VOCABULARY)
    sums = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names}
    _write({"id": f"stilted-adequacy-1-{sums[model_files.MODEL][:8]}", "sha256": sums, "training": dict(training)}, out)


def describe(held: Pairs, out: Path, recipe: Mapping[str, Any]) -> None:
    """Tune thresholds and confidences on held-out pairs and complete the card; reads through the files in *out*."""
    _write(make_card(tune.read_cases(held, random.Random(recipe["seed"]), EACH, SPOILT), recipe), out)


def make_card(cases: Sequence[tune.Case], recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Return the card with thresholds from one part of the held-out cases, and figures from the other."""
    here, there = tune.divide_cases(cases, recipe["tuned_on"])
    tuned = tune.find_decodings(here, recipe["points"])
    figures = {
        "note": "share of spoilt pairs found at each sensitivity, in repositories that neither training nor the"
        " thresholds saw",
        **{point: tune.measure_figures(there, tuned, point) for point in POINTS},
    }
    return {**ABOUT, **model_files.FILES.read_card(), "recipe": dict(recipe), "decoding": tuned, "figures": figures}


def _write(card: Mapping[str, Any], out: Path) -> None:
    (out / CARD).write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


@contextmanager
def use_files(folder: Path) -> Iterator[None]:
    """Let the rules read the model in *folder* for a while."""
    before = model_files.FILES.path
    try:
        _look_in(folder)
        yield
    finally:
        _look_in(before)


def _look_in(folder: Path) -> None:
    model_files.FILES.look_in(folder)
    inference.forget()
