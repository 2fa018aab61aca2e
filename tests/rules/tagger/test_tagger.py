"""The learned rule: its pieces, its spans, and that a text is read the same whatever stands beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stilted.core.errors import UserError
from stilted.core.model import Hit
from stilted.pipeline import rule_selftest
from stilted.pipeline.build import build_document, build_segments
from stilted.rules import tagger
from stilted.rules.tagger import model_files
from stilted.rules.tagger.decode import FACTS, Decoding, find_marks
from stilted.rules.tagger.encode import REFERENCE_PIECES, TARGET_PIECES, encode_side, list_windows
from stilted.rules.tagger.features import ALONE, BOTH_NEIGHBOURS, MISSING, NO_REFERENCE, STEM, match_words, split_words
from stilted.rules.tagger.inference import Reading, infer
from stilted.rules.tagger.model_folder import CARD
from stilted.rules.tagger.rule import Speaking, choose_marks, find_counterpart, is_technical
from stilted.rules.tagger.wordpiece import cut_into_pieces

CALQUE = "Many netizens spit groove that the queue was too long on Monday."
PLAIN = "Many people complained online that the queue was too long on Monday."


def hits(text: str, reference: str | None = None, sensitivity: str = "high") -> list[Hit]:
    return list(tagger.make_finder(sensitivity)(build_document("text", text, reference)))


# --- pieces and words -----------------------------------------------------------------------------------


def forms(text: str) -> list[str]:
    known = model_files.read_vocabulary()
    names = {number: piece for piece, number in known.items()}
    return [names[p.id] for p in cut_into_pieces(text, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t panic!", ["don", "’", "t", "panic", "!"]),
        ("Café Übergröße", ["cafe", "uber", "##gr", "##o", "##ße"]),
        ("unaffordable", ["una", "##ff", "##ord", "##able"]),
        ("car-making", ["car", "-", "making"]),
        ("a\u200bb", ["ab"]),
        ("下线", ["下", "[UNK]"]),
        ("\x00\ufffd ", []),
        ("x" * 101, ["[UNK]"]),
    ],
)
def test_pieces_are_those_of_bert(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@given(st.text(max_size=60))
def test_pieces_lie_in_the_text_and_in_order(text: str) -> None:
    parts = cut_into_pieces(text, model_files.read_vocabulary())
    assert all(0 <= p.start < p.end <= len(text) for p in parts)
    assert all(a.start <= b.start for a, b in pairwise(parts))


def test_offsets_count_code_points_of_the_original() -> None:
    text = "İstanbul 😀 naïve"
    parts = cut_into_pieces(text, model_files.read_vocabulary())
    assert text[parts[0].start : parts[0].end].startswith("İ")
    assert "".join(text[p.start : p.end] for p in parts).replace(" ", "") == text.replace(" ", "")


def test_names_are_known_by_capitals_where_none_is_due() -> None:
    names = {w.lower for w in split_words('The car of He Xiaopeng. "Good" news from NASA, he said.') if w.is_name}
    assert names == {"he", "xiaopeng", "nasa"}


def test_matches_tell_how_well_the_reference_has_a_word() -> None:
    these, others = split_words("the red car was built slowly"), split_words("the red car is slow and was sold")
    assert match_words(these, None) == [NO_REFERENCE] * 6
    assert match_words(these, others)[0] == BOTH_NEIGHBOURS
    assert match_words(these, others)[3:] == [ALONE, MISSING, STEM]
    assert min(match_words(others, these, reference=True)) > MISSING


# --- windows --------------------------------------------------------------------------------------------


@given(st.integers(0, 900), st.integers(0, 400))
@settings(max_examples=25, deadline=None)
def test_windows_leave_no_word_out(target: int, reference: int) -> None:
    known = model_files.read_vocabulary()
    here, there = encode_side("word " * target, known), encode_side("other " * reference, known)
    cut = list(list_windows(here, there, known))
    assert {w for window in cut for w in window.target if w >= 0} == set(range(target))
    assert all(len(window.ids) <= TARGET_PIECES + REFERENCE_PIECES + 3 for window in cut)
    assert all(len(set(map(len, (w.ids, w.types, w.shapes, w.matches, w.target, w.reference)))) == 1 for w in cut)
    if reference <= REFERENCE_PIECES:
        assert all({w for w in window.reference if w >= 0} == set(range(reference)) for window in cut)


# --- reading --------------------------------------------------------------------------------------------


def test_a_text_is_read_the_same_whatever_stands_beside_it() -> None:
    alone = infer([(CALQUE, None)])[0]
    crowd = infer([(PLAIN, None), (CALQUE, None), (CALQUE * 9, PLAIN), (CALQUE, None)])
    assert crowd[1] == alone == crowd[3]


@pytest.mark.parametrize("text", ["", " ", "\n", "...", "\u200b", "ﷺ" * 400, "𐍈", "nan", "NaN NaN", "\ud800"])
def test_strange_texts_are_read_without_complaint(text: str) -> None:
    for reference in (None, "", text, PLAIN):
        for reading in infer([(text, reference)]):
            assert len(reading.marked) == len(reading.target.words)
            assert all(0 <= p <= 1 for p in reading.marked)


def test_a_very_long_line_is_read_to_its_end() -> None:
    line = PLAIN[:-1] + ", "
    text = line * 200 + "and it is of the very high goodness in the internet new era offline of it."
    reading = infer([(text, None)])[0]
    assert len(reading.marked) == len(reading.target.words) > 2000
    assert min(reading.marked) > 0  # no word was left at the value of one that nobody read


# --- spans ----------------------------------------------------------------------------------------------


def fake(text: str, marked: list[float], begin: list[float] | None = None) -> Reading:
    target = encode_side(text, model_files.read_vocabulary())
    count = len(target.words)
    assert len(marked) == count
    row = (0.25, 0.25, 0.25, 0.2, 0.05)
    return Reading(
        target, None, tuple(marked), (0.5,) * count, tuple(begin or [0.0] * count), (row,) * count, 0.0, (-1,) * count
    )


FLAT = Decoding(start=0.4, extend=0.5, split=0.5, weights=(0.0,) * FACTS)


def texts(reading: Reading, decoding: Decoding = FLAT) -> list[str]:
    own = reading.target.words
    return [reading.target.text[own[m.first].start : own[m.last - 1].end] for m in find_marks(reading, decoding)]


def test_a_span_starts_at_a_sure_word_and_grows_over_its_neighbours() -> None:
    assert texts(fake("he made a big homework today", [0.1, 0.3, 0.25, 0.3, 0.6, 0.1])) == ["made a big homework"]


def test_function_words_and_marks_at_the_edges_are_dropped() -> None:
    assert texts(fake("the strange phrase , of it", [0.3, 0.6, 0.3, 0.3, 0.3, 0.3])) == ["strange phrase"]
    assert texts(fake("the phrase", [0.6, 0.3])) == ["the phrase"]


def test_a_sure_beginning_splits_a_run() -> None:
    assert texts(fake("one two", [0.6, 0.6], [0.9, 0.8])) == ["one", "two"]
    assert texts(fake("one two", [0.6, 0.6], [0.9, 0.1])) == ["one two"]


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=30))
def test_spans_are_disjoint_whole_words_in_order(values: list[tuple[float, float]]) -> None:
    reading = fake(
        "word, " * (len(values) // 2),
        [v[0] for v in values][: len(values) // 2 * 2],
        [v[1] for v in values][: len(values) // 2 * 2],
    )
    marked = find_marks(reading, FLAT)
    assert all(0 <= m.first < m.last <= len(reading.target.words) for m in marked)
    assert all(a.last <= b.first for a, b in pairwise(marked))


def test_a_stricter_point_finds_a_part_of_what_a_looser_one_finds() -> None:
    reading = infer([(CALQUE, None)])[0]
    low, medium, high = (set(choose_marks(reading, Speaking(name))) for name in ("low", "medium", "high"))
    assert low <= medium <= high
    assert high


# --- hits -----------------------------------------------------------------------------------------------


def test_the_rule_does_what_its_examples_show() -> None:
    assert [breach for rule in tagger.list_rules() for breach in rule_selftest.list_failures(rule)] == []


def test_a_calque_is_found_and_plain_english_is_not() -> None:
    assert any("spit groove" in h.span.of(CALQUE) for h in hits(CALQUE))
    assert not hits("They walked home through the rain.", sensitivity="medium")


def test_the_reference_wording_is_the_suggestion() -> None:
    marked = [h for h in hits(CALQUE, PLAIN) if h.suggestions]
    assert all(h.suggestions[0] in PLAIN for h in marked)


def test_a_span_with_the_same_words_as_the_reference_has_no_counterpart() -> None:
    reading = infer([(PLAIN, PLAIN + " It was late.")])[0]
    for mark in find_marks(reading, Decoding(0.0, 1.0, 2.0, (0.0,) * FACTS)):
        assert find_counterpart(reading, mark) != PLAIN[:-1]


def test_a_name_that_recurs_is_one_remark() -> None:
    one = "Yesterday Zhao Guanghuo Xie of the Hebei Wulongdian went to see Zhao Guanghuo Xie."
    every = hits(" ".join([one] * 4))
    segments = list(tagger.make_finder("high")(build_segments("loose", [one] * 4)))
    spans = [h.span.of(one) for h in segments if h.segment == 0]
    assert len(segments) == 4 * len(spans) or len(segments) >= len(every)
    assert len(every) <= len(segments)


def test_hits_do_not_depend_on_the_run() -> None:
    text = " ".join([CALQUE, PLAIN] * 5)
    assert hits(text, PLAIN) == hits(text, PLAIN)


# --- estimate -------------------------------------------------------------------------------------------


def test_the_estimate_is_worse_for_the_worse_text() -> None:
    bad = tagger.estimate(build_document("bad", CALQUE, PLAIN)).document
    good = tagger.estimate(build_document("good", PLAIN.replace("Monday", "Sunday"), PLAIN)).document
    assert bad is not None
    assert good is not None
    assert bad.value > good.value
    assert good.low <= good.value <= good.high


def test_the_estimate_names_its_model_and_has_nothing_to_say_of_nothing() -> None:
    estimated = tagger.estimate(build_segments("x", ["", "...", CALQUE]))
    assert estimated.segments[:2] == (None, None)
    assert estimated.segments[2] is not None
    assert tagger.read_card()["id"] in estimated.signature
    assert estimated.signature.endswith("ref:no|features:head+marks")
    assert tagger.estimate(build_segments("x", [""])).document is None


# --- files ----------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    shipped = model_files.FILES.path
    for name in (model_files.LOWER, model_files.MODEL, model_files.VOCABULARY, CARD):
        shutil.copy(shipped / name, tmp_path / name)
    model_files.FILES.look_in(tmp_path)
    yield tmp_path
    model_files.FILES.look_in(shipped)


def test_the_files_that_ship_are_whole_and_small() -> None:
    assert tagger.find_obstacle() is None
    assert (model_files.FILES.path / model_files.MODEL).stat().st_size < 30_000_000


@pytest.mark.parametrize("name", [model_files.LOWER, model_files.MODEL, model_files.VOCABULARY, CARD])
def test_a_missing_or_damaged_file_is_told(elsewhere: Path, name: str) -> None:
    file = elsewhere / name
    file.write_bytes(file.read_bytes()[:-7] if name != CARD else b"{")
    assert "damaged" in str(tagger.find_obstacle())
    with pytest.raises(UserError, match="tagger"):
        hits(CALQUE)
    file.unlink()
    model_files.FILES.forget()
    assert "missing" in str(tagger.find_obstacle())


def test_the_card_tells_data_licence_figures_and_limits() -> None:
    card = tagger.read_card()
    assert {"id", "sha256", "data", "encoder", "command", "confidence", "figures", "weak_at"} <= card.keys()
    card["id"] = "changed"
    assert tagger.read_card()["id"] != "changed"


def test_what_is_laid_out_for_a_terminal_is_left_alone() -> None:
    find = tagger.make_finder("high")
    assert list(find(build_segments("x", [CALQUE])))
    assert not list(find(build_segments("x", [f"{CALQUE}\n\n    Exit Status:\n    Always succeeds."])))


def test_what_a_person_wrote_word_for_word_is_left_alone() -> None:
    text = "The old leader made a speech of great importance and the masses expressed warm clapping."
    for sensitivity in ("low", "medium", "high"):
        assert list(tagger.make_finder(sensitivity)(build_segments("x", [text], [text.replace("old ", "old  ")]))) == []
    assert list(
        tagger.make_finder("medium")(
            build_segments("x", [text], ["The veteran leader gave an important speech and the crowd applauded warmly."])
        )
    )


@pytest.mark.parametrize(
    ("text", "technical"),
    [
        ("Set `lamp.size` or pass --lamp, then call lamp_on() in /usr/share/lamp.conf as before.", True),
        ("The lamp was lit at noon, and nobody saw the boat leave the harbour before the rain.", False),
        ("Press `q' in `lamp-mode' and set `lamp-size', or `M-x' goes on: the value of `lamp-oil' tells.", True),
        ("Lamps burn in ‘lamp-mode’ while ‘lamp-size’ is set; ‘lamp-oil’ is read from ‘~/.lamps’ at first.", True),
        ("* New wick\n\n** Light the lamp at dusk (mia)\n\n** Trim it\n\n** Fill it\n\n** Mend the glass (jo)", True),
        ("The fields:\n 1 - the lamp\n 2 - its wick\n 3 - its oil\n 4 - its glass\n 5 - its hook\n 6 - its age", True),
        ("- Who lit it?\n- I did.\n- And why?\n- It was dark.\n- So early?\n- It is winter, as you know.", False),
        ("They call it a ‘lamp’, a ‘lantern’ or a ‘beacon’, and ‘light’ is what all the crew want of it.", False),
        ("The crew called it the boat of `the old man' and rowed on, as they did `every' single day.", False),
        ("Four well -known men wrote -again -about -the -boat, as one may read at https://lamp.example.", False),
    ],
)
def test_a_text_full_of_code_is_documentation(text: str, technical: bool) -> None:
    assert is_technical(build_document("text", text)) is technical
    assert is_technical(replace(build_document("text", text), format="html"))
    assert is_technical(replace(build_document("text", text), name="guide/menu.rst"))


@pytest.mark.parametrize(
    ("texts", "technical"),
    [
        (["Keep the power on.", "Close all of the gates before you leave the lock for the night."], True),
        (["Close all of the gates before you leave the lock, and write the time of it into the book."], False),
    ],
)
def test_loose_segments_as_short_as_labels_are_those_of_an_interface(texts: list[str], technical: bool) -> None:
    assert is_technical(build_segments("rows", texts)) is technical
