"""Words and signs for powers of ten behind the figures of a source: Milliarde, mld, тыс., lakh, ล้าน."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

_MORE: Final = """
ar	3:الف|آلاف	9:بليون	12:تريليون
bn	5:লক্ষ
cs	12:bil
da	3:tkr|kkr	6:mill|mkr	9:mio|mdr|mia|mdkr
de	3:Tsd|T€|TEUR|Tausender	6:Mill|Mio€|Mio|MioEUR	9:Mia|Milliarden|Mrd€	12:Billionen
el	6:εκατ	9:δις|δισ
en	5:lakh|lakhs|lac|lacs	7:crore|crores|cr	3:thousands
en	6:mn|mln|millions|mio	9:bn|bln|billions|mrd|mld	12:tn|trillions|trn
es	3:miles|k	6:MM|millon|mdd|mdp	9:mmdd|mmdp	12:billon
fa	6:ملیون	9:بیلیون
fi	3:tuhannen|tuhansia	6:milj
fr	3:mil|milliers|k€	6:M€|MEUR|MF	9:Mds|Mrd|Mrds|Md€|Mds€|G€	12:T€
he	3:אלפים|אלפי	6:מיליוני|מליון	9:מיליארדי|מליארד
hi	3:हजार	7:करोड
hu	3:e|ezret	6:millió|MFt	9:MrdFt|mrd|md
id	6:juta|jt	9:milyar|miliyar	12:trilyun
it	3:mille	6:mln|ml|mil|milion|M€	9:mld|mrd|mld€	12:bilioni|bilione|trilioni
lt	6:mln	9:mlrd
mr	7:कोटि
nb	3:t	6:mill|mnok	9:mrd|mia
nl	3:dzd	6:mio|mlj	9:mrd|mia	12:biljard
pl	3:tysiącach|tysiącami|tysiącom	6:mio	9:mlrd
pt	6:milhao|milhoes|M€|MM|mio	9:bilhao|bilhoes|mm	12:trilhao|bilião|biliões|triliões
ro	6:mln|mio	9:mlrd
ru	3:т	6:мил	9:млд|мрд	12:триллион|трл
sv	3:tkr|tsek|k	6:milj|mkr|mnkr|msek	9:mdr|mdkr|mdkr|mrd
te	5:లక్ష|లక్షల|లక్షలు	7:కోటి|కోట్ల|కోట్లు
ta	5:லட்சம்|இலட்சம்	7:கோடி
kn	5:ಲಕ್ಷ	7:ಕೋಟಿ
ml	5:ലക്ഷം	7:കോടി
si	5:ලක්ෂ	6:මිලියන
th	3:พัน
tr	3:b	6:mn|mio	9:mlr|mlyr|mlyar	12:trl
uk	3:т	9:мрд
ur	5:لاکھ	7:کروڑ
vi	3:ngàn|ngìn|k	6:tr	9:tỉ|tỷ
zh	3:k	6:M	9:B	12:T
ja	3:k|キロ	6:M|ミリオン	9:B	12:T
ko	3:k	6:M	9:B	12:T
"""
"""What texts write besides CLDR's forms: other abbreviations, other spellings, amounts of money run together."""

_WORD: Final = re.compile(
    r"(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd"
    r"\u102b-\u109f\u135d-\u135f\u17b4-\u17dd\u200c\u200d])+€?"
)
"""A word with the vowel signs that are no letters to Unicode."""
_GAP: Final = re.compile(r"[ \u00a0\u202f\u2009]{0,2}-?(?:(?:de|di|d['’]) ?)?")
_BEFORE: Final = re.compile(r"([^\W\d_]{1,16}) $")
_RUN_ON: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Letters of languages that set no blank between words."""
_STEM: Final = 5
"""Letters that all forms of a word share, and that tell it in any further form: "mill" would be Spanish miles, too."""
_LONGER: Final = 4
_SURE: Final = 3
_SURE_ANYWHERE: Final = 5
"""Letters of a word that surely is a power of ten: in a language that is known, and in any."""
_MAX_WORDS: Final = 3
_Powers = tuple[int, ...]


class Scale(NamedTuple):
    """A power of ten beside a figure: every factor that its words may mean, and where they end.

    *sure* says that they mean one of these: a sign of one or two letters may be a unit (5 m, 3 T).
    """

    factors: tuple[float, ...]
    end: int
    sure: bool


class _Words(NamedTuple):
    """What one language, or all of them, have for powers of ten."""

    forms: dict[str, _Powers]
    stems: dict[str, tuple[int, _Powers]]
    before: dict[str, _Powers]


def read_scale(text: str, start: int, end: int, language: str | None) -> Scale | None:
    """Read the words for powers of ten beside the figure ``text[start:end]``, None if there are none."""
    behind = _read_behind(text, end, language)
    return behind or _read_ahead(text, start, end, language)


def follows_unknown(text: str, end: int, language: str | None) -> bool:
    """Tell whether a word stands behind a figure that might be a power of ten for all that is known."""
    gap = _GAP.match(text, end)
    word = _WORD.match(text, gap.end() if gap else end)
    if word is None:
        return False
    return not ("\u3040" <= word.group()[0] <= "\u9fff" or "\uac00" <= word.group()[0] <= "\ud7af")


def _read_behind(text: str, end: int, language: str | None) -> Scale | None:
    factors: tuple[float, ...] = (1.0,)
    at, sure, words = end, False, 0
    while words < _MAX_WORDS:
        gap = _GAP.match(text, at)
        word = _WORD.match(text, gap.end() if gap else at)
        if word is None:
            break
        powers, length, certain = _find_powers(word.group(), language)
        if not powers:
            break
        factors = tuple(dict.fromkeys(f * 10.0**p for f in factors for p in powers))
        at = word.start() + length
        sure, words = sure or certain, words + 1
    return Scale(factors, at, sure) if words else None


def _read_ahead(text: str, start: int, end: int, language: str | None) -> Scale | None:
    """Read a word before the figure, as Swahili and Hausa have it."""
    word = _BEFORE.search(text, max(0, start - 17), start)
    if word is None:
        return None
    powers = _make_table(language).before.get(word.group(1).lower()) or _make_table(None).before.get(
        word.group(1).lower()
    )
    return Scale(tuple(10.0**p for p in powers), end, language is not None) if powers else None


def _find_powers(word: str, language: str | None) -> tuple[_Powers, int, bool]:
    """Return the powers that *word* may mean, how much of it means them, and whether it surely does."""
    if language:
        powers, length = _look_up(word, _make_table(language))
        if powers:
            return powers, length, length >= _SURE
        powers = _make_table(None).forms.get(_fold(word), ())
        return powers, len(word), False
    powers, length = _look_up(word, _make_table(None))
    return powers, length, length >= _SURE_ANYWHERE


def _look_up(word: str, words: _Words) -> tuple[_Powers, int]:
    if _RUN_ON.match(word):
        for length in range(len(word), 0, -1):
            if word[:length] in words.forms:
                return words.forms[word[:length]], length
        return (), 0
    key = _fold(word)
    powers = words.forms.get(key) or (words.forms.get(_fold(word[:-1])) if word.endswith("€") else None)
    if powers:
        return powers, len(word)
    for length in range(min(len(key), 12), _STEM - 1, -1):
        longest, powers = words.stems.get(key[:length], (0, ()))
        if powers and len(key) <= longest + _LONGER:
            return powers, len(word)
    return (), 0


def _fold(form: str) -> str:
    """Fold case, but not of a single letter, where M and m differ."""
    return form if len(form) == 1 else form.lower()


@lru_cache(maxsize=64)
def _make_table(language: str | None) -> _Words:
    """Return the words of one language, of all where None is given; nothing for a language without data."""
    forms: dict[str, set[int]] = {}
    before: dict[str, set[int]] = {}
    long: dict[tuple[str, int], list[str]] = {}
    for spoken, power, form in _read_rows():
        if language in (None, spoken):
            (before if form[0] == "<" else forms).setdefault(_fold(form.lstrip("<")), set()).add(power)
            if len(form) >= _STEM and form[0] != "<":
                long.setdefault((spoken, power), []).append(_fold(form))
    stems: dict[str, tuple[int, set[int]]] = {}
    for (_, power), these in long.items():
        stem = _find_shared_beginning(these)
        if len(stem) >= _STEM:
            longest, powers = stems.get(stem, (0, set()))
            stems[stem] = (max(longest, *map(len, these), 0), powers | {power})
    return _Words(
        {form: tuple(sorted(powers)) for form, powers in forms.items()},
        {stem: (longest, tuple(sorted(powers))) for stem, (longest, powers) in stems.items()},
        {form: tuple(sorted(powers)) for form, powers in before.items()},
    )


@lru_cache(maxsize=1)
def _read_rows() -> tuple[tuple[str, int, str], ...]:
    table = resources.files(__package__).joinpath("scales.tsv").read_text("utf-8")
    rows = []
    for line in (table + _MORE).splitlines():
        language, *cells = line.split("\t")
        for cell in cells if not line.startswith("#") else ():
            power, _, forms = cell.partition(":")
            rows += [(language, int(power), form) for form in forms.split("|")]
    return tuple(rows)


def _find_shared_beginning(forms: list[str]) -> str:
    """Return the letters that all forms begin with."""
    first, last = min(forms), max(forms)
    return first[: next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]
