"""Single words and pairs of words that are mixed up: its and it's, then and than, what is one word and what is two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Example, Rule
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import DETERMINERS, OBJECT, PREPOSITIONS, Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, ING, NOUN, PARTICIPLE, PAST, PLURAL, VERB, VERB_S

_TWO_WORDS: Final = {
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
    "forexample": "for example", "infront": "in front", "makesure": "make sure", "atmost": "at most",
}  # fmt: skip
_IS_FOLLOWS: Final = frozenset("a an the not been because possible necessary recommended important easy hard".split())
_SUBJECT_VERBS: Final = frozenset("is are be say think believe know means hope guess says thinks sure so".split())


def _one_word(sentence: Sentence, at: int) -> Iterator[Mark]:
    written, right = sentence.raw(at), _TWO_WORDS[sentence.word(at)]
    if written.islower() and not sentence.is_glued(at):
        yield sentence.mark("grammar/word-form", at, at, right)
    elif sentence.begins(at) and written[1:].islower() and not sentence.is_glued(at):
        yield sentence.mark("grammar/word-form", at, at, right[:1].upper() + right[1:])


def _it_is_for_its(sentence: Sentence, at: int) -> Iterator[Mark]:
    if sentence.kind(at + 1) != "genitive":
        return
    noun, before = sentence.word(at + 2), sentence.word(at - 1)
    possible = sentence.forms(at + 2)
    if not sentence.joined(at + 1, at + 2):
        return
    is_owned = noun == "own" or (
        bool(possible & (NOUN | PLURAL))
        and not possible & (ADJECTIVE | ADVERB | PARTICIPLE | PAST | ING)
        and sentence.is_lower(at + 2)
        and noun not in ("time", "like", "okay", "ok")
        and sentence.word(at + 3) not in ("that", "who")
    )
    if before in PREPOSITIONS - {"per"} and sentence.is_plain_adjective(at + 2) and sentence.joined(at + 2, at + 3):
        is_owned = is_owned or sentence.tag(at + 3) in ("NN", "NNS")
    is_object = before in PREPOSITIONS or (
        bool(sentence.forms(at - 1) & (VERB | ING | VERB_S))
        and not sentence.forms(at - 1) & (NOUN | PLURAL | ADVERB)
        and before not in _SUBJECT_VERBS
    )
    if is_owned and (is_object or noun == "own"):
        yield sentence.mark("grammar/its-it-is", at, at + 1, "its" if sentence.is_lower(at) else "Its")


def _its_for_it_is(sentence: Sentence, at: int) -> Iterator[Mark]:
    following = sentence.word(at + 1)
    if following not in _IS_FOLLOWS or not sentence.joined(at, at + 1):
        return
    is_adjective = following in ("important", "possible", "hard", "necessary", "easy", "recommended")
    if is_adjective and sentence.word(at + 2) not in ("to", "that"):
        return
    if following in ("because", "been") and not sentence.joined(at, at + 2):
        return
    yield sentence.mark("grammar/its-it-is", at, at, "it's" if sentence.is_lower(at) else "It's")


def _an_other(sentence: Sentence, at: int) -> Iterator[Mark]:
    if sentence.word(at - 1) not in ("an", "a") or not sentence.joined(at - 1, at) or not sentence.is_lower(at):
        return
    if sentence.tag(at + 1) in ("NN", "JJ"):
        yield sentence.mark("grammar/word-form", at - 1, at, "another")


def _can_not(sentence: Sentence, at: int) -> Iterator[Mark]:
    is_written_apart = sentence.word(at - 1) == "can" and sentence.joined(at - 1, at) and sentence.is_lower(at)
    if is_written_apart and sentence.word(at + 1) not in ("only", "just", "merely", "simply"):
        yield sentence.mark("grammar/can-not", at - 1, at, "cannot" if sentence.is_lower(at - 1) else "Cannot")


_COMPARATIVES: Final = frozenset(
    "more less faster larger smaller greater fewer higher lower shorter easier older newer bigger slower simpler worse"
    " rather other".split()
)


def _then_for_than(sentence: Sentence, at: int) -> Iterator[Mark]:
    if not sentence.joined(at - 1, at + 1):
        return
    before = sentence.word(at - 1)
    is_compared = before in _COMPARATIVES or (
        sentence.word(at - 2) in ("more", "less")
        and bool(sentence.forms(at - 1) & (ADJECTIVE | ADVERB))
        and sentence.word(at + 1) in DETERMINERS | {OBJECT, "one", "two", "what"}
    )
    if is_compared and sentence.word(at + 1) not in ("it", "is", "you"):
        yield sentence.mark("grammar/then-than", at, at, "than")


def _that_for_than(sentence: Sentence, at: int) -> Iterator[Mark]:
    if not sentence.joined(at - 1, at + 1) or sentence.word(at - 1) not in _COMPARATIVES - {"other", "rather", "more"}:
        return
    number = sentence.kind(at + 1) == "number" or sentence.word(at + 1) in ("one", "two", "three", OBJECT)
    if number and sentence.word(at - 2) in ("be", "is", "are", "was", "or", "not", "value", "equal", "much", "far"):
        yield sentence.mark("grammar/then-than", at, at, "than")


_ENDING_ER: Final = re.compile(
    r"(?:easi|simpl|fast|slow|larg|small|high|low|long|short|strong|big|bett|clean|quick|cheap|saf|heavi|new|old|strict"
    r"|light|great|wid|deep|hard|near|rich|smart|full)(er|est)"
)


def _twice_compared(sentence: Sentence, at: int) -> Iterator[Mark]:
    match = _ENDING_ER.fullmatch(sentence.word(at + 1))
    wanted = "er" if sentence.word(at) == "more" else "est"
    if not match or match.group(1) != wanted or not sentence.joined(at, at + 1) or not sentence.is_lower(at):
        return
    if sentence.tag(at + 2) not in ("NN", "NNS") or sentence.word(at + 1) not in ("newer", "older"):
        yield sentence.mark("grammar/double-comparative", at, at + 1, sentence.word(at + 1))


def _as_follows(sentence: Sentence, at: int) -> Iterator[Mark]:
    following, after = sentence.word(at + 1), sentence.word(at + 2)
    if not sentence.joined(at, at + 1) or not sentence.is_lower(at + 1):
        return
    if following == "follow" or (following in ("followed", "following") and after in (":", ".", "")):
        yield sentence.mark("grammar/as-follows", at, at + 1, f"{sentence.raw(at)} follows")


def _the_followings(sentence: Sentence, at: int) -> Iterator[Mark]:
    if sentence.word(at - 1) in ("the", "as") and sentence.is_lower(at) and sentence.joined(at - 1, at):
        right = "follows" if sentence.word(at - 1) == "as" else "following"
        yield sentence.mark("grammar/as-follows", at, at, right)


def _in_details(sentence: Sentence, at: int) -> Iterator[Mark]:
    before = sentence.word(at - 1)
    start = before == "in" or (before in ("more", "greater", "full") and sentence.word(at - 2) == "in")
    if not start or not sentence.joined(at - 1, at) or not sentence.is_lower(at) or not sentence.ends_phrase(at):
        return
    if sentence.word(at + 1) not in ("of", "and", "about", "on", "section", ")"):
        yield sentence.mark("grammar/as-follows", at, at, "detail")


MATCHERS: Final = (
    (tuple(_TWO_WORDS), _one_word),
    (("it",), _it_is_for_its),
    (("its",), _its_for_it_is),
    (("other",), _an_other),
    (("not",), _can_not),
    (("then",), _then_for_than),
    (("that",), _that_for_than),
    (("more", "most"), _twice_compared),
    (("as",), _as_follows),
    (("followings",), _the_followings),
    (("details",), _in_details),
)

RULES: Final = (
    Rule(
        id="grammar/word-form",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="English does not have this form.",
        why="Two words were written as one, one as two, a letter got lost, or a strong verb was given a weak ending.",
        find=find,
        bad=(
            Example.of("<v>Everytime</v> it rains, <v>upto</v> ten people wait, and <v>dont</v> mind.",
                       "Every time it rains, up to ten people wait, and don't mind."),
            Example.of("She <v>splitted</v> the bill, and they took <v>an other</v> road.",
                       "She split the bill, and they took another road."),
        ),
        good=(
            Example.of("Every time it rains, up to ten people wait. DONT is a name, dont-care a word; an “other”."),
        ),
        confidence=0.9,
        safe_fix=True,
    ),
    Rule(
        id="grammar/its-it-is",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="Its owns something; it's is short for it is.",
        why="The two are said alike.",
        find=find,
        bad=(
            Example.of("The cat, in <v>it's</v> way, goes to <v>it's</v> basket.",
                       "The cat, in its way, goes to its basket."),
            Example.of("<v>Its</v> a pity, and <v>its</v> not possible.", "It's a pity, and it's not possible."),
        ),
        good=(Example.of("It's food that counts, and they say it's time to go. Its owner left. I think it's gold."),),
        confidence=0.85,
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
        status="preview",
        stable_at_high=True,
        safe_fix=True,
    ),
    Rule(
        id="grammar/then-than",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="After a comparative English says “than”.",
        why="Then is a time, that points at something; than compares.",
        find=find,
        bad=(
            Example.of("This road is longer, but faster <v>then</v> the other. It must be less <v>that</v> 5.",
                       "This road is longer, but faster than the other. It must be less than 5."),
        ),
        good=(Example.of("It was easier. Then it rained, and more. If it costs more that year, then we leave."),),
        confidence=0.9,
        safe_fix=True,
    ),
    Rule(
        id="grammar/double-comparative",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="The word is a comparative or superlative already.",
        why="More and -er, most and -est say the same.",
        find=find,
        bad=(Example.of("It is <v>more easier</v> by train, the <v>most cheapest</v> way.",
                        "It is easier by train, the cheapest way."),),
        good=(Example.of("It is easier by train, and more expensive. Most highest bids are low, more or less."),),
        confidence=0.9,
        safe_fix=True,
    ),
    Rule(
        id="grammar/as-follows",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="The phrase has one form: as follows, the following, in detail.",
        why="The ending was lost or added.",
        find=find,
        bad=(
            Example.of("The steps are <v>as follow</v>:", "The steps are as follows:"),
            Example.of("Do the <v>followings</v>, explained in <v>details</v>.",
                       "Do the following, explained in detail."),
        ),
        good=(
            Example.of("The steps are as follows. As following cars slow down, follow. The devil is in the details."),
        ),
        confidence=0.9,
        safe_fix=True,
    ),
)  # fmt: skip
