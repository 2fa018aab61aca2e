"""Verbs that do not agree with their subjects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from stilted.core.foreign import OBJECT
from stilted.core.model import Example, Rule, Status
from stilted.core.tokens import TokenKind
from stilted.rules.checks.grammar._bare_verbs import AFTER_SINGLE, lacks_ending
from stilted.rules.checks.grammar._finder import Matcher, Trigger, find, find_guesses
from stilted.rules.checks.grammar._heads import (
    BEFORE_NOUNS,
    CLAUSE,
    LONGEST_PHRASE,
    LOOK_BACK,
    find_boundary,
    find_candidate_subject,
    find_number,
    find_subject,
    has_another_head,
    is_behind_preposition,
    is_subject_plural,
    may_be_name,
    stands_before_subject,
)
from stilted.rules.checks.grammar._sentence import (
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    Mark,
    Sentence,
)
from stilted.rules.checks.grammar._subjects import DOUBTFUL, EITHER_NUMBER
from stilted.text import parts_of_speech
from stilted.text.native_usage import subjects
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

CERTAIN: Final = 3.2
MORE_CERTAIN: Final = 4.5
CERTAIN_OF_NAMES: Final = 2.5
NEVER: Final = float("inf")
"""Logarithms of the odds from which a verb is marked: one that is tagged as such, one that is not, one after a name."""
_PAIRS: Final = {
    "is": "are", "has": "have", "does": "do", "isn't": "aren't", "hasn't": "haven't", "doesn't": "don't",
}  # fmt: skip
_SINGULAR_OF: Final = {plural: singular for singular, plural in _PAIRS.items()}
_BARE_VERB_AFTER: Final = frozenset(
    "let lets letting make makes made making have has had having help helps helped helping see sees saw watch watches"
    " watched hear heard do does did can could will would should must may might recommend recommends recommended"
    " suggest suggests suggested require requires required requirement insist insists insisted insisting demand demands"
    " demanded demanding requested provided providing important"
    " essential necessary to not lest rather than"
    " don't doesn't didn't can't cannot won't".split()
)


@cache
def _list_verbs() -> frozenset[str]:
    """Return the present forms that call for a look: those that can be no noun, adjective or adverb beside."""
    other = NOUN | ADJECTIVE | ADVERB | PAST | PARTICIPLE | ING
    verbs = {
        word
        for word, possible in parts_of_speech.get_all_forms().items()
        if (possible & VERB_S and not possible & (other | VERB))
        or (possible & VERB and not possible & (other | PLURAL))
    }
    return frozenset(verbs | set(_PAIRS) | set(_SINGULAR_OF)) - {
        "be",
        "am",
        "let",
        "feel",
        "bless",
        "zoom",
        "dialogs",
        "excel",
    }


_ASKED: Final = frozenset("we you they".split())
"""Subjects that stand behind the verb of a question."""
_SUBORDINATES: Final = frozenset("if when because while unless although whenever".split())


def _list_words_of_clause(sentence: Sentence, at: int) -> Sequence[str]:
    """Return the words before a verb that may ask for a bare one: none from before the conjunction of its clause."""
    earlier = sentence.words[max(0, at - LOOK_BACK) : at]
    begins = max((place + 1 for place, word in enumerate(earlier) if word in _SUBORDINATES), default=0)
    return earlier[begins:] if len(earlier) - begins > 1 else earlier


_OPENING: Final = 4
"""Words of what stands before a sentence, and a comma, at most."""


def _is_behind_opening(sentence: Sentence, left: int) -> bool:
    """Tell whether the comma before a noun ends an opening and no part of a list: by default, the gate."""
    comma = left
    while comma > 0 and sentence.word(comma) != ",":
        comma -= 1
    first = max(0, comma - _OPENING)
    while first < comma and not sentence.begins(first):
        first += 1
    is_whole = comma > 0 and sentence.word(first) in _OPENS and "," not in sentence.words[first:comma]
    return is_whole and sentence.word(comma + 1) in ("the", "this", "that", "each", "every")


_OPENS: Final = frozenset("by in at for on after before with until since currently additionally".split())


def _is_order(sentence: Sentence, left: int, at: int) -> bool:
    """Tell whether the noun may be a verb that begins an order, and the verb a part of its object: fix ring events."""
    is_object = bool(sentence.forms(at + 1) & (PLURAL | ING)) and sentence.is_lower(at + 1)
    is_first = sentence.begins(left) or sentence.word(left - 1) in (")", ":", "*")  # (Ann) Fix ring events
    return is_first and bool(sentence.forms(left) & VERB) and sentence.are_joined(at, at + 1) and is_object


_WISHES: Final = frozenset("request requests ask asks asked demand propose proposes proposed command commands".split())


def _is_wished(sentence: Sentence, at: int) -> bool:
    """Tell whether the verb stands in a clause of what is asked for: it requests that the answer contain a key."""
    return any(
        sentence.word(place) == "that" and sentence.word(place - 1) in _WISHES
        for place in range(max(1, at - LOOK_BACK), at)
    )


def _may_be_right_bare(sentence: Sentence, left: int, at: int) -> bool:
    if find_boundary(sentence, left) == "," and not _is_behind_opening(sentence, left):
        return True  # the last of several
    if left == 0 and sentence.kind(at + 1) is not TokenKind.WORD:
        return True  # a label that is called after what it does: Memory add; click it
    if sentence.kind(at + 1) is not TokenKind.WORD and _is_object_of_verb(sentence, left):
        return True  # it stops a link fade
    if _is_order(sentence, left, at) or _is_label(sentence, at) or sentence.word(at + 1) in _ASKED:
        return True  # what the heck are you
    if _is_wished(sentence, at) or any(each in _BARE_VERB_AFTER for each in _list_words_of_clause(sentence, at)):
        return True
    return _is_no_predicate(sentence, at)


def _is_object_of_verb(sentence: Sentence, noun: int) -> bool:
    """Tell whether a noun with "a" before it stands behind a verb that begins the sentence, or has an ending."""
    first = noun - 1
    while first > 0 and noun - first < LONGEST_PHRASE and sentence.word(first) not in ("a", "an"):
        first -= 1
    is_whole = sentence.word(first) in ("a", "an") and sentence.are_joined(first - 1, noun)
    possible = sentence.forms(first - 1)
    return is_whole and bool(possible & VERB_S or (possible & VERB and sentence.begins(first - 1)))


def _mark_disagreement(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark a verb whose number is not that of the noun or pronoun before it: the doors opens."""
    word, possible = sentence.word(at), sentence.forms(at)
    is_singular = word in _PAIRS or (word not in _SINGULAR_OF and bool(possible & VERB_S))
    if (
        not sentence.is_lower(at)
        or sentence.is_glued(at)
        or (word in ("do", "does") and sentence.word(at + 1) != "not")
    ):
        return
    left = find_subject(sentence, at)
    if (
        left < 0
        or _begins_order(sentence, left, word)
        or find_number(sentence, left) != ("many" if is_singular else "one")
    ):
        return
    if stands_before_subject(sentence, left, at):
        return
    if may_be_name(sentence, left, at) if is_singular else _may_be_right_bare(sentence, left, at):
        return
    if has_another_head(sentence, left, at, is_singular=is_singular):
        return
    odds = subjects.score_singular(sentence.words, sentence.list_tags_until(at + 1), at)
    is_tagged_so = sentence.tag(at) in ("VBZ", "VBP") or word in _SINGULAR_OF
    # A bare verb after a singular noun is so strange that the tagger takes it for something else.
    least = CERTAIN if is_tagged_so else MORE_CERTAIN if not is_singular and possible == VERB else NEVER
    if sentence.is_name(left):
        least = CERTAIN_OF_NAMES
    elif is_singular and _begins_with_relative(sentence, left, at):
        least = _CERTAIN_OF_FIRST
    if (-odds if is_singular else odds) >= least:
        yield sentence.mark("grammar/subject-verb", at, at, *_change_number(word, is_singular=is_singular))


def _begins_order(sentence: Sentence, left: int, verb: str) -> bool:
    """Tell whether what stands before a verb is no subject: then press enter, this time don't knock."""
    if sentence.word(left) in _PRESSED:
        return verb in _KEYS
    return sentence.word(left) == "time" and sentence.word(left - 1) in ("this", "next") and verb in ("don't", "do")


_PRESSED: Final = frozenset("press hit push tap type".split())
_KEYS: Final = frozenset("enter return escape delete insert shift space".split())


def _begins_with_relative(sentence: Sentence, left: int, at: int) -> bool:
    return left == 0 and at == 2 and sentence.word(1) in ("that", "which")


_CERTAIN_OF_FIRST: Final = 2.0
"""What goes for a clause about a plural that begins its sentence, since nothing stands there that it may be about."""


def _mark_none_were(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "no old gate were found"."""
    first = at - 1
    while first > 0 and at - first < LONGEST_PHRASE and (sentence.forms(first) & (ADJECTIVE | PARTICIPLE | NOUN)):
        first -= 1
    noun = at - 1
    if sentence.word(first) != "no" or first == noun or not sentence.begins(first):
        return
    is_one = find_number(sentence, noun) == "one" and sentence.word(noun) not in _NO_HEAD and sentence.is_lower(noun)
    if is_one and sentence.are_joined(first, at) and sentence.forms(at + 1) & PARTICIPLE:
        yield sentence.mark("grammar/subject-verb", at, at, "was")


def _change_number(word: str, *, is_singular: bool) -> tuple[str, ...]:
    closed = (_PAIRS if is_singular else _SINGULAR_OF).get(word)
    return (closed,) if closed else ()


_STRANGE_SINGULAR: Final = 4.0
_STRANGE_PLURAL: Final = 3.0
"""Logarithms of the odds from which a verb that may be a noun, or one whose subject stands farther off, is marked."""
_MAY_BE_VERB: Final = frozenset(
    "need needs want support supports work works use uses return returns display displays show shows change changes"
    " process list link result match matches start starts point points take takes offer offers report map order stop"
    " release delay cause causes result results state answer trigger triggers request handle handles test set sets"
    " check checks call calls load loads cover covers aim aims help helps run runs write writes allow fit plan reach"
    " delete sell lead leads".split()
)
"""Verbs, many of them nouns too, that manuals use a great deal."""
_OBJECT_FOLLOWS: Final = (
    DETERMINERS
    | PREPOSITIONS
    | frozenset(
        "not only also all both two three many more multiple several new different when if as that how what which it"
        " them you up out".split()
    )
)


def _may_be_bare(sentence: Sentence, left: int, at: int) -> bool:
    """Tell whether a bare verb may be right after a singular noun: let it rain, the team have won, a cat and a dog."""
    earlier = sentence.words[max(0, at - LOOK_BACK) : at]
    if _is_wished(sentence, at) or any(word in _BARE_VERB_AFTER or word in EITHER_NUMBER for word in earlier):
        return True
    if _is_order(sentence, left, at) or _is_label(sentence, at):
        return True
    if sentence.word(at) == "need" and sentence.word(at + 1) in ("only", "not") and sentence.forms(at + 2) & VERB:
        return True  # a modal: it need only hold
    return "and" in sentence.words[max(0, left - 3) : at] or find_boundary(sentence, left) == ","


def _is_label(sentence: Sentence, at: int) -> bool:
    """Tell whether a value stands behind a noun or two without a determiner: Lamp oil use {litres}."""
    opening = sentence.words[:at]
    is_short = 0 < at <= _LONGEST_LABEL and BEFORE_NOUNS.isdisjoint(opening)
    may_be_noun = bool(sentence.forms(at) & NOUN) or sentence.word(at) in _MAY_BE_VERB
    return is_short and sentence.word(at + 1) == OBJECT and may_be_noun


_LONGEST_LABEL: Final = 3


def _is_told_after_purpose(sentence: Sentence, at: int) -> bool:
    """Tell whether a bare verb tells what to do for what the sentence begins with: to open the gate use a key."""
    start = at
    while start > 0 and at - start < _LONGEST_PURPOSE and not sentence.begins(start):
        start -= 1
    if not sentence.begins(start) or sentence.word(start) != "to" or not sentence.forms(start + 1) & VERB:
        return False
    return _FINITE.isdisjoint(sentence.words[start + 1 : at])


_LONGEST_PURPOSE: Final = 30
"""Words before a verb in which the beginning of its sentence is looked for."""
_FINITE: Final = PRONOUNS | {"is", "are", "was", "were", "has", "have", "can", "will", "must", "should", "may", "that"}


def _is_no_predicate(sentence: Sentence, at: int) -> bool:
    return (
        _is_told_after_purpose(sentence, at)
        or _is_part_of_name(sentence, at)
        or (sentence.word(at + 1) == "that" and sentence.word(at + 2) in _FINITE)  # an override that should be used
        or _is_noun_by_what_follows(sentence, at)
    )


def _is_noun_by_what_follows(sentence: Sentence, at: int) -> bool:
    """Tell whether a finite verb right behind makes a noun of what the lexicon has as a verb alone: this act is new."""
    following, possible = sentence.word(at + 1), sentence.forms(at + 1)
    if not sentence.are_joined(at, at + 1):
        return False
    is_finite = following in ("is", "was", "has") or following in _MODALS_BEHIND
    return is_finite or bool(possible & VERB_S and not possible & (PLURAL | NOUN | ADVERB))


_MODALS_BEHIND: Final = frozenset("must should cannot would could".split())
"""Modals that are nothing else; behind a verb they make a noun of it: the harbour rebuild must wait."""


def _is_part_of_name(sentence: Sentence, at: int) -> bool:
    """Tell whether a bare verb stands before a noun that has a verb of its own: the record configure dialog appears."""
    noun, verb = sentence.forms(at + 1), sentence.forms(at + 2)
    return bool(noun & NOUN) and not noun & PLURAL and bool(verb & VERB_S) and not verb & (PLURAL | NOUN | ADJECTIVE)


def _is_object(sentence: Sentence, tags: Sequence[str], at: int) -> bool:
    """Tell whether the things left of the verb are what is done, or what it is done to: merging tables is faster, the
    key used to open the doors is lost."""
    earlier = range(max(0, at - LOOK_BACK), at)
    return any(tags[place] == "VBG" or (tags[place] == "VB" and sentence.word(place - 1) == "to") for place in earlier)


def _seems_wrong(sentence: Sentence, left: int, at: int, least: float, *, is_singular: bool) -> bool:
    """Tell whether the other number of a verb is likelier by *least*, and nothing says that this one may be right."""
    if not is_singular and (_may_be_bare(sentence, left, at) or _is_no_predicate(sentence, at)):
        return False
    if has_another_head(sentence, left, at, is_singular=is_singular):
        return False
    tags = sentence.list_tags_until(at + 1)
    odds = subjects.score_singular(sentence.words, tags, at)
    if (-odds if is_singular else odds) < least:
        return False
    return not (is_singular and (_is_object(sentence, tags, at) or may_be_name(sentence, left, at)))


def _mark_disagreement_in_context(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark verbs that may be nouns, or stand far from their subject: steps for setting it up depends."""
    word, following = sentence.word(at), sentence.word(at + 1)
    is_singular = word in ("is", "has") or (word != "have" and bool(sentence.forms(at) & VERB_S))
    is_whole = sentence.are_joined(at - 1, at) and sentence.is_lower(at) and not sentence.is_glued(at)
    if not is_whole or word in DOUBTFUL:
        return
    is_doubtful = word in _MAY_BE_VERB or not (is_singular or word == "have")
    if is_doubtful and not (following in _OBJECT_FOLLOWS or following == OBJECT):
        return
    left = find_candidate_subject(sentence, at)
    if left < 0 or stands_before_subject(sentence, left, at):
        return
    if sentence.word(left) in DOUBTFUL or is_subject_plural(sentence, left) != is_singular:
        return
    least = _STRANGE_PLURAL if is_singular else _STRANGE_SINGULAR
    if not _seems_wrong(sentence, left, at, least, is_singular=is_singular):
        return
    if sentence.tag(at) != ("VBZ" if is_singular else "VBP"):
        return
    if word in _list_verbs() and next(_mark_disagreement(sentence, at), None) is not None:
        return  # it is marked already
    yield sentence.mark("grammar/subject-verb", at, at, *_change_number(word, is_singular=is_singular))


_FAR: Final = 6
"""Words between a verb and the "of" that ties the nearest noun to its subject, at most."""
_CERTAIN_OF_FAR: Final = 3.4
_NO_HEAD: Final = EITHER_NUMBER | DOUBTFUL | {"one", "kind", "type", "types", "kinds", "sort", "none"}


def _mark_disagreement_with_head(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark verbs that agree with the nearest noun, not with their subject: the keys of the house is lost."""
    word, earlier = sentence.word(at), sentence.words[max(0, at - _FAR) : at]
    if "of" not in earlier or not sentence.is_lower(at) or sentence.is_glued(at) or not sentence.are_joined(at - 1, at):
        return
    is_singular = word in ("is", "has")
    of = at - 1 - tuple(reversed(earlier)).index("of")
    head = sentence.word(of - 1)
    if not is_singular and "and" in sentence.words[max(0, of - 4) : of - 1]:
        return  # two subjects: a key and a lock of each door are new
    if head in _NO_HEAD or is_behind_preposition(sentence, of - 1):
        return
    if find_number(sentence, of - 1) != ("many" if is_singular else "one") or any(
        each in ("and", "or", ",", "that", "which", "who") for each in sentence.words[of:at]
    ):
        return
    tags = sentence.list_tags_until(at + 1)
    odds = subjects.score_singular(sentence.words, tags, at)
    if (-odds if is_singular else odds) >= _CERTAIN_OF_FAR and "VBG" not in tags[max(0, at - LOOK_BACK) : at]:
        yield sentence.mark("grammar/subject-verb", at, at, *_change_number(word, is_singular=is_singular))


@cache
def _list_verbs_in_context() -> frozenset[str]:
    return (_list_verbs() | _MAY_BE_VERB) - {"are", "do", "does", "isn't", "aren't"}


_AFTER_IT: Final = frozenset(
    "have are need want support allow require provide contain depend return make use work mean take give show seem look"
    " include help run start write send receive get exist happen apply consist belong become create define".split()
)
_RECOMMENDED: Final = frozenset(
    "recommend recommended recommends suggest suggested suggests require required requires important necessary"
    " essential insist insists insisted insisting demand demands demanded demanding request requested ask asked propose"
    " proposed advised ensure requirement".split()
)
_BEFORE_IT: Final = CLAUSE | {",", "whether", "once", "whenever"}


def _mark_bare_verb_after_it(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "it provide"."""
    before = sentence.word(at - 1)
    if not sentence.begins(at) and before not in _BEFORE_IT:
        return
    verb = at + 1
    if sentence.word(verb) in ("also", "only", "always", "just", "automatically", "then", "still", "now"):
        verb += 1
    if not sentence.are_joined(at, verb) or not sentence.is_lower(verb) or sentence.is_glued(verb):
        return
    if sentence.word(verb) not in _AFTER_IT and not _is_verb_alone(sentence, at, verb):
        return
    if sentence.word(verb) == "need" and sentence.word(verb + 1) in ("not", "only"):
        return  # a modal
    if sentence.word(at) == "it" and not (sentence.is_lower(at) or sentence.raw(at) == "It"):
        return  # the IT staff
    if sentence.word(verb) == "be" and before in ("if", "whether", "though", "that", "lest"):
        return  # whether it be so or not
    earlier = sentence.words[max(0, at - LOOK_BACK) : at]
    if before == "that" and any(word in _RECOMMENDED for word in earlier):
        return
    if not sentence.begins(at) and any(word in _BARE_VERB_AFTER for word in earlier):
        return
    yield sentence.mark("grammar/subject-verb", at, verb)


def _is_verb_alone(sentence: Sentence, at: int, verb: int) -> bool:
    """Tell whether the word is a verb and nothing else, or, behind "it" and before an object, hardly anything else."""
    possible = sentence.forms(verb)
    if not possible & VERB or possible & (PAST | PARTICIPLE | ADVERB | ADJECTIVE | ING | PLURAL | VERB_S):
        return False
    return not possible & NOUN or (sentence.word(at) == "it" and sentence.tag(verb) == "VBP")


def _mark_there_is(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "there is many doors" and "there are a door"."""
    verb, following = sentence.word(at + 1), sentence.word(at + 2)
    if not sentence.are_joined(at, at + 2):
        return
    if verb in ("is", "was") and following in ("many", "several", "two", "three", "four", "five", "six", "various"):
        if sentence.forms(at + 3) & PLURAL and not sentence.forms(at + 3) & NOUN:
            yield sentence.mark("grammar/subject-verb", at + 1, at + 1, "are" if verb == "is" else "were")
    elif verb == "were" and sentence.word(at - 1) in ("if", "though", "wish", "wishes"):
        return  # if there were a key
    elif verb in ("are", "were") and following in ("a", "an", "another"):
        noun = at + 3
        if sentence.is_plain_adjective(noun):
            noun += 1
        if sentence.word(noun) in EITHER_NUMBER or sentence.word(at + 3) in ("few", "great", "good", "large"):
            return
        if (
            sentence.forms(noun) & NOUN
            and sentence.ends_phrase(noun)
            and sentence.word(noun + 1) not in ("of", "and", "or", ",")
        ):
            yield sentence.mark("grammar/subject-verb", at + 1, at + 1, "is" if verb == "are" else "was")


def _mark_bare_verb_after_one_thing(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark a verb that lacks its ending, unless the other matchers do."""
    if not lacks_ending(sentence, at):
        return
    if not any(next(matcher(sentence, at), None) for matcher in (_mark_disagreement, _mark_disagreement_in_context)):
        yield sentence.mark("grammar/subject-verb", at, at, f"{sentence.word(at)}s")


_LIKELY_SINGULAR: Final = 2.5
_LIKELY_PLURAL: Final = 1.0
"""Logarithms of the odds from which a bare verb and one in -s are marked by the rule that guesses."""
_OF_MANY: Final = frozenset("many several few these those two three four five multiple various both".split())
"""Before a singular these show that the noun lacks its ending, not the verb: two gate are open."""


@cache
def _list_every_verb() -> frozenset[str]:
    return (
        frozenset(word for word, possible in parts_of_speech.get_all_forms().items() if possible & (VERB | VERB_S))
        | frozenset(_PAIRS)
        | frozenset(_SINGULAR_OF)
    )


def _mark_likely_disagreement(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark any verb beside a noun or pronoun of the other number: the gates in the yard usually opens."""
    word = sentence.word(at)
    if not sentence.is_lower(at) or sentence.is_glued(at) or not sentence.are_joined(at - 1, at):
        return
    is_singular = word in _PAIRS or (word not in _SINGULAR_OF and bool(sentence.forms(at) & VERB_S))
    left = find_candidate_subject(sentence, at)
    if left < 0 or sentence.word(left - 1) in _OF_MANY or is_subject_plural(sentence, left) != is_singular:
        return
    least = _LIKELY_PLURAL if is_singular else _LIKELY_SINGULAR
    if not _seems_wrong(sentence, left, at, least, is_singular=is_singular):
        return
    if sentence.tag(at) not in ("VBZ", "VBP") and word not in _SINGULAR_OF:
        return
    marked = (mark for words, matcher in MATCHERS if word in _list_words(words) for mark in matcher(sentence, at))
    if next(marked, None) is None:
        yield sentence.mark("grammar/subject-verb-likely", at, at, *_change_number(word, is_singular=is_singular))


def _list_words(trigger: Trigger) -> Iterable[str]:
    return trigger() if callable(trigger) else trigger


MATCHERS: Final[tuple[tuple[Trigger, Matcher], ...]] = (
    (AFTER_SINGLE, _mark_bare_verb_after_one_thing),
    (_list_verbs, _mark_disagreement),
    (_list_verbs_in_context, _mark_disagreement_in_context),
    (("is", "are", "has", "have"), _mark_disagreement_with_head),
    (("it", "he", "she"), _mark_bare_verb_after_it),
    (("there",), _mark_there_is),
    (("were",), _mark_none_were),
)
GUESSES: Final = ((_list_every_verb, _mark_likely_disagreement),)
RULES: Final = (
    Rule(
        id="grammar/subject-verb",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="The verb does not agree with its subject in number.",
        why="The ending -s of the third person is missing, or stands after a plural.",
        find=find,
        bad=(
            Example.of("When the doors <v>opens</v>, the bell rings."),
            Example.of("These bells <v>is</v> loud.", "These bells are loud."),
            Example.of("The new pump <v>consume</v> less water, and <v>it need</v> no oil."),
            Example.of("At night, <v>it transform</v> the yard."),
            Example.of("The old doors <v>was</v> locked, and there <v>is</v> no keys.",
                       "The old doors were locked, and there are no keys."),
            Example.of("No old gate <v>were</v> found. At night, the gate <v>are</v> locked.",
                       "No old gate was found. At night, the gate is locked."),
            Example.of("You will be told if the gate <v>do</v> not open.",
                       "You will be told if the gate does not open."),
            Example.of("The user <v>need</v> to open the gate. In this yard, <v>it provide</v> shade."),
            Example.of("Zorbia <v>support</v> two locks. By default, Velmor also <v>provide</v> keys.",
                       "Zorbia supports two locks. By default, Velmor also provides keys."),
            Example.of("This gate <v>support</v> 2 locks. The guard just <v>need</v> to knock.",
                       "This gate supports 2 locks. The guard just needs to knock."),
            Example.of("The main purpose of gates <v>are</v> to keep cows in.",
                       "The main purpose of gates is to keep cows in."),
            Example.of("There <v>is</v> many doors, and there <v>are</v> a key.",
                       "There are many doors, and there is a key."),
            Example.of("When we <v>was</v> in the yard, they <v>wasn't</v> at the gate.",
                       "When we were in the yard, they weren't at the gate."),
            Example.of("I <v>has</v> a key, but I <v>doesn't</v> know the gate.",
                       "I have a key, but I don't know the gate."),
        ),
        good=(
            Example.of("The selection of data features is scientific; the keys of the new house open it."),
            Example.of("When the doors open, the bell rings. The list of names is long; a box of nails weighs much."),
            Example.of("Let the pump consume what it needs; they recommend that it have oil, and made it need less."),
            Example.of("Merging queues is slow. The rock beneath you gives way; ask the guard who needs a key."),
            Example.of("A cat and a dog need food, as the crew behind the pump have seen. Let the guard need a key."),
            Example.of("Only the jars holding the top 10% lamp oil mass are sold. Fill in the rest, then press enter."),
            Example.of("The weight of this gate and that of the other gates is known."),
            Example.of("A key and a lock of each door are new. Data from earlier visits is kept by the guard."),
            Example.of("Which thing are we mending? The semantics of these signs varies among the towns."),
            Example.of("Which of these opens the gate? Gates that use an old lock and have a new key are opened."),
            Example.of("The guard needs keys for a gate that depend on its lock."),
            Example.of("To open a gate with the key use it twice. The gate record configure dialog appears."),
            Example.of("The key used to open the doors is lost. The new key need only open one door."),
            Example.of("Memory add; press it twice. This use is new, and that assert has a key."),
            Example.of("Our row of tall, modern houses includes a shop; our range of big, new boats includes two."),
            Example.of("The harbour prorate must be small."),
            Example.of("The lamps on the rear (upper) deck are red. Support excel import of lists."),
            Example.of("The size of the gate, key, and other parts is known. All CPU are new."),
            Example.of("New doors for the gate.oak package provide light."),
            Example.of("Ring once more, but this time don't use the bell."),
            Example.of("Zorbia support requires a licence. Zorbia support for old gates is new. Zorbia need not know."),
            Example.of("Let Zorbia provide two keys. Brakel and Zorbia support the guards; so do Zorbia teams."),
            Example.of("It need not be new. The one requirement is that it return two keys."),
            Example.of("The following contain the keys."),
            Example.of("Image zoom, rotation and size. Keys not tied to a ring in such a box remain there."),
            Example.of("Those who own a boat are rich. Among the keys is a new one, and all that counts is this."),
            Example.of("The mark of all these forms of belief is hope. If there were a key, the ruling class have it."),
            Example.of("It is granted provided that the old mark appear on it. Leave to sell copies of it is granted."),
            Example.of("They asked whether it be so and demanded that it return. The IT staff know."),
            Example.of("The guard requests that the bell contain a clapper."),
            Example.of("Fix reconnect events. (Ann) Fix reconnect events. Add a lamp override. It stops a lamp fade."),
            Example.of("Moving the doors was hard; the news was good. One of the doors was locked."),
            Example.of("There was tea and cakes."),
            Example.of("One of you was late. The guard who told you was old; between him and you was a gate."),
            Example.of("Part I has ten pages. In this law, I has the unit of a current. What they wanted was a key."),
            Example.of("No data were found, and no guards were told. In the yard, the gate and the lock are new."),
            Example.of("The team have won, the rest are gone, and there are a few keys and a lot of doors."),
        ),
        confidence=0.75,
    ),
    Rule(
        id="grammar/subject-verb-likely",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="The verb may not agree with its subject in number.",
        why="Native writers would hardly use this form of the verb behind such a subject.",
        find=find_guesses,
        bad=(
            Example.of("The gate sends a bell, which <v>mean</v> that the house is shut."),
            Example.of("It differs in that the lock <v>do</v> not depend on the house.",
                       "It differs in that the lock does not depend on the house."),
            Example.of("Wild geese <v>represents</v> freedom."),
        ),
        good=(
            Example.of("If the gates need oil, wait. Ask the guard that has the key. The keys of the gate are lost."),
        ),
        confidence=0.5,
        status=Status.PREVIEW,
        stable_at_high=True,
    ),
)  # fmt: skip
