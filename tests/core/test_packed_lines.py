"""Lists on disk come back as they were, whole or word by word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stilted.core import packed_lines


@pytest.mark.parametrize("lines", [[], [""], ["a", "ab", "abc", "abd", "b"], ["b", "a"], ["x" * 50, "x" * 50 + "y"]])
def test_packed_lines_come_back(lines: list[str]) -> None:
    assert packed_lines.loads(packed_lines.dumps(lines)) == lines


@settings(max_examples=15)
@given(st.sets(st.text(alphabet="abcde", min_size=1, max_size=7)))
def test_packed_words_are_found_and_no_others(words: set[str]) -> None:
    ordered = sorted(words)
    packed = packed_lines.dump_words(ordered)
    assert packed_lines.loads(packed) == ordered
    kept = packed_lines.WordSet(packed)
    near = {*words, *(word[:-1] for word in words), *(f"{word}a" for word in words), "", "zebra"}
    assert {word for word in near if word in kept} == words
