"""Infinitives, what is put in their place, and what stands before them: allows to do, to opens, want add."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.model import Example, Rule
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import DETERMINERS, PRONOUNS, Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, ING, NOUN, PARTICIPLE, PAST, PLURAL, VERB, VERB_S

_WANT_OBJECT: Final = frozenset(
    "allow allows allowing permit permits permitting enable enables enabling recommend recommends recommending suggest"
    " suggests suggesting supports requires avoid avoids consider considers advise advises".split()
)
_OTHER: Final = NOUN | ADJECTIVE | ADVERB
_PEOPLE: Final = frozenset("you us them him me users developers people".split())


def _is_said_of_noun_before(sentence: Sentence, at: int) -> bool:
    """Tell whether the subject stands right behind a noun, which is the object then: time it requires to rest."""
    first = at - 1
    while first > 0 and at - first < _LONGEST_NAME and sentence.forms(first) & (NOUN | ADJECTIVE):
        first -= 1
    is_led = sentence.word(first) in ("the", "a", "an", "this", "your", "its") and sentence.are_joined(first - 1, at)
    return is_led and bool(sentence.forms(first - 1) & NOUN) and sentence.tag(first - 1) in ("NN", "NNS", "NNP")


_LONGEST_NAME: Final = 4


def _mark_infinitive_without_object(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "allows to lift" and "recommend to book"."""
    verb = sentence.skip_adverbs(at + 2)
    is_told = sentence.begins(at) and sentence.word(at) in ("allows", "enables", "permits")
    if sentence.word(at + 1) != "to" or not sentence.are_joined(at, verb) or not (sentence.is_lower(at) or is_told):
        return
    if not sentence.forms(verb) & VERB or not sentence.is_lower(verb):
        return
    word, before = sentence.word(at), sentence.word(at - 1)
    if before in ("is", "be", "are", "was", "been"):
        return  # "is recommend": another rule's
    if before in PRONOUNS and sentence.word(at - 2) in ("what", "that", "which", "whatever"):
        return  # the object went ahead
    if _is_said_of_noun_before(sentence, at):
        return
    if word in ("supports", "requires") and sentence.tag(at) != "VBZ":
        return
    if word.startswith("permit") and before in DETERMINERS | {"of", "or", "and"}:
        return
    if sentence.word(verb) == "be" and word.startswith(("allow", "permit", "consider")):
        return  # "what it will allow to be done", "what they consider to be right": the object went ahead
    yield sentence.mark("grammar/infinitive-without-object", at, verb)


def _mark_infinitive_after_object(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "lets you to do" and "allows you do"."""
    word = sentence.word(at)
    if sentence.word(at + 1) not in _PEOPLE or not sentence.are_joined(at, at + 2) or not sentence.is_lower(at + 2):
        return
    third, possible = sentence.word(at + 2), sentence.forms(at + 2)
    if possible & ING and not possible & (NOUN | ADJECTIVE | ADVERB | VERB):
        if word.startswith(("allow", "enabl", "help", "permit", "let")):
            yield sentence.mark("grammar/object-infinitive", at + 1, at + 2)
        return
    if word.startswith("help"):
        return
    if word in ("let", "lets", "letting", "makes"):
        if third == "to" and sentence.forms(at + 3) & VERB and sentence.are_joined(at + 2, at + 3):
            yield sentence.mark("grammar/object-infinitive", at + 1, at + 2, sentence.raw(at + 1))
    elif possible & VERB and not possible & (PAST | ADJECTIVE | ADVERB) and third not in ("do", "have", "need"):
        if possible & NOUN and sentence.word(at + 3) not in DETERMINERS:
            return
        fixed = f"{sentence.raw(at + 1)} to {third}"
        yield sentence.mark("grammar/object-infinitive", at + 1, at + 2, fixed)


_OBJECT_STARTS: Final = frozenset("the a an this your it them our their".split())
_HELPED: Final = frozenset("you us me him users people".split())
_WRITING_TO: Final = frozenset("save write export send copy move add print convert import append".split())
_NEAR: Final = 8
"""Words before a verb in which the beginning of what it ends is looked for."""
_TAKING_TO: Final = frozenset(
    "refers refer referred belongs belong listens listen relates relate leads lead replies reply points point applies"
    " apply responds respond talks talk speaks speak consents consent leading led".split()
)
_WANTING: Final = frozenset("able need needs want order possible used allowed".split())


def _mark_verb_after_to(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "to opens the door" and "able to opened"."""
    if not sentence.are_joined(at, at + 1) or not sentence.is_lower(at + 1) or sentence.is_glued(at + 1):
        return
    possible, third = sentence.forms(at + 1), sentence.word(at + 2)
    if possible & (VERB | _OTHER) or sentence.word(at + 1) in ("is", "was", "has"):
        return
    if possible & VERB_S:
        if sentence.word(at + 1) == "does" and third == "not":
            return  # the sea that it takes its name from or to does not matter
        if sentence.word(at - 1) in _TAKING_TO:
            return  # "to" belongs to what stands before: the person whom it refers to gives leave
        if possible & PLURAL and sentence.word(at - 1) in _WRITING_TO:
            return  # save to files the names of all boats
        starts = _OBJECT_STARTS | _HELPED if sentence.word(at + 1) == "helps" else _OBJECT_STARTS
        is_verb = not possible & PLURAL or (third in starts and sentence.are_joined(at, at + 2))
    else:
        is_verb = bool(possible & (PAST | PARTICIPLE)) and (third in DETERMINERS or sentence.word(at - 1) in _WANTING)
    if is_verb:
        yield sentence.mark("grammar/infinitive-form", at, at + 1)


_USED: Final = frozenset("be is are was were been being".split())


def _mark_bare_verb_after_used(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "can be used perform"; what has no other form than the verb's can be nothing else."""
    verb = at + 1
    if sentence.word(at - 1) not in _USED or not sentence.are_joined(at - 1, verb) or not sentence.is_lower(verb):
        return
    if sentence.forms(verb) == VERB and not sentence.is_glued(verb):
        yield sentence.mark("grammar/infinitive-form", at, verb, f"used to {sentence.word(verb)}")


def _mark_ing_after_want_to(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "want to going"."""
    if sentence.word(at) == "order" and "from" in sentence.words[max(0, at - _NEAR) : at]:
        return  # from taking the order to sending the goods
    possible = sentence.forms(at + 2)
    if (
        sentence.word(at + 1) == "to"
        and sentence.are_joined(at, at + 2)
        and possible & ING
        and not possible & (NOUN | VERB)
    ):
        yield sentence.mark("grammar/infinitive-form", at + 1, at + 2)


def _mark_ing_after_start_to(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "start to using it" and "how to debugging it"."""
    possible = sentence.forms(at + 2)
    is_to = sentence.word(at + 1) == "to" and sentence.are_joined(at, at + 2) and sentence.is_lower(at + 2)
    if is_to and possible & ING and not possible & (NOUN | VERB | ADJECTIVE) and not sentence.is_glued(at + 2):
        yield sentence.mark("grammar/infinitive-form", at + 1, at + 2)


_HELP: Final = frozenset("help helps helped".split())


def _mark_ing_after_help(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "helps solving"; what one cannot help doing is another thing."""
    possible = sentence.forms(at + 1)
    if not sentence.are_joined(at, at + 1) or not sentence.is_lower(at + 1) or sentence.word(at - 1) in (
        "not", "cannot", "can't", "couldn't", "a", "the", "of", "with", "this", "any", "some", "for", "need", "want",
    ):  # fmt: skip
        return
    if possible & ING and not possible & (NOUN | ADJECTIVE | ADVERB | VERB) and sentence.tag(at).startswith("V"):
        yield sentence.mark("grammar/infinitive-form", at, at + 1)


def _mark_ing_after_do_is(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "all you need to do is adding keys"."""
    verb = at + 2
    if (
        sentence.word(at + 1) not in ("is", "was")
        or not sentence.are_joined(at - 1, verb)
        or not sentence.is_lower(verb)
    ):
        return
    if sentence.word(at - 1) not in ("to", "can", "must", "should", "could", "you", "we"):
        return
    possible = sentence.forms(verb)
    if possible & ING and not possible & (NOUN | ADJECTIVE):
        yield sentence.mark("grammar/infinitive-form", verb, verb)


_WANTS: Final = frozenset("want wants wanted need needs".split())
_ABLE: Final = frozenset("able unable possible impossible recommended".split())
_BEFORE_ABLE: Final = frozenset({"is", "be", "are", "was", "were", "'s", "not"})
_HARDLY_NOUNS: Final = frozenset("make get see".split())
_AFTER_BARE: Final = frozenset("the a an your our".split())


def _mark_bare_verb_after_want(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "need add", "want create" and "is possible define"."""
    word, possible = sentence.word(at + 1), sentence.forms(at + 1)
    if not sentence.are_joined(at, at + 1) or not sentence.is_lower(at + 1) or not possible & VERB:
        return
    if sentence.begins(at) or sentence.is_glued(at + 1) or word in ("are", "is"):
        return  # "the rights you need are few"
    wanting, before = sentence.word(at), sentence.word(at - 1)
    if word == "be":
        if wanting not in ("need", "needs") or (wanting == "need" and before in ("that", "as", "if", "when")):
            return
        if wanting == "need" and before not in ("not", "don't") and not sentence.forms(at + 2) & PARTICIPLE:
            return  # one need be no sailor
    elif _is_noun_or_told(sentence, at) or (
        possible & (_OTHER | PLURAL | PARTICIPLE | PAST) and not _is_bare_verb_here(sentence, at, before)
    ):
        return
    if before in _BEFORE_ABLE if wanting in _ABLE else sentence.tag(at) in ("VB", "VBP", "VBZ", "VBD"):
        yield sentence.mark("grammar/infinitive-form", at, at + 1, f"{sentence.raw(at)} to {word}")


def _is_noun_or_told(sentence: Sentence, at: int) -> bool:
    """Tell whether a bare verb is right after another one: all we need do is wait, it needs write access."""
    word, following = sentence.word(at + 1), sentence.word(at + 2)
    if sentence.word(at) == "need" and (sentence.word(at - 1) == "what" or (word, following) == ("do", "is")):
        return True
    return word == "write" and following in ("access", "permission", "permissions", "rights")


def _is_bare_verb_here(sentence: Sentence, at: int, before: str) -> bool:
    """Tell whether what can be a noun too is a verb: "you want store the keys"."""
    if before not in ("you", "we", "they", "not", "don't") and sentence.word(at) not in _ABLE:
        return False
    word, following = sentence.word(at + 1), sentence.word(at + 2)
    if not sentence.are_joined(at + 1, at + 2) or not sentence.is_lower(at + 2):
        return False
    return word in _HARDLY_NOUNS or (following in _AFTER_BARE and word not in ("help", "access", "support"))


MATCHERS: Final = (
    (_WANT_OBJECT, _mark_infinitive_without_object),
    ("help helps helping let lets letting allow allows allowing enable enables permit permits require requires force"
     " forces ask asks tell".split(),
     _mark_infinitive_after_object),
    (("to",), _mark_verb_after_to),
    (("used",), _mark_bare_verb_after_used),
    ("want wants need needs try tries able order possible necessary".split(), _mark_ing_after_want_to),
    ("start starts begin begins try tries able how".split(), _mark_ing_after_start_to),
    (_HELP, _mark_ing_after_help),
    (("do",), _mark_ing_after_do_is),
    (_WANTS | _ABLE, _mark_bare_verb_after_want),
)  # fmt: skip

RULES: Final = (
    Rule(
        id="grammar/infinitive-without-object",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="This verb takes an object before “to”, or the form in -ing: allows you to do, allows doing.",
        why="Allow, permit, enable, recommend and suggest are not followed by a bare infinitive, as their counterparts"
        " are in French, German, Russian or Chinese.",
        find=find,
        bad=(
            Example.of("The oven also <v>supports to bake</v> bread."),
            Example.of("<v>Allows to lift</v> the lid."),
            Example.of("The lever <v>allows to lift</v> heavy loads. It <v>requires to hold</v> the rope."),
            Example.of("We strongly <v>recommend to book</v> early, and they <v>suggest to leave</v> at noon."),
        ),
        good=(
            Example.of("Set the time the pump requires to start."),
            Example.of("They set two supports to hold the roof, and it supports up to ten people."),
            Example.of("The lever allows you to lift heavy loads. We recommend booking early."),
            Example.of("She had a permit to fish there. Nobody is allowed to leave. He plans to go."),
        ),
        confidence=0.85,
    ),
    Rule(
        id="grammar/object-infinitive",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="“Let” takes a bare verb after its object; “allow”, “require” and the like take “to”.",
        why="The two constructions are mixed up.",
        find=find,
        bad=(
            Example.of("It lets <v>you to</v> see the sea.", "It lets you see the sea."),
            Example.of("The key allows <v>them enter</v> the house.", "The key allows them to enter the house."),
            Example.of("A map helps <v>you choosing</v> the way, and lets <v>us getting</v> home."),
        ),
        good=(
            Example.of("It lets you see the sea. The key allows them to enter it. Ask users things; require people."),
        ),
        confidence=0.8,
    ),
    Rule(
        id="grammar/infinitive-form",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="An infinitive is “to” and the bare verb.",
        why="The verb after to carries an ending, or to itself is missing.",
        find=find,
        bad=(
            Example.of("This helps <v>to reduces</v> noise, and you need <v>to removed</v> the lid."),
            Example.of("They want <v>to removing</v> a bridge. The lid <v>needs be</v> gone."),
            Example.of("If you <v>want store</v> the boxes, it is <v>possible rent</v> a room.",
                       "If you want to store the boxes, it is possible to rent a room."),
            Example.of("They were <v>able create</v> a garden.", "They were able to create a garden."),
            Example.of("An oar can be <v>used perform</v> other tasks.", "An oar can be used to perform other tasks."),
            Example.of("The rope was added <v>to helps</v> you climb."),
            Example.of("They start <v>to using</v> the lock. All they need to do is <v>adding</v> oil."),
        ),
        good=(
            Example.of("This helps to reduce noise due to limited means, and access to shared rooms."),
            Example.of("The owner of the bridge it belongs to gives leave; they reply to mails."),
            Example.of("They want to build a bridge. Need be, the lid is removed; needs vary."),
            Example.of("One need be no sailor: all you need do is wait. It needs write access."),
            Example.of("The name that the hut has changed to does not matter."),
            Example.of("The keys you need are here. We want store rooms, able hands and a possible rent."),
            Example.of("All they need to do is add oil; what they do is amazing."),
            Example.of("The time from taking the order to sending the lamps; save to boats the lamps that burn."),
            Example.of("I need help moving. If you don't want class A, it is possible."),
            Example.of("When it is used, connect the rope; the oars used perform well. Thanks to helps of all kinds."),
        ),
        confidence=0.85,
    ),
)  # fmt: skip
