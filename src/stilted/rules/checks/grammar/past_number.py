"""Was for were: the doors was shut, there was doors, they was late; and "I has"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.rules.checks.grammar._finder import NO_RULES, find
from stilted.rules.checks.grammar._heads import CLAUSE
from stilted.rules.checks.grammar._sentence import DETERMINERS, PREPOSITIONS, Mark, Sentence
from stilted.rules.checks.grammar._subjects import DOUBTFUL, EITHER_NUMBER
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, ING, NOUN, PARTICIPLE, PLURAL, VERB

__all__ = ["MATCHERS", "RULES", "find"]

_RULE: Final = "grammar/subject-verb"
_LONGEST: Final = 4
"""Words of a subject at most, its determiner among them."""
_LEADS: Final = frozenset("the these those all your our my their its some both several many two three".split())
_BEFORE_CLAUSE: Final = frozenset("if when because while after before once since until whether but".split())
_COUNTED: Final = frozenset("some any many several more multiple no".split())


def _is_plural_alone(sentence: Sentence, noun: int) -> bool:
    word, possible = sentence.word(noun), sentence.forms(noun)
    is_plural = bool(possible & PLURAL) and not possible & (NOUN | VERB | ADJECTIVE | ADVERB)
    return (
        is_plural and word not in EITHER_NUMBER | DOUBTFUL and sentence.is_lower(noun) and not sentence.is_glued(noun)
    )


def _mark_was_after_many(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "the old doors was shut"; that changing the doors was hard is another thing."""
    noun = at - 1
    following = sentence.forms(at + 1)
    if not sentence.is_lower(at) or not sentence.are_joined(noun, at + 1) or not _is_plural_alone(sentence, noun):
        return
    if not following & (PARTICIPLE | ADVERB) and sentence.word(at + 1) != "not":
        return
    first = noun - 1
    while first > noun - _LONGEST and sentence.word(first) not in _LEADS:
        possible = sentence.forms(first)
        if not possible & (ADJECTIVE | NOUN | PARTICIPLE) or possible & ING or sentence.word(first) in PREPOSITIONS:
            return
        first -= 1
    is_first = sentence.begins(first) or sentence.word(first - 1) in _BEFORE_CLAUSE
    if sentence.word(first) in _LEADS and is_first and sentence.are_joined(first, noun):
        yield sentence.mark(_RULE, at, at, "were")


def _mark_there_was_before_many(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "there was errors" and "there is no doors"."""
    verb, noun = at + 1, at + 2
    if sentence.word(verb) not in ("is", "was") or not sentence.is_lower(verb):
        return
    while noun < at + 5 and (sentence.word(noun) in _COUNTED or sentence.is_plain_adjective(noun)):
        noun += 1
    if not sentence.are_joined(at, noun) or not _is_plural_alone(sentence, noun) or not sentence.ends_phrase(noun):
        return
    if sentence.word(noun + 1) in ("and", "or", ",", "'s", "-") or sentence.word(noun) in DETERMINERS:
        return  # there is doors, windows and a roof, as people say
    if sentence.word(noun - 1) in ("many", "several") and noun == at + 3:
        return  # told elsewhere
    yield sentence.mark(_RULE, verb, verb, "are" if sentence.word(verb) == "is" else "were")


def _mark_was_after_pronoun(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "they was"; behind a preposition, another verb or "and", "you" may be no subject: one of you was late."""
    pronoun = at - 1
    word = sentence.word(pronoun)
    if word not in ("we", "you", "they") or not _stands_alone(sentence, pronoun, at):
        return
    if word == "you" and sentence.word(pronoun - 1) in ("and", "but"):
        return
    yield sentence.mark(_RULE, at, at, sentence.word(at).replace("was", "were"))


def _mark_has_after_i(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "I has a key"; a part, a war or a quantity may be called so, too: part I has ten pages."""
    pronoun, following = at - 1, at + 1
    if sentence.raw(pronoun) != "I" or not _stands_alone(sentence, pronoun, at):
        return
    is_told = sentence.word(following) in _BEHIND_I or sentence.forms(following) & PARTICIPLE
    if sentence.are_joined(at, following) and (is_told or "n't" in sentence.word(at)):
        yield sentence.mark(_RULE, at, at, _OF_I[sentence.word(at)])


def _stands_alone(sentence: Sentence, pronoun: int, verb: int) -> bool:
    """Tell whether a clause surely begins with the pronoun right before a verb."""
    if not sentence.are_joined(pronoun, verb) or not sentence.is_lower(verb) or sentence.is_glued(pronoun):
        return False
    return sentence.begins(pronoun) or sentence.word(pronoun - 1) in _BEFORE_PRONOUN


_BEFORE_PRONOUN: Final = _BEFORE_CLAUSE | CLAUSE | {",", "although", "though", "unless", "whenever", "then"}
_OF_I: Final = {"has": "have", "hasn't": "haven't", "doesn't": "don't"}
_BEHIND_I: Final = frozenset("a an to been no my not never already just always also".split())

MATCHERS: Final = (
    (("was",), _mark_was_after_many),
    (("there",), _mark_there_was_before_many),
    (("was", "wasn't"), _mark_was_after_pronoun),
    (tuple(_OF_I), _mark_has_after_i),
)

RULES: Final = NO_RULES
