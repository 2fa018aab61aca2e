"""Do confidences mean what they say: of findings at confidence 0.7, do people mark 70%?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Findings with confidence in ``[low, high)``, the last bin with 1: their number, mean and hit rate."""

    low: float
    high: float
    count: int
    confidence: float
    hit_rate: float


def list_bins(findings: Iterable[tuple[float, bool]], bins: int = BINS) -> tuple[Bin, ...]:
    """Return the bins that hold findings, lowest first; bins are of equal width.

    Args:
        findings: the confidence of each, and whether it hits.
    """
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, hit in findings:
        groups.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, hit))
    return tuple(
        Bin(
            low=number / bins,
            high=(number + 1) / bins,
            count=len(group),
            confidence=sum(c for c, _ in group) / len(group),
            hit_rate=sum(h for _, h in group) / len(group),
        )
        for number, group in sorted(groups.items())
    )


def measure_error(table: Sequence[Bin]) -> float | None:
    """Return the expected calibration error: |confidence - hit rate|, averaged over findings."""
    total = sum(row.count for row in table)
    if not total:
        return None
    return sum(row.count * abs(row.confidence - row.hit_rate) for row in table) / total
