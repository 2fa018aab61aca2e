"""Does a singular noun phrase want a determiner? What native manuals and news do, as weights of features.

The features are those with which `stilted.lab.training.grammar` counts: the noun, what stands right before it and what
follows, the first word to the left of the phrase, and pairs of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from stilted.core.foreign import OBJECT
from stilted.core.tokens import TokenKind
from stilted.rules.checks.grammar._sentence import DETERMINERS, MODALS, Sentence
from stilted.text import native_usage
from stilted.text.native_usage import noun_phrases
from stilted.text.parts_of_speech import ADJECTIVE, ING, NOUN, PARTICIPLE, PLURAL, VERB, VERB_S

_CERTAIN_BEFORE_TO: Final = 3.0
_CERTAIN_IN_CLAUSE: Final = 3.5
"""Odds that make do where “to” follows, or a comma stands before the phrase and a finite verb behind it."""
CERTAIN: Final = 5.0
LIKELY: Final = 1.0
LIKELY_OF_SOME: Final = 2.0
"""Logarithms of the odds from which a bare noun phrase is marked: by the rule that speaks unasked, and by the other;
the last where the noun is one that may as well stand bare."""
NEVER: Final = -float("inf")
_LEAST_AFTER_AND: Final = 2.0
"""What joins two phrases may leave the article of the first one to both."""
_FEWEST: Final = 0.5
"""A noun whose own weight is less may as well stand bare: only the rule that guesses looks at it."""
_FEWEST_OF_SOME: Final = -2.0
"""A noun whose own weight is less is never looked at."""
_LEFT_TAGS: Final = frozenset("IN TO VB VBZ VBP CC WRB ,".split())
_AFTER_SUBJECT: Final = frozenset("VBZ MD".split())
"""Tags of what follows a phrase that begins its sentence: labels and notes begin with bare nouns, but lack a verb."""
_BARE_SUBJECTS: Final = frozenset("default code support access work help".split())
"""Nouns that begin a sentence bare: in notes, where a default is said, or because they mean the thing at large."""
_LEFT_CLOSED: Final = frozenset(
    "of in on at to for with by from into through during after before between without within over under inside via"
    " about against as that if when while where and or but , because".split()
)
_IDIOMS: Final = frozenset(
    "in person|in kind|in advance|on foot|by heart|at night|at home|in bed|at work|at school|in town|in place"
    "|in turn|on time|in time|by hand|at risk|at rest|in hand|on hand|at hand|in mind|in use|on board|in case"
    "|at ease|by name|in fact|in part|at runtime|in memory|on disk|by default|in order|in general|in parallel"
    "|in production|in consequence|under threat|give way|gives way|giving way|take place|takes place|taking place"
    "|take part|takes part"
    "|taking part".split("|")
)
"""Bare phrases that are right, whatever manuals say of their nouns."""
_LONGEST: Final = 4
"""Words of a phrase at most that is looked at."""
_DOUBT: Final = 1.2
"""How much a guess at the tags may be short of what they turn out to say."""
_LABEL: Final = 3
"""Words of a label at most that stand before the phrase."""
_OPENING: Final = frozenset("\"“‘'[")
_SHORTEST: Final = 6
"""Words that a sentence has at least: labels and headings leave articles out."""
_GLUE_AFTER: Final = frozenset("-/_'’(")
"""Marks that tie a noun to what follows it."""


@cache
def _weigh_nouns() -> Mapping[str, int]:
    """Return what each noun weighs alone, before what stands around it is weighed."""
    weights = native_usage.read_weights("articles")
    return {
        feature[2:]: weight + max(weights.get(f"nh 0 {feature[2:]}", 0), weights.get(f"nh 1 {feature[2:]}", 0))
        for feature, weight in weights.items()
        if feature.startswith("h ")
    }


def is_counted(noun: str) -> bool:
    """Tell whether native writers mostly set a determiner before a singular noun, as they do where it has a plural."""
    return _weigh_nouns().get(noun, 0) >= _FEWEST * native_usage.SCALE


_ALSO_MASS: Final = frozenset("area class community hierarchy opportunity property rule".split())
"""Nouns that manuals hardly have bare, and essays often: private property, class rule."""


def list_heads() -> frozenset[str]:
    """Return the nouns that are worth a look."""
    nouns = (noun for noun, alone in _weigh_nouns().items() if alone >= _FEWEST * native_usage.SCALE)
    return frozenset(nouns) - _ALSO_MASS


def list_doubtful_heads() -> frozenset[str]:
    """Return the nouns that are worth a look to those who want guesses."""
    least, most = _FEWEST_OF_SOME * native_usage.SCALE, _FEWEST * native_usage.SCALE
    return frozenset(noun for noun, alone in _weigh_nouns().items() if least <= alone < most)


def _find_bare_phrase(sentence: Sentence, head: int) -> int | None:
    """Return, without tags, the place left of what may be a bare phrase; None where a noun has its determiner."""
    left = head - 1
    while head - left <= _LONGEST:
        if sentence.begins(left + 1):
            return left if _may_be_subject(sentence, head) else None
        word, possible = sentence.words[left], sentence.forms(left)
        if word == "," and sentence.forms(left - 1) & ADJECTIVE and not sentence.forms(left - 1) & (NOUN | PLURAL):
            return None  # an old, narrow bridge
        if word in _LEFT_CLOSED:
            return left
        if word in DETERMINERS or (
            sentence.kind(left) in (TokenKind.GENITIVE, TokenKind.PUNCTUATION) and word != OBJECT
        ):
            return None
        if possible & (VERB | VERB_S) and not possible & (NOUN | PLURAL | ADJECTIVE):
            # What has an article before it is no verb there: a configure key.
            return None if sentence.word(left - 1) in ("a", "an", "the") else left
        if possible and not possible & (NOUN | ADJECTIVE | PARTICIPLE | ING | PLURAL | VERB):
            return None
        left -= 1
    return left


def _may_be_subject(sentence: Sentence, head: int) -> bool:
    """Tell, without tags, whether a finite verb in the singular may follow the noun."""
    following = sentence.word(head + 1)
    is_verb = following in MODALS or bool(sentence.forms(head + 1) & VERB_S) or following in ("is", "has", "does")
    return is_verb and sentence.are_joined(head, head + 1) and sentence.word(head) not in _BARE_SUBJECTS


def _guess_tag(sentence: Sentence, at: int) -> str:
    """Return what a word mostly is, judged by its forms alone."""
    word, possible = sentence.word(at), sentence.forms(at)
    if word in (",", "and", "or", "but"):
        return "," if word == "," else "CC"
    if word in _LEFT_CLOSED:
        return "WRB" if word in ("when", "where") else "IN"
    for form, tag in _GUESSES:
        if possible & form:
            return tag
    return word if sentence.kind(at) is TokenKind.PUNCTUATION and word != OBJECT else "NNP"


_GUESSES: Final = (
    (NOUN, "NN"), (ADJECTIVE, "JJ"), (PLURAL, "NNS"), (VERB_S, "VBZ"), (VERB, "VB"), (PARTICIPLE, "VBN"), (ING, "VBG"),
)  # fmt: skip


def _is_worth_tagging(sentence: Sentence, head: int, left: int, least: float) -> bool:
    """Tell whether the phrase, tagged by guess, comes near the odds that are marked: tagging costs far more."""
    first = left + 1 if sentence.begins(left + 1) else left
    words = sentence.words[first : head + 2]
    tags = [_guess_tag(sentence, at) for at in range(first, min(head + 2, len(sentence.words)))]
    tags[head - first] = "NN"
    return noun_phrases.score_determiner(words, tags, head - first, left - first) >= least - _DOUBT


def _is_label(sentence: Sentence, left: int, head: int) -> bool:
    """Tell whether the phrase ends what a button or a menu says, or is a name by its letter: move to point A.

    Select "Open new door", Open new door: it opens.
    """
    letter = sentence.raw(head + 1) if head + 1 < len(sentence.words) else ""
    if len(letter) == 1 and letter.isupper() and sentence.are_joined(head, head + 1):
        return True
    begins = left
    while begins > 0 and left - begins < _LABEL and sentence.raw(begins).islower():
        begins -= 1
    if not sentence.raw(begins)[:1].isupper() or sentence.raw(begins).isupper():
        return False
    after = sentence.word(head + 1)
    if begins and sentence.text[sentence.tokens[begins].start - 1] in _OPENING:
        return True
    if sentence.begins(begins):
        return after == ":"
    return bool(sentence.forms(begins) & VERB and sentence.forms(begins - 1) & VERB)


def _is_right_without_article(sentence: Sentence, left: int, head: int) -> bool:
    """Tell whether the phrase is right as it stands, whatever manuals say of its noun."""
    if sentence.word(head) == "subject" and sentence.word(head + 1) == "to":
        return True  # goods subject to a tax
    if sentence.word(head) == "way" and sentence.word(head + 1) in _AFTER_FAR:
        return True  # it is way more
    if left == head - 1:
        if f"{sentence.word(left)} {sentence.word(head)}" in _IDIOMS:
            return True
        if sentence.word(left) == "to" and sentence.forms(head) & VERB:
            return True
        if sentence.word(left) in ("after", "by", "for") and sentence.word(left - 1) == sentence.word(head):
            return True  # village after village, word for word
    return _is_led_otherwise(sentence, left, head) or _is_before_noun(sentence, head)


def _is_led_otherwise(sentence: Sentence, left: int, head: int) -> bool:
    """Tell whether the phrase has its determiner farther left, or wants none: an easy to use tool, any kind of tool."""
    before = sentence.word(left - 1)
    if sentence.word(left) == "of":
        return before in _KINDS
    if left == head - 1 and sentence.word(left) == "is" and sentence.word(head) in ("kind", "sort"):
        return True  # it is kind of silly
    if sentence.text[sentence.tokens[left].start - 1 : sentence.tokens[left].start] == "-":
        return True  # an easy-to-use tool
    return before == "to" and sentence.word(left - 2) in _HOW_EASY


_AFTER_FAR: Final = frozenset("more less too before after beyond over above below behind better worse".split())
"""Words before which “way” means much."""
_KINDS: Final = frozenset("kind sort type".split())
_HOW_EASY: Final = frozenset("easy simple ready hard difficult safe pleasant fun".split())


def _is_before_noun(sentence: Sentence, head: int) -> bool:
    """Tell whether the noun is the first of two before another one: file system and network restrictions."""
    words, last = sentence.words[head + 1 : head + 4], len(sentence.words)
    if len(words) < 3 or words[0] not in ("and", "or") or head + 3 >= last or not sentence.are_joined(head, head + 3):
        return False
    second, third = sentence.forms(head + 2), sentence.forms(head + 3)
    return bool(second & NOUN) and not second & PLURAL and bool(third & PLURAL) and not third & NOUN


def find_missing_article(sentence: Sentence, head: int, least: float) -> tuple[int, float] | None:
    """Return where a bare phrase begins whose noun wants a determiner, and how much so, if by *least* or more."""
    if len(sentence.words) < _SHORTEST:
        return None
    end = sentence.tokens[head].end
    if sentence.text[end : end + 1] in _GLUE_AFTER or sentence.is_glued(head) or not _is_common(sentence, head):
        return None
    if not sentence.is_closed(head):
        if least >= CERTAIN:
            return None
        least = max(least, LIKELY_OF_SOME)
    left = _find_bare_phrase(sentence, head)
    if left is not None and least >= CERTAIN:
        least = _find_least(sentence, left, head)
    if left is None or not _is_worth_tagging(sentence, head, left, least):
        return None
    tags = sentence.list_tags_until(head + 1)
    if tags[head] != "NN" or (head + 1 < len(tags) and tags[head + 1] not in noun_phrases.ENDS):
        return None
    left = noun_phrases.find_left(tags, head)
    if not sentence.are_joined(left + 1, head):
        return None
    score = _score_subject(sentence, left, head) if sentence.begins(left + 1) else _score_phrase(sentence, left, head)
    return (left + 1, score) if score >= least and not _is_label(sentence, left, head) else None


def list_possible_heads() -> frozenset[str]:
    """Return the nouns of which enough is known to guess by what stands around them."""
    return frozenset(noun for noun, alone in _weigh_nouns().items() if alone >= _FEWEST_OF_ANY * native_usage.SCALE)


def find_bare_phrase(sentence: Sentence, head: int) -> int | None:
    """Return where a bare phrase begins that stands where editors mend such phrases most often; None elsewhere."""
    end = sentence.tokens[head].end
    if len(sentence.words) < _SHORTEST or sentence.text[end : end + 1] in _GLUE_AFTER or not sentence.is_lower(head):
        return None
    tags = sentence.list_tags_until(head + 1)
    if tags[head] != "NN" or (head + 1 < len(tags) and tags[head + 1] not in noun_phrases.ENDS):
        return None
    left = noun_phrases.find_left(tags, head)
    if left + 2 < head and tags[left + 1] == "VBG":
        left += 1  # by opening old gate
    least = _find_least_around(sentence, tags, left, head)
    if not sentence.are_joined(left + 1, head) or (left >= 0 and not sentence.are_joined(left, left + 1)):
        return None
    if sentence.is_glued(left + 1) or noun_phrases.score_determiner(sentence.words, tags, head, left) < least:
        return None
    if left >= 0 and (_is_right_without_article(sentence, left, head) or _is_label(sentence, left, head)):
        return None
    return left + 1


def _find_least_around(sentence: Sentence, tags: Sequence[str], left: int, head: int) -> float:
    """Return the odds from which half of the bare phrases are mended, by what stands left of the phrase and in it."""
    after = tags[head + 1] if head + 1 < len(tags) else "."
    if left < 0:
        return -2.0 if after == "IN" and sentence.is_closed(head) else -NEVER
    first = tags[left + 1] if left + 1 < head else ""
    if sentence.word(left) in _CONDITIONS:
        return -NEVER if sentence.forms(head) & ING else -1.0
    if tags[left] in ("IN", "TO"):
        return _LEAST_BEHIND_PREPOSITION.get(first, -NEVER) - (first == "JJ" and after == ".")
    if tags[left] in ("VB", "VBP", "VBZ", "VBG"):
        if sentence.word(left) in ("be", "is"):
            return -NEVER if sentence.word(left - 1) == "there" else -1.0
        if sentence.word(left + 1) == OBJECT:
            return -1.0
        bare = 1.0 if after in ("IN", "TO") else -NEVER
        return _LEAST_BEHIND_VERB.get(first, bare if not first else -NEVER)
    return -NEVER


_FEWEST_OF_ANY: Final = -6.0
"""A noun whose own weight is less wants no article anywhere."""
_CONDITIONS: Final = frozenset("when if after before once while until".split())
_LEAST_BEHIND_PREPOSITION: Final = {"NNP": -1.0, "VBG": -2.0, "VBN": -1.0, "JJ": 0.0}
_LEAST_BEHIND_VERB: Final = {"VBG": -2.0, "VBN": -1.0, "JJ": -1.0}


def _find_least(sentence: Sentence, left: int, head: int) -> float:
    """Return the odds from which a phrase is marked unasked: less where it has "to" or a verb of its own behind it."""
    if sentence.word(head + 1) == "to" and sentence.word(left) != "by":  # sorted by topic to classify them
        return _CERTAIN_BEFORE_TO
    return _CERTAIN_IN_CLAUSE if sentence.word(left) == "," and _may_be_subject(sentence, head) else CERTAIN


def _is_common(sentence: Sentence, head: int) -> bool:
    """Tell whether the noun is written as a common one; the first word of a sentence has a capital."""
    return sentence.is_lower(head) or (sentence.begins(head) and sentence.raw(head)[1:].islower())


def _score_subject(sentence: Sentence, left: int, head: int) -> float:
    """Return how much a phrase that begins its sentence wants a determiner."""
    tags = sentence.list_tags_until(head + 1)
    if head + 1 == len(tags) or tags[head + 1] not in _AFTER_SUBJECT:
        return NEVER
    first, end = left + 1, head + 2
    return noun_phrases.score_determiner(sentence.words[first:end], tags[first:end], head - first, -1)


def _score_phrase(sentence: Sentence, left: int, head: int) -> float:
    """Return how much a phrase that does not begin its sentence wants a determiner."""
    tags = sentence.list_tags_until(head + 1)
    if tags[left] not in _LEFT_TAGS or (tags[left] != "," and not sentence.are_joined(left, left + 1)):
        return NEVER
    if _is_right_without_article(sentence, left, head):
        return NEVER
    score = noun_phrases.score_determiner(sentence.words, tags, head, left)
    return NEVER if tags[left] == "CC" and score < _LEAST_AFTER_AND else score
