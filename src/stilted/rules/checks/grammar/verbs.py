"""Forms of verbs: after modals, after "to", after "be", after verbs that want an object first, and nouns as verbs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.model import Example, Rule
from stilted.core.tokens import TokenKind
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import DETERMINERS, FUNCTION_WORDS, MODALS, OBJECT, PRONOUNS, Mark, Sentence
from stilted.text.parts_of_speech import (
    ADJECTIVE,
    ADVERB,
    ING,
    NOUN,
    PARTICIPLE,
    PAST,
    PLURAL,
    VERB,
    VERB_S,
)

_WANT_OBJECT: Final = frozenset(
    "allow allows allowing permit permits permitting enable enables enabling recommend recommends recommending suggest"
    " suggests suggesting supports requires avoid avoids consider considers advise advises".split()
)
_PEOPLE: Final = frozenset("you us them him me users developers people".split())
_BETWEEN: Final = frozenset("not also only then now still always never just even automatically".split())
_OTHER: Final = NOUN | ADJECTIVE | ADVERB
_LONG_SUBJECT: Final = 14
"""Words of a subject like "all you have to do to …" that are looked through."""
_AFTER_BE: Final = frozenset({"complete", "excel"})
"""Verbs of the lexicon that are an adjective or a name too: “the download is complete”, “the format is excel”."""


def _skip_adverbs(sentence: Sentence, at: int) -> int:
    """Return the first place from *at* that is neither "not", "also" or the like nor an adverb in -ly."""
    for place in range(at, at + 2):
        word = sentence.word(place)
        if word not in _BETWEEN and not (word.endswith("ly") and sentence.forms(place) == ADVERB):
            return place
    return at + 2


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
    verb = _skip_adverbs(sentence, at + 2)
    if sentence.word(at + 1) != "to" or not sentence.are_joined(at, verb) or not sentence.is_lower(at):
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


_POINTING: Final = frozenset("this that these those".split())
"""Determiners that may be what the sentence is about."""


def _mark_verb_after_modal(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "can opens", "must opened" and "should opening"."""
    if sentence.word(at - 1) in DETERMINERS - _POINTING or not sentence.is_lower(at) or sentence.may_be_thing(at):
        return
    if sentence.word(at - 1) in ("as", "than", "of"):
        return  # as would sailors, unity of will
    verb = _skip_adverbs(sentence, at + 1)
    if not sentence.are_joined(at, verb) or not sentence.is_lower(verb) or sentence.is_glued(verb):
        return
    may_be_ing = verb == at + 1 and sentence.word(at - 1) not in _BEFORE_INVERSION
    if _is_finite(sentence, at, verb) or _is_past(sentence, verb) or (may_be_ing and _is_ing(sentence, verb)):
        yield sentence.mark("grammar/modal-agreement", at, verb)


_BEFORE_INVERSION: Final = frozenset("what why how where when who so nor neither only".split())
"""Before these the modal comes first: why should sailing be dear, so can rowing."""


def _is_finite(sentence: Sentence, at: int, verb: int) -> bool:
    """Tell whether the word after a modal has the ending -s of the third person."""
    possible = sentence.forms(verb)
    if not possible & VERB_S or possible & (VERB | ADVERB | ADJECTIVE | PARTICIPLE) or sentence.word(verb) == "means":
        return False
    if (sentence.word(at), sentence.word(verb)) in (("might", "makes"), ("must", "needs")):
        return False  # might makes right, and one must needs go
    if not possible & PLURAL or sentence.word(at - 1) in ("it", "you", "they", "we", "that", "which", "and"):
        return True
    return sentence.tag(verb) in ("VB", "VBZ") or sentence.word(verb + 1) in DETERMINERS


def _is_past(sentence: Sentence, verb: int) -> bool:
    possible = sentence.forms(verb)
    if sentence.word(verb) in ("left", "been") or not possible & (PAST | PARTICIPLE):
        return False
    if possible & (VERB | NOUN | ADVERB | VERB_S):
        return False
    # "Can used cars rust?" asks, and an adjective stands before its noun.
    return not possible & ADJECTIVE or (
        sentence.word(verb).endswith("ed")
        and sentence.word(verb + 1) in _AFTER_PASSIVE
        and not sentence.begins(verb - 1)
    )


_AFTER_PASSIVE: Final = frozenset("by in on as to for from when if with at into . , ;".split())


def _is_ing(sentence: Sentence, verb: int) -> bool:
    possible = sentence.forms(verb)
    return bool(possible & ING) and not possible & (VERB | _OTHER)


def _mark_verb_after_do(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "does not opens" and "didn't opened"."""
    negated = sentence.word(at).endswith("n't")
    if not negated and sentence.word(at + 1) != "not":
        return
    verb = _skip_adverbs(sentence, at + 1 if negated else at + 2)
    # "Needs" is an adverb behind must alone.
    possible = VERB_S if sentence.word(verb) == "needs" else sentence.forms(verb)
    if not sentence.are_joined(at, verb) or not sentence.is_lower(verb) or possible & (VERB | _OTHER):
        return
    if sentence.word(at - 1) == "who" and sentence.word(verb) in ("is", "was", "were", "has", "had"):
        return  # those who did not were safe
    if possible & (VERB_S | PAST | PARTICIPLE):
        yield sentence.mark("grammar/modal-agreement", at, verb)


_OBJECT_STARTS: Final = frozenset("the a an this your it them our their".split())
_HELPED: Final = frozenset("you us me him users people".split())
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
    possible = sentence.forms(at + 2)
    if (
        sentence.word(at + 1) == "to"
        and sentence.are_joined(at, at + 2)
        and possible & ING
        and not possible & (NOUN | VERB)
    ):
        yield sentence.mark("grammar/infinitive-form", at + 1, at + 2)


_BETWEEN_BE_AND_VERB: Final = frozenset(
    "not also only automatically always then successfully already manually correctly properly".split()
)


def _mark_verb_after_be(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "is include" and "is recommend to"."""
    verb = at + 1
    if sentence.word(verb) in _BETWEEN_BE_AND_VERB:
        verb += 1
    if not sentence.are_joined(at, verb) or not sentence.is_lower(verb) or sentence.is_glued(verb):
        return
    word, possible = sentence.word(verb), sentence.forms(verb)
    if word in _AFTER_BE or (sentence.word(at), sentence.word(at - 1)) == ("be", "that"):
        return  # the powers that be decide
    before, following = sentence.word(at - 1), sentence.word(verb + 1)
    if possible & VERB and not possible & (_OTHER | PARTICIPLE | PAST | PLURAL) and word not in ("be", "have", "do"):
        # "All it does is include them": what is, is to do.
        if any(
            each in ("all", "what", "do", "does", "did", "thing", "to") for each in sentence.words[max(0, at - 6) : at]
        ) or {"all", "do"} <= set(sentence.words[max(0, at - _LONG_SUBJECT) : at]):
            return
        if sentence.word(at) in ("is", "are", "was", "were") and before in ("is", "goal", "job", "idea", "step"):
            return
        yield sentence.mark("grammar/be-and-bare-verb", at, verb)
    elif word in ("need", "allow", "recommend", "require", "enable", "expect") and following in (
        "to", "by", "on", "when", "with", ".", "for", "as", ",", "if", "that", "",
    ):  # fmt: skip
        if word == "need" and following in ("for", ".", ",", "") and sentence.word(at) in ("be", "is", "was"):
            return
        yield sentence.mark("grammar/be-and-bare-verb", at, verb)


_BASED: Final = {"base": "based", "build": "built", "call": "called", "name": "named"}
"""Verbs that are nouns too, and their participles; after "be" what follows shows that the participle is meant."""
_AFTER_PARTICIPLE: Final = {
    "base": frozenset({"on"}), "build": frozenset("on in with from by into using as to upon for when . ,".split()),
    "call": frozenset("by from when a an".split()), "name": frozenset({"after"}),
}  # fmt: skip


def _mark_noun_for_participle(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "is base on", "are build with", "be call by"."""
    word = sentence.word(at)
    if sentence.word(at - 1) not in ("be", "is", "are", "was", "were", "been") or not sentence.are_joined(at - 1, at):
        return
    is_quoted = sentence.is_glued(at) or not sentence.is_lower(at)
    follows = sentence.word(at + 1) in _AFTER_PARTICIPLE[word] or (word == "call" and sentence.word(at + 1) == OBJECT)
    if follows and not is_quoted:
        yield sentence.mark("grammar/be-and-bare-verb", at, at, _BASED[word])


_CLAUSE_STARTS: Final = frozenset("when if before after once while where until as because why".split())


def _mark_ing_after_pronoun(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "when you running"."""
    possible = sentence.forms(at + 1)
    is_clause = sentence.word(at - 1) in _CLAUSE_STARTS and sentence.are_joined(at - 1, at + 1)
    if is_clause and possible & ING and not possible & (ADJECTIVE | VERB | ADVERB) and sentence.is_lower(at + 1):
        yield sentence.mark("grammar/verb-after-subject", at, at + 1)


_BARE_AFTER_WHEN: Final = frozenset("click use build update query access upgrade export import".split())
_NEVER_NOUN_AFTER_WHEN: Final = frozenset("click use access scroll press tap hover drag swipe switch select".split())
_NOUN_AFTER_WHEN: Final = frozenset("of is are was and or case cases event events , . - to has can will".split())
"""What follows where such a word is a noun: when use is made of it."""


def _mark_bare_verb_after_when(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "when click" and "while use": what has an article behind it is the business of a pack."""
    verb, possible, following = sentence.word(at + 1), sentence.forms(at + 1), sentence.word(at + 2)
    if not sentence.are_joined(at, at + 2) or not sentence.is_lower(at + 1) or following in DETERMINERS:
        return
    if verb in _NEVER_NOUN_AFTER_WHEN and following not in _NOUN_AFTER_WHEN and not sentence.is_glued(at + 1):
        yield sentence.mark("grammar/verb-after-subject", at, at + 1)
        return
    is_verb = bool(possible & VERB) and not possible & (_OTHER | PAST | PARTICIPLE | PLURAL)
    has_object = following == OBJECT or sentence.kind(at + 2) is TokenKind.WORD
    if verb in ("is", "are", "do", "be", "let", "have", "connect", "may", "might") or not has_object:
        return
    if is_verb and sentence.forms(at + 3) & VERB_S and not sentence.forms(at + 3) & PLURAL:
        return  # the verb is a name, and another follows: when append mode exists
    if is_verb or (verb in _BARE_AFTER_WHEN and sentence.tag(at + 2) in ("NNS", "NNP", "VBG")):
        yield sentence.mark("grammar/verb-after-subject", at, at + 1)


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


def _mark_verb_after_have(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "has be opened"."""
    verb = at + 1
    if sentence.word(verb) in ("not", "already", "also"):
        verb += 1
    if sentence.word(verb) == "be" and sentence.are_joined(at, verb) and sentence.is_lower(verb):
        yield sentence.mark("grammar/be-and-bare-verb", verb, verb, "been")


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


MATCHERS: Final = (
    (_WANT_OBJECT, _mark_infinitive_without_object),
    ("help helps helping let lets letting allow allows allowing enable enables permit permits require requires force"
     " forces ask asks tell".split(),
     _mark_infinitive_after_object),
    (MODALS, _mark_verb_after_modal),
    ("do does did don't doesn't didn't".split(), _mark_verb_after_do),
    (("to",), _mark_verb_after_to),
    (("used",), _mark_bare_verb_after_used),
    ("want wants need needs try tries able order possible necessary".split(), _mark_ing_after_want_to),
    (_WANTS | _ABLE, _mark_bare_verb_after_want),
    ("be is are was were been".split(), _mark_verb_after_be),
    ("has have had having".split(), _mark_verb_after_have),
    (tuple(_SPLIT), _mark_noun_as_verb),
    (tuple(_BASED), _mark_noun_for_participle),
    (("you", "we", "they"), _mark_ing_after_pronoun),
    (("when", "while"), _mark_bare_verb_after_when),
    (_HELP, _mark_ing_after_help),
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
        id="grammar/modal-agreement",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="After this auxiliary English takes the bare verb.",
        why="Can, must, will, does not and their like leave the verb without -s, -ed or -ing.",
        find=find,
        bad=(
            Example.of("The valve <v>can closes</v> by itself and <v>will automatically provides</v> air."),
            Example.of("The gate <v>does not exists</v> and <v>must removed</v>. It <v>doesn't needs</v> to be open."),
            Example.of("Sailors <v>must to</v> wait.", "Sailors must wait."),
            Example.of("Did you <v>opened</v> the gate?"),
            Example.of("You <v>should to</v> wait, since it <v>may difficult</v> to see.",
                       "You should wait, since it may be difficult to see."),
            Example.of("The old lamps <v>will used</v> by the guests and <v>can also based</v> on oil."),
        ),
        good=(
            Example.of("The valve can close by itself. It does not always open, and cans rust; the will remains."),
            Example.of("The human will is strong, and one's will to sail stronger. Might makes right."),
            Example.of("What would rowing cost, and why should sailing be dear? So would taxing boats be."),
            Example.of("Take an electric can opener. To sail as she does takes years, and we must needs go."),
            Example.of("They express the will to see how fast can small lamps be lit, and so may great ones."),
            Example.of("What can used lamps cost? Can used by dates mislead, and will tired guests go?"),
            Example.of("We don't used to the cold bring blankets? She may well have left, and would rather stay."),
        ),
        confidence=0.9,
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
            Example.of("I need help moving. If you don't want class A, it is possible."),
            Example.of("When it is used, connect the rope; the oars used perform well. Thanks to helps of all kinds."),
        ),
        confidence=0.85,
    ),
    Rule(
        id="grammar/be-and-bare-verb",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="After a form of be or have the verb needs an ending: is recommended, has been.",
        why="The ending of the participle is missing.",
        find=find,
        bad=(
            Example.of("It <v>is recommend</v> to book early, since the doors <v>are create</v> on demand."),
            Example.of("The lid has <v>be</v> removed.", "The lid has been removed."),
            Example.of("The house is <v>build</v> with stones, and the walls are <v>base</v> on oak.",
                       "The house is built with stones, and the walls are based on oak."),
            Example.of("The lock can be <v>change</v> by a smith.", "The lock can be changed by a smith."),
            Example.of("The boat <v>is already exist</v> in the list."),
            Example.of("This key is <v>use</v> to open the gate.", "This key is used to open the gate."),
            Example.of("The box is <v>move</v> to the yard, and they <v>have declare</v> a feast."),
        ),
        good=(
            Example.of("It is recommended to book early. All you have to do is include a stamp. They have been there."),
            Example.of("There is need for help. The doors are open and the room is clean."),
            Example.of("The powers that be decide."),
            Example.of("All we need to do to use the door in the yard is define two keys."),
            Example.of("Rain can be cause for change; there may be use for it, and it will be spring in May."),
            Example.of("They have write access. The next step is return to the yard; they have declared a feast."),
            Example.of("The repair is complete. Choose it where the kind of file is excel."),
        ),
        confidence=0.95,
    ),
    Rule(
        id="grammar/verb-after-subject",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="After “when” and its like English wants a subject and a finite verb, or the form in -ing alone.",
        why="“When you running” lacks an auxiliary; “when click” a subject or an ending.",
        find=find,
        bad=(
            Example.of("When <v>you running</v> late, call us before <v>we leaving</v>."),
            Example.of("Mind the step <v>when descend</v> stairs, and <v>when use</v> Elevators."),
            Example.of("It rings <v>when press</v> both keys or <v>when click</v> outside."),
            Example.of("If the boat <v>not exist</v>, build it.", "If the boat does not exist, build it."),
            Example.of("You open the gate <v>by add</v> oil, and wait <v>without ask</v> me."),
        ),
        good=(
            Example.of("When you run late, call us. Mind the step when descending stairs, while in use or when open."),
            Example.of("When use is made of it, it rings; it opens when access is free."),
            Example.of("It breaks when append mode exists. By default it is shut; wait without fail before sunrise."),
            Example.of("When you, leaving early, forget the key, and when they're running, wait."),
        ),
        confidence=0.85,
    ),
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
