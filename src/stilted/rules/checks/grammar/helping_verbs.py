"""Forms of verbs behind be, have and do: is exist, have not login, did you opened, the file not exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.rules.checks.grammar._finder import NO_RULES
from stilted.rules.checks.grammar._sentence import DETERMINERS, FUNCTION_WORDS, MODALS, PRONOUNS, Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, ING, NOUN, PARTICIPLE, PAST, PLURAL, VERB, VERB_S

_AGREEMENT: Final = "grammar/modal-agreement"
_AFTER_BE: Final = "grammar/be-and-bare-verb"
_BE: Final = frozenset("is are was were be been being 's 're".split())
_BETWEEN: Final = frozenset("not already also still currently only always".split())
_ASKING: Final = frozenset("why how when where what which who".split())
_SUBJECTS: Final = frozenset("you they it we he she i".split())


def _mark_finite_verb_in_question(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "did you opened it"; what you put or read has one form for all times."""
    verb = at + 2
    possible = sentence.forms(verb)
    opens = sentence.begins(at) or (sentence.word(at - 1) in _ASKING and sentence.begins(at - 1))
    if not opens or sentence.word(at + 1) not in _SUBJECTS or not sentence.are_joined(at, verb):
        return
    if possible & (PAST | VERB_S) and not possible & (VERB | NOUN | PLURAL | ADJECTIVE | ADVERB):
        yield sentence.mark(_AGREEMENT, verb, verb)


_STATES: Final = frozenset(
    "exist exists occur occurs happen happens depend depends belong belongs consist consists".split()
)
"""Verbs that have no passive."""


def _mark_be_before_state(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "is already exist" and "it's depend on"."""
    be = at - 1
    while sentence.word(be) in _BETWEEN and be > at - 3:
        be -= 1
    form = sentence.word(be)
    if form not in _BE or form in ("be", "been", "being") or not sentence.is_lower(at) or be < 1:
        return
    if not sentence.are_joined(be, at) or sentence.word(be - 1) in _ASKING | {"all", "that"} or sentence.is_glued(at):
        return
    yield sentence.mark(_AFTER_BE, be, at)


_USED: Final = frozenset("to in for by as with when".split())


def _mark_use_for_used(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "it is use to open the door"; what there is use for is a noun."""
    before = sentence.word(at - 1)
    if before not in ("is", "are", "was", "were", "been") or not sentence.are_joined(at - 2, at + 1):
        return
    follows = sentence.word(at + 1) == "to" and sentence.forms(at + 2) & VERB
    is_passive = bool(follows) or sentence.word(at + 1) in ("by", "as")
    if is_passive and sentence.word(at - 2) not in ("all", "do", "does", "there", "what") and sentence.is_lower(at):
        yield sentence.mark(_AFTER_BE, at, at, "used")


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
    is_passive = (
        helping == "be" and sentence.word(first - 1) in MODALS and following in _USED | {"", ".", "into", "from"}
    )
    if is_perfect or is_passive:
        message = "As a verb this is two words, and here a participle."
        yield sentence.mark("grammar/noun-as-verb", at, at, _LOGGED[sentence.word(at)], message=message)


_FORMS: Final = {"exist": "exist", "exists": "exist", "support": "support", "supports": "support", "work": "work"}
_NEGATABLE: Final = FUNCTION_WORDS | MODALS | {"or", "if", "and", "", "better", "rather", "but", "to"}


_INVERTED: Final = MODALS | {"do", "does", "did"}


def _mark_not_without_do(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "the file not exist" and "if it not supports it"."""
    before, verb = sentence.word(at - 2), sentence.word(at)
    if sentence.word(at - 1) != "not" or not sentence.are_joined(at - 2, at) or not sentence.is_lower(at):
        return
    if verb in ("support", "supports", "work") and not (before in PRONOUNS or sentence.word(at + 1) in DETERMINERS):
        return
    possible = sentence.forms(at - 2)
    is_noun = not possible & VERB or sentence.word(at - 3) in DETERMINERS
    is_one = before in ("it", "he", "she") or bool(possible & NOUN and not possible & (PLURAL | ADVERB) and is_noun)
    is_many = before in ("you", "we", "they") or bool(possible & PLURAL and not possible & (NOUN | VERB_S))
    if before in _NEGATABLE - PRONOUNS or not (is_one or is_many) or sentence.is_glued(at):
        return
    if sentence.word(at - 3) in _INVERTED:
        return  # why do you not support it
    fixed = f"{'does' if is_one else 'do'} not {_FORMS[verb]}"
    yield sentence.mark("grammar/verb-after-subject", at - 1, at, fixed, message="A negated verb wants “do” or “does”.")


def _mark_ing_after_start_to(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "start to using it" and "how to debugging it"."""
    possible = sentence.forms(at + 2)
    is_to = sentence.word(at + 1) == "to" and sentence.are_joined(at, at + 2) and sentence.is_lower(at + 2)
    if is_to and possible & ING and not possible & (NOUN | VERB | ADJECTIVE) and not sentence.is_glued(at + 2):
        yield sentence.mark("grammar/infinitive-form", at + 1, at + 2)


def _mark_success_for_successfully(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "the data is saved success"."""
    is_done = bool(sentence.forms(at - 1) & (PARTICIPLE | PAST)) and sentence.word(at - 2) in _BE | {"not"}
    if is_done and sentence.are_joined(at - 2, at) and sentence.word(at + 1) in (".", ",", "!", "", "and"):
        yield sentence.mark("grammar/word-form", at, at, "successfully", message="What is done wants the adverb.")


RULES: Final = NO_RULES

_OTHER: Final = NOUN | ADJECTIVE | ADVERB | PARTICIPLE | ING | PLURAL
_AFTER_HAVE: Final = _BETWEEN | frozenset("never just successfully recently previously even now".split())
_CONTRACTED: Final = frozenset("you've we've they've i've".split())


def _mark_bare_verb_after_have(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "we've include" and "has already provides"; they have write access, and it has depends for a name."""
    verb = at + 1 if sentence.word(at + 1) not in _AFTER_HAVE else at + 2
    possible, following = sentence.forms(verb), sentence.word(verb + 1)
    if not possible & (VERB | VERB_S) or possible & _OTHER or not sentence.are_joined(at, verb):
        return
    if not sentence.is_lower(verb) or sentence.is_glued(verb) or sentence.word(verb) in ("to", "be", "is", "have"):
        return
    if verb > at + 1 or sentence.word(at) in _CONTRACTED or following in DETERMINERS:
        yield sentence.mark("grammar/be-and-bare-verb", at, verb)


MATCHERS: Final = (
    ((*_CONTRACTED, "have", "has"), _mark_bare_verb_after_have),
    ("did do does didn't don't doesn't".split(), _mark_finite_verb_in_question),
    (_STATES, _mark_be_before_state),
    (("use",), _mark_use_for_used),
    (tuple(_LOGGED), _mark_login_for_logged_in),
    (tuple(_FORMS), _mark_not_without_do),
    ("start starts begin begins try tries able how".split(), _mark_ing_after_start_to),
    (("success",), _mark_success_for_successfully),
)
