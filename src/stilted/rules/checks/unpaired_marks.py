"""Quotation marks and brackets that are opened and never closed, or closed and never opened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Final

from stilted.core.model import Document, Example, Hit, Rule, Segment, Span

_PAIRS: Final = {"(": ")", "[": "]", "{": "}", "“": "”"}
_CLOSERS: Final = {close: opener for opener, close in _PAIRS.items()}
_ENUMERATOR: Final = re.compile(r"(?:^|\s)(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})\)")
_EMOTICON: Final = re.compile(r"[:;=][-']?[()\[\]](?![\w([])|<3")
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_MAX_HITS: Final = 50
"""Marks reported in one document; one with more of them is code or a formula, and nobody reads the rest."""

_Place = tuple[int, int]
"""Segment number and offset in its target."""
_LONE: Final = "1)"
"""Stands for the bracket after an enumerator, which closes what is open and otherwise needs no partner."""


def _unpaired(marks: list[tuple[str, _Place]]) -> Iterator[tuple[str, _Place]]:
    """Yield the marks of one paragraph without a partner; a straight quote closes what a straight quote opened."""
    waiting: list[tuple[str, _Place]] = []
    open_now: Counter[str] = Counter()
    straight: list[tuple[str, _Place]] = []
    for mark, place in marks:
        if mark == '"':
            straight = [] if straight else [(mark, place)]
        elif mark in _PAIRS:
            waiting.append((mark, place))
            open_now[mark] += 1
        elif open_now[opener := _CLOSERS[mark[-1]]]:
            while waiting[-1][0] != opener:
                open_now[waiting[-1][0]] -= 1
                yield waiting.pop()
            waiting.pop()
            open_now[opener] -= 1
        elif mark != _LONE:
            yield mark, place
    yield from waiting
    yield from straight


def _marks(segment: Segment, number: int) -> list[tuple[str, _Place]]:
    text = _EMOTICON.sub(lambda m: " " * len(m.group()), segment.target or "")
    inches = {m.end() - 1 for m in re.finditer(r"\d\"", text)}
    enumerators = {m.end() - 1 for m in _ENUMERATOR.finditer(text)}
    return [
        (_LONE if at in enumerators else c, (number, at))
        for at, c in enumerate(text)
        if c in _PAIRS or c in _CLOSERS or (c == '"' and at not in inches)
    ]


def _paragraphs(document: Document) -> Iterator[list[int]]:
    """Group segment numbers by paragraph: a quotation may run over sentences, not beyond blank lines."""
    text = document.target
    # Where no line is blank, every line is a paragraph.
    ends = _BLANK_LINE if text and _BLANK_LINE.search(text) else re.compile("\n")
    group: list[int] = []
    end = 0
    for number, segment in enumerate(document.segments):
        if not segment.target:
            continue
        span = segment.target_span
        if group and (text is None or span is None or ends.search(text, end, span.start)):
            yield group
            group = []
        group.append(number)
        end = span.end if span else 0
    if group:
        yield group


def _continues(document: Document, following: list[int] | None) -> bool:
    """Tell whether the next paragraph goes on with the same quotation, as English sets it."""
    return following is not None and (document.segments[following[0]].target or "").startswith(("“", '"'))


def _find(document: Document) -> Iterator[Hit]:
    return islice(_hits(document), _MAX_HITS)


def _hits(document: Document) -> Iterator[Hit]:
    groups = list(_paragraphs(document))
    for group, following in zip_longest(groups, groups[1:]):
        marks = [mark for number in group for mark in _marks(document.segments[number], number)]
        for mark, (number, at) in _unpaired(marks):
            quote = mark in '"“”'
            if quote and _continues(document, following):
                continue
            rule = "pairs/unpaired-quote" if quote else "pairs/unpaired-bracket"
            role = "closed" if mark in _PAIRS or mark == '"' else "opened"
            yield Hit(rule, number, Span(at, at + 1), f"This {mark} is never {role}.")


RULES = (
    Rule(
        id="pairs/unpaired-bracket",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="A bracket has no partner.",
        why="The other half was lost in translation, and the reader cannot tell where the aside ends.",
        find=_find,
        bad=(
            Example.of("The firm <v>(</v>founded in 1998 makes glass."),
            Example.of("The firm, founded in 1998<v>)</v>, makes glass."),
        ),
        good=(
            Example.of("Two things: 1) the firm (founded in 1998 [or 1999]) and b) its glass :)"),
            Example.of("She (aged 34) takes it (vitamin D) daily (see Appendix B)."),
            Example.of("Most agreed (n = 12), as shown below (page 7): F(1, 208) = 4.2."),
        ),
        needs=frozenset({"document"}),  # loose segments may hold half of a quotation
        confidence=0.6,
    ),
    Rule(
        id="pairs/unpaired-quote",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="A quotation mark has no partner.",
        why="The other half was lost in translation, and the reader cannot tell who says what.",
        find=_find,
        bad=(
            Example.of("He said: <v>“</v>We will come back."),
            Example.of('He called it <v>"</v>a small step.'),
        ),
        good=(
            Example.of('He said: “We will come back.” She had a 27" screen and called it "huge".'),
            Example.of("“It is late,” she said. “Let us go.”"),
        ),
        needs=frozenset({"document"}),  # loose segments may hold half of a quotation
        confidence=0.6,
    ),
)
