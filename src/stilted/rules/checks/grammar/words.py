"""Single words and pairs of words that are mixed up: its and it's, then and than, what is one word and what is two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Example, Rule, Status
from stilted.core.tokens import TokenKind
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import DETERMINERS, MODALS, OBJECT, PREPOSITIONS, Mark, Sentence
from stilted.text import parts_of_speech
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
    "puted": "put", "cutted": "cut", "hitted": "hit", "spreaded": "spread", "feeded": "fed", "dealed": "dealt",
    "stucked": "stuck", "sticked": "stuck", "undoed": "undone", "redoed": "redone", "throwed": "threw",
    "gived": "gave", "breaked": "broke", "rebuilded": "rebuilt", "resended": "resent", "spended": "spent",
    "formated": "formatted", "reformated": "reformatted",
    "forexample": "for example", "infront": "in front", "makesure": "make sure", "atmost": "at most",
}  # fmt: skip
_IS_FOLLOWS: Final = frozenset("a an the not been because possible necessary recommended important easy hard".split())
_SUBJECT_VERBS: Final = frozenset("is are be say think believe know means hope guess says thinks sure so".split())


_PARTICIPLES: Final = {
    "choosed": "chosen", "writed": "written", "taked": "taken", "throwed": "thrown", "gived": "given",
    "breaked": "broken",
}  # fmt: skip
"""Weak forms of strong verbs of which past and participle differ."""
_BEFORE_PAST: Final = frozenset("i you he she it we they who".split())


def _mark_misspelt_word(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "everytime", "dont", "splitted" and the like."""
    written, right = sentence.raw(at), _TWO_WORDS[sentence.word(at)]
    if sentence.word(at - 1) not in _BEFORE_PAST:
        right = _PARTICIPLES.get(sentence.word(at), right)
    if written.islower() and not sentence.is_glued(at):
        yield sentence.mark("grammar/word-form", at, at, right)
    elif sentence.begins(at) and written[1:].islower() and not sentence.is_glued(at) and len(sentence.raw(at - 2)) != 1:
        yield sentence.mark("grammar/word-form", at, at, right[:1].upper() + right[1:])  # and no name: Michael D. Taht


def _mark_it_is_for_its(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "in it's way"."""
    if sentence.kind(at + 1) is not TokenKind.GENITIVE or not sentence.are_joined(at + 1, at + 2):
        return
    if _is_owner_of_noun(sentence, at) or _is_owner_of_phrase(sentence, at):
        yield sentence.mark("grammar/its-it-is", at, at + 1, "its" if sentence.is_lower(at) else "Its")


def _is_owner_of_noun(sentence: Sentence, at: int) -> bool:
    """Tell, without tags, whether a noun follows and a preposition or a verb stands before: in it's way."""
    noun, before = sentence.word(at + 2), sentence.word(at - 1)
    possible = sentence.forms(at + 2)
    is_owned = noun == "own" or (
        bool(possible & (NOUN | PLURAL))
        and not possible & (ADJECTIVE | ADVERB | PARTICIPLE | PAST | ING)
        and sentence.is_lower(at + 2)
        and noun not in ("time", "like", "okay", "ok")
        and sentence.word(at + 3) not in ("that", "who")
    )
    if before in PREPOSITIONS - {"per"} and sentence.is_plain_adjective(at + 2) and sentence.are_joined(at + 2, at + 3):
        is_owned = is_owned or sentence.tag(at + 3) in ("NN", "NNS")
    is_object = before in PREPOSITIONS or (
        bool(sentence.forms(at - 1) & (VERB | ING | VERB_S))
        and not sentence.forms(at - 1) & (NOUN | PLURAL | ADVERB)
        and before not in _SUBJECT_VERBS
    )
    return is_owned and (is_object or noun == "own")


_CLAUSE_MAY_FOLLOW: Final = _SUBJECT_VERBS | frozenset(
    "know knows knew thought see sees ensure ensures ensuring verify check checks checking assume assumes assuming"
    " suppose consider find finds feel feels note notice remember understand realize indicate indicates indicating"
    " show shows suggest suggests look looks confirm confirms determine decide recall learn discover tell tells seem"
    " seems claim claims guarantee guarantees meaning said saying insist imagine bet wish agree discovered expect"
    " mind like".split()
)
"""Verbs after which "it's" begins a clause: they know it's raining."""
_CLAUSE_OR_PREPOSITION: Final = frozenset("per after before".split())
_FINITE: Final = MODALS | frozenset("is are was were has have does do isn't aren't doesn't".split())
_BEFORE_SUBJECT: Final = frozenset(", and but so that because if when as where since ; ( or while".split())
_NO_OWNED: Final = frozenset(
    "time like okay ok worth safe good all kind sort something nothing anything everything none null one who case best"
    " better easy hard fine anyone anybody everyone everybody someone somebody nobody likely unlikely possible obvious"
    " clear true".split()
)
"""Words that "it is" may well have behind it."""
_ORDINALS: Final = frozenset("first second third last default".split())
_LONGEST_OWNED: Final = 4
"""Words of what is owned, at most."""
_OWNED_TAGS: Final = frozenset("JJ JJS NN NNS NNP NNPS CD".split())


def _find_end_of_owned(sentence: Sentence, at: int) -> int:
    """Return the last word of the noun phrase without a determiner that begins here; -1 where there is none."""
    last, place = -1, at
    while place < at + _LONGEST_OWNED and (place == at or sentence.are_joined(place - 1, place)):
        is_object = sentence.word(place) == OBJECT
        if sentence.word(place) in _NO_OWNED or (not is_object and sentence.is_glued(place)):
            return -1
        tag = sentence.tag(place)
        if not is_object and tag not in _OWNED_TAGS:
            break
        if is_object and place == at:
            return -1  # "it is" before a value
        if is_object or (tag in ("NN", "NNS") and sentence.is_lower(place)):
            last = place
        place += 1
    # An adjective that ends the phrase shows that something else is meant: it's data available.
    return last if last == place - 1 else -1


def _is_owner_of_phrase(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun phrase follows that "it is" cannot have: all it's keys, as it's first key, it's key is."""
    before = sentence.word(at - 1)
    last = _find_end_of_owned(sentence, at + 2)
    if last < 0 or sentence.word(last + 1) in ("that", "who", "which", "-", "/"):
        return False
    possible = sentence.forms(last)
    is_many = bool(possible & PLURAL) and not possible & (NOUN | VERB_S)
    is_subject = sentence.begins(at) or before in _BEFORE_SUBJECT
    if is_subject and sentence.are_joined(last, last + 1) and sentence.word(last + 1) in _FINITE:
        return True
    if not sentence.are_joined(at - 1, at):
        return False
    first = sentence.word(at + 2)
    if first == "respective" or before in ("all", "both") or (before == "as" and first in _ORDINALS and last > at + 2):
        return True
    if before in ("and", "or"):
        is_plain = not possible & (ADJECTIVE | ADVERB | PARTICIPLE | PAST | ING | VERB)
        return is_many and last == at + 2 and is_plain and sentence.tag(at - 2) in ("NN", "NNS", "NNP")
    if before in PREPOSITIONS:
        return before not in _CLAUSE_OR_PREPOSITION
    return sentence.tag(at - 1) in ("VB", "VBZ", "VBP", "VBG") and before not in _CLAUSE_MAY_FOLLOW


_AFTER_PREDICATE: Final = frozenset("to that and . , for if when in".split())


def _mark_its_for_it_is(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "its not possible"."""
    following = sentence.word(at + 1)
    is_adverb = sentence.forms(at + 1) == ADVERB or following == "also"
    if is_adverb and sentence.are_joined(at, at + 2) and sentence.word(at + 3) in _AFTER_PREDICATE:
        # “Its also possible to”: what is its own is a noun.
        if sentence.is_plain_adjective(at + 2) or sentence.word(at + 2) in ("possible", "complete"):
            yield sentence.mark("grammar/its-it-is", at, at, "it's" if sentence.is_lower(at) else "It's")
        return
    if following not in _IS_FOLLOWS or not sentence.are_joined(at, at + 1):
        return
    is_adjective = following in ("important", "possible", "hard", "necessary", "easy", "recommended")
    if is_adjective and sentence.word(at + 2) not in ("to", "that"):
        return
    if following in ("because", "been") and not sentence.are_joined(at, at + 2):
        return
    yield sentence.mark("grammar/its-it-is", at, at, "it's" if sentence.is_lower(at) else "It's")


def _mark_an_other(sentence: Sentence, at: int) -> Iterator[Mark]:
    if sentence.word(at - 1) not in ("an", "a") or not sentence.are_joined(at - 1, at) or not sentence.is_lower(at):
        return
    if sentence.tag(at + 1) in ("NN", "JJ"):
        yield sentence.mark("grammar/word-form", at - 1, at, "another")


def _mark_can_not(sentence: Sentence, at: int) -> Iterator[Mark]:
    is_written_apart = sentence.word(at - 1) == "can" and sentence.are_joined(at - 1, at) and sentence.is_lower(at)
    if is_written_apart and sentence.word(at + 1) not in ("only", "just", "merely", "simply"):
        yield sentence.mark("grammar/can-not", at - 1, at, "cannot" if sentence.is_lower(at - 1) else "Cannot")


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


_COMPARATIVES: Final = frozenset(
    "more less faster larger smaller greater fewer higher lower shorter easier older newer bigger slower simpler worse"
    " rather other".split()
)


def _mark_then_for_than(sentence: Sentence, at: int) -> Iterator[Mark]:
    if not sentence.are_joined(at - 1, at + 1):
        return
    before = sentence.word(at - 1)
    is_compared = before in _COMPARATIVES or (
        sentence.word(at - 2) in ("more", "less")
        and bool(sentence.forms(at - 1) & (ADJECTIVE | ADVERB))
        and sentence.word(at + 1) in DETERMINERS | {OBJECT, "one", "two", "what"}
    )
    if is_compared and sentence.word(at + 1) not in ("it", "is", "you"):
        yield sentence.mark("grammar/then-than", at, at, "than")


def _mark_that_for_than(sentence: Sentence, at: int) -> Iterator[Mark]:
    if not sentence.are_joined(at - 1, at + 1) or sentence.word(at - 1) not in _COMPARATIVES - {
        "other",
        "rather",
        "more",
    }:
        return
    number = sentence.kind(at + 1) is TokenKind.NUMBER or sentence.word(at + 1) in ("one", "two", "three", OBJECT)
    if number and sentence.word(at - 2) in ("be", "is", "are", "was", "or", "not", "value", "equal", "much", "far"):
        yield sentence.mark("grammar/then-than", at, at, "than")


_ENDING_ER: Final = re.compile(
    r"(?:easi|simpl|fast|slow|larg|small|high|low|long|short|strong|big|bett|clean|quick|cheap|saf|heavi|new|old|strict"
    r"|light|great|wid|deep|hard|near|rich|smart|full)(er|est)"
)


def _mark_double_comparative(sentence: Sentence, at: int) -> Iterator[Mark]:
    match = _ENDING_ER.fullmatch(sentence.word(at + 1))
    wanted = "er" if sentence.word(at) == "more" else "est"
    if not match or match.group(1) != wanted or not sentence.are_joined(at, at + 1) or not sentence.is_lower(at):
        return
    if sentence.tag(at + 2) not in ("NN", "NNS") or sentence.word(at + 1) not in ("newer", "older"):
        yield sentence.mark("grammar/double-comparative", at, at + 1, sentence.word(at + 1))


def _mark_as_follow(sentence: Sentence, at: int) -> Iterator[Mark]:
    following, after = sentence.word(at + 1), sentence.word(at + 2)
    if not sentence.are_joined(at, at + 1) or not sentence.is_lower(at + 1):
        return
    if following == "follow" or (following in ("followed", "following") and after in (":", ".", "")):
        yield sentence.mark("grammar/as-follows", at, at + 1, f"{sentence.raw(at)} follows")


def _mark_the_followings(sentence: Sentence, at: int) -> Iterator[Mark]:
    if sentence.word(at - 1) in ("the", "as") and sentence.is_lower(at) and sentence.are_joined(at - 1, at):
        right = "follows" if sentence.word(at - 1) == "as" else "following"
        yield sentence.mark("grammar/as-follows", at, at, right)


def _mark_in_details(sentence: Sentence, at: int) -> Iterator[Mark]:
    before = sentence.word(at - 1)
    start = before == "in" or (before in ("more", "greater", "full") and sentence.word(at - 2) == "in")
    if not start or not sentence.are_joined(at - 1, at) or not sentence.is_lower(at) or not sentence.ends_phrase(at):
        return
    if sentence.word(at + 1) not in ("of", "and", "about", "on", "section", ")"):
        yield sentence.mark("grammar/as-follows", at, at, "detail")


MATCHERS: Final = (
    (tuple(_TWO_WORDS), _mark_misspelt_word),
    (("it",), _mark_it_is_for_its),
    (("its",), _mark_its_for_it_is),
    (("other",), _mark_an_other),
    (tuple(_MANNERS), _mark_adjective_for_adverb),
    (_NEVER_OWNERS, _mark_apostrophe_in_verb),
    (_list_plurals, _mark_genitive_of_plural),
    (tuple(_BEFORE_PARTICIPLES), _mark_adjective_before_participle),
    (("not",), _mark_can_not),
    (("then",), _mark_then_for_than),
    (("that",), _mark_that_for_than),
    (("more", "most"), _mark_double_comparative),
    (("as",), _mark_as_follow),
    (("followings",), _mark_the_followings),
    (("details",), _mark_in_details),
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
            Example.of("<v>It's</v> roof is red, all <v>it's</v> doors are open, but <v>it's</v> old gate is shut.",
                       "Its roof is red, all its doors are open, but its old gate is shut."),
            Example.of("Oil <v>it's</v> hinges, and leave the key as <v>it's</v> first owner did in <v>it's</v> box.",
                       "Oil its hinges, and leave the key as its first owner did in its box."),
            Example.of("<v>Its</v> a pity, and <v>its</v> not possible.", "It's a pity, and it's not possible."),
            Example.of("<v>Its</v> also possible to wait.", "It's also possible to wait."),
        ),
        good=(
            Example.of("It's food that counts, and they say it's time to go. Its owner left. I think it's gold."),
            Example.of("I know it's raining; see that it's time. It's bread that matters, because it's food."),
            Example.of("Make sure it's state-of-the-art when it's hand-made, as it's common practice."),
            Example.of("Check it's fresh bread, since it's good practice, and it's all we have."),
        ),
        confidence=0.85,
        safe_fix=True,
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
             Example.of("The <v>new</v> built lock must be <v>explicit</v> defined.",
                        "The newly built lock must be explicitly defined."),),
        good=(Example.of("The newly built lock is in common use. High scalable is what is high and scalable-to-be."),
              Example.of("The harbour wide installed lamps are those of the whole harbour."),
              Example.of("The new lock works differently. Similar locks work; the work similar to it is done."),),
        confidence=0.85,
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
            Example.of("The depth must be <v>large</v> than five.", "The depth must be larger than five."),
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
