"""Brackets, loops, page furniture and spellings: what a translation shows without a reference beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import stilted
from growth import loops
from stilted.core.model import Rule
from stilted.pipeline import detect
from stilted.pipeline.build import build_document
from stilted.rules.checks import boilerplate, mechanics, names, unpaired_marks

RULES: tuple[Rule, ...] = (*boilerplate.RULES, *mechanics.RULES, *unpaired_marks.RULES)


def find_in(target: str) -> list[tuple[str, str]]:
    return [(f.rule, f.text) for f in detect.run(RULES, build_document("t", target))[0]]


@pytest.mark.parametrize("text", ["", "\n", "He came (late)."])
def test_pairs_are_silent_on_nothing_and_on_what_is_closed(text: str) -> None:
    assert find_in(text) == []


def test_pairs_report_no_more_than_anybody_reads_in_linear_time() -> None:
    def check() -> None:
        for text in ("([{" * 5_000 + ")", "(" * 10_000, ("One (two. " * 40 + "\n") * 40):
            assert len(find_in(text)) <= 50

    assert loops(check) < 600


def test_foreign_matter_stands_at_the_ends_of_a_long_document() -> None:
    lines = [f"This is line {n} of the report." for n in range(20)]
    button = "Read more: Ten chairs"
    furniture = [("foreign/page-furniture", button)]
    assert find_in("\n".join([button, *lines])) == furniture
    assert find_in("\n".join([*lines, button])) == furniture
    assert find_in("\n".join([*lines[:9], button, *lines[9:]])) == []


def test_a_letter_keeps_its_close_and_its_address() -> None:
    assert find_in("Dear Anna,\n\nThe chairs came.\n\nBest regards,\n\nMaria\n\nwww.brightmoon.example\n") == []


@pytest.mark.parametrize(
    "line", ["Read more", "Learn more about chairs", "Share this article on Facebook", "Home > News"]
)
def test_buttons_are_page_furniture(line: str) -> None:
    assert find_in(line) == [("foreign/page-furniture", line)]


@pytest.mark.parametrize(
    "line",
    [
        "Learn more",
        "See more: the tide tables",
        "Related links",
        "Next: tie the boat up",
        "Tags: boats, ports",
        "Home > Boats",
    ],
)
def test_what_is_furniture_of_an_article_is_a_part_of_a_manual(tmp_path: Path, line: str) -> None:
    def check(name: str, content: str, source: str | None = None) -> list[str]:
        paths = [tmp_path / name, tmp_path / f"source.{name}"]
        for path, text in zip(paths, (content, source), strict=True):
            path.write_text(text or "-", "utf-8")
        report = stilted.check_file(paths[0], source=paths[1] if source else None, select="foreign")
        return [finding.rule for finding in report.findings]

    prose = "The boats come in before the storm.\n\n"
    assert check("a.txt", prose + line) == ["foreign/page-furniture"]
    assert check("a.txt", prose + line, "船只会在风暴到来之前回来。\n\n查看更多的潮汐表") == []
    assert check("a.md", f"{prose}## {line}\n") == []
    assert check("a.html", f"<p>{prose}</p><p>{line.replace('>', '&gt;')}</p>") == []
    assert check("a.rst", prose + line) == []
    assert check("en.json", json.dumps({"a": prose, "b": line, "c": "Leave a comment"})) == []
    assert check("b.md", f"{prose}Leave a comment\n") == ["foreign/page-furniture"]


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
    assert find_in(line) == []


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
