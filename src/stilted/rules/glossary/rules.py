"""The two rules of a glossary, with examples made from its own entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from stilted.core import mqm
from stilted.core.model import Document, Example, Finder, Hit, Need, Rule, Segment, SegmentFinder, Span
from stilted.core.tokens import tokenize
from stilted.rules.glossary.entries import Entry
from stilted.rules.glossary.find import FORBIDDEN, MISSING, find
from stilted.rules.glossary.lexicon import build

_CATEGORY: Final = mqm.require_category("Terminology/Inconsistent with terminology resource")
_FRAME: Final = "They wrote {} here."


def make_rules(entries: Sequence[Entry]) -> tuple[Rule, ...]:
    """Return the rules that *entries* can break.

    The first entry that shows a rule becomes its example; one that cannot is contradicted by another entry.
    """
    finder = SegmentFinder(partial(find, build(entries)))
    return (*_make_forbidden_rules(entries, finder), *_make_missing_rules(entries, finder))


def _make_forbidden_rules(entries: Sequence[Entry], finder: Finder) -> Iterator[Rule]:
    for entry, wrong in ((e, wrong) for e in entries for wrong in e.forbidden):
        text = _FRAME.format(wrong)
        hits = [hit for hit in _find_hits(finder, text) if hit.rule == FORBIDDEN]
        spans = tuple(hit.span for hit in hits)
        better = hits[0].suggestions[0] if hits and hits[0].suggestions else None
        good = _FRAME.format(entry.preferred[0] if entry.preferred else "it")
        if spans != (_find_in_frame(wrong),) or any(hit.rule == FORBIDDEN for hit in _find_hits(finder, good)):
            continue
        fixed = None if better is None else text[: spans[0].start] + better + text[spans[0].end :]
        if fixed is not None and any(hit.rule == FORBIDDEN for hit in _find_hits(finder, fixed)):
            continue
        yield Rule(
            id=FORBIDDEN,
            category=_CATEGORY,
            severity="major",
            message="The glossary forbids this term.",
            why="A glossary is an agreement: one thing has one name, and the reader can rely on it.",
            find=finder,
            bad=(Example(text, spans, fixed),),
            good=(Example(good),),
            confidence=0.9,
            reads_code=True,
            option="glossary",
        )
        return


def _make_missing_rules(entries: Sequence[Entry], finder: Finder) -> Iterator[Rule]:
    for entry, source in ((e, source) for e in entries if e.preferred for source in e.sources):
        text, good = _FRAME.format("it"), _FRAME.format(entry.preferred[0])
        ids = [hit.rule for hit in _find_hits(finder, text, source)]
        if ids != [MISSING] or _find_hits(finder, good, source):
            continue
        yield Rule(
            id=MISSING,
            category=_CATEGORY,
            severity="minor",
            message="The source uses a term whose rendering is missing here.",
            why="The source names a thing of the glossary, and the translation does not call it by its agreed name.",
            find=finder,
            bad=(Example(text, (Span(0, len("They")),), source=source),),
            good=(Example(good, source=source),),
            needs=frozenset({Need.SOURCE}),
            confidence=0.5,
            reads_code=True,
            option="glossary",
        )
        return


def _find_hits(finder: Finder, text: str, source: str | None = None) -> list[Hit]:
    segment = Segment("1", text, source=source)
    return list(finder(Document("example", (segment,), has_source=source is not None)))


def _find_in_frame(term: str) -> Span:
    """Return where the words of *term* stand in the frame: quotation marks around them are not marked."""
    cut = list(tokenize(term))
    start = _FRAME.index("{}")
    return Span(start + cut[0].start, start + cut[-1].end)
