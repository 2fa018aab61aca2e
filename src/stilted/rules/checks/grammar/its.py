"""Its and it's, which are said alike: in it's way, its not possible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.foreign import OBJECT
from stilted.core.model import Example, Rule
from stilted.core.tokens import TokenKind
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import MODALS, PREPOSITIONS, Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, ING, NOUN, PARTICIPLE, PAST, PLURAL, VERB, VERB_S

_IS_FOLLOWS: Final = frozenset("a an the not been because possible necessary recommended important easy hard".split())
_SUBJECT_VERBS: Final = frozenset("is are be say think believe know means hope guess says thinks sure so".split())


def _mark_it_is_for_its(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "in it's way"."""
    if sentence.kind(at + 1) is not TokenKind.GENITIVE or not sentence.are_joined(at + 1, at + 2):
        return
    if _is_owner_of_noun(sentence, at) or _is_owner_of_phrase(sentence, at):
        yield sentence.mark("grammar/its-it-is", at, at + 1, "its" if sentence.is_lower(at) else "Its")


def _is_owner_of_noun(sentence: Sentence, at: int) -> bool:
    """Tell, without tags, whether a noun follows and a preposition or a verb stands before: in it's way."""
    noun, before = sentence.word(at + 2), sentence.word(at - 1)
    possible = sentence.forms(at + 2)
    is_owned = noun == "own" or (
        bool(possible & (NOUN | PLURAL))
        and not possible & (ADJECTIVE | ADVERB | PARTICIPLE | PAST | ING)
        and sentence.is_lower(at + 2)
        and noun not in ("time", "like", "okay", "ok")
        and sentence.word(at + 3) not in ("that", "who")
    )
    if before in PREPOSITIONS - {"per"} and sentence.is_plain_adjective(at + 2) and sentence.are_joined(at + 2, at + 3):
        is_owned = is_owned or sentence.tag(at + 3) in ("NN", "NNS")
    is_object = before in PREPOSITIONS or (
        bool(sentence.forms(at - 1) & (VERB | ING | VERB_S))
        and not sentence.forms(at - 1) & (NOUN | PLURAL | ADVERB)
        and before not in _SUBJECT_VERBS
    )
    return is_owned and (is_object or noun == "own")


_CLAUSE_MAY_FOLLOW: Final = _SUBJECT_VERBS | frozenset(
    "know knows knew thought see sees ensure ensures ensuring verify check checks checking assume assumes assuming"
    " suppose consider find finds feel feels note notice remember understand realize indicate indicates indicating"
    " show shows suggest suggests look looks confirm confirms determine decide recall learn discover tell tells seem"
    " seems claim claims guarantee guarantees meaning said saying insist imagine bet wish agree discovered expect"
    " mind like".split()
)
"""Verbs after which "it's" begins a clause: they know it's raining."""
_CLAUSE_OR_PREPOSITION: Final = frozenset("per after before".split())
_FINITE: Final = MODALS | frozenset("is are was were has have does do isn't aren't doesn't".split())
_BEFORE_SUBJECT: Final = frozenset(", and but so that because if when as where since ; ( or while".split())
_NO_OWNED: Final = frozenset(
    "time like okay ok worth safe good all kind sort something nothing anything everything none null one who case best"
    " better easy hard fine anyone anybody everyone everybody someone somebody nobody likely unlikely possible obvious"
    " clear true".split()
)
"""Words that "it is" may well have behind it."""
_ORDINALS: Final = frozenset("first second third last default".split())
_LONGEST_OWNED: Final = 4
"""Words of what is owned, at most."""
_OWNED_TAGS: Final = frozenset("JJ JJS NN NNS NNP NNPS CD".split())


def _find_end_of_owned(sentence: Sentence, at: int) -> int:
    """Return the last word of the noun phrase without a determiner that begins here; -1 where there is none."""
    last, place = -1, at
    while place < at + _LONGEST_OWNED and (place == at or sentence.are_joined(place - 1, place)):
        is_object = sentence.word(place) == OBJECT
        if sentence.word(place) in _NO_OWNED or (not is_object and sentence.is_glued(place)):
            return -1
        tag = sentence.tag(place)
        if not is_object and tag not in _OWNED_TAGS:
            break
        if is_object and place == at:
            return -1  # "it is" before a value
        if is_object or (tag in ("NN", "NNS") and sentence.is_lower(place)):
            last = place
        place += 1
    # An adjective that ends the phrase shows that something else is meant: it's data available.
    return last if last == place - 1 else -1


def _is_owner_of_phrase(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun phrase follows that "it is" cannot have: all it's keys, as it's first key, it's key is."""
    before = sentence.word(at - 1)
    last = _find_end_of_owned(sentence, at + 2)
    if last < 0 or sentence.word(last + 1) in ("that", "who", "which", "-", "/"):
        return False
    possible = sentence.forms(last)
    is_many = bool(possible & PLURAL) and not possible & (NOUN | VERB_S)
    is_subject = sentence.begins(at) or before in _BEFORE_SUBJECT
    if is_subject and sentence.are_joined(last, last + 1) and sentence.word(last + 1) in _FINITE:
        return True
    if not sentence.are_joined(at - 1, at):
        return False
    first = sentence.word(at + 2)
    if first == "respective" or before in ("all", "both") or (before == "as" and first in _ORDINALS and last > at + 2):
        return True
    if before in ("and", "or"):
        is_plain = not possible & (ADJECTIVE | ADVERB | PARTICIPLE | PAST | ING | VERB)
        return is_many and last == at + 2 and is_plain and sentence.tag(at - 2) in ("NN", "NNS", "NNP")
    if before in PREPOSITIONS:
        return before not in _CLAUSE_OR_PREPOSITION
    return sentence.tag(at - 1) in ("VB", "VBZ", "VBP", "VBG") and before not in _CLAUSE_MAY_FOLLOW


_AFTER_PREDICATE: Final = frozenset("to that and . , for if when in".split())


def _mark_its_for_it_is(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "its not possible"."""
    following = sentence.word(at + 1)
    is_adverb = sentence.forms(at + 1) == ADVERB or following == "also"
    if is_adverb and sentence.are_joined(at, at + 2) and sentence.word(at + 3) in _AFTER_PREDICATE:
        # “Its also possible to”: what is its own is a noun.
        if sentence.is_plain_adjective(at + 2) or sentence.word(at + 2) in ("possible", "complete"):
            yield sentence.mark("grammar/its-it-is", at, at, "it's" if sentence.is_lower(at) else "It's")
        return
    if following not in _IS_FOLLOWS or not sentence.are_joined(at, at + 1):
        return
    is_adjective = following in ("important", "possible", "hard", "necessary", "easy", "recommended")
    if is_adjective and sentence.word(at + 2) not in ("to", "that"):
        return
    if following in ("because", "been") and not sentence.are_joined(at, at + 2):
        return
    yield sentence.mark("grammar/its-it-is", at, at, "it's" if sentence.is_lower(at) else "It's")


MATCHERS: Final = (
    (("it",), _mark_it_is_for_its),
    (("its",), _mark_its_for_it_is),
)  # fmt: skip

RULES: Final = (
    Rule(
        id="grammar/its-it-is",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="Its owns something; it's is short for it is.",
        why="The two are said alike.",
        find=find,
        bad=(
            Example.of("The cat, in <v>it's</v> way, goes to <v>it's</v> basket.",
                       "The cat, in its way, goes to its basket."),
            Example.of("<v>It's</v> roof is red, all <v>it's</v> doors are open, but <v>it's</v> old gate is shut.",
                       "Its roof is red, all its doors are open, but its old gate is shut."),
            Example.of("Oil <v>it's</v> hinges, and leave the key as <v>it's</v> first owner did in <v>it's</v> box.",
                       "Oil its hinges, and leave the key as its first owner did in its box."),
            Example.of("<v>Its</v> a pity, and <v>its</v> not possible.", "It's a pity, and it's not possible."),
            Example.of("<v>Its</v> also possible to wait.", "It's also possible to wait."),
        ),
        good=(
            Example.of("It's food that counts, and they say it's time to go. Its owner left. I think it's gold."),
            Example.of("I know it's raining; see that it's time. It's bread that matters, because it's food."),
            Example.of("Make sure it's state-of-the-art when it's hand-made, as it's common practice."),
            Example.of("Check it's fresh bread, since it's good practice, and it's all we have."),
        ),
        confidence=0.85,
        safe_fix=True,
    ),
)  # fmt: skip
