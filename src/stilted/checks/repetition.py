"""Whole sentences that follow upon themselves: an engine that has lost its way, or a paste too many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from stilted.model import Document, Example, Hit, Rule, Segment, Span
from stilted.words import tokens

_SENTENCE: Final = re.compile(r"[^.!?…。！？]+(?:[.!?…。！？]+[\"'”’)\]]*|\Z)")
"""Up to its mark, or to the end of the text, so that matching never goes back."""
_LINE_BREAK: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LONG: Final = 8
"""Words of a sentence that nobody writes twice in a row; shorter ones are said again for effect."""
_SHORTEST: Final = 3
_TIMES: Final = 3
"""Times in a row that a sentence of `_SHORTEST` words or more must stand to be marked."""
_CRITICAL: Final = 5


class _Sentence(NamedTuple):
    segment: int
    span: Span
    words: tuple[str, ...]


def _find(document: Document) -> Iterator[Hit]:
    for paragraph in _paragraphs(document):
        every = [sentence for number in paragraph for sentence in _sentences(number, document.segments[number])]
        for words, group in groupby(every, key=lambda sentence: sentence.words):
            run = list(group)
            least = 2 if len(words) >= _LONG else _TIMES
            if len(words) >= _SHORTEST and len(run) >= least and not _is_so_in_the_original(document.segments, run):
                yield _hit(run)


def _paragraphs(document: Document) -> Iterator[list[int]]:
    """Yield the numbers of segments that stand in one paragraph; loose segments stand alone."""
    found: list[int] = []
    for number, segment in enumerate(document.segments):
        if segment.target and found and not _follows(document, document.segments[found[-1]], segment):
            yield found
            found = []
        if segment.target:
            found.append(number)
    yield found


def _follows(document: Document, one: Segment, other: Segment) -> bool:
    """Tell whether nothing but blanks on the same line stands between the two; a list or a table may repeat itself."""
    if document.target is None or one.target_span is None or other.target_span is None:
        return False
    between = document.target[one.target_span.end : other.target_span.start]
    return not between.strip() and not _LINE_BREAK.search(between)


def _sentences(number: int, segment: Segment) -> Iterator[_Sentence]:
    text = segment.target or ""
    for match in _SENTENCE.finditer(text):
        if match.group().strip():
            yield _sentence(number, text, *match.span())


def _sentence(number: int, text: str, start: int, end: int) -> _Sentence:
    blank = len(text[start:end]) - len(text[start:end].lstrip())
    span = Span(start + blank, end)
    piece = span.of(text)
    # A sentence on a line of its own is a list's or a poem's, and is never equal to another.
    broken = _LINE_BREAK.search(text[start : start + blank]) or _LINE_BREAK.search(piece)
    words = () if broken else tuple(token.norm for token in tokens(piece) if token.is_word)
    return _Sentence(number, span, words)


def _is_so_in_the_original(segments: Sequence[Segment], run: Sequence[_Sentence]) -> bool:
    """Tell whether reference or source repeats itself where the translation does."""
    numbers = sorted({sentence.segment for sentence in run})
    for texts in ([segments[n].reference for n in numbers], [segments[n].source for n in numbers]):
        given = [" ".join(text.split()) for text in texts if text]
        if len(given) > len(set(given)) or any(_repeats(text) for text in given):
            return True
    return False


def _repeats(text: str) -> bool:
    return any(one == other for one, other in pairwise(match.group().strip() for match in _SENTENCE.finditer(text)))


def _hit(run: Sequence[_Sentence]) -> Hit:
    """Mark what could go: the repeats in the segment of the first of them."""
    second = run[1]
    last = [sentence for sentence in run if sentence.segment == second.segment][-1]
    times = "twice" if len(run) == 2 else f"{len(run)} times"
    severity = "minor" if len(run) == 2 else "critical" if len(run) >= _CRITICAL else "major"
    whole = last is run[-1]
    span = Span(second.span.start, last.span.end)
    message = f"This sentence stands here {times} in a row."
    return Hit("repetition/sentence", second.segment, span, message, ("",) if whole else (), severity=severity)


RULES = (
    Rule(
        id="repetition/sentence",
        category="Accuracy/Addition",
        severity="major",
        message="This sentence stands here more than once in a row.",
        why="A translation engine that lost its way says the same again; so does a paste too many.",
        find=_find,
        bad=(
            Example.of(
                "The ferry leaves at noon. <v>The ferry leaves at noon. The ferry leaves at noon.</v> It is late.",
                "The ferry leaves at noon. It is late.",
            ),
            Example.of(
                "Passengers with bicycles board first and pay nothing."
                " <v>Passengers with bicycles board first and pay nothing.</v>",
                "Passengers with bicycles board first and pay nothing.",
            ),
        ),
        good=(
            Example.of("We shall overcome. We shall overcome. And then we went home."),
            Example.of("No! No! No! No! Not now."),
            Example.of("Row, row, row your boat.\nRow, row, row your boat.\nRow, row, row your boat."),
            Example.of(
                "I have a dream today. I have a dream today. I have a dream today.",
                source="Ich habe heute einen Traum. Ich habe heute einen Traum. Ich habe heute einen Traum.",
            ),
            Example.of("Version 1.1.1.1.1.1 and 2.2.2.2 are out, and so on ... and so on ... and so on ..."),
        ),
        confidence=0.8,
    ),
)
