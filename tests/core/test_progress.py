from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

import stilted
from stilted.core.progress import listening, steps


def test_nobody_listens() -> None:
    assert list(steps("abc")) == ["a", "b", "c"]


def test_steps_within_steps_divide_them() -> None:
    told: list[float] = []
    with listening(told.append):
        for _ in steps("ab"):
            for _ in steps("xy"):
                pass
        list(steps(()))
    assert told == [0.0, 0.0, 0.25, 0.5, 0.5, 0.75]
    list(steps("c"))
    assert len(told) == 6


@given(st.lists(st.integers(0, 5), max_size=6))
def test_what_is_told_never_goes_back(sizes: list[int]) -> None:
    told: list[float] = []
    with listening(told.append):
        for size in steps(sizes):
            assert list(steps(range(size))) == list(range(size))
    assert all(before <= after for before, after in pairwise(told))
    assert all(0.0 <= share < 1.0 for share in told)


def test_a_walk_that_is_left_early_disturbs_no_other() -> None:
    told: list[float] = []
    with listening(told.append):
        walk = steps("abcd")
        next(walk)
        next(walk)
        walk.close()
        list(steps("xy"))
    assert told == [0.0, 0.25, 0.0, 0.5]


def test_a_check_tells_how_far_it_is() -> None:
    told: list[float] = []
    with listening(told.append):
        stilted.check("She walked to the the station. The train had left. " * 20)
    assert len(told) > 30  # rules, and the segments that the tagger reads
    assert told == sorted(told)
    assert told[-1] > 0.9
