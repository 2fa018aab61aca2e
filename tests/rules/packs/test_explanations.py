"""Where the source language is known, a rule that several languages share speaks of that one."""

from __future__ import annotations

import pytest

import stilted
from stilted.rules.packs.explanations import explain_for

MESSAGE = "“{match}” renders Boote, bateaux, barcas word for word."
WHY = "de, fr, es: Boote, bateaux, barcas (“boats”); boats float."


@pytest.mark.parametrize(
    ("language", "message", "why"),
    [
        ("fr", "“{match}” renders bateaux word for word.", "fr: bateaux (“boats”); boats float."),
        ("zh", "“{match}” follows the wording of another language.", "Boats float."),
    ],
)
def test_an_explanation_is_of_the_language_of_the_source(language: str, message: str, why: str) -> None:
    assert explain_for(language, MESSAGE, WHY) == (message, why)


@pytest.mark.parametrize(
    "why",
    [
        "de, fr: Boote und Kähne, bateaux, barques (“boats”).",
        "de: Boote (“boats”).",
        "de and others: Boote (“boats”).",
        "Boats float.",
    ],
)
def test_what_cannot_be_narrowed_stays_whole(why: str) -> None:
    assert explain_for("de", MESSAGE, why) == (MESSAGE, why)


def test_reports_explain_in_the_language_of_the_source() -> None:
    text = "Further informations are on the pier."
    by_language = {
        language: stilted.check_segments([text], source_language=language, select="eu/informations").findings[0]
        for language in ("de", "zh", None)
    }
    assert "Informationen" in by_language["de"].message
    assert "informazioni" not in by_language["de"].message + by_language["de"].why
    assert "Informationen" not in by_language["zh"].message + by_language["zh"].why
    assert "informazioni" in by_language[None].message


def test_the_own_rule_of_a_language_outranks_the_shared_one() -> None:
    report = stilted.check_segments(["He gave us some advices."], source_language="zh", select="zh,eu")
    assert [finding.rule for finding in report.findings] == ["zh/advices"]
