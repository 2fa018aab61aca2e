"""Words that two versions share in the same order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.text.align.common_words import LONGEST, find_shared, tokenize_roughly

TEXTS = st.lists(st.sampled_from("the lake isn't cannot open opened 12 1,200 % ( and she’s".split()), max_size=20).map(
    " ".join
)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("She isn't ready", ["she", "is", "not", "ready"]),
        ("He cannot; we can’t", ["he", "can", "not", ";", "we", "can", "not"]),
        ("They're 1,200 (5%)", ["they", "are", "1,200", "(", "5", "%", ")"]),
    ],
)
def test_words_are_compared_in_full_form(text: str, keys: list[str]) -> None:
    assert [token.key for token in tokenize_roughly(text)] == keys


def test_what_weighs_most_stays_in_order() -> None:
    one, other = (
        tokenize_roughly("in the north and in the south"),
        tokenize_roughly("south of the lake and in the north"),
    )
    assert [one[i].key for i, _ in find_shared(one, other)][-1] == "north"


@given(TEXTS, TEXTS)
def test_links_are_equal_words_in_rising_order(one: str, other: str) -> None:
    here, there = tokenize_roughly(one), tokenize_roughly(other)
    links = find_shared(here, there)
    assert all(here[i].key == there[j].key for i, j in links)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(links))


@given(TEXTS)
def test_a_text_shares_everything_with_itself(text: str) -> None:
    own = tokenize_roughly(text)
    assert find_shared(own, own) == [(n, n) for n in range(len(own))]


def test_long_texts_are_not_compared() -> None:
    own = tokenize_roughly("lake " * (LONGEST + 1))
    assert find_shared(own, own) == []
