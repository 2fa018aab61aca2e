"""Forms that English does not have: words run together or cut in two, weak endings of strong verbs, it get's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.model import Example, Rule, Status
from stilted.core.tokens import TokenKind
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import Mark, Sentence
from stilted.text import parts_of_speech
from stilted.text.parts_of_speech import PARTICIPLE, PAST, PLURAL

_MISSPELT: Final = {
    "everytime": "every time", "upto": "up to", "alot": "a lot", "aswell": "as well", "incase": "in case",
    "atleast": "at least", "eventhough": "even though", "infact": "in fact", "inspite": "in spite",
    "eachother": "each other", "abit": "a bit", "noone": "no one", "usecase": "use case", "usecases": "use cases",
    "whereever": "wherever", "ofcourse": "of course", "inorder": "in order", "dont": "don't", "doesnt": "doesn't",
    "isnt": "isn't", "arent": "aren't", "didnt": "didn't", "havent": "haven't", "wasnt": "wasn't",
    "shouldnt": "shouldn't", "couldnt": "couldn't", "wouldnt": "wouldn't", "thats": "that's", "theres": "there's",
    "youre": "you're", "theyre": "they're", "thier": "their", "teh": "the", "taht": "that", "wich": "which",
    "wiht": "with", "hte": "the", "thsi": "this", "wnat": "want", "splitted": "split", "casted": "cast",
    "setted": "set", "putted": "put", "readed": "read", "builded": "built", "runned": "run", "costed": "cost",
    "choosed": "chose", "writed": "wrote", "backuped": "backed up", "setuped": "set up", "sended": "sent",
    "keeped": "kept", "catched": "caught", "leaved": "left", "getted": "got", "taked": "took", "maked": "made",
    "splited": "split", "overrided": "overridden", "overwrited": "overwritten", "hided": "hidden",
    "finded": "found", "holded": "held", "losed": "lost", "meaned": "meant", "selled": "sold", "teached": "taught",
    "thinked": "thought", "understanded": "understood", "shutdowned": "shut down", "overriden": "overridden",
    "puted": "put", "cutted": "cut", "hitted": "hit", "spreaded": "spread", "feeded": "fed", "dealed": "dealt",
    "stucked": "stuck", "sticked": "stuck", "undoed": "undone", "redoed": "redone", "throwed": "threw",
    "gived": "gave", "breaked": "broke", "rebuilded": "rebuilt", "resended": "resent", "spended": "spent",
    "formated": "formatted", "reformated": "reformatted",
    "forexample": "for example", "infront": "in front", "makesure": "make sure", "atmost": "at most",
}  # fmt: skip

_PARTICIPLES: Final = {
    "choosed": "chosen", "writed": "written", "taked": "taken", "throwed": "thrown", "gived": "given",
    "breaked": "broken",
}  # fmt: skip
"""Weak forms of strong verbs of which past and participle differ."""
_BEFORE_PAST: Final = frozenset("i you he she it we they who".split())


def _mark_misspelt_word(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "everytime", "dont", "splitted" and the like."""
    written, right = sentence.raw(at), _MISSPELT[sentence.word(at)]
    if sentence.word(at - 1) not in _BEFORE_PAST:
        right = _PARTICIPLES.get(sentence.word(at), right)
    if written.islower() and not sentence.is_glued(at):
        yield sentence.mark("grammar/word-form", at, at, right)
    elif sentence.begins(at) and written[1:].islower() and not sentence.is_glued(at) and len(sentence.raw(at - 2)) != 1:
        yield sentence.mark("grammar/word-form", at, at, right[:1].upper() + right[1:])  # and no name: Michael D. Taht


def _mark_an_other(sentence: Sentence, at: int) -> Iterator[Mark]:
    if sentence.word(at - 1) not in ("an", "a") or not sentence.are_joined(at - 1, at) or not sentence.is_lower(at):
        return
    if sentence.tag(at + 1) in ("NN", "JJ"):
        yield sentence.mark("grammar/word-form", at - 1, at, "another")


def _mark_can_not(sentence: Sentence, at: int) -> Iterator[Mark]:
    is_written_apart = sentence.word(at - 1) == "can" and sentence.are_joined(at - 1, at) and sentence.is_lower(at)
    if is_written_apart and sentence.word(at + 1) not in ("only", "just", "merely", "simply"):
        yield sentence.mark("grammar/can-not", at - 1, at, "cannot" if sentence.is_lower(at - 1) else "Cannot")


_NEVER_OWNERS: Final = frozenset("get call make need want work run use look come show give mean take let allow".split())
_THINGS: Final = frozenset("it which that this".split())


def _mark_apostrophe_in_verb(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "it get's old" and "a key that let's you in"."""
    if sentence.kind(at + 1) is not TokenKind.GENITIVE or sentence.word(at - 1) not in _THINGS:
        return
    if sentence.are_joined(at - 1, at) and sentence.are_joined(at + 1, at + 2) and sentence.is_lower(at):
        yield sentence.mark("grammar/word-form", at, at + 1, f"{sentence.raw(at)}s")


def _list_plurals() -> frozenset[str]:
    """Return words that are a plural in -s and nothing else."""
    forms = parts_of_speech.get_all_forms()
    plurals = frozenset(word for word, possible in forms.items() if possible == PLURAL and word.endswith("s"))
    return plurals - {"pandas", "postgres", "kubernetes", "keras", "jenkins"}


def _mark_genitive_of_plural(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "the cities's names"."""
    if sentence.kind(at + 1) is not TokenKind.GENITIVE or not sentence.is_lower(at) or not sentence.raw(at + 1):
        return
    if sentence.word(at + 1).endswith("s") and sentence.are_joined(at - 1, at):
        yield sentence.mark("grammar/word-form", at, at + 1, f"{sentence.raw(at)}'")


_BE: Final = frozenset("is are was were be been being 's 're".split())


def _mark_success_for_successfully(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "the data is saved success"."""
    is_done = bool(sentence.forms(at - 1) & (PARTICIPLE | PAST)) and sentence.word(at - 2) in _BE | {"not"}
    if is_done and sentence.are_joined(at - 2, at) and sentence.word(at + 1) in (".", ",", "!", "", "and"):
        yield sentence.mark("grammar/word-form", at, at, "successfully", message="What is done wants the adverb.")


MATCHERS: Final = (
    (tuple(_MISSPELT), _mark_misspelt_word),
    (("other",), _mark_an_other),
    (("not",), _mark_can_not),
    (_NEVER_OWNERS, _mark_apostrophe_in_verb),
    (_list_plurals, _mark_genitive_of_plural),
    (("success",), _mark_success_for_successfully),
)  # fmt: skip

RULES: Final = (
    Rule(
        id="grammar/word-form",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="English does not have this form.",
        why="Two words were written as one, one as two, a letter got lost, or a strong verb was given a weak ending.",
        find=find,
        bad=(
            Example.of("<v>Other wise</v> a <v>build-in</v> clock is found <v>with in</v> the box.",
                       "Otherwise a built-in clock is found within the box."),
            Example.of("<v>Everytime</v> it rains, <v>upto</v> ten people wait, and <v>dont</v> mind.",
                       "Every time it rains, up to ten people wait, and don't mind."),
            Example.of("The boat was moored <v>success</v>.", "The boat was moored successfully."),
            Example.of("It <v>get's</v> cold, and the <v>cities's</v> lamps are lit.",
                       "It gets cold, and the cities' lamps are lit."),
            Example.of("She <v>splitted</v> the bill, and they took <v>an other</v> road.",
                       "She split the bill, and they took another road."),
            Example.of("They <v>choosed</v> a boat; if <v>choosed</v>, it is washed.",
                       "They chose a boat; if chosen, it is washed."),
        ),
        good=(
            Example.of("It's cold, let's go; the cities' lamps, the lens's rim and the boss's key."),
            Example.of("Every time it rains, up to ten people wait. DONT is a name, dont-care a word; an “other”."),
            Example.of("The build in the yard, no other wise men, a place where as many wait, dealt with in the end."),
            Example.of("It shows boats compatible with in the harbour."),
        ),
        confidence=0.9,
        safe_fix=True,
    ),
    Rule(
        id="grammar/can-not",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="“Cannot” is one word.",
        why="Can not is another thing: to be able not to.",
        find=find,
        bad=(Example.of("You <v>can not</v> park here.", "You cannot park here."),),
        good=(Example.of("You cannot park here. It can not only fly but swim."),),
        confidence=0.5,
        status=Status.PREVIEW,
        stable_at_high=True,
        safe_fix=True,
    ),
)  # fmt: skip
