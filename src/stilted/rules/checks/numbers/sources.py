"""Numbers of a source text in any language: figures as each locale writes them, and Chinese and Japanese numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from stilted.rules.checks.numbers import units
from stilted.rules.checks.numbers.dates import Quantity

_HAN_DIGITS: Final = {
    **{c: n for n, c in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2, "兩": 2, "俩": 2, "仨": 3,
    **{c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
}  # fmt: skip
_SMALL: Final = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000, "백": 100, "천": 1000}
_LARGE: Final = {
    "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12, "만": 10**4, "억": 10**8, "조": 10**12
}  # fmt: skip
_HAN: Final = "".join([*_HAN_DIGITS, *_SMALL, *_LARGE])
_FIGURE: Final = r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.．,，，·٫٬’'\u00a0\u202f\u2009]\d+)*"
_SOME: Final = "多余餘来來几幾"
_JOINED: Final = re.compile(rf"(?:{_FIGURE}|[{_HAN}])(?:\d+(?:[.,]\d+)*|[{_HAN}]|[{_SOME}](?=[{''.join(_LARGE)}]))*")
"""A figure or numeral; "more than" may stand inside one (1100多万)."""
_PIECE: Final = re.compile(rf"{_FIGURE}|[^\d{_SOME}]")
_IN_NAME: Final = re.compile(r"[A-Za-z]-?$")
_PARTS: Final = "分之"
_SCALE_WORDS: Final = re.compile(
    r"\s{0,2}(?:(?P<thousand>тыс|тысяч|tausend|mil\b(?! mill)|mille\b|mila\b)"
    r"|(?P<billion>mrd|milliard|miliard|млрд|миллиард|mil millones|bilh|bilion)"
    r"|(?P<million>mio|mill|mln|milh|milion|млн|миллион)"
    r"|(?P<trillion>трлн|триллион|billion|billón|billones|trilh))",
    re.IGNORECASE,
)
"""Powers of ten behind a figure, long scale; English sources do not come here."""
_POWERS: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MEASURES: Final = (
    ("平方公里", "area", 1e6), ("平方千米", "area", 1e6), ("平方米", "area", 1.0), ("公顷", "area", 1e4),
    ("亩", "area", 666.67), ("公里", "length", 1e3), ("千米", "length", 1e3), ("英里", "length", 1609.344),
    ("海里", "length", 1852.0),
    ("里", "length", 500.0), ("英尺", "length", 0.3048), ("厘米", "length", 0.01), ("毫米", "length", 0.001),
    ("公斤", "mass", 1.0), ("千克", "mass", 1.0), ("斤", "mass", 0.5), ("吨", "mass", 1e3), ("克", "mass", 1e-3),
    ("米", "length", 1.0), ("尺", "length", 1 / 3), ("寸", "length", 1 / 30),
)  # fmt: skip
_MAX_FIGURE: Final = 24
"""Longer runs are keys and codes, not amounts."""
_CONVERTED: Final = 0.06


class Amount(NamedTuple):
    """A number of the source: every value it may mean, those it says outright, its place; *firm* if surely a number."""

    values: tuple[float, ...]
    plain: tuple[float, ...]
    start: int
    end: int
    firm: bool
    dimension: str = ""
    size: float = 0.0


def amounts(source: str) -> list[Amount]:
    """Return the numbers of *source* in order of place."""
    found: list[Amount] = []
    for match in _JOINED.finditer(source):
        if len(match.group()) > _MAX_FIGURE:
            continue
        values = tuple(dict.fromkeys(_values(match.group())))
        end = match.end()
        scaled = _SCALE_WORDS.match(source, end)
        if scaled:
            factor = _POWERS[scaled.lastgroup or ""]
            values, end = (*(v * factor for v in values), *values), scaled.end()
        shares = _shares(found, source, match.start(), end, values)
        written = source[match.start() : match.end()]
        named = _IN_NAME.search(source[max(0, match.start() - 2) : match.start()])
        firm = (written[0].isdecimal() or len(written) > 1) and not named
        measure = next((m for m in _MEASURES if source.startswith(m[0], end)), ("", "", 0.0))
        size = values[0] * measure[2]
        found.append(Amount((*values, *shares), values, match.start(), end, firm, measure[1], size))
    return found


def _shares(found: list[Amount], source: str, start: int, end: int, values: tuple[float, ...]) -> Iterator[float]:
    """Yield what a number comes to with the words around it: X分之Y, Y成, Y%, Y点半, Y in the afternoon."""
    if source[start - 2 : start] == _PARTS and found and found[-1].end == start - 2 and found[-1].values[0]:
        yield from (v / found[-1].values[0] for v in values)
    following = source[end : end + 3]
    for v in values[:1]:
        if following[:1] in ("成", "折"):
            yield from (v * 10, 100 - v * 10, v / 10)
        elif following[:1] in ("点", "點", "时", "時", "시"):
            yield v + 12
        if following.lstrip()[:1] in ("%", "％"):
            yield v / 100
        if "半" in following:
            yield v + 0.5


def _values(run: str) -> Iterator[float]:
    """Yield what a run of figures and numerals may mean; a lone figure may use either decimal sign."""
    pieces = _PIECE.findall(run)
    if len(pieces) == 1 and pieces[0][0].isdecimal():
        yield from _figures(pieces[0])
        return
    if all(p in _HAN_DIGITS for p in pieces):
        yield float("".join(str(_HAN_DIGITS[p]) for p in pieces))
        if len(pieces) > 1:
            yield from (float(_HAN_DIGITS[p]) for p in pieces)
        return
    for chosen in _either(pieces):
        total, last = _sum(chosen)
        yield total
        if last:
            yield total + last


def _either(pieces: list[str]) -> Iterator[list[str]]:
    """Read 五六百 as 500 and as 600; any other numeral as it stands."""
    two = pieces[0] in _HAN_DIGITS and pieces[1] in _HAN_DIGITS and len(pieces) > 2
    if two and (pieces[2] in _SMALL or pieces[2] in _LARGE):
        yield [pieces[0], *pieces[2:]]
        yield pieces[1:]
    else:
        yield pieces


def _sum(pieces: list[str]) -> tuple[float, float]:
    """Add up a numeral; the second figure is what a last digit adds if it counts the next lower unit (一万五)."""
    total = section = number = 0.0
    largest, unit = float("inf"), 1.0
    for piece in pieces:
        if piece[0].isdecimal():
            number = next(_figures(piece))
        elif piece in _HAN_DIGITS:
            number = number * 10 + _HAN_DIGITS[piece] if number and unit == 1 else float(_HAN_DIGITS[piece])
            continue
        elif piece in _SMALL:
            section, number, unit = section + (number or 1.0) * _SMALL[piece], 0.0, float(_SMALL[piece])
        else:
            unit = float(_LARGE[piece])
            inner = section + number
            total = (total + inner) * unit if unit > largest else total + (inner or 1.0) * unit
            largest, section, number = unit, 0.0, 0.0
    rest = number * (unit / 10 - 1) if unit > 10 and number < 10 else 0.0
    return total + section + number, rest


def _figures(written: str) -> Iterator[float]:
    parts = re.split(r"[ .．,，·٫٬’'\u00a0\u202f\u2009]", written)
    digits = ["".join(str(int(c)) for c in part) for part in parts]
    if len(digits) == 1:
        yield float(digits[0])
        return
    spaced = re.split(r"[.．,，]", written)
    if " " in written or len(spaced) == 1:
        whole = "".join(digits[: len(digits) - (len(spaced) > 1)])
        yield float(f"{whole}.{digits[-1]}" if len(spaced) > 1 else whole)
        return
    grouped = all(len(d) == 3 for d in digits[1:]) and 0 < len(digits[0]) <= 3
    decimal = float("".join(digits[:-1]) + "." + digits[-1])
    if grouped and (len(digits) > 2 or "," in written or "，" in written):
        yield float("".join(digits))
        yield decimal
    else:
        yield decimal
        if grouped:
            yield float("".join(digits))
        yield from (float(d) for d in digits)


def scaled(written: str) -> bool:
    """Tell whether a number is written with a power of ten beside its digits: 10万, 1,5 Mio."""
    return not _LARGE.keys().isdisjoint(written) or _SCALE_WORDS.search(written) is not None


def states(found: list[Amount], quantity: Quantity) -> bool:
    """Tell whether a source with these amounts may say *quantity*."""
    if quantity.kind == "vague":
        return True
    wanted = [quantity.value]
    if quantity.kind == "time":
        hours, minutes = divmod(quantity.value, 60)
        if minutes and not any(minutes in a.values for a in found):
            return False
        wanted = [hours, hours - 12, hours + 12]
    elif quantity.name == "decade":
        wanted += [quantity.value % 100]
    elif quantity.kind == "percent" or quantity.shape == "fraction":
        wanted += [quantity.value / 100]
    if any(abs(v - w) <= 1e-9 * max(v, abs(w)) for a in found for v in a.values for w in wanted):
        return True
    unit = quantity.unit
    if unit is None:
        return False
    size = units.size(quantity.value, unit)
    return any(a.dimension == unit.dimension and abs(a.size - size) <= _CONVERTED * size for a in found)
