"""What the numbers of a source count, in words of its language: 3天, 3 Wochen, 3 km; beside the unit of its English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stilted.rules.checks.numbers import units
from stilted.rules.checks.numbers.quantity import Kind, Quantity
from stilted.rules.checks.numbers.sources import MONEY_WORDS, Amount
from stilted.rules.checks.numbers.units import Dimension, Unit

_WORDS: Final = {
    "second": "秒钟? 秒鐘 초 [Ss]ekunden? secondes? segundos? second[oi] секунд[аы]?",
    "minute": "分钟 分鐘 分間 [Mm]inuten? minutes? minutos? minut[oi] минут[аы]?",
    "hour": "小时 小時 个小时 個小時 时间 時間 시간 [Ss]tunden? heures? horas? or[ae] час(?:а|ов)?",
    "day": "天 日間 일간 Tag(?:en?)? jours? días? giorn[oi] dias? дн(?:я|ей) день суток",
    "week": "个?星期 個星期 周(?![年岁末]) 週間 주일? Wochen? semaines? semanas? settiman[ae] недел[яиью]",
    "month": "[个個ヶか箇カヵ]月 개월 Monat(?:en?)? mois mes(?:es)? mes[ei] m[êe]s(?:es)? месяц(?:а|ев)?",
    "year": "年(?!代) 년(?!대) Jahr(?:en?)? ans? années? años? ann[oi] anos? года лет",
    "km": "公里 千米 キロメートル 킬로미터 km Kilometern? kilomètres? kilómetros? chilometr[oi] километр(?:а|ов)?",
    "mile": "英里 マイル 마일 Meilen? miles? millas? migli[ao] миль|миля|мили",
    "metre": "米 メートル 미터 Metern? mètres? metros? metr[oi] метр(?:а|ов)?",
    "cm": "厘米 公分 センチ 센티미터 cm Zentimetern? centimètres? centímetros? centimetr[oi] сантиметр(?:а|ов)?",
    "kg": "公斤 千克 キログラム 킬로그램 kg Kilogramm kilogrammes? kilogramos? chilogramm[oi] килограмм(?:а|ов)?",
    "ton": "吨 噸 トン 톤 Tonnen? tonnes? toneladas? tonnellat[ae] тонн[аы]?",
}
"""For each unit, patterns of the words that stand for it behind a number."""

_UNITS: Final = re.compile(
    r"\s?-?(?:"
    + "|".join(f"(?P<{name}>{'|'.join(words.split())})" for name, words in _WORDS.items())
    + r")(?![A-Za-zÀ-ÿа-яё])"
)
_LETTER: Final = re.compile("[A-Za-z]")
"""An amount that ends with one has taken letters for a power of ten: 3k, 5 Mio."""
_LONGEST: Final = 24
"""Characters behind an amount in which its unit is looked for."""
_FIRST_YEAR: Final = 1000
"""From here on, a number before the word for a year is one of the calendar."""

_OPEN: Final = frozenset({Dimension.YUAN, Dimension.YUAN_OR_YEN})
"""元 is said of several currencies."""


def find_wrong_units(
    figures: Sequence[Quantity], stated: Sequence[Amount], source: str
) -> Iterator[tuple[Quantity, str]]:
    """Yield what a translation counts in another unit than its source, the number being the same, with the source's.

    Units are compared where all amounts of the source with that number have one that is known and of the same
    dimension; a currency, where the source names it.
    """
    for one in figures:
        if one.unit is None or one.role or one.kind != Kind.NUMBER:
            continue
        same = [amount for amount in stated if one.value in amount.plain]
        others = [_find_other_unit(one.unit, amount, source) for amount in same]
        if others and all(others):
            yield one, others[0]


def _find_other_unit(unit: Unit, amount: Amount, source: str) -> str:
    """Return an amount of a source with its unit, if that is another one than *unit* for the same; else nothing."""
    if unit.dimension in units.MONEY:
        other = amount.money
        if other is None or other in _OPEN or unit.dimension in (other, Dimension.YUAN_OR_YEN):
            return ""
        behind = source[amount.end : amount.end + _LONGEST]
        word = next((word for word, _ in MONEY_WORDS if behind.lstrip().startswith(word)), "")
        return source[amount.start : amount.end] + behind[: behind.index(word) + len(word)]
    match = _UNITS.match(source, amount.end, amount.end + _LONGEST)
    if not match or not match.lastgroup or _LETTER.match(source, amount.end - 1):
        return ""
    other_unit = units.UNITS[match.lastgroup]
    if match.lastgroup == "year" and amount.plain[0] >= _FIRST_YEAR:
        return ""
    differs = other_unit.dimension == unit.dimension and other_unit.factor != unit.factor
    return source[amount.start : match.end()] if differs else ""
