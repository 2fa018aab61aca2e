"""Two translations cut alike: the smallest stretches of the reference at whose ends both alignments agree."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stilted.core.errors import UserError
from stilted.core.model import Document, Segment


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of the reference and what each version makes of it; each on one line, a version may be empty."""

    old: str
    new: str
    reference: str


Place = Callable[[Segment], int | None]
"""Gives the number of the unit that a segment of either version belongs to; None for one aligned with nothing."""


def pair_units(old: Document, new: Document) -> tuple[Unit, ...]:
    """Return the units of two documents that stand against the same reference, in its order; see `find_shared`."""
    references, place = find_shared(old, new)
    texts: list[tuple[list[str], list[str]]] = [([], []) for _ in references]
    for side, document in enumerate((old, new)):
        for segment in document.segments:
            at = place(segment)
            if at is not None:
                texts[at][side].append(segment.target or "")
    return tuple(
        Unit(_put_on_one_line(" ".join(was)), _put_on_one_line(" ".join(now)), _put_on_one_line(reference))
        for reference, (was, now) in zip(references, texts, strict=True)
    )


def find_shared(old: Document, new: Document) -> tuple[tuple[str, ...], Place]:
    """Return the stretches of the reference that both versions are compared on, and who belongs to which.

    Each alignment cuts the reference of running text where its beads end; a unit runs from one cut that both
    share to the next. So both versions get the same list, whatever was joined, split or left out in either.
    Text that is aligned with nothing is in no unit, as it is in no score. In catalogues a unit is a string.

    Raises:
        ValueError: the documents have no reference, or not the same.
        UserError: one is running text and the other a catalogue.
    """
    if (old.target is None) != (new.target is None):
        what = "one version is running text, the other a catalogue of strings"
        raise UserError(what, new.name, "Compare two files of one kind.")
    if old.target is None:
        return _number_strings(old, new)
    ends = find_cuts(old, new)
    text = old.reference or ""
    stretches = tuple(text[start:end] for start, end in zip([0, *ends], ends, strict=False))
    return stretches, lambda segment: find_unit(segment, ends)


def _number_strings(old: Document, new: Document) -> tuple[tuple[str, ...], Place]:
    """Number the strings of two catalogues by id; of equal ids the first of one is the first of the other."""
    numbers: dict[tuple[str, int], int] = {}
    references: list[str] = []
    places: dict[int, int] = {}
    for document in (old, new):
        seen: Counter[str] = Counter()
        for segment in document.segments:
            key = segment.id, seen[segment.id]
            seen[segment.id] += 1
            if not segment.reference:
                continue
            if key not in numbers:
                numbers[key] = len(references)
                references.append(segment.reference)
            places[id(segment)] = numbers[key]
    if not references:
        raise ValueError("both documents must stand against one reference")
    return tuple(references), lambda segment: places.get(id(segment))


def find_cuts(old: Document, new: Document) -> list[int]:
    """Return the offsets in the reference at which units of running text end.

    Raises:
        ValueError: the documents have no reference, or not the same.
    """
    if old.reference is None or old.reference != new.reference:
        raise ValueError("both documents must be aligned with one reference")
    ends = ({s.reference_span.end for s in d.segments if s.reference_span is not None} for d in (old, new))
    return sorted(set.intersection(*ends))


def find_unit(segment: Segment, ends: Sequence[int]) -> int | None:
    """Return the number of the unit of running text that a segment belongs to; None for one aligned with nothing."""
    return None if segment.reference_span is None else bisect_left(ends, segment.reference_span.end)


def _put_on_one_line(text: str) -> str:
    return " ".join(text.split())
