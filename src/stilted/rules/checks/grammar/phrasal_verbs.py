"""Verbs with a particle that are written like their nouns: to setup, please login, have not login."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.foreign import OBJECT
from stilted.core.model import Example, Rule
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import DETERMINERS, FUNCTION_WORDS, MODALS, Mark, Sentence
from stilted.text.parts_of_speech import ADVERB, NOUN, PLURAL

_SPLIT: Final = {
    "setup": "set up", "login": "log in", "logout": "log out", "backup": "back up", "shutdown": "shut down",
    "checkout": "check out", "startup": "start up", "rollout": "roll out", "rollback": "roll back",
    "signup": "sign up", "cleanup": "clean up", "lookup": "look up", "breakdown": "break down", "logon": "log on",
}  # fmt: skip
_BEFORE_VERB: Final = frozenset(
    "able need needs want wants how order have has try trying possible easy easier allows time you users user required"
    " steps used".split()
)
_NO_VERB_BEFORE: Final = (FUNCTION_WORDS - {"and", "or"}) | frozenset(
    ["", *"mode page time wizard file script screen process scripts files pages".split()]
)
"""What follows the noun, not the verb."""


def _mark_noun_as_verb(sentence: Sentence, at: int) -> Iterator[Mark]:
    following, fixed = sentence.word(at + 1), _SPLIT[sentence.word(at)]
    if sentence.begins(at) and (at == 0 or not sentence.is_lower(at)):
        has_article = following in ("the", "a", "an", "your", "our")
        if (
            has_article
            and sentence.are_joined(at, at + 1)
            and sentence.is_lower(at + 1)
            and not sentence.raw(at).isupper()
        ):
            yield sentence.mark(
                "grammar/noun-as-verb", at, at, fixed.capitalize() if not sentence.is_lower(at) else fixed
            )
    elif (
        sentence.are_joined(at - 1, at)
        and sentence.is_lower(at)
        and not sentence.is_glued(at)
        and _is_verb(sentence, at)
    ):
        # Whom or what one logs in stands before "in", and the server behind "in to": only the writer knows which it is.
        is_open = fixed.startswith("log ") and sentence.word(at + 1) in DETERMINERS | {"it", "them", "all"}
        yield sentence.mark("grammar/noun-as-verb", at, at, *(() if is_open else (fixed,)))


_BE_OR_HAVE: Final = frozenset("is are was were be been have has had to".split())


def _is_verb(sentence: Sentence, at: int) -> bool:
    """Tell whether such a word is used as a verb, by what stands around it."""
    before, following = sentence.word(at - 1), sentence.word(at + 1)
    if sentence.forms(at - 1) == ADVERB and before.endswith("ly") and sentence.word(at - 2) in _BE_OR_HAVE:
        return True
    if before in ("can", "must", "should", "could", "may", "would", "cannot", "don't"):
        return True
    if before in ("will", "please"):
        return following not in ("be", "is", "are")
    has_object = following in DETERMINERS | {"it", "them", "all"} and sentence.are_joined(at, at + 1)
    if before in ("not", "and", "then", "or", ","):
        return has_object
    if before in ("we", "you", "they"):
        return has_object or following == OBJECT
    if before != "to":
        return False
    is_wanted = sentence.word(at - 2) in _BEFORE_VERB
    if is_wanted and _SPLIT[sentence.word(at)] in ("log in", "log on", "log out", "sign up"):
        return has_object or following in ("to", "in", "into", "with", "as") or following not in _NO_VERB_BEFORE
    return has_object or (is_wanted and following not in _NO_VERB_BEFORE)


_AFTER_PARTICIPLE: Final = frozenset(["", *"to in into from for by as with when .".split()])
_LOGGED: Final = {"login": "logged in", "logon": "logged on", "logout": "logged out", "setup": "set up"}


def _mark_login_for_logged_in(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "you have not login" and "users can be login by mail"."""
    first = at - 1
    while sentence.word(first) in ("not", "already", "never") and first > at - 3:
        first -= 1
    helping, following = sentence.word(first), sentence.word(at + 1)
    if not sentence.are_joined(first, at) or sentence.forms(at + 1) & (NOUN | PLURAL) or sentence.is_glued(at):
        return
    is_perfect = helping in ("have", "has", "had", "haven't", "hasn't") and first < at - 1
    is_perfect = is_perfect or (helping in ("haven't", "hasn't") and first == at - 1)
    is_passive = helping == "be" and sentence.word(first - 1) in MODALS and following in _AFTER_PARTICIPLE
    if is_perfect or is_passive:
        message = "As a verb this is two words, and here a participle."
        yield sentence.mark("grammar/noun-as-verb", at, at, _LOGGED[sentence.word(at)], message=message)


MATCHERS: Final = (
    (tuple(_SPLIT), _mark_noun_as_verb),
    (tuple(_LOGGED), _mark_login_for_logged_in),
)  # fmt: skip

RULES: Final = (
    Rule(
        id="grammar/noun-as-verb",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="As a verb this is two words.",
        why="The setup is a noun, to set up a verb; so with login, backup and the like.",
        find=find,
        bad=(
            Example.of("You can <v>setup</v> the tent, and then <v>backup</v> your notes.",
                       "You can set up the tent, and then back up your notes."),
            Example.of("<v>Setup</v> the tent. You need to <v>login</v> to the portal.",
                       "Set up the tent. You need to log in to the portal."),
            Example.of("You have not <v>login</v> to the portal.", "You have not logged in to the portal."),
        ),
        good=(
            Example.of("The setup is simple: go to setup mode, and after login to the portal the backup is there."),
        ),
        confidence=0.8,
        safe_fix=True,
    ),
)  # fmt: skip
