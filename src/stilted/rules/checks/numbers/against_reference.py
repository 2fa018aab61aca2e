"""Quantities of a translation that contradict its reference, with what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from stilted.core.model import Document, Hit, Segment, Span
from stilted.rules.checks.numbers import compare, sources
from stilted.rules.checks.numbers.compare import Difference, Fault
from stilted.rules.checks.numbers.figures import GROUPED, have_same_digits
from stilted.rules.checks.numbers.numerals import Shape
from stilted.rules.checks.numbers.quantities import find_quantities
from stilted.rules.checks.numbers.quantity import MAGNITUDE, Kind, Quantity, is_year

_RULES: Final = {
    Kind.MONTH: "numbers/wrong-date",
    Kind.WEEKDAY: "numbers/wrong-date",
    Kind.SEASON: "numbers/wrong-date",
    Kind.TIME: "numbers/wrong-time",
}


def find_contradictions(document: Document, number: int, figures: Sequence[Quantity]) -> Iterator[Hit]:
    """Yield which *figures* of segment *number* its reference has otherwise; nothing where it has no reference."""
    segment = document.segments[number]
    target, reference = segment.target or "", segment.reference or ""
    differences = compare.find_faults(target, figures, reference, find_quantities(reference))
    if not differences:
        return
    stated = sources.find_amounts(segment.source, document.source_language) if segment.source else []
    beside = [q for near in _list_neighbours(document, number) for q in find_quantities(near.reference or "")]
    for fault in differences:
        agrees = fault.what is Difference.VALUE and stated and _is_confirmed_by_source(stated, fault)
        if not agrees and not any(compare.may_be_same(fault.found, q) for q in beside):
            yield _make_hit(number, target, reference, fault)


def _is_confirmed_by_source(stated: list[sources.Amount], fault: Fault) -> bool:
    """Tell whether the source has what the translation says, and not what the reference says."""
    return sources.states(stated, fault.found) and not sources.states(stated, fault.wanted)


def _list_neighbours(document: Document, number: int) -> Iterator[Segment]:
    """Yield the segments next to this one in a running text: a number may have changed its sentence."""
    if document.target is not None:
        yield from document.segments[max(0, number - 1) : number]
        yield from document.segments[number + 1 : number + 2]


def _make_hit(number: int, target: str, reference: str, fault: Fault) -> Hit:
    one, other = fault.found, fault.wanted
    span, wanted = _choose_edit(target, reference, fault)
    written, right = target[one.left : one.right], reference[other.left : other.right]
    if fault.what is Difference.UNIT:
        return Hit("numbers/wrong-unit", number, span, f"“{written}” stands for “{right}” in the reference.", (wanted,))
    rule = _RULES.get(one.kind, "numbers/wrong-number")
    if fault.what is Difference.SEPARATOR:
        severity = "major" if one.value != other.value else "minor"
        message = f"“{written}” has the separators of another language: the reference has “{right}”."
        return Hit(rule, number, span, message, (wanted,), severity=severity)
    if _is_magnitude(fault):
        times = max(one.value, other.value) / min(one.value, other.value)
        message = f"“{written}” is off by a factor of {times:,.4g}: the reference has “{right}”."
        return Hit(rule, number, span, message, (wanted,), severity="critical")
    return Hit(rule, number, span, f"“{written}” contradicts the reference, which has “{right}”.", (wanted,))


def _is_magnitude(fault: Fault) -> bool:
    """Tell whether an amount surely is ten or more times too large or too small; dates and names are not amounts."""
    one, other = fault.found, fault.wanted
    if one.kind == Kind.VAGUE:
        return True
    if one.kind not in (Kind.NUMBER, Kind.PERCENT) or one.role or other.role or min(one.weight, other.weight) < 2:
        return False
    small, large = sorted((one.value, other.value))
    if small <= 0 or large / small < MAGNITUDE or is_year(one) or is_year(other):
        return False
    return fault.sure or have_same_digits(one.value, other.value)


def _choose_edit(target: str, reference: str, fault: Fault) -> tuple[Span, str]:
    """Return what to replace and what with: the number alone or the unit alone where that is enough."""
    one, other = fault.found, fault.wanted
    unit, reference_unit = target[one.end : one.right], reference[other.end : other.right]
    spaced = unit[:1] == reference_unit[:1] and unit[:1] in (" ", "-")
    if fault.what is Difference.UNIT and spaced and one.left == one.start and other.left == other.start:
        return Span(one.end + 1, one.right), reference_unit[1:]
    if fault.what is Difference.UNIT or (one.unit and other.unit and one.unit != other.unit) or one.kind != other.kind:
        return Span(one.left, one.right), reference[other.left : other.right]
    wanted = reference[other.start : other.end]
    is_count = other.kind == Kind.NUMBER and other.value.is_integer()
    if one.shape == Shape.FIGURE and other.shape == Shape.WORD and is_count:
        wanted = f"{int(other.value):,}" if other.value >= GROUPED else f"{int(other.value)}"
    return Span(one.start, one.end), wanted
