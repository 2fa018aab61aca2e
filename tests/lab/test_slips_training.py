"""How the reader of slips is made: labels from edits, faults made on purpose, and a model from data to card."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.lab.training.__main__ import RECIPE, main, read_recipe
from stilted.lab.training.slips import edits, faults
from stilted.lab.training.slips.edits import Edit
from stilted.rules.tagger import model_files
from stilted.rules.tagger.features import split_words
from stilted.rules.tagger.masking import blank_code
from stilted.rules.tagger.slips.inference import KEEP, NEEDS_A, NEEDS_THE, NEEDS_WORD, REPLACE
from training_data import random_weights, write_lines

WIDTH, LAYERS = 384, 3


def edit(before: str, after: str, *changes: dict[str, Any], taste: bool = False) -> Edit:
    spans = tuple((change["s"], change["e"]) for change in changes)
    return Edit("a/b", before, after, changes, spans, (), taste)


def inserted(text: str, at: str, new: str) -> dict[str, Any]:
    gap = text.index(at)
    return {"s": gap - 2, "e": gap + 2, "t": "ins", "old": "", "new": new, "gap": gap}


def replaced(text: str, old: str, new: str) -> dict[str, Any]:
    start = text.index(old)
    return {"s": start, "e": start + len(old), "t": "rep" if new else "del", "old": old, "new": new}


# --- labels ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("new", "column"), [("the", NEEDS_THE), ("an", NEEDS_A), ("a", NEEDS_A), ("to", NEEDS_WORD)])
def test_the_word_after_a_gap_is_labelled(new: str, column: int) -> None:
    text = "Open window and look."
    labelled = edits.label(edit(text, "", inserted(text, "window", new)))
    assert labelled.labels == (KEEP, column, KEEP, KEEP, KEEP)


def test_words_that_go_or_change_are_labelled_and_taste_weighs_less() -> None:
    text = "It allow to to look."
    labelled = edits.label(edit(text, "", replaced(text, "allow", "allows"), taste=True))
    assert labelled.labels == (KEEP, REPLACE, KEEP, KEEP, KEEP, KEEP)
    assert labelled.weights[1] < labelled.weights[0]


@pytest.mark.parametrize(
    ("licence", "permissive"),
    [("MIT", True), ("Apache-2.0+CC0", True), ("GPL", False), ("MIT+GPL", False), ("not stated", False)],
)
def test_only_permissive_texts_teach(licence: str, permissive: bool) -> None:
    assert edits.is_permissive(licence) is permissive


# --- faults ---------------------------------------------------------------------------------------------


def mended(before: str, old: str, new: str) -> Edit:
    return edit(before, before.replace(old, new), replaced(before, old, new))


KINDS = faults.learn([mended("It depends of it.", "of", "on")] * 2 + [mended("We see you.", "We", "You")] * 3)


def test_what_editors_replaced_is_learned_and_taste_is_not() -> None:
    assert {new: dict(olds) for new, olds in KINDS.replaced.items()} == {("on",): {("of",): 2}}


@given(st.integers(0, 2000))
def test_a_spoilt_sentence_has_a_label_for_each_word(seed: int) -> None:
    text = "The plugin depends on the files that were saved in a folder, and it reads them."
    spoilt = faults.spoil(text, KINDS, random.Random(seed))
    assert len(spoilt.labels) == len(spoilt.weights) == len(split_words(blank_code(spoilt.text)))
    assert (spoilt.text == text) == (set(spoilt.labels) == {KEEP})


# --- from data to card ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("slips")
    before = "It open {} now."
    rows = []
    for repository, licence in (("a/seen", "MIT"), ("b/held", "MIT"), ("c/other", "GPL")):
        for thing in ("files", "windows", "books", "doors"):
            text = before.format(thing)
            rows.append({
                "repo": repository, "licence": licence, "before": text, "after": text.replace("open", "opens"),
                "edits": [replaced(text, "open", "opens")], "spans": [[3, 7]], "minor": [], "cls": "grammar",
                "text": f"They open {thing} today.", "kind": "docs", "target": f"You open {thing} in the window.",
            })  # fmt: skip
    for name in ("pairs", "alone", "clean"):
        write_lines(tmp_path / f"{name}.gz", rows)
    head = {"lens.weight": (1, WIDTH), "head.weight": (5, WIDTH), "head.bias": (5,)}
    # of the shipped width, since the shipped lower layers are read below them
    start = random_weights(len(model_files.read_vocabulary()), WIDTH, LAYERS, head, spread=0.02)
    np.savez(tmp_path / "start.npz", allow_pickle=False, **start)
    (tmp_path / "tok.json").write_text(json.dumps({"model": {"vocab": model_files.read_vocabulary()}}), "utf-8")
    recipe = read_recipe(RECIPE)["slips"]
    recipe |= {"start": "start.npz", "vocabulary": "tok.json", "pairs": "pairs.gz", "left_alone": "alone.gz"}
    recipe |= {"clean": "clean.gz", "tokens": 60}
    recipe["development"] = next(
        share / 100
        for share in range(1, 100)
        if edits.is_development("a/seen", share / 100) != edits.is_development("b/held", share / 100)
    )
    lines = [f"{key} = {_toml(value)}" for key, value in recipe.items()]
    (tmp_path / "recipe.toml").write_text("[slips]\n" + "\n".join(lines) + "\n", "utf-8")
    return tmp_path


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(each)}" for key, each in value.items()) + " }"
    return json.dumps(value)


@pytest.fixture(scope="module")
def finished(data: Path) -> Path:
    """Return the folder of a run of ten steps that stopped after six."""
    for steps in ("6", "10"):
        train(data, "out", steps)
    return data / "out"


def train(data: Path, out: str, steps: str, *more: str) -> None:
    main(["slips", str(data), str(data / out), "--recipe", str(data / "recipe.toml"), "--steps", steps, *more])


@pytest.mark.long
def test_ten_steps_lead_from_data_to_card_and_go_on_where_they_stopped(finished: Path) -> None:
    card = json.loads((finished / "model.json").read_text("utf-8"))
    assert card["training"]["steps"] == 10
    assert set(card["decoding"]["points"]) == {"low", "medium", "high"}
    assert {"note", "low", "medium", "high"} <= card["figures"].keys()


@pytest.mark.long
def test_a_run_starts_from_a_finished_model(data: Path, finished: Path) -> None:
    train(data, "second", "5", "--from", str(finished))
    before, after = (json.loads((out / "model.json").read_text("utf-8")) for out in (finished, data / "second"))
    assert after["training"]["from"] == before["id"] != after["id"]
    assert (after["training"]["steps before"], after["training"]["steps"]) == (10, 5)
