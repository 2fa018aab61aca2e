"""One pass over the words of every segment, for all grammar rules: a word calls the matchers that it triggers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final, Protocol, runtime_checkable

from stilted.core import discovery
from stilted.core.model import Document, Hit, Rule, SegmentFinder, Span
from stilted.rules.checks.grammar._sentence import Mark, Sentence

Matcher = Callable[[Sentence, int], Iterable[Mark]]
"""Looks at a sentence around the word that triggered it."""

Trigger = Iterable[str] | Callable[[], Iterable[str]]
"""The words, in small letters, that make a matcher look; those of a large table are made when they are asked for."""

_GAP: Final = re.compile(r"(?<=\S)(?: {3,20}(?=\S)| {0,20}\t)")
"""What parts columns, in lines that a terminal shows."""

_PACKAGE = "stilted.rules.checks.grammar"


NO_RULES: tuple[Rule, ...] = ()
"""What a module has whose matchers mark for the rules of others."""


@runtime_checkable
class Family(Protocol):
    """What a module of this folder is to the others."""

    RULES: tuple[Rule, ...]
    """What `find` finds for all of them, and `find_guesses` for some."""
    MATCHERS: tuple[tuple[Trigger, Matcher], ...]
    """What looks at a sentence, each with the words that make it look."""


@runtime_checkable
class Guesser(Protocol):
    """A family some of whose rules guess: who does not ask for them does not pay for what finds them."""

    GUESSES: tuple[tuple[Trigger, Matcher], ...]
    """What looks at a sentence for these rules, each with the words that make it look."""


def _choose_table(family: Family, *, of_guesses: bool) -> tuple[tuple[Trigger, Matcher], ...]:
    if not of_guesses:
        return family.MATCHERS
    return family.GUESSES if isinstance(family, Guesser) else ()


@cache
def _collect_matchers(*, of_guesses: bool) -> Mapping[str, tuple[Matcher, ...]]:
    table: dict[str, list[Matcher]] = defaultdict(list)
    for name in discovery.list_modules(_PACKAGE):
        family: Family = discovery.load_module(_PACKAGE, name)
        for words, matcher in _choose_table(family, of_guesses=of_guesses):
            for word in words() if callable(words) else words:
                table[word].append(matcher)
    return {word: tuple(matchers) for word, matchers in table.items()}


def _split_columns(text: str) -> Iterator[tuple[int, str]]:
    """Yield the columns of a text with their places: an option and what it does are no sentence together."""
    start = 0
    if "   " not in text and "\t" not in text:
        yield 0, text
        return
    for gap in _GAP.finditer(text):
        yield start, text[start : gap.end()]
        start = gap.end()
    yield start, text[start:] if start else text


def _find_hits(document: Document, matchers: Mapping[str, tuple[Matcher, ...]]) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        if not segment.target:
            continue
        for start, column in _split_columns(segment.target):
            sentence = Sentence(column)
            for at, word in enumerate(sentence.words):
                if word not in matchers:
                    continue
                for matcher in matchers[word]:
                    for mark in matcher(sentence, at):
                        span = Span(start + mark.start, start + mark.end)
                        yield Hit(mark.rule, number, span, mark.message, mark.suggestions)


@SegmentFinder
def find(document: Document) -> Iterator[Hit]:
    """Find the hits of all grammar rules but those of `find_guesses`."""
    return _find_hits(document, _collect_matchers(of_guesses=False))


@SegmentFinder
def find_guesses(document: Document) -> Iterator[Hit]:
    """Find the hits of rules that guess, which most users do not run: their matchers stand in ``GUESSES``."""
    return _find_hits(document, _collect_matchers(of_guesses=True))
