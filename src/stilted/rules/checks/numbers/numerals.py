"""English numerals, in figures and in words: "1.2 million", "twenty-one", "half a dozen", "21st", "two-thirds"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from stilted.core.bounded import remember

_LEX: Final = re.compile(
    r"(?P<skip>(?:https?://|www\.)\S+|\S{1,64}@\S+|\d+(?:\.\d+){3,})"
    r"|(?P<date>(?<![\d-])\d{1,4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,4}(?!\d|-\d))"
    r"|(?P<id>\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?!\w)"
    r"|\+\d{1,3}(?:[ \u00a0().\-/]{1,3}\d{2,10}){2,6}|\+\d{7,15}(?!\d)"
    r"|\(?(?<![\d.,])0\d{1,5}\)?(?:[ \u00a0\-/]{1,2}\d{2,8}){1,5}(?![.,:]?\d)"
    r"|(?<![\d-])\(\d{3}\) ?\d{3}-\d{4}(?!\d)|(?<![\d.,-])\d{3}-\d{3}-\d{4}(?!\d)"
    r"|(?<![\d-])\d{1,5}(?:-\d{1,7}){3,8}(?![\d-])"
    r"|(?<![\d.,] )(?<![\d.,])(?!(?:\d{1,3} )(?:\d{3} )*\d{3}(?! ?\d))\d{1,4}(?: \d{2,7}){3,8}(?![.,]?\d))"
    r"|(?P<num>\d{1,3}(?:[,'’_\u00a0\u202f\u2009]{1,2}\d{3}){1,9}(?:\.\d+)?(?!\d)|\d{1,2}(?:,\d{2}){1,9},\d{3}(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?: \d{3}){2,9}(?:\.\d+)?(?! ?\d)|\d{1,3}(?:\.\d{3}){1,9},\d{1,2}(?!\d)|\d{1,3}(?:\.\d{3}){2,9}(?![\d.])"
    r"|\d+,\d{1,2}(?![.,]?\d)|\d{1,3}(?:,\d{3}){0,9},\d{4,}(?![.,]?\d)"
    r"|\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2}(?![\w.]))?|(?<![\w.])\.\d+)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sym>[^\w\s])"
)
"""Linear: no alternative repeats over what another one gave back. An ``id`` is a telephone, account or book number."""
WELL_FORMED: Final = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\.\d+")
"""Figures as English has them."""


_MAX_FIGURE: Final = 24
"""Longer runs of digits are keys and codes, not amounts."""


class LexKind(StrEnum):
    """What a piece of text is to a reader of numbers; the values are the groups of the expression that cuts it."""

    FIGURE = "num"
    WORD = "word"
    SIGN = "sym"
    DATE = "date"
    IDENTIFIER = "id"
    """A telephone, account or book number."""
    SKIPPED = "skip"
    """An address, a version, a key."""


_KINDS: Final = {kind.value: kind for kind in LexKind}


class Shape(StrEnum):
    """How a number is written."""

    FIGURE = "figure"
    WORD = "word"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    NAME = "name"
    """The name of a month, a day of the week or a season."""


class Lex(NamedTuple):
    """A figure, word, date or sign: ``text[start:end]``; *low* is its lower-case text."""

    kind: LexKind
    low: str
    start: int
    end: int
    raw: str


class Numeral(NamedTuple):
    """A number as read: tokens ``first`` to ``last`` (half open) of the text's lexemes.

    ``loose`` says that the words need not be meant as a number ("one of them", "half", "both").
    """

    value: float
    first: int
    last: int
    shape: Shape
    loose: bool = False
    others: tuple[float, ...] = ()
    """What else the writer may have meant: ``2,5`` is two numbers, or a decimal comma."""
    scale: float = 1.0
    """The power of ten that was written out."""


_ONES: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
_TENS: Final = {
    word: number * 10 for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
GLUED_SCALES: Final = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9, "tn": 10**12
}  # fmt: skip
_ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80,
     "ninetieth": 90, "hundredth": 100, "thousandth": 1000}  # fmt: skip
_PARTS: Final = {
    **{f"{word}s": number for word, number in _ORDINALS.items() if number > 2},
    **{word: number for word, number in _ORDINALS.items() if 2 < number <= 10},
    "quarter": 4,
    "quarters": 4,
    "half": 2,
    "halves": 2,
}
PASSING: Final = {
    "both": 2, "pair": 2, "couple": 2, "duo": 2, "twin": 2, "twins": 2, "twice": 2, "double": 2, "doubled": 2,
    "doubling": 2, "doubles": 2, "twofold": 2, "dual": 2, "either": 2, "neither": 2, "bilateral": 2, "trio": 3,
    "triple": 3, "tripled": 3, "triples": 3, "threefold": 3, "thrice": 3, "trilateral": 3, "triplets": 3,
    "fourfold": 4, "quadruple": 4, "quadrupled": 4, "quartet": 4, "fivefold": 5, "tenfold": 10, "once": 1,
    "single": 1, "sole": 1, "only": 1, "another": 1, "a": 1, "an": 1, "each": 1, "every": 1, "primary": 1,
    "secondary": 2, "score": 20, "teenager": 13, "nil": 0, "no": 0, "none": 0,
}  # fmt: skip
"""Words that say a number in passing: they answer for a figure on the other side and are never wrong."""
_SPANS: Final = frozenset(
    "decade century fortnight year month week day hour minute mile kilometre kilometer ton".split()
)
_BASES: Final = {"hundred": 100, **_SCALES, "dozen": 12, "lakh": 10**5, "crore": 10**7, "milliard": 10**9}
_PLURALS: Final = {"thousands": 10**3, "lakhs": 10**5, "millions": 10**6, "crores": 10**7, "billions": 10**9,
                   "trillions": 10**12, "milion": 10**6, "millon": 10**6, "bilion": 10**9, "billon": 10**9}  # fmt: skip
"""Wrong in English behind a number, and common there."""
VULGAR: Final = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
    "⅙": 1 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
_SPACED_SCALES: Final = frozenset({"mn", "mln", "bn", "bln", "tn"})
_TIMES: Final = frozenset("×x·*⋅")
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_MAX_EXPONENT: Final = 60
_MONTHS: Final = 12
_MINUTES: Final = 100
_DAYS: Final = 31
_SUFFIXES: Final = frozenset({"st", "nd", "rd", "th"})
STARTERS: Final = frozenset({*VULGAR, *_ONES, *_TENS, *_BASES, *_ORDINALS, *PASSING, "a", "an", "half", "quarter"})
"""Every word that may begin a numeral."""
FIRM: Final = STARTERS - frozenset({*PASSING, "a", "an", "half", "quarter", "one", "first", "second"})
"""Those of them that are seldom anything but a number."""


def lex(text: str) -> list[Lex]:
    """Cut *text* into figures, words and signs; addresses come as one ``skip``."""
    return [_make_lexeme(match) for match in _LEX.finditer(text)]


def _make_lexeme(match: re.Match[str]) -> Lex:
    raw = match[0]
    kind = _KINDS[match.lastgroup or ""]
    if kind is LexKind.FIGURE and len(raw) > _MAX_FIGURE:
        kind = LexKind.SKIPPED
    return Lex(kind, raw.lower(), match.start(), match.end(), raw)


def read_value(written: str) -> float:
    """Return the value of a figure, whatever its thousands separators and the width of its digits."""
    return read_figure(written)[0]


@remember(50_000)
def read_figure(written: str) -> tuple[float, ...]:
    """Return what a figure says in English, then what else its writer may have meant."""
    if written.isascii() and "," not in written and "_" not in written and "'" not in written and " " not in written:
        if written.count(".") > 1:  # thousands of another language
            return (float(written.replace(".", "")),)
        integer, _, part = written.partition(".")
        return (float(written), float(integer + part)) if 0 < len(integer) < 4 and len(part) == 3 else (float(written),)
    plain = "".join(str(int(c)) if c.isdigit() else c for c in written)
    if WELL_FORMED.fullmatch(plain):
        return (float(plain.replace(",", "")),)
    integer, _, part = plain.rpartition(",")
    if integer and len(part) < 3:
        parts = () if "." in integer else (float(integer), float(part))
        return (float(f"{integer.replace('.', '')}.{part}"), *parts)
    digits = "".join(c for c in plain if c.isdigit() or c == ".")
    return (
        (float(digits), float(integer.replace(",", "")), float(part)) if integer and len(part) > 3 else (float(digits),)
    )


def find_figure(written: str) -> str:
    """Return the figure that *written* begins with, without scale words behind it."""
    match = _LEX.match(written)
    return match[0] if match and match.lastgroup == LexKind.FIGURE else ""


def read_numeral(lexemes: Sequence[Lex], at: int) -> Numeral | None:
    """Read the longest numeral that begins at token *at*; None if none does."""
    token = lexemes[at]
    if token.kind is LexKind.FIGURE:
        return _read_figures(lexemes, at)
    if token.kind is not LexKind.WORD:
        return None
    low = token.low
    if low in ("a", "an", "half", "quarter"):
        return _read_after_article(lexemes, at)
    if low in _ONES or low in _TENS or low in _BASES:
        return _read_words(lexemes, at)
    if low in VULGAR:
        return Numeral(VULGAR[low], at, at + 1, Shape.FRACTION, True)
    if low in _ORDINALS:
        return Numeral(float(_ORDINALS[low]), at, at + 1, Shape.ORDINAL, _ORDINALS[low] <= 2)
    return Numeral(float(PASSING[low]), at, at + 1, Shape.WORD, True) if low in PASSING else None


def is_word(low: str) -> bool:
    """Tell whether a word names a number."""
    return low in _ONES or low in _TENS or low in _BASES


def get_word(lexemes: Sequence[Lex], at: int) -> str:
    """Return the word at token *at* in lower case; nothing where none stands."""
    return lexemes[at].low if 0 <= at < len(lexemes) and lexemes[at].kind is LexKind.WORD else ""


def get_sign(lexemes: Sequence[Lex], at: int) -> str:
    """Return the sign at token *at*; nothing where none stands."""
    return lexemes[at].low if 0 <= at < len(lexemes) and lexemes[at].kind is LexKind.SIGN else ""


def touches(lexemes: Sequence[Lex], at: int) -> bool:
    """Tell whether token *at* follows the one before it without a space."""
    return 0 < at < len(lexemes) and lexemes[at - 1].end == lexemes[at].start


def _read_figures(lexemes: Sequence[Lex], at: int) -> Numeral:
    values, last = read_figure(lexemes[at].raw), at + 1
    value, others = values[0], values[1:]
    following = get_word(lexemes, last)
    if touches(lexemes, last) and following:
        if following in _SUFFIXES:
            return Numeral(value, at, last + 1, Shape.ORDINAL)
        if following in GLUED_SCALES and (following != "m" or get_word(lexemes, last + 1) != "tall"):
            numeral = _scale_up(value, others, GLUED_SCALES[following], at, last + 1, following in ("m", "b"))
            if following == "mn" and value < _MINUTES:
                numeral = numeral._replace(others=(*numeral.others, value))  # 20mn are minutes in French
            return numeral
        if following in VULGAR:
            return Numeral(value + VULGAR[following], at, last + 1, Shape.FIGURE)
    denominator = _read_denominator(lexemes, at)
    if denominator:
        lower = read_value(lexemes[at + 2].raw)
        may_be_date = get_word(lexemes, at + 3) != "of" and value <= _MONTHS and lower <= _DAYS
        return Numeral(value / denominator, at, at + 3, Shape.FRACTION, others=(value, lower) if may_be_date else ())
    power = _read_power(lexemes, at)
    if power:
        return power
    if following in _SPACED_SCALES:
        return _scale_up(value, others, GLUED_SCALES[following], at, last + 1)
    if _begins_spaced_figure(lexemes, at):
        return _take_scale_words(lexemes, value * 1000 + read_value(lexemes[last].raw), at, last + 1, Shape.FIGURE)
    numeral = _take_scale_words(lexemes, value, at, last, Shape.FIGURE)
    # "4.176 billion" has a decimal point, "4.176" may have thousands.
    return numeral._replace(others=others) if numeral.scale == 1 else numeral


def _scale_up(
    value: float, others: tuple[float, ...], scale: float, at: int, last: int, loose: bool = False
) -> Numeral:
    return Numeral(value * scale, at, last, Shape.FIGURE, loose, tuple(v * scale for v in others), scale)


def _read_power(lexemes: Sequence[Lex], at: int) -> Numeral | None:
    """Read ``10^8``, ``10⁸`` and ``3 × 10^8``."""
    base, last = read_value(lexemes[at].raw), at + 1
    factor = 1.0
    if last + 1 < len(lexemes) and lexemes[last].low in _TIMES and lexemes[last + 1].raw == "10":
        factor, base, last = base, 10.0, last + 2
    exponent = None
    if touches(lexemes, last) and lexemes[last].raw == "^":
        minus = last + 1 < len(lexemes) and lexemes[last + 1].raw in "-−"
        digits = lexemes[last + 1 + minus].raw if last + 1 + minus < len(lexemes) else ""
        exponent, last = (f"-{digits}" if minus else digits), last + 2 + minus
    elif touches(lexemes, last) and lexemes[last].raw.translate(_SUPERSCRIPTS).lstrip("-").isdecimal():
        exponent, last = lexemes[last].raw.translate(_SUPERSCRIPTS), last + 1
    if not exponent or not exponent.lstrip("-").isdecimal() or len(exponent) > 3 or base > 1e4:
        return None
    power = min(max(int(exponent), -_MAX_EXPONENT), _MAX_EXPONENT)
    return Numeral(factor * base**power, at, last, Shape.FIGURE) if base else None


def _begins_spaced_figure(lexemes: Sequence[Lex], at: int) -> bool:
    """Tell whether ``29 663`` begins at *at*: thousands set off by a space, but not the day of a month."""
    if at + 1 >= len(lexemes) or lexemes[at + 1].kind is not LexKind.FIGURE:
        return False
    if lexemes[at + 1].start != lexemes[at].end + 1:
        return False
    lead, group = lexemes[at].raw, lexemes[at + 1].raw
    dated = at > 0 and lexemes[at - 1].raw[0].isupper() and lexemes[at - 1].kind is LexKind.WORD
    return len(lead) <= 3 and lead.isdigit() and lead[0] != "0" and len(group) == 3 and group.isdigit() and not dated


def _read_denominator(lexemes: Sequence[Lex], at: int) -> float | None:
    """Return the denominator of ``3/4`` at *at*: whole numbers, the upper one smaller."""
    if at + 2 >= len(lexemes) or lexemes[at + 1].low not in "/⁄" or lexemes[at + 2].kind is not LexKind.FIGURE:
        return None
    upper, lower = lexemes[at].raw, lexemes[at + 2].raw
    if not (upper.isdigit() and lower.isdigit() and len(lower) <= 3 and 0 < int(upper) < int(lower)):
        return None
    return float(lower)


def _take_scale_words(lexemes: Sequence[Lex], value: float, at: int, last: int, shape: Shape) -> Numeral:
    """Read ``and a half`` and the words for powers of ten that follow, too."""
    if [get_word(lexemes, last + i) for i in range(3)] in (["and", "a", "half"], ["and", "one", "half"]):
        value, last = value + 0.5, last + 3
    written = 1.0
    while True:
        if get_word(lexemes, last) == "and":
            break
        step = last + 1 if lexemes[last : last + 1] and lexemes[last].low == "-" else last
        following = get_word(lexemes, step)
        scale = _BASES.get(following) or _PLURALS.get(following)
        if not scale:
            break
        value, written, last = value * scale, written * scale, step + 1
        if [get_word(lexemes, last + i) for i in range(3)] == ["and", "a", "half"]:
            value, last = value + scale / 2, last + 3
    return Numeral(value, at, last, shape, scale=written)


def _read_after_article(lexemes: Sequence[Lex], at: int) -> Numeral | None:
    """Read ``a hundred``, ``a third``, ``half a million``, ``a quarter of a million``, ``half``."""
    low, following = lexemes[at].low, get_word(lexemes, at + 1)
    if low in ("half", "quarter"):
        part = 0.5 if low == "half" else 0.25
        step = at + 2 if following == "of" else at + 1
        scale = _BASES.get(get_word(lexemes, step + 1)) if get_word(lexemes, step) in ("a", "an") else None
        if scale:
            return Numeral(part * scale, at, step + 2, Shape.WORD)
        return Numeral(part, at, at + 1, Shape.FRACTION, True)
    if following in ("half", "quarter"):
        bare = _read_after_article(lexemes, at + 1)
        return bare and bare._replace(first=at)
    if following in _BASES:
        return _read_words(lexemes, at + 1)._replace(first=at)
    if following in _SPANS:
        halved = [get_word(lexemes, at + i) for i in (2, 3, 4)] == ["and", "a", "half"]
        return Numeral(1.5 if halved else 1.0, at, at + 1, Shape.WORD, True)
    if following in ("third", "fifth", "tenth") and get_word(lexemes, at + 2) == "of":
        return Numeral(1 / _PARTS[following], at, at + 2, Shape.FRACTION, True)
    return None


def _read_words(lexemes: Sequence[Lex], at: int) -> Numeral:
    """Read number words from *at* on: hundreds, tens and ones in falling order, then thousands and so on."""
    total, current, last, word = 0.0, 0.0, at, ""
    while True:
        word = get_word(lexemes, last)
        if word in _ONES and (last == at or _fits_below(current, _ONES[word])):
            current, last = current + _ONES[word], last + 1
        elif word in _TENS and (last == at or _fits_below(current, _TENS[word])):
            current, last = current + _TENS[word], last + 1
        elif word == "hundred":
            current, last = (current or 1.0) * 100, last + 1
        elif word in _BASES:
            total, current, last = total + (current or 1.0) * _BASES[word], 0.0, last + 1
        else:
            break
        last = _step_over_joint(lexemes, last, total, current)
    return _close_words(lexemes, at, last, total + current)


def _fits_below(current: float, add: int) -> bool:
    if current == 0:
        return True
    return current % 100 == 0 if add >= 10 else current % 10 == 0 and current % 100 != 10


def _step_over_joint(lexemes: Sequence[Lex], last: int, total: float, current: float) -> int:
    """Step over a hyphen or an ``and`` where another number word goes on with the same number."""
    if not last < len(lexemes):
        return last
    joint, following = lexemes[last].low, get_word(lexemes, last + 1)
    small = {**_ONES, **_TENS}.get(following)
    if joint == "-" and touches(lexemes, last):
        if following in _BASES or (small is not None and small < 10 and current % 10 == 0 and current % 100 >= 20):
            return last + 1
    elif joint == "and" and small and (total or current >= 100) and current % 100 == 0:
        return last + 1
    return last


def _close_words(lexemes: Sequence[Lex], at: int, last: int, value: float) -> Numeral:
    """Close a numeral in words: ``twenty-first``, ``two-thirds``, ``two and a half million``."""
    step = last + 1 if last < len(lexemes) and lexemes[last].low == "-" else last
    following = get_word(lexemes, step)
    if value % 100 >= 20 and value % 10 == 0 and _ORDINALS.get(following, 10) < 10:
        return Numeral(value + _ORDINALS[following], at, step + 1, Shape.ORDINAL)
    if following in _PARTS and (following.endswith("s") or value == 1) and 0 < value < 100:
        return Numeral(value / _PARTS[following], at, step + 1, Shape.FRACTION, value == 1)
    numeral = _take_scale_words(lexemes, value, at, last, Shape.WORD)
    return numeral._replace(loose=numeral.value <= 1)
