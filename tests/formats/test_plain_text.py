"""Plain text as it stands, and reST without its literal blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.formats.literal_blocks import find_literal_blocks
from stilted.formats.text import read_plain_text

PAGE = """Lamps
=====

Light it as follows::

    lamp (on {
    burn(

Then wait.

.. code-block:: sh
   :caption: How (to wait

   wait [

.. note:: Lamps are hot,
   and stay so.

.. A comment (for writers
   only

A value :: of two, and lamps::
sail on.

>>> lamp(

The end.
"""


def read(text: str, name: str) -> str:
    (unit,) = read_plain_text(text, name).units
    assert unit.target is not None
    return unit.target.text


def test_what_is_literal_in_rest_is_no_prose() -> None:
    said = read(PAGE, "docs/lamps.rst")
    assert "(" not in said
    assert "[" not in said
    for kept in ("as follows::", "Then wait.", "Lamps are hot,\n   and stay so.", "sail on.", "The end."):
        assert kept in said


def test_plain_text_stands_as_it_is() -> None:
    assert read(PAGE, "lamps.txt") == PAGE


@pytest.mark.parametrize(
    "text", ["", "::", "a::\n", "a::\n\n", "a::\r\n\r\n  b\r\nc\r\n", "..\n", "..\n  a\n", ">>> a"]
)
def test_what_is_cut_off_is_read(text: str) -> None:
    assert len(read(text, "a.rst")) <= len(text)


@given(
    st.lists(
        st.sampled_from(["a::", "", "  b", "    c", ".. code:: x", ".. d", "e", ">>> f", "\tg", "\r"]), max_size=12
    )
)
def test_blocks_are_whole_lines_in_order_and_the_rest_keeps_its_place(lines: list[str]) -> None:
    text = "\n".join(lines)
    last = 0
    for block in find_literal_blocks(text):
        assert last <= block.start < block.end <= len(text)
        assert block.start == 0 or text[block.start - 1] in "\r\n"
        last = block.end
    (unit,) = read_plain_text(text, "a.rst").units
    assert unit.target is not None
    for at, character in enumerate(unit.target.text):
        assert text[slice(*unit.target.map.place(at, at + 1))] == character
