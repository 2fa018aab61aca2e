"""How the model that reads the source is made: faults, labels, and a tiny one from data to card."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.lab.training.__main__ import RECIPE, main, read_recipe
from stilted.lab.training.adequacy import faults
from stilted.lab.training.adequacy.examples import Reader, Texts, make_example
from stilted.rules.tagger.adequacy import model_files
from stilted.rules.tagger.adequacy.decide import PROSE, TECHNICAL
from stilted.rules.tagger.adequacy.denial import EVIDENCE
from stilted.rules.tagger.adequacy.inference import ADDITION, CONTRADICTION, OMISSION, TRANSLATION, UNRELATED
from stilted.rules.tagger.model_folder import CARD
from training_data import random_weights, write_lines

READER = Reader(model_files.read_vocabulary(), 120)


# --- faults ---------------------------------------------------------------------------------------------


def every_negation(text: str) -> set[str]:
    drawn = (faults.negate(text, random.Random(seed), plainly=True) for seed in range(30))
    return {changed.text for changed in drawn if changed is not None}


def test_not_is_put_in_and_taken_out() -> None:
    assert every_negation("The file is open.") == {"The file is not open."}
    assert "Do not delete the file." in every_negation("Delete the file.")
    assert every_negation("Do not delete the file.") == {"Delete the file."}
    assert "You can leave." in every_negation("You can't leave.")
    affirmed = faults.affirm("No file is open.", random.Random(1))
    assert affirmed is not None
    assert affirmed.text == "File is open."
    assert faults.affirm("A file is open.", random.Random(1)) is None
    assert every_negation("A red house.") == set()


def test_the_stretch_that_changed_is_told() -> None:
    for seed in range(20):
        changed = faults.negate("You can open it before noon.", random.Random(seed))
        assert changed is not None
        assert changed.text[changed.start : changed.end] != "You can open it before noon."[changed.start : changed.end]


def test_figures_in_placeholders_stay() -> None:
    assert faults.change_figure("Open {0} and %1$s", random.Random(1)) is None
    changed = faults.change_figure("Open 12 files", random.Random(1))
    assert changed is not None
    assert changed.text != "Open 12 files"


@given(st.integers(0, 500))
def test_a_cut_keeps_words_of_the_text(seed: int) -> None:
    text = "The first of the many words that stand in this sentence is not the last one."
    rest = faults.cut(text, random.Random(seed), 0.3, 0.6)
    assert rest is not None
    assert set(rest.lower().rstrip(".").split()) <= set(text.lower().rstrip(".").split())
    assert len(rest.split()) < len(text.split())


# --- labels ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "column"),
    [("unrelated", UNRELATED), ("cut", OMISSION), ("added", ADDITION), ("negated", CONTRADICTION)],
)
def test_a_fault_sets_its_own_column(fault: str, column: int) -> None:
    made = make_example(Texts("Datei speichern und schließen", "Save and close the file"), fault, READER)
    assert made is not None
    assert np.flatnonzero(made.faults).tolist() == [column]
    unknown = 3 if fault == "unrelated" else 0
    assert (made.known == 0).sum() == unknown


def test_words_that_were_added_are_labelled() -> None:
    target = "Save the file. Eat some bread."
    made = make_example(Texts("Datei speichern.", target, extra=(15, len(target))), "added", READER)
    assert made is not None
    extra = [
        target[piece.start : piece.end]
        for piece, label in zip(made.inputs.target, made.words[0, 1:], strict=False)
        if label
    ]
    assert "".join(extra).replace(" ", "") == "Eatsomebread."
    assert made.weights[0].sum() == sum(side == TRANSLATION for side in made.inputs.types)


# --- from data to card ----------------------------------------------------------------------------------


WIDTH, LAYERS, PIECES = 24, 3, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.ßöüä"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a folder of data in miniature, and return it."""
    tmp_path = tmp_path_factory.mktemp("adequacy")
    verbs, things = ("open", "close", "save", "print"), ("the red file", "a green window", "some old books")
    german = {"open": "öffne", "close": "schließe", "save": "sichere", "print": "drucke"}
    nouns = {things[0]: "die rote Datei", things[1]: "ein grünes Fenster", things[2]: "alte Bücher"}
    rows = [
        {
            "lang": "de", "kind": kind, "repo": home, "path": f"{kind}.json", "licence": "MIT",
            "source": f"{german[verb]} {nouns[thing]} {german[verb]} {name}",
            "target": f"{verb} {thing} and {verb} the {name} {kind} of {home[0]}",
        }
        for home, kind, verb, thing, name in product(
            ("a/seen", "b/held"), ("ui", "docs"), verbs, things, ("page", "line", "word")
        )
    ]  # fmt: skip
    write_lines(tmp_path / "bilingual/pairs.jsonl.gz", rows)
    news = {
        "set": "news20", "doc": "d", "seg": "1", "system": "s", "human": False, "source": "alle sagen das ja heute",
        "target": "all of them say so today", "refs": [], "raters": [{"rater": "r", "spans": [], "missing": []}],
    }  # fmt: skip
    write_lines(tmp_path / "train/news.gz", [news] * 3)
    (tmp_path / "model").mkdir()
    np.savez(tmp_path / "model/start.npz", **random_weights(4 + 2 * len(PIECES) + 1, WIDTH, LAYERS, {}))
    vocabulary = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -3.0)]
    vocabulary += [(f"{mark}{char}", -4.0) for mark in ("", "▁") for char in PIECES]
    (tmp_path / "model/tok.json").write_text(json.dumps({"model": {"vocab": vocabulary}}), "utf-8")
    recipe = read_recipe(RECIPE)["adequacy"]
    recipe |= {
        "pairs": "bilingual/pairs.jsonl.gz",
        "news": ["train/news.gz"],
        "held_out_news": [],
        "start": "model/start.npz",
    }
    recipe |= {"tokenizer": "model/tok.json", "held_out": ["b/held"], "layers": [0, 2], "frozen_layers": 1}
    lines = [f"{key} = {_toml(value)}" for key, value in recipe.items()]
    (tmp_path / "recipe.toml").write_text("[adequacy]\n" + "\n".join(lines) + "\n", "utf-8")
    return tmp_path


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value)


def train(data: Path, out: str, steps: str, *more: str) -> dict[str, Any]:
    main(["adequacy", str(data), str(data / out), "--recipe", str(data / "recipe.toml"), "--steps", steps, *more])
    card: dict[str, Any] = json.loads((data / out / CARD).read_text("utf-8"))
    return card


@pytest.fixture(scope="module")
def finished(data: Path) -> list[dict[str, Any]]:
    """Return the cards of a run in the folder ``out``: stopped after six steps, and gone on with to ten."""
    return [train(data, "out", steps) for steps in ("6", "10")]


@pytest.mark.long
def test_ten_steps_go_from_data_to_card_and_can_be_taken_up_again(finished: list[dict[str, Any]]) -> None:
    first, card = deepcopy(finished)
    assert (first["training"]["steps"], card["training"]["steps"]) == (6, 10)
    assert first["sha256"] != card["sha256"]
    assert set(card["decoding"]) == {PROSE, TECHNICAL}
    for own in card["decoding"].values():
        assert set(own) == {"omission", "unrelated", "addition", "contradiction"}
        assert set(own["contradiction"]) == set(EVIDENCE)
        points = [*own.pop("contradiction").values(), *own.values()]
        assert all(each["low"] >= each["medium"] >= each["high"] for each in points)
    assert card["figures"]["medium"]["ui de"]["true pairs"] > 0
    assert card["recipe"]["held_out"] == ["b/held"]
    assert model_files.FILES.find_fault() is None
    assert model_files.FILES.read_card()["id"] != card["id"]  # the rules go on reading the model that ships


@pytest.mark.long
def test_a_run_starts_from_a_finished_model(data: Path, finished: list[dict[str, Any]]) -> None:
    before, after = finished[-1], train(data, "second", "6", "--from", str(data / "out"))
    assert after["training"]["from"] == before["id"] != after["id"]
    assert after["training"]["steps"] == 16
    assert after["sha256"][model_files.VOCABULARY] == before["sha256"][model_files.VOCABULARY]


def test_only_a_model_that_can_be_gone_on_with_is_taken(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["wording", str(tmp_path), str(tmp_path), "--from", str(tmp_path)])
    assert "--from: the wording model cannot" in capsys.readouterr().err
