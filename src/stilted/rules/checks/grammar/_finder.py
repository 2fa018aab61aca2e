"""One pass over the words of every segment, for all grammar rules: a word calls the matchers that it triggers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from stilted.core import discovery
from stilted.core.model import Document, Hit, SegmentFinder, Span
from stilted.rules.checks.grammar._sentence import Mark, Sentence

Matcher = Callable[[Sentence, int], Iterable[Mark]]
"""Looks at a sentence around the word that triggered it."""

_PACKAGE = "stilted.rules.checks.grammar"


@cache
def _matchers() -> Mapping[str, tuple[Matcher, ...]]:
    table: dict[str, list[Matcher]] = defaultdict(list)
    for name in discovery.names(_PACKAGE):
        for words, matcher in discovery.module(_PACKAGE, name).MATCHERS:
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
