"""Hits become findings in the right place, with names that survive edits elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.core.errors import UserError
from stilted.core.model import Document, Example, Hit, Need, Rule, Segment, Span
from stilted.core.span_markup import parse, render
from stilted.pipeline import detect, rule_selftest


def cats(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        text = segment.target or ""
        at = text.find("cat")
        while at >= 0:
            yield Hit("test/cat", number, Span(at, at + 3), suggestions=("dog",))
            at = text.find("cat", at + 1)


def rule(**changes: object) -> Rule:
    fields: dict[str, object] = {
        "id": "test/cat",
        "category": "Style/Awkward style",
        "severity": "minor",
        "message": "A cat.",
        "why": "No cats here.",
        "find": cats,
        "bad": (Example.of("The <v>cat</v> sat.", "The dog sat."),),
        "good": (Example.of("The dog sat."),),
    }
    return Rule(**(fields | changes))  # type: ignore[arg-type]


def laid_out(*texts: str) -> Document:
    return rule_selftest.make_document([Example(text) for text in texts])


def test_positions_quote_the_text() -> None:
    document = laid_out("A 𝒳 cat.", "No.", "cat cat")
    findings, skipped = detect.run([rule()], document)
    assert not skipped
    assert [f.segment for f in findings] == [0, 2, 2]
    for f in findings:
        assert document.target is not None
        assert document.target[f.start : f.end] == f.text == "cat"


def test_loose_segments_have_no_places() -> None:
    findings, _ = detect.run([rule()], Document("x", (Segment("1", "a cat"),)))
    assert (findings[0].start, findings[0].end, findings[0].segment_start) == (None, None, 2)


def test_fingerprints_survive_edits_elsewhere_and_rewrapping() -> None:
    before, _ = detect.run([rule()], laid_out("One cat here. Two cats and a cat there."))
    after, _ = detect.run([rule()], laid_out("A new start.", "One cat\nhere.", "Two cats and\na cat there."))
    assert [f.fingerprint for f in before] == [f.fingerprint for f in after]
    assert len({f.fingerprint for f in before}) == 3


def test_rules_without_their_needs_are_skipped_and_say_why() -> None:
    needs = rule(needs=frozenset({Need.REFERENCE, Need.SOURCE}))
    findings, skipped = detect.run([needs], laid_out("cat"))
    assert not findings
    assert skipped[0].reason == "no reference and no source was given"


def test_rules_about_other_source_languages_are_skipped() -> None:
    document = Document("x", (Segment("1", "cat"),), source_language="de")
    findings, skipped = detect.run([rule(languages=frozenset({"zh"}))], document)
    assert not findings
    assert "translations from zh" in skipped[0].reason


@pytest.mark.parametrize("span", [Span(0, 9), Span(2, 2)])
def test_a_rule_that_misquotes_is_a_bug(span: Span) -> None:
    liar = rule(find=lambda document: [Hit("test/cat", 0, span)])
    with pytest.raises(detect.RuleError):
        detect.run([liar], laid_out("A cat"))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"category": "Style/Akward style"}, "unknown MQM category"),
        ({"severity": "bad"}, "unknown severity"),
        ({"status": "new"}, "unknown status"),
        ({"needs": frozenset({"gpu"})}, "unknown need"),
        ({"id": "cat"}, "is not a rule id"),
        ({"why": ""}, "says what is wrong and why"),
        ({"bad": ()}, "no bad example"),
        ({"bad": (Example("cat"),)}, "no bad example"),
        ({"good": ()}, "no good example"),
        ({"good": (Example.of("a <v>cat</v>"),)}, "one that carries marks"),
        ({"confidence": 1.5}, "confidence"),
    ],
)
def test_a_rule_without_its_examples_does_not_exist(changes: dict[str, object], what: str) -> None:
    with pytest.raises(UserError, match=what):
        rule(**changes)


@given(st.text(alphabet="a .!?”\n", max_size=40), st.data())
def test_sentence_around_holds_the_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    sentence = detect.find_sentence_around(text, Span(start, end))
    assert sentence.start <= start <= end <= max(sentence.end, end)


@given(st.text(alphabet="a .!?”\n", max_size=40), st.data())
def test_sentence_around_is_that_of_a_scan(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = 0, len(text)
    for mark in detect._SENTENCE_END.finditer(text):
        if mark.end() <= start:
            first = mark.end()
        elif mark.start() >= end:
            last = mark.end()
            break
    assert detect.find_sentence_around(text, Span(start, end)) == Span(first, last)


@pytest.mark.parametrize("marked", ["a <v>b", "a</v> b", "<v>a<v>b</v></v>"])
def test_broken_marks_are_refused(marked: str) -> None:
    with pytest.raises(UserError):
        parse(marked)


@given(
    st.lists(
        st.text(alphabet="ab <>/v&", max_size=5).filter(lambda t: "<v>" not in t and "</v>" not in t),
        max_size=7,
    )
)
def test_marks_round_trip(pieces: list[str]) -> None:
    text, spans = "", []
    for number, piece in enumerate(pieces):
        if number % 2:
            spans.append((len(text), len(text) + len(piece)))
        text += piece
    if "<v>" in text or "</v>" in text or "<v" in text or "</v" in text:
        return
    plain, marks = parse(render(text, spans))
    assert plain == text
    assert [(m.start, m.end) for m in marks] == spans


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("a bad word", [(Span(2, 5), "good")], "a good word"),
        ("a bad word", [(Span(2, 5), "")], "a word"),
        ("bad word", [(Span(0, 3), "")], "word"),
        ("so bad.", [(Span(3, 6), "")], "so."),
        ("one two three", [(Span(8, 13), "3"), (Span(0, 3), "1")], "1 two 3"),
    ],
)
def test_suggestions_apply(text: str, edits: list[tuple[Span, str]], expected: str) -> None:
    assert rule_selftest.apply_edits(text, edits) == expected
