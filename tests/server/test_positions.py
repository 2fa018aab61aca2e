"""Places as editors count them: lines from 0, and UTF-16 units in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.server.positions import ENCODINGS, Edit, EditorLines, apply_edit
from work import grows


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("ab", 1, (0, 1)),
        ("a\nb", 2, (1, 0)),
        ("a\r\nb", 3, (1, 0)),
        ("🙂b", 1, (0, 2)),
        ("e\u0301b", 2, (0, 2)),
        ("a\n👩‍🔬 x", 6, (1, 6)),
        ("", 0, (0, 0)),
    ],
)
def test_an_offset_is_a_line_and_utf_16_units(text: str, offset: int, place: tuple[int, int]) -> None:
    lines = EditorLines.of(text)
    assert lines.position(offset) == place
    assert lines.offset(*place) == offset


@given(st.text("ab \n\r🙂é\u0301\u2028"), st.data())
def test_the_protocols_own_count_agrees(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    lines = EditorLines.of(text)
    line, character = lines.position(offset)
    start = lines.lines.starts[line]
    assert len(text[start:offset].encode("utf-16-le")) == 2 * character
    inside_a_line_end = 0 < offset < len(text) and text[offset - 1 : offset + 1] == "\r\n"
    assert lines.offset(line, character) == (offset - 1 if inside_a_line_end else offset)


@pytest.mark.parametrize(("line", "character", "offset"), [(0, 99, 2), (9, 0, 5), (1, 99, 5), (-1, 0, 0)])
def test_a_place_outside_is_drawn_in(line: int, character: int, offset: int) -> None:
    assert EditorLines.of("ab\n🙂x").offset(line, character) == offset


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 9), ("utf-16", 4), ("utf-32", 3)])
def test_an_editor_and_the_server_may_agree_on_other_units(encoding: str, character: int) -> None:
    lines = EditorLines.of("é🙂“x", encoding)
    assert lines.position(3) == (0, character)
    assert lines.offset(*lines.position(3)) == 3


@pytest.mark.parametrize(
    ("text", "edit", "after"),
    [
        ("ab\n", Edit("x", (0, 1), (0, 1)), "axb\n"),
        ("🙂b", Edit("", (0, 0), (0, 2)), "b"),
        ("e\u0301b\r\nc", Edit("x", (0, 2), (1, 0)), "e\u0301xc"),  # two lines become one
        ("ab", Edit("\r\n", (0, 1), (0, 1)), "a\r\nb"),
        ("a\u2028b\x0cc\nd", Edit("x", (1, 0), (1, 1)), "a\u2028b\x0cc\nx"),  # no editor's lines end there
        ("ab", Edit("x", (0, 99), (9, 9)), "abx"),  # behind the end of a last line without an end
        ("ab", Edit("x", (0, 2), (0, 0)), "abx"),  # from behind to before
        ("ab", Edit("new"), "new"),
        ("", Edit("a", (0, 0), (0, 0)), "a"),
    ],
)
def test_an_edit_changes_what_stands_between_its_places(text: str, edit: Edit, after: str) -> None:
    assert apply_edit(text, edit) == after


@given(st.text("ab \n\r🙂é\u0301\u2028\x0c"), st.text("a\n🙂\r"), st.sampled_from(sorted(ENCODINGS)), st.data())
def test_edits_by_places_and_by_offsets_are_the_same(text: str, new: str, encoding: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
        return  # no editor has a place between the two
    lines = EditorLines.of(text, encoding)
    edit = Edit(new, lines.position(start), lines.position(end))
    assert apply_edit(text, edit, encoding) == text[:start] + new + text[end:]


@given(st.text("ab\n\r🙂"), st.integers(0, 40))
def test_a_line_ends_before_what_ends_it(text: str, number: int) -> None:
    offset = min(number, len(text))
    lines = EditorLines.of(text)
    end = lines.line_end(offset)
    assert offset <= end
    assert "\n" not in text[lines.line_start(offset) : end]
    assert end == len(text) or text[end] in "\r\n" or text[offset - 1 : offset + 1] == "\r\n"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_places_in_a_line_of_a_whole_book_take_no_longer(encoding: str) -> None:
    def go_through(size: int) -> None:
        lines = EditorLines.of("🙂aé“b" * size, encoding)
        for offset in range(5 * size):
            assert lines.offset(*lines.position(offset)) == offset

    assert grows(go_through, 100) < 8


@given(st.text("ab é“🙂\ud800"), st.sampled_from(sorted(ENCODINGS)), st.data())
def test_units_are_those_of_the_encoding(text: str, encoding: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    name = encoding if encoding == "utf-8" else f"{encoding}-le"
    units = len(text[:offset].encode(name, "surrogatepass")) // ENCODINGS[encoding]
    assert EditorLines.of(text, encoding).position(offset) == (0, units)
