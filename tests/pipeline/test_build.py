"""Documents: every segment is exactly the text its span covers, and nothing is paired by guess."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stilted import check
from stilted.core.errors import UserError
from stilted.core.model import Coverage, Document, Segment
from stilted.pipeline.build import build_document, build_segments, measure_coverage
from stilted.text.align import across_languages

TARGET = """\
New bridge opened

On Friday the mayor opened the new bridge over the river. Its construction took four years.

Portable Lamp ,Camping Lamp,Solar Lamp
"""
REFERENCE = """\
New bridge opens

The mayor opened the new river bridge on Friday. It took four years to build. The ferry will stop.
"""
SOURCE = "新桥通车\n\n周五，市长为新的跨河大桥剪彩。大桥建了四年。\n\n便携灯，露营灯"

texts = st.lists(
    st.sampled_from(
        ["The bridge is new. ", "It cost a lot.", "\n\n", "\n", "\r\n", "“Why?” ", "𝒳 ", "e\u0301.", "1. ", " "]
    ),
    max_size=20,
).map("".join)


def assert_placed(document: Document) -> None:
    for text, string, span in (
        *((document.target, s.target, s.target_span) for s in document.segments),
        *((document.reference, s.reference, s.reference_span) for s in document.segments),
        *((document.source, s.source, s.source_span) for s in document.segments),
    ):
        assert (string is None) == (span is None)
        if span is not None:
            assert text is not None
            assert string
            assert span.of(text) == string
    for side in ("target_span", "reference_span", "source_span"):
        spans = [span for s in document.segments if (span := getattr(s, side)) is not None]
        assert all(a.end <= b.start for a, b in itertools.pairwise(sorted(spans))), "nothing stands in two segments"
        kept = [span for s in document.segments if not s.moved and (span := getattr(s, side)) is not None]
        assert kept == sorted(kept), "only what was moved is out of order"
    assert [s.id for s in document.segments] == [str(i + 1) for i in range(len(document.segments))]


@settings(deadline=None)
@given(texts, st.none() | texts, st.none() | texts)
def test_segments_are_what_their_spans_cover(target: str, reference: str | None, source: str | None) -> None:
    document = build_document("t", target, reference, source, source_language="zh")
    assert_placed(document)
    assert document.has_reference == (reference is not None)
    assert document.has_source == (source is not None)
    joined = "".join("".join((s.target or "").split()) for s in document.segments)
    assert joined == "".join(target.split()), "the translation is all there, once"
    if reference is not None:
        spans = sorted(s.reference_span for s in document.segments if s.reference_span is not None)
        joined = "".join("".join(span.of(reference).split()) for span in spans)
        assert joined == "".join(reference.split())
    shares = measure_coverage(document)
    for share in (shares.target, shares.reference):
        assert share is None if reference is None else 0.0 <= (share or 0.0) <= 1.0


def test_an_article() -> None:
    document = build_document("t", TARGET, REFERENCE, SOURCE, source_language="zh")
    assert [(s.target, s.reference) for s in document.segments] == [
        ("New bridge opened", "New bridge opens"),
        ("On Friday the mayor opened the new bridge over the river.",
         "The mayor opened the new river bridge on Friday."),
        ("Its construction took four years.", "It took four years to build."),
        (None, "The ferry will stop."),
        ("Portable Lamp ,Camping Lamp,Solar Lamp", None),
    ]  # fmt: skip
    assert [s.source for s in document.segments] == [
        "新桥通车",
        "周五，市长为新的跨河大桥剪彩。",
        "大桥建了四年。",
        None,
        "便携灯，露营灯",
    ]
    covered = measure_coverage(document)
    assert covered.target is not None
    assert covered.reference is not None
    assert covered.target == pytest.approx(91 / 125)
    assert covered.reference == pytest.approx(77 / 94)


def test_a_block_that_the_source_lacks_leaves_the_others_their_counterparts() -> None:
    source = "新桥通车\n\n周五，市长为新的跨河大桥剪彩。大桥建了四年。"
    document = build_document("t", TARGET, REFERENCE, source, source_language="zh")
    assert document.source == source
    right = ["新桥通车", "周五，市长为新的跨河大桥剪彩。", "大桥建了四年。", None, None]
    paired = [s.source for s in document.segments]
    assert all(own in (None, wanted) for own, wanted in zip(paired, right, strict=True))
    assert paired[0] == right[0]


def test_blocks_of_other_lengths_are_kept_but_not_paired() -> None:
    source = "便携灯\n\n灯\n\n周五，市长为新的跨河大桥剪彩。大桥建了四年。大桥建了四年。大桥建了四年。"
    document = build_document("t", TARGET, REFERENCE, source, source_language="zh")
    assert document.source == source
    assert {s.source for s in document.segments} == {None}


def test_a_block_with_other_sentences_is_paired_only_as_a_whole() -> None:
    document = build_document(
        "t",
        "The title\n\nOne sentence, and a second one.",
        None,
        "标题\n\n这是一个句子。这是第二个句子。",
        source_language="zh",
    )
    assert [s.source for s in document.segments] == ["标题", "这是一个句子。这是第二个句子。"]
    document = build_document(
        "t",
        "The title\n\nHere is one. And a second. And a third.",
        None,
        "标题\n\n这是一个句子。这是第二个。",
        source_language="zh",
    )
    assert [s.source for s in document.segments] == ["标题", None, None, None]


def test_lines() -> None:
    document = build_document("t", "One. Two.\r\n\r\n\r\nThree.\r\n", "Eins\nZwei\n\n\n", "一\n二\n\n三", align="lines")
    assert_placed(document)
    assert [(s.target, s.reference, s.source) for s in document.segments] == [
        ("One. Two.", "Eins", "一"),
        (None, "Zwei", "二"),
        ("Three.", None, "三"),
    ]
    assert measure_coverage(document) == Coverage(8 / 14, 4 / 8)


def test_a_line_left_untranslated_is_kept_for_its_source() -> None:
    document = build_document("t", "One.\n\n", None, "一\n二\n", align="lines")
    assert [(s.target, s.source) for s in document.segments] == [("One.", "一"), (None, "二")]


def test_loose_segments() -> None:
    document = build_segments("t", ["One", "", "Three", " "], ["Eins", "Zwei", None, ""], ["一", "二", "三", None])
    assert document.segments == (
        Segment("1", "One", "Eins", "一"),
        Segment("2", None, "Zwei", "二"),
        Segment("3", "Three", None, "三"),
        Segment("4", " ", "", None),
    )
    assert document.target is None
    assert document.has_reference
    assert document.has_source
    assert not build_segments("t", ["One"]).has_reference
    assert build_segments("t", ["", "b"], None, ["一", "二"]).segments[0].target is None
    assert build_segments("t", []).segments == ()


def test_coverage_needs_a_reference() -> None:
    assert measure_coverage(build_document("t", "One.")) == Coverage(None, None)
    assert measure_coverage(build_document("t", "", "One.")) == Coverage(1.0, 0.0)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("One.", None), "expected a list of strings, got str"),
        ((["One."], "One."), "expected a list of strings, got str"),
        ((["One."], ["One.", "Two."]), "1 targets but 2 references"),
        ((["One.", None], None), "element 1 is NoneType, not a string"),
        ((["One.", 2], None), "element 1 is int, not a string"),
        ((["One."], [b"One."]), "element 0 is bytes, not a string"),
        ((None, None), "expected a list of strings, got NoneType"),
        ((iter(["One."]), None), "expected a list of strings"),
        (({"One."}, None), "expected a list of strings, got set"),
    ],
)
def test_broken_lists_are_refused(arguments: tuple[Any, Any], what: str) -> None:
    with pytest.raises(UserError) as error:
        build_segments("data", *arguments)
    assert what in error.value.what
    assert error.value.where.startswith("data")
    assert error.value.hint or "element" in what


def test_lines_of_unequal_number_are_refused_with_both_numbers() -> None:
    with pytest.raises(UserError, match="the translation has 2 lines, the reference 3"):
        build_document("t", "a\nb", "a\nb\nc", align="lines")
    with pytest.raises(UserError, match="the translation has 2 lines, the source 1"):
        build_document("t", "a\nb", "a\nb\n", "a", align="lines")
    with pytest.raises(UserError, match="the translation has 1 line, the source 2"):
        build_document("t", "a", None, "a\nb", align="lines")


def test_unknown_alignment_is_refused() -> None:
    with pytest.raises(UserError, match=r"unknown alignment 'line'\. Write auto or lines"):
        build_document("t", "a", "b", align="line")


def test_an_unknown_reference_is_no_addition_and_no_counterpart() -> None:
    unknown = build_segments("x", ["One thing.", "Another.", "A third."], [None, " ", "The third."])
    assert [unknown.adds(segment) for segment in unknown.segments] == [False, True, False]
    assert measure_coverage(unknown).target == 7 / (9 + 8 + 7)


APPLES = "The dog barked at the postman.\n\nThe sun rose over the hills.\n\nShe bought three apples.\n"
OTHERWISE = "She bought three apples.\n\nThe dog barked at the postman.\n\nThe sun rose over the hills.\n"


def test_a_moved_paragraph_is_told_as_moved_and_not_as_left_out_and_added() -> None:
    report = check(APPLES, OTHERWISE)
    assert [(f.rule, f.severity, f.text) for f in report.findings] == [
        ("coverage/moved", "neutral", "She bought three apples.")
    ]
    assert report.findings[0].message == "This passage stands at the beginning of the reference."
    assert (report.coverage.target, report.coverage.reference) == (1.0, 1.0)
    assert [segment.moved for segment in report.document.segments] == [False, False, True]
    (other,) = check(OTHERWISE, APPLES).findings
    assert other.message == "This passage stands elsewhere in the reference: after “The sun rose over the hills.”"


def test_a_moved_passage_of_several_sentences_is_told_once() -> None:
    first = "The mayor opened the bridge on Friday. Hundreds of residents came to see it."
    second = "The old ferry stops at the end of the month. Its captain will miss her passengers. She is sixty."
    report = check(f"{first}\n\n{second}\n", f"{second}\n\n{first}\n")
    moves = [finding for finding in report.findings if finding.rule == "coverage/moved"]
    assert [(finding.rule, finding.segment) for finding in report.findings] == [("coverage/moved", moves[0].segment)]
    assert moves[0].message.startswith("This passage of 2 segments ")


def test_sentences_that_changed_places_within_a_paragraph_are_paired_without_a_word() -> None:
    target = "The mayor opened the bridge on Friday. The old ferry stops at the end of the month. It rained."
    reference = "The old ferry stops at the end of the month. The mayor opened the bridge on Friday. It rained."
    report = check(target, reference)
    assert report.findings == ()
    assert report.coverage.target == 1.0


def test_a_paragraph_that_only_the_source_has_stands_behind_the_sentence_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(across_languages, "SURE", 0.9)  # a longer page needs no such help
    page = [
        ("Install the lamp", "安装灯具"),
        ("Screw the base to the wall and connect both wires.", "将底座固定在墙上，然后连接两根电线。"),
        ("Do not open the case while `POWER_ON` is set.", "设置 `POWER_ON` 时请勿打开外壳。"),
        ("", "只有电工才能更换保险丝，因为电线可能仍然带电。"),
        ("The timer of version 2.4 switches the lamp off after midnight.", "2.4 版本的定时器会在午夜之后关闭灯具。"),
        ("Press the button for three seconds until the light turns green:", "按住按钮三秒钟，直到指示灯变为绿色："),
        ("The warranty covers two years.", "保修期为两年。"),
        ("Who may repair it?", "谁可以维修？"),
    ]
    english, chinese = ("\n\n".join(filter(None, side)) for side in zip(*page, strict=True))
    document = build_document("t", english, None, chinese, source_language="zh")
    assert [segment.gap for segment in document.segments] == ["", "", page[3][1], "", "", "", ""]
    assert not any(s.gap for s in build_document("t", english, english, chinese, source_language="zh").segments)
