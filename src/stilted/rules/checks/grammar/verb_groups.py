"""Two finite verbs side by side, modals that have no bare verb behind them, and clauses that lack their "it"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.model import Example, Rule
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import DETERMINERS, MODALS, PRONOUNS, Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, NOUN, PARTICIPLE, PAST, PLURAL, VERB, VERB_S

_LOOK_BACK: Final = 8
_OPENING: Final = frozenset("what whatever how all where who why whom when which whether thing that".split())
"""Words after which a clause may be the subject: what he sees is, how it works is."""
_CLAUSE_STARTS: Final = frozenset(", and but if because so ; that when".split())
_OTHER: Final = NOUN | PLURAL | ADJECTIVE | ADVERB | VERB | PAST | PARTICIPLE
_SET_PHRASES: Final = frozenset("contains exists happens means".split())
"""Verbs that are not marked here: “is contains” is a set phrase of `stilted.rules.checks.grammar.set_phrases`."""


def _mark_two_verbs(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "is can", "does will" and "is becomes"."""
    verb = at + 1
    if not sentence.are_joined(at - 1, verb) or sentence.begins(at) or sentence.is_glued(verb):
        return
    if not sentence.is_lower(at) or not sentence.is_lower(verb):
        return
    if (
        sentence.word(at - 1) in PRONOUNS
        and not sentence.begins(at - 1)
        and sentence.word(at - 2) not in _CLAUSE_STARTS
    ):
        return  # the way it is will do
    if sentence.word(at) in ("do", "does") and sentence.word(at - 2) == "as":
        return  # to sail as he does takes years
    second, following = sentence.word(verb), sentence.word(verb + 1)
    if any(each in _OPENING for each in sentence.words[max(0, at - _LOOK_BACK) : at - 1]):
        return
    if sentence.word(at - 1) in _OPENING - {"that", "which"}:
        return
    if second in MODALS:
        is_found = following not in PRONOUNS | DETERMINERS and sentence.are_joined(verb, verb + 1)
    else:
        possible = sentence.forms(verb)
        is_phrase = second in _SET_PHRASES or following in ("on", "of", "to", "like")
        is_found = bool(possible & VERB_S) and not possible & _OTHER and not (is_phrase and second != "belongs")
        is_found = is_found and second not in ("is", "has", "does", "was")
    if is_found:
        yield sentence.mark("grammar/two-verbs", at, verb)


_AS_MUCH_AS: Final = frozenset("as if all what everything anything whatever best".split())
_AFTER_ADJECTIVE: Final = frozenset("to in for at on with . , if when as by".split())


def _mark_modal_without_verb(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "should to wait" and "may difficult to see"."""
    following = sentence.word(at + 1)
    if not sentence.are_joined(at - 1, at + 1) or not sentence.is_lower(at) or sentence.begins(at):
        return
    if sentence.word(at - 1) in DETERMINERS or not sentence.is_lower(at + 1) or sentence.is_glued(at + 1):
        return
    if sentence.may_be_thing(at):
        return
    if following == "to":
        is_all = (sentence.word(at - 2), sentence.word(at - 3)) == ("that", "all")
        if sentence.word(at - 1) in PRONOUNS and (is_all or sentence.word(at - 2) in _AS_MUCH_AS):
            return  # as fast as you can to get there: the purpose of all that one can do
        is_verb = sentence.forms(at + 2) & VERB and sentence.are_joined(at + 1, at + 2)
        if is_verb and sentence.word(at) not in ("would", "might") and sentence.tag(at) == "MD":
            yield sentence.mark("grammar/modal-agreement", at, at + 1, sentence.raw(at))
        return
    possible = sentence.forms(at + 1)
    is_adjective = possible in (ADJECTIVE, ADJECTIVE | NOUN) and sentence.word(at + 2) in _AFTER_ADJECTIVE
    if is_adjective and sentence.tag(at) == "MD" and not _may_be_question(sentence, at):
        yield sentence.mark("grammar/modal-agreement", at, at + 1, f"{sentence.raw(at)} be {following}")


def _may_be_question(sentence: Sentence, at: int) -> bool:
    """Tell whether the subject may stand behind the modal: how fast can small in-memory tables be?"""
    return any(each in ("how", "why", "where", "so", "nor") for each in sentence.words[max(0, at - 4) : at])


_MAKES: Final = frozenset("make makes making".split())
_MEASURES: Final = frozenset("much many long far old big".split())
_EASE: Final = frozenset("easy easier possible difficult harder hard impossible trivial simple simpler".split())


def _mark_missing_it(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "makes easy to find" and "how easy is to find"."""
    if not sentence.is_lower(at) or sentence.is_glued(at):
        return
    if sentence.word(at) == "how":
        is_found = (
            sentence.word(at + 2) == "is"
            and sentence.word(at + 3) == "to"
            and bool(sentence.forms(at + 1) & ADJECTIVE)
            and sentence.word(at + 1) not in _MEASURES
            and sentence.are_joined(at, at + 4)
        )
        if is_found and bool(sentence.forms(at + 4) & VERB):
            yield sentence.mark("grammar/lost-it", at + 2, at + 2, "it is")
        return
    ease = at + 2 if sentence.word(at + 1) in ("very", "more", "really") else at + 1
    if sentence.word(ease) not in _EASE or sentence.word(ease + 1) != "to" or not sentence.are_joined(at, ease + 2):
        return
    is_passive = sentence.word(at - 1) in ("is", "are", "be", "was", "were", "been", "has", "have")
    if sentence.forms(ease + 2) & VERB and not is_passive and sentence.word(at - 1) not in ("that", "which"):
        fixed = sentence.text[sentence.tokens[at + 1].start : sentence.tokens[ease].end]
        yield sentence.mark("grammar/lost-it", at, ease, f"{sentence.raw(at)} it {fixed}")


_NEVER_BARE: Final = {
    "change": "changed", "move": "moved", "merge": "merged", "scroll": "scrolled", "return": "returned",
    "display": "displayed", "request": "requested", "load": "loaded", "link": "linked", "store": "stored",
    "process": "processed", "export": "exported", "import": "imported", "insert": "inserted", "update": "updated",
    "replace": "replaced", "filter": "filtered", "test": "tested", "trigger": "triggered", "cache": "cached",
    "use": "used", "query": "queried", "show": "shown", "copy": "copied", "delete": "deleted", "start": "started",
    "release": "released", "place": "placed", "support": "supported",
}  # fmt: skip
"""Verbs that are nouns too, which "be" hardly has behind it without an article, and their participles."""
_HARDLY_AFTER_IS: Final = frozenset("move release place support store delete insert replace import export".split())
"""Those that stand behind "is" no more than behind "be"."""
_AFTER_FINITE_PASSIVE: Final = frozenset("by to into under in via from".split())
_HARDLY_NOUNS: Final = frozenset("delete insert replace".split())
_AFTER_PASSIVE: Final = frozenset("by in with to from as using via on for into when at".split())


_HOW_DONE: Final = frozenset("successfully automatically manually correctly properly".split())
_FORMS_OF_BE: Final = frozenset("is are was were be been".split())


def _mark_passive_without_ending(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "can be change by"."""
    be, before = sentence.word(at - 1), sentence.word(at - 2)
    if be in _HOW_DONE and before in _FORMS_OF_BE and sentence.are_joined(at - 2, at) and sentence.ends_phrase(at):
        if sentence.is_lower(at) and not sentence.is_glued(at):
            yield sentence.mark("grammar/be-and-bare-verb", at, at, _NEVER_BARE[sentence.word(at)])
        return
    if be in ("is", "are", "was", "were"):
        is_change = sentence.word(at) == "change" and sentence.word(at + 1) in ("to", "into")
        is_passive = sentence.word(at) in _HARDLY_AFTER_IS and sentence.word(at + 1) in _AFTER_FINITE_PASSIVE
        if not is_change and not is_passive:
            return
    elif be != "be" or not (before in MODALS or before == "to" or sentence.word(at - 3) in MODALS):
        return
    is_whole = sentence.are_joined(at - 2, at + 1) and sentence.is_lower(at) and not sentence.is_glued(at)
    if sentence.word(at) in ("use", "support", "change") and "there" in sentence.words[max(0, at - _LOOK_BACK) : at]:
        return  # there may be use for it
    if is_whole and (sentence.word(at + 1) in _AFTER_PASSIVE or sentence.word(at) in _HARDLY_NOUNS):
        yield sentence.mark("grammar/be-and-bare-verb", at, at, _NEVER_BARE[sentence.word(at)])


MATCHERS: Final = (
    (tuple(_NEVER_BARE), _mark_passive_without_ending),
    ("is are was were does do".split(), _mark_two_verbs),
    (MODALS, _mark_modal_without_verb),
    ((*_MAKES, "how"), _mark_missing_it),
)

RULES: Final = (
    Rule(
        id="grammar/two-verbs",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="Two finite verbs stand side by side: one is too many, or a word between them is missing.",
        why="In languages where a verb does not change, a form of be or do is set before it.",
        find=find,
        bad=(
            Example.of("The gate <v>is can</v> be opened, and the wood <v>is becomes</v> grey."),
            Example.of("The lock <v>does will</v> not hold."),
        ),
        good=(
            Example.of("The gate can be opened. What it is can be told, and how it works is told there."),
            Example.of("The question is can we open it? It is must-have gear, and the way it is will do."),
        ),
        confidence=0.85,
    ),
    Rule(
        id="grammar/lost-it",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="English says what is easy or possible of “it”: makes it easy to find, how easy it is to find.",
        why="In Spanish, Italian, Russian or Chinese nothing stands there.",
        find=find,
        bad=(
            Example.of("The map <v>makes easy</v> to find the way.", "The map makes it easy to find the way."),
            Example.of("They show how easy <v>is</v> to find the way.", "They show how easy it is to find the way."),
        ),
        good=(
            Example.of("The map makes it easy to find the way. How easy is it to find? How easy it is to find!"),
            Example.of("The hints made easy to find are few."),
        ),
        confidence=0.85,
    ),
)  # fmt: skip
