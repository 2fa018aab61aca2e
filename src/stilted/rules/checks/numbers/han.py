"""Numerals of Chinese, Japanese and Korean, with or without figures in them: 三十二, 1100多万, 3만 5천, 二点五亿."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stilted.rules.checks.numbers import figures

DIGITS: Final = {
    **{c: n for n, c in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2, "兩": 2, "俩": 2, "仨": 3,
    **{c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
}  # fmt: skip
_SMALL: Final = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000, "백": 100, "천": 1000}
LARGE: Final = {
    "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12, "만": 10**4, "억": 10**8, "조": 10**12
}  # fmt: skip
_ONES: Final = "".join(DIGITS)
_LARGES: Final = "".join(LARGE)
_UNITS: Final = "".join(_SMALL) + _LARGES
_HAN: Final = _ONES + _UNITS
_SOME: Final = "多余餘来來几幾"
_LARGE_BEHIND: Final = (
    rf"[{_LARGES}]+|[ \u00a0](?:[万萬亿億兆]|[만억조](?=원|달러|엔|유로|위안|명|개|건|대|톤|[^가-힣]|$))"
)
"""A power of ten behind a figure; with a blank before it, in Korean, no other word may go on: 4 조이스틱."""
_FIGURE: Final = figures.PATTERN
RUN: Final = re.compile(
    rf"[{_ONES}]+[点點][{_ONES}]+(?![{''.join(_SMALL)}分])[{_LARGES}]?"
    rf"|(?:{_FIGURE})(?:(?:[{_SOME}]?(?:{_LARGE_BEHIND})|[{_UNITS}])"
    rf"(?:\d+(?:[.,]\d+)*|[{_HAN}]|[{_SOME}](?=[{_LARGES}])|(?<=[만억조]) (?=\d[\d,]*[천백만억]))*)?"
    rf"|[{_HAN}](?:(?<=[{_UNITS}])(?:\d+(?:[.,]\d+)*(?=[{_UNITS}])|\d(?![\d.,]))|[{_HAN}]|[{_SOME}](?=[{_LARGES}]))*"
)
"""A figure or numeral; "more than" may stand inside one (1100多万). A figure that a numeral follows has ended."""
_PIECE: Final = re.compile(rf"{_FIGURE}|[^\d{_SOME} \u00a0]")
_POINT: Final = re.compile(r"[点點]")
_IDIOMS: Final = frozenset(
    "千万 千萬 万千 萬千 万一 萬一 一一 万万 萬萬 千百 百十 百千 千千 十一 五一 六一 七一 八一 三八 百万百万".split()
)
"""Runs that are seldom meant as the number that they spell: "by no means", "in case", names of days."""


def read_run(run: str) -> Iterator[float]:
    """Yield what a run of figures and numerals may mean; a lone figure may use either decimal sign."""
    if _POINT.search(run):
        yield _read_with_point(run)
        return
    pieces = _PIECE.findall(run)
    if len(pieces) == 1 and _is_figure(pieces[0]):
        yield from figures.read_figure(pieces[0])
        return
    if all(p in DIGITS for p in pieces):
        yield float("".join(str(DIGITS[p]) for p in pieces))
        if len(pieces) > 1:
            yield from (float(DIGITS[p]) for p in pieces)
        return
    for chosen in _list_readings(pieces):
        total, last = _add_up(chosen)
        yield total
        if last:
            yield total + last


def is_firm(run: str) -> bool:
    """Tell whether a run is surely meant as a number: one sign alone may be part of any word."""
    return _is_figure(run) or (len(run) > 1 and run not in _IDIOMS and not _ends_in_two(run))


def find_power(run: str) -> float:
    """Return the power of ten that a run ends in (10万: ten thousand), 1 without one."""
    factor = 1.0
    for sign in reversed(run):
        if sign not in LARGE:
            break
        factor *= LARGE[sign]
    return factor


def _is_figure(piece: str) -> bool:
    return piece[0].isdecimal() or piece[0] == "."


def _read_with_point(run: str) -> float:
    """Read 三点五亿."""
    integer, part = _POINT.split(run, maxsplit=1)
    factor = LARGE.get(part[-1], 1)
    part = part.rstrip(_LARGES)
    return float(_read_digits(integer) + "." + _read_digits(part)) * factor


def _read_digits(run: str) -> str:
    return "".join(str(DIGITS[c]) for c in run)


def _list_readings(pieces: list[str]) -> Iterator[list[str]]:
    """Read 五六百 as 500 and as 600, 十四五 as 14 and as 15; any other numeral as it stands."""
    two = pieces[0] in DIGITS and pieces[1] in DIGITS and len(pieces) > 2
    if two and (pieces[2] in _SMALL or pieces[2] in LARGE):
        yield [pieces[0], *pieces[2:]]
        yield pieces[1:]
    elif _ends_in_two(pieces):
        yield pieces[:-1]
        yield [*pieces[:-2], pieces[-1]]
    else:
        yield pieces


def _ends_in_two(pieces: Sequence[str]) -> bool:
    """Tell whether two digits stand behind a unit: 27 or 28 (二十七八), or a plan of five years (十四五)."""
    return len(pieces) > 2 and pieces[-3] in _SMALL and pieces[-2] in DIGITS and pieces[-1] in DIGITS


def _add_up(pieces: list[str]) -> tuple[float, float]:
    """Add up a numeral; the second figure is what a last digit adds if it counts the next lower unit (一万五)."""
    total = section = number = 0.0
    largest, unit = float("inf"), 1.0
    for piece in pieces:
        if _is_figure(piece):
            number = next(figures.read_figure(piece))
        elif piece in DIGITS:
            number = number * 10 + DIGITS[piece] if number and unit == 1 else float(DIGITS[piece])
            continue
        elif piece in _SMALL:
            section, number, unit = section + (number or 1.0) * _SMALL[piece], 0.0, float(_SMALL[piece])
        else:
            unit = float(LARGE[piece])
            inner = section + number
            total = (total + inner) * unit if unit > largest else total + (inner or 1.0) * unit
            largest, section, number = unit, 0.0, 0.0
    rest = number * (unit / 10 - 1) if unit > 10 and number < 10 else 0.0
    return total + section + number, rest
