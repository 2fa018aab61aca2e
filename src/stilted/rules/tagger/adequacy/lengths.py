"""How many words both sides of a pair have, and which translations are too short to be compared like others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from stilted.core.tokens import EAST_ASIAN
from stilted.rules.tagger.masking import find_masks

LEAST_WORDS: Final = 4
"""Of shorter translations nothing is said but that they are half of what somebody paired them with, or its opposite."""

LEAST_SOURCE_OF_SHORT: Final[Mapping[str, int]] = {"omission": 3, "contradiction": 3, "unrelated": 4}
"""Words of a source of which one to three words may be a part alone, the opposite, or a translation of another text. An
opposite that words of negation confirm is seen in 4 of 10,557 such strings, and where a `not` is taken out in 66%."""

LEAST_SOURCE_OF_PART: Final = 5
LEAST_SOURCE_OF_SMALL_PART: Final = 9
"""Words of a source of which so few words are a part even where the model is less sure, and much less."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_EASTERN: Final = re.compile(f"[{EAST_ASIAN}]")


def count_spoken_words(text: str) -> int:
    """Count the words of *text* that are language."""
    count, at = 0, 0
    for mask in find_masks(text):
        count += len(_WORD.findall(text, at, mask.start))
        at = mask.end
    return count + len(_WORD.findall(text, at))


def count_source_words(text: str) -> int:
    """Count about how many words of English a source is: two letters of Chinese or Japanese, or of Korean, make one."""
    eastern = len(_EASTERN.findall(text))
    return eastern // 2 + len(_WORD.findall(_EASTERN.sub(" ", text)))


_SAYS_LITTLE: Final = re.compile(
    r"\(&?[A-Z]\)"
    r"|\b(?:der|die|das|den|dem|des|eine?[nmrs]?|le|la|les|une?|el|los|las|il|lo|gli|un|una|os?|as?)(?![\w’'])"
    r"|\b(?:ist|sind) (?=.{0,40}aufgetreten)|\baufgetreten\b|\bs['’]est produite?\b|\bse ha producido\b"
    r"|\bsi è verificat[oa]\b|\bocorreu\b|произош\w{2,3}"
    r"|が?(?:完了|終了|発生)しました|已完成|已经完成|发生了?",
    re.IGNORECASE,
)
"""What a short label of English rightly leaves out: articles, access keys, and that something has happened or ended."""


def count_words_behind_few(target: str, source: str) -> int:
    """Return how many words, code aside, the source of a translation of one to three words has; 0 for a longer one."""
    if count_spoken_words(target) >= LEAST_WORDS:
        return 0
    code = sum(len(_WORD.findall(source, mask.start, mask.end)) for mask in find_masks(source))
    return max(0, count_source_words(_SAYS_LITTLE.sub(" ", source)) - code)
