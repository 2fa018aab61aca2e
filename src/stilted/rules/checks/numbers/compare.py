"""Which quantities of a translation its reference lacks, and which of the reference's stands in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import floor, log10
from typing import Final, NamedTuple

from stilted.rules.checks.numbers import numerals, places
from stilted.rules.checks.numbers import units as _units
from stilted.rules.checks.numbers.figures import count_digits
from stilted.rules.checks.numbers.likeness import NUMBERS, WEIGHTS, Weights, count_needed, read_context, score_likeness
from stilted.rules.checks.numbers.numerals import Shape
from stilted.rules.checks.numbers.quantity import Kind, Quantity, Role
from stilted.rules.checks.numbers.units import Dimension

_EXACT_DIMENSIONS: Final = frozenset({Dimension.DURATION, *_units.MONEY})
_APPROXIMATE: Final = re.compile(
    r"\b(?:about|around|nearly|almost|some|over|approximately|roughly|than|close to|up to|under|above|below|least"
    r"|most|exceed\w*|surpass\w*|top(?:ped|ping)|reach\w*|estimated|circa|ca\.?|past|beyond) (?:the |a )?[$€£¥]?$"
    r"|[~≈＞>＜<]\s?$",
    re.IGNORECASE,
)
_LOCAL: Final = 10**7
_MAX_SWAPPED: Final = 40
"""Figures of a sentence that are compared two by two."""
_MAX_QUANTITIES: Final = 200
"""A segment with more numbers is a table: every number is compared with every other, and there it tells little."""
_BEFORE_CHARS: Final = 32


class Difference(StrEnum):
    """What of a quantity contradicts the reference."""

    VALUE = "value"
    UNIT = "unit"
    SEPARATOR = "separator"


class Fault(NamedTuple):
    """Quantity *found* of the translation stands where the reference has *wanted*, and differs in *what*.

    *sure* says that both surely count the same: the same word or unit stands beside them.
    """

    found: Quantity
    wanted: Quantity
    what: Difference
    sure: bool = False


def find_faults(
    target: str,
    figures: Sequence[Quantity],
    reference: str,
    expected: Sequence[Quantity],
    *,
    weights: Weights = WEIGHTS,
) -> list[Fault]:
    """Return the quantities of *target* that contradict *reference*, each with the one it should be."""
    if max(len(figures), len(expected)) > _MAX_QUANTITIES:
        return []
    left, right = _find_unmatched(figures, expected)
    separators = _find_foreign_separators(target, figures, reference, expected)
    if not left:
        return sorted(
            [*separators, *_find_swapped(target, figures, reference, expected)], key=lambda fault: fault.found.start
        )
    units = list(_find_wrong_units(left, right))
    taken, used = {fault.found for fault in units}, {fault.wanted for fault in units}
    left = [q for q in left if q not in taken]
    target_side = _Side(target, [q for q in left if not _stands_for(target, q, reference, expected)], expected)
    reference_side = _Side(reference, [r for r in expected if r not in used], figures, frozenset(right))
    return sorted(
        [*units, *_pair(target_side, reference_side, weights), *separators], key=lambda fault: fault.found.start
    )


def _find_foreign_separators(
    target: str, figures: Sequence[Quantity], reference: str, expected: Sequence[Quantity]
) -> list[Fault]:
    """Return figures with the separators of another language, where the reference has the number as English has it."""
    differences = []
    for one in figures:
        written = target[one.start : one.end].rstrip("%")
        if one.shape != Shape.FIGURE or one.kind not in NUMBERS or one.role or not is_foreign(written, one):
            continue
        values = (one.value, *one.others)
        if "." in written and any(_are_close(one.value, r.value) for r in expected):
            continue
        for other in expected:
            right = reference[other.start : other.end]
            alike = other.kind in NUMBERS and _keep_digits(right) == _keep_digits(written) and right != written
            is_number = alike and right[:1].isdecimal() and any(_are_close(v, other.value) for v in values)
            if is_number and not is_foreign(right, other):
                differences.append(Fault(one, other, Difference.SEPARATOR))
                break
    return differences


def _find_swapped(
    target: str, figures: Sequence[Quantity], reference: str, expected: Sequence[Quantity]
) -> list[Fault]:
    """Return two figures that stand in each other's place."""
    firm = [q for q in figures if q.kind in NUMBERS and q.weight > 1][:_MAX_SWAPPED]
    facing = [r for r in expected if r.kind in NUMBERS and r.weight]
    swaps = places.find_swaps(target, firm, reference, facing)
    return [Fault(one, other, Difference.VALUE, False) for one, other in swaps]


def _keep_digits(written: str) -> str:
    return "".join(c for c in written if c.isdecimal())


def is_foreign(written: str, quantity: Quantity) -> bool:
    """Tell whether a figure is set with dots and commas as English does not, or may not, set it."""
    figure = numerals.find_figure(written)
    if "," in figure:
        return not numerals.WELL_FORMED.fullmatch(figure)
    return "." in figure and (bool(quantity.others) or figure.count(".") > 1)


def _find_unmatched(figures: Sequence[Quantity], expected: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """Match equal quantities one to one, exact ones first, and return what is left on both sides."""
    left, right = list(figures), list(expected)
    for matches in (_are_identical, may_be_same):
        rest = []
        for one in left:
            other = next((r for r in right if matches(one, r)), None)
            if other is None:
                rest.append(one)
            else:
                right.remove(other)
        left = rest
    return left, right


def _are_identical(one: Quantity, other: Quantity) -> bool:
    return one.kind == other.kind and one.value == other.value and one.unit == other.unit


def _stands_for(target: str, one: Quantity, reference: str, expected: Sequence[Quantity]) -> bool:
    """Tell whether the reference has this value rounded, or with another thousands separator."""
    return any(_is_rounded(target, one, reference, other) for other in expected)


class _Side(NamedTuple):
    """The quantities of a text that may be at fault or wanted, beside all those of the other text."""

    text: str
    open: list[Quantity]
    facing: Sequence[Quantity]
    unmatched: frozenset[Quantity] = frozenset()

    def repeats(self, quantity: Quantity) -> bool:
        """Tell whether the other text says this too, only less often."""
        return any(may_be_same(quantity, other) for other in self.facing)


def may_be_same(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities may state one fact, whichever of their meanings they have."""
    if not one.others and not other.others:
        return _say_the_same(one, other)
    readings = [one, *(one._replace(value=v) for v in one.others)]
    other_readings = [other, *(other._replace(value=v) for v in other.others)]
    return any(_say_the_same(a, b) for a in readings for b in other_readings)


def _say_the_same(one: Quantity, other: Quantity) -> bool:
    if one.kind == other.kind:
        if one.kind in NUMBERS:
            return _measure_the_same(one, other)
        if one.kind == Kind.TIME:
            gap = abs(one.value - other.value)
            return gap == 0 or ((one.half_day or other.half_day) and gap % 720 == 0)
        if one.role == other.role == Role.IDENTIFIER:  # with or without the code of the country
            return one.value % _LOCAL == other.value % _LOCAL
        return one.value == other.value
    kinds = {one.kind, other.kind}
    if kinds <= NUMBERS:
        return _say_the_same_across_kinds(one, other)
    number = one if one.kind in NUMBERS else other
    rest = other if number is one else one
    if number.kind not in NUMBERS:
        return False
    if rest.kind == Kind.CODE or (rest.kind == Kind.MONTH and number.role == Role.DATE):
        return rest.value == number.value
    if rest.kind == Kind.TIME:
        return rest.value % 60 == 0 and (rest.value / 60 - number.value) % 12 == 0 and number.value <= 24
    return rest.kind == Kind.VAGUE and number.value >= rest.value


def _measure_the_same(one: Quantity, other: Quantity) -> bool:
    if one.unit and other.unit and _units.may_be_same_heat(one.value, one.unit, other.value, other.unit):
        return True
    if one.unit and other.unit and one.unit != other.unit:
        if not _units.are_related(one.unit, other.unit):
            return False
        if _units.are_convertible(one.unit, other.unit):
            return _is_converted(one, other)
    if _are_close(one.value, other.value):
        return True
    if Role.DECADE in (one.role, other.role):
        small, large = sorted((one.value, other.value))
        return small < 100 and 1000 <= large < 2100 and large % 100 == small
    return one.shape == Shape.FRACTION and other.shape == Shape.FRACTION and abs(one.value - other.value) < 0.005


def _is_converted(one: Quantity, other: Quantity) -> bool:
    assert one.unit
    assert other.unit
    a, b = _units.convert(one.value, one.unit), _units.convert(other.value, other.unit)
    exact = one.unit.dimension in _EXACT_DIMENSIONS
    return abs(a - b) <= max(abs(a), abs(b)) * (0.005 if exact else _units.CONVERTED)


def _say_the_same_across_kinds(one: Quantity, other: Quantity) -> bool:
    """Compare percent, plain numbers and ordinals with each other: 50% is half, 25 may be the 25th."""
    if Kind.PERCENT in (one.kind, other.kind):
        percent, plain = (one, other) if one.kind == Kind.PERCENT else (other, one)
        if plain.kind == Kind.ORDINAL:
            return False
        part = plain.value * 100
        return abs(part - percent.value) <= (1 if plain.shape == Shape.FRACTION else 0) or (
            plain.unit is None and plain.shape == Shape.FIGURE and _are_close(plain.value, percent.value)
        )
    return _are_close(one.value, other.value)


def _are_close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other))


def _is_rounded(target: str, one: Quantity, reference: str, other: Quantity) -> bool:
    """Tell whether one of two values is the other rounded, and says so or is written with million and the like."""
    if one.kind != other.kind or one.kind not in NUMBERS or not one.value or not other.value:
        return False
    if one.unit and other.unit and one.unit != other.unit:
        return False
    coarse, fine, text = one, other, target
    if count_digits(one.value) > count_digits(other.value):
        coarse, fine, text = other, one, reference
    if count_digits(coarse.value) == count_digits(fine.value) or fine.value < 20:
        return False
    places = count_digits(coarse.value) - 1 - floor(log10(abs(fine.value)))
    if not _are_close(round(fine.value, places), coarse.value):
        return False
    fine_text = reference if text is target else target
    scaled = places < 0 and count_digits(coarse.value) >= 2 and _ends_in_scale_word(text, coarse) and fine.value >= 1e4
    return scaled or (_is_approximate(text, coarse) and not _is_approximate(fine_text, fine))


def _ends_in_scale_word(text: str, quantity: Quantity) -> bool:
    return text[quantity.start : quantity.end][-1:].isalpha()


def _is_approximate(text: str, quantity: Quantity) -> bool:
    return bool(_APPROXIMATE.search(text[max(0, quantity.left - _BEFORE_CHARS) : quantity.left]))


def _find_wrong_units(left: Iterable[Quantity], right: Iterable[Quantity]) -> Iterable[Fault]:
    """Yield equal values of different units: "100 km" for "100 miles", "€5" for "$5"."""
    used: set[Quantity] = set()
    for one in left:
        for other in right:
            if other in used or one.kind not in NUMBERS or other.kind not in NUMBERS or not one.weight:
                continue
            if _are_close(one.value, other.value) and _may_be_confused(one, other):
                used.add(other)
                yield Fault(one, other, Difference.UNIT)
                break


def _may_be_confused(one: Quantity, other: Quantity) -> bool:
    """Tell whether one unit may stand by mistake for the other."""
    if one.unit is None or other.unit is None:
        return False
    money = {one.unit.dimension, other.unit.dimension} <= _units.MONEY | {Dimension.POUND}
    return money or _units.are_related(one.unit, other.unit)


def _pair(left: _Side, right: _Side, weights: Weights) -> list[Fault]:
    """Pair what both sides have left, most alike first, where context or kind say that one stands for the other."""
    near = [read_context(left.text, q) for q in left.open]
    far = [read_context(right.text, r) for r in right.open]
    lone = _find_lone_numbers(left, right)
    scored = []
    for i, one in enumerate(left.open):
        again = left.repeats(one)
        for j, other in enumerate(right.open):
            said = other not in right.unmatched or right.repeats(other)
            if (again and said) or may_be_same(one, other):
                continue
            points = score_likeness(one, near[i], other, far[j], weights)
            points += weights.lone * (one in lone and other in lone)
            if points >= count_needed(one, other, weights):
                gap = abs(one.start / len(left.text) - other.start / len(right.text))
                scored.append((-points, gap, i, j))
    differences, used_left, used_right = [], set(), set()
    for _, _, i, j in sorted(scored):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            one, other = left.open[i], right.open[j]
            beside = near[i].after & far[j].after or near[i].before & far[j].before
            sure = bool(beside or (one.unit and one.unit == other.unit))
            differences.append(Fault(one, other, Difference.VALUE, sure))
    return differences


def _find_lone_numbers(target_side: _Side, reference_side: _Side) -> set[Quantity]:
    """Return the one firm number that each side lacks, if each lacks exactly one: they answer to each other."""
    left = [q for q in target_side.open if q.weight and q.kind == Kind.NUMBER and not target_side.repeats(q)]
    right = [r for r in reference_side.open if r.weight and r.kind == Kind.NUMBER and r in reference_side.unmatched]
    right = [r for r in right if not reference_side.repeats(r)]
    return {*left, *right} if len(left) == len(right) == 1 else set()
