"""The making of the data of grammar and spelling checks, on a page, two tables and sentences written for it."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from stilted.core import packed_lines
from stilted.core.foreign import OBJECT
from stilted.lab.training.grammar import choices, forms, manuals, tagger, words
from stilted.text.parts_of_speech import ADJECTIVE, NOUN, PARTICIPLE, PAST, PLURAL, VERB

PAGE = """<html><head><title>x</title></head><body><h1>The name of the page is skipped here.</h1>
<p>The pump <code>run()</code> is in the list of the pumps.</p><pre>x = the of and.</pre>
<p>Too short.</p><p>La bomba de agua no es de color rojo hoy.</p>
<ul><li>The pump <code>run()</code> is in the list of the pumps.
<li>It is the pump of the house &amp; yard.</ul></body></html>"""


def test_paragraphs_of_a_manual_are_english_once_and_without_code(tmp_path: Path) -> None:
    folder = tmp_path / manuals.FOLDERS["sqlite"]
    folder.mkdir(parents=True)
    (folder / "pump.html").write_text(PAGE, "utf-8")
    (folder / "search.html").write_text("<p>It is the index of all of the words.</p>", "utf-8")
    assert list(manuals.list_paragraphs(tmp_path, "sqlite")) == [
        f"The pump {OBJECT} is in the list of the pumps.",
        "It is the pump of the house & yard.",
    ]


def test_forms_come_from_tables_and_from_what_is_seen(tmp_path: Path) -> None:
    tables = {
        "infl_lu.csv.gz": "fish,noun,fishes/fish\nseries,noun,series\nlift,verb,lifted,,lifting,lifts\n"
        "leave,verb,left,left,leaving,leaves\n",
        "lemma_lu.csv.gz": "red,adj,red\n",
    }  # fmt: skip
    for name, text in tables.items():
        (tmp_path / name).write_bytes(gzip.compress(text.encode("utf-8")))
    kinds = forms.read_tables(tmp_path)
    assert [kinds[word] for word in ("fish", "fishes", "lift", "lifted", "left", "red", "the")] == [
        NOUN, PLURAL, VERB, PAST | PARTICIPLE, PAST | PARTICIPLE, ADJECTIVE, 0,
    ]  # fmt: skip
    assert forms.add_seen_forms("lift", VERB, {"NN": 6, "VB": 6}, is_listed=True) == VERB | NOUN
    assert forms.add_seen_forms("lift", VERB, {"NN": 1, "VB": 30}, is_listed=True) == VERB
    assert forms.add_seen_forms("the", 0, {"NN": 30}, is_listed=True) == 0
    assert forms.add_seen_forms("oids", 0, {"NNS": 30}, is_listed=False) == PLURAL
    assert forms.add_seen_forms("func", 0, {"NNS": 20, "VBZ": 10}, is_listed=False) == 0


SENTENCES = [
    [("The", "DT"), ("pump", "NN"), ("runs", "VBZ"), (".", ".")],
    [("The", "DT"), ("pumps", "NNS"), ("run", "VBP"), (".", ".")],
    [("They", "PRP"), ("saw", "VBD"), ("runs", "NNS"), (".", ".")],
    [("It", "PRP"), ("runs", "VBZ"), ("in", "IN"), ("winter", "NN"), (".", ".")],
]


def test_a_tagger_learns_what_it_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "LIGHT", 0.5)
    rows = SENTENCES * 30
    counts = forms.count_tags(rows)
    listed = {"pump": NOUN, "rare": NOUN}
    allowed = tagger.list_allowed_tags(counts, listed)
    assert allowed["runs"] == ("NNS", "VBZ")
    frequent = frozenset(counts)
    weights = tagger.train(rows, allowed, frequent)
    assert tagger.measure_agreement(SENTENCES, weights, allowed, frequent) == 1.0
    tagger.write(tmp_path, allowed, frequent, counts, listed, frozenset(), weights)
    names, *lines = packed_lines.read_lines(tmp_path / "lexicon.xz")
    assert "VBZ" in names.split()
    assert [line.split("\t")[0] for line in lines] == sorted(counts)
    assert len(packed_lines.read_lines(tmp_path / "weights.xz")) == len(weights)


def test_choices_are_learnt_from_what_native_writers_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choices, "KEPT_BACK", 10)
    assert [label for _, label in choices.list_articles(SENTENCES)] == [1, 0]
    assert [label for _, label in choices.list_verbs(SENTENCES)] == [1, 0, 1]
    weights, right = choices.train(list(choices.list_verbs(SENTENCES)) * 20)
    assert right == 1.0
    assert choices.write(tmp_path / "agreement.xz", weights, 0.05) == len(
        packed_lines.read_lines(tmp_path / "agreement.xz")
    )


def test_frequent_words_and_rare_ones(tmp_path: Path) -> None:
    for name, content in (
        ("english-words.10", "management\nthe\nit's\ncafé\nmatériel\n"),
        ("british-words.70", "yclept\nCote\n"),
    ):
        (tmp_path / name).write_text(content, "utf-8")
    counts = words.count(
        ["The management of a backend and of the backend has a managemint, see managemant.x() here."] * 30
    )
    assert counts["managemint"] == 30
    counts["managemint"] = 2
    counts["management"] = Counter(management=100)["management"]
    rare = sorted({"cafe", "cote", "yclept"} | words.BORROWED)
    assert words.write(tmp_path, tmp_path, counts)[1] == len(rare)
    frequent = dict(line.split("\t") for line in packed_lines.read_lines(tmp_path / "common.xz"))
    assert frequent["management"] == "7"
    assert {"backend", "kubectl"} <= frequent.keys()
    assert "managemint" not in frequent
    assert packed_lines.read_lines(tmp_path / "rare.xz") == rare
