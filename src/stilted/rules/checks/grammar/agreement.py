"""Verbs that do not agree with their subjects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from stilted.core.model import Example, Rule
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import (
    DETERMINERS,
    FUNCTION_WORDS,
    OBJECT,
    PREPOSITIONS,
    Mark,
    Sentence,
)
from stilted.text import parts_of_speech
from stilted.text.native_usage import subjects
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

CERTAIN: Final = 3.2
MORE_CERTAIN: Final = 4.5
CERTAIN_OF_NAMES: Final = 2.5
NEVER: Final = float("inf")
"""Logarithms of the odds from which a verb is marked: one that is tagged as such, one that is not, one after a name."""
_AFTER_NAMES: Final = frozenset(
    "provide allow define introduce enable contain include generate receive require implement consist depend represent"
    " describe explain create".split()
)
"""Verbs that are marked after a single name; of others (lose, win) a team may be the subject."""
_PAIRS: Final = {
    "is": "are", "has": "have", "does": "do", "isn't": "aren't", "hasn't": "haven't", "doesn't": "don't",
}  # fmt: skip
_SINGULAR_OF: Final = {plural: singular for singular, plural in _PAIRS.items()}
_SINGULAR_PRONOUNS: Final = frozenset("it he she this".split())
_PLURAL_PRONOUNS: Final = frozenset("they we these those".split())
_EITHER_NUMBER: Final = frozenset(
    "team family staff group crew government police company audience rest majority minority number couple pair lot"
    " variety series half none range kind data media army public committee band council club bulk percent percentage"
    " handful minimum maximum total plenty rich poor guys duo trio community timeseries army lord god".split()
)
_LONGEST: Final = 5
_QUANTIFIERS: Final = frozenset("all both some any most many several".split())
_CLOSED: Final = FUNCTION_WORDS | DETERMINERS | PREPOSITIONS | _QUANTIFIERS
_NO_SUBJECT: Final = PREPOSITIONS | {"and", "or", "nor", "than", "as", "-ing", "&", "/", "plus"}
"""What stands left of a noun that is not, or not alone, what the verb is about."""
_BARE_VERB_AFTER: Final = frozenset(
    "let lets letting make makes made making have has had having help helps helped helping see sees saw watch watches"
    " watched hear heard do does did can could will would should must may might recommend recommends recommended"
    " suggest suggests suggested require requires required insist demand important essential necessary to not"
    " lest rather than"
    " don't doesn't didn't can't cannot won't".split()
)
_LOOK_BACK: Final = 8
_CLAUSE: Final = frozenset("and that if when because but so which as where since how what".split())


@cache
def _verbs() -> frozenset[str]:
    """Return the present forms that call for a look: those that can be no noun, adjective or adverb beside."""
    other = NOUN | ADJECTIVE | ADVERB | PAST | PARTICIPLE | ING
    verbs = {
        word
        for word, possible in parts_of_speech.all_forms().items()
        if (possible & VERB_S and not possible & (other | VERB))
        or (possible & VERB and not possible & (other | PLURAL))
    }
    return frozenset(verbs | set(_PAIRS) | set(_SINGULAR_OF)) - {"be", "am", "let", "feel", "bless"}


def _number(sentence: Sentence, at: int) -> str:
    """Return what the number of the word can only be: "one", "many", or nothing."""
    word, possible = sentence.word(at), sentence.forms(at)
    if word in _SINGULAR_PRONOUNS:
        return "one"
    if word in _PLURAL_PRONOUNS:
        return "many"
    if word in _EITHER_NUMBER or possible & ADVERB:
        return ""
    if (possible & NOUN and not possible & PLURAL) or (sentence.is_name(at) and sentence.word(at + 1) in _AFTER_NAMES):
        return "one"
    if possible & PLURAL and not possible & NOUN:
        return "many"
    return ""


def _boundary(sentence: Sentence, at: int) -> str:
    """Return the first word of a closed class left of a noun, its determiner passed over."""
    left = at
    while left >= 0 and at - left < _LONGEST and sentence.word(left) not in _CLOSED:
        if sentence.kind(left) not in ("word", "number") and sentence.word(left) != OBJECT:
            return sentence.word(left)
        if left < at and sentence.forms(left) & ING and (left == 0 or not sentence.forms(left) & (NOUN | ADJECTIVE)):
            return "-ing"  # what is done to the things is the subject: moving boxes is hard
        left -= 1
    while sentence.word(left) in DETERMINERS | _QUANTIFIERS:
        left -= 1
    if sentence.forms(left) & ING:
        return "-ing"
    return sentence.word(left)


def _subject_left_of(sentence: Sentence, at: int) -> int:
    """Return the place of the last word of what a verb may be about; -1 where none stands there."""
    left = at - 1
    while left > at - 3 and sentence.forms(left) == ADVERB and sentence.is_lower(left):
        if sentence.word(left) == "then":
            return -1
        left -= 1
    if sentence.word(left) in ("that", "which", "who"):
        left -= 1
    if left < 0 or not sentence.joined(left, at):
        return -1
    if sentence.word(left) in _SINGULAR_PRONOUNS | _PLURAL_PRONOUNS:
        # Elsewhere the pronoun is the object of what stands before it.
        return left if sentence.begins(left) or sentence.word(left - 1) in _CLAUSE else -1
    return -1 if _boundary(sentence, left) in _NO_SUBJECT else left


def _disagrees(sentence: Sentence, at: int) -> Iterator[Mark]:
    word, possible = sentence.word(at), sentence.forms(at)
    is_singular = word in _PAIRS or (word not in _SINGULAR_OF and bool(possible & VERB_S))
    if (
        not sentence.is_lower(at)
        or sentence.is_glued(at)
        or (word in ("do", "does") and sentence.word(at + 1) != "not")
    ):
        return
    left = _subject_left_of(sentence, at)
    if left < 0 or _number(sentence, left) != ("many" if is_singular else "one"):
        return
    if not is_singular and _boundary(sentence, left) == ",":
        return  # the last of several
    if not is_singular and any(each in _BARE_VERB_AFTER for each in sentence.words[max(0, at - _LOOK_BACK) : at]):
        return
    odds = subjects.score(sentence.words, sentence.tags_until(at + 1), at)
    is_tagged_so = sentence.tag(at) in ("VBZ", "VBP") or word in _SINGULAR_OF
    # A bare verb after a singular noun is so strange that the tagger takes it for something else.
    least = CERTAIN if is_tagged_so else MORE_CERTAIN if not is_singular and possible == VERB else NEVER
    if sentence.is_name(left):
        least = CERTAIN_OF_NAMES
    if (-odds if is_singular else odds) >= least:
        yield sentence.mark("grammar/subject-verb", at, at, *_other_number(word, is_singular=is_singular))


def _other_number(word: str, *, is_singular: bool) -> tuple[str, ...]:
    closed = (_PAIRS if is_singular else _SINGULAR_OF).get(word)
    return (closed,) if closed else ()


_AFTER_IT: Final = frozenset(
    "have are need want support allow require provide contain depend return make use work mean take give show seem look"
    " include help run start write send receive get exist happen apply consist belong become create define".split()
)
_RECOMMENDED: Final = frozenset(
    "recommend recommended recommends suggest suggested suggests require required requires important necessary"
    " essential insist demand propose proposed advised ensure".split()
)


def _it_and_bare_verb(sentence: Sentence, at: int) -> Iterator[Mark]:
    before = sentence.word(at - 1)
    if not sentence.begins(at) and before not in _CLAUSE:
        return
    verb = at + 1
    if sentence.word(verb) in ("also", "only", "always", "just", "automatically", "then", "still", "now"):
        verb += 1
    if sentence.word(verb) not in _AFTER_IT or not sentence.joined(at, verb) or not sentence.is_lower(verb):
        return
    earlier = sentence.words[max(0, at - _LOOK_BACK) : at]
    if before == "that" and any(word in _RECOMMENDED for word in earlier):
        return
    if not sentence.begins(at) and any(word in _BARE_VERB_AFTER for word in earlier):
        return
    yield sentence.mark("grammar/subject-verb", at, verb)


def _there_is(sentence: Sentence, at: int) -> Iterator[Mark]:
    verb, following = sentence.word(at + 1), sentence.word(at + 2)
    if not sentence.joined(at, at + 2):
        return
    if verb in ("is", "was") and following in ("many", "several", "two", "three", "four", "five", "six", "various"):
        if sentence.forms(at + 3) & PLURAL and not sentence.forms(at + 3) & NOUN:
            yield sentence.mark("grammar/subject-verb", at + 1, at + 1, "are" if verb == "is" else "were")
    elif verb in ("are", "were") and following in ("a", "an", "another"):
        noun = at + 3
        if sentence.is_plain_adjective(noun):
            noun += 1
        if sentence.word(noun) in _EITHER_NUMBER or sentence.word(at + 3) in ("few", "great", "good", "large"):
            return
        if (
            sentence.forms(noun) & NOUN
            and sentence.ends_phrase(noun)
            and sentence.word(noun + 1) not in ("of", "and", "or", ",")
        ):
            yield sentence.mark("grammar/subject-verb", at + 1, at + 1, "is" if verb == "are" else "was")


MATCHERS: Final = (
    (_verbs, _disagrees),
    (("it", "he", "she"), _it_and_bare_verb),
    (("there",), _there_is),
)

RULES: Final = (
    Rule(
        id="grammar/subject-verb",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="The verb does not agree with its subject in number.",
        why="The ending -s of the third person is missing, or stands after a plural.",
        find=find,
        bad=(
            Example.of("When the doors <v>opens</v>, the bell rings."),
            Example.of("These bells <v>is</v> loud.", "These bells are loud."),
            Example.of("The new pump <v>consume</v> less water, and <v>it need</v> no oil."),
            Example.of("There <v>is</v> many doors, and there <v>are</v> a key.",
                       "There are many doors, and there is a key."),
        ),
        good=(
            Example.of("When the doors open, the bell rings. The list of names is long; a box of nails weighs much."),
            Example.of("Let the pump consume what it needs; they recommend that it have oil, and made it need less."),
            Example.of("The team have won, the rest are gone, and there are a few keys and a lot of doors."),
        ),
        confidence=0.75,
    ),
)  # fmt: skip
