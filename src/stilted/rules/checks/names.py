"""One thing, one name: spellings and names that change within a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from stilted.core.model import Document, Example, Hit, Need, Rule, Span
from stilted.core.tokens import Token, TokenKind, tokenize

_VARIANTS: Final = (
    ("internet", "Internet"),
    ("web", "Web"),
    ("email", "e-mail"),
    ("website", "web site"),
    ("Covid-19", "COVID-19"),
    ("judgment", "judgement"),
    ("adviser", "advisor"),
)
"""Spellings among which a house chooses one; every pair names one thing, so both in a text are a slip."""
_FIRM: Final = frozenset("motors group technology technologies auto automobile holdings electronics pharma".split())
_MAY_BE_FIRM: Final = re.compile(rf"(?<=\s)(?=[A-Z])(?i:{'|'.join(sorted(_FIRM))})")
_SURNAMES: Final = frozenset(
    """he li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin guo ma luo liang song zheng xie han tang
    feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia ding wei xue ye yan pan du dai xia
    zhong tian ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng
    long""".split()
)
"""Common Chinese surnames in Pinyin; the rarer ones are missed."""
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:…][\"'”’)\]]*\s+|[\"“‘(]\s*)$")
_BEFORE_CHARS: Final = 40
_NAME_GOES_ON: Final = re.compile(r"[ \u00a0]+(?:(?:of|for|and) )?[A-Z]")


class _Place(NamedTuple):
    segment: int
    start: int
    end: int
    text: str


def _is_title(text: str) -> bool:
    """Tell whether a line sets most words with capitals, as headings do; its capitals prove nothing."""
    written = [text[t.start : t.end] for t in tokenize(text) if t.kind is TokenKind.WORD and t.end - t.start > 3]
    return not re.search(r"[.!?][\"'”’)]*$", text) and sum(w[0].isupper() for w in written) * 2 >= len(written)


def _compile_variants(one: str, other: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@./-])(?:{re.escape(one)}|{re.escape(other)})(?![\w@/-]|\.\w)")


_PATTERNS: Final = tuple((_compile_variants(*pair), pair) for pair in _VARIANTS)


def _find_spelled_two_ways(document: Document) -> Iterator[Hit]:
    for pattern, (one, other) in _PATTERNS:
        places: dict[str, list[_Place]] = defaultdict(list)
        for number, segment in enumerate(document.segments):
            text = segment.target or ""
            matches = list(pattern.finditer(text))
            if not matches or _is_title(text):
                continue
            for match in matches:
                if one.lower() != other.lower() or not _is_capital_by_custom(text, match):
                    places[match.group()].append(_Place(number, match.start(), match.end(), match.group()))
        if len(places) == 2:
            usual, rare = sorted((one, other), key=lambda form: (-len(places[form]), form != one))
            first = places[rare][0]
            times = f"“{usual}” ({len(places[usual])}) and “{rare}” ({len(places[rare])})"
            message = f"This text writes both {times}; keep to one."
            yield Hit("names/spelled-two-ways", first.segment, Span(first.start, first.end), message, (usual,))


def _is_capital_by_custom(text: str, match: re.Match[str]) -> bool:
    """Tell whether the word begins a sentence, or a name as in "Internet Archive"; its capital is no spelling then."""
    capital = match.group()[0].isupper()
    if match.group() == "Web" and text[: match.start()].endswith("World Wide "):
        return True
    return _begins_sentence(text, match.start()) or (capital and bool(_NAME_GOES_ON.match(text, match.end())))


def _begins_sentence(text: str, at: int) -> bool:
    low = max(0, at - _BEFORE_CHARS)
    # The dot keeps a cut-off text from passing for the beginning of one.
    return bool(_SENTENCE_START.search(("." if low else "") + text[low:at]))


def _find_firm_names(document: Document) -> Iterator[Hit]:
    """Yield one hit a name: a firm that goes by its full name, by half of it, and shares it with a person."""
    if not any(_MAY_BE_FIRM.search(segment.target or "") for segment in document.segments):
        return
    full: dict[str, str] = {}
    bare: dict[str, list[_Place]] = defaultdict(list)
    persons: dict[str, str] = {}
    for number, segment in enumerate(document.segments):
        text = segment.target or ""
        words = list(tokenize(text))
        for at, token in enumerate(words):
            written = text[token.start : token.end]
            if token.kind is not TokenKind.WORD or not written[:1].isupper() or len(written) < 4:
                continue
            before, after = _read_neighbours(words, at, text)
            if after and after[0].isupper() and after.lower() in _FIRM:
                full.setdefault(written, f"{written} {after}")
            elif before and before[0].isupper() and before.lower() in _SURNAMES and not written.isupper():
                persons.setdefault(written, f"{before} {written}")
            else:
                bare[written].append(_Place(number, token.start, token.end, written))
    for name in full.keys() & persons.keys() & bare.keys():
        first = bare[name][0]
        message = (
            f"“{name}” stands alone for the firm {full[name]} here, and {persons[name]} is a person of that name: "
            "readers cannot tell them apart."
        )
        fits = document.reference is None or full[name] in document.reference
        # Where the reference calls the firm by another name, the full name is no improvement.
        begins = _begins_sentence(document.segments[first.segment].target or "", first.start)
        instead = full[name] if fits else "The company" if begins else "the company"
        yield Hit("names/person-or-firm", first.segment, Span(first.start, first.end), message, (instead,))


def _read_neighbours(words: list[Token], at: int, text: str) -> tuple[str, str]:
    """Return the words before and after token *at* as written, empty where something else stands."""
    before = words[at - 1] if at and words[at - 1].kind is TokenKind.WORD else None
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].kind is TokenKind.WORD else None
    token = words[at]
    if before and not text[before.end : token.start].isspace():
        before = None
    if after and not text[token.end : after.start].isspace():
        after = None
    return (text[before.start : before.end] if before else ""), (text[after.start : after.end] if after else "")


def _find(document: Document) -> Iterator[Hit]:
    yield from _find_spelled_two_ways(document)
    yield from sorted(_find_firm_names(document), key=lambda hit: (hit.segment, hit.span))


RULES = (
    Rule(
        id="names/spelled-two-ways",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="One word is spelled in two ways.",
        why="Engines spell each sentence on its own; an editor chooses one spelling for the whole text.",
        find=_find,
        bad=(
            Example.of(
                "The <v>Internet</v> grew. Today the internet is everywhere, and internet access is cheap.",
                "The internet grew. Today the internet is everywhere, and internet access is cheap.",
            ),
        ),
        good=(
            Example.of("Internet access is cheap. Half the world uses the internet."),
            Example.of("The Web grew; he saw every website of it by email."),
            Example.of("He asked the Internet Archive, which keeps half the internet."),
            Example.of("He read The Web Today on the web, which was the World Wide Web then."),
        ),
        needs=frozenset({Need.DOCUMENT}),
        confidence=0.5,
    ),
    Rule(
        id="names/person-or-firm",
        category="Terminology/Inconsistent use of terminology",
        severity="minor",
        message="A firm and a person go by the same name.",
        why="Chinese firms named after their founder need their registered English name to be told from the person.",
        find=_find,
        bad=(
            Example.of(
                "Zhang Minghua founded Minghua Motors. In May <v>Minghua</v> opened a plant.",
                "Zhang Minghua founded Minghua Motors. In May Minghua Motors opened a plant.",
            ),
        ),
        good=(
            Example.of("Henry Ford founded Ford Motors. In May Ford opened a plant."),
            Example.of("Zhang Minghua founded Minghua Motors. In May Minghua Motors opened a plant."),
        ),
        needs=frozenset({Need.DOCUMENT}),
        confidence=0.5,
    ),
)
