"""Years that are not counted from Christ's birth: 令和5年, 民國112年, พ.ศ. 2566, ۱۴۰۲, 5784."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_MARKED: Final = (
    (re.compile(r"令和\s?$"), 2018), (re.compile(r"平成\s?$"), 1988), (re.compile(r"昭和\s?$"), 1925),
    (re.compile(r"大正\s?$"), 1911), (re.compile(r"明治\s?$"), 1867), (re.compile(r"(?:皇紀|皇纪)\s?$"), -660),
    (re.compile(r"(?:中華民國|民國|民国)\s?$"), 1911), (re.compile(r"(?:檀紀|단기)\s?$"), -2333),
    (re.compile(r"주체\s?$"), 1911), (re.compile(r"(?:佛曆|佛历|仏暦|불기)\s?$"), -543),
    (re.compile(r"(?:พ\.?ศ\.?|พุทธศักราช|ພ\.?ສ\.?|ព\.?ស\.?)\s?$"), -543),
    (re.compile(r"\b[Bb]\.?\s?[Ee]\.?\s?$"), -543), (re.compile(r"(?<![A-Za-z])R\.?$"), 2018),
    (re.compile(r"(?<![A-Za-z])H\.?$"), 1988), (re.compile(r"(?<![A-Za-z])S\.?$"), 1925),
)  # fmt: skip
"""Names of eras before a year, with what is to be added."""
_LONGEST: Final = 16


class _Calendar(NamedTuple):
    """A calendar that a script or language lets expect: its years from *first* to *last*, and what is to be added."""

    languages: frozenset[str]
    letters: re.Pattern[str]
    first: int
    last: int
    add: tuple[int, ...]


_EXPECTED: Final = (
    _Calendar(frozenset({"th", "lo", "km"}), re.compile(r"[\u0e00-\u0eff\u1780-\u17ff]"), 2400, 2650, (-543, -544)),
    _Calendar(frozenset({"fa", "ps", "ckb", "ar", "ur"}), re.compile(r"[\u0600-\u06ff]"), 1200, 1450, (621, 622)),
    _Calendar(frozenset({"he", "yi"}), re.compile(r"[\u05d0-\u05ea]"), 5300, 5900, (-3760, -3761)),
    _Calendar(frozenset({"am", "ti"}), re.compile(r"[\u1200-\u137f]"), 1850, 2050, (7, 8)),
    _Calendar(frozenset({"ne", "hi"}), re.compile(r"[\u0900-\u097f]"), 1900, 2120, (-56, -57)),
)
_LUNAR: Final = re.compile(r"[\u0600-\u06ff]")
_LUNAR_YEARS: Final = range(1200, 1500)


def convert_years(text: str, start: int, end: int, value: float, language: str | None) -> Iterator[float]:
    """Yield the years of our era that ``text[start:end]``, which says *value*, may mean in another."""
    if not value.is_integer() or not 0 < value < 6000:
        return
    before = text[max(0, start - _LONGEST) : start]
    yield from (value + add for name, add in _MARKED if name.search(before))
    if value < 1000:
        return
    for calendar in _EXPECTED:
        if calendar.first <= value <= calendar.last and (
            language in calendar.languages or (language is None and calendar.letters.search(text))
        ):
            yield from (value + add for add in calendar.add)
    if value in _LUNAR_YEARS and (language in ("ar", "fa", "ur") or (language is None and _LUNAR.search(text))):
        # A lunar year of 354 days begins in one year of ours and ends in the next.
        begins = int(value * 0.970224 + 621.5774)
        yield from (float(begins), float(begins + 1))
