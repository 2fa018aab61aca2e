"""Segments much shorter or longer than their reference: where the missing or surplus part begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.foreign import shorten
from stilted.core.model import Document, Example, Hit, Need, Rule, SegmentFinder, Span, Status
from stilted.core.tokens import Token, tokenize

_HALF: Final = 2.0
"""How many times longer one side is: between two human translations of 1,787 segments this happens 4 times."""
_MIN_WORDS: Final = 12
_MIN_RUN: Final = 5
_QUOTED_CHARS: Final = 120
_STEM: Final = 5
_FUNCTION: Final = frozenset(
    "the a an of to in and or for on at by is are was were be been has have had it its that this with as from not he"
    " she they we you his her their our".split()
)


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        target, reference = segment.target, segment.reference
        if not target or not reference:
            continue
        # Words have five letters and a space on average; only clear cases are counted in words.
        short, long = sorted((len(target), len(reference)))
        if long < _MIN_WORDS * 4 or long < 1.5 * short:
            continue
        words = [t for t in tokenize(target) if t.is_word]
        reference_words = [t for t in tokenize(reference) if t.is_word]
        if len(reference_words) >= _MIN_WORDS and len(reference_words) > _HALF * len(words) and words:
            yield _mark_gap(number, words, reference, reference_words)
        elif len(words) >= _MIN_WORDS and len(words) > _HALF * len(reference_words) and reference_words:
            yield from _find_surplus(number, words, reference_words)


def _mark_gap(number: int, words: list[Token], reference: str, reference_words: list[Token]) -> Hit:
    """Mark the word of the translation after which the longest stretch of the reference is missing."""
    start, end = _find_gap(reference_words, words)
    before = {_cut_to_stem(t) for t in reference_words[max(0, start - 3) : start]}
    place = next((t for t in reversed(words) if _cut_to_stem(t) in before), words[0] if start == 0 else words[-1])
    lost = reference[reference_words[start].start : reference_words[end - 1].end]
    message = f"Half of the reference or more is missing around here, such as “{shorten(lost, _QUOTED_CHARS)}”."
    return Hit("length/too-short", number, Span(place.start, place.end), message)


def _find_surplus(number: int, words: list[Token], reference_words: list[Token]) -> Iterator[Hit]:
    start, end = _find_gap(words, reference_words)
    if end - start >= _MIN_RUN:
        yield Hit("length/too-long", number, Span(words[start].start, words[end - 1].end), suggestions=("",))


def _find_gap(words: list[Token], others: list[Token]) -> tuple[int, int]:
    """Return the longest run of *words* whose content words the other side lacks; the whole if there is none."""
    known = {_cut_to_stem(t) for t in others if t.norm not in _FUNCTION}
    best, start = (0, 0), 0
    for at, token in enumerate(words):
        if _cut_to_stem(token) in known:
            start = at + 1
        elif at + 1 - start > best[1] - best[0]:
            best = (start, at + 1)
    return best if best[1] else (0, len(words))


def _cut_to_stem(token: Token) -> str:
    return token.norm[:_STEM]


RULES = (
    Rule(
        id="length/too-short",
        category="Accuracy/Omission",
        severity="major",
        message="Half of the reference or more is missing around here.",
        why="Engines skip clauses they cannot handle, above all in long sentences.",
        find=_find,
        bad=(
            Example.of(
                "The bridge is <v>closed</v>.",
                None,
                reference="The bridge is closed until Easter, since inspectors found cracks in two of its older piers.",
            ),
        ),
        good=(
            Example.of(
                "The bridge is closed until Easter because of cracks in two piers.",
                reference="The bridge is closed until Easter, since inspectors found cracks in two of its older piers.",
            ),
        ),
        needs=frozenset({Need.REFERENCE}),
        status=Status.PREVIEW,
        confidence=0.4,
    ),
    Rule(
        id="length/too-long",
        category="Accuracy/Addition",
        severity="major",
        message="The reference says nothing like this, and is less than half as long.",
        why="Engines that lose their way invent text, or pull in the neighbouring sentence.",
        find=_find,
        bad=(
            Example.of(
                "The bridge is closed <v>and everybody knows what will happen when summer comes</v>.",
                "The bridge is closed.",
                reference="The bridge is closed.",
            ),
        ),
        good=(
            Example.of(
                "The bridge is closed, and will be so until Easter.", reference="The bridge is closed until Easter."
            ),
        ),
        needs=frozenset({Need.REFERENCE}),
        status=Status.PREVIEW,
        confidence=0.3,
    ),
)
