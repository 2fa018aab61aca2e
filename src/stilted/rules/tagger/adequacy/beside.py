"""What stands in a pair beside its meaning, and makes the model's word surer: marks, names, where it ends."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

from stilted.rules.tagger.adequacy.lengths import (
    LEAST_SOURCE_OF_PART,
    LEAST_SOURCE_OF_SMALL_PART,
    count_words_behind_few,
)

_BREAKS_OFF: Final = re.compile(
    r"(?:^|\s)(?:the|an?|of|to|in|on|at|by|for|from|with|and|or|is|are|was|were|be|(?<!or )not|if|as|when|your|its"
    r"|could|cannot|may|will|should|must|has|have|does|no|which|than|into|while|because|whether|unable"
    r"|print|show|display|use|allow|specify|enable|list|ignore|treat|write|get|make|contains?|requires?)\s*\Z",
    re.IGNORECASE,
)
"""A word behind which another one must follow."""

_PAUSES: Final = re.compile(r"[:,;]\s*\Z")
_PAUSES_IN_SOURCE: Final = re.compile(r"[:：,，、;；.。…]\s*\Z")
_LEADS_TO_FIELD: Final = re.compile(r"[:：]\s*\Z")
"""The end of a label before a field: its English may end like a sentence that the field completes, “Look in”."""
_OPENING, _CLOSING = frozenset("(（"), frozenset(")）")


_MARK: Final = re.compile(r"%(?:\d\$)?[-.0-9]*l*[a-zA-Z]|\{\w*\}|<\w+|(?<![\w-])--?[a-z][a-z-]*|\d+|[A-Z_]{3,}")
"""Placeholders, tags, options, figures, and names in capitals: what a translation carries over."""

_SHORT_NAME: Final = re.compile(r"[A-Z]{3,5}")
_ABBREVIATION: Final = re.compile(r"\b(?=\w?[^\W\da-zß-ÿа-я]\w?[^\W\da-zß-ÿа-я])[^\W\d_]{2,5}\b")
"""Abbreviations, which languages have of their own: what is EU in English is UE in French."""

_PLACE: Final = re.compile(r"\d\$")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{2,}|\d+")


def breaks_off(target: str, source: str) -> bool:
    """Tell whether a translation ends where its source goes on: at a word, a mark or a bracket that asks for more."""
    if _BREAKS_OFF.search(target):
        return not _LEADS_TO_FIELD.search(source)
    if _PAUSES.search(target) and not _PAUSES_IN_SOURCE.search(source):
        return True
    return _count_open(target) > 0 >= _count_open(source)


def _count_open(text: str) -> int:
    return sum((letter in _OPENING) - (letter in _CLOSING) for letter in text)


def holds_other_marks(target: str, source: str) -> bool:
    """Tell whether the two sides differ in placeholders, tags, options, figures or names in capitals."""
    here, there = _count_marks(target), _count_marks(source)
    if here == there:
        return False
    own, others = here - there, there - here
    short = [mark for mark in own if _SHORT_NAME.fullmatch(mark)]
    if len(short) == 1 and len(_ABBREVIATION.findall(source)) == 1:
        others = Counter({mark: count for mark, count in others.items() if not _SHORT_NAME.fullmatch(mark)})
        return bool(own - Counter(short) or others)
    return True


def _count_marks(text: str) -> Counter[str]:
    return Counter(_PLACE.sub("", mark) for mark in _MARK.findall(text))


def shares_a_word(target: str, source: str) -> bool:
    """Tell whether the source has a word of the translation as it is: a name, or one that both languages have."""
    return not {word.casefold() for word in _WORD.findall(target)}.isdisjoint(
        word.casefold() for word in _WORD.findall(source)
    )


class Belief(NamedTuple):
    """How sure the model must be at the default sensitivity, and the share of what is said then that is right."""

    least: float
    right: float


BROKEN_OFF: Final = Belief(3.5, 0.9)
SHORT_PART: Final = Belief(5.0, 0.7)
SMALL_PART: Final = Belief(3.5, 0.8)
OTHER_MARKS: Final = Belief(2.5, 0.8)
NO_SHARED_WORD: Final = Belief(3.5, 0.7)
"""What these say together with the model, measured on strings that no threshold of the card comes from: of 27,742
translations that are right, the model takes 11 that break off, or have other marks and no word of their source, for
cut or for another text so surely."""

LEAST_OF_ALL: Final = min(belief.least for belief in (BROKEN_OFF, OTHER_MARKS, NO_SHARED_WORD))


def weigh_beside(fault: str, target: str, source: str) -> Belief | None:
    """Return what else speaks for an omission or another text; None where nothing does."""
    if fault == "omission":
        if breaks_off(target, source):
            return BROKEN_OFF
        words = count_words_behind_few(target, source)
        if words >= LEAST_SOURCE_OF_SMALL_PART:
            return SMALL_PART
        return SHORT_PART if words >= LEAST_SOURCE_OF_PART else None
    if fault != "unrelated" or shares_a_word(target, source):
        return None
    return OTHER_MARKS if holds_other_marks(target, source) else NO_SHARED_WORD
