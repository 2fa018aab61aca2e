"""Signs and short forms that an engine tore apart: "US $5", "U. S."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Document, Example, Hit, Rule, SegmentFinder, Span

_CURRENCY: Final = re.compile(r"(?<![\w.$])(?:US|HK|NT|AU|NZ|SG|CA)[ \u00a0]\$[ \u00a0]?(?=\d)")
_SHORT_FORM: Final = re.compile(
    r"(?<![\w.])(?:U\. ?S\. ?A|U\. [SKN]|E\. U|(?:(?<=Washington )|(?<=Washington, ))D\. C|[ap]\. m)\.(?!\w| Grant)"
)
"""Ulysses S. Grant aside; other initials are names of people, which may be set so."""
_THE_LAND: Final = re.compile(r"\bthe\s+$", re.I)
_NEAR: Final = 12


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        text = segment.target
        if not text:
            continue
        if "$" in text:
            for found in _CURRENCY.finditer(text):
                before = text[max(0, found.start() - _NEAR) : found.start()]
                if not _THE_LAND.search(before):  # "in the US $5 buys a book"
                    yield _hit("mechanics/split-currency", number, found)
        if ". " in text:
            for found in _SHORT_FORM.finditer(text):
                if " " in found.group():
                    yield _hit("mechanics/split-abbreviation", number, found)


def _hit(rule: str, number: int, found: re.Match[str]) -> Hit:
    joined = re.sub(r"\s", "", found.group())
    return Hit(rule, number, Span(found.start(), found.end()), suggestions=(joined,))


RULES: Final = (
    Rule(
        id="mechanics/split-currency",
        category="Locale conventions/Currency format",
        severity="minor",
        message="The letters of a dollar touch its sign.",
        why="Engines that cut text into pieces leave blanks where they joined these again.",
        find=_find,
        bad=(
            Example.of("The boat cost <v>US $</v>900.", "The boat cost US$900."),
            Example.of("It is worth <v>HK $ </v>5 million.", "It is worth HK$5 million."),
        ),
        good=(
            Example.of("The boat cost US$900, or $900."),
            Example.of("In the US $5 buys a book."),
            Example.of("Set US $HOME first."),
        ),
        confidence=0.85,
        safe_fix=True,
    ),
    Rule(
        id="mechanics/split-abbreviation",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="This short form is written without a blank.",
        why="Engines that cut text into pieces leave blanks where they joined these again.",
        find=_find,
        bad=(
            Example.of("The <v>U. S.</v> Navy has a ferry.", "The U.S. Navy has a ferry."),
            Example.of("It leaves at 5 <v>p. m.</v> from Washington.", "It leaves at 5 p.m. from Washington."),
        ),
        good=(
            Example.of("The U.S. Navy has a ferry at 5 p.m. for J. R. Miller."),
            Example.of("The general was U. S. Grant; the band is D. C. Nine."),
        ),
        confidence=0.9,
        safe_fix=True,
    ),
)
