"""What an engine tore apart that cuts text into pieces: "US $5", "U. S.", "two - year - old", " quoted "."""

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
_UNIT: Final = re.compile(r"(?<![\w/])(?:and / or|(?:km|kg|m|t) / (?:h|s|m|ha)(?![\w/]))(?! /)")
_GENITIVE: Final = re.compile(r"(?<=[A-Za-z]{2}) ['’] s(?= [A-Za-z0-9])")
"""Two blanks: where there is one, the mark may close a quotation."""
_THE_LAND: Final = re.compile(r"\bthe\s+$", re.I)
_PREDICATE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being|too|very|so)\s+$", re.I)
"""Behind these a clause ends with the word: "the tide was high - time was short"."""
_NEAR: Final = 12
_QUOTED: Final = re.compile(r"(?:(?<=[\s(])|^)(?:\" ([^\"\n]{2,60}) \"|“ ([^“”\n]{2,60}) ”)(?=[\s.,;:!?)]|$)")
_PROSE: Final = re.compile(r"\w[\w '’.,%-]*\w\Z")
"""What stands in quotation marks that are no string of a program; in such, blanks may be meant."""
_BOUND: Final = "anti|non|multi|semi|inter|self|sub|pre|co|mid"
_NUMBERS: Final = r"two|three|four|five|six|seven|eight|nine|ten|\d{1,4}"
_MEASURES: Final = "year|month|week|day|hour|minute|storey|story|seat|star|point|kilometer|kilometre|meter|metre"
_HEADS: Final = "high|low|long|short|large|small|medium|full|real|front|first|second|world|top"
_TAILS: Final = "quality|speed|level|term|tech|end|risk|scale|sized|time|line|rate|class|ranking|profile|income|density"
_ENDS: Final = "based|oriented|owned|funded|made|led|related|shaped|fired|friendly"
_COMPOUND: Final = re.compile(
    rf"(?<![\w-])(?:(?:{_BOUND}) - (?=[a-z]{{3}})|(?:{_NUMBERS}) - (?:{_MEASURES})(?: - (?:old|long)s?)?\b(?! of\b)"
    rf"|(?:year|month)s? - olds?\b|door - to - door\b|(?:{_HEADS}) - (?:{_TAILS})\b"
    rf"|[a-z]{{3,20}} - (?:{_ENDS})\b(?! on))"
)


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        text = segment.target or ""
        for rule, start, end, joined in _find_split(text):
            yield Hit(rule, number, Span(start, end), suggestions=(joined,))


def _find_split(text: str) -> Iterator[tuple[str, int, int, str]]:
    """Yield rule, place and remedy of what is torn apart in a text; most texts have none of the signs."""
    if "$" in text:
        yield from _find_currencies(text)
    if ". " in text:
        yield from _find_short_forms(text)
    if " - " in text:
        yield from _find_compounds(text)
    if " / " in text:
        for found in _UNIT.finditer(text):
            yield "mechanics/split-abbreviation", found.start(), found.end(), found.group().replace(" ", "")
    if "' s" in text or "’ s" in text:
        for found in _GENITIVE.finditer(text):
            yield "mechanics/split-genitive", found.start(), found.end(), found.group().replace(" ", "")
    if '" ' in text or "“ " in text:
        yield from _find_quotations(text)


def _find_compounds(text: str) -> Iterator[tuple[str, int, int, str]]:
    for found in _COMPOUND.finditer(text):
        if not _PREDICATE.search(text, max(0, found.start() - _NEAR), found.start()):
            yield "mechanics/split-compound", found.start(), found.end(), found.group().replace(" - ", "-")


def _find_currencies(text: str) -> Iterator[tuple[str, int, int, str]]:
    for found in _CURRENCY.finditer(text):
        before = text[max(0, found.start() - _NEAR) : found.start()]
        if not _THE_LAND.search(before):  # "in the US $5 buys a book"
            yield "mechanics/split-currency", found.start(), found.end(), "".join(found.group().split())


def _find_short_forms(text: str) -> Iterator[tuple[str, int, int, str]]:
    for found in _SHORT_FORM.finditer(text):
        joined = found.group().replace(" ", "")
        if joined != found.group():
            yield "mechanics/split-abbreviation", found.start(), found.end(), joined


def _find_quotations(text: str) -> Iterator[tuple[str, int, int, str]]:
    """Yield quotations with blanks on both inner sides, of which the first mark opens one."""
    marks = at = 0
    for found in _QUOTED.finditer(text):
        marks += text.count('"', at, found.start())
        at = found.start()
        inside = found[1] or found[2]
        if marks % 2 == 0 and _PROSE.match(inside):
            quoted = found.group()[0] + inside + found.group()[-1]
            yield "mechanics/blank-in-quotes", found.start(), found.end(), quoted


RULES: Final = (
    Rule(
        id="mechanics/blank-in-quotes",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="English sets no blanks inside quotation marks.",
        why="Engines that cut text into pieces leave blanks where they joined these again; French sets them, too.",
        find=_find,
        bad=(
            Example.of('They call it the <v>" old harbour "</v> here.', 'They call it the "old harbour" here.'),
            Example.of("They call it the <v>“ old harbour ”</v> here.", "They call it the “old harbour” here."),
        ),
        good=(
            Example.of('They call it the "old harbour" here, and "new" there.'),
            Example.of('Join them with " + " or with " | ", as "a" and " b " show.'),
            Example.of('The "old" and "new" harbours are "one".'),
        ),
        confidence=0.75,
    ),
    Rule(
        id="mechanics/split-compound",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="The hyphen of a compound has no blanks around it.",
        why="Engines that cut text into pieces leave blanks where they joined these again.",
        find=_find,
        bad=(
            Example.of("A <v>two - year - old</v> child was found.", "A two-year-old child was found."),
            Example.of("They build <v>multi - </v>storey houses.", "They build multi-storey houses."),
            Example.of(
                "It is a <v>high - quality</v> boat for <v>city - based</v> crews.",
                "It is a high-quality boat for city-based crews.",
            ),
        ),
        good=(
            Example.of("A two-year-old child was found, high up - quality was low."),
            Example.of("The boat was old - the crew was not; the default - based on the flag - is red."),
            Example.of("The tide was high - quality was low."),
            Example.of("Set 16 - colour of the lamp? 17 - day of the week (0 for Sunday)"),
        ),
        confidence=0.75,
    ),
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
            Example.of(
                "Boats <v>and / or</v> rafts may do 10 <v>km / h</v> here.", "Boats and/or rafts may do 10 km/h here."
            ),
        ),
        good=(
            Example.of("The U.S. Navy has a ferry at 5 p.m. for J. R. Miller."),
            Example.of("The general was U. S. Grant; the band is D. C. Nine."),
            Example.of("Choose boat / raft / ferry; m / n is the quotient."),
        ),
        confidence=0.9,
        safe_fix=True,
    ),
    Rule(
        id="mechanics/split-genitive",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="The ending of the genitive touches its word.",
        why="Engines that cut text into pieces leave blanks where they joined these again.",
        find=_find,
        bad=(Example.of("The town<v> ' s</v> harbour is old.", "The town's harbour is old."),),
        good=(
            Example.of("The town's harbour is old."),
            Example.of("They call it ' slow ' ships; the letter ' s ' is missing."),
        ),
        confidence=0.7,
    ),
)
