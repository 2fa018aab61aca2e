"""One word on both sides of "and": an engine had two words of the source and one of English for both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from stilted.core.model import Document, Example, Hit, Rule, SegmentFinder, Span
from stilted.core.tokens import Token, TokenKind, get_norms, tokenize
from stilted.text import parts_of_speech
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, NOUN, PARTICIPLE, PLURAL

_RULE: Final = "mechanics/repeated-conjunct"
_LINKS: Final = frozenset(("and", "or"))
_SHORTEST: Final = 4
_LONGEST_LIST: Final = 6
"""Items of a list that are compared; longer ones are tables."""
_FINE: Final = frozenset(
    "more less over again around round about along down further away forth there here never ever only better worse such"
    " some same like neck half hand side word step little loud many much very hours days weeks months years decades"
    " centuries ages hundreds thousands millions billions dozens tons miles pages lots loads scores layers rows piles"
    " generations time times ones five nine seven eight three four long right left true false null both each"
    " then".split()
)
"""What English says twice, for effect or in set phrases, and what manuals name twice."""
_BETWEEN: Final = frozenset("between from there both either neither".split())
"""Words after which two of a kind may stand: "between man and man", "there are teachers and teachers"."""
_BACK: Final = 4
_BE: Final = frozenset("be been being is are was were get gets got".split())
_PREPOSITIONS: Final = frozenset(
    "of with in for on to from at by between against inside within under without through during before after outside"
    " into behind beside near".split()
)
_GOES_ON: Final = ("VBN", "VBG", "WDT", "CC")
"""Tags of what tells the second of two things from the first: "hidden files and files named so"."""
_NO_PHRASE: Final = frozenset("more less so up down over out again".split())
"""Words of which no phrase is made that is twice by mistake: "more so and more so"."""
_NO_HEAD: Final = frozenset("the a an my our your their his her its this that it of in on to for by with no".split())
"""Words that a phrase may begin with again: "my memory and my memory is"."""
_ENDS: Final = frozenset(("", ".", ",", ";", ":", "!", "?", ")"))
_OTHER_MARKS: Final = frozenset('"“”()[]—')
_BEFORE: Final = frozenset(("", " ", "\n", "(", '"', "“"))
_AFTER: Final = frozenset(("", " ", "\n", ".", ",", ";", ":", "!", "?", ")", '"', "”"))


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        text = segment.target
        if not text or _LINKS.isdisjoint(get_norms(text)):
            continue
        meant: frozenset[str] | None = None
        for first, last, once in _find_repeated(text, tokenize(text)):
            if meant is None:
                meant = _list_repeated_in_reference(segment.reference)
            if once not in meant:
                message = f"“{once}” stands twice here; the source may have two words of like meaning."
                yield Hit(_RULE, number, Span(first.start, last.end), message, (once,))


def _list_repeated_in_reference(reference: str | None) -> frozenset[str]:
    return (
        frozenset(once for _, _, once in _find_repeated(reference, tokenize(reference))) if reference else frozenset()
    )


def _find_repeated(text: str, every: Sequence[Token]) -> Iterator[tuple[Token, Token, str]]:
    """Yield the ends of "tests and tests", "wool, salt and wool", "key areas and key areas", and what stands twice."""
    tags: Sequence[str] = ()
    for at in [at for at, word in enumerate(get_norms(text)) if word in _LINKS]:
        if not 0 < at < len(every) - 1:
            continue
        size = _measure_repeated_phrase(every, at)
        if size:
            first, last = at - size, at + size
            if every[last + 1 : last + 2] and every[last + 1].norm in ("not", "again"):
                continue  # what is and what is not, tried hard and tried hard again
            if _is_plain(text, every[first:at], every[at + 1 : last + 1]):
                yield every[first], every[last], text[every[first].start : every[at - 1].end]
            continue
        last = at + 1
        first = _find_earlier(every, at - 2 if every[at - 1].norm == "," else at - 1, every[last].norm)
        if first < 0 or not _is_plain(text, every[first : first + 1], every[last : last + 1]):
            continue
        tags = tags or parts_of_speech.tag_tokens(text)
        if every[at - 1].norm == "," and first == at - 2 and tags[last + 1 : last + 2] and tags[last + 1][:1] in "VM":
            continue  # "holds boxes, and boxes hold": a clause of its own
        if _is_slip(every, first, last, tags):
            yield every[first], every[last], text[every[last].start : every[last].end]


def _measure_repeated_phrase(every: Sequence[Token], at: int) -> int:
    """Return how many words before *at* stand behind it again, if these are two or three."""
    for size in (3, 2):
        before, after = every[max(0, at - size) : at], every[at + 1 : at + 1 + size]
        if len(before) == len(after) == size and all(_are_same(a, b) for a, b in zip(before, after, strict=True)):
            is_meant = (
                after[0].norm in _FINE or after[0].norm in _NO_HEAD or _NO_PHRASE.issuperset(t.norm for t in after)
            )
            return 0 if is_meant else size
    return 0


def _are_same(one: Token, two: Token) -> bool:
    return one.norm == two.norm and one.kind is two.kind is TokenKind.WORD


def _find_earlier(every: Sequence[Token], at: int, word: str) -> int:
    """Return the item of a list of single words, which ends at *at*, that is *word*; -1 if none is."""
    for _ in range(_LONGEST_LIST):
        if at < 0 or every[at].kind is not TokenKind.WORD:
            return -1
        if every[at].norm == word:
            return at
        if at < 2 or every[at - 1].norm != ",":
            return -1
        at -= 2
    return -1


def _is_plain(text: str, one: Sequence[Token], two: Sequence[Token]) -> bool:
    """Tell whether both are words in small letters that stand free, no part of a compound or of code."""
    first, second = text[one[0].start : one[-1].end], text[two[0].start : two[-1].end]
    is_words = first == second and len(first) >= _SHORTEST and first.replace(" ", "").isalpha() and first.islower()
    if not _OTHER_MARKS.isdisjoint(text[one[-1].end : two[0].start]):
        return False  # "conditions" and "conditions that are made"
    before, after = text[max(0, one[0].start - 1) : one[0].start], text[two[-1].end : two[-1].end + 1]
    goes_on = after in (":", ".") and text[two[-1].end + 1 : two[-1].end + 2].isalnum()  # a lamp, or lamp:wick
    return is_words and before in _BEFORE and after in _AFTER and not goes_on


def _is_slip(every: Sequence[Token], first: int, last: int, tags: Sequence[str]) -> bool:
    """Tell whether a word repeated as a conjunct is neither said for effect nor a part of two names."""
    word = every[last].norm
    forms = parts_of_speech.get_forms(word)
    if word in _FINE or forms & ADVERB or (forms & ADJECTIVE and word.endswith("er")):
        return False
    if not _BETWEEN.isdisjoint(t.norm for t in every[max(0, first - _BACK) : first]):
        return False
    following = [token.norm for token in every[last + 1 : last + 4]]
    if word in following or following[:1] == ["again"]:  # a chant; tried and tried again
        return False
    if forms & (NOUN | PLURAL):
        return _is_noun_twice(every, first, last, tags)
    if forms & ADJECTIVE:
        return not (first > 0 and tags[first - 1].startswith("NN"))  # "tree select and select fields"
    return bool(forms & PARTICIPLE) and not _BE.isdisjoint(t.norm for t in every[max(0, first - 2) : first])


def _is_noun_twice(every: Sequence[Token], first: int, last: int, tags: Sequence[str]) -> bool:
    """Tell whether one noun is meant by both: not "trade and trade unions", nor "foreign trade and trade with"."""
    after = every[last + 1].norm if last + 1 < len(every) else ""
    is_compound = first > 0 and tags[first - 1].startswith(("NN", "JJ", "VBN", "PRP$"))
    if is_compound and last + 1 < len(every) and tags[last + 1] in _GOES_ON:
        return False
    if first > 0 and every[first - 1].norm == after:  # "rows into columns and columns into rows"
        return False
    if every[last - 1].norm == "or" and after not in _ENDS:  # "rooms or rooms that two share"
        return False
    if after == "of":  # "rows and rows of"
        return bool(parts_of_speech.get_forms(every[last].norm) & NOUN) and not is_compound
    if after == "'s" or (last + 1 < len(every) and tags[last + 1].startswith(("NN", "JJ", "CD"))):
        return False
    return not (after in _PREPOSITIONS and is_compound) and not tags[last].startswith("VB")


RULES: Final = (
    Rule(
        id=_RULE,
        category="Accuracy/Mistranslation",
        severity="major",
        message="The same word stands on both sides of “and”.",
        why="The source pairs two words of like meaning, and an engine renders both by the same one.",
        find=_find,
        bad=(
            Example.of(
                "They will step up <v>inspection and inspection</v> of the wells.",
                "They will step up inspection of the wells.",
            ),
            Example.of("It is done in <v>key areas and key areas</v>.", "It is done in key areas."),
            Example.of("The town gave <v>financial and financial</v> support.", "The town gave financial support."),
            Example.of("They deal in <v>timber, wool and timber</v>."),
            Example.of("The old bridge cannot be <v>closed and closed</v>.", "The old bridge cannot be closed."),
        ),
        good=(
            Example.of("It rained more and more, for days and days, again and again."),
            Example.of("Water and water rights are dear; so are foreign trade and trade with the islands."),
            Example.of("They talked and talked; there are talks and talks, and peace between man and man."),
            Example.of("Rows and rows of boats lay in the harbour. A harbour is full of boats, and boats are slow."),
            Example.of("It skips hidden boats and boats named in the list, and hired rooms or rooms shared by two."),
            Example.of("Type true or true, and name the key key and key."),
            Example.of("The full name of a drawer (drawer, or drawer:box) is asked for."),
            Example.of(
                "It turns rocks into sand, and sand into rocks. Nested boxes and boxes inside drawers lie here."
            ),
        ),
        confidence=0.8,
    ),
)
