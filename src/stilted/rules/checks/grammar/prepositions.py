"""Prepositions that words ask for, and those that stand before a clause: depends of, because of it rains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from stilted.core.model import Example, Rule
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import DETERMINERS, Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, NOUN, PLURAL

_PREPOSITION: Final = "grammar/preposition"

_PREPOSITIONS: Final = """
depend|depends|depending|depended of|from > on
dependent of|from > on
independent|independently on > of
responsible|capable to > -
responsible of > for
consist|consists|consisting from|on > of
contains of > -
interested on|by > in
similar as|with > to
similarly as > to
related|relates with > to
according the|a > to *
according with > to
due of > to
regardless the|a > of *
regardless on > of
regardless|irrespective if > of whether
regardless|irrespective whether|what|which > of *
consist|consists|consisting|consisted several|multiple|two|three|four > of *
discuss|discusses|discussing about > -
mention|mentions|mentioned about > -
comply|complies|complying to > with
accordance to > with
compliant to > with
different with > from
wait|waits|waited|waiting the > for the
contrary of > to
married with > to
afraid from > of
consistent to > with
equivalent with > to
aware about > of
familiar to the > with the
thanks the > to the
listen|listens|listening the > to the
concentrate in > on
despite of > -
lacks|lacking of > -
comprised from > of
participate|participates|participating to > in
insist in > on
succeed to > in
replaced with help of > -
react|reacts|reacted|reacting on > to
associate|associated to > with
subscribe|subscribed|subscribes|subscribing on > to
prior the|a|an > to *
instead the|a|an > of *
aware with > of
interested into > in
related for > to
able of > -
"""
"""The word, the preposition it does not take, and what it takes ("-" for nothing certain, "*" for what stood there)."""


def _read_prepositions() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for line in _PREPOSITIONS.strip().split("\n"):
        left, _, right = line.partition(" > ")
        words, _, wrong = left.partition(" ")
        for each in wrong.split("|"):
            for word in words.split("|"):
                table[word].append((tuple(each.split()), right.replace("*", each)))
    return {word: tuple(entries) for word, entries in table.items()}


_AFTER_WORD: Final = _read_prepositions()
_SPANS_OF_TIME: Final = frozenset(
    "while moment minute bit few second day week long month year couple little whole specified given maximum certain"
    " full fixed short random default time amount timeout minimum night".split()
)


def _mark_wrong_preposition(sentence: Sentence, at: int) -> Iterator[Mark]:
    for wrong, right in _AFTER_WORD[sentence.word(at)]:
        if not sentence.is_followed_by(at, wrong) or not sentence.is_lower(at + 1):
            continue
        last = at + len(wrong)
        if _takes_it_otherwise(sentence, at, last):
            return
        if right == "-":
            yield sentence.mark(_PREPOSITION, at, last)
        else:
            yield sentence.mark(_PREPOSITION, at + 1, last, right)
        return


def _takes_it_otherwise(sentence: Sentence, at: int, last: int) -> bool:
    """Tell whether the preposition behind a word is right, since it has another sense or belongs to what follows."""
    word, before, following = sentence.word(at), sentence.word(at - 1), sentence.word(last + 1)
    if word.startswith("wait"):
        return following in _SPANS_OF_TIME
    if word in ("according", "thanks", "attention", "aware") and before in ("the", "to"):
        return True
    if word == "due" and before == "past":
        return True  # what is overdue: the past due of last month
    if word in ("instead", "prior"):
        return not _is_behind_noun(sentence, at)
    if sentence.word(last) != "to":
        return (word, following) == ("similarly", "possible")
    is_verb = sentence.tag(last + 1).startswith("VB")
    if word in _WANT_VERB:
        return not is_verb
    return is_verb or sentence.word(last + 2) == "extent"  # they associate to sell keys, and do so to some extent


_WANT_VERB: Final = ("responsible", "capable", "succeed")


def _is_behind_noun(sentence: Sentence, at: int) -> bool:
    """Tell whether the word stands behind a thing: a gate instead a wall; use instead a wall is another slip."""
    return at > 0 and sentence.are_joined(at - 1, at) and sentence.tag(at - 1) in ("NN", "NNS", "NNP", "CD")


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
        yield sentence.mark(_PREPOSITION, first, last, fixed, message=message)


MATCHERS: Final = (
    (tuple(_AFTER_WORD), _mark_wrong_preposition),
    (tuple(_BEFORE_CLAUSE), _mark_clause_after_preposition),
)  # fmt: skip

RULES: Final = (
    Rule(
        id=_PREPOSITION,
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="This word takes another preposition, or none.",
        why="Each language has its own prepositions, and they are easily carried over.",
        find=find,
        bad=(
            Example.of("It depends <v>of</v> the weather, regardless of whether it is similar <v>with</v> rain.",
                       "It depends on the weather, regardless of whether it is similar to rain."),
            Example.of("They react <v>on</v> rain.", "They react to rain."),
            Example.of("<v>Because of</v> the boat is large, it waits.", "Because the boat is large, it waits."),
            Example.of("<v>In case of</v> the gate is shut, knock, <v>despite</v> the house is dark.",
                       "In case the gate is shut, knock, although the house is dark."),
            Example.of("We go, regardless <v>whether</v> it rains; a tent consists <v>two</v> halves.",
                       "We go, regardless of whether it rains; a tent consists of two halves."),
            Example.of("We waited <v>the</v> bus and <v>mentioned about</v> it."),
            Example.of("They built a gate instead <v>a</v> wall, a year prior <v>the</v> war.",
                       "They built a gate instead of a wall, a year prior to the war."),
        ),
        good=(
            Example.of("It depends on the weather. We waited a while; she is responsible to nobody but herself."),
            Example.of("The rate is similar, with one exception. Money is due the tenth."),
            Example.of("The past due of each tenant is listed."),
            Example.of("We go, regardless; if it rains, the tent consists, two halves apart, of cloth."),
            Example.of("Instead the wall is white. Two prior walls fell, and they built instead a gate."),
            Example.of("They behave as similarly as possible, and it is consistent to do so."),
        ),
        confidence=0.85,
    ),
)  # fmt: skip
