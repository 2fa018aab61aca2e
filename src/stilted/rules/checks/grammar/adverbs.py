"""Adverbs where adjectives belong, and the other way round: the currently room, works different, new added."""

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

_MANNERS: Final = {
    "correct": "correctly", "proper": "properly", "automatic": "automatically", "independent": "independently",
    "efficient": "efficiently", "reliable": "reliably", "normal": "normally", "different": "differently",
    "similar": "similarly", "successful": "successfully", "smooth": "smoothly",
}  # fmt: skip
_DONE: Final = frozenset(
    "work works worked working run runs behave behaves behaved handled executed installed processed loaded".split()
)
_AFTER_MANNER: Final = frozenset(". , with in on for from when if to without by".split())


def _mark_adjective_for_adverb(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "works different from"."""
    if sentence.word(at - 1) not in _DONE or not sentence.are_joined(at - 1, at) or not sentence.is_lower(at):
        return
    is_phrase = sentence.word(at) == "similar" and sentence.word(at - 1) in ("work", "works")
    if is_phrase or sentence.is_glued(at) or sentence.tag(at - 1) in ("NN", "NNS", "JJ"):
        return
    if sentence.word(at + 1) in _AFTER_MANNER:
        yield sentence.mark("grammar/adjective-for-adverb", at, at, _MANNERS[sentence.word(at)])


_BEFORE_PARTICIPLES: Final = {
    "new": "newly", "random": "randomly", "automatic": "automatically", "dynamic": "dynamically",
    "manual": "manually", "explicit": "explicitly", "previous": "previously", "recent": "recently", "high": "highly",
    "full": "fully", "independent": "independently", "logical": "logically", "frequent": "frequently",
    "common": "commonly", "wide": "widely", "separate": "separately",
}  # fmt: skip
_SAID_OF_PARTICIPLES: Final = frozenset(
    "added created generated installed arriving inserted uploaded opened introduced registered developed built defined"
    " declared selected chosen calculated scalable configurable recommended optimized customizable qualified compatible"
    " automated detected configured assigned mentioned described saved stored allocated coupled connected updated"
    " launched deployed discovered started used sorted".split()
)


def _mark_adjective_before_participle(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "new added" and "wide used"; the most common used words are those that are common."""
    is_whole = sentence.are_joined(at, at + 1) and sentence.is_lower(at) and sentence.is_lower(at + 1)
    if not is_whole or sentence.is_glued(at) or sentence.is_glued(at + 1):
        return
    if sentence.word(at) == "wide" and sentence.forms(at - 1) & NOUN:
        return  # over all of it: the harbour wide used radio
    if sentence.word(at + 1) in _SAID_OF_PARTICIPLES and sentence.tag(at + 1) != "NN":
        adverb = _BEFORE_PARTICIPLES[sentence.word(at)]
        yield sentence.mark("grammar/adjective-for-adverb", at, at, adverb)


_SAID_OF_PASSIVES: Final = {
    "immediate": "immediately", "direct": "directly", "automatic": "automatically", "correct": "correctly",
    "successful": "successfully", "temporary": "temporarily", "permanent": "permanently", "periodic": "periodically",
    "implicit": "implicitly", "explicit": "explicitly", "internal": "internally", "external": "externally",
    "dynamic": "dynamically", "manual": "manually", "complete": "completely",
}  # fmt: skip
_BEHIND_PASSIVE: Final = frozenset(". , ; by in to into on from with when if after before as at for".split())


def _mark_adjective_in_passive(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "is immediate set"."""
    verb, possible = at + 1, sentence.forms(at + 1)
    is_whole = sentence.are_joined(at - 1, verb) and sentence.is_lower(at) and not sentence.is_glued(verb)
    if sentence.word(at - 1) not in _BE or not is_whole or not possible & PARTICIPLE:
        return
    if possible & (ING | ADJECTIVE) and sentence.word(verb) != "set":
        return
    if sentence.word(verb + 1) in _BEHIND_PASSIVE or verb + 1 == len(sentence.words):
        yield sentence.mark("grammar/adjective-for-adverb", at, at, _SAID_OF_PASSIVES[sentence.word(at)])


_BE: Final = frozenset("is are was were be been being".split())

MATCHERS: Final = (
    (_ADVERBS, _mark_adverb_before_noun),
    (tuple(_MANNERS), _mark_adjective_for_adverb),
    (tuple(_BEFORE_PARTICIPLES), _mark_adjective_before_participle),
    (tuple(_SAID_OF_PASSIVES), _mark_adjective_in_passive),
)  # fmt: skip

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
    Rule(
        id="grammar/adjective-for-adverb",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="An adverb says how something works or is done.",
        why="German, Dutch and Chinese have one form for both.",
        find=find,
        bad=(Example.of("The new lock works <v>different</v> from the old one.",
                        "The new lock works differently from the old one."),
             Example.of("The lamp is <v>immediate</v> set, and it is <v>automatic</v> lit by the guard.",
                        "The lamp is immediately set, and it is automatically lit by the guard."),
             Example.of("The <v>new</v> built lock must be <v>explicit</v> defined.",
                        "The newly built lock must be explicitly defined."),),
        good=(Example.of("The newly built lock is in common use. High scalable is what is high and scalable-to-be."),
              Example.of("The way is direct known paths are longer. What is internal stays, and the set is complete."),
              Example.of("The harbour wide installed lamps are those of the whole harbour."),
              Example.of("The new lock works differently. Similar locks work; the work similar to it is done."),),
        confidence=0.85,
    ),
)  # fmt: skip
