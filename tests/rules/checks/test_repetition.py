"""Sentences that follow upon themselves in running text, where the examples of the rule cannot go."""

from __future__ import annotations

import pytest

import stilted
from growth import require_linear
from stilted.core.model import Finding

LONG = "The ferry leaves the harbour at noon and reaches the island an hour later. "
SHORT = "I do not know. "
END = "Passengers with bicycles board first."


def find_in(text: str, reference: str | None = None, source: str | None = None) -> list[Finding]:
    return list(stilted.check(text, reference, source, select=["repetition"]).findings)


@pytest.mark.parametrize(
    ("text", "times", "severity"),
    [
        (SHORT * 4 + END, "4 times", "major"),
        (SHORT * 40 + END, "40 times", "critical"),
        (LONG * 2 + END, "twice", "minor"),
        (END + " " + LONG * 4, "4 times", "major"),
        ("“Who is there?” " * 10 + END, "10 times", "critical"),
        ("Very good. " * 12 + END, "12 times", "critical"),
        ("Dr. Smith pays 3.50 pounds for each of the 1,200 tickets. " * 2 + END, "twice", "minor"),
    ],
)
def test_a_run_of_equal_sentences_is_one_finding(text: str, times: str, severity: str) -> None:
    (finding,) = find_in(text)
    assert (finding.message, finding.severity) == (f"This sentence stands here {times} in a row.", severity)
    assert finding.start == text.index(finding.text) + len(finding.text) + 1  # the first is left alone


@pytest.mark.parametrize(
    "text",
    [
        SHORT * 2 + END,
        "No. " * 9 + END,
        f"{SHORT}\n\n{SHORT}\n\n{SHORT}\n\n{END}",
        f"- {SHORT}\n- {SHORT}\n- {SHORT}\n\n{END}",
        f"{LONG}\n{LONG}\n{END}",
        f"{LONG}{END} {LONG}{END}",
        SHORT * 3 + END,
        "Yes, sir. No, sir. " * 3 + END,
        "Are we there yet? " * 5 + END,
        "“We want justice! We want justice! We want justice! We want justice! We want justice!” " + END,
        "Loading the page... " * 6 + END,
        "I think I can, I think I can, I think I can, I think I can. " + END,
        "“You want me to go to the store for you?” “You want me to go to the store for you?” " + END,
        f"{LONG}{LONG.strip()[:-1]}? {END}",
        "The bus to the old harbour costs $5 for each. The bus to the old harbour costs €5 for each. " + END,
        "Moved by Mr. Smith, seconded by Mrs. Jones. Motion carried. " * 2 + END,
        "| Not in stock. | Not in stock. | Not in stock. | Not in stock. |\n\n" + END,
        "Not in stock.\tNot in stock.\tNot in stock.\tNot in stock.\n\n" + END,
        "Not in stock.    Not in stock.    Not in stock.    Not in stock.\n\n" + END,
        "Row, row,\nrow your boat.\n" * 5 + END,
        "10.10.10.10. " * 6 + END,
        "Open these: " + "lib/one_two_three_four_five_six_seven.cc " * 3 + "and no more. " + END,
    ],
    ids=[
        *("twice for effect", "a word", "paragraphs", "list", "lines", "refrain", "thrice", "short answers"),
        *("a child", "a crowd", "a screen", "a story", "an echo", "another mark", "another sign", "minutes", "table"),
        *("tabs", "columns", "broken lines", "figures", "paths"),
    ],
)
def test_what_people_repeat_is_left_alone(text: str) -> None:
    assert find_in(text) == []


@pytest.mark.parametrize(
    ("text", "message", "removes"),
    [
        (f"{LONG}{END} " * 4 + "Dogs pay.", "These sentences stand here 4 times in a row.", True),
        (f"{LONG}{END} It is late. " * 6 + "Dogs pay.", "These sentences stand here 6 times in a row.", True),
        ("We went to the market, " * 12 + "and home.", "These words stand here 12 times in a row.", False),
        (LONG.replace("noon ", "noon\n") * 2 + END, "This sentence stands here twice in a row.", True),
        (LONG.replace(". ", "; ") * 5 + "dogs pay.", "These words stand here 5 times in a row.", False),
    ],
    ids=["two sentences", "three sentences", "a clause", "wrapped", "a long clause"],
)
def test_loops_of_several_sentences_and_of_clauses_are_found(text: str, message: str, removes: bool) -> None:
    (finding,) = stilted.check_segments([text], select=["repetition"]).findings
    assert finding.message == message
    assert finding.suggestions == (("",) if removes else ())
    assert finding.segment_start is not None
    rest = text[: finding.segment_start] + text[finding.segment_end or 0 :]
    assert rest.count("noon") + rest.count("market") == 1


def test_quotation_marks_that_would_lose_their_other_half_are_not_removed() -> None:
    (finding,) = find_in("“" + LONG * 2 + LONG.strip() + "” was all that it said.")
    assert finding.text.endswith("”")
    assert finding.suggestions == ()


def test_an_original_that_repeats_something_else_explains_little() -> None:
    source = "Nein! Nein! Das Schiff fährt mittags."
    assert len(stilted.check_segments([LONG * 40], None, [source], select=["repetition"]).findings) == 1


def test_what_the_original_repeats_is_left_alone() -> None:
    text, reference = SHORT * 4 + END, "I’m not sure. " * 4 + "Those with bikes may board first."
    assert len(find_in(text, "I’m not sure. Those with bikes may board first.")) == 1
    assert find_in(text, reference) == []
    assert find_in(text, None, "Ich weiß es nicht. " * 4 + "Fahrgäste mit Rädern steigen zuerst ein.") == []


def test_a_table_of_equal_cells_is_left_alone() -> None:
    assert stilted.check_segments([SHORT.strip()] * 5, select=["repetition"]).findings == ()
    (finding,) = stilted.check_segments([SHORT * 4], select=["repetition"]).findings
    assert finding.text == (SHORT * 3).strip()


@pytest.mark.long
@pytest.mark.parametrize(
    "text", ["a " * 100_000, "a. " * 60_000, ".!? " * 60_000, "one two three. " * 20_000, "a b c. a b c. d e. " * 9000]
)
def test_it_takes_linear_time(text: str) -> None:
    require_linear(lambda size: stilted.check_segments([text[:size]], select=["repetition"]), len(text) // 4)
