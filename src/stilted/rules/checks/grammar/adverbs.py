"""Adverbs where adjectives belong: the currently room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.model import Example, Rule
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, ING, NOUN, PARTICIPLE, PLURAL


def _mark_adverb_before_noun(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "the currently room"."""
    noun = at + 1
    possible = sentence.forms(noun)
    if sentence.word(at - 1) not in ("the", "a", "an") or not sentence.are_joined(at - 1, noun):
        return
    if sentence.raw(at - 1) == "A" and not sentence.begins(at - 1):
        return  # what is called A
    if sentence.forms(at) != ADVERB or not sentence.is_lower(at) or sentence.is_glued(at) or sentence.is_glued(noun):
        return
    if (
        not possible & (NOUN | PLURAL)
        or possible & (ADJECTIVE | ADVERB | PARTICIPLE | ING)
        or not sentence.is_lower(noun)
    ):
        return
    if sentence.ends_phrase(noun) and sentence.tag(noun) in ("NN", "NNS"):
        yield sentence.mark("grammar/adverb-before-noun", at, at, _make_adjective(sentence.raw(at)))


_ADJECTIVES: Final = {"simply": "simple", "automatically": "automatic", "specifically": "specific"}


def _make_adjective(adverb: str) -> str:
    """Return the adjective that an adverb of `_ADVERBS` is made of."""
    return _ADJECTIVES.get(adverb, adverb.removesuffix("ly"))


_ADVERBS: Final = (
    "currently unfortunately synchronously particularly automatically correctly directly specifically recently"
    " separately respectively individually previously additionally successfully manually normally usually generally"
    " internally externally globally locally dynamically properly simply completely finally initially independently"
    " similarly typically".split()
)


MATCHERS: Final = ((_ADVERBS, _mark_adverb_before_noun),)

RULES: Final = (
    Rule(
        id="grammar/adverb-before-noun",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="Before a noun English wants an adjective, not an adverb.",
        why="The ending -ly is left over, or was taken for that of the adjective.",
        find=find,
        bad=(
            Example.of("They meet in the <v>currently</v> room.", "They meet in the current room."),
            Example.of("There is a <v>simply</v> lock.", "There is a simple lock."),
        ),
        good=(
            Example.of("They meet in the current room, on an hourly basis, in the only currently open room."),
            Example.of("The use of A simply cannot be told."),
        ),
        confidence=0.8,
    ),
)  # fmt: skip
