"""Order of words around auxiliaries: you also can see, it may be not seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.model import Example, Rule, Status
from stilted.rules.checks.grammar._finder import find, find_guesses
from stilted.rules.checks.grammar._sentence import MODALS, Mark, Sentence
from stilted.text.parts_of_speech import VERB

_NOT_BEHIND_BE: Final = "grammar/be-not"
_ALSO: Final = "grammar/also-behind-verb"
_ADVERB_BEFORE_MODAL: Final = "grammar/adverb-before-modal"
_NOT_ONLY: Final = frozenset(
    "only just less more merely simply so at the a an in to greater larger quite as yet even but".split()
)
"""What "not" belongs to rather than to the auxiliary: it may be not only red."""
_PLAIN_MODALS: Final = frozenset("can will should must may could would".split())
_ADVERBS: Final = frozenset(
    "also still now additionally even sometimes easily always usually already often only therefore".split()
)
_PRONOUNS: Final = frozenset("you we it they which that".split())


def _mark_be_not(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "may be not seen"."""
    modal = sentence.word(at - 2)
    if sentence.word(at - 1) != "be" or modal not in MODALS or not sentence.are_joined(at - 2, at + 1):
        return
    if sentence.word(at + 1) in _NOT_ONLY or not sentence.is_lower(at):
        return
    if sentence.tag(at + 1) in ("JJ", "VBN", "RB"):
        yield sentence.mark(_NOT_BEHIND_BE, at - 1, at, "not be")


def _mark_adverb_before_modal(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "you also can see"."""
    modal = at + 1
    if (
        sentence.word(modal) not in _PLAIN_MODALS
        or not sentence.are_joined(at - 1, modal + 1)
        or not sentence.is_lower(at)
    ):
        return
    has_subject = sentence.word(at - 1) in _PRONOUNS or sentence.tag(at - 1) in ("NN", "NNS", "NNP")
    if has_subject and sentence.tag(modal + 1) == "VB":
        yield sentence.mark(_ADVERB_BEFORE_MODAL, at, modal, f"{sentence.raw(modal)} {sentence.raw(at)}")


_ALSO_BEFORE: Final = frozenset("as to with in on for by from at into that if when".split())
"""What "also" may belong to where it follows a verb: it can be seen also from the sea."""


def _mark_also_behind_verb(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "can use also a key"."""
    verb, following = at - 1, sentence.word(at + 1)
    if (
        sentence.word(at - 2) not in _PLAIN_MODALS
        or not sentence.are_joined(at - 2, at + 1)
        or not sentence.is_lower(at)
    ):
        return
    if following in _ALSO_BEFORE or sentence.word(verb) in ("be", "not", "have") or not sentence.forms(verb) & VERB:
        return
    if sentence.tag(verb) == "VB":
        yield sentence.mark(_ALSO, verb, at, f"also {sentence.raw(verb)}")


MATCHERS: Final = ((("not",), _mark_be_not), (("also",), _mark_also_behind_verb))

GUESSES: Final = ((_ADVERBS, _mark_adverb_before_modal),)

RULES: Final = (
    Rule(
        id=_NOT_BEHIND_BE,
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="“Not” stands right behind the auxiliary: may not be seen.",
        why="In German, Russian or Chinese “not” stands by the word that it denies.",
        find=find,
        bad=(Example.of("The tower may <v>be not</v> visible at night.", "The tower may not be visible at night."),),
        good=(Example.of("The tower may be not only old but tall, and must be not less than a mile away."),),
        confidence=0.8,
    ),
    Rule(
        id=_ALSO,
        category="Style/Awkward style",
        severity="minor",
        message="“Also” stands behind the auxiliary, before the verb: can also use.",
        why="In German, Italian or Russian it stands behind the verb.",
        find=find,
        bad=(Example.of("You can <v>use also</v> a key of brass.", "You can also use a key of brass."),),
        good=(Example.of("You can also use a key. It will work also in winter, and it may be also green."),),
        confidence=0.75,
    ),
    Rule(
        id=_ADVERB_BEFORE_MODAL,
        category="Style/Awkward style",
        severity="minor",
        message="The adverb mostly stands behind the auxiliary: you can also see.",
        why="In Russian, German or Chinese it stands before the verb phrase.",
        find=find_guesses,
        bad=(
            Example.of("You <v>also can</v> sail by night, and the guard <v>still will</v> wait.",
                       "You can also sail by night, and the guard will still wait."),
        ),
        good=(Example.of("You can also sail by night. Also can it rain, and now may is a month."),),
        confidence=0.5,
        status=Status.PREVIEW,
        stable_at_high=True,
    ),
)  # fmt: skip
