"""Two translations cut alike: the smallest stretches of the reference at whose ends both alignments agree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from stilted.model import Document, Segment


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of the reference and what each version makes of it; each on one line, a version may be empty."""

    old: str
    new: str
    reference: str


def units(old: Document, new: Document) -> tuple[Unit, ...]:
    """Return the units of two documents that are aligned with the same reference text, in its order.

    Each alignment cuts the reference where its beads end; a unit runs from one cut that both share to the
    next. So both versions get the same list, whatever was joined, split or left out in either. Text that
    is aligned with nothing is in no unit, as it is in no score.

    Raises:
        ValueError: the documents have no reference, or not the same.
    """
    ends = cuts(old, new)
    texts: list[tuple[list[str], list[str]]] = [([], []) for _ in ends]
    for side, document in enumerate((old, new)):
        for segment in document.segments:
            at = place(segment, ends)
            if at is not None:
                texts[at][side].append(segment.target or "")
    whole = old.reference or ""
    return tuple(
        Unit(_line(" ".join(was)), _line(" ".join(now)), _line(whole[start:end]))
        for start, end, (was, now) in zip([0, *ends], ends, texts, strict=False)
    )


def cuts(old: Document, new: Document) -> list[int]:
    """Return the offsets in the reference at which units end.

    Raises:
        ValueError: the documents have no reference, or not the same.
    """
    if old.reference is None or old.reference != new.reference:
        raise ValueError("both documents must be aligned with one reference")
    ends = ({s.reference_span.end for s in d.segments if s.reference_span is not None} for d in (old, new))
    return sorted(set.intersection(*ends))


def place(segment: Segment, ends: Sequence[int]) -> int | None:
    """Return the number of the unit that a segment belongs to; None for one that is aligned with nothing."""
    return None if segment.reference_span is None else bisect_left(ends, segment.reference_span.end)


def _line(text: str) -> str:
    return " ".join(text.split())
