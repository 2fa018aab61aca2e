"""The same thing many times over: what counts as the same, what it costs, and how each output tells it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from stilted import check, check_segments
from stilted.api import Report
from stilted.core.repeats import group_kinds
from stilted.render import get_renderer

CHOSEN = {"select": "mechanics,pairs,untranslated,numbers,coverage"}


def groups(report: Report) -> list[list[str]]:
    return [[finding.text for finding in kind.findings] for kind in group_kinds(report, report.findings)]


def test_the_same_words_by_the_same_rule_are_one_thing_and_cost_once() -> None:
    report = check(
        "He went to the the station. It rained. She saw THE THE end, and and left for the the town.", **CHOSEN
    )
    assert groups(report) == [["the the", "THE THE", "the the"], ["and and"]]
    assert (report.scorecard.penalty, report.scorecard.repeated) == (2, 2)
    assert dict(report.scorecard.counts)["minor"] == 4


def test_marks_without_a_letter_are_all_alike() -> None:
    report = check("The first（one）came late，and nobody spoke：it was dark。It is over.", **CHOSEN)
    assert groups(report) == [["（", "）", "，", "：", "。"]]
    assert report.scorecard.penalty == 1


def test_a_rule_is_no_other_rule_and_a_severity_no_other_severity() -> None:
    report = check("He went to the the station ， and home.", **CHOSEN)
    assert len(groups(report)) == len(report.findings) > 1
    assert report.scorecard.repeated == 0


@pytest.mark.parametrize(
    ("references", "penalty"),
    [(["It has 12 rooms."] * 3, 5), (["It has 12 rooms.", "It has 14 rooms.", "It has 16 rooms."], 15)],
)
def test_what_is_compared_is_the_same_only_against_the_same(references: Sequence[str], penalty: int) -> None:
    report = check_segments(["It has 99 rooms."] * 3, references, select="numbers")
    assert [finding.severity for finding in report.findings] == ["major"] * 3
    assert report.scorecard.penalty == penalty


def test_what_is_left_out_is_never_the_same_as_something_else_left_out() -> None:
    rows = ["The sun rose at six.", "", "The dog barked all day.", ""]
    report = check_segments(rows, [rows[0], "Nobody came to the door.", rows[2], "She bought three apples."], **CHOSEN)
    assert groups(report) == [[""], [""]]
    assert report.scorecard.penalty == 10


TEXT = "He went to the the station.\n\nIt rained，and she saw THE THE end。\n\nAll left for the the town.\n"


def test_every_output_for_people_tells_it_once_with_its_places() -> None:
    report = check(TEXT, **CHOSEN)
    terminal = report.to_text()
    assert terminal.count("is doubled.") == 1
    assert "again      2 more times: 3:23 and 5:14" in terminal
    assert "again      1 more time: 3:34 “。”" in terminal
    assert "3 findings repeat another in the same document and cost nothing" in " ".join(terminal.split())
    assert "5 findings: 5 minor." in terminal
    comment = get_renderer("markdown")(report)
    assert comment.count("is doubled.") == 1
    assert "<br>2 more times: 3:23 and 5:14 |" in comment
    page = report.to_html()
    assert page.count('<li class="finding') == 2
    assert '<dt>Again</dt><dd><a href="#hit-1-2">3:23</a>, <a href="#hit-1-3">5:14</a></dd>' in page
    assert [page.count(f'id="hit-{name}"') for name in ("1", "1-2", "1-3", "2", "2-2")] == [1] * 5


def test_json_keeps_every_finding_and_says_which_are_the_same() -> None:
    data = json.loads(check(TEXT, **CHOSEN).to_json())
    assert len(data["findings"]) == 5
    assert data["repeats"] == [[0, 2, 4], [1, 3]]
    assert (data["mqm"]["penalty"], data["mqm"]["repeated"], data["mqm"]["counts"]["minor"]) == (2, 3, 5)


def test_two_hundred_times_are_counted_and_not_all_listed() -> None:
    report = check("".join(f"Boat {n} went to the the pier on time.\n\n" for n in range(200)), **CHOSEN)
    assert report.verdict.passed
    terminal = report.to_text()
    assert "199 more times: 3:16, 5:16," in terminal
    assert "and 187 more" in " ".join(terminal.split())
    assert "and 99 more</dd>" in report.to_html()


def test_placeholders_that_differ_are_no_repetition() -> None:
    report = check_segments(
        ["Hello", "Goodbye", "Hello"],
        sources=["Hallo %s", "Tschüss %d", "Hallo %s"],
        source_language="de",
        select="markup",
    )
    assert [len(kind.findings) for kind in group_kinds(report, report.findings)] == [2, 1]
