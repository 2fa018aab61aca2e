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

from stilted.core.errors import UserError

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

_SHORT: Final = 15
"""Fewer words than this are another language only if its own words say so, whatever langdetect says."""

_ENGLISH: Final = frozenset(
    "a an and are at be been before but by can could did does doesn don each for from had has have he her here his how"
    " i if into is it its just my not of off on only or our out she should some than that the their them then there"
    " these they this those to two until up was we were weren what when where which while who will with would you"
    " your".split()
)
_COMMON: Final = {
    "de": "aber als am auch auf aus bei bin bis dann das dass dem den der des die doch durch ein eine einem einen einer"
    " eines er es für gegen habe haben hat hatte ich ihr ihre im immer in ist ja jetzt kann kein keine können man mehr"
    " mein mit muss nach nicht noch nun nur ob oder ohne schon sehr sein seine sich sie sind so über um und uns unter"
    " viel vom von vor war waren was wenn werden wie wieder wir wird wo wurde wurden zu zum zur zwei zwischen",
    "es": "al algo como con cuando de del desde donde dos el ella ellos en entre era es esta este está fue ha hace"
    " hasta hay la las le les lo los más mi muy nada ni nos para pero por porque qué que se ser si sin sobre son su sus"
    " también tiene todo todos un una ya yo",
    "fr": "à au aussi aux avec avez avons bien ce ces cette comme dans de des deux du elle elles en est et été être"
    " il ils je l la le les leur lui mais même mon ne nos notre nous on ont ou où par pas plus pour qu quand que"
    " qui sa sans se ses si son sont sous sur toujours tout très un une vous votre y",
    "it": "ai al alla anche che chi ci come con cui da dal dalla degli dei del della delle di dopo dove e è era essere"
    " fu gli ha ho i il in io l la le lo loro ma mi molto nel nella noi non o per perché più prima quando quella questa"
    " questo se sempre senza si sono sta stato su sua sulla suo tra tutti un una uno",
    "nl": "aan als bij dan dat de der deze die dit door een en er geen had heb hebben heeft het hij hun ik in is"
    " je kan maar meer met mijn naar niet nog nu of om onder ons ook op over te tot u uit van veel voor waar was wat"
    " we werd wel werden wij worden wordt zal ze zich zij zijn zo zonder zou",
    "pl": "ale być był była było były co czy dla do go i ich ja jak jako jego jej jest już kiedy ma mi może na nie niż"
    " o od po pod przed przez przy się są ta tak tego tej ten to tylko tym w we wszystko z za ze że",
    "pt": "a ao aos as às até com como da das de depois do dos e é ela ele eles em entre era essa esta está eu foi há"
    " isso já lhe mais mas me mesmo meu muito na nas não nem no nos nós num o os ou para pela pelo por porque quando"
    " que quem se sem ser seu sua são só também tem um uma você",
    "sv": "alla att av blev de den denna det där då efter eller en ett från för ha hade han har hon här i inte jag kan"
    " man med men mig mot mycket nu när och också om på sedan sig sin ska skulle som så till under upp ut utan var vi"
    " vid vill är över",
    "tr": "ama bir bu çok da daha de değil diye en gibi göre her için ile ise kadar ki mi ne o olan olarak oldu sonra"
    " şu var ve veya ya yok",
}
_OWN: Final = {code: frozenset(words.split()) - _ENGLISH - {"man", "so", "war"} for code, words in _COMMON.items()}
"""The commonest words of each language without those that are English too. langdetect's probabilities are no
confidences: it is "0.99999 sure" that "We weren't even here." is Dutch."""

_ENGLISH_ALONE: Final = _ENGLISH.difference(*(words.split() for words in _COMMON.values())) | {"and", "was", "he"}
_IN_NAMES: Final = frozenset("da das de degli del della den der des di die dos du el la las le los san van von".split())
"""Words of places and families that stand in English texts, so that two of them prove nothing."""

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

    In a folder, too, this is an error: a page among English ones that was left untranslated looks just like this.

    Raises:
        UserError: at least 30% of the letters are of another script, or langdetect is at least 90% sure
            of another language, which a text of less than 15 words must bear out with words of its own.
    """
    found = detect(text)
    if found not in (None, "en"):
        what = f"this looks like {NAMES.get(found or '', 'another language')}, not English"
        hint = "Only English translations and references are judged; the original goes in as the source."
        raise UserError(what, where, hint)


def require_prose(text: str, where: str) -> None:
    """Refuse a long text of which no sentence can be English: there would be nothing to find, and it would pass.

    Looks at 3,000 code points at most; a text of less than 300 words that is shorter than that passes.

    Raises:
        UserError: under 2% of the words are among the 20 that make up a fifth of English prose and more.
    """
    words = _sample(text).lower().split()
    if len(words) < _LONG and len(text) <= _SAMPLE:
        return
    common = sum(word in _PROSE_WORDS for word in words)
    if common < _PROSE_SHARE * len(words) or not words:
        what = f"this is no English prose: {common} of {len(words):,} words are ones like 'the', 'of', 'to'"
        raise UserError(what, where, "Give running text, or a table or catalogue in its own format.")


_LONG: Final = 300
_PROSE_WORDS: Final = frozenset("the of and to is that for was with are this have be not or from by it you on".split())
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

    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < MIN_WORDS:
        return None
    if len(words) < _SHORT and not _ENGLISH_ALONE.isdisjoint(words):
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
    if not best or best[0].prob < SURE:
        return None
    found = str(best[0].lang)
    return found if found == "en" or len(words) >= _SHORT or _says_so(words, found) else None


def _says_so(words: Sequence[str], language: str) -> bool:
    """Tell whether *words* prove *language*: two of its common words, one of them seldom seen in names.

    One word with a letter that English lacks may be the second, but a name has such letters too.
    """
    own = [word for word in words if word in _OWN[language]]
    accents = any(not word.isascii() and word not in _OWN[language] for word in words)
    return len(own) + accents >= 2 and not _IN_NAMES.issuperset(own)


@lru_cache(maxsize=8)
def _factory(codes: tuple[str, ...]) -> DetectorFactory:
    """Load the profiles of *codes* alone (2 ms for two; all 55 take half a second), with a fixed seed."""
    from pathlib import Path

    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.seed = 0
    factory.load_json_profile([Path(PROFILES_DIRECTORY, code).read_text(encoding="utf-8") for code in codes])
    return factory
