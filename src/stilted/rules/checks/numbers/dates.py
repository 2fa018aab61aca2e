"""Dates, times of day, and words for vast amounts: what a text says with numbers but not of things counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from stilted.rules.checks.numbers import numerals, units
from stilted.rules.checks.numbers.numerals import Lex, LexKind, Shape, get_sign, get_word
from stilted.rules.checks.numbers.quantity import Kind, Quantity, Role

VAGUE: Final = {"dozens": 1, "hundreds": 2, "thousands": 3, "millions": 6, "billions": 9, "trillions": 12}
_VAGUE_TIMES: Final = {"tens": 1, "dozens": 1, "hundreds": 2, "thousands": 3, "ten": 1, "hundred": 2}
_MONTH_BEFORE: Final = frozenset(
    "in of by since until till from to during on early late mid last next this between and through before after"
    " every each january february april june july august september october november december".split()
)


def read_date(token: Lex) -> Iterator[Quantity]:
    """Yield the three numbers of ``2023-10-12``; each may answer for the name of a month."""
    start = token.start
    for piece in token.raw.replace("/", "-").replace(".", "-").split("-"):
        end = start + len(piece)
        yield Quantity(Kind.NUMBER, numerals.read_value(piece), start, end, token.start, token.end, 2, role=Role.DATE)
        start = end + 1


def read_september_11(lexemes: Sequence[Lex], at: int) -> tuple[int, list[Quantity]] | None:
    """Read ``9/11`` as the day, not as nine elevenths."""
    if [token.raw for token in lexemes[at : at + 3]] != ["9", "/", "11"]:
        return None
    start, middle, end = lexemes[at].start, lexemes[at].end, lexemes[at + 2].end
    month = Quantity(Kind.MONTH, 9.0, start, middle, start, end, 0)
    return 3, [month, Quantity(Kind.NUMBER, 11.0, lexemes[at + 2].start, end, start, end, 0, role=Role.DATE)]


def read_calendar(lexemes: Sequence[Lex], at: int) -> tuple[int, list[Quantity]] | None:
    """Read the name of a month, weekday or season, ``noon`` or ``midnight``."""
    token = lexemes[at]
    low = token.low
    if low in units.MONTHS:
        if not token.raw[0].isupper() or (
            low in ("may", "march", "mar", "jan", "dec", "jun") and not _is_surely_month(lexemes, at)
        ):
            return None
        return 1, [_make_named(Kind.MONTH, units.MONTHS[low], token)]
    if low in units.WEEKDAYS and token.raw[0].isupper() and (len(low) > 4 or lexemes[at + 1 : at + 2]):
        if len(low) <= 4 and low not in ("tues", "thur") and not _is_surely_month(lexemes, at):
            return None
        return 1, [_make_named(Kind.WEEKDAY, units.WEEKDAYS[low], token)]
    if low in units.SEASONS and not (low == "spring" and get_word(lexemes, at + 1) == "festival"):
        return 1, [_make_named(Kind.SEASON, units.SEASONS[low], token)]
    if low in ("noon", "midday", "midnight"):
        minutes = 0 if low == "midnight" else 720
        return 1, [Quantity(Kind.TIME, float(minutes), token.start, token.end, token.start, token.end, 1)]
    return None


def _make_named(kind: Kind, value: int, token: Lex) -> Quantity:
    return Quantity(kind, float(value), token.start, token.end, token.start, token.end, 2, shape=Shape.NAME)


def _is_surely_month(lexemes: Sequence[Lex], at: int) -> bool:
    """Tell whether a month that is also a word or a name has a day, a year or a preposition beside it."""
    near = [t for t in lexemes[max(0, at - 2) : at + 3] if t.kind in (LexKind.FIGURE, LexKind.DATE)]
    return bool(near) or get_word(lexemes, at - 1) in _MONTH_BEFORE


def read_vague(lexemes: Sequence[Lex], at: int) -> tuple[int, list[Quantity]] | None:
    """Read ``tens of thousands``, ``millions of``: powers of ten without a number."""
    low = lexemes[at].low
    if low not in VAGUE and low != "tens":
        return None
    power, last = VAGUE.get(low, 1), at + 1
    if get_word(lexemes, at + 1) == "of" and get_word(lexemes, at + 2) in VAGUE and low in _VAGUE_TIMES:
        power, last = _VAGUE_TIMES[low] + VAGUE[get_word(lexemes, at + 2)], at + 3
    if low == "tens" and last == at + 1:
        power = 1
    start, end = lexemes[at].start, lexemes[last - 1].end
    return last - at, [Quantity(Kind.VAGUE, float(10**power), start, end, start, end, 1, shape=Shape.WORD)]


def read_clock(lexemes: Sequence[Lex], at: int) -> tuple[int, list[Quantity]] | None:
    """Read ``3 p.m.``, ``3:30``, ``15:00``, ``3 o'clock``, ``7.30am``."""
    hour, minute, last = lexemes[at].raw, "0", at + 1
    if "." in hour and len(hour.partition(".")[2]) == 2:
        hour, minute = hour.split(".")
    elif get_sign(lexemes, last) == ":" and last + 1 < len(lexemes) and len(lexemes[last + 1].raw) == 2:
        minute, last = lexemes[last + 1].raw, last + 2
    if not (hour.isdigit() and minute.isdigit() and int(hour) < 100 and int(minute) < 60):
        return None
    half, end = _read_meridiem(lexemes, last)
    exact = end > last
    last = end
    if not exact and get_word(lexemes, last) == "o" and get_word(lexemes, last + 2) == "clock":
        last += 3
    elif not exact and (last == at + 1):
        return None
    hours = int(hour) % 12 + half if exact and int(hour) <= 12 else int(hour)
    minutes = float(hours * 60 + int(minute))
    start, stop = lexemes[at].start, lexemes[last - 1].end
    loose = not exact and 0 < int(hour) <= 12
    return last - at, [Quantity(Kind.TIME, minutes, start, stop, start, stop, 2, half_day=loose)]


def _read_meridiem(lexemes: Sequence[Lex], at: int) -> tuple[int, int]:
    """Return the hours that a.m. or p.m. at token *at* adds, and the token after it (*at* without one)."""
    low = get_word(lexemes, at)
    if low in ("am", "pm"):
        return (12 if low == "pm" else 0), at + 1
    if low in ("a", "p") and get_sign(lexemes, at + 1) == "." and get_word(lexemes, at + 2) == "m":
        return (12 if low == "p" else 0), at + 3 + (get_sign(lexemes, at + 3) == ".")
    return 0, at
