"""How a sentence begins and ends beside its reference: capital letter, end mark, and ends that were cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Document, Example, Hit, Need, Rule, Segment, SegmentFinder, Span, Status

_END: Final = re.compile(r"(?<![.!?…。！？])([.!?…。！？]+)[\"'”’)\]]*\s*$")
_LAST_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?(?=[^\w]*$)")
_DANGLING: Final = frozenset(
    "the a an of to and or with for from by at as in on into than that which whose their its his her our my your be is"
    " are was were been have has had will would can could should may might must because if but while when where under"
    " between among through during including such each every".split()
)
"""Words that no sentence ends on, but for a few like "in" after a relative clause (see `_ends_open`)."""
_CAN_END: Final = frozenset(
    "in on by to for of with from at under through as that is are was were be have has had will would can could should"
    " may might must her than when where into during".split()
)
_MIN_WORDS: Final = 4


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        target, reference = segment.target, segment.reference
        if not target or not reference or target.count(" ") < _MIN_WORDS - 1:
            continue
        ending, reference_ending = _END.search(target), _END.search(reference)
        if reference_ending and not ending:
            yield from _find_open_end(number, target, reference_ending.group(1))
        elif ending and reference_ending and "?" in ending.group(1) + reference_ending.group(1):
            yield from _find_other_mark(number, ending, reference_ending)
        yield from _find_small_start(number, segment, target, reference)


def _find_open_end(number: int, target: str, mark: str) -> Iterator[Hit]:
    word = _LAST_WORD.search(target)
    if not word or target.rstrip()[-1] in ":;,—–-/":
        return
    span = Span(word.start(), word.end())
    if _ends_open(word.group().lower()):
        message = "The text breaks off in mid-sentence; the reference goes on."
        yield Hit("endings/cut-off", number, span, message)
    elif target.rstrip().endswith(word.group()) and not _is_title(target):
        yield Hit("endings/no-end-mark", number, span, suggestions=(word.group() + mark[:1],))


def _is_title(target: str) -> bool:
    words = [w for w in target.split() if len(w) > 3]
    return 2 * sum(w[0].isupper() for w in words) > len(words)


def _ends_open(word: str) -> bool:
    return word in _DANGLING and word not in _CAN_END


def _find_other_mark(number: int, ending: re.Match[str], reference_ending: re.Match[str]) -> Iterator[Hit]:
    one, other = ending.group(1), reference_ending.group(1)
    if ("?" in one) != ("?" in other):
        kind = "a question" if "?" in other else "no question"
        span = Span(ending.start(1), ending.end(1))
        yield Hit("endings/question", number, span, f"The reference asks {kind} here.", (other,))


def _find_small_start(number: int, segment: Segment, target: str, reference: str) -> Iterator[Hit]:
    first, other = target[:1], reference[:1]
    if not (first.islower() and other.isupper()):
        return
    word = re.match(r"[^\W\d_]+", target)
    if word and word.group().islower() and len(word.group()) > 1 and _END.search(target):
        written = word.group()
        if written not in _DANGLING and re.search(rf"(?<!\w)(?:{written}|{written.upper()})(?!\w)", reference):
            return  # a name in small letters, such as that of a program
        yield Hit("endings/small-start", number, Span(0, len(written)), suggestions=(written.capitalize(),))


RULES = (
    Rule(
        id="endings/cut-off",
        category="Accuracy/Omission",
        severity="major",
        message="The text breaks off in mid-sentence.",
        why="Engines stop at a length limit, and whatever follows is lost.",
        find=_find,
        bad=(
            Example.of(
                "The bridge was closed because <v>the</v>",
                None,
                reference="The bridge was closed because of the flood.",
            ),
        ),
        good=(Example.of("This is the house she lives in.", reference="This is the house that she lives in."),),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.8,
    ),
    Rule(
        id="endings/no-end-mark",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="The sentence has no end mark; the reference has one.",
        why="Engines drop the last mark where the source has none or an unusual one.",
        find=_find,
        bad=(
            Example.of(
                "The bridge was closed <v>yesterday</v>",
                "The bridge was closed yesterday.",
                reference="Yesterday the bridge was closed.",
            ),
        ),
        good=(
            Example.of("Bridge closed after the flood", reference="Bridge closed in the flood"),
            Example.of("She said: “The bridge is closed.”", reference="“The bridge is closed,” she said."),
        ),
        needs=frozenset({Need.REFERENCE}),
        status=Status.PREVIEW,
        confidence=0.3,
    ),
    Rule(
        id="endings/question",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="One of the two is a question, the other is not.",
        why="A question became a statement, or the other way round.",
        find=_find,
        bad=(
            Example.of(
                "When will the bridge open<v>.</v>",
                "When will the bridge open?",
                reference="When is the bridge going to open?",
            ),
        ),
        good=(Example.of("When will the bridge open?!", reference="When is the bridge going to open?"),),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.4,
        status=Status.PREVIEW,
    ),
    Rule(
        id="endings/small-start",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="The sentence begins with a small letter; the reference's does not.",
        why="Engines that translate pieces of sentences forget the capital.",
        find=_find,
        bad=(
            Example.of("<v>the</v> bridge was closed.", "The bridge was closed.", reference="The bridge was closed."),
        ),
        good=(
            Example.of("iPhone sales rose again.", reference="Sales of the iPhone rose again."),
            Example.of("curl fetches the page.", reference="The page is fetched by curl."),
        ),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.5,
        safe_fix=True,
    ),
)
