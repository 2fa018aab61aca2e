"""Bare verbs behind one thing: "Redis provide two ways", "the client just need to", "an option, which need to"."""

from __future__ import annotations

from typing import Final

from stilted.core.tokens import TokenKind
from stilted.rules.checks.grammar._sentence import DETERMINERS, Sentence
from stilted.rules.checks.grammar._subjects import CLOSED, DOUBTFUL, EITHER_NUMBER, NO_SUBJECT
from stilted.text.parts_of_speech import ADVERB, ING, NOUN, PARTICIPLE, PAST, PLURAL, VERB_S

AFTER_SINGLE: Final = frozenset("support provide need allow require use contain include return".split())
"""Verbs that manuals use most after what they are about."""
_NO_NOUNS: Final = frozenset(("provide", "require", "contain"))
_BETWEEN: Final = frozenset("also only just currently".split())
_SURE_OBJECT: Final = DETERMINERS | frozenset("two three four several multiple many both different various".split())
_LONE_OBJECT: Final = frozenset("support provide require".split())
"""Verbs after which a bare plural is an object too, if no verb follows it."""
_OPENINGS: Final = frozenset(("by default", "for example", "for instance", "so far", "in addition"))
_FINITE_TAGS: Final = frozenset("VBZ VBP VBD MD".split())
_NEW_CLAUSE: Final = frozenset(", . ; : ( that which who if when where while because so as and but or".split())
_SINGLE_DETERMINERS: Final = frozenset("this the each every a an".split())


def _opens_sentence(sentence: Sentence, at: int) -> bool:
    """Tell whether a sentence begins here, or behind an opening of few words: by default, …"""
    if sentence.begins(at):
        return True
    if sentence.word(at - 1) != ",":
        return False
    pair = f"{sentence.word(at - 3)} {sentence.word(at - 2)}"
    return (pair in _OPENINGS and sentence.begins(at - 3)) or (
        sentence.word(at - 2) in ("first", "currently", "additionally") and sentence.begins(at - 2)
    )


def _is_single_subject(sentence: Sentence, last: int, at: int) -> bool:
    """Tell whether the word is a name that opens its sentence, or a noun behind a determiner that does."""
    raw, possible = sentence.raw(last), sentence.forms(last)
    is_noun = bool(possible & NOUN) and not possible & (PLURAL | ADVERB | PARTICIPLE | PAST)
    if sentence.word(last) in EITHER_NUMBER | DOUBTFUL | CLOSED or sentence.word(last) == "following":
        return False
    if _opens_sentence(sentence, last):
        has_inner_capital = not raw[1:].islower() and not raw.isupper() and raw.isalnum() and raw[:1].isalpha()
        is_product = has_inner_capital and not possible & ~(NOUN | ING) and not raw.endswith("s")
        # Support and need may be nouns behind a noun, provide and what stands behind an adverb cannot.
        is_verb = last < at - 1 or sentence.word(at) in _NO_NOUNS
        is_alone = possible == NOUN and is_verb and raw[:1].isupper() and not raw.endswith("s")
        return sentence.is_name(last) or is_product or is_alone
    first = last - 1
    is_led = sentence.word(first) in _SINGLE_DETERMINERS and _opens_sentence(sentence, first)
    return is_led and is_noun and sentence.are_joined(first, last)


def _is_relative_of_one(sentence: Sentence, which: int) -> bool:
    """Tell whether "which" is about one thing alone: it has an option, which …"""
    noun = which - 2
    if sentence.word(which) != "which" or sentence.word(which - 1) != "," or noun < 2:
        return False
    possible = sentence.forms(noun)
    is_noun = bool(possible & NOUN) and not possible & PLURAL and sentence.word(noun) not in EITHER_NUMBER
    before = noun - 2 if sentence.word(noun - 1) in ("a", "an") else -1
    return is_noun and before >= 0 and sentence.word(before) not in NO_SUBJECT | {",", "of"}


def _has_object(sentence: Sentence, at: int) -> bool:
    """Tell whether an object of the verb follows, and no verb that shows it to be a noun: Docker support is new."""
    word, following = sentence.word(at), sentence.word(at + 1)
    if not sentence.are_joined(at, at + 1) or (sentence.forms(at + 1) & VERB_S and not sentence.forms(at + 1) & PLURAL):
        return False
    end = at + 1
    while end < len(sentence.words) and sentence.word(end) not in _NEW_CLAUSE:
        if end > at + 1 and sentence.tag(end) in _FINITE_TAGS:
            return False
        end += 1
    if following in _SURE_OBJECT or (following == "to" and word == "need"):
        return True
    if sentence.kind(at + 1) is TokenKind.NUMBER:
        return sentence.raw(at + 1).isdigit() and any(sentence.tag(place) == "NNS" for place in range(at + 2, end))
    if word not in _LONE_OBJECT or not sentence.is_closed(at) or following in CLOSED:
        return False
    return any(sentence.tag(place) == "NNS" for place in range(at + 1, min(end, at + 4)))


def lacks_ending(sentence: Sentence, at: int) -> bool:
    """Tell whether one of `AFTER_SINGLE` stands behind one thing and before an object, and lacks its -s."""
    if not sentence.is_lower(at) or sentence.is_glued(at):
        return False
    left = at - 2 if sentence.word(at - 1) in _BETWEEN and sentence.is_lower(at - 1) else at - 1
    if left < 0 or not sentence.are_joined(left, at):
        return False
    is_one = _is_single_subject(sentence, left, at) or _is_relative_of_one(sentence, left)
    return is_one and _has_object(sentence, at)
