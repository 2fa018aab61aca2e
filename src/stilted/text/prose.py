"""Words of prose apart from paths, names of options and other matter of machines, and what language they speak."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from stilted.text.common_words import COMMON, ENGLISH, ENGLISH_ALONE, IN_NAMES, OWN, PROOF
from stilted.text.foreign_words import LANGUAGES, read_foreign_words

_FREE: Final = re.compile(
    r"(?<!\S)[\"'“”‘’«»„‚(\[¿¡*_]{0,3}([^\W\d_]+(?:['’‑-][^\W\d_]+){0,3})[\"'“”‘’«»)\].,;:!?…*_]{0,4}(?!\S)"
)
"""A word between blanks, with nothing but punctuation at its edges."""
_APOSTROPHE: Final = re.compile("['’]")
_ELIDED: Final = frozenset("c d j l m n qu s t all dall dell nell sull un quest quell".split())
"""What is left of articles and small words before a vowel."""
_CAMEL: Final = re.compile(r"[^\W\d_A-Z][A-ZА-ЯЁ]")
_MIN_WORDS: Final = 4
_SHARE: Final = 0.6
"""Share of what stands between blanks that must be words, or it is no prose."""
_FUNCTION_SHARE: Final = 0.2
_MANY: Final = 5
_DENSE: Final = 0.3
"""Different common words of a language, and their share of all, that need but one beside them that English lacks."""
_LEAST_WORDS: Final = 5
_CLEARLY: Final = 1.5
"""Words that strings hold of their language at least, and how many times as many as of the next one."""
_SHORTEST_PROOF: Final = 3
"""Letters of a word that proves anything by one that English lacks; shorter ones are parts of names: Zo'é."""
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
    be, or one in a long sentence that is full of small words of it. It says nothing of English, of fewer than four
    words, of titles and names, and of what is mostly no words.
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
        is_proven = len(proof) >= 2 or (proof and not english and _is_dense(own, words))
        if len(own) > most and is_proven and len(own) >= _FUNCTION_SHARE * len(words) and len(own) > 3 * foreign:
            best, most = code, len(own)
    return best


def _is_dense(own: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether many different words of a sentence, and a good part of them, are among a language's commonest."""
    return len(set(own)) >= _MANY and len(own) >= _DENSE * len(words)


def tell_language_of_strings(texts: Iterable[str]) -> str | None:
    """Return the ISO 639-1 code of the language that the strings of one product are in; None for English and unknown.

    Strings are too short to tell one by one; together they hold words that software uses in their language alone.
    """
    counts = Counter(word for text in texts for word in find_prose_words(text) if word[0].islower())
    scores = {code: sum(counts[word] for word in read_foreign_words(code) & counts.keys()) for code in LANGUAGES}
    best, second = sorted(scores, key=lambda code: (-scores[code], code))[:2]
    return best if scores[best] >= _LEAST_WORDS and scores[best] > _CLEARLY * scores[second] else None


def has_words_of(text: str, languages: Collection[str]) -> bool:
    """Tell whether a text that nobody translated holds words, and not only names, of one of *languages*.

    Weaker than `tell_language_by_words`: one common word is enough beside three that are written small, or one and
    another with a letter that English lacks, or two that software uses in a language and English never does. Where the
    language is known, one of these alone, or two common ones beside any that names do not have, and no English one.
    """
    words = find_prose_words(text)
    if len(words) < 2 or len(words) < _SHARE * len(text.split()):
        return False
    is_known = len(languages) == 1
    shouted = all(word.isupper() for word in words)  # or else what is written large is short for a name: AI, OS
    small = [word.lower() for word in words if shouted or word[0].islower()]
    own = set(small) - IN_NAMES - _LOANS - _find_ends_of_names(text)
    if ENGLISH_ALONE.intersection(small):
        return False
    if any(len(read_foreign_words(code) & own) >= (1 if is_known else 2) for code in languages):
        return True
    if _is_title(words):
        return False
    accented = {word for word in own if len(word) >= _SHORTEST_PROOF and any(map(_is_foreign_letter, word))}
    for code in set(languages) & PROOF.keys():
        proof = own & PROOF[code]
        english = ENGLISH.intersection(small) - _SHARED[code]
        common = OWN[code].intersection(small)
        is_sentence = len(small) >= _MIN_WORDS - 1
        if is_known and (len(accented) >= 2 or proof or (is_sentence and len(common) >= 2 and own)):
            return not english
        if proof and not english and (is_sentence or len(proof | accented) >= 2):
            return True
    return False


def _find_ends_of_names(text: str) -> set[str]:
    """Return what an apostrophe joins to a word written large that is no article of a Romance language: Vava'u."""
    large = (_APOSTROPHE.split(word) for word in _FREE.findall(text) if word[0].isupper())
    return {part for first, *parts in large if first.lower() not in _ELIDED for part in parts}


def _is_foreign_letter(char: str) -> bool:
    return char.isalpha() and not char.isascii() and char != "µ"


def _is_title(words: Sequence[str]) -> bool:
    """Tell whether most words are written as those of names and titles are."""
    small = sum(word[0].islower() for word in words)
    return small * 5 < len(words) * 2 and not all(word.isupper() for word in words)
