"""Where a segment lost or gained half of its reference."""

from __future__ import annotations

from stilted.core.model import Finding
from stilted.pipeline import detect
from stilted.pipeline.build import build_segments
from stilted.rules.checks import length

REFERENCE = "The ferry sank at dawn off the northern cape, and all forty passengers were taken ashore by fishing boats."


def find_in(target: str, reference: str) -> list[Finding]:
    return list(detect.run(length.RULES, build_segments("t", [target], [reference]))[0])


def test_the_gap_is_marked_where_it_begins() -> None:
    (finding,) = find_in("The ferry sank at dawn.", REFERENCE)
    assert (finding.rule, finding.text) == ("length/too-short", "dawn")
    assert "forty passengers" in finding.message


def test_the_surplus_is_marked() -> None:
    target = "The ferry sank, and everybody knows what kind of weather ruined his wedding day last summer."
    (finding,) = find_in(target, "The ferry sank.")
    assert finding.text == "and everybody knows what kind of weather ruined his wedding day last summer"


def test_like_lengths_and_short_texts_are_left_alone() -> None:
    assert find_in(REFERENCE, REFERENCE.replace("forty ", "")) == []
    assert find_in("Yes.", "Yes, it certainly is.") == []
    assert find_in("...", REFERENCE) == []
