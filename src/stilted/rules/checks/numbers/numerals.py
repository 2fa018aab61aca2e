"""English numerals, in figures and in words: "1.2 million", "twenty-one", "half a dozen", "21st", "two-thirds"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

_LEX: Final = re.compile(
    r"(?P<skip>(?:https?://|www\.)\S+|\S{1,64}@\S+|\d+(?:\.\d+){3,})"
    r"|(?P<date>(?<![\d-])\d{1,4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,4}(?![\d-]))"
    r"|(?P<num>\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sym>[^\w\s])"
)
"""Linear: no alternative repeats over what another one gave back."""


_MAX_FIGURE: Final = 24
"""Longer runs of digits are keys and codes, not amounts."""


class Lex(NamedTuple):
    """A figure, word, date or sign: ``text[start:end]``; *low* is its lower-case text."""

    kind: str
    low: str
    start: int
    end: int
    raw: str


class Numeral(NamedTuple):
    """A number as read: tokens ``first`` to ``last`` (half open) of the text's lexemes.

    ``shape`` is ``figure``, ``word``, ``ordinal`` or ``fraction``; ``loose`` says that the words need not be
    meant as a number ("one of them", "half", "both").
    """

    value: float
    first: int
    last: int
    shape: str
    loose: bool = False


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
_PARTS: Final = {f"{word}s": number for word, number in _ORDINALS.items() if number > 2} | {
    "third": 3, "quarter": 4, "quarters": 4, "fifth": 5, "tenth": 10, "half": 2, "halves": 2
}  # fmt: skip
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
_BASES: Final = {"hundred": 100, **_SCALES, "dozen": 12}
_SUFFIXES: Final = frozenset({"st", "nd", "rd", "th"})
STARTERS: Final = frozenset({*_ONES, *_TENS, *_BASES, *_ORDINALS, *PASSING, "a", "an", "half", "quarter"})
"""Every word that may begin a numeral."""
FIRM: Final = STARTERS - frozenset({*PASSING, "a", "an", "half", "quarter", "one", "first", "second"})
"""Those of them that are seldom anything but a number."""


def lex(text: str) -> list[Lex]:
    """Cut *text* into figures, words and signs; addresses come as one ``skip``."""
    return [_lexeme(match) for match in _LEX.finditer(text)]


def _lexeme(match: re.Match[str]) -> Lex:
    raw = match[0]
    kind = match.lastgroup or ""
    if kind == "num" and len(raw) > _MAX_FIGURE:
        kind = "skip"
    return Lex(kind, raw.lower(), match.start(), match.end(), raw)


def figure(written: str) -> float:
    """Return the value of a figure, whatever its thousands separators and the width of its digits."""
    if written.isascii() and "," not in written:
        return float(written)
    plain = "".join(str(int(c)) if c.isdigit() else "." if c == "." else "" for c in written)
    return float(plain)


def read_numeral(found: Sequence[Lex], at: int) -> Numeral | None:
    """Read the longest numeral that begins at token *at*; None if none does."""
    token = found[at]
    if token.kind == "num":
        return _figures(found, at)
    if token.kind != "word":
        return None
    low = token.low
    if low in ("a", "an", "half", "quarter"):
        return _article(found, at)
    if low in _ONES or low in _TENS or low in _BASES:
        return _words(found, at)
    if low in _ORDINALS:
        return Numeral(float(_ORDINALS[low]), at, at + 1, "ordinal", _ORDINALS[low] <= 2)
    return Numeral(float(PASSING[low]), at, at + 1, "word", True) if low in PASSING else None


def is_word(low: str) -> bool:
    """Tell whether a word names a number."""
    return low in _ONES or low in _TENS or low in _BASES


def _word(found: Sequence[Lex], at: int) -> str:
    """Return token *at* in lower case if it is a word, else nothing."""
    return found[at].low if 0 <= at < len(found) and found[at].kind == "word" else ""


def touches(found: Sequence[Lex], at: int) -> bool:
    """Tell whether token *at* follows the one before it without a space."""
    return 0 < at < len(found) and found[at - 1].end == found[at].start


def _figures(found: Sequence[Lex], at: int) -> Numeral:
    value, last = figure(found[at].raw), at + 1
    following = _word(found, last)
    if touches(found, last) and following:
        if following in _SUFFIXES:
            return Numeral(value, at, last + 1, "ordinal")
        if following in GLUED_SCALES and (following != "m" or _word(found, last + 1) != "tall"):
            return Numeral(value * GLUED_SCALES[following], at, last + 1, "figure", following in ("m", "b"))
    denominator = _slashed(found, at)
    if denominator:
        return Numeral(value / denominator, at, at + 3, "fraction")
    if _spaced(found, at):
        value, last = value * 1000 + figure(found[last].raw), last + 1
    return _scaled(found, value, at, last, "figure")


def _spaced(found: Sequence[Lex], at: int) -> bool:
    """Tell whether ``29 663`` begins at *at*: thousands set off by a space, but not the day of a month."""
    if at + 1 >= len(found) or found[at + 1].kind != "num" or found[at + 1].start != found[at].end + 1:
        return False
    lead, group = found[at].raw, found[at + 1].raw
    dated = at > 0 and found[at - 1].raw[0].isupper() and found[at - 1].kind == "word"
    return len(lead) <= 3 and lead.isdigit() and lead[0] != "0" and len(group) == 3 and group.isdigit() and not dated


def _slashed(found: Sequence[Lex], at: int) -> float | None:
    """Return the denominator of ``3/4`` at *at*: whole numbers, the upper one smaller."""
    if at + 2 >= len(found) or found[at + 1].low not in "/⁄" or found[at + 2].kind != "num":
        return None
    upper, lower = found[at].raw, found[at + 2].raw
    if not (upper.isdigit() and lower.isdigit() and len(lower) <= 3 and 0 < int(upper) < int(lower)):
        return None
    return float(lower)


def _scaled(found: Sequence[Lex], value: float, at: int, last: int, shape: str) -> Numeral:
    """Take along ``and a half`` and the words for powers of ten that follow."""
    if [_word(found, last + i) for i in range(3)] in (["and", "a", "half"], ["and", "one", "half"]):
        value, last = value + 0.5, last + 3
    while True:
        if _word(found, last) == "and":
            break
        step = last + 1 if found[last : last + 1] and found[last].low == "-" else last
        scale = _BASES.get(_word(found, step))
        if not scale:
            break
        value, last = value * scale, step + 1
        if [_word(found, last + i) for i in range(3)] == ["and", "a", "half"]:
            value, last = value + scale / 2, last + 3
    return Numeral(value, at, last, shape)


def _article(found: Sequence[Lex], at: int) -> Numeral | None:
    """Read ``a hundred``, ``a third``, ``half a million``, ``a quarter of a million``, ``half``."""
    low, following = found[at].low, _word(found, at + 1)
    if low in ("half", "quarter"):
        part = 0.5 if low == "half" else 0.25
        step = at + 2 if following == "of" else at + 1
        scale = _BASES.get(_word(found, step + 1)) if _word(found, step) in ("a", "an") else None
        return Numeral(part * scale, at, step + 2, "word") if scale else Numeral(part, at, at + 1, "fraction", True)
    if following in ("half", "quarter"):
        bare = _article(found, at + 1)
        return bare and bare._replace(first=at)
    if following in _BASES:
        return _words(found, at + 1)._replace(first=at)
    if following in _SPANS:
        halved = [_word(found, at + i) for i in (2, 3, 4)] == ["and", "a", "half"]
        return Numeral(1.5 if halved else 1.0, at, at + 1, "word", True)
    if following in ("third", "fifth", "tenth") and _word(found, at + 2) == "of":
        return Numeral(1 / _PARTS[following], at, at + 2, "fraction", True)
    return None


def _words(found: Sequence[Lex], at: int) -> Numeral:
    """Read number words from *at* on: hundreds, tens and ones in falling order, then thousands and so on."""
    total, current, last, word = 0.0, 0.0, at, ""
    while True:
        word = _word(found, last)
        if word in _ONES and (last == at or _fits(current, _ONES[word])):
            current, last = current + _ONES[word], last + 1
        elif word in _TENS and (last == at or _fits(current, _TENS[word])):
            current, last = current + _TENS[word], last + 1
        elif word == "hundred":
            current, last = (current or 1.0) * 100, last + 1
        elif word in _BASES:
            total, current, last = total + (current or 1.0) * _BASES[word], 0.0, last + 1
        else:
            break
        last = _joint(found, last, total, current)
    return _ending(found, at, last, total + current)


def _fits(current: float, add: int) -> bool:
    if current == 0:
        return True
    return current % 100 == 0 if add >= 10 else current % 10 == 0 and current % 100 != 10


def _joint(found: Sequence[Lex], last: int, total: float, current: float) -> int:
    """Step over a hyphen or an ``and`` where another number word goes on with the same number."""
    if not last < len(found):
        return last
    joint, following = found[last].low, _word(found, last + 1)
    small = {**_ONES, **_TENS}.get(following)
    if joint == "-" and touches(found, last):
        if following in _BASES or (small is not None and small < 10 and current % 10 == 0 and current % 100 >= 20):
            return last + 1
    elif joint == "and" and small and (total or current >= 100) and current % 100 == 0:
        return last + 1
    return last


def _ending(found: Sequence[Lex], at: int, last: int, value: float) -> Numeral:
    """Close a numeral in words: ``twenty-first``, ``two-thirds``, ``two and a half million``."""
    step = last + 1 if last < len(found) and found[last].low == "-" else last
    following = _word(found, step)
    if value % 100 >= 20 and value % 10 == 0 and _ORDINALS.get(following, 10) < 10:
        return Numeral(value + _ORDINALS[following], at, step + 1, "ordinal")
    if following in _PARTS and (following.endswith("s") or value == 1) and 0 < value < 100:
        return Numeral(value / _PARTS[following], at, step + 1, "fraction", value == 1)
    numeral = _scaled(found, value, at, last, "word")
    return numeral._replace(loose=numeral.value <= 1)
