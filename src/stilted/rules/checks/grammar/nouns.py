"""Number of nouns beside what says how many there are: each, these, two, such, this type of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.foreign import OBJECT
from stilted.core.model import Example, Rule
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._noun_phrases import is_counted
from stilted.rules.checks.grammar._sentence import (
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    Mark,
    Sentence,
)
from stilted.rules.checks.grammar.articles import choose_article
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, ING, NOUN, PARTICIPLE, PAST, PLURAL, VERB, VERB_S

_PARTICLES: Final = frozenset("up out off down back away along".split())
"""What a verb has behind it, and a noun seldom: "these pop up"."""
UNCOUNTABLE: Final = frozenset(
    "information advice software hardware equipment feedback knowledge metadata traffic furniture luggage homework"
    " documentation malware firmware spyware".split()
)
_MASS_OR_COUNT: Final = frozenset(
    "percent million thousand hundred billion dozen people sheep fish aircraft series species data metadata software"
    " kubernetes https dns css sql aws js json yaml html ajax rest linux python java php more less other such same time"
    " day way out up down in half id code content behavior behaviour access traffic storage memory cpu work info help"
    " support middleware nothing everything something anything firmware hardware research progress".split()
)
_NUMBERS: Final = frozenset("two three four five six seven eight nine ten".split())
_TIMES: Final = frozenset(
    "days weeks years hours minutes seconds milliseconds microseconds months times decades centuries bytes bits"
    " percent".split()
)
NO_SINGULAR: Final = frozenset(
    "criteria others means people data params metrics statistics lots thanks headquarters pros series news graphics"
    " pants glasses goods basics premises dynamics few gymnastics".split()
)


_MOST_MODIFIERS: Final = 3
_BEFORE_THIS: Final = frozenset("with of by in for from on to into using".split())
"""Words behind which "this" has a noun behind it: with this features."""
_OF_SETTINGS: Final = frozenset("mode case time way reason result project release version".split())
"""Nouns of phrases that sentences begin with, so that the words behind them are of another phrase."""


def _find_plural(sentence: Sentence, at: int) -> int:
    """Return the place of a plural noun after a few modifiers; 0 if there is none, or if it may be no plural."""
    noun = at + 1
    while noun <= at + _MOST_MODIFIERS and (
        sentence.word(noun) == OBJECT or sentence.tag(noun) in ("JJ", "NN", "VBN", "NNP")
    ):
        noun += 1
    return noun if _may_be_plural(sentence, at, noun) and sentence.tag(noun) == "NNS" else 0


def _may_be_plural(sentence: Sentence, at: int, noun: int) -> bool:
    """Tell, without tags, whether a word ends a phrase and is a plural and nothing but one."""
    possible = sentence.forms(noun)
    if not possible & PLURAL or possible & (NOUN | ADJECTIVE | ADVERB) or sentence.word(noun) in NO_SINGULAR | _TIMES:
        return False
    if not sentence.is_lower(noun) or sentence.is_glued(noun) or not sentence.are_joined(at, noun):
        return False
    return sentence.ends_phrase(noun)


_OF_NUMBER: Final = frozenset(
    "few couple dozen hundred million thousand great good further additional total full maximum minimum mere many whole"
    " one two three half lot select".split()
)
"""Words between "a" and a plural: a few doors, a good ten minutes."""
_SPELLS: Final = frozenset("day week month year time".split())
_BEFORE_OTHER_THINGS: Final = frozenset("such what many they we you way how".split())
"""Words before a determiner that has no noun behind it, or one of another number: the way this works."""


def _mark_plural_after_singular(sentence: Sentence, at: int) -> Iterator[Mark]:
    word, following = sentence.word(at), sentence.word(at + 1)
    if not sentence.are_joined(at, at + 1) or not (sentence.is_lower(at) or sentence.begins(at)):
        return
    # Tags cost far more than all else, so that they are asked for last.
    is_when = word == "every" and following in _SPELLS  # every year new names are chosen
    if (
        following in _OF_NUMBER
        or is_when
        or not any(_may_be_plural(sentence, at, noun) for noun in range(at + 1, at + 2 + _MOST_MODIFIERS))
    ):
        return
    if sentence.is_glued(at) or sentence.word(at - 1) in _BEFORE_OTHER_THINGS:
        return
    noun = _find_plural(sentence, at)
    is_settled = word == "this" and noun == at + 1 and sentence.word(at - 1) in _BEFORE_THIS
    may_be_verb = bool(sentence.forms(noun) & VERB_S) and not is_settled
    if not noun or (may_be_verb and not _is_noun_by_what_follows(sentence, noun)):
        return
    if _is_of_two_phrases(sentence, at, noun):
        return
    is_counting = noun - 1 > at and sentence.word(noun) == "counts"  # "every byte counts"
    is_behind_name = noun - 1 > at and not sentence.is_lower(noun - 1)
    if is_counting or (sentence.forms(noun) & VERB_S and (is_behind_name or sentence.tag(noun - 1) in ("NN", "NNP"))):
        return  # "a user clicks", "a SailBoat catches": more often a verb
    if any(sentence.forms(each) & (VERB_S | ING) for each in range(at + 1, noun)):
        return
    is_behind_preposition = sentence.word(at - 1) in _BEFORE_THIS and sentence.word(noun + 1) not in DETERMINERS
    if word in ("this", "that") and (
        sentence.tag(at) != "DT"
        or (sentence.forms(noun) & VERB_S and noun == at + 1 and not is_behind_preposition)
        or word == "that"
    ):
        return
    if word == "each" and sentence.word(at - 1) in PRONOUNS | {"are"}:
        return
    yield sentence.mark("grammar/singular-determiner", at, noun)


def _is_of_two_phrases(sentence: Sentence, at: int, noun: int) -> bool:
    """Tell whether the noun belongs to another phrase: in this mode new gates open, in a house share common gates."""
    if sentence.word(at + 1) in _OF_SETTINGS and noun > at + 2:
        return True
    if noun > at + 1 and (sentence.word(at - 1) in PREPOSITIONS or sentence.forms(at - 1) & ING):
        if _is_followed_by_verb(sentence, noun):
            return True  # for this reason owners sell
        if sentence.begins(at - 1) and sentence.word(noun + 1) in ("and", "or"):
            return True  # in this case locks and keys are sold
    if any(sentence.forms(each) & VERB and sentence.tag(each + 1) == "JJ" for each in range(at + 2, noun - 1)):
        return True
    return any(sentence.forms(each) & PAST and sentence.tag(each - 1) == "NN" for each in range(at + 2, noun))


def _is_followed_by_verb(sentence: Sentence, noun: int) -> bool:
    """Tell whether a plural is what a verb is about, so that the singular before it belongs to another phrase."""
    verb = noun + 1 + (sentence.forms(noun + 1) == ADVERB)
    following = sentence.word(verb)
    return following in MODALS | {"are", "were", "have", "do"} or sentence.tag(verb) in ("VBP", "VBD", "MD")


def _is_noun_by_what_follows(sentence: Sentence, noun: int) -> bool:
    """Tell whether what follows makes a noun of a word that may be a verb: a finite verb, a preposition or the end."""
    return sentence.tag(noun + 1) in ("MD", "VBP", "IN", ".") or sentence.word(noun + 1) in ("is", "has", "was")


_FINITE_VERBS: Final = MODALS | {"is", "are", "has", "have", "was", "were"}


def _mark_plural_after_this(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "this pages shows": a verb behind it makes a noun of the word that may be a verb too."""
    possible, following = sentence.forms(at + 1), sentence.forms(at + 2)
    if not sentence.are_joined(at, at + 2) or not sentence.is_lower(at + 1) or sentence.is_glued(at + 1):
        return
    if not possible & PLURAL or not possible & VERB_S or possible & (NOUN | ADJECTIVE | ADVERB):
        return
    verb = sentence.word(at + 2)
    if verb in _FINITE_VERBS or (following & VERB_S and not following & (PLURAL | NOUN | ADJECTIVE)):
        yield sentence.mark("grammar/singular-determiner", at, at + 1)


def _find_head(sentence: Sentence, at: int) -> int:
    """Return the noun that ends the phrase of a word of number: two new serial port."""
    noun = at + 1
    if sentence.is_plain_adjective(noun) and not sentence.forms(noun) & ADVERB:
        noun += 1
    if sentence.ends_phrase(noun) or sentence.word(at) in ("these", "those"):
        return noun
    if sentence.word(noun) in _COUNTED_IN_COMPOUNDS:
        return noun
    last = noun
    while last < noun + _MOST_MODIFIERS and sentence.tag(last) in ("NN", "NNP", "JJ", "VBN"):
        if sentence.is_glued(last) or sentence.ends_phrase(last):
            break
        last += 1
    return last


_COUNTED_IN_COMPOUNDS: Final = frozenset(
    "element item byte bit digit letter dimension level stage phase node character column line step part way tier"
    " factor storey star door year day hour minute second week month pixel core port color colour".split()
)
"""Nouns that a number makes an adjective of: a two element tuple."""
_ONE_OF_ITS_KIND: Final = frozenset("a an the this that each every any no single".split())
"""Words before "multiple" that show it to say of which kind a thing is."""
_MODES: Final = frozenset("mode select selection choice inheritance dispatch assignment attribute option".split())
"""Of these one may be multiple by itself."""


_MULTIPLE_TERMS: Final = frozenset(
    "birth choice comparison deprivation entry failure induction introduction linear myeloma organ personality undo"
    " regression sclerosis trauma".split()
)
"""What “multiple” makes a term with: multiple organ failure, multiple regression."""


_BEFORE_NUMBER: Final = frozenset(
    "and version chapter step part section page table phase level number day tier layer twenty thirty forty fifty one"
    " or to".split()
)


def _is_multiple_itself(sentence: Sentence, at: int, noun: int, *, is_long: bool) -> bool:
    """Tell whether “multiple” makes a term with a noun, or several things are what something is done to."""
    singular = sentence.word(noun)
    if singular in _MULTIPLE_TERMS or sentence.word(at + 1) in _MULTIPLE_TERMS:
        return True
    return is_long and singular.endswith(("tion", "ment"))  # multiple language detection


def _may_be_singular(sentence: Sentence, at: int, noun: int) -> bool:
    """Tell, without tags, whether a word ends the phrase of a word of number and is a singular that has a plural."""
    possible, word = sentence.forms(noun), sentence.word(noun)
    if not possible & NOUN or possible & (PLURAL | ADJECTIVE | ADVERB | PARTICIPLE | ING):
        return False
    if word in UNCOUNTABLE or word in _MASS_OR_COUNT or (word in _MODES and sentence.word(at) == "multiple"):
        return False
    if not sentence.are_joined(at, noun) or not sentence.is_lower(noun) or sentence.is_glued(noun):
        return False
    return sentence.ends_phrase(noun) and sentence.word(noun + 1) not in ("or", "and", "(")


def _mark_singular_after_plural(sentence: Sentence, at: int) -> Iterator[Mark]:
    if not any(_may_be_singular(sentence, at, noun) for noun in range(at + 1, at + 3 + _MOST_MODIFIERS)):
        return
    noun = _find_head(sentence, at)
    if not _may_be_singular(sentence, at, noun):
        return
    word, possible, singular = sentence.word(at), sentence.forms(noun), sentence.word(noun)
    before = sentence.word(at - 1)
    is_long = noun > at + 1 and not sentence.is_plain_adjective(noun - 1)
    if word == "multiple" and _is_multiple_itself(sentence, at, noun, is_long=is_long):
        return
    if word == "many" and before == "to" and sentence.word(at - 2) in ("one", "many"):
        return  # a one to many relation
    if (
        singular in MODALS
        or ((word == "multiple" or is_long) and before in _ONE_OF_ITS_KIND)
        or sentence.is_glued(at)
        or sentence.tag(at) not in ("DT", "JJ", "CD")
    ):
        return
    if word in _NUMBERS and (before in _BEFORE_NUMBER or (before == "the" and possible & VERB)):
        return  # version two, and until the two merge
    if word in ("these", "those"):
        is_object = before in PREPOSITIONS - {"like", "as"}
        is_verb = possible & VERB and sentence.word(noun + 1) in PREPOSITIONS | _PARTICLES
        if not is_object and (is_verb or sentence.word(noun + 1) in PRONOUNS | MODALS):
            return
    if sentence.tag(noun) == "NN":
        yield sentence.mark("grammar/plural-determiner", at, noun)


_SORTS: Final = frozenset("type kind sort".split())


def _mark_this_type_of_plural(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "this type of doors"."""
    noun = at + 2
    if sentence.word(at - 1) != "this" or sentence.word(at + 1) != "of" or not sentence.are_joined(at - 1, noun):
        return
    possible = sentence.forms(noun)
    if not possible & PLURAL or possible & (NOUN | ADJECTIVE | ADVERB) or not sentence.is_lower(noun):
        return
    if sentence.word(noun) not in NO_SINGULAR and sentence.ends_phrase(noun) and sentence.is_lower(at):
        these = "these" if sentence.is_lower(at - 1) else "These"
        yield sentence.mark("grammar/singular-determiner", at - 1, at, f"{these} {sentence.raw(at)}s")


_OTHER_AFTER: Final = frozenset("in on to from by with for at into using use".split())
_MASS_AFTER_OTHER: Final = (
    UNCOUNTABLE
    | _MASS_OR_COUNT
    | frozenset(
        "automation damage evidence functionality guidance nonsense optimization pressure usage validation".split()
    )
)


def _mark_singular_after_other(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "in other room"."""
    noun = at + 1
    if sentence.word(at - 1) not in _OTHER_AFTER or not sentence.are_joined(at - 1, noun) or not sentence.is_lower(at):
        return
    possible, following = sentence.forms(noun), sentence.word(noun + 1)
    if not possible & NOUN or possible & (PLURAL | ADJECTIVE | ADVERB | PARTICIPLE | ING | VERB_S):
        return
    if sentence.word(noun) in _MASS_AFTER_OTHER or following in ("and", "or", ",", "/"):
        return
    is_whole = sentence.is_lower(noun) and not sentence.is_glued(noun) and sentence.ends_phrase(noun)
    if is_whole and sentence.tag(noun) == "NN":
        yield sentence.mark("grammar/plural-determiner", at, noun)


_BEFORE_SUCH: Final = frozenset(
    "as no any one some every each another all many few other of most two three several first second last next only"
    " single".split()
)


def _mark_singular_after_such(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "in such house"."""
    noun = at + 1
    possible = sentence.forms(noun)
    if sentence.word(at - 1) in _BEFORE_SUCH or not sentence.are_joined(at, noun) or not sentence.is_lower(noun):
        return
    if not possible & NOUN or possible & (PLURAL | ADJECTIVE | ADVERB | PARTICIPLE | ING | VERB):
        return
    if sentence.word(noun) in _OFTEN_MASS or not is_counted(sentence.word(noun)) or not sentence.ends_phrase(noun):
        return
    if not sentence.is_glued(noun) and sentence.tag(noun) == "NN":
        singular = sentence.raw(noun)
        article = choose_article(singular, 0, len(singular))
        fixed = (f"{sentence.raw(at)} {article} {singular}",) if article else ()
        yield sentence.mark("grammar/plural-determiner", at, noun, *fixed, message=_SUCH_A)


_SUCH_A: Final = "Of one thing English says “such a”, of several “such” with a plural."
_OFTEN_MASS: Final = frozenset(
    "ability behaviour behavior combination confidence decisiveness description distribution guidance importance"
    " intelligence limitation patience responsibility"
    " functionality text context configuration protection power luck joy praise grace beauty strength violence wisdom"
    " information validation verification optimization automation evidence clarity freedom success failure authority"
    " usage damage material pressure pleasure treatment activity nonsense misuse business conduct language property"
    " content".split()
)
"""Nouns that stand behind "such" without an article too."""
MATCHERS: Final = (
    ("a an this each every another".split(), _mark_plural_after_singular),
    (("this",), _mark_plural_after_this),
    ("these those many several few various multiple numerous two three four five six seven eight nine ten".split(),
     _mark_singular_after_plural),
    (("other",), _mark_singular_after_other),
    (("such",), _mark_singular_after_such),
    (_SORTS, _mark_this_type_of_plural),
)  # fmt: skip

RULES: Final = (
    Rule(
        id="grammar/singular-determiner",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="A singular determiner stands before a plural noun.",
        why="One of the two has the wrong number.",
        find=find,
        bad=(
            Example.of("Lock <v>each doors</v> and read <v>this instructions</v>."),
            Example.of("She planted <v>a red roses</v> in the yard. <v>This plans</v> describes the house."),
            Example.of("Doors with <v>this features</v> are new."),
            Example.of("We sell <v>this type</v> of doors.", "We sell these types of doors."),
            Example.of("Choose at least <v>one items</v>, and open <v>a new garden benches</v>."),
        ),
        good=(
            Example.of("Lock each door and read these instructions. They each closed doors. A few keys."),
            Example.of("When a user clicks, this means that a window opens. This changes everything."),
            Example.of("Where each load is large, every byte counts. In this mode old doors open."),
            Example.of("The doors in a house share common locks. It may be a func, a type or a const."),
        ),
        confidence=0.8,
    ),
    Rule(
        id="grammar/plural-determiner",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="A plural determiner stands before a singular noun.",
        why="Languages without plural endings leave the number to the determiner.",
        find=find,
        bad=(
            Example.of("There are <v>several reason</v> for it, as <v>two new window</v> are open."),
            Example.of("They sit in <v>other room</v>. Then <v>two garden gate</v> are shut."),
            Example.of("In <v>such situation</v>, wind is heard.", "In such a situation, wind is heard."),
            Example.of("Wait for <v>10 second</v>, and then sail.", "Wait for 10 seconds, and then sail."),
            Example.of("How <v>many boat</v> are there?"),
        ),
        good=(
            Example.of("There are several reasons, two people, many more, and those who left. Step two window side."),
            Example.of("The gate opens in multiple mode, too. Each multiple question has a key."),
            Example.of("In such cities there is no such thing as rest, and in such a city such power fails."),
            Example.of("It is a two storey house, built for multiple window protection, with a (5 byte) key."),
            Example.of("Two forms were added. These pop up a window. It keeps multiple loading from being slow."),
            Example.of("This has an effect on other functionality; doors are in a one to many relation."),
        ),
        confidence=0.8,
    ),
)  # fmt: skip
