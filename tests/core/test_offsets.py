"""Lines and columns against the slow and obvious way of counting them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.core.offsets import Lines

TEXTS = st.text(st.sampled_from("ab\n\r\u2028\x0b\x0c\x85\U0001f600"), max_size=40)


def counted(text: str, offset: int) -> tuple[int, int]:
    line = column = 1
    for index in range(offset):
        if text[index] == "\n" or (text[index] == "\r" and text[index + 1 : index + 2] != "\n"):
            line, column = line + 1, 1
        else:
            column += 1
    return line, column


@given(TEXTS)
def test_every_offset_is_where_counting_puts_it(text: str) -> None:
    lines = Lines.of(text)
    for offset in range(len(text) + 1):
        assert lines.locate(offset) == counted(text, offset)


def test_only_cr_lf_and_cr_lf_end_a_line() -> None:
    assert Lines.of("a\nb\r\nc\rd\u2028e\x85f\x0bg\x0ch").starts == (0, 2, 5, 7)


def test_columns_are_code_points() -> None:
    assert Lines.of("\U0001f600\U0001f600x").locate(2) == (1, 3)


@pytest.mark.parametrize("offset", [-1, 4])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(ValueError, match="outside a text of 3"):
        Lines.of("abc").locate(offset)
