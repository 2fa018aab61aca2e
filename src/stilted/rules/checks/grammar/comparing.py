"""Comparisons: large than, faster then, less that 5, more easier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.foreign import OBJECT
from stilted.core.model import Example, Rule
from stilted.core.tokens import TokenKind
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import DETERMINERS, Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB

_COMPARATIVE_OF: Final = {
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
        right = _COMPARATIVE_OF[sentence.word(at)]
        yield sentence.mark("grammar/then-than", at, at, right, message="Before “than” English wants the comparative.")


_COMPARATIVES: Final = frozenset(
    "more less faster larger smaller greater fewer higher lower shorter easier older newer bigger slower simpler worse"
    " rather other".split()
)


def _mark_then_for_than(sentence: Sentence, at: int) -> Iterator[Mark]:
    if not sentence.are_joined(at - 1, at + 1):
        return
    before = sentence.word(at - 1)
    is_compared = before in _COMPARATIVES or (
        sentence.word(at - 2) in ("more", "less")
        and bool(sentence.forms(at - 1) & (ADJECTIVE | ADVERB))
        and sentence.word(at + 1) in DETERMINERS | {OBJECT, "one", "two", "what"}
    )
    if is_compared and sentence.word(at + 1) not in ("it", "is", "you"):
        yield sentence.mark("grammar/then-than", at, at, "than")


def _mark_that_for_than(sentence: Sentence, at: int) -> Iterator[Mark]:
    if not sentence.are_joined(at - 1, at + 1) or sentence.word(at - 1) not in _COMPARATIVES - {
        "other",
        "rather",
        "more",
    }:
        return
    number = sentence.kind(at + 1) is TokenKind.NUMBER or sentence.word(at + 1) in ("one", "two", "three", OBJECT)
    if number and sentence.word(at - 2) in ("be", "is", "are", "was", "or", "not", "value", "equal", "much", "far"):
        yield sentence.mark("grammar/then-than", at, at, "than")


_ENDING_ER: Final = re.compile(
    r"(?:easi|simpl|fast|slow|larg|small|high|low|long|short|strong|big|bett|clean|quick|cheap|saf|heavi|new|old|strict"
    r"|light|great|wid|deep|hard|near|rich|smart|full)(er|est)"
)


def _mark_double_comparative(sentence: Sentence, at: int) -> Iterator[Mark]:
    match = _ENDING_ER.fullmatch(sentence.word(at + 1))
    wanted = "er" if sentence.word(at) == "more" else "est"
    if not match or match.group(1) != wanted or not sentence.are_joined(at, at + 1) or not sentence.is_lower(at):
        return
    if sentence.tag(at + 2) not in ("NN", "NNS") or sentence.word(at + 1) not in ("newer", "older"):
        yield sentence.mark("grammar/double-comparative", at, at + 1, sentence.word(at + 1))


MATCHERS: Final = (
    (tuple(_COMPARATIVE_OF), _mark_large_than),
    (("then",), _mark_then_for_than),
    (("that",), _mark_that_for_than),
    (("more", "most"), _mark_double_comparative),
)  # fmt: skip

RULES: Final = (
    Rule(
        id="grammar/then-than",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="After a comparative English says “than”.",
        why="Then is a time, that points at something; than compares.",
        find=find,
        bad=(
            Example.of("This road is longer, but faster <v>then</v> the other. It must be less <v>that</v> 5.",
                       "This road is longer, but faster than the other. It must be less than 5."),
            Example.of("The depth must be <v>large</v> than five.", "The depth must be larger than five."),
        ),
        good=(Example.of("It was easier. Then it rained, and more. If it costs more that year, then we leave."),),
        confidence=0.9,
        safe_fix=True,
    ),
    Rule(
        id="grammar/double-comparative",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="The word is a comparative or superlative already.",
        why="More and -er, most and -est say the same.",
        find=find,
        bad=(Example.of("It is <v>more easier</v> by train, the <v>most cheapest</v> way.",
                        "It is easier by train, the cheapest way."),),
        good=(Example.of("It is easier by train, and more expensive. Most highest bids are low, more or less."),),
        confidence=0.9,
        safe_fix=True,
    ),
)  # fmt: skip
