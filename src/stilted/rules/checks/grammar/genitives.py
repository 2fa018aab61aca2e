"""What belongs to somebody, written like a plural: the users password."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.model import Example, Rule
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import DETERMINERS, Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, NOUN, PLURAL

_OF_A_PERSON: Final = frozenset(
    "password passwords responsibility browser username email e-mail computer history identity avatar preferences"
    " screen laptop smartphone phone".split()
)
"""What each person has: the users password is of one."""


def _mark_lost_genitive(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "the users password"."""
    noun = at + 1
    is_whole = sentence.are_joined(at - 1, noun) and sentence.is_lower(at) and sentence.is_lower(noun)
    if not is_whole or sentence.word(at - 1) not in DETERMINERS or sentence.word(noun) not in _OF_A_PERSON:
        return
    if sentence.ends_phrase(noun) and not sentence.is_glued(noun):
        singular = sentence.raw(at)[:-1]
        yield sentence.mark("grammar/lost-genitive", at, at, f"{singular}'s", f"{singular}s'")


_NO_OWNERS: Final = frozenset("news series settings metrics species windows kubernetes dns rules columns".split())


def _mark_lost_genitive_of_name(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "the boats name"."""
    owner = at - 1
    possible = sentence.forms(owner)
    if not possible & PLURAL or possible & (NOUN | ADJECTIVE | ADVERB) or sentence.word(owner) in _NO_OWNERS:
        return
    is_whole = sentence.are_joined(owner - 1, at) and sentence.is_lower(owner) and sentence.is_lower(at)
    if not is_whole or sentence.is_glued(at) or not sentence.ends_phrase(at) or sentence.tag(owner) != "NNS":
        return
    if sentence.word(owner - 1) in DETERMINERS:
        plural = sentence.raw(owner)
        singular = f"{plural[:-3]}y" if plural.endswith("ies") else plural[:-1]
        yield sentence.mark("grammar/lost-genitive", owner, owner, f"{singular}'s", f"{plural}'")


MATCHERS: Final = (
    ("users customers clients visitors members".split(), _mark_lost_genitive),
    (("name",), _mark_lost_genitive_of_name),
)

RULES: Final = (
    Rule(
        id="grammar/lost-genitive",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="An apostrophe is missing: the password is the user's.",
        why="What belongs to somebody is written like a plural by many who write quickly.",
        find=find,
        bad=(
            Example.of("Ask for the <v>customers</v> password.", "Ask for the customer's password."),
            Example.of("The <v>cities</v> name is old.", "The city's name is old."),
        ),
        good=(
            Example.of("Ask for the customer's password, or let the customers pass."),
            Example.of("The names of the cities are old. The series name is short."),
            Example.of("The users page lists the members; the clients history books are on the shelf."),
        ),
        confidence=0.85,
    ),
)  # fmt: skip
