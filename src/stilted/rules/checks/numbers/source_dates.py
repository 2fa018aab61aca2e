"""Months and times that a source names in another language, beside those of its English: 3 mars 2024, 15 h 30."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from stilted.rules.checks.numbers import han, units
from stilted.rules.checks.numbers.quantity import Kind, Quantity

_NAMES: Final = {
    name: number
    for number, names in enumerate(
        "januar jänner janvier enero gennaio janeiro январь января januari stycznia ledna січня"
        "|februar février febrero febbraio fevereiro февраль февраля februari lutego února лютого"
        "|märz mars marzo março март марта maart marca března березня"
        "|april avril abril aprile апрель апреля kwietnia dubna квітня"
        "|mai mayo maggio maio май мая mei maja května травня"
        "|juni juin junio giugno junho июнь июня czerwca června червня"
        "|juli juillet julio luglio julho июль июля lipca července липня"
        "|august août agosto август августа augustus sierpnia srpna серпня"
        "|september septembre septiembre setiembre settembre setembro сентябрь сентября września září вересня"
        "|oktober octobre octubre ottobre outubro октябрь октября października října жовтня"
        "|november novembre noviembre novembro ноябрь ноября listopada listopadu листопада"
        "|dezember décembre diciembre dicembre dezembro декабрь декабря december grudnia prosince грудня".split("|"),
        1,
    )
    for name in names.split()
}
"""Months in German, French, Spanish, Italian, Portuguese, Russian, Dutch, Polish, Czech and Ukrainian, in dates."""
_CROATIAN: Final = re.compile(r"\d{1,2}\.\s?listopada", re.I)
"""October; in Polish, which sets no dot behind the day, the same word is November."""

_MONTHS: Final = tuple("January February March April May June July August September October November December".split())
_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        "一 月曜 월요일 montag lundi lunes lunedì segunda-feira понедельник"
        "|二 火曜 화요일 dienstag mardi martes martedì terça-feira вторник"
        "|三 水曜 수요일 mittwoch mercredi miércoles mercoledì quarta-feira среду"
        "|四 木曜 목요일 donnerstag jeudi jueves giovedì quinta-feira четверг"
        "|五 金曜 금요일 freitag vendredi viernes venerdì sexta-feira пятницу"
        "|六 土曜 토요일 samstag sonnabend samedi sábado sabato субботу"
        "|日 天 日曜 일요일 sonntag dimanche domingo domenica воскресенье".split("|"),
        1,
    )
    for name in names.split()
}
"""Days of the week, in Chinese behind the word for a week, in Russian as behind “on”."""
_WEEKDAY: Final = re.compile(
    r"(?:星期|(?<![一二两三四五六七八九十几数\d])[周週]|礼拜|禮拜)(?P<zh>[一二三四五六日天])(?![个個年期岁次天回气氣])|(?P<ja>[月火水木金土日]曜)|(?P<ko>[월화수목금토일]요일)"
    r"|(?<!\w)(?P<word>[a-zà-ÿа-я]{4,11}(?:-feira)?)(?!\w)",
    re.I,
)
_BARE_MONTH: Final = re.compile(r"(?<![\d.,:/])(?P<month>\d{1,2})\s?[月월]")
_WEEKDAY_NAMES: Final = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_DAY: Final = r"(?P<day>(?<![\d.,:/])\d{1,2})"
_YEAR: Final = r"(?P<year>\d{4})(?!\d)"
_NAMED: Final = re.compile(
    rf"(?:{_DAY}(?:\.|er|[º°ª]|-?го)?\s(?:de\s|d[’'])?)?\b(?P<month>[^\W\d_]{{3,12}})\b\.?(?:\s(?:de\s|del\s)?{_YEAR})?"
)
_EAST_ASIAN: Final = re.compile(
    rf"(?:{_YEAR}\s?[年년]\s?)?(?<![\d.,:/])(?P<month>\d{{1,2}})\s?[月월](?:\s?(?P<day>\d{{1,2}})\s?[日号號일])?"
)
_IN_NUMERALS: Final = re.compile(
    r"(?P<month>[一二三四五六七八九]|十[一二]?)月(?P<day>[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号號]"
)
_LUNAR: Final = "农历|農曆|阴历|陰曆|旧历|舊曆|旧暦|陰暦|음력"
"""Words for the calendar of the moon, whose months are others."""
_LUNAR_WORD: Final = re.compile(_LUNAR)
_LUNAR_BEFORE: Final = re.compile(rf"(?:{_LUNAR})\s?(?:\S{{1,8}}年)?$")
_LUNAR_CHARS: Final = 14
"""Characters before a month in which such a word is looked for."""
_YEAR_FIRST: Final = re.compile(rf"(?<![\d.]){_YEAR}([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}})(?![\d.]|-\d)")
_DAY_FIRST: Final = re.compile(rf"{_DAY}\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}")
_SLASHED: Final = re.compile(rf"{_DAY}/(?P<month>\d{{1,2}})/{_YEAR}")
_SLASHES: Final = frozenset({"fr", "es", "it", "pt"})
"""Languages that write the day before the month between slashes."""
_ENGLISH: Final = re.compile(
    rf"(?:{_DAY}(?:st|nd|rd|th)?(?:\sof)?\s)?\b(?P<month>{'|'.join(name.capitalize() for name in units.MONTHS)})\b\.?"
    rf"(?:\s(?P<behind>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.,]\d|\d|\s?[ap]\.?m))?(?:,?\s{_YEAR})?"
)
_TIME: Final = re.compile(
    r"(?<![\d.,:：])(?P<hour>\d{1,2})(?:[:：](?P<a>\d{2})|\s?[点點时時시]\s?(?P<b>\d{1,2})\s?[分분]"
    r"|\s?h\s?(?P<c>\d{2})(?!\w)|\.(?P<d>\d{2})\s?Uhr)(?![\d:：])"
)
_OTHER_ZONE: Final = re.compile(
    r"\b(?:UTC|GMT|[ECMP][SD]?T|CES?T|BST|IST|JST|KST)\b"
    r"|\b(?:time zone|(?:local|Eastern|Pacific|Central|Mountain) time)\b",
    re.I,
)
"""What may say that a time was converted."""
_HALF_DAY: Final = 12
_LAST_MONTH: Final = 12
_LAST_DAY: Final = 31


class Date(NamedTuple):
    """A month at ``text[start:end]``, with the day and the year that stand beside it, if any.

    *in_figures* says that nothing but their order shows which is the day and which the month.
    """

    month: int
    day: int | None
    year: int | None
    start: int
    end: int
    in_figures: bool = False


class Contradiction(NamedTuple):
    """What a translation says at ``target[start:end]`` where its source has what *stands* there.

    *wanted* is its English, if known; *may_replace* says that it may take the place of what is marked.
    """

    start: int
    end: int
    stands: str
    wanted: str = ""
    may_replace: bool = True


def read_source_dates(source: str, language: str | None) -> list[Date]:
    """Return the dates of a source, in Chinese, Japanese, Korean, or a language whose months are known.

    Args:
        language: ISO 639-1 code, if known; without one, no date between slashes is read.
    """
    words = ((match, _NAMES.get(match["month"].lower())) for match in _NAMED.finditer(source))
    named = ((match, month) for match, month in words if month and not _CROATIAN.match(match.group()))
    found = [date for match, month in named for date in _read_date(match, month)]
    for match in _EAST_ASIAN.finditer(source):
        if not _is_lunar(source, match.start()):
            found += _read_date(match, int(match["month"]))
    for match in _IN_NUMERALS.finditer(source):
        if not _is_lunar(source, match.start()):
            month, day = (int(next(han.read_run(match[name]))) for name in ("month", "day"))
            found.append(Date(month, day, None, match.start(), match.end()))
    patterns = [_YEAR_FIRST, _DAY_FIRST, *([_SLASHED] if language in _SLASHES else [])]
    for pattern in patterns:
        for match in pattern.finditer(source):
            found += _read_date(match, int(match["month"]), in_figures=pattern is not _YEAR_FIRST)
    return found


def read_english_dates(target: str) -> list[Date]:
    """Return the months that an English text names beside a day or a year."""
    dates = []
    for match in _ENGLISH.finditer(target):
        day = match["day"] or match["behind"]
        year = match["year"]
        if day or year:
            month = units.MONTHS[match["month"].lower()]
            dates.append(Date(month, int(day) if day else None, int(year) if year else None, *match.span("month")))
    return dates


def _is_lunar(source: str, at: int) -> bool:
    """Tell whether the month at *at* is one of the moon's."""
    return _LUNAR_BEFORE.search(source, max(0, at - _LUNAR_CHARS), at) is not None


def _read_date(match: re.Match[str], month: int, *, in_figures: bool = False) -> Iterator[Date]:
    day, year = match["day"], match["year"]
    if (day or year) and 1 <= month <= _LAST_MONTH and (day is None or 1 <= int(day) <= _LAST_DAY):
        yield Date(month, int(day) if day else None, int(year) if year else None, *match.span(), in_figures)


def find_contradictions(
    target: str, figures: Sequence[Quantity], source: str, language: str | None
) -> Iterator[Contradiction]:
    """Yield the months, days of the week and times of day of a translation that its source has otherwise.

    Args:
        figures: the quantities of *target*. language: ISO 639-1 code of the source, if known.
    """
    named = {kind: [q for q in figures if q.kind == kind] for kind in (Kind.MONTH, Kind.WEEKDAY, Kind.TIME)}
    months = list(_find_wrong_months(target, source, language)) if named[Kind.MONTH] else []
    yield from months
    if not months:
        yield from _find_wrong_name(named[Kind.MONTH], _read_bare_months(source), _MONTHS)
    yield from _find_wrong_days(target, figures, source, language)
    yield from _find_wrong_name(named[Kind.WEEKDAY], _read_weekdays(source), _WEEKDAY_NAMES)
    yield from _find_wrong_time(target, named[Kind.TIME], source)


def _find_wrong_months(target: str, source: str, language: str | None) -> Iterator[Contradiction]:
    """Yield months in dates that have all but their month, or the order of their figures, in common with the source."""
    english, stated = read_english_dates(target), read_source_dates(source, language)
    for one in english:
        if any(other.month == one.month and _may_be_same(one.day, other.day) for other in stated):
            continue
        near = [other for other in stated if _differs_in_its_month(one, other) or _is_turned(one, other)]
        if len(near) == 1 and not any(
            each.month == near[0].month and _may_be_same(each.day, near[0].day) for each in english
        ):
            stands, month = source[near[0].start : near[0].end].strip(), _MONTHS[near[0].month - 1]
            yield Contradiction(one.start, one.end, stands, month, may_replace=one.day == near[0].day)


def _find_wrong_days(
    target: str, figures: Sequence[Quantity], source: str, language: str | None
) -> Iterator[Contradiction]:
    """Yield the day that is counted beside a month, the 8th of May, where the source has that month with one other day.

    A day in a mere figure, May 8, is a number like others.
    """
    days = [(q, month) for q in figures if q.kind == Kind.ORDINAL and (month := _find_month_beside(target, q))]
    stated = read_source_dates(source, language) if days else []
    english = read_english_dates(target) if stated else []
    for day, month in days:
        there = [date for date in stated if date.month == month and date.day is not None]
        here = {int(q.value) for q, same in days if same == month} | {d.day for d in english if d.month == month}
        if len(there) == 1 and there[0].day not in here and int(day.value) not in _read_bare_days(source):
            stands = source[there[0].start : there[0].end].strip()
            yield Contradiction(day.start, day.end, stands, _make_ordinal(there[0].day or 0))


def _find_month_beside(target: str, day: Quantity) -> int | None:
    """Return the month of which a day is told: the 8th of May, May 8th; None where none is beside it."""
    found = _OF_MONTH.match(target, day.end)
    if target[day.start].isdecimal() and not found:
        near = max(0, day.start - _LONGEST)
        found = _BEFORE_MONTH.match(target, day.end) or _MONTH_BEFORE.search(target, near, day.start)
    return units.MONTHS[found["month"].lower()] if found else None


def _read_bare_days(source: str) -> set[int]:
    """Return what may be days of a source without a month of their own, as the first of the 7th to the 9th of May."""
    spelled = (next(han.read_run(run), 0) for run in _NUMERAL_DAY.findall(source))
    return {int(figure) for figure in _SHORT_FIGURE.findall(source)} | set(map(int, spelled))


_MONTH_NAME: Final = rf"\b(?P<month>{'|'.join(name.capitalize() for name in units.MONTHS)})\b"
_OF_MONTH: Final = re.compile(rf"\s(?:day\s)?of\s{_MONTH_NAME}")
_BEFORE_MONTH: Final = re.compile(rf"\s{_MONTH_NAME}")
_SHORT_FIGURE: Final = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_NUMERAL_DAY: Final = re.compile(r"[一二三四五六七八九十]{1,3}(?=[日号號])")
_MONTH_BEFORE: Final = re.compile(rf"{_MONTH_NAME}\.?\s(?:the\s)?\Z")
_LONGEST: Final = 16
"""Characters of a month with what stands around it."""


def _make_ordinal(day: int) -> str:
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _may_be_same(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other


def _differs_in_its_month(one: Date, other: Date) -> bool:
    if one.month == other.month or not _may_be_same(one.year, other.year):
        return False
    return one.day == other.day and (one.day is not None or one.year == other.year)


def _is_turned(one: Date, other: Date) -> bool:
    return other.in_figures and (one.month, one.day) == (other.day, other.month) and _may_be_same(one.year, other.year)


def _read_bare_months(source: str) -> list[tuple[str, int]]:
    """Return the months that Chinese, Japanese and Korean count, as written and as numbers."""
    if _LUNAR_WORD.search(source):
        return []
    return [(match.group(), int(match["month"])) for match in _BARE_MONTH.finditer(source)]


def _read_weekdays(source: str) -> list[tuple[str, int]]:
    words = ((match.group(), _WEEKDAYS.get(match[match.lastgroup or 0].lower())) for match in _WEEKDAY.finditer(source))
    return [(word, day) for word, day in words if day]


def _find_wrong_name(
    named: Sequence[Quantity], stated: Sequence[tuple[str, int]], names: Sequence[str]
) -> Iterator[Contradiction]:
    """Yield the one month or day that a translation names, where its source names another one alone."""
    if len({q.value for q in named}) != 1 or len({number for _, number in stated}) != 1:
        return
    (stands, number), one = stated[0], named[0]
    if number != one.value and 1 <= number <= len(names):
        yield Contradiction(one.start, one.end, stands.strip(), names[number - 1])


def _find_wrong_time(target: str, times: Sequence[Quantity], source: str) -> Iterator[Contradiction]:
    """Yield the one time of day of a translation where it is not that of its source.

    Morning and afternoon are left open: many languages say them in words that are not read here.
    """
    stated = list(_TIME.finditer(source)) if len(times) == 1 else []
    if len(stated) != 1 or ":" not in target[times[0].start : times[0].end] or _OTHER_ZONE.search(target):
        return
    (one,), (other,) = times, stated
    hours, minutes = divmod(int(one.value), 60)
    same_minutes = minutes == int(next(other[name] for name in "abcd" if other[name]))
    if not (same_minutes and (hours - int(other["hour"])) % _HALF_DAY == 0):
        yield Contradiction(one.start, one.end, other.group().strip())
