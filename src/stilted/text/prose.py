"""Words of prose apart from paths, names of options and other matter of machines, and what language they speak."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from stilted.text.common_words import COMMON, ENGLISH, ENGLISH_ALONE, IN_NAMES, OWN, PROOF

_FREE: Final = re.compile(
    r"(?<!\S)[\"'“”‘’«»„‚(\[¿¡*_]{0,3}([^\W\d_]+(?:['’‑-][^\W\d_]+){0,3})[\"'“”‘’«»)\].,;:!?…*_]{0,4}(?!\S)"
)
"""A word between blanks, with nothing but punctuation at its edges."""
_APOSTROPHE: Final = re.compile("['’]")
_CAMEL: Final = re.compile(r"[^\W\d_A-Z][A-ZА-ЯЁ]")
_MIN_WORDS: Final = 4
_SHARE: Final = 0.6
"""Share of what stands between blanks that must be words, or it is no prose."""
_FUNCTION_SHARE: Final = 0.2
_SHARED: Final = {code: frozenset(words.split()) & ENGLISH for code, words in COMMON.items()}
_LOANS: Final = frozenset(
    "à café cafés cliché clichés crème déjà façade façades fiancé fiancée jalapeño naïve naïvely né née piñata résumé"
    " résumés rosé señor über voilà".split()
)
"""Words that English writes with such letters too."""


def find_prose_words(text: str) -> list[str]:
    """Return the words that stand free, as in prose: no paths, identifiers, options, addresses or figures.

    What an apostrophe joins is two words, as in ``l'eau``.
    """
    free = (word for word in _FREE.findall(text) if not _CAMEL.search(word))
    return [part for word in free for part in _APOSTROPHE.split(word)]


def tell_language_by_words(text: str, languages: Collection[str] = tuple(PROOF)) -> str | None:
    """Return the ISO 639-1 code of the language whose commonest words prove that a sentence is in it, or None.

    Two different words of the language that English lacks, and that are no parts of names, are the least there must
    be. It says nothing of English, of fewer than four words, of titles and names, and of what is mostly no words.
    """
    words = find_prose_words(text)
    if len(words) < _MIN_WORDS or len(words) < _SHARE * len(text.split()) or _is_title(words):
        return None
    if 2 * sum(len(word) == 1 for word in words) >= len(words):
        return None  # keys to press
    lower = [word.lower() for word in words]
    english = sum(word in ENGLISH for word in lower)
    best, most = None, 0
    for code in sorted(set(languages) & PROOF.keys()):
        own = [word for word in lower if word in OWN[code]]
        proof = {word for word in own if word in PROOF[code]} - IN_NAMES
        foreign = english - sum(word in _SHARED[code] for word in lower)
        if len(own) > most and len(proof) >= 2 and len(own) >= _FUNCTION_SHARE * len(words) and len(own) > 3 * foreign:
            best, most = code, len(own)
    return best


def has_words_of(text: str, languages: Collection[str]) -> bool:
    """Tell whether a text that nobody translated holds words, and not only names, of one of *languages*.

    Weaker than `tell_language_by_words`: one common word is enough beside three that are written small, or one and
    another with a letter that English lacks; where the language is known, such a word alone, or two common ones that
    names have, too, and no English one.
    """
    words = find_prose_words(text)
    if len(words) < 2 or len(words) < _SHARE * len(text.split()) or _is_title(words):
        return False
    shouted = all(word.isupper() for word in words)  # or else what is written large is short for a name: AI, OS
    small = [word for word in words if word[0].islower() or shouted]
    lower = {word.lower() for word in small}
    if lower & ENGLISH_ALONE:
        return False
    accented = {word for word in lower if not word.replace("µ", "u").isascii() and word not in _LOANS}
    for code in set(languages) & PROOF.keys():
        proof = (lower & PROOF[code]) - IN_NAMES
        if len(languages) == 1 and (accented or (len(small) >= _MIN_WORDS - 1 and _may_be_in(lower, code))):
            return True
        if proof and (len(small) >= _MIN_WORDS - 1 or len(proof | accented) >= 2):
            return True
    return False


def _may_be_in(lower: Collection[str], code: str) -> bool:
    """Tell whether words written small hold two common ones of a language, and none that is common in English alone."""
    return len(OWN[code].intersection(lower)) >= 2 and not (ENGLISH.intersection(lower) - _SHARED[code])


def _is_title(words: Sequence[str]) -> bool:
    """Tell whether most words are written as those of names and titles are."""
    small = sum(word[0].islower() for word in words)
    return small * 5 < len(words) * 2 and not all(word.isupper() for word in words)
