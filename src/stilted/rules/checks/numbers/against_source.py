"""Figures of a translation that its source does not state, where the source states others that it lacks."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log10
from typing import Final

from stilted.core.model import Hit, Span
from stilted.rules.checks.numbers import compare, order, source_dates, source_units, sources
from stilted.rules.checks.numbers.figures import GROUPED, have_same_digits
from stilted.rules.checks.numbers.quantity import MAGNITUDE, YEARS, Kind, Quantity, is_year
from stilted.rules.checks.numbers.sources import Amount
from stilted.rules.checks.numbers.units import Dimension

_RULE: Final = "numbers/differs-from-source"
_MAX_AMOUNTS: Final = 200
_TO: Final = re.compile(r"\s?(?:[-–—~～〜至到]|から|bis|a|à|до|에서)\s?")
_IS_RANGE: Final = re.compile(r"\s?(?:[-–—~]|to|through)\s?")
_IS_BETWEEN: Final = re.compile(r"\sand\s")
_BETWEEN: Final = re.compile(r"\bbetween\s\Z", re.I)
_AND: Final = re.compile(r"\s?(?:[-–—~～〜至到和与與とи과와,、]|から|bis|und|et|y|e|a|à|до|에서)\s?")
"""What joins the ends of what English says to lie between two numbers."""
_COMPARED: Final = (Dimension.DURATION, Dimension.TEMPERATURE, Dimension.DEGREE)
"""Measures that all languages count alike: no unknown word behind the number of the source explains another value."""
_THOUSANDS: Final = 3
_TOLERANCE: Final = 1e-6
_DOTTED: Final = frozenset(
    "bg cs da de el es et fi fr hr hu id is it lt lv nb nl nn no pl pt ro ru sk sl sr sv tr uk vi".split()
)
"""Languages that never set a decimal point before three figures of a whole number: a comma is their decimal sign."""
_DOT_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_COUNTED: Final = re.compile(
    r"\s+(?!(?:to|for|as|in|on|at|of|and|or|is|are|was|were|with|by|from|when|if|than|but|not)\b)[a-z]", re.I
)
"""A noun behind a figure. One that counts nothing may be an example of a decimal: enter it as 5.345."""
_CAPTION: Final = re.compile(r"\A\W*(?:fig|figure|table|image|picture|plate)\.?\s*\Z", re.I)
"""What begins a caption: either language may count its pictures by itself."""
_LIST_NUMBER: Final = re.compile(r"\s*[(\[]?\d{1,3}[.)\]]\s*")
"""All of a text that is no more than the number of an item; what follows it is paired with something else."""
_PLACE_BEGINS: Final = re.compile(r"\((?:line|page)\s{1,4}\Z", re.I)
"""What stands before a place of the text itself, as in an index: either language has it elsewhere."""
_ORIGIN: Final = re.compile(
    r"\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?|count(?:s|ed|ing)?|index(?:ed)?)\s(?:from|at|with)\s\Z"
)
"""What stands before the number that a list is counted from, which writers of either language leave to the reader."""
_COMMA_DECIMAL: Final = re.compile(r"\d+,\d{1,2}")


def find_contradictions(
    number: int, target: str, source: str, figures: Sequence[Quantity], language: str | None
) -> Iterator[Hit]:
    """Yield what segment *number* says in figures and its source does not."""
    stated = sources.find_amounts(source, language)
    if max(len(figures), len(stated)) > _MAX_AMOUNTS:
        return
    yield from _find_foreign_separators(number, target, source, figures, stated, language)
    yield from _find_turned_ranges(number, target, source, figures, stated)
    yield from _find_wrong_dates(number, target, source, figures, language)
    yield from _find_wrong_units(number, target, source, figures, stated)
    for each in order.find_swapped(target, source, language):
        message = f"“{target[each.start : each.end]}” has changed places: the source has “{each.wanted}” here."
        yield Hit(_RULE, number, Span(each.start, each.end), message, (each.wanted,))
    if _LIST_NUMBER.fullmatch(target):
        return
    counted = [
        q for q in figures if q.weight == 2 and _is_counted(q, target) and not _is_of_other_street(q, target, source)
    ]
    left = [q for q in counted if not sources.states(stated, q) and not _is_copied(q, target, source)]
    right = [a for a in stated if a.firm and not any(sources.states([a], q) for q in figures)]
    for one, other in _pair(left, right):
        if not _may_be_the_same(one, other, source, language):
            yield _make_hit(number, target, source, one, other)


def _is_copied(quantity: Quantity, target: str, source: str) -> bool:
    """Tell whether the source has the figure with all that is written to it: 2^6-1, lamp-(0.1.11-pre)."""
    start, end = quantity.start, quantity.end
    while start > 0 and target[start - 1] in _WRITTEN_TO_IT:
        start -= 1
    while end < len(target) and target[end] in _WRITTEN_TO_IT:
        end += 1
    written = target[start:end].strip(".,;:!?()")
    return len(written) > quantity.end - quantity.start and written in source


_WRITTEN_TO_IT: Final = frozenset(string.ascii_letters + string.digits + "-_+*/^=<>.,:;!?()[]{}#@~|&")
"""What formulas, versions and names of files are written in."""


_STREET: Final = re.compile(r"\s([A-Z]\w{1,30}) (?:Street|St|Place|Avenue|Ave|Road|Rd|Drive|Lane|Boulevard)\b")


def _is_of_other_street(quantity: Quantity, target: str, source: str) -> bool:
    """Tell whether a figure is the number of a house in a street that the source does not name: they moved."""
    street = _STREET.match(target, quantity.end)
    return street is not None and street[1] not in source


_NEAR: Final = 12


def _is_counted(quantity: Quantity, target: str) -> bool:
    """Tell whether a quantity is a number, or the figure of a day or rank: the 26th."""
    if _CAPTION.search(target, 0, quantity.start) or (not quantity.start and target[quantity.end :][:1] == "|"):
        return False
    near = max(0, quantity.start - _NEAR)
    if _PLACE_BEGINS.search(target, near, quantity.start) and target[quantity.end :][:1] == ")":
        return False
    if target[max(0, quantity.start - 1) : quantity.start] == "[" and target[quantity.end :][:1] == "]":
        return False  # of a footnote: either language has its own
    if quantity.value in (0, 1) and _ORIGIN.search(target, max(0, quantity.start - 2 * _NEAR), quantity.start):
        return False
    if quantity.kind == Kind.ORDINAL:
        return target[quantity.start].isdecimal()
    return quantity.kind in (Kind.NUMBER, Kind.PERCENT)


def _find_wrong_dates(
    number: int, target: str, source: str, figures: Sequence[Quantity], language: str | None
) -> Iterator[Hit]:
    """Yield months, days of the week and times of day that the source has otherwise."""
    for each in source_dates.find_contradictions(target, figures, source, language):
        meant = f": {each.wanted}" if each.wanted else ""
        message = f"“{target[each.start : each.end]}” contradicts the source, which has “{each.stands}”{meant}."
        suggestions = (each.wanted,) if each.wanted and each.may_replace else ()
        yield Hit(_RULE, number, Span(each.start, each.end), message, suggestions)


def _find_wrong_units(
    number: int, target: str, source: str, figures: Sequence[Quantity], stated: Sequence[Amount]
) -> Iterator[Hit]:
    """Yield numbers of the source that count something else here."""
    for one, stands in source_units.find_wrong_units(figures, stated, source):
        message = f"“{target[one.left : one.right]}” contradicts the source, which has “{stands}”."
        yield Hit(_RULE, number, Span(one.left, one.right), message)


def _find_turned_ranges(
    number: int, target: str, source: str, figures: Sequence[Quantity], stated: Sequence[Amount]
) -> Iterator[Hit]:
    """Yield the ends of a range that the source has the other way round: 300 to 100 for 100～300."""
    firm = [(a, b) for a, b in pairwise(stated) if a.firm and b.firm and _AND.fullmatch(source, a.end, b.start)]
    for one, two in pairwise(figures) if firm else ():
        if one.value <= two.value:
            continue
        is_between = _IS_BETWEEN.fullmatch(target, one.right, two.left) and _BETWEEN.search(
            target, max(0, one.left - _NEAR), one.left
        )
        if not (is_between or _IS_RANGE.fullmatch(target, one.right, two.left)):
            continue
        for first, last in firm:
            if not (is_between or _TO.fullmatch(source, first.end, last.start)):
                continue
            if one.value == last.plain[0] and two.value == first.plain[0]:
                yield _make_hit(number, target, source, one, first)
                yield _make_hit(number, target, source, two, last)
                break


def _pair(left: list[Quantity], right: list[Amount]) -> list[tuple[Quantity, Amount]]:
    """Pair what only one side has: one with one, else those that one slip of a finger makes of each other."""
    if len(left) == len(right) == 1:
        return [(left[0], right[0])]
    pairs = []
    for one in left:
        near = [a for a in right if _is_slip(one, a)]
        if len(near) == 1 and sum(_is_slip(q, near[0]) for q in left) == 1:
            pairs.append((one, near[0]))
    return pairs


def _is_slip(one: Quantity, other: Amount) -> bool:
    """Tell whether one digit more, less or other, or another power of ten, makes one number of the other."""
    return any(have_same_digits(one.value, v) or _differ_in_one_digit(one.value, v) for v in other.plain)


def _differ_in_one_digit(one: float, other: float) -> bool:
    a, b = f"{one:.10g}", f"{other:.10g}"
    if len(a) < 2 or len(a) != len(b):
        return False
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1 or (sorted(a) == sorted(b) and len(a) <= 4)


def _may_be_the_same(one: Quantity, other: Amount, source: str, language: str | None) -> bool:
    """Tell whether all that parts the two is a unit, a rounding, or a word for thousands that is not known."""
    if sources.is_rounded(other, one) or (is_year(one) and not any(v in YEARS for v in other.plain)):
        return True
    for value in other.plain:
        if value <= 0 or one.value <= 0:
            continue
        power = log10(one.value / value)
        if abs(power - round(power)) > _TOLERANCE:
            continue
        if not other.sure and power > 0 and round(power) % _THOUSANDS == 0:
            return True
        if one.unit is not None and one.unit.dimension not in _COMPARED and not other.sure:
            return True
    return False


def _make_hit(number: int, target: str, source: str, one: Quantity, other: Amount) -> Hit:
    written = source[other.start : other.end]
    meant = min(other.plain, key=lambda v: (not have_same_digits(v, one.value), _compute_ratio(v, one.value)))
    wanted = _write_figure(meant, target[one.start : one.end], other)
    is_sure = have_same_digits(one.value, meant) and not (one.role or other.label or is_year(one))
    severity = "critical" if is_sure and max(meant, one.value) >= MAGNITUDE * min(meant, one.value) else None
    read = "" if written == wanted.replace(",", "") else f" ({wanted})"
    message = f"“{target[one.start : one.end]}” contradicts the source, which has “{written}”{read}."
    return Hit(_RULE, number, Span(one.start, one.end), message, (wanted,), severity=severity)


def _compute_ratio(one: float, other: float) -> float:
    return max(one, other) / max(min(one, other), 1e-9)


def _write_figure(value: float, beside: str, source: Amount) -> str:
    """Write a number of the source like the one it replaces: a year gets no comma, what was in words may get one."""
    value = round(value, 4)
    large = value >= GROUPED and not beside.isdecimal()
    comma = "," if "," in beside or large or sources.is_scaled(source) else ""
    return f"{value:{comma}.0f}" if value.is_integer() else f"{value:{comma}.10g}"


def _find_foreign_separators(
    number: int, target: str, source: str, figures: Sequence[Quantity], stated: Sequence[Amount], language: str | None
) -> Iterator[Hit]:
    """Yield figures that were carried over with their separators: 12.345 inhabitants, 2,5 kg."""
    for one in figures:
        written = target[one.start : one.end].split(" ")[0].rstrip("%")
        counts = one.unit is not None or one.kind == Kind.PERCENT or one.scale > 1
        is_clock = target[max(0, one.start - 1) : one.start] == ":"
        is_alone = not counts and written.count(".") == 1 and not _COUNTED.match(target, one.start + len(written))
        if (
            is_alone
            or is_clock
            or one.role
            or one.kind not in (Kind.NUMBER, Kind.PERCENT)
            or not compare.is_foreign(written, one)
        ):
            continue
        wanted, severity = _write_as_english(written, source, stated, counts, language)
        if not wanted:
            continue
        message = f"“{written}” has the separators of another language; English writes “{wanted}”."
        yield Hit(_RULE, number, Span(one.start, one.start + len(written)), message, (wanted,), severity=severity)


def _write_as_english(
    written: str, source: str, stated: Sequence[Amount], counts: bool, language: str | None
) -> tuple[str, str]:
    """Return a figure as English writes it, with the severity of what it has instead; nothing where it may be right."""
    carried = any(source[a.start : a.end].startswith(written) and not a.label for a in stated)
    if carried and _COMMA_DECIMAL.fullmatch(written) and counts:
        return written.replace(",", "."), "minor"
    if carried and _DOT_THOUSANDS.fullmatch(written) and language in _DOTTED:
        return written.replace(".", ","), "major"
    digits = "".join(c for c in written if c.isdecimal())
    value = float(digits)
    if carried or len(digits) <= _THOUSANDS or digits[0] == "0" or not any(value == a.plain[0] for a in stated):
        return "", ""
    if written.count(",") + written.count(".") == 1:
        decimal = float(written.replace(",", "."))
        if any(abs(v - decimal) < _TOLERANCE for a in stated for v in a.plain):
            return "", ""
    return f"{value:,.0f}", "major"
