"""One pass over the words of every segment, for all grammar rules: a word calls the matchers that it triggers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Protocol, runtime_checkable

from stilted.core import discovery
from stilted.core.model import Document, Hit, Rule, SegmentFinder, Span
from stilted.rules.checks.grammar._sentence import Mark, Sentence

Matcher = Callable[[Sentence, int], Iterable[Mark]]
"""Looks at a sentence around the word that triggered it."""

Trigger = Iterable[str] | Callable[[], Iterable[str]]
"""The words, in small letters, that make a matcher look; those of a large table are made when they are asked for."""

_PACKAGE = "stilted.rules.checks.grammar"


@runtime_checkable
class Family(Protocol):
    """What a module of this folder is to the others."""

    RULES: tuple[Rule, ...]
    """What `find` finds for all of them."""
    MATCHERS: tuple[tuple[Trigger, Matcher], ...]
    """What looks at a sentence, each with the words that make it look."""


@cache
def _matchers() -> Mapping[str, tuple[Matcher, ...]]:
    table: dict[str, list[Matcher]] = defaultdict(list)
    for name in discovery.names(_PACKAGE):
        family: Family = discovery.module(_PACKAGE, name)
        for words, matcher in family.MATCHERS:
            for word in words() if callable(words) else words:
                table[word].append(matcher)
    return {word: tuple(matchers) for word, matchers in table.items()}


@SegmentFinder
def find(document: Document) -> Iterator[Hit]:
    """Find the hits of all grammar rules."""
    matchers = _matchers()
    for number, segment in enumerate(document.segments):
        if not segment.target:
            continue
        sentence = Sentence(segment.target)
        for at, word in enumerate(sentence.words):
            if word not in matchers:
                continue
            for matcher in matchers[word]:
                for mark in matcher(sentence, at):
                    span = Span(mark.start, mark.end)
                    yield Hit(mark.rule, number, span, mark.message, mark.suggestions)
