"""Amounts and comparisons: large than, 10 second, at least one items, how many file, because of it rains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.tokens import TokenKind
from stilted.rules.checks.grammar._finder import NO_RULES
from stilted.rules.checks.grammar._sentence import DETERMINERS, Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, NOUN, PLURAL, VERB

_COMPARATIVES: Final = {
    "large": "larger", "small": "smaller", "big": "bigger", "fast": "faster", "slow": "slower", "high": "higher",
    "low": "lower", "long": "longer", "short": "shorter", "great": "greater", "easy": "easier", "simple": "simpler",
    "strong": "stronger", "late": "later", "early": "earlier", "old": "older", "young": "younger", "cheap": "cheaper",
    "deep": "deeper", "wide": "wider", "strict": "stricter", "few": "fewer", "new": "newer",
}  # fmt: skip
_COMPARING: Final = frozenset("more less rather other as so too no".split())


def _mark_large_than(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "large than 5"; rather small than large, there is no better way."""
    if sentence.word(at + 1) != "than" or not sentence.are_joined(at, at + 1) or sentence.is_glued(at):
        return
    if _COMPARING.isdisjoint(sentence.words[max(0, at - 8) : at]) and sentence.is_lower(at):
        right = _COMPARATIVES[sentence.word(at)]
        yield sentence.mark("grammar/then-than", at, at, right, message="Before “than” English wants the comparative.")


_UNITS: Final = frozenset("second minute hour day week month year byte pixel character".split())
_AFTER_UNIT: Final = frozenset(". , ; ) before after ago and or if when until while later".split())


def _mark_singular_unit(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "10 second."; what lasts 10 seconds is a 10 second break."""
    number = sentence.raw(at - 1)
    if sentence.kind(at - 1) is not TokenKind.NUMBER or not number.isdigit() or number in ("0", "1"):
        return
    between = sentence.text[sentence.tokens[at - 1].end : sentence.tokens[at].start]
    following = sentence.word(at + 1)
    is_end = following in _AFTER_UNIT or at + 1 == len(sentence.words)
    before = sentence.word(at - 2)
    if before == "(" and following == ")" and sentence.kind(at + 2) is TokenKind.WORD:
        return  # a small (8 byte) figure
    if between == " " and is_end and sentence.is_lower(at) and before not in ("a", "an", "the", "per", "each", "every"):
        fixed = f"{number} {sentence.word(at)}s"
        yield sentence.mark("grammar/plural-determiner", at - 1, at, fixed, message="More than one is a plural.")


def _mark_plural_after_one(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "at least one items"."""
    possible = sentence.forms(at + 1)
    is_amount = sentence.word(at - 1) in ("least", "most", "exactly", "only") and sentence.are_joined(at - 1, at + 1)
    is_plural = possible & PLURAL and not possible & (NOUN | VERB | ADJECTIVE) and sentence.is_lower(at + 1)
    if is_amount and is_plural and sentence.word(at + 1).endswith("s") and not sentence.is_glued(at + 1):
        yield sentence.mark("grammar/singular-determiner", at, at + 1)


_SAME_FOR_MANY: Final = frozenset(
    "people data sheep fish series times of more other different such staff folk police aircraft percent species"
    " levels dozen hundred thousand million a an the layers".split()
)


def _mark_singular_after_how_many(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "how many file are there"."""
    possible, word = sentence.forms(at + 1), sentence.word(at + 1)
    is_asked = sentence.word(at - 1) == "how" and sentence.are_joined(at - 1, at + 1) and sentence.is_lower(at + 1)
    is_single = possible & NOUN and not possible & (PLURAL | ADJECTIVE) and word not in _SAME_FOR_MANY
    if not is_asked or not is_single or sentence.tag(at + 1) != "NN" or sentence.is_glued(at + 1):
        return
    if sentence.forms(at + 2) & (NOUN | PLURAL) and sentence.are_joined(at + 1, at + 2):
        return  # how many boat houses
    yield sentence.mark("grammar/plural-determiner", at, at + 1)


_FINITE: Final = frozenset("is are was were has have will can cannot does doesn't isn't".split())


_BEFORE_CLAUSE: Final = {"because": "because", "case": "in case", "despite": "although"}
"""The last or only noun-like word of what wants a thing behind it, and what stands before a clause."""


def _mark_clause_after_preposition(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "because of the file is large" and "despite the gate is shut"; the way it is has a clause of its own."""
    word = sentence.word(at)
    last = at if word == "despite" else at + 1
    first = at - 1 if word == "case" else at
    if (last > at and sentence.word(last) != "of") or (word == "case" and sentence.word(first) != "in"):
        return
    if sentence.word(last + 1) not in DETERMINERS or first < 0 or not sentence.are_joined(first, last + 3):
        return
    noun = last + 2
    if sentence.forms(noun) & ADJECTIVE and not sentence.forms(noun) & NOUN:
        noun += 1
    is_noun = bool(sentence.forms(noun) & (NOUN | PLURAL)) and sentence.are_joined(noun, noun + 1)
    if is_noun and sentence.word(noun + 1) in _FINITE:
        right = _BEFORE_CLAUSE[word]
        fixed = right if sentence.is_lower(first) else right[:1].upper() + right[1:]
        message = "This takes a thing; before a clause stands another word."
        yield sentence.mark("grammar/preposition", first, last, fixed, message=message)


RULES: Final = NO_RULES

MATCHERS: Final = (
    (tuple(_COMPARATIVES), _mark_large_than),
    (tuple(_UNITS), _mark_singular_unit),
    (("one",), _mark_plural_after_one),
    (("many",), _mark_singular_after_how_many),
    (tuple(_BEFORE_CLAUSE), _mark_clause_after_preposition),
)
