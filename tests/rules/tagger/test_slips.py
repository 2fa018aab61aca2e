"""The rule of slips: when it speaks, about what, and what it says."""

from __future__ import annotations

import pytest

import stilted
from stilted.pipeline.build import build_segments
from stilted.rules.tagger import slips

SLIP = "It support reading reports from the remote server."


def find_in(text: str, sensitivity: str = "medium", reference: str | None = None) -> list[str]:
    document = build_segments("x", [text], None if reference is None else [reference])
    return [text[h.span.start : h.span.end] for h in slips.make_rule(sensitivity).find(document) if h.span]


def test_a_slip_is_marked_and_its_mended_form_is_not() -> None:
    assert find_in(SLIP) == ["support"]
    assert find_in(SLIP.replace("support", "supports")) == []


def test_a_text_that_a_person_wrote_word_for_word_is_left_alone() -> None:
    assert find_in(SLIP, reference=SLIP) == []


def test_code_and_short_texts_are_left_alone() -> None:
    assert find_in("`support` datas", "high") == []
    assert find_in("Support datas", "high") == []


@pytest.mark.parametrize(("sensitivity", "status"), [("low", "preview"), ("medium", "preview"), ("high", "stable")])
def test_it_speaks_unasked_at_high_sensitivity_only(sensitivity: str, status: str) -> None:
    assert slips.make_rule(sensitivity).status == status


def test_it_reads_pages_of_documentation_only() -> None:
    def is_left_out(profile: str) -> bool:
        report = stilted.check(SLIP, profile=profile, sensitivity="high")
        return slips.RULE in {each.rule for each in report.skipped}

    assert [is_left_out(profile) for profile in ("docs", "article", "ui")] == [False, True, True]


def test_long_texts_are_read_to_the_end() -> None:
    text = "The printer is ready and the paper is in the tray. " * 20 + SLIP
    assert "support" in find_in(text, "high")


def test_the_card_tells_data_figures_and_limits() -> None:
    card = slips.read_card()
    assert {"id", "sha256", "data", "encoder", "command", "confidence", "figures", "weak_at"} <= card.keys()
    assert slips.find_obstacle() is None
