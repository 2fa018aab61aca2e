"""What cannot be counted, and some, most or one of what can: an information, some of doors, one of the door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.model import Example, Rule
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import PREPOSITIONS, Mark, Sentence
from stilted.rules.checks.grammar.nouns import NO_SINGULAR, UNCOUNTABLE
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, NOUN, PARTICIPLE, PLURAL, VERB_S

_NEVER_PLURAL: Final = frozenset(
    "informations advices softwares hardwares equipments feedbacks knowledges metadatas datas traffics trafics"
    " furnitures luggages homeworks".split()
)


def _mark_plural_of_uncountable(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "informations"."""
    start, end = sentence.tokens[at].start, sentence.tokens[at].end
    if sentence.text[max(0, start - 1) : start] == "." or sentence.text[end : end + 1] == "(":
        return  # a name of a program
    if sentence.is_lower(at) or sentence.begins(at):
        yield sentence.mark("grammar/uncountable", at, at, sentence.raw(at)[:-1])


def _mark_counted_uncountable(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "an information", "each software", "many feedback"."""
    noun = at + 1
    if sentence.is_plain_adjective(noun) and sentence.word(noun) not in ("open", "good", "better"):
        noun += 1
    if sentence.word(noun) not in UNCOUNTABLE or not sentence.are_joined(at, noun) or not sentence.is_lower(noun):
        return
    if sentence.ends_phrase(noun) and not sentence.is_glued(noun):
        if sentence.word(noun) == "knowledge" and sentence.word(at) in ("a", "an"):
            return
        yield sentence.mark("grammar/uncountable", at, noun)


_MUCH_AFTER: Final = frozenset("as how so too very that this".split())


def _mark_much_before_plural(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "how much doors"."""
    noun = at + 2 if sentence.is_plain_adjective(at + 1) else at + 1
    possible, plural = sentence.forms(noun), sentence.word(noun)
    if sentence.word(at - 1) not in _MUCH_AFTER or not sentence.are_joined(at - 1, noun) or not sentence.is_lower(noun):
        return
    if not possible & PLURAL or possible & (NOUN | ADJECTIVE | ADVERB) or plural in NO_SINGULAR:
        return
    if sentence.tag(noun) == "NNS" and not sentence.is_glued(noun):
        yield sentence.mark("grammar/uncountable", at, at, "many", message="Of things that are counted there are many.")


_CHOSEN: Final = frozenset("the than first second third last only same other another this that each every any".split())
"""Before these, one is the thing itself: the first one of the row."""


_POINTS_AT: Final = frozenset("the this that my your our its their".split())
_MANY_AS_ONE: Final = frozenset("following above below aforementioned former preceding latter next last first".split())
"""What stands for several things: each of the following."""


def _mark_singular_after_one_of(sentence: Sentence, at: int) -> Iterator[Mark]:
    if sentence.word(at + 1) != "of" or not sentence.are_joined(at, at + 3) or sentence.word(at - 1) in _CHOSEN:
        return
    if sentence.word(at + 2) not in ("the", "these", "those", "our", "your", "my", "its", "their", "following", "most"):
        return
    if sentence.word(at) == "each" and (not sentence.is_lower(at + 3) or sentence.word(at + 3) in _MANY_AS_ONE):
        return
    if sentence.is_plain_adjective(at - 1) and sentence.word(at - 2) in _POINTS_AT:
        return  # a thing that was named: the actual one of the lamp
    noun = at + 3
    while (
        noun < at + 7
        and not sentence.forms(noun) & PLURAL
        and sentence.are_joined(noun, noun + 1)
        and sentence.is_lower(noun)
        and sentence.word(noun) not in PREPOSITIONS
        and not sentence.ends_phrase(noun)
    ):
        noun += 1
    possible = sentence.forms(noun)
    if not possible & NOUN or possible & (PLURAL | ADJECTIVE | PARTICIPLE | VERB_S) or not sentence.is_lower(noun):
        return
    if sentence.tag(noun + 1) == "NNS":
        return
    if sentence.word(noun) in ("kind", "family", "group", "team", "staff", "crew", "rest", "flock", "cast"):
        return
    follows = sentence.word(noun + 1)
    if sentence.ends_phrase(noun) and follows not in ("and", "or", ",", "of") and sentence.tag(noun) == "NN":
        yield sentence.mark("grammar/one-of", noun, noun)


_QUANTITIES: Final = frozenset("several many multiple few two three four various these those".split())


def _mark_of_without_determiner(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "some of doors"."""
    noun = at + 2
    if sentence.word(at + 1) != "of" or sentence.word(noun) in _QUANTITIES:
        return
    if sentence.is_plain_adjective(noun):
        noun += 1
    possible = sentence.forms(noun)
    if not sentence.are_joined(at, noun) or sentence.is_glued(noun) or not sentence.is_lower(at):
        return
    if not possible & PLURAL or possible & (NOUN | ADJECTIVE | ADVERB) or not sentence.is_lower(noun):
        return
    if sentence.word(at) == "one" and sentence.word(at - 1) in _BEFORE_ONE:
        return
    if sentence.tag(noun) == "NNS" and sentence.word(noun) not in ("data", "hours", "days", "years"):
        things = sentence.text[sentence.tokens[at + 2].start : sentence.tokens[noun].end]
        yield sentence.mark("grammar/of-without-determiner", at, noun, f"{sentence.raw(at)} of the {things}")


_BEFORE_ONE: Final = frozenset("the than into of no as not be".split())
"""Before these, one may stand for a thing that was named: an order that is one of equals."""


MATCHERS: Final = (
    (("one", "each"), _mark_singular_after_one_of),
    (_NEVER_PLURAL, _mark_plural_of_uncountable),
    ("a an many several these those each every another two three".split(), _mark_counted_uncountable),
    (("much",), _mark_much_before_plural),
    ("some many several most few one each both".split(), _mark_of_without_determiner),
)

RULES: Final = (
    Rule(
        id="grammar/uncountable",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="This noun has no plural and is not counted.",
        why="Information, software, advice and the like can be counted in many languages, but not in English.",
        find=find,
        bad=(
            Example.of("All <v>informations</v> are here, and so are the <v>feedbacks</v>.",
                       "All information are here, and so are the feedback."),
            Example.of("They gave us <v>an advice</v> and sold <v>a software</v>."),
            Example.of("Tell us how <v>much</v> doors there are.", "Tell us how many doors there are."),
        ),
        good=(Example.of("A piece of advice, an information desk, a software package and a good knowledge of law."),
              Example.of("Tell us how much water there is, how much data, and how much it costs."),),
        confidence=0.85,
    ),
    Rule(
        id="grammar/of-without-determiner",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="After “most of” and the like English wants a determiner; or it does without “of”.",
        why="“Some of the doors” is a part of doors that are known; “some doors” may be any.",
        find=find,
        bad=(
            Example.of("They shut <v>some of doors</v>.", "They shut some of the doors."),
            Example.of("It is <v>one of important doors</v>.", "It is one of the important doors."),
        ),
        good=(
            Example.of("They shut some of the doors, some doors, some of these and most of what is open."),
            Example.of("It is one of several doors, one of many red ones, one of two."),
        ),
        confidence=0.8,
    ),
    Rule(
        id="grammar/one-of",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="“One of” and “each of” take a plural.",
        why="One is chosen out of several, or each is meant.",
        find=find,
        bad=(
            Example.of("It is one of the oldest <v>bridge</v> in town."),
            Example.of("Shall each of the old <v>bridge</v> be shut?"),
        ),
        good=(
            Example.of("It is one of the oldest bridges in town, one of the family, one of the bridge builders."),
            Example.of("Try each of these in turn."),
            Example.of("It is the first one of the row and the same one of the town."),
            Example.of("The default colour is the actual one of the lamp."),
            Example.of("Each of the following is new, and each of the team has a key, as each of the bridge builders."),
        ),
        confidence=0.85,
    ),
)  # fmt: skip
