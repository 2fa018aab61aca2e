"""Forms of verbs behind modals, do, be and have: can opens, does not exists, is include, has be opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.foreign import OBJECT
from stilted.core.model import Example, Rule
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import DETERMINERS, MODALS, Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, ING, NOUN, PARTICIPLE, PAST, PLURAL, VERB, VERB_S

_MODAL_AGREEMENT: Final = "grammar/modal-agreement"
_BE_AND_BARE_VERB: Final = "grammar/be-and-bare-verb"
_OTHER: Final = NOUN | ADJECTIVE | ADVERB
_LONG_SUBJECT: Final = 14
"""Words of a subject like "all you have to do to …" that are looked through."""
_ADJECTIVES_TOO: Final = frozenset({"complete", "excel"})
"""Verbs of the lexicon that are an adjective or a name too: “the download is complete”, “the format is excel”."""

_POINTING: Final = frozenset("this that these those".split())
"""Determiners that may be what the sentence is about."""


def _mark_verb_after_modal(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "can opens", "must opened" and "should opening"."""
    if sentence.word(at - 1) in DETERMINERS - _POINTING or not sentence.is_lower(at) or sentence.may_be_thing(at):
        return
    if sentence.word(at - 1) in ("as", "than", "of"):
        return  # as would sailors, unity of will
    verb = sentence.skip_adverbs(at + 1)
    if not sentence.are_joined(at, verb) or not sentence.is_lower(verb) or sentence.is_glued(verb):
        return
    may_be_ing = verb == at + 1 and sentence.word(at - 1) not in _BEFORE_INVERSION
    if _is_finite(sentence, at, verb) or _is_past(sentence, verb) or (may_be_ing and _is_ing(sentence, verb)):
        yield sentence.mark(_MODAL_AGREEMENT, at, verb)


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
    is_behind_subject = sentence.word(at) in _NEVER_NOUNS and bool(sentence.forms(at - 1) & (NOUN | PLURAL))
    if is_behind_subject and not sentence.forms(verb + 1) & VERB:  # in what case should boats sink
        return True
    return sentence.tag(verb) in ("VB", "VBZ") or sentence.word(verb + 1) in DETERMINERS


_NEVER_NOUNS: Final = frozenset("should could would cannot".split())


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
    verb = sentence.skip_adverbs(at + 1 if negated else at + 2)
    # "Needs" is an adverb behind must alone.
    possible = VERB_S if sentence.word(verb) == "needs" else sentence.forms(verb)
    if not sentence.are_joined(at, verb) or not sentence.is_lower(verb) or possible & (VERB | _OTHER):
        return
    if sentence.word(at - 1) == "who" and sentence.word(verb) in ("is", "was", "were", "has", "had"):
        return  # those who did not were safe
    if possible & (VERB_S | PAST | PARTICIPLE):
        yield sentence.mark(_MODAL_AGREEMENT, at, verb)


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
        yield sentence.mark(_MODAL_AGREEMENT, verb, verb)


_BETWEEN_BE_AND_VERB: Final = frozenset(
    "not also only automatically always then successfully already manually correctly properly highly strongly".split()
)


def _mark_verb_after_be(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "is include" and "is recommend to"."""
    verb = at + 1
    if sentence.word(verb) in _BETWEEN_BE_AND_VERB:
        verb += 1
    if not sentence.are_joined(at, verb) or not sentence.is_lower(verb) or sentence.is_glued(verb):
        return
    word, possible = sentence.word(verb), sentence.forms(verb)
    if word in _ADJECTIVES_TOO or (sentence.word(at), sentence.word(at - 1)) == ("be", "that"):
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
        yield sentence.mark(_BE_AND_BARE_VERB, at, verb)
    elif word in ("need", "allow", "recommend", "require", "enable", "expect") and following in (
        "to", "by", "on", "when", "with", ".", "for", "as", ",", "if", "that", "you", "",
    ):  # fmt: skip
        if word == "need" and following in ("for", ".", ",", "") and sentence.word(at) in ("be", "is", "was"):
            return
        yield sentence.mark(_BE_AND_BARE_VERB, at, verb)


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
        yield sentence.mark(_BE_AND_BARE_VERB, at, at, _BASED[word])


_BE: Final = frozenset("is are was were be been being 's 're".split())
_BETWEEN: Final = frozenset("not already also still currently only always".split())

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
    yield sentence.mark(_BE_AND_BARE_VERB, be, at)


def _mark_use_for_used(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "it is use to open the door"; what there is use for is a noun."""
    before = sentence.word(at - 1)
    if before not in ("is", "are", "was", "were", "been") or not sentence.are_joined(at - 2, at + 1):
        return
    follows = sentence.word(at + 1) == "to" and sentence.forms(at + 2) & VERB
    is_passive = bool(follows) or sentence.word(at + 1) in ("by", "as")
    if is_passive and sentence.word(at - 2) not in ("all", "do", "does", "there", "what") and sentence.is_lower(at):
        yield sentence.mark(_BE_AND_BARE_VERB, at, at, "used")


def _mark_verb_after_have(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "has be opened"."""
    verb = at + 1
    if sentence.word(verb) in ("not", "already", "also"):
        verb += 1
    if sentence.word(verb) == "be" and sentence.are_joined(at, verb) and sentence.is_lower(verb):
        yield sentence.mark(_BE_AND_BARE_VERB, verb, verb, "been")


_NOT_BEHIND_HAVE: Final = NOUN | ADJECTIVE | ADVERB | PARTICIPLE | ING | PLURAL
_AFTER_HAVE: Final = _BETWEEN | frozenset("never just successfully recently previously even now".split())
_CONTRACTED: Final = frozenset("you've we've they've i've".split())


def _mark_bare_verb_after_have(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "we've include" and "has already provides"; they have write access, and it has depends for a name."""
    verb = at + 1 if sentence.word(at + 1) not in _AFTER_HAVE else at + 2
    possible, following = sentence.forms(verb), sentence.word(verb + 1)
    if not possible & (VERB | VERB_S) or possible & _NOT_BEHIND_HAVE or not sentence.are_joined(at, verb):
        return
    if not sentence.is_lower(verb) or sentence.is_glued(verb) or sentence.word(verb) in ("to", "be", "is", "have"):
        return
    if verb > at + 1 or sentence.word(at) in _CONTRACTED or following in DETERMINERS:
        yield sentence.mark(_BE_AND_BARE_VERB, at, verb)


MATCHERS: Final = (
    (MODALS, _mark_verb_after_modal),
    ("do does did don't doesn't didn't".split(), _mark_verb_after_do),
    ("did do does didn't don't doesn't".split(), _mark_finite_verb_in_question),
    ("be is are was were been".split(), _mark_verb_after_be),
    (tuple(_BASED), _mark_noun_for_participle),
    (_STATES, _mark_be_before_state),
    (("use",), _mark_use_for_used),
    ("has have had having".split(), _mark_verb_after_have),
    ((*_CONTRACTED, "have", "has"), _mark_bare_verb_after_have),
)  # fmt: skip

RULES: Final = (
    Rule(
        id=_MODAL_AGREEMENT,
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="After this auxiliary English takes the bare verb.",
        why="Can, must, will, does not and their like leave the verb without -s, -ed or -ing.",
        find=find,
        bad=(
            Example.of("The valve <v>can closes</v> by itself and <v>will automatically provides</v> air."),
            Example.of("The gate <v>does not exists</v> and <v>must removed</v>. It <v>doesn't needs</v> to be open."),
            Example.of("Sailors <v>must to</v> wait.", "Sailors must wait."),
            Example.of("The tide <v>should swells</v> and fall."),
            Example.of("Did you <v>opened</v> the gate?"),
            Example.of("You <v>should to</v> wait, since it <v>may difficult</v> to see.",
                       "You should wait, since it may be difficult to see."),
            Example.of("The old lamps <v>will used</v> by the guests and <v>can also based</v> on oil."),
        ),
        good=(
            Example.of("In which case should boats sink? Should sails tear, wait."),
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
        id=_BE_AND_BARE_VERB,
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="After a form of be or have the verb needs an ending: is recommended, has been.",
        why="The ending of the participle is missing.",
        find=find,
        bad=(
            Example.of("It <v>is recommend</v> to book early, since the doors <v>are create</v> on demand."),
            Example.of("The lid has <v>be</v> removed.", "The lid has been removed."),
            Example.of("It <v>is highly recommend</v> to wait."),
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
)  # fmt: skip
