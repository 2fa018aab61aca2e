"""Amounts, and nouns that do not agree with them: 10 second, at least one items, how many file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.tokens import TokenKind
from stilted.rules.checks.grammar._finder import NO_RULES
from stilted.rules.checks.grammar._sentence import Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, NOUN, PLURAL, VERB

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


MATCHERS: Final = (
    (tuple(_UNITS), _mark_singular_unit),
    (("one",), _mark_plural_after_one),
    (("many",), _mark_singular_after_how_many),
)  # fmt: skip

RULES: Final = NO_RULES
