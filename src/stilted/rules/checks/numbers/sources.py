"""Numbers of a source text in any language: what they may come to with the words and signs around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import floor, log10
from typing import Final, NamedTuple

from stilted.rules.checks.numbers import eras, figures, han, scales, units
from stilted.rules.checks.numbers.numerals import Shape
from stilted.rules.checks.numbers.quantity import Kind, Quantity, Role
from stilted.rules.checks.numbers.units import Dimension

_IN_NAME: Final = re.compile(r"[A-Za-z_#@/\\$]-?$")
_NAME_GOES_ON: Final = re.compile(r"[A-Za-z_\\]|/(?![\ufffc{%])")
"""What ties a figure to a name behind it, unless a placeholder says of how many it is one: 1/{count}."""
_LABEL: Final = re.compile(
    r"(?:第|图|圖|表|式|版本?|节|節|页|頁|号|號|№|§|#|\bnr?\.?|\bno\.?|\bNr\.?|\bN[º°]|\bv\.?|\bp\.?|\bpp\.?|\bS\.?|[Tt]el\.?"
    r"|[Ff]ax|[Ff]ig\.?|[Aa]bb\.?|рис\.?|стр\.?|табл\.?|ISBN|IBAN|[Vv]ersion|[Вв]ерси[ия])[:：]?\s?$"
)
_VERSION: Final = re.compile(r"버전\s?\Z")
"""What stands before a version in Korean: of version 3 alone (버전 3만), not of 30,000."""
_COUNTED: Final = re.compile(r"\s?(?:号|號|番|번|页|頁|节|節|章|版|楼|樓|室|路)")
_IDENTIFIER: Final = re.compile(r"[+(]{0,2}\d[\d \u00a0().\-–/]{5,28}\d")
_IDENTIFIER_DIGITS: Final = 7
_JOINT: Final = re.compile(r"\s?(?:[-–—~～〜至到、]|\w{1,4})\s?")
_DASH: Final = re.compile(r"[-–/]")
_PARTS: Final = "分之"
_AND_A_HALF: Final = re.compile(
    r" ?(?:\w+ )?(?:et demie?|und (?:ein|eine) halb\w*|einhalb|y medi[oa]|e mezz[oa]|e mei[oa]|с половиной|i pół"
    r"|en een half)\b"
)
_CLOCK: Final = re.compile(r"(?<!\d)\d{1,2}[:：]\d{2}(?!\d)")
_MEASURES: Final = tuple((word, Dimension(name), size) for word, name, size in (
    ("平方公里", "area", 1e6), ("平方千米", "area", 1e6), ("平方米", "area", 1.0), ("公顷", "area", 1e4),
    ("亩", "area", 666.67), ("公里", "length", 1e3), ("千米", "length", 1e3), ("英里", "length", 1609.344),
    ("海里", "length", 1852.0),
    ("里", "length", 500.0), ("英尺", "length", 0.3048), ("厘米", "length", 0.01), ("毫米", "length", 0.001),
    ("公斤", "mass", 1.0), ("千克", "mass", 1.0), ("斤", "mass", 0.5), ("吨", "mass", 1e3), ("克", "mass", 1e-3),
    ("米", "length", 1.0), ("尺", "length", 1 / 3), ("寸", "length", 1 / 30), ("坪", "area", 3.3058),
    ("평", "area", 3.3058),
))  # fmt: skip
MONEY_WORDS: Final = tuple((word, Dimension(name)) for word, name in (
    ("人民币", "yuan"), ("人民幣", "yuan"), ("美元", "dollar"), ("美金", "dollar"), ("欧元", "euro"), ("歐元", "euro"),
    ("日元", "yen"), ("韩元", "won"), ("英镑", "sterling"), ("卢布", "rouble"), ("港元", "dollar"), ("元", "yuan"),
    ("块", "yuan"), ("円", "yen"), ("ドル", "dollar"), ("ユーロ", "euro"), ("ウォン", "won"), ("ポンド", "sterling"),
    ("달러", "dollar"), ("유로", "euro"), ("엔", "yen"), ("위안", "yuan"), ("원", "won"), ("руб", "rouble"),
    ("долл", "dollar"), ("евро", "euro"), ("€", "euro"), ("$", "dollar"), ("£", "sterling"), ("₽", "rouble"),
    ("₩", "won"), ("₹", "rupee"), ("Euro", "euro"), ("euro", "euro"), ("US-Dollar", "dollar"), ("Dollar", "dollar"),
    ("dólares", "dollar"), ("dollars", "dollar"), ("dollari", "dollar"), ("Kč", "koruna"), ("zł", "zloty"),
    ("kr", "krone"), ("lei", "leu"), ("Ft", "forint"), ("TL", "lira"), ("₺", "lira"), ("₴", "hryvnia"),
    ("грн", "hryvnia"),
))  # fmt: skip
_EXPONENT: Final = r"(?:(?:\^|\*\*)([-−]?\d{1,2})|([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,3}))"
_POWER: Final = re.compile(rf"\s?[×x·*⋅]\s?10{_EXPONENT}")
_RAISED_TEN: Final = re.compile(_EXPONENT)
_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POINTS: Final = re.compile(
    r"\s?(?:个|個)?(?:Basispunkt|基点|基點|ベーシスポイント|베이시스|bps?\b|[Pp]untos? b[áa]sico"
    r"|[Pp]oints? de base|[Pp]unt[oi] base|[Pp]ontos?[- ]base|базисн)"
)
_UNIT_SIGNS: Final = sorted((sign for sign in units.GLUED if len(sign) > 1), key=lambda sign: (-len(sign), sign))
_UNIT: Final = re.compile(rf"[ \u00a0\u202f-]?(?:{'|'.join(_UNIT_SIGNS)}|m[²³]|°C|°F|%)(?![^\W\d_])")
"""What stands behind a figure that counts as it is written."""
_MAX_FIGURE: Final = 24
"""Longer runs are keys and codes, not amounts."""
_SIDES: Final = ("metre", "km", "cm", "mm")
_CONVERTED_TIME: Final = 0.005
_DIGITS_TO_ROUND: Final = 3
_CENTURY: Final = 100
_YEARS: Final = range(1900, 2100)


class Amount(NamedTuple):
    """A number of the source: every value it may mean, those it says outright, and its place.

    *firm* says that it is surely a number; *sure*, that no word beside it may be a power of ten that is not known;
    *label*, that it names something (a section, a version, a telephone) and has no magnitude.
    """

    values: tuple[float, ...]
    plain: tuple[float, ...]
    start: int
    end: int
    firm: bool
    dimension: Dimension | None = None
    size: float = 0.0
    sure: bool = True
    label: bool = False
    money: Dimension | None = None
    factor: float = 1.0


def find_amounts(source: str, language: str | None = None) -> list[Amount]:
    """Return the numbers of *source* in order of place; *language* is its ISO 639-1 code, if known."""
    amounts_read: list[Amount] = []
    labels = _find_identifiers(source)
    times = [match.span() for match in _CLOCK.finditer(source)]
    for match in han.RUN.finditer(source):
        if len(match.group()) > _MAX_FIGURE:
            continue
        pieces = figures.split_list(match.group()) if match.group()[0].isdecimal() else [(0, len(match.group()))]
        for begin, end in pieces:
            start, stop = match.start() + begin, match.start() + end
            is_label = len(pieces) > 1 or any(a <= start < b for a, b in labels)
            amount = _read_amount(amounts_read, source, start, stop, language, is_label)
            if any(a <= start < b for a, b in times):
                amount = amount._replace(firm=False)
            amounts_read.append(amount)
    return _complete_ranges(amounts_read, source)


def _find_identifiers(source: str) -> list[tuple[int, int]]:
    """Return the places of telephone, card and book numbers: many digits in groups that no amount is written in."""
    spans = []
    for match in _IDENTIFIER.finditer(source):
        written = match.group()
        digits = sum(c.isdigit() for c in written)
        groups = re.findall(r"\d+", written)
        odd = written[0] in "+(0" or "-" in written or len(groups[-1]) != _DIGITS_TO_ROUND
        if digits >= _IDENTIFIER_DIGITS and len(groups) > 1 and odd:
            spans.append(match.span())
    return spans


def _read_amount(
    earlier: list[Amount], source: str, start: int, end: int, language: str | None, is_label: bool
) -> Amount:
    """Return the amount at ``source[start:end]`` with what stands around it."""
    if (
        source[end - 1] == "만"
        and source[start : end - 1].isascii()
        and _VERSION.search(source, max(0, start - 9), start)
    ):
        end -= 1
    run = source[start:end]
    values = tuple(dict.fromkeys(han.read_run(run)))
    factor = han.find_power(run)
    money = _find_currency(source, start, end)
    has_unit = not money and _UNIT.match(source, end) is not None
    is_measured = bool(money) or has_unit
    scale = scales.read_scale(source, start, end, language) if factor == 1 and not has_unit else None
    sure = factor > 1 or scale is not None or is_measured or not scales.follows_unknown(source, end, language)
    power = _POWER.match(source, end) if factor == 1 and scale is None else None
    raised = _RAISED_TEN.match(source, end) if run == "10" else None
    if scale:
        is_sure = scale.sure or bool(money)
        grown = tuple(v * f for f in scale.factors for v in values)
        values = grown if is_sure else (*grown, *values)
        end, factor, sure = scale.end, scale.factors[0], is_sure
    elif power:
        values = (values[0] * 10.0 ** _read_exponent(power), *values)
        end, factor = power.end(), 10.0
    elif raised:
        values = (10.0 ** _read_exponent(raised), *values)
        end, factor = raised.end(), 10.0
    years = tuple(eras.convert_years(source, start, end, values[0], language))
    shares = tuple(_read_shares(earlier, source, start, end, values))
    measure = next((m for m in _MEASURES if source.startswith(m[0], end)), ("", None, 0.0))
    before = source[max(0, start - 9) : start]
    named = _IN_NAME.search(before) or (
        scale is None and not has_unit and _NAME_GOES_ON.match(source, end) and run[-1].isdecimal()
    )
    return Amount(
        (*values, *shares, *years),
        values,
        start,
        end,
        han.is_firm(run) and not named,
        measure[1],
        values[0] * measure[2],
        sure,
        bool(
            is_label or _LABEL.search(before) or _COUNTED.match(source, end) or (run[0] == "0" and run[1:2].isdecimal())
        ),
        money,
        factor,
    )


def _read_exponent(power: re.Match[str]) -> int:
    return int((power[1] or power[2]).translate(_RAISED).replace("−", "-"))


def _find_currency(source: str, start: int, end: int) -> Dimension | None:
    """Return which currency stands beside a number, None where none does."""
    behind, before = source[end : end + 10].lstrip(), source[max(0, start - 4) : start].rstrip()
    return next((m for word, m in MONEY_WORDS if behind.startswith(word) or before.endswith(word)), None)


def _complete_ranges(given: list[Amount], source: str) -> list[Amount]:
    """Give the first number of a range the power of ten of the second: 5-10万, 20 bis 30 Mio."""
    for at, (one, two) in enumerate(pairwise(given)):
        if two.factor > 1 == one.factor and _JOINT.fullmatch(source, one.end, two.start):
            more = tuple(v * two.factor for v in one.plain)
            given[at] = one._replace(values=(*one.values, *more), sure=False)
        elif two.values[0] < one.values[0] and _DASH.fullmatch(source, one.end, two.start):  # "S. 123-5"
            digits = 10 ** (two.end - two.start)
            given[at + 1] = two._replace(values=(*two.values, one.values[0] // digits * digits + two.values[0]))
    return given


def _read_shares(earlier: list[Amount], source: str, start: int, end: int, values: Sequence[float]) -> Iterator[float]:
    """Yield what a number comes to with the words around it: X分之Y, Y成, Y%, Y点半, Y in the afternoon."""
    if source[start - 2 : start] == _PARTS and earlier and earlier[-1].end == start - 2 and earlier[-1].values[0]:
        yield from (v / earlier[-1].values[0] for v in values)
    following = source[end : end + 3]
    for v in values[:1]:
        if following[:1] in ("成", "折", "割"):
            yield from (v * 10, 100 - v * 10, v / 10)
        elif _POINTS.match(source, end):
            yield v / 100
        elif following[:1] in ("点", "點", "时", "時", "시"):
            yield v + 12
        if following.lstrip()[:1] in ("%", "％"):
            yield v / 100
        if "半" in following or _AND_A_HALF.match(source, end):
            yield v + 0.5


def is_scaled(amount: Amount) -> bool:
    """Tell whether a number is written with a power of ten beside its digits: 10万, 1,5 Mio."""
    return amount.factor > 1


def states(given: Sequence[Amount], quantity: Quantity) -> bool:
    """Tell whether a source with these amounts may say *quantity*."""
    if quantity.kind == Kind.VAGUE:
        return True
    wanted = [quantity.value, *quantity.others]
    if quantity.kind == Kind.TIME:
        hours, minutes = divmod(quantity.value, 60)
        if minutes and not any(minutes in a.values for a in given):
            return False
        wanted = [hours, hours - 12, hours + 12]
    elif quantity.role is Role.DECADE:
        wanted += [quantity.value % _CENTURY, quantity.value / _CENTURY + 1]
    elif quantity.role is Role.POINTS:
        wanted += [quantity.value * quantity.scale]
    elif quantity.kind == Kind.PERCENT or quantity.shape == Shape.FRACTION:
        wanted += [quantity.value / 100]
    elif quantity.value in _YEARS:
        wanted += [quantity.value % _CENTURY]
    if any(abs(v - w) <= 1e-9 * max(v, abs(w)) for a in given for v in a.values for w in wanted):
        return True
    return quantity.unit is not None and any(_is_converted(a, quantity.value, quantity.unit) for a in given)


def _is_converted(amount: Amount, value: float, unit: units.Unit) -> bool:
    """Tell whether *value* of *unit* is the amount of the source in whatever unit of the same kind stands there."""
    size = units.convert(value, unit)
    if amount.dimension:
        return amount.dimension == unit.dimension and abs(amount.size - size) <= units.CONVERTED * size
    if unit.dimension in units.MONEY:
        return bool(amount.money) and amount.money != unit.dimension and unit.dimension is not Dimension.YUAN_OR_YEN
    if unit.dimension in (Dimension.DEGREE, Dimension.TEMPERATURE):
        degrees = (units.CELSIUS, units.FAHRENHEIT)
        return any(units.may_be_same_heat(value, unit, v, other) for v in amount.plain for other in degrees)
    off = _CONVERTED_TIME if unit.dimension is Dimension.DURATION else units.CONVERTED
    squares = (units.raise_unit(units.UNITS[u], exponent) for u in _SIDES for exponent in (2, 3))
    kinds = {other for other in (*units.UNITS.values(), *squares) if units.are_related(other, unit) and other != unit}
    return any(abs(units.convert(v, other) - size) <= off * size for v in amount.plain for other in kinds)


def is_rounded(amount: Amount, quantity: Quantity) -> bool:
    """Tell whether *quantity* is a number of the source with fewer digits."""
    return any(_is_rounded(value, quantity.value) for value in amount.plain)


def _is_rounded(fine: float, coarse: float) -> bool:
    if (
        not fine
        or not coarse
        or figures.count_digits(fine) < _DIGITS_TO_ROUND
        or figures.count_digits(coarse) >= figures.count_digits(fine)
    ):
        return False
    places = figures.count_digits(coarse) - 1 - floor(log10(abs(fine)))
    return abs(round(fine, places) - coarse) <= 1e-9 * abs(coarse)
