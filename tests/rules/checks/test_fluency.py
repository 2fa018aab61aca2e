"""Brackets, loops, page furniture and spellings: what a translation shows without a reference beside it."""

from __future__ import annotations

import time

import pytest

from stilted.core.model import Rule
from stilted.pipeline import detect
from stilted.pipeline.build import build_document
from stilted.rules.checks import boilerplate, mechanics, names, unpaired_marks

RULES: tuple[Rule, ...] = (*boilerplate.RULES, *mechanics.RULES, *unpaired_marks.RULES)


def found(target: str) -> list[tuple[str, str]]:
    return [(f.rule, f.text) for f in detect.run(RULES, build_document("t", target))[0]]


@pytest.mark.parametrize("text", ["", "\n", "He came (late)."])
def test_pairs_are_silent_on_nothing_and_on_what_is_closed(text: str) -> None:
    assert found(text) == []


def test_pairs_report_no_more_than_anybody_reads_in_linear_time() -> None:
    begun = time.process_time()
    for text in ("([{" * 5_000 + ")", "(" * 10_000, ("One (two. " * 40 + "\n") * 40):
        assert len(found(text)) <= 50
    assert time.process_time() - begun < 10


def test_foreign_matter_stands_at_the_ends_of_a_long_document() -> None:
    lines = [f"This is line {n} of the report." for n in range(20)]
    button = "Read more: Ten chairs"
    furniture = [("foreign/page-furniture", button)]
    assert found("\n".join([button, *lines])) == furniture
    assert found("\n".join([*lines, button])) == furniture
    assert found("\n".join([*lines[:9], button, *lines[9:]])) == []


def test_a_letter_keeps_its_close_and_its_address() -> None:
    assert found("Dear Anna,\n\nThe chairs came.\n\nBest regards,\n\nMaria\n\nwww.brightmoon.example\n") == []


@pytest.mark.parametrize(
    "line", ["Read more", "Learn more about chairs", "Share this article on Facebook", "Home > News"]
)
def test_buttons_are_page_furniture(line: str) -> None:
    assert found(line) == [("foreign/page-furniture", line)]


@pytest.mark.parametrize(
    "line",
    [
        "Share this with a friend who can't cook.",
        "Read more slowly, my teacher used to say.",
        "Subscribe to nothing; own your work.",
        "Home > Away from home.",
        "Editor: Maria Chen.",
        "Tel: 555-0142.",
        "Best regards,",
        "Click here to install.",
        "Merrily, merrily, merrily, merrily,",
        "Chairs, chairs, chairs, chairs",
        "www.brightmoon.example",
    ],
)
def test_sentences_songs_and_letters_are_no_page_furniture(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize(
    ("target", "severity"),
    [
        ("The plan is to grow the to grow the to grow the to grow the to grow the end.", "critical"),
        ("The plan is to grow the to grow the to grow the to grow the end.", "major"),
        ("The plan is big big big big big big.", "major"),
        ("The plan is to grow the town to grow the town to grow the town.", "major"),
    ],
)
def test_loops_weigh_by_how_often_a_phrase_returns(target: str, severity: str) -> None:
    hits = detect.run(mechanics.RULES, build_document("t", target))[0]
    assert [f.severity for f in hits if f.rule == "mechanics/repetition-loop"] == [severity]


def test_a_capital_inside_a_name_is_no_spelling() -> None:
    text = "He asked the Internet Archive. Half the internet is kept there, and more of the internet is lost."
    assert detect.run(names.RULES, build_document("t", text))[0] == ()
