"""Segmentation: spans are exact, lossless and in order, whatever the text is."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from growth import require_linear
from stilted.core.model import Span
from stilted.text.segment import MAX_BLOCK, split_blocks, split_lines, split_sentences

BREAKS = ["\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"]
WORDS = [
    "the",
    "The",
    "car",
    "1.",
    "2)",
    "- ",
    "Mr.",
    "“",
    '"',
    "”",
    "end.",
    "why?",
    "很好。",
    "𝒳",
    "e\u0301",
    "\ufeff",
]
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*BREAKS, *WORDS, " ", "  ", "\t", "\u00a0", "\u200b"]), max_size=80).map("".join),
)


def of(text: str, language: str = "en") -> list[str]:
    return [span.of(text) for span in split_sentences(text, language)]


def assert_lossless(text: str, spans: tuple[Span, ...]) -> None:
    covered = [0] * len(text)
    end = 0
    for span in spans:
        assert span.start >= end, "spans are in order and disjoint"
        assert span.of(text) == span.of(text).strip().strip("\ufeff")
        assert span
        for i in range(span.start, span.end):
            covered[i] = 1
        end = span.end
    missed = [char for char, hit in zip(text, covered, strict=True) if not hit]
    assert not "".join(missed).replace("\ufeff", "").strip()


@given(texts)
@example("\ufeff")
@example("1.")
@example("“open\n\nnext")
def test_every_character_is_in_exactly_one_sentence(text: str) -> None:
    assert_lossless(text, split_sentences(text))


@given(texts)
def test_every_character_is_in_exactly_one_block_and_no_sentence_crosses_one(text: str) -> None:
    spans = split_blocks(text)
    assert_lossless(text, spans)
    for sentence in split_sentences(text):
        assert any(b.start <= sentence.start and sentence.end <= b.end for b in spans)


@given(texts)
def test_segmentation_is_deterministic(text: str) -> None:
    assert split_sentences(text) == split_sentences(text)


@given(st.text(alphabet="ab \r\n\u2028\x85", max_size=60))
def test_lines_are_those_of_a_text_file(text: str) -> None:
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    expected = rows[:-1] if rows[-1] == "" else rows
    assert [span.of(text) for span in split_lines(text)] == [row.strip() for row in expected]


WRAPPED = """\
The harbour was quiet when the first of the boats came back, long
before the market opened and while the lamps along the quay were
still lit. Nobody had expected them so early, least of all old Mr.
Tanner, who kept the keys of the ice house and liked to sleep.
Then the bells rang.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\r\n", []),
        ("word", ["word"]),
        ("One here. Two there.", ["One here.", "Two there."]),
        ("A title\n\nIts text. And more.", ["A title", "Its text.", "And more."]),
        ("A title\nIts text.", ["A title", "Its text."]),
        ("apples\npears\nplums", ["apples", "pears", "plums"]),
        ("- one item\n- another item\n* third", ["- one item", "- another item", "* third"]),
        ("1. Wash it. 2. Dry it.", ["1. Wash it.", "2. Dry it."]),
        ("\ufeffHello.\r\n\r\nWorld.\u2028Again", ["Hello.", "World.", "Again"]),
        ("It works.It is fast.", ["It works.", "It is fast."]),
        ("Mr. Smith paid 3.5 dollars at 6 p.m. in Ulm.", ["Mr. Smith paid 3.5 dollars at 6 p.m. in Ulm."]),
        ("He said “Stop. Now.” and left.\n\nShe stayed.", ["He said “Stop. Now.” and left.", "She stayed."]),
        ('He hated it," she says. "Hated it." He left.', ['He hated it," she says.', '"Hated it."', "He left."]),
        ('"Is it far?" asks the guide. "No."', ['"Is it far?" asks the guide.', '"No."']),
        ("“Is it far?” asks the guide. “No.”", ["“Is it far?” asks the guide.", "“No.”"]),
        ("Portable lamp\nPortable lamp, portable light\nBright Co., Ltd. , https://x.example",
         ["Portable lamp", "Portable lamp, portable light", "Bright Co., Ltd. , https://x.example"]),
        ("The firm Bright Inc. thanks you. It is new.", ["The firm Bright Inc. thanks you.", "It is new."]),
    ],
)  # fmt: skip
def test_segmentation(text: str, expected: list[str]) -> None:
    assert of(text) == expected


def test_hard_wrapped_paragraph_is_kept_together() -> None:
    first, second, third = of(WRAPPED)
    assert first.startswith("The harbour")
    assert first.endswith("still lit.")
    assert second.startswith("Nobody")
    assert "Mr.\nTanner" in second
    assert third == "Then the bells rang."


def test_wrapped_list_items_are_kept_together_but_apart_from_each_other() -> None:
    text = (
        "- The first item is long enough to be broken by the editor and\n"
        "  goes on in the next line.\n- The second item is short."
    )
    assert len(split_blocks(text)) == 2


def test_a_line_that_ends_with_an_article_or_a_conjunction_goes_on_in_capitals() -> None:
    text = (
        "The lamp is lent in the hope that it will be of use to whoever needs it, but\n"
        "NOBODY PROMISES that it burns, and whoever lends it is sorry.  Read the\n"
        "Harbour Rules on it, and ask at the office."
    )
    assert len(of(text)) == 2
    assert len(of("Lamps, wicks and lanterns of all sizes\nBoats, oars and anchors of all kinds\nRopes")) == 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Die Lampe am alten Hafen brennt noch immer, weil der\nWärter sie jeden Abend anzündet und mit\nÖl füllt.",
            "de",
        ),
        (
            "古い港のランプはまだ明るく燃えています。番人が毎晩、\n油を足し、芯を短く切り、取っ手を直し、すすのために\n"
            "ガラスを毎朝きれいな布で拭いて乾かし、番小屋の中に\n大切にしまうからです。",
            "ja",
        ),
    ],
)
def test_other_languages_are_wrapped_like_english(text: str, language: str) -> None:
    assert len(split_blocks(text)) == 1
    assert of(text, language)[-1].endswith(text[-3:])


def test_chinese() -> None:
    assert of("他来了。她走了！\n好吗？", "zh") == ["他来了。", "她走了！", "好吗？"]


def test_long_block_is_cut_behind_a_sentence() -> None:
    text = "“" + "This sentence is one of very many. " * 1000
    spans = split_sentences(text)
    assert_lossless(text, spans)
    assert max(map(len, spans)) <= MAX_BLOCK
    assert all(span.of(text).endswith("many.") for span in spans)


@pytest.mark.long
@pytest.mark.parametrize(
    "part",
    ["“x", "x", "“word ", "\n", "“x \n", "。", "1. ", "(", "a\u0301"],
    ids=["quotes", "one word", "quoted words", "empty lines", "quoted lines", "stops", "numbers", "parentheses",
         "accents"],
)  # fmt: skip
def test_hostile_text_is_cut_in_linear_time(part: str) -> None:
    """Sentencex alone needs 142 s for half a million of the first of these."""
    text = part * 100_000
    spans = split_sentences(text)
    assert sum(map(len, spans)) >= len("".join(text.split())) or not text.strip()
    require_linear(lambda size: split_sentences(part * size), 25_000)


@pytest.mark.parametrize(
    "sentence",
    [
        "The lamp weighs approx. 7 kilos.",
        "Compare Eq. 9 with Fig. 2 in Vol. 3 of the series.",
        "Ring tel. 445566 for a table.",
        "The bridge bears max. 12 tons.",
        "We sail on Tue. 9 June.",
        "It closed on Oct. 3 for good.",
        "See chap. 4, sec. 2 and pp. 31 of the handbook.",
        "Send it by tel. or by post.",
        "It runs on the .NET platform.",
        "Put it beside the .PDF file.",
        "Open ./lamps and (.ENV) there.",
    ],
)
def test_abbreviations_and_dots_in_front_end_no_sentence(sentence: str) -> None:
    assert of(f"{sentence} It is late.") == [sentence, "It is late."]


@pytest.mark.parametrize("sentence", ["We sat in the sun.", "He opened the app.", "She had a tan.", "It is a must."])
def test_words_that_look_like_abbreviations_end_sentences(sentence: str) -> None:
    assert of(f"{sentence} Nine of us left.") == [sentence, "Nine of us left."]
