"""Quantities of an English text: numbers with what they count, beside dates and times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from stilted.rules.checks.numbers import dates, numerals, units
from stilted.rules.checks.numbers.dates import Quantity
from stilted.rules.checks.numbers.numerals import Lex, Numeral

_NUMBER_PREFIX: Final = frozenset(
    "mid pre post under over early late early sub non top up to plus minus and or by per than ex".split()
)
"""What may stand before a hyphen and a number that counts; other letters there make a name (COVID-19, F-16)."""
_PERCENT: Final = frozenset({"percent", "percentage", "pct", "percents"})
_SMALL: Final = 12
_STARTERS: Final = frozenset(
    {
        *numerals.STARTERS,
        *units.MONTHS,
        *units.WEEKDAYS,
        *units.SEASONS,
        *dates.VAGUE,
        "tens",
        "noon",
        "midday",
        "midnight",
    }
)
_TELLING: Final = _STARTERS - (numerals.STARTERS - numerals.FIRM)
_DIGIT_OR_WORD: Final = re.compile(r"\d|[^\W\d_]+")


def tells(text: str) -> bool:
    """Tell, in little time, whether *text* may hold a quantity of some weight."""
    return any(word in _TELLING or word.isdigit() for word in _DIGIT_OR_WORD.findall(text.lower()))


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of *text* in order of place."""
    found = numerals.lex(text)
    out: list[Quantity] = []
    at = 0
    while at < len(found):
        if found[at].kind in ("word", "sym") and found[at].low not in _STARTERS:
            at += 1
            continue
        taken, items = _at(found, at)
        out += items
        at += taken
    return _ranges(out, text)


def _at(found: Sequence[Lex], at: int) -> tuple[int, list[Quantity]]:
    """Read at token *at*: how many tokens were taken, and what they say."""
    token = found[at]
    if token.kind == "skip":
        return 1, []
    if token.kind == "date":
        return 1, list(dates.date(token))
    if token.kind == "word":
        special = dates.calendar(found, at) or dates.vague(found, at)
        if special:
            return special
    elif _glued_to_letters(found, at):
        return 1, [_code(found, at)]
    else:
        special = dates.clock(found, at) or _after_glued(found, at)
        if special:
            return special
    numeral = numerals.read_numeral(found, at)
    if numeral is None:
        return 1, []
    odds = _odds(found, numeral)
    if odds:
        return odds
    quantity = _measured(found, numeral)
    return max(1, numeral.last - at), [quantity]


def _glued_to_letters(found: Sequence[Lex], at: int) -> bool:
    """Tell whether a figure is part of a name: ``G20``, ``F-16``, ``COVID-19``."""
    if not numerals.touches(found, at):
        return False
    before = found[at - 1]
    if before.kind == "word":
        return before.low not in ("rmb", "us", "usd", "hk", "cny", "eur", "no")
    joined = before.low in "-–" and numerals.touches(found, at - 1) and found[at - 2].kind == "word"
    return joined and found[at - 2].low not in _NUMBER_PREFIX and not _is_number_word(found[at - 2].low)


def _is_number_word(low: str) -> bool:
    return low in units.MONTHS or low in units.UNITS or numerals.is_word(low)


def _code(found: Sequence[Lex], at: int) -> Quantity:
    """Make the quantity of a number inside a name; letters after the figure belong to the name too."""
    before = at - 1 if found[at - 1].kind == "word" else at - 2
    after = at + 1 if numerals.touches(found, at + 1) and found[at + 1].kind == "word" else at
    left, right = found[before].start, found[after].end
    name = found[before].low + (found[after].low if after > at else "")
    value = numerals.figure(found[at].raw)
    return Quantity("code", value, found[at].start, found[at].end, left, right, 2, name=name)


def _after_glued(found: Sequence[Lex], at: int) -> tuple[int, list[Quantity]] | None:
    """Read years without a century (``'45``) and figures with a letter that is no unit: ``5G``, ``90s``, ``3D``."""
    token, low = found[at], dates.word(found, at + 1)
    if dates.sign(found, at - 1) in ("'", "’", "‘") and numerals.touches(found, at) and len(token.raw) == 2:
        value = numerals.figure(token.raw)
        last = at + (low == "s")
        return last - at + 1, [
            Quantity("number", value, token.start, token.end, found[at - 1].start, found[last].end, 2, name="decade")
        ]
    if not low or not numerals.touches(found, at + 1):
        return None
    if low == "s":
        value = numerals.figure(token.raw)
        return 2, [Quantity("number", value, token.start, token.end, token.start, found[at + 1].end, 2, name="decade")]
    known = low in ("st", "nd", "rd", "th", "am", "pm") or low in numerals.GLUED_SCALES
    if known or found[at + 1].raw in units.GLUED or low in units.UNITS:
        return None
    value = numerals.figure(token.raw)
    right = found[at + 1].end
    return 2, [Quantity("code", value, token.start, token.end, token.start, right, 2, name=f"-{low}")]


def _odds(found: Sequence[Lex], upper: Numeral) -> tuple[int, list[Quantity]] | None:
    """Read ``one in five``, ``two out of three``: a share."""
    at = upper.last
    words = [dates.word(found, at + i) for i in range(3)]
    step = 3 if words in (["out", "of", "every"], ["in", "every", "a"]) else 2
    if words[:2] not in (["out", "of"], ["in", "every"], ["of", "every"]):
        if words[0] != "in" or upper.shape != "word":
            return None
        step = 1
    if at + step >= len(found):
        return None
    lower = numerals.read_numeral(found, at + step)
    if lower is None or lower.loose or not 0 < upper.value < lower.value <= 1000 or lower.shape == "ordinal":
        return None
    start, end = found[upper.first].start, found[lower.last - 1].end
    share = Quantity("number", upper.value / lower.value, start, end, start, end, 1, shape="fraction")
    return lower.last - upper.first, [share]


def _measured(found: Sequence[Lex], numeral: Numeral) -> Quantity:
    """Add to a numeral the unit, currency or percent sign beside it."""
    start, end = found[numeral.first].start, found[numeral.last - 1].end
    small = numeral.shape != "figure" and numeral.value <= _SMALL
    weight = 0 if numeral.loose else 1 if small else 2
    kind = "ordinal" if numeral.shape == "ordinal" else "number"
    name = "passing" if found[numeral.first].low in numerals.PASSING else ""
    quantity = Quantity(kind, numeral.value, start, end, start, end, weight, name=name, shape=numeral.shape)
    after, before = numeral.last, numeral.first - 1
    if dates.sign(found, after) in ("%", "％") or dates.word(found, after) in _PERCENT:
        return quantity._replace(kind="percent", right=found[after].end, weight=max(1, weight))
    if dates.word(found, after) == "per" and dates.word(found, after + 1) == "cent":
        return quantity._replace(kind="percent", right=found[after + 1].end, weight=max(1, weight))
    sign = found[before].raw if before >= 0 else ""
    if sign in units.SIGNS:
        left = found[before].start
        unit = units.SIGNS[sign]
        return quantity._replace(unit=unit, left=left, weight=2)
    if sign in ("USD", "EUR", "GBP", "CNY", "RMB", "JPY"):
        return quantity._replace(unit=units.UNITS[sign], left=found[before].start, weight=2)
    return _with_unit(found, after, quantity) if kind == "number" else quantity


def _degrees(found: Sequence[Lex], at: int, quantity: Quantity) -> Quantity | None:
    """Read a temperature: ``40 °C``, ``40 degrees``, ``104 Fahrenheit``."""
    sign, low, behind = dates.sign(found, at), dates.word(found, at), dates.word(found, at + 1)
    if sign in ("℃", "℉"):
        return quantity._replace(unit=units.DEGREES["c" if sign == "℃" else "f"], right=found[at].end)
    if low in ("celsius", "centigrade", "fahrenheit"):
        return quantity._replace(unit=units.DEGREES[low], right=found[at].end)
    if sign not in ("°", "º") and low not in ("degree", "degrees"):
        return None
    if behind in units.DEGREES:
        return quantity._replace(unit=units.DEGREES[behind], right=found[at + 1].end)
    # "Two degrees" may be those of a university.
    return quantity._replace(unit=units.DEGREE, right=found[at].end) if quantity.shape == "figure" else quantity


def _with_unit(found: Sequence[Lex], at: int, quantity: Quantity) -> Quantity:
    warmth = _degrees(found, at, quantity)
    if warmth:
        return warmth
    if dates.sign(found, at) in ("-", "–"):
        at += 1
    exponent = units.POWERS.get(dates.word(found, at), 1)
    at += exponent > 1
    if dates.word(found, at) in (
        "us",
        "hong",
        "american",
        "australian",
        "canadian",
        "nautical",
        "light",
        "metric",
        "million",
    ):
        at += 2 if dates.word(found, at) == "hong" else 1
    if at >= len(found):
        return quantity
    raw, low = found[at].raw, found[at].low
    unit = units.UNITS.get(raw) or units.UNITS.get(low) or units.LETTERS.get(raw)
    if unit is None or (found[at].kind != "word"):
        return quantity
    if exponent > 1:
        unit = units.power(unit, exponent)
    # A unit makes a small number in words a measure.
    return quantity._replace(unit=unit, right=found[at].end, weight=max(1, quantity.weight))


def _ranges(found: list[Quantity], text: str) -> list[Quantity]:
    """Give the first number of ``10-15 km`` the unit of the second; ``five or six hundred`` is no exact number."""
    for at in range(len(found) - 1):
        one, two = found[at], found[at + 1]
        joint = text[one.right : two.left].strip() if two.left - one.right <= 4 else ""
        if one.shape == two.shape == "word" and one.kind == two.kind == "number" and joint in ("or", "to"):
            scale = next((s for s in (1000, 100) if one.value < 10 and two.value >= s), 1)
            if scale > 1 or joint == "or":
                found[at] = one._replace(value=one.value * scale, name="passing", unit=two.unit)
                found[at + 1] = two._replace(name="passing")
                continue
        bare = one.kind == "number" and one.unit is None and one.weight and not one.name
        if bare and (two.unit or two.kind == "percent") and joint in ("-", "–", "—", "to"):
            found[at] = one._replace(unit=two.unit, kind=two.kind)
    return found
