"""Real words that stand for another one: sever for server, loosing for losing, other wise for otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.foreign import OBJECT
from stilted.core.model import Example, Rule
from stilted.core.tokens import TokenKind
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import DETERMINERS, MODALS, PREPOSITIONS, Mark, Sentence
from stilted.text.parts_of_speech import NOUN, PLURAL, VERB

_CONFUSED: Final = "grammar/confused-word"
_ALWAYS: Final = {
    "loosing": "losing", "manger": "manager", "mangers": "managers", "singe": "single", "bellow": "below",
    "vise": "vice",
}  # fmt: skip
"""Words that hardly any text on software, news or trade has."""
_NOUNS: Final = {"sever": "server", "severs": "servers", "filed": "field"}
_VERBS: Final = {
    "loose": "lose", "loss": "lose", "chose": "choose", "crate": "create", "lunch": "launch", "brows": "browse",
}  # fmt: skip
_BEFORE_OTHERS: Final = {
    "grand": ("grant", frozenset("access permission permissions privilege privileges rights".split())),
    "dose": ("does", frozenset({"not"})), "doses": ("does", frozenset({"not"})),
    "flowing": ("following", frozenset(
        "command commands step steps example examples code table figure picture parameters options content".split())),
    "pervious": ("previous", frozenset("step steps section chapter version example page command".split())),
    "heath": ("health", frozenset("check checks".split())),
    "staring": ("starting", frozenset("from point".split())),
}  # fmt: skip
"""What is confused before certain words only."""
_AFTER_FIELD: Final = frozenset("name names type types value values of is in to with for and or , .".split())
_STARTS: Final = DETERMINERS | {OBJECT}


def _mark_wrong_word(sentence: Sentence, at: int) -> Iterator[Mark]:
    word = sentence.word(at)
    if sentence.is_lower(at) and not sentence.is_glued(at):
        if word == "vise" and sentence.word(at + 1) != "versa":
            return
        if word == "loosing" and not _has_object(sentence, at):
            return  # what lets something go may be called so
        yield sentence.mark(_CONFUSED, at, at, _ALWAYS[word])


def _has_object(sentence: Sentence, at: int) -> bool:
    following = sentence.word(at + 1)
    is_word = following == OBJECT or (sentence.kind(at + 1) is TokenKind.WORD and following not in _NO_OBJECT)
    return is_word and sentence.are_joined(at, at + 1)


_NO_OBJECT: Final = PREPOSITIONS | {"and", "or", "is", "are", "was", "will"}


def _mark_wrong_noun(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "the sever" and "a filed of": what is filed has a noun behind it."""
    word, following = sentence.word(at), sentence.word(at + 1)
    if sentence.word(at - 1) not in DETERMINERS or not sentence.are_joined(at - 1, at) or not sentence.is_lower(at):
        return
    if not sentence.is_glued(at) and (word != "filed" or following in _AFTER_FIELD):
        yield sentence.mark(_CONFUSED, at, at, _NOUNS[word])


def _mark_wrong_verb(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "can chose" and "to crate a"; "to loss" and "to lunch" may well have a noun."""
    word, before = sentence.word(at), sentence.word(at - 1)
    if not sentence.are_joined(at - 1, at) or not sentence.is_lower(at) or sentence.is_glued(at):
        return
    is_object = sentence.word(at + 1) in _STARTS and sentence.are_joined(at, at + 1)
    if before in ("have", "has") and word == "chose":
        yield sentence.mark(_CONFUSED, at, at, "chosen")
    elif (
        (before in MODALS and sentence.tag(at - 1) == "MD")
        or (before == "to" and (is_object or word in ("chose", "brows")))
        or (before == "you" and word in ("loose", "loss"))
    ):
        yield sentence.mark(_CONFUSED, at, at, _VERBS[word])


def _mark_wrong_word_before(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "grand access" and "heath check"."""
    right, following = _BEFORE_OTHERS[sentence.word(at)]
    is_whole = sentence.are_joined(at, at + 1) and sentence.is_lower(at) and sentence.is_lower(at + 1)
    if is_whole and sentence.word(at + 1) in following and not sentence.is_glued(at):
        yield sentence.mark(_CONFUSED, at, at, right)


def _mark_fist_for_first(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "the fist time"."""
    possible = sentence.forms(at + 1)
    is_whole = sentence.are_joined(at - 1, at + 1) and sentence.is_lower(at) and sentence.is_lower(at + 1)
    is_before_noun = bool(possible & (NOUN | PLURAL)) and sentence.word(at + 1) not in ("fight", "bump")
    if is_whole and is_before_noun and sentence.word(at - 1) == "the":
        yield sentence.mark(_CONFUSED, at, at, "first")


_CLAUSE_STARTS: Final = frozenset("if when that because while whether once".split())


def _mark_you_for_your(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "if you data is lost" and "in you house"."""
    noun, before = at + 1, sentence.word(at - 1)
    possible = sentence.forms(noun)
    if not possible or possible & ~(NOUN | PLURAL) or not sentence.are_joined(at - 1, noun) or sentence.is_glued(noun):
        return
    if sentence.word(noun + 1) in DETERMINERS:
        return  # a verb that no lexicon has: if you symlink the file
    if not sentence.is_lower(noun) or sentence.word(noun) in MODALS | {
        "loss",
        "guys",
        "folks",
        "lot",
        "people",
        "config",
    }:
        return
    if before in _CLAUSE_STARTS or before in ("of", "to", "in", "on", "into", "at"):
        yield sentence.mark(_CONFUSED, at, at, "your")


def _mark_be_for_by(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "be default, it is shut"."""
    if sentence.word(at - 1) != "be" or not sentence.are_joined(at - 1, at) or not sentence.is_lower(at):
        return
    before, following = sentence.word(at - 2), sentence.word(at + 1)
    is_verb = before in MODALS or before in ("to", "not", "also", "always", "only")
    if not is_verb and following in (",", ".", ")", ":", "the", "this", "it", "you", "all", ""):
        yield sentence.mark(_CONFUSED, at - 1, at - 1, "by" if sentence.is_lower(at - 1) else "By")


_FINITE: Final = frozenset("are is have has do was were can will".split())
_CALLED_SO: Final = frozenset("- operator command method function statement keyword class and or accept to".split())
_THAT_WHICH: Final = frozenset(
    "what all how where why who thing it that problem question point this reason here there".split()
)
"""Words of clauses that end in "is" and are what another "is" is said of."""
_LOOK_BACK: Final = 8


def _mark_the_for_there(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "the are two keys" and "the have one lock"."""
    is_whole = sentence.are_joined(at, at + 2) and sentence.is_lower(at + 1) and not sentence.is_glued(at + 1)
    if sentence.word(at + 1) not in _FINITE or not is_whole or sentence.word(at + 2) in _CALLED_SO:
        return
    if sentence.word(at + 1) in ("will", "can") and not (sentence.begins(at) and sentence.forms(at + 2) & VERB):
        return  # the will to live, the can of oil
    written = ("there", "they", "that") if sentence.is_lower(at) else ("There", "They")
    if sentence.word(at + 1) in ("will", "can"):
        written = ("They", "There")
    yield sentence.mark(_CONFUSED, at, at, *written)


def _mark_is_for_it(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "in this way is is easy"."""
    if sentence.word(at - 1) != "is" or not sentence.are_joined(at - 1, at + 1) or not sentence.is_lower(at - 1):
        return
    if _THAT_WHICH.isdisjoint(sentence.words[max(0, at - _LOOK_BACK) : at - 1]):
        yield sentence.mark(_CONFUSED, at - 1, at, "it is", "is")


_ENDINGS: Final = {
    "wise": ("other", "otherwise"), "ever": ("when", "whenever"), "as": ("where", "whereas"),
    "back": ("draw", "drawback"), "backs": ("draw", "drawbacks"), "while": ("mean", "meanwhile"),
    "over": ("more", "moreover"),
}  # fmt: skip


def _mark_word_in_two(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "other wise"; what draws back, or is more over than under, are two words."""
    first, right = _ENDINGS[sentence.word(at)]
    if sentence.word(at - 1) != first or not sentence.are_joined(at - 1, at) or not sentence.is_lower(at):
        return
    is_start = sentence.begins(at - 1)
    if first == "other" and not is_start and sentence.word(at - 2) not in (",", "or", "and"):
        return
    if first in ("mean", "more") and not (is_start and sentence.word(at + 1) == ","):
        return
    if first == "draw" and sentence.word(at - 2) not in DETERMINERS | {"of", "main", "only", "big"}:
        return
    if first == "where" and (is_start or sentence.word(at + 1) not in _STARTS | {"it", "they", "you", "if", "when"}):
        return
    yield sentence.mark("grammar/word-form", at - 1, at, right.capitalize() if not sentence.is_lower(at - 1) else right)


_NO_WITHIN: Final = frozenset(
    "use used along together begin start go come deal dealt dealed deals dealing met agree done wrong work"
    " conjunction compatible consistent associated familiar compare compared filled replaced provided concerned"
    " satisfied comply interact".split()
)


def _mark_with_in(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "with in the same room"; what is dealt with in the room is another thing."""
    if sentence.word(at + 1) != "in" or not sentence.are_joined(at, at + 2) or not sentence.is_lower(at + 1):
        return
    if sentence.word(at + 2) not in ("the", "a", "an", "your", "our", "this"):
        return
    if sentence.word(at - 1) not in _NO_WITHIN:
        yield sentence.mark("grammar/word-form", at, at + 1, "within" if sentence.is_lower(at) else "Within")


_PARTICIPLES: Final = {("build", "in"): "built", ("well", "know"): "known"}


def _mark_bare_verb_in_compound(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "a build-in clock" and "well-know names"."""
    words = sentence.word(at), sentence.word(at + 1)
    if words not in _PARTICIPLES or not sentence.is_lower(at):
        return
    between = sentence.text[sentence.tokens[at].end : sentence.tokens[at + 1].start]
    if between == "-" and sentence.text[sentence.tokens[at + 1].end :][:1] == " ":
        right = _PARTICIPLES[words]
        fixed = f"{right}-in" if words[0] == "build" else f"well-{right}"
        yield sentence.mark("grammar/word-form", at, at + 1, fixed)


MATCHERS: Final = (
    (tuple(_ALWAYS), _mark_wrong_word),
    (tuple(_NOUNS), _mark_wrong_noun),
    (tuple(_VERBS), _mark_wrong_verb),
    (tuple(_BEFORE_OTHERS), _mark_wrong_word_before),
    (("fist",), _mark_fist_for_first),
    (("you",), _mark_you_for_your),
    (("the",), _mark_the_for_there),
    (("is",), _mark_is_for_it),
    (("default",), _mark_be_for_by),
    (tuple(_ENDINGS), _mark_word_in_two),
    (("with",), _mark_with_in),
    (("build", "well"), _mark_bare_verb_in_compound),
)

RULES: Final = (
    Rule(
        id=_CONFUSED,
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="This is a word, but another one is meant.",
        why="The two differ in a letter or two, and a dictionary has both.",
        find=find,
        bad=(
            Example.of("The <v>sever</v> is down, and the <v>manger</v> is <v>loosing</v> money.",
                       "The server is down, and the manager is losing money."),
            Example.of("You can <v>chose</v> a seat, or wait to <v>crate</v> a new one.",
                       "You can choose a seat, or wait to create a new one."),
            Example.of("It <v>dose</v> not rain the <v>fist</v> week.", "It does not rain the first week."),
            Example.of("They <v>grand</v> access in the <v>flowing</v> steps.",
                       "They grant access in the following steps."),
            Example.of("If <v>you</v> luggage is lost, look in <v>you</v> kitchen.",
                       "If your luggage is lost, look in your kitchen."),
            Example.of("<v>Be</v> default, the gate is shut.", "By default, the gate is shut."),
            Example.of("<v>The</v> are two gates. With a key <v>is is</v> easy to open them.",
                       "There are two gates. With a key it is easy to open them."),
            Example.of("The letters stand in a <v>filed</v> of the form.", "The letters stand in a field of the form."),
        ),
        good=(
            Example.of("A filed complaint severs the ties; you chose the crate, and she has a grand view at lunch."),
            Example.of("The dose is small, the flowing water cold; shake a fist, the loose ends, losses due to loss."),
            Example.of("Content of the head when at loosing."),
            Example.of("The shut gate must be default. Let it be default behaviour."),
            Example.of("The have-nots and the will to live. What it is is open, and the is operator is old."),
            Example.of("If you cannot find it, it gives you access. In you people put their trust."),
            Example.of("When you gloop the lamp, it burns."),
        ),
        confidence=0.85,
    ),
)  # fmt: skip
