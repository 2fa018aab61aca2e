"""Work counted in lines of the product that were run: the same on every machine, however busy it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import stilted

_ROOT = str(Path(stilted.__file__).parent)


def count_lines(action: Callable[[], object]) -> int:
    """Return how many lines of the product *action* runs; each turn of a loop counts, also in a comprehension."""
    count = 0

    def within(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return within

    def called(frame: FrameType, event: str, argument: Any) -> Any:
        return within if frame.f_code.co_filename.startswith(_ROOT) else None

    before = sys.gettrace()
    sys.settrace(called)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


def grows(action: Callable[[int], object], size: int) -> float:
    """Return by how much the work for four times the size is more than for once: 4 where it is linear, 16 in squares.

    What is the same at every size is left out: it would hide how the rest grows.
    """
    action(size // 4 + 1)  # what is loaded once is no work of a text
    least, less, more = (count_lines(lambda size=size: action(size)) for size in (size // 4, size, 4 * size))
    return (more - less) / max(abs(less - least), size)
