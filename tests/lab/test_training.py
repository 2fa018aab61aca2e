"""What the tagger learns from: labels of whole words, shared between translations, and documents kept apart."""

from __future__ import annotations

import random

import numpy as np
import pytest

from stilted.lab.evaluation.annotations import GoldSpan, Row
from stilted.lab.training import data, tune
from stilted.rules.tagger import model_files
from stilted.rules.tagger.decode import FACTS, Decoding
from stilted.rules.tagger.inference import infer

VOCABULARY = model_files.vocabulary()


def row(target: str, *spans: GoldSpan, system: str = "mt", doc: str = "d1", source: str = "源") -> Row:
    return Row(
        doc=doc,
        segment="1",
        system=system,
        rater="rater1",
        source=source,
        reference=None,
        target=target,
        spans=spans,
        corpus="wmt21-news",
        language="zh",
    )


def test_labels_cover_whole_words_and_keep_the_penalty() -> None:
    found = data.items([row("a bad old word", GoldSpan(3, 8, "major", "Style"))], VOCABULARY, 0.0)[0]
    assert found.labels[:, 2].tolist() == [0, 1, 1, 0]
    assert found.labels[:, 3].tolist() == [0, 1, 0, 0]
    assert found.labels[:, 4].sum() == pytest.approx(5)
    assert found.category.tolist() == [-1, 2, 2, -1]


def test_a_neutral_mark_counts_half_and_yields_to_a_real_one() -> None:
    spans = (GoldSpan(0, 5, "minor"), GoldSpan(2, 9, "neutral"))
    found = data.items([row("a bad old word", *spans)], VOCABULARY, 0.0)[0]
    assert found.labels[:, 1].tolist() == [1, 1, 0.5, 0]


def test_translations_that_share_words_share_labels() -> None:
    marked, clean = row("it is a bad word", GoldSpan(8, 11, "minor"), system="a"), row("it is a bad word", system="b")
    other = row("this was no bad word", system="c")
    shared = data.items([marked, clean, other], VOCABULARY, 0.5)
    assert shared[0].labels[3, 1] == pytest.approx(0.75)
    assert shared[1].labels[3, 1] == pytest.approx(0.25)
    assert shared[2].labels[3, 1] == 0  # the same word between other neighbours


def test_references_are_other_peoples_translations_of_the_source() -> None:
    rows = [row("one", system="mt"), row("two", system="refA"), row("three", system="refB"), row("x", source="别")]
    found = data.items(rows, VOCABULARY, 0.0)
    assert [[side.text for side in item.references] for item in found] == [["two", "three"], ["three"], ["two"], []]


def test_documents_are_held_out_whole() -> None:
    rows = [row("text", doc=f"d{i % 40}", system=f"s{i}") for i in range(400)]
    kept = data.held_out(rows)
    assert len(kept) == 7
    assert kept == data.held_out(rows[::-1])


def test_a_pass_holds_every_group_with_and_without_reference() -> None:
    rows = [row(f"word {i}", source=f"s{i % 5}", system=f"m{i}") for i in range(60)]
    found = data.items(rows, VOCABULARY, 0.5)
    seen = list(data.batches(found, sources=4, bio=0.0, seed=random.Random(1)))
    for mode in (True, False):
        once = [item.row.target for m, parts in seen if m is mode for part in parts for item in part]
        assert sorted(once) == sorted(r.target for r in rows)
    for _, parts in seen:
        assert all(len({item.row.source for item in part}) == 1 and len(part) <= 8 for part in parts)


def test_the_logistic_fit_finds_the_rate() -> None:
    truth = np.array([1.0, 0.0, 0.0, 0.0] * 50)
    weights = tune.logistic(np.ones((200, 1)), truth)
    assert 1 / (1 + np.exp(-weights[0])) == pytest.approx(0.25, abs=1e-4)


def test_spans_in_characters_are_whole_words() -> None:
    text = "The hero city's fireworks gas is back."
    reading = infer([(text, None)])[0]
    found = tune.pairs(reading, Decoding(0.1, 0.5, 2.0, (0.0,) * FACTS))
    starts, ends = {w.start for w in reading.target.words}, {w.end for w in reading.target.words}
    assert found
    assert all(start in starts and end in ends for start, end in found)
