"""Does time grow with the input as it should? Two sizes are compared in one run, so that no machine is too slow."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Final

ROUNDS: Final = 3
NOISE: Final = 0.05
"""Seconds of processor time that are no measurement."""


def require_linear(work: Callable[[int], object], size: int, factor: int = 4, slack: float = 2.0) -> None:
    """Refuse *work* that takes more than *slack* times *factor* times as long for *factor* times the *size*.

    What squares takes *factor* times *factor* as long, so *slack* lies well below *factor*. The small size is measured
    twice, since what disturbs it would excuse the large one; the large one only again where it seems too slow.
    """
    short = min(_seconds(work, size) for _ in range(2))
    most = factor * slack * max(short, NOISE)
    long = _seconds(work, factor * size)
    for _ in range(ROUNDS - 1):
        if long <= most:
            break
        long = min(long, _seconds(work, factor * size))
    assert long <= most, f"{factor} times the size takes {long / max(short, NOISE):.0f} times as long"


def _seconds(work: Callable[[int], object], size: int) -> float:
    gc.disable()  # what other tests have left would be gone through again and again
    try:
        began = time.process_time()
        work(size)
        return time.process_time() - began
    finally:
        gc.enable()


def loops(work: Callable[[], object]) -> float:
    """Return how many times as long *work* takes as a million turns of an empty loop on the same machine.

    For texts that do not come in sizes: what squares a hundred thousand signs takes thousands.
    """
    yardstick = _seconds(_turn, 1_000_000)
    taken = _seconds(lambda _: work(), 0)
    return taken / max(yardstick, _seconds(_turn, 1_000_000))


def _turn(size: int) -> None:
    for _ in range(size):
        pass
