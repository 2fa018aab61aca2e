from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

import stilted
from stilted.core.progress import on_progress, track


def test_nobody_listens() -> None:
    assert list(track("abc")) == ["a", "b", "c"]


def test_steps_within_steps_divide_them() -> None:
    steps: list[float] = []
    with on_progress(steps.append):
        for _ in track("ab"):
            for _ in track("xy"):
                pass
        list(track(()))
    assert steps == [0.0, 0.0, 0.25, 0.5, 0.5, 0.75]
    list(track("c"))
    assert len(steps) == 6


@given(st.lists(st.integers(0, 5), max_size=6))
def test_what_is_told_never_goes_back(sizes: list[int]) -> None:
    steps: list[float] = []
    with on_progress(steps.append):
        for size in track(sizes):
            assert list(track(range(size))) == list(range(size))
    assert all(before <= after for before, after in pairwise(steps))
    assert all(0.0 <= share < 1.0 for share in steps)


def test_a_walk_that_is_left_early_disturbs_no_other() -> None:
    steps: list[float] = []
    with on_progress(steps.append):
        walk = track("abcd")
        next(walk)
        next(walk)
        walk.close()
        list(track("xy"))
    assert steps == [0.0, 0.25, 0.0, 0.5]


def test_a_check_tells_how_far_it_is() -> None:
    steps: list[float] = []
    with on_progress(steps.append):
        stilted.check("She walked to the the station. The train had left. " * 20)
    assert len(steps) > 30  # rules, and the segments that the tagger reads
    assert steps == sorted(steps)
    assert steps[-1] > 0.9
