"""Which noun or pronoun a verb has its number from, and what that number is."""

from __future__ import annotations

from typing import Final

from stilted.core.foreign import OBJECT
from stilted.core.tokens import TokenKind
from stilted.rules.checks.grammar._sentence import (
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    Sentence,
)
from stilted.rules.checks.grammar._subjects import CLASSES, CLOSED, EITHER_NUMBER, NO_SUBJECT, QUANTIFIERS
from stilted.text.parts_of_speech import (
    ADJECTIVE,
    ADVERB,
    ING,
    NOUN,
    PARTICIPLE,
    PAST,
    PLURAL,
    VERB,
    VERB_S,
)

_AFTER_NAMES: Final = frozenset(
    "provide allow define introduce enable contain include generate receive require implement consist depend represent"
    " describe explain create".split()
)
"""Verbs that are marked after a single name; of others (lose, win) a team may be the subject."""
_SINGULAR_PRONOUNS: Final = frozenset("it he she this".split())
_PLURAL_PRONOUNS: Final = frozenset("they we these those".split())
_SUBJECT_PRONOUNS: Final = _SINGULAR_PRONOUNS | _PLURAL_PRONOUNS
LONGEST_PHRASE: Final = 5
LOOK_BACK: Final = 8
"""Words of what belongs to a noun, and words before a verb that are looked through for what else it may belong to."""
BEFORE_NOUNS: Final = DETERMINERS | QUANTIFIERS
CLAUSE: Final = frozenset("and that if when because but so which as where since how what".split())
"""Words that begin a clause."""
_BEFORE_SUBJECT: Final = CLAUSE | {",", "in"}


def find_number(sentence: Sentence, at: int) -> str:
    """Return what the number of the word can only be: "one", "many", or nothing."""
    word, possible = sentence.word(at), sentence.forms(at)
    if word in _SINGULAR_PRONOUNS:
        return "one"
    if word in _PLURAL_PRONOUNS:
        return "many"
    if sentence.word(at - 1) in QUANTIFIERS and len(word) > 1 and sentence.raw(at).isupper():
        return ""  # all GPU of the row: letters that stand for things, too
    if word in EITHER_NUMBER or possible & ADVERB or (word == "class" and sentence.word(at - 1) in CLASSES):
        return ""
    if (possible & NOUN and not possible & PLURAL) or (sentence.is_name(at) and sentence.word(at + 1) in _AFTER_NAMES):
        return "one"
    if possible & PLURAL and not possible & NOUN:
        return "many"
    return ""


def find_boundary(sentence: Sentence, at: int) -> str:
    """Return the first word of a closed class left of a noun, its determiner passed over."""
    left, measured = at, 0
    while left >= 0 and at - left - measured < LONGEST_PHRASE and sentence.word(left) not in CLOSED:
        measured += 2 if _is_per_cent(sentence, left) else 0  # the sign and its figure
        is_word = sentence.kind(left) in (TokenKind.WORD, TokenKind.NUMBER) or sentence.word(left) == OBJECT
        if not is_word and not _is_per_cent(sentence, left):
            return sentence.word(left)
        if left < at and sentence.forms(left) & ING and (left == 0 or not sentence.forms(left) & (NOUN | ADJECTIVE)):
            return "-ing"  # what is done to the things is the subject: moving boxes is hard
        left -= 1
    while sentence.word(left) in BEFORE_NOUNS:
        left -= 1
    if sentence.forms(left) & ING:
        return "-ing"
    return sentence.word(left)


def _is_per_cent(sentence: Sentence, at: int) -> bool:
    """Tell whether a sign belongs to the figure before it, which counts or measures what follows: 10% oil."""
    return sentence.word(at) == "%" and sentence.kind(at - 1) is TokenKind.NUMBER


def find_subject(sentence: Sentence, at: int) -> int:
    """Return the place of the last word of what a verb may be about; -1 where none stands there."""
    left = at - 1
    while left > at - 3 and sentence.forms(left) == ADVERB and sentence.is_lower(left):
        if sentence.word(left) == "then":
            return -1
        left -= 1
    if sentence.word(left) in ("that", "which", "who"):
        left -= 1
    if left < 0 or not sentence.are_joined(left, at) or len(sentence.word(left)) == 1 or sentence.word(left - 1) == "$":
        return -1  # a letter is a key or a name, M-x lamp, and a variable is no noun
    if sentence.word(left) in _SUBJECT_PRONOUNS:
        # Elsewhere the pronoun is the object of what stands before it.
        return left if sentence.begins(left) or sentence.word(left - 1) in CLAUSE else -1
    return -1 if find_boundary(sentence, left) in NO_SUBJECT else left


def may_be_name(sentence: Sentence, left: int, at: int) -> bool:
    """Tell whether a plural that begins its sentence may be what a thing is called: Requests is a library."""
    raw = sentence.raw(left)
    if {"that", "which", "who"} & set(sentence.words[left + 1 : at]):
        return False
    return sentence.begins(left) and bool(sentence.forms(left) & PLURAL) and raw[:1].isupper() and raw[1:].islower()


_FIRST_OF: Final = PREPOSITIONS | frozenset(
    "among amongst first chief foremost one around what which available".split()
)
_FAR_BACK: Final = 14
"""Words before a verb in which the beginning of its clause is looked for."""


def stands_before_subject(sentence: Sentence, left: int, at: int) -> bool:
    """Tell whether what the verb is about may follow it, or is a clause: among these is one, all that counts is it."""
    if (sentence.word(left - 1), sentence.word(left - 2)) in (("that", "all"), ("that", "what")):
        return True
    following = sentence.word(at + 1)
    is_passive = sentence.word(at) in ("is", "are") and bool(sentence.forms(at + 1) & PARTICIPLE)
    if following not in DETERMINERS and not is_passive and not sentence.forms(at + 1) & ADVERB:
        return False
    first = at - 1
    while first > max(0, at - _FAR_BACK) and not sentence.begins(first) and sentence.word(first) != ",":
        first -= 1
    first += sentence.word(first) == ","
    return sentence.word(first) in _FIRST_OF and left > first


def find_candidate_subject(sentence: Sentence, at: int) -> int:
    """Return the place of the noun or pronoun, left of a verb, whose number the verb would have; -1 without one."""
    left = at - 1
    if sentence.forms(left) == ADVERB and sentence.is_lower(left):
        if sentence.word(left) == "then":
            return -1
        left -= 1
    if sentence.word(left) in ("that", "which", "who"):
        left -= 1
        if sentence.word(left) == ",":
            left -= 1
    return left if left >= 0 and sentence.word(left - 1) != "$" else -1  # a variable is no noun: $PATH


def is_subject_plural(sentence: Sentence, left: int) -> bool | None:
    """Tell whether the noun or pronoun is plural; nothing where it is neither, or the object of what stands before."""
    if sentence.word(left) in PRONOUNS:
        is_subject = sentence.begins(left) or sentence.word(left - 1) in _BEFORE_SUBJECT
        return sentence.word(left) not in ("it", "he", "she") if is_subject and sentence.word(left) != "i" else None
    number = find_number(sentence, left)
    return number == "many" if number else None


def _may_belong_farther_left(sentence: Sentence, left: int, at: int, *, is_singular: bool) -> bool:
    """Tell whether a relative clause may be about a noun before a preposition: styles for a block that depend on it."""
    if not _RELATIVES & set(sentence.words[left + 1 : at]):
        return _is_object_of_relative(sentence, left, is_singular=is_singular)
    place = left
    while place > 0 and left - place < LONGEST_PHRASE and sentence.word(place) not in PREPOSITIONS:
        if sentence.word(place) in CLAUSE - {"and"}:
            return False
        place -= 1
    return sentence.word(place) in PREPOSITIONS and find_number(sentence, place - 1) == (
        "one" if is_singular else "many"
    )


_RELATIVES: Final = frozenset("that which who".split())
_LONGEST_RELATIVE: Final = 12


def _is_object_of_relative(sentence: Sentence, left: int, *, is_singular: bool) -> bool:
    """Tell whether the noun ends a relative clause about one of the verb's number: those who own a boat are rich."""
    wanted, number = ("one", VERB_S) if is_singular else ("many", VERB)
    for place in range(left - 1, max(0, left - _LONGEST_RELATIVE), -1):
        if sentence.kind(place) is TokenKind.PUNCTUATION and sentence.word(place) not in (OBJECT, "[", "]"):
            return False
        if sentence.word(place) in _RELATIVES:
            is_verb = bool(sentence.forms(place + 1) & (number | PAST)) or sentence.word(place + 1) in MODALS
            return is_verb and find_number(sentence, place - 1) == wanted
    return False


def _agrees_before_preposition(sentence: Sentence, left: int, *, is_singular: bool) -> bool:
    """Tell whether a noun that the nearest one is tied to by a preposition has the number of the verb.

    The entries sent by this event have passed; the work done on these things is small; one of the sets is empty.
    """
    wanted = "one" if is_singular else "many"
    inside = 0
    for place in range(left - 1, max(-1, left - _FARTHEST_HEAD), -1):
        inside += (sentence.word(place) == ")") - (sentence.word(place) == "(")
        if inside > 0 or (sentence.word(place) == "(" and inside == 0) or _parts_adjectives(sentence, place):
            continue
        if sentence.word(place) == "," and not {"and", "or"}.isdisjoint(sentence.words[place + 1 : left]):
            continue  # of a list: the size of the hull, mast, and sails is
        end = sentence.tokens[place].end
        if sentence.word(place) == "." and sentence.text[end : end + 1].isalnum():
            continue  # within a name: doors for the lamp.oak package
        is_mark = sentence.kind(place) is TokenKind.PUNCTUATION and sentence.word(place) not in (OBJECT, "-")
        is_asked = sentence.word(place) == "which" and sentence.word(place + 1) == "of"
        if is_mark or (sentence.word(place) in _ENDS_A_PHRASE and not is_asked):
            return False
        if sentence.word(place + 1) in PREPOSITIONS:
            head = place
            while head > 0 and sentence.forms(head) & (PARTICIPLE | PAST | ADVERB) and not sentence.forms(head) & NOUN:
                head -= 1
            is_single = sentence.word(head) in _SINGLE_HEADS or bool(sentence.forms(head) & ING)
            is_either = sentence.word(head) in EITHER_NUMBER and (
                sentence.word(place + 1) == "of" or sentence.word(head) == "data"
            )
            if find_number(sentence, head) == wanted or is_either or (is_singular and is_single):
                return True
    return False


def _parts_adjectives(sentence: Sentence, at: int) -> bool:
    """Tell whether a comma stands between two adjectives: of tall, modern houses."""
    is_comma = sentence.word(at) == ","
    return is_comma and sentence.is_plain_adjective(at - 1) and bool(sentence.forms(at + 1) & ADJECTIVE)


_ENDS_A_PHRASE: Final = CLAUSE - {"and", "as"} | {",", "which", "who", "is", "are", "has", "have", "can", "will"}
_FARTHEST_HEAD: Final = 12
_SINGLE_HEADS: Final = frozenset("one which each either neither any none everything nothing".split())


def has_another_head(sentence: Sentence, left: int, at: int, *, is_singular: bool) -> bool:
    """Tell whether the verb agrees with a noun that stands farther left than the nearest one."""
    clause = sentence.words[max(0, at - _FARTHEST_HEAD) : at]
    if not is_singular and "both" in clause and "and" in clause:
        return True  # both the door and its key are
    return _agrees_before_preposition(sentence, left, is_singular=is_singular) or _may_belong_farther_left(
        sentence, left, at, is_singular=is_singular
    )


def is_behind_preposition(sentence: Sentence, noun: int) -> bool:
    """Tell whether a noun belongs to another one farther left: a feature of all these forms of belief is hope."""
    first = noun
    while first > 0 and noun - first < LONGEST_PHRASE and not sentence.begins(first):
        before = sentence.forms(first - 1)
        if sentence.word(first - 1) not in BEFORE_NOUNS and not before & (ADJECTIVE | NOUN | PARTICIPLE):
            break
        first -= 1
    if first > 1 and sentence.forms(first - 1) & VERB and "to" in sentence.words[max(0, first - LOOK_BACK) : first]:
        return True  # leave to carry and sell copies of the map is granted
    return sentence.word(first - 1) in PREPOSITIONS and not sentence.begins(first - 1)
