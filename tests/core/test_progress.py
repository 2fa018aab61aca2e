from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

import stilted
from stilted.core.progress import on_progress, track


def test_nobody_listens() -> None:
    assert list(track("abc")) == ["a", "b", "c"]


def test_steps_within_steps_divide_them() -> None:
    told: list[float] = []
    with on_progress(told.append):
        for _ in track("ab"):
            for _ in track("xy"):
                pass
        list(track(()))
    assert told == [0.0, 0.0, 0.25, 0.5, 0.5, 0.75]
    list(track("c"))
    assert len(told) == 6


@given(st.lists(st.integers(0, 5), max_size=6))
def test_what_is_told_never_goes_back(sizes: list[int]) -> None:
    told: list[float] = []
    with on_progress(told.append):
        for size in track(sizes):
            assert list(track(range(size))) == list(range(size))
    assert all(before <= after for before, after in pairwise(told))
    assert all(0.0 <= share < 1.0 for share in told)


def test_a_walk_that_is_left_early_disturbs_no_other() -> None:
    told: list[float] = []
    with on_progress(told.append):
        walk = track("abcd")
        next(walk)
        next(walk)
        walk.close()
        list(track("xy"))
    assert told == [0.0, 0.25, 0.0, 0.5]


def test_a_check_tells_how_far_it_is() -> None:
    told: list[float] = []
    with on_progress(told.append):
        stilted.check("She walked to the the station. The train had left. " * 20)
    assert len(told) > 30  # rules, and the segments that the tagger reads
    assert told == sorted(told)
    assert told[-1] > 0.9
