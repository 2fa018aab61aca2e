"""Quantities of an English text: numbers with what they count, beside dates and times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from stilted.core.bounded import remember
from stilted.rules.checks.numbers import dates, numerals, units
from stilted.rules.checks.numbers.numerals import Lex, LexKind, Numeral, Shape, get_sign, get_word
from stilted.rules.checks.numbers.quantity import Kind, Quantity, Role

_NUMBER_PREFIX: Final = frozenset(
    "mid pre post under over early late early sub non top up to plus minus and or by per than ex".split()
)
"""What may stand before a hyphen and a number that counts; other letters there make a name (COVID-19, F-16)."""
_PERCENT: Final = frozenset({"percent", "percentage", "pct", "percents"})
_SMALL: Final = 12
_LABELS: Final = frozenset(
    "section sections sec chapter chapters ch figure figures fig figs table tables tab eq eqs equation equations step"
    " steps page pages p pp vol volume version versions v ver release no nos nr line lines port room gate article art"
    " paragraph isbn issn iban vat id tel phone fax call dial model type error code issue pr rfc iso route bus flight"
    " grade rev revision appendix annex part item note question exercise example lesson unit level tier channel".split()
)
"""Words that make a number behind them a name, which has no magnitude."""
_GLUED_FINE: Final = frozenset("rmb us usd hk cny eur gbp jpy chf krw inr rs r nt au ca no".split())
"""Letters that may touch a number that counts: currencies."""
_ID_DIGITS: Final = 15
_JOINTS: Final = frozenset("-–—/")
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


def may_hold_quantity(text: str) -> bool:
    """Tell, in little time, whether *text* may hold a quantity of some weight."""
    return any(word in _TELLING or word.isdigit() for word in _DIGIT_OR_WORD.findall(text.lower()))


_ROOM: Final = 100_000
"""Characters of texts of which the quantities are kept: neighbouring segments ask for the same reference again, and an
editor for the same page.
"""


@remember(_ROOM)
def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of *text* in order of place."""
    lexemes = numerals.lex(text)
    out: list[Quantity] = []
    at = 0
    while at < len(lexemes):
        if lexemes[at].kind in (LexKind.WORD, LexKind.SIGN) and lexemes[at].low not in _STARTERS:
            at += 1
            continue
        if lexemes[at].kind is LexKind.FIGURE and out and out[-1].end <= lexemes[at].start < out[-1].right:
            at += 1  # the exponent of a unit: km^2
            continue
        taken, items = _read_at(lexemes, at)
        out += items
        at += taken
    return _complete_ranges(out, text)


def _read_at(lexemes: Sequence[Lex], at: int) -> tuple[int, list[Quantity]]:
    """Read at token *at*: how many tokens were taken, and what they say."""
    token = lexemes[at]
    if token.kind is LexKind.SKIPPED:
        return 1, []
    if token.kind is LexKind.DATE:
        return 1, list(dates.read_date(token))
    if token.kind is LexKind.IDENTIFIER:
        return 1, [_make_identifier(token)]
    if token.kind is LexKind.WORD:
        special = dates.read_calendar(lexemes, at) or dates.read_vague(lexemes, at)
        if special:
            return special
    elif _is_glued_to_letters(lexemes, at):
        return 1, [_make_code(lexemes, at)]
    else:
        special = dates.read_september_11(lexemes, at) or dates.read_clock(lexemes, at) or _read_glued(lexemes, at)
        if special:
            return special
    numeral = numerals.read_numeral(lexemes, at)
    if numeral is None:
        return 1, []
    odds = _read_odds(lexemes, numeral)
    if odds:
        return odds
    quantity = _add_measure(lexemes, numeral)
    return max(1, numeral.last - at), [quantity]


def _make_identifier(token: Lex) -> Quantity:
    """Make the quantity of a telephone, account or book number: its digits, however they are grouped."""
    digits = "".join(str(int(c)) for c in token.raw if c.isdecimal())
    value = float(digits[-_ID_DIGITS:])
    return Quantity(Kind.CODE, value, token.start, token.end, token.start, token.end, 2, role=Role.IDENTIFIER)


def _is_glued_to_letters(lexemes: Sequence[Lex], at: int) -> bool:
    """Tell whether a figure is part of a name: ``G20``, ``F-16``, ``COVID-19``."""
    if not numerals.touches(lexemes, at):
        return False
    before = lexemes[at - 1]
    if before.kind is LexKind.WORD:
        return before.low not in _GLUED_FINE
    joined = before.low in "-–" and numerals.touches(lexemes, at - 1) and lexemes[at - 2].kind is LexKind.WORD
    return joined and lexemes[at - 2].low not in _NUMBER_PREFIX and not _is_number_word(lexemes[at - 2].low)


def _is_number_word(low: str) -> bool:
    return low in units.MONTHS or low in units.UNITS or numerals.is_word(low)


def _make_code(lexemes: Sequence[Lex], at: int) -> Quantity:
    """Make the quantity of a number inside a name; letters after the figure belong to the name too."""
    before = at - 1 if lexemes[at - 1].kind is LexKind.WORD else at - 2
    after = at + 1 if numerals.touches(lexemes, at + 1) and lexemes[at + 1].kind is LexKind.WORD else at
    left, right = lexemes[before].start, lexemes[after].end
    name = lexemes[before].low + (lexemes[after].low if after > at else "")
    value = numerals.read_value(lexemes[at].raw)
    return Quantity(Kind.CODE, value, lexemes[at].start, lexemes[at].end, left, right, 2, letters=name)


def _read_glued(lexemes: Sequence[Lex], at: int) -> tuple[int, list[Quantity]] | None:
    """Read years without a century (``'45``) and figures with a letter that is no unit: ``5G``, ``90s``, ``3D``."""
    token, low = lexemes[at], get_word(lexemes, at + 1)
    if get_sign(lexemes, at - 1) in ("'", "’", "‘") and numerals.touches(lexemes, at) and len(token.raw) == 2:
        value = numerals.read_value(token.raw)
        last = at + (low == "s")
        left, right = lexemes[at - 1].start, lexemes[last].end
        return last - at + 1, [Quantity(Kind.NUMBER, value, token.start, token.end, left, right, 2, role=Role.DECADE)]
    if not low or not numerals.touches(lexemes, at + 1):
        return None
    if low == "s":
        value = numerals.read_value(token.raw)
        return 2, [
            Quantity(Kind.NUMBER, value, token.start, token.end, token.start, lexemes[at + 1].end, 2, role=Role.DECADE)
        ]
    known = low in ("st", "nd", "rd", "th", "am", "pm") or low in numerals.GLUED_SCALES
    if known or lexemes[at + 1].raw in units.GLUED or low in units.UNITS:
        return None
    value = numerals.read_value(token.raw)
    right = lexemes[at + 1].end
    return 2, [Quantity(Kind.CODE, value, token.start, token.end, token.start, right, 2, letters=f"-{low}")]


def _read_odds(lexemes: Sequence[Lex], upper: Numeral) -> tuple[int, list[Quantity]] | None:
    """Read ``one in five``, ``two out of three``: a share."""
    at = upper.last
    words = [get_word(lexemes, at + i) for i in range(3)]
    step = 3 if words in (["out", "of", "every"], ["in", "every", "a"]) else 2
    if words[:2] not in (["out", "of"], ["in", "every"], ["of", "every"]):
        if words[0] != "in" or upper.shape != Shape.WORD:
            return None
        step = 1
    if at + step >= len(lexemes):
        return None
    lower = numerals.read_numeral(lexemes, at + step)
    if lower is None or lower.loose or not 0 < upper.value < lower.value <= 1000 or lower.shape == Shape.ORDINAL:
        return None
    start, end = lexemes[upper.first].start, lexemes[lower.last - 1].end
    share = Quantity(Kind.NUMBER, upper.value / lower.value, start, end, start, end, 1, shape=Shape.FRACTION)
    return lower.last - upper.first, [share]


def _add_measure(lexemes: Sequence[Lex], numeral: Numeral) -> Quantity:
    """Add to a numeral the unit, currency or percent sign beside it."""
    start, end = lexemes[numeral.first].start, lexemes[numeral.last - 1].end
    small = numeral.shape != Shape.FIGURE and numeral.value <= _SMALL
    weight = 0 if numeral.loose else 1 if small else 2
    kind = Kind.ORDINAL if numeral.shape == Shape.ORDINAL else Kind.NUMBER
    role = Role.PASSING if lexemes[numeral.first].low in numerals.PASSING else None
    after, before = numeral.last, numeral.first - 1
    if role is None and numeral.shape == Shape.FIGURE and _is_labelled(lexemes, before):
        role = Role.LABEL
    quantity = Quantity(
        kind, numeral.value, start, end, start, end, weight, role=role, shape=numeral.shape, others=numeral.others,
        scale=numeral.scale,
    )  # fmt: skip
    points = _read_points(lexemes, after)
    if points:
        value = quantity.value * points[1]
        return quantity._replace(
            kind=Kind.PERCENT,
            value=value,
            role=Role.POINTS,
            scale=1 / points[1],
            right=lexemes[points[0] - 1].end,
            weight=max(1, weight),
        )
    if get_sign(lexemes, after) in ("%", "％") or get_word(lexemes, after) in _PERCENT:
        return quantity._replace(kind=Kind.PERCENT, right=lexemes[after].end, weight=max(1, weight))
    if get_word(lexemes, after) == "per" and get_word(lexemes, after + 1) == "cent":
        return quantity._replace(kind=Kind.PERCENT, right=lexemes[after + 1].end, weight=max(1, weight))
    sign = lexemes[before].raw if before >= 0 else ""
    if sign in units.SIGNS:
        left = lexemes[before].start
        unit = units.SIGNS[sign]
        return quantity._replace(unit=unit, left=left, weight=2)
    if sign in ("USD", "EUR", "GBP", "CNY", "RMB", "JPY"):
        return quantity._replace(unit=units.UNITS[sign], left=lexemes[before].start, weight=2)
    return _add_unit(lexemes, after, quantity) if kind == Kind.NUMBER else quantity


def _is_labelled(lexemes: Sequence[Lex], before: int) -> bool:
    """Tell whether a word such as "section" or a sign makes the number behind it a name."""
    while before >= 0 and lexemes[before].raw in (".", ":", "#"):
        if lexemes[before].raw == "#":
            return True
        before -= 1
    return before >= 0 and (lexemes[before].low in _LABELS or lexemes[before].raw in "§№")


def _read_points(lexemes: Sequence[Lex], after: int) -> tuple[int, float] | None:
    """Read ``basis points``, ``bps`` and ``‰``: the token after them, and what they are of a percent."""
    if get_word(lexemes, after) in ("basis", "basic") and get_word(lexemes, after + 1) in ("points", "point"):
        return after + 2, 0.01
    if get_word(lexemes, after) in ("bps", "bp"):
        return after + 1, 0.01
    return (after + 1, 0.1) if get_sign(lexemes, after) == "‰" else None


def _read_degrees(lexemes: Sequence[Lex], at: int, quantity: Quantity) -> Quantity | None:
    """Read a temperature: ``40 °C``, ``40 degrees``, ``104 Fahrenheit``."""
    sign, low, behind = get_sign(lexemes, at), get_word(lexemes, at), get_word(lexemes, at + 1)
    if sign in ("℃", "℉"):
        return quantity._replace(unit=units.DEGREES["c" if sign == "℃" else "f"], right=lexemes[at].end)
    if low in ("celsius", "centigrade", "fahrenheit"):
        return quantity._replace(unit=units.DEGREES[low], right=lexemes[at].end)
    if sign not in ("°", "º") and low not in ("degree", "degrees"):
        return None
    if behind in units.DEGREES:
        return quantity._replace(unit=units.DEGREES[behind], right=lexemes[at + 1].end)
    # "Two degrees" may be those of a university.
    return quantity._replace(unit=units.DEGREE, right=lexemes[at].end) if quantity.shape == Shape.FIGURE else quantity


def _add_unit(lexemes: Sequence[Lex], at: int, quantity: Quantity) -> Quantity:
    warmth = _read_degrees(lexemes, at, quantity)
    if warmth:
        return warmth
    if get_sign(lexemes, at) in ("-", "–"):
        at += 1
    exponent = units.POWERS.get(get_word(lexemes, at), 1)
    at += exponent > 1
    if get_word(lexemes, at) in (
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
        at += 2 if get_word(lexemes, at) == "hong" else 1
    if at >= len(lexemes):
        return quantity
    raw, low, last = lexemes[at].raw, lexemes[at].low, at
    if raw[-1] in "²³":
        exponent = 2 if raw[-1] == "²" else 3
        raw, low = raw[:-1], low[:-1]
    elif exponent == 1 and numerals.touches(lexemes, at + 1) and lexemes[at + 1].raw in ("2", "3", "^"):
        last = at + 1 + (lexemes[at + 1].raw == "^" and at + 2 < len(lexemes))
        exponent = {"2": 2, "3": 3}.get(lexemes[last].raw, 1)
        last = last if exponent > 1 else at
    unit = units.UNITS.get(raw) or units.UNITS.get(low) or units.LETTERS.get(raw)
    if unit is None or (lexemes[at].kind is not LexKind.WORD):
        return quantity
    if exponent > 1:
        unit = units.raise_unit(unit, exponent)
    # A unit makes a small number in words a measure.
    return quantity._replace(unit=unit, right=lexemes[last].end, weight=max(1, quantity.weight))


def _complete_ranges(figures: list[Quantity], text: str) -> list[Quantity]:
    """Give the numbers of ranges what they share: ``10-15 km``, ``$5-10 million``, ``2023/24``, ``pp. 123-5``.

    ``Five or six hundred`` is no exact number.
    """
    for at in range(len(figures) - 1):
        one, two = figures[at], figures[at + 1]
        joint = text[one.right : two.left].strip() if two.left - one.right <= 4 else ""
        if one.shape == two.shape == Shape.WORD and one.kind == two.kind == Kind.NUMBER and joint in ("or", "to"):
            scale = next((s for s in (1000, 100) if one.value < 10 and two.value >= s), 1)
            if scale > 1 or joint == "or":
                figures[at] = one._replace(value=one.value * scale, role=Role.PASSING, unit=two.unit)
                figures[at + 1] = two._replace(role=Role.PASSING)
                continue
        if joint in _JOINTS or joint in ("to", "or", "and"):
            figures[at], figures[at + 1] = _complete_range(one, two, joint)
    return figures


def _complete_range(one: Quantity, two: Quantity, joint: str) -> tuple[Quantity, Quantity]:
    """Return the ends of a range with the unit, the power of ten and the digits that only one of them has."""
    if joint != "or" and joint != "and":
        bare = one.kind == Kind.NUMBER and one.unit is None and one.weight and one.role is None
        if bare and (two.unit or two.kind == Kind.PERCENT):
            one = one._replace(unit=two.unit, kind=two.kind)
        elif one.unit and two.unit is None and two.kind == Kind.NUMBER and one.left < one.start:  # "$5-10"
            two = two._replace(unit=one.unit)
    if one.scale == 1 and two.scale > 1 and one.shape == Shape.FIGURE:
        one = one._replace(others=(*one.others, one.value * two.scale))
    if joint in _JOINTS and two.value < one.value and two.value.is_integer() and one.value.is_integer():
        digits = 10 ** len(str(int(two.value)))
        if one.value >= digits:
            two = two._replace(others=(*two.others, one.value // digits * digits + two.value))
    return one, two
