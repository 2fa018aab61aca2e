"""The mechanics of machine output: doubled words, loops, stray spaces, full-width and unpaired marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Document, Example, Hit, Rule, Span
from stilted.core.tokens import Token, tokens

_CLOSED: Final = frozenset(
    "the a an of to and or with for from by at as be was were are has have will would its their this these"
    " it he she they we you into than but if not his our my your".split(),
)
"""Words that are never doubled in print, whatever their capitals."""
_DOUBLED_FINE: Final = frozenset(
    "very really so had that no yes never much many far long big ha bye knock chop hush there now well again over up"
    " down on in out off go win do is new old same oh hear tut blah girls tsk boo aye her night fifty half".split(),
)
_MAX_PERIOD: Final = 12
_CRITICAL_REPEATS: Final = 5
_BREAK: Final = re.compile(r"[,;:.!?…—–\"“”()/|]")
"""Marks that set off what is repeated for effect, as in songs, chants and commands; a lost engine sets none."""
_QUOTED: Final = re.compile(r"\"[^\"]*\"|“[^“”]*”")
_NO_NOUN: Final = frozenset("of to with for from by at as in on and or is was are were".split())
"""Words that no article stands before, so that "the the" before them is spoken of, not written by mistake."""

_SPACE_BEFORE: Final = re.compile(
    r"(?<=[^\W\d_])[ \u00a0]{1,3}[,;!?](?=\s|$|[\"”’)])|(?<=[^\W\d_])[ ]{1,3}\.(?=\s|$)(?! \.)"
)
_NO_SPACE_AFTER: Final = re.compile(
    r"(?<=[^\W\d_]{2})[.!?;](?=(?:The|It|He|She|This|That|These|In|We|They|But|And|However|If|You|When|There|For|As|"
    r"At|On|After|According|Since|While|Our|His|Her|Its)\b)|(?<=[a-z]{2}),(?=[a-z]{2,}(?:\s|$))"
)
_FULL_WIDTH: Final = dict(zip("，。！？：；（）、“”", ',.!?:;(),""', strict=True))
_FULL_WIDTH_RUN: Final = re.compile(r"[，。！？：；（）、]+")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _doubled(text: str, every: list[Token]) -> Iterator[tuple[Span, str]]:
    found = [t for t in every if t.kind != "genitive"]
    for one, two, after in zip(found, found[1:], [*found[2:], None], strict=False):
        if one.norm != two.norm or one.kind != "word" or not text[one.end : two.start].isspace():
            continue
        first, second = text[one.start : one.end], text[two.start : two.end]
        closed = one.norm in _CLOSED
        # "Pizza pizza" is a name.
        open_word = len(second) > 2 and first.islower() and second.islower() and one.norm not in _DOUBLED_FINE
        spoken_of = _in_quotation_marks(text, one.start, two.end) or (
            one.norm in ("a", "an", "the") and after is not None and after.norm in _NO_NOUN
        )
        if (closed or open_word) and not spoken_of:
            yield Span(one.start, two.end), first


def _in_quotation_marks(text: str, start: int, end: int) -> bool:
    """Tell whether quotation marks stand right before and after the words, as around words spoken of."""
    return text[max(0, start - 1) : start] in ('"', "“", "‘", "'") and text[end : end + 1] in ('"', "”", "’", "'")


def _loops(text: str, every: list[Token]) -> Iterator[tuple[Span, int, int, str]]:
    """Yield ``(span, repeats, words, phrase)`` of what stands in a row outside quotations, without marks between.

    That is one word six times, a phrase of two or three words four times, a longer one three times.
    """
    plain = _QUOTED.sub(lambda m: '"' * len(m.group()), text)
    for found in _unbroken(plain, every):
        norms = [t.norm for t in found]
        ends = [0] * (_MAX_PERIOD + 1)
        at = 0
        while at < len(found):
            most = 0 if norms[at].isdigit() else min(_MAX_PERIOD, (len(found) - at) // 3)
            for period in range(1, most + 1):
                if norms[at] != norms[at + period]:
                    continue
                ends[period] = _end(norms, max(at, ends[period]), period)
                repeats = 1 + (ends[period] - at) // period
                if repeats >= (6 if period == 1 else 4 if period <= 3 else 3):
                    last = found[at + repeats * period - 1]
                    yield Span(found[at].start, last.end), repeats, period, _phrase(text, found, at, period)
                    at += repeats * period - 1
                    break
            at += 1


def _unbroken(text: str, every: list[Token]) -> Iterator[list[Token]]:
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


def _end(norms: list[str], at: int, period: int) -> int:
    """Return where words stop to be those that stand *period* words later; asked from there on, none is read twice."""
    while at + period < len(norms) and norms[at] == norms[at + period]:
        at += 1
    return at


def _phrase(text: str, found: list[Token], at: int, period: int) -> str:
    return text[found[at].start : found[at + period - 1].end]


def _full_width(text: str) -> Iterator[Span]:
    for run in _FULL_WIDTH_RUN.finditer(text):
        around = text[max(0, run.start() - 1) : run.start()] + text[run.end() : run.end() + 1]
        if not _CJK.search(around):
            yield Span(run.start(), run.end())


def _western(text: str, span: Span) -> str:
    marks = "".join(_FULL_WIDTH[c] for c in span.of(text))
    follows = text[span.end : span.end + 1]
    return marks + " " if follows.isalnum() and marks[-1] != "(" else marks


def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        text = segment.target
        if not text:
            continue
        every = list(tokens(text))
        for span, repeats, words, phrase in _loops(text, every):
            severity = "critical" if repeats >= _CRITICAL_REPEATS and words > 1 else "major"
            message = f"“{phrase}” stands here {repeats} times in a row."
            yield Hit("mechanics/repetition-loop", number, span, message, (phrase,), severity=severity)
        for span, once in _doubled(text, every):
            yield Hit("mechanics/doubled-word", number, span, f"“{once}” is doubled.", (once,))
        for match in _SPACE_BEFORE.finditer(text):
            span = Span(match.start(), match.end())
            yield Hit("mechanics/space-before-punctuation", number, span, suggestions=(match.group().strip(),))
        for match in _NO_SPACE_AFTER.finditer(text):
            span = Span(match.start(), match.end())
            yield Hit("mechanics/no-space-after-punctuation", number, span, suggestions=(match.group() + " ",))
        for span in _full_width(text):
            yield Hit("mechanics/full-width-punctuation", number, span, suggestions=(_western(text, span),))


RULES = (
    Rule(
        id="mechanics/doubled-word",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="A word is doubled.",
        why="Translation engines repeat a word where two phrases were joined.",
        find=_find,
        bad=(
            Example.of("She walked to <v>the the</v> station.", "She walked to the station."),
            Example.of("The price <v>rises rises</v> in May.", "The price rises in May."),
        ),
        good=(
            Example.of("He had had enough, and she knew that that was so."),
            Example.of("No, no: it is very, very late in New York, New York."),
            Example.of("The the in the third line is a slip; so is the second “and and”."),
            Example.of("Pizza pizza! The children were glad."),
        ),
        confidence=0.8,
        safe_fix=True,
    ),
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
    Rule(
        id="mechanics/space-before-punctuation",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="English sets no space before this mark.",
        why="A space left over from the source or from joining pieces of machine output.",
        find=_find,
        bad=(
            Example.of("It is late<v> ,</v> so we go<v> .</v>", "It is late, so we go."),
            Example.of("Who called<v> ?</v>", "Who called?"),
        ),
        good=(Example.of("Wait … and see. The .NET runtime costs 5 , or so they say ... "),),
        confidence=0.6,
        safe_fix=True,
    ),
    Rule(
        id="mechanics/no-space-after-punctuation",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="A space is missing after this mark.",
        why="Chinese and Japanese set no space after a stop, and machine output keeps it that way.",
        find=_find,
        bad=(
            Example.of("The car is fast<v>.</v>It is also quiet.", "The car is fast. It is also quiet."),
            Example.of("It is red<v>,</v>green and blue.", "It is red, green and blue."),
        ),
        good=(Example.of("Node.js and example.com run v2.0.1, i.e. the U.S. build, at 1,000 rpm."),),
        confidence=0.6,
        safe_fix=True,
    ),
    Rule(
        id="mechanics/full-width-punctuation",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="This is a full-width mark of Chinese or Japanese typesetting.",
        why="The mark was copied from the source instead of being replaced by its English counterpart.",
        find=_find,
        bad=(
            Example.of("The first<v>，</v>the second and the third.", "The first, the second and the third."),
            Example.of("It is over<v>。</v>", "It is over."),
        ),
        good=(Example.of("The sign says 小心地滑。 in Chinese, and “mind the step” below."),),
        confidence=0.8,
        safe_fix=True,
    ),
)
