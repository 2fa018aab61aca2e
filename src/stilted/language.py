"""Is this English? The script first, then langdetect among the few languages that matter.

langdetect unseeded changes its mind from run to run, and among all its languages it takes every fifth
English clip of three words for something else; so it is seeded, restricted to ten candidates, and asked
only from four words on.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from stilted.errors import UserError

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

NAMES: Final = {
    "ar": "Arabic",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "zh": "Chinese",
}
"""The languages told apart, by ISO 639-1 code."""

LATIN: Final = ("en", "de", "es", "fr", "it", "nl", "pl", "pt", "sv", "tr")
"""Those written in Latin letters, which langdetect has to tell apart."""

MIN_WORDS: Final = 4
"""Fewer words than this are too short to tell."""

SURE: Final = 0.9
"""Probability from which langdetect is believed."""

_SHORT: Final = 12
_ENGLISH: Final = re.compile(
    r"\b(and|are|could|did|does|don|from|have|here|how|not|our|quite|should|that|the|they|this|were|weren|what"
    r"|which|who|with|would|you|your)\b",
    re.IGNORECASE,
)
"""Words that none of the other candidates has. langdetect's probabilities are no confidences: it is
"0.99999 sure" that "We weren't even here." is Dutch; in a short text one of these overrules it."""

FOREIGN_SHARE: Final = 0.3
"""Share of letters of another script from which a text is not in Latin letters."""

_SAMPLE: Final = 3_000  # code points looked at, a third each from the head, the middle and the tail
_SCRIPTS: Final = {
    "ARABIC": "ar",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "DEVANAGARI": "hi",
    "GREEK": "el",
    "HANGUL": "ko",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "THAI": "th",
}
_WORD: Final = re.compile(r"[^\W\d_]+")


def require_english(text: str, where: str) -> None:
    """Refuse a text that is clearly not English; one too short to tell passes.

    Raises:
        UserError: at least 30% of the letters are of another script, or langdetect is at least 90% sure
            of another language.
    """
    found = detect(text)
    if found not in (None, "en"):
        what = f"this looks like {NAMES.get(found or '', 'another language')}, not English"
        hint = "Only English translations and references are judged; the original goes in as the source."
        raise UserError(what, where, hint)


def detect(text: str, candidates: Sequence[str] = LATIN) -> str | None:
    """Return the ISO 639-1 code of the language of *text*, or None when it is too short or unclear.

    Looks at 3,000 code points at most, so that the time does not grow with the text.

    Args:
        text: any text.
        candidates: codes of languages in Latin letters to choose from; codes of other scripts and
            unknown ones are left out, and English is always among them.
    """
    sample = _sample(text)
    return _script_language(sample) or _latin_language(sample, candidates)


def looks_foreign(text: str, source_language: str | None = None) -> str | None:
    """Return the language a segment of an English text was left in, or None.

    The gate is meant for single segments: the script tells at any length; a text of Latin letters is only
    weighed against the source language, if that is known, since among all languages every
    five-hundredth English sentence is taken for another.
    """
    sample = _sample(text)
    found = _script_language(sample)
    if found is None and source_language in LATIN:
        found = _latin_language(sample, (source_language,))
    return None if found == "en" else found


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    size, middle = _SAMPLE // 3, len(text) // 2
    return "\n".join((text[:size], text[middle : middle + size], text[-size:]))


def _script_language(sample: str) -> str | None:
    """Return the language of the commonest script but Latin, if it has enough of the letters."""
    scripts = Counter(_script(char) for char in sample if char.isalpha())
    letters = scripts.total()
    foreign = {name: count for name, count in scripts.items() if name in _SCRIPTS}
    if not foreign or sum(foreign.values()) < FOREIGN_SHARE * letters:
        return None
    if "HIRAGANA" in foreign or "KATAKANA" in foreign:
        return "ja"
    return _SCRIPTS[max(sorted(foreign), key=foreign.__getitem__)]


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def _latin_language(sample: str, candidates: Sequence[str]) -> str | None:
    from langdetect.lang_detect_exception import LangDetectException

    words = len(_WORD.findall(sample))
    if words < MIN_WORDS:
        return None
    if words < _SHORT and _ENGLISH.search(sample):
        return "en"
    codes = {"en", *candidates} & set(LATIN)
    if len(codes) < 2:
        return None
    detector = _factory(tuple(sorted(codes))).create()
    detector.append(sample)
    try:
        best = detector.get_probabilities()[:1]
    except LangDetectException:  # nothing but digits, addresses or marks
        return None
    return str(best[0].lang) if best and best[0].prob >= SURE else None


@lru_cache(maxsize=8)
def _factory(codes: tuple[str, ...]) -> DetectorFactory:
    """Load the profiles of *codes* alone (2 ms for two; all 55 take half a second), with a fixed seed."""
    from pathlib import Path

    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.seed = 0
    factory.load_json_profile([Path(PROFILES_DIRECTORY, code).read_text(encoding="utf-8") for code in codes])
    return factory
