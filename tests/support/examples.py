"""How many made-up examples a property is tried with: a build takes fewer than whoever looks for new faults."""

from __future__ import annotations

from hypothesis import settings


def examples(number: int) -> int:
    """Return *number*, for a property that deserves another one than most, in the measure of the loaded profile."""
    return max(10, number * settings().max_examples // 100)
