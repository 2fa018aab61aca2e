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

from stilted.core.errors import OtherLanguageError, UserError
from stilted.core.language_tags import NAMES
from stilted.text.common_words import ENGLISH, ENGLISH_ALONE, IN_NAMES, OWN, PROOF
from stilted.text.prose import find_prose_words

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

LATIN: Final = ("en", "de", "es", "fr", "it", "nl", "pl", "pt", "sv", "tr")
"""Codes of the languages in Latin letters that langdetect has to tell apart."""

MIN_WORDS: Final = 4
"""Fewer words than this are too short to tell."""

SURE: Final = 0.9
"""Probability from which langdetect is believed."""

_SHORT: Final = 15
"""Fewer words than this are another language only if its own words say so, whatever langdetect says."""

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
    """Refuse a text whose prose is clearly not English; one too short to tell passes, and so does one without prose.

    In a folder, too, this is an error, unless the file's path names that language: a page among English ones that was
    left untranslated looks just like this. Tables of names in another script, code, styles and addresses prove nothing.

    Raises:
        OtherLanguageError: the sentences hold more of another script than English, or langdetect is at least 90% sure
            of another language, whose commonest words the text has, and more of them than of the English ones.
    """
    language = _detect_in_prose(_take_sample(text))
    if language is not None:
        what = f"this looks like {NAMES[language]}, not English"
        hint = "Only English translations and references are judged; the original goes in as the source."
        raise OtherLanguageError(what, where, hint, language)


@lru_cache(maxsize=8)
def _detect_in_prose(sample: str) -> str | None:
    """Return the language other than English that the sentences of *sample* are in, None where that is not proven."""
    words = [word.lower() for word in find_prose_words(sample)]
    english = sum(word in ENGLISH for word in words)
    sentences = [line for line in sample.splitlines() if _is_sentence(line)]
    name = _detect_by_script("\n".join(sentences) if english else sample)
    if name is not None:
        foreign = sum(_count_foreign_words(line) for line in sentences)
        return name if foreign > english * _WORDS_PER_COMMON or not english else None
    # langdetect takes longer than all the rest, and is asked only where its answer can change anything.
    if not any(_is_proven(language, words, english) for language in LATIN if language != "en"):
        return None
    name = _detect_in_latin(" ".join(words), LATIN)
    return name if name is not None and name != "en" and _is_proven(name, words, english) else None


def _is_proven(language: str, words: Sequence[str], english: int) -> bool:
    """Tell whether *words* can be of a language: they have its commonest words, and more of them than of English."""
    own = sum(word in OWN[language] for word in words)
    if own <= english or own < _OWN_SHARE * len(words):
        return False
    proof = len(PROOF[language].intersection(words))
    return proof >= 2 or (proof > 0 and own > 2)


_WORDS_PER_COMMON: Final = 2.5
"""Words of English prose for each of the commonest among them."""
_OWN_SHARE: Final = 0.05
"""Share of its commonest words that a text in a language has at the least."""
_SENTENCE_WORDS: Final = 3
_SENTENCE_LETTERS: Final = 6
"""A line with so many words, or letters of a script that writes no blanks, may be a sentence."""


def _is_sentence(line: str) -> bool:
    return len(find_prose_words(line)) >= _SENTENCE_WORDS or len(_UNSPACED.findall(line)) >= _SENTENCE_LETTERS


_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]")


def _count_foreign_words(line: str) -> int:
    """Count the words of other scripts than Latin; where blanks do not part them, two letters are one."""
    unspaced = len(_UNSPACED.findall(line))
    spaced = sum(not word.isascii() and _get_script(word[0]) in _SCRIPTS for word in _WORD.findall(line))
    return unspaced // 2 if unspaced else spaced


def require_prose(text: str, where: str) -> None:
    """Refuse a long text of which no sentence can be English: there would be nothing to find, and it would pass.

    Looks at 3,000 code points at most; a text of less than 300 words that is shorter than that passes, and so does one
    that is mostly names, figures and code, if there are any words beside them.

    Raises:
        UserError: under 2% of the words are among those that make up a fifth of English prose and more.
    """
    sample = _take_sample(text)
    if len(sample.split()) < _LONG and len(text) <= _SAMPLE:
        return
    words = [word.lower() for word in find_prose_words(sample)]
    common = sum(word in _PROSE_WORDS for word in words)
    if common < _PROSE_SHARE * len(words) if len(words) >= _ENOUGH else len(set(words)) < _ANY:
        what = f"this is no English prose: {common} of {len(words):,} words are ones like 'the', 'of', 'to'"
        raise UserError(what, where, "Give running text, or a table or catalogue in its own format.")


_LONG: Final = 300
_ENOUGH: Final = 100
"""Words from which on they must be prose: fewer, among much else, are labels in a table."""
_ANY: Final = 3
_PROSE_WORDS: Final = frozenset(
    "the of and to is that for was with are this have be not or from by it you on if can will when your which".split()
)
_PROSE_SHARE: Final = 0.02
"""In the texts of ``corpora`` these words are never under 19% of the words."""


def detect(text: str, candidates: Sequence[str] = LATIN) -> str | None:
    """Return the ISO 639-1 code of the language of *text*, or None when it is too short or unclear.

    Looks at 3,000 code points at most, so that the time does not grow with the text.

    Args:
        text: any text.
        candidates: codes of languages in Latin letters to choose from; codes of other scripts and
            unknown ones are left out, and English is always among them.
    """
    sample = _take_sample(text)
    return _detect_by_script(sample) or _detect_in_latin(sample, candidates)


def _take_sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    size, middle = _SAMPLE // 3, len(text) // 2
    return "\n".join((text[:size], text[middle : middle + size], text[-size:]))


def _detect_by_script(sample: str) -> str | None:
    """Return the language of the commonest script but Latin, if it has enough of the letters."""
    scripts = Counter(_get_script(char) for char in sample if char.isalpha())
    letters = scripts.total()
    foreign = {name: count for name, count in scripts.items() if name in _SCRIPTS}
    if not foreign or sum(foreign.values()) < FOREIGN_SHARE * letters:
        return None
    if "HIRAGANA" in foreign or "KATAKANA" in foreign:
        return "ja"
    return _SCRIPTS[max(sorted(foreign), key=foreign.__getitem__)]


@lru_cache(maxsize=4096)
def _get_script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def _detect_in_latin(sample: str, candidates: Sequence[str]) -> str | None:
    from langdetect.lang_detect_exception import LangDetectException

    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < MIN_WORDS:
        return None
    if len(words) < _SHORT and not ENGLISH_ALONE.isdisjoint(words):
        return "en"
    codes = {"en", *candidates} & set(LATIN)
    if len(codes) < 2:
        return None
    detector = _load_factory(tuple(sorted(codes))).create()
    detector.append(sample)
    try:
        best = detector.get_probabilities()[:1]
    except LangDetectException:  # nothing but digits, addresses or marks
        return None
    if not best or best[0].prob < SURE:
        return None
    language = str(best[0].lang)
    return language if language == "en" or len(words) >= _SHORT or _is_convincing(words, language) else None


def _is_convincing(words: Sequence[str], language: str) -> bool:
    """Tell whether *words* prove *language*: two of its common words, one of them seldom seen in names.

    One word with a letter that English lacks may be the second, but a name has such letters too.
    """
    own = [word for word in words if word in OWN[language]]
    accents = any(not word.isascii() and word not in OWN[language] for word in words)
    return len(own) + accents >= 2 and not IN_NAMES.issuperset(own)


@lru_cache(maxsize=8)
def _load_factory(codes: tuple[str, ...]) -> DetectorFactory:
    """Load the profiles of *codes* alone (2 ms for two; all 55 take half a second), with a fixed seed."""
    from pathlib import Path

    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.seed = 0
    factory.load_json_profile([Path(PROFILES_DIRECTORY, code).read_text(encoding="utf-8") for code in codes])
    return factory
