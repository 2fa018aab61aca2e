"""Sentences that follow upon themselves in running text, where the examples of the rule cannot go."""

from __future__ import annotations

import time

import pytest

import stilted
from stilted.model import Finding

LONG = "The ferry leaves the harbour at noon and reaches the island an hour later. "
SHORT = "I do not know. "
END = "Passengers with bicycles board first."


def found(text: str, reference: str | None = None, source: str | None = None) -> list[Finding]:
    return list(stilted.check(text, reference, source, select=["repetition"]).findings)


@pytest.mark.parametrize(
    ("text", "times", "severity"),
    [
        (SHORT * 3 + END, "3 times", "major"),
        (SHORT * 40 + END, "40 times", "critical"),
        (LONG * 2 + END, "twice", "minor"),
        (END + " " + LONG * 4, "4 times", "major"),
        ("“Who is there?” " * 3 + END, "3 times", "major"),
    ],
)
def test_a_run_of_equal_sentences_is_one_finding(text: str, times: str, severity: str) -> None:
    (finding,) = found(text)
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
    ],
    ids=["twice for effect", "a word", "paragraphs", "list", "lines", "refrain"],
)
def test_what_people_repeat_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_what_the_original_repeats_is_left_alone() -> None:
    text, reference = SHORT * 3 + END, "I’m not sure. " * 3 + "Those with bikes may board first."
    assert len(found(text, "I’m not sure. Those with bikes may board first.")) == 1
    assert found(text, reference) == []
    assert found(text, None, "Ich weiß es nicht. " * 3 + "Fahrgäste mit Rädern steigen zuerst ein.") == []


def test_a_table_of_equal_cells_is_left_alone() -> None:
    assert stilted.check_segments([SHORT.strip()] * 5, select=["repetition"]).findings == ()
    (finding,) = stilted.check_segments([SHORT * 3], select=["repetition"]).findings
    assert finding.text == (SHORT * 2).strip()


@pytest.mark.parametrize("text", ["a " * 100_000, "a. " * 60_000, ".!? " * 60_000, "one two three. " * 20_000])
def test_it_takes_linear_time(text: str) -> None:
    def seconds(size: int) -> float:
        start = time.process_time()
        stilted.check_segments([text[:size]], select=["repetition"])
        return time.process_time() - start

    seconds(1000)
    assert seconds(len(text)) < 30 * seconds(len(text) // 4) + 1
