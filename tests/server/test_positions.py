"""Places as editors count them: lines from 0, and UTF-16 units in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.server.positions import Utf16Lines


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
    lines = Utf16Lines.of(text)
    assert lines.position(offset) == place
    assert lines.offset(*place) == offset


@given(st.text("ab \n\r🙂é\u0301\u2028"), st.data())
def test_the_protocols_own_count_agrees(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    lines = Utf16Lines.of(text)
    line, character = lines.position(offset)
    start = lines.lines.starts[line]
    assert len(text[start:offset].encode("utf-16-le")) == 2 * character
    inside_a_line_end = 0 < offset < len(text) and text[offset - 1 : offset + 1] == "\r\n"
    assert lines.offset(line, character) == (offset - 1 if inside_a_line_end else offset)


@pytest.mark.parametrize(("line", "character", "offset"), [(0, 99, 2), (9, 0, 5), (1, 99, 5), (-1, 0, 0)])
def test_a_place_outside_is_drawn_in(line: int, character: int, offset: int) -> None:
    assert Utf16Lines.of("ab\n🙂x").offset(line, character) == offset
