"""Phrases that an engine repeats over and over within a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import eq
from typing import Final

from stilted.core.model import Document, Example, Hit, Rule, SegmentFinder, Span
from stilted.core.tokens import Token, get_norms, tokenize

_MAX_PERIOD: Final = 12
_CRITICAL_REPEATS: Final = 5
_FEWEST_TIMES: Final = 3
_FEWEST_WORDS: Final = 6
"""How often each word of a loop stands in it, and how many words it has, at least."""
_NO_WORDS: Final = frozenset(",.;:!?()…—–/%$")
_BREAK: Final = re.compile(r"[,;:.!?…—–\"“”()/|]")
"""Marks that set off what is repeated for effect, as in songs, chants and commands; a lost engine sets none."""
_QUOTED: Final = re.compile(r"\"[^\"]*\"|“[^“”]*”")


def _may_loop(text: str) -> bool:
    """Tell whether a text has words enough that stand often enough, and come again after as many words as before.

    Most texts end here, cheaply.
    """
    every = get_norms(text)
    if len(every) - len(set(every)) < _FEWEST_WORDS - 1:
        return False
    often = (count for word, count in Counter(every).items() if count >= _FEWEST_TIMES and word not in _NO_WORDS)
    if sum(often) < _FEWEST_WORDS:
        return False
    words = [token.norm for token in tokenize(text) if token.is_word]
    return any(
        sum(map(eq, words, islice(words, period, None))) >= (_count_fewest_repeats(period) - 1) * period
        for period in range(1, _MAX_PERIOD + 1)
    )


def _count_fewest_repeats(period: int) -> int:
    """Return how often a phrase of so many words stands in a row, at least, where an engine is lost."""
    return 6 if period == 1 else 4 if period <= 3 else 3


def _find_loops(text: str, every: Sequence[Token]) -> Iterator[tuple[Span, int, int, str]]:
    """Yield ``(span, repeats, words, phrase)`` of what stands in a row outside quotations, without marks between.

    That is one word six times, a phrase of two or three words four times, a longer one three times.
    """
    plain = _QUOTED.sub(lambda m: '"' * len(m.group()), text)
    for run in _find_unbroken_runs(plain, every):
        norms = [t.norm for t in run]
        ends = [0] * (_MAX_PERIOD + 1)
        at = 0
        while at < len(run):
            most = 0 if norms[at].isdigit() else min(_MAX_PERIOD, (len(run) - at) // 3)
            for period in range(1, most + 1):
                if norms[at] != norms[at + period]:
                    continue
                ends[period] = _find_end(norms, max(at, ends[period]), period)
                repeats = 1 + (ends[period] - at) // period
                if repeats >= _count_fewest_repeats(period):
                    last = run[at + repeats * period - 1]
                    yield Span(run[at].start, last.end), repeats, period, _quote_phrase(text, run, at, period)
                    at += repeats * period - 1
                    break
            at += 1


def _find_unbroken_runs(text: str, every: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield runs of words with no mark between them that breaks a loop."""
    run: list[Token] = []
    for token in every:
        if not token.is_word:
            continue
        if run and _BREAK.search(text, run[-1].end, token.start):
            yield run
            run = []
        run.append(token)
    yield run


def _find_end(norms: list[str], at: int, period: int) -> int:
    """Return where words stop to be those that stand *period* words later; asked from there on, none is read twice."""
    while at + period < len(norms) and norms[at] == norms[at + period]:
        at += 1
    return at


def _quote_phrase(text: str, run: list[Token], at: int, period: int) -> str:
    return text[run[at].start : run[at + period - 1].end]


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        text = segment.target
        if not text or not _may_loop(text):
            continue
        for span, repeats, words, phrase in _find_loops(text, tokenize(text)):
            severity = "critical" if repeats >= _CRITICAL_REPEATS and words > 1 else "major"
            message = f"“{phrase}” stands here {repeats} times in a row."
            yield Hit("mechanics/repetition-loop", number, span, message, (phrase,), severity=severity)


RULES = (
    Rule(
        id="mechanics/repetition-loop",
        category="Linguistic conventions/Unintelligible",
        severity="major",
        message="A phrase is repeated over and over.",
        why="A translation engine that lost its way repeats itself: nothing of the source is left here.",
        find=_find,
        bad=(
            Example.of(
                "The plan is <v>to develop the city to develop the city to develop the city</v>.",
                "The plan is to develop the city.",
            ),
        ),
        good=(
            Example.of("Location, location, location: that is all they ask about."),
            Example.of("We will fight on, we will vote, and we will win."),
            Example.of("Stop, stop, stop, stop, stop."),
            Example.of("Merrily, merrily, merrily, merrily, merrily, merrily"),
            Example.of("It was the water, the water, the water."),
            Example.of("It rained and rained and rained and did not stop."),
            Example.of("Day after day after day after day they came, one by one by one by one."),
            Example.of("We want more, we want more, we want more!"),
            Example.of("The crowd sang “we are the town we are the town we are the town”."),
        ),
        confidence=0.9,
    ),
)
