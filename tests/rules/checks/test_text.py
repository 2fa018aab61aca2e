"""Markup, endings, inconsistency and text that was left untranslated."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.core.model import Finding, Rule
from stilted.pipeline import detect
from stilted.pipeline.build import build_segments
from stilted.rules.checks import inconsistency, markup, sentence_edges, untranslated

RULES: tuple[Rule, ...] = (*markup.RULES, *sentence_edges.RULES, *inconsistency.RULES, *untranslated.RULES)


def found(target: str, reference: str | None = None, source: str | None = None) -> list[tuple[str, str]]:
    one = build_segments("t", [target], [reference] if reference else None, [source] if source else None)
    return [(f.rule, f.text) for f in detect.run(RULES, one)[0]]


PIECES = ("{name}", "{{ user.name }}", "${x}", "%s", "%1$d", "%(count)d", "<b>", "</a>", "&nbsp;", "me@lamp.example")


@pytest.mark.parametrize("piece", [*PIECES, "https://lamp.example/a?b=c"])
def test_pieces_that_must_survive(piece: str) -> None:
    assert found(f"See {piece} today", source=f"Heute {piece} sehen") == []
    assert [rule for rule, _ in found("See it today", source=f"Heute {piece} sehen")] == ["markup/missing"]


def test_a_changed_tag_is_marked_with_the_right_one() -> None:
    one = build_segments("t", ["Click <i>here</i> now"], None, ["Hier <b>klicken</b> bitte"])
    hits = detect.run(markup.RULES, one)[0]
    assert [(f.text, f.suggestions[0]) for f in hits] == [("<i>", "<b>"), ("</i>", "</b>")]


def test_percentages_and_comparisons_are_no_placeholders() -> None:
    assert found("It fell 5 %, and a < b holds, AT&T says.", source="Es fiel 5 %, und a < b gilt, sagt AT&T.") == []


def test_what_reference_and_source_disagree_on_is_nobodys_fault() -> None:
    assert found("Write to us at once.", "Write to us at a@b.example at once.", "Schreiben Sie uns sofort.") == []


def test_endings() -> None:
    reference = "The river rose again and flooded the lower town."
    assert found("The river rose again and flooded the", reference) == [("endings/cut-off", "the")]
    assert found("The river rose again and flooded the town", reference) == [("endings/no-end-mark", "town")]
    assert found("the river rose again.", reference) == [("endings/small-start", "the")]
    assert found("Did the river rise again?", reference) == [("endings/question", "?")]
    assert found("River Rises Again In Lower Town", reference) == []


def segments(targets: list[str], sources: list[str]) -> list[tuple[str, str, tuple[str, ...]]]:
    hits: tuple[Finding, ...] = detect.run(inconsistency.RULES, build_segments("t", targets, None, sources))[0]
    return [(f.rule.partition("/")[2], f.text, f.suggestions) for f in hits]


def test_inconsistency() -> None:
    assert segments(["Open file", "Open document"], ["Datei öffnen", "Datei öffnen"]) == [
        ("translated-two-ways", "document", ("file",))
    ]
    assert segments(["Open the file", "Open the file"], ["Datei öffnen", "Alles löschen"]) == [
        ("translated-alike", "Open the file", ())
    ]
    assert segments(["Open file.", "open file"], ["Datei öffnen", "Datei öffnen!"]) == []


def test_untranslated() -> None:
    assert found("He praised the 高质量 发展 plan.") == [("untranslated/source-script", "高质量 发展")]
    assert found("He praised the plan (高质量).") == []
    assert found("La città è stata chiusa per il maltempo.", None, "城市关闭了") == [
        ("untranslated/other-language", "La città è stata chiusa per il maltempo.")
    ]
    assert found("Ciudad de México", "Mexico City") == []
    assert found("Der Mann von der Post", "Der Mann von der Post") == []


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_them(one: str, other: str, third: str) -> None:
    for rule, _ in found(one or "x", other or "x", third or "x"):
        assert rule


def test_hostile_texts_take_linear_time() -> None:
    begun = time.process_time()
    for text in (
        "{" * 50_000,
        "<a " * 20_000,
        "%(" * 20_000,
        "a@" * 20_000,
        "&a" * 20_000,
        "的 " * 20_000,
        "# " * 20_000,
    ):
        found(text, text + ".", text + "x")
    assert time.process_time() - begun < 10
