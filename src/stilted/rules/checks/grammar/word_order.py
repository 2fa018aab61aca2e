"""Order of words around auxiliaries: you also can see, it may be not seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.model import Example, Rule, Status
from stilted.rules.checks.grammar._finder import find, find_guesses
from stilted.rules.checks.grammar._sentence import MODALS, Mark, Sentence

_NOT_BEHIND_BE: Final = "grammar/be-not"
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
    if sentence.word(at - 1) != "be" or modal not in MODALS or not sentence.joined(at - 2, at + 1):
        return
    if sentence.word(at + 1) in _NOT_ONLY or not sentence.is_lower(at):
        return
    if sentence.tag(at + 1) in ("JJ", "VBN", "RB"):
        yield sentence.mark(_NOT_BEHIND_BE, at - 1, at, "not be")


def _mark_adverb_before_modal(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "you also can see"."""
    modal = at + 1
    if sentence.word(modal) not in _PLAIN_MODALS or not sentence.joined(at - 1, modal + 1) or not sentence.is_lower(at):
        return
    has_subject = sentence.word(at - 1) in _PRONOUNS or sentence.tag(at - 1) in ("NN", "NNS", "NNP")
    if has_subject and sentence.tag(modal + 1) == "VB":
        yield sentence.mark(_ADVERB_BEFORE_MODAL, at, modal, f"{sentence.raw(modal)} {sentence.raw(at)}")


MATCHERS: Final = ((("not",), _mark_be_not),)

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
