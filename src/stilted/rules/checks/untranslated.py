"""Words left in the source's script, segments left in another language, and sources copied over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Document, Example, Hit, Rule, Segment, Span
from stilted.core.tokens import tokens

_RUN: Final = re.compile(
    r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af\uf900-\ufaff]+(?:[\u3000-\u303f\uff00-\uffef\s]*[\u3400-\u9fff\u3040-\u30ff"
    r"\uac00-\ud7af])*|[\u0400-\u04ff]{2,}(?:\s+[\u0400-\u04ff]+)*|[\u0590-\u06ff]{2,}(?:\s+[\u0590-\u06ff]+)*"
    r"|[\u0900-\u0dff\u0e00-\u0eff]{2,}(?:\s+[\u0900-\u0dff\u0e00-\u0eff]+)*|[\u0370-\u03ff]{4,}"
)
"""Runs of Chinese, Japanese, Korean, Cyrillic, Hebrew, Arabic, Indic, Thai or Greek letters."""
_QUOTES: Final = frozenset("\"'“”‘’«»()[]（）《》「」:：")
_MIN_WORDS: Final = 4
_ENGLISH: Final = frozenset(
    "the of and to in is that for it as was with be by on not he his are this at from which have they has were their"
    " been but had will would who its an or if we you she her him them my your our there what all can more when so"
    " no".split()
)
_OTHERS: Final = {
    "German": "der die das und ist nicht ein eine den dem des mit sich auf für von zu wird auch sind werden dass im",
    "French": "le la les des est une dans qui que pour sur pas avec sont par au aux du ce cette nous vous il elle et",
    "Spanish": "el la los las una que para con por del se es su como más pero sus esta este son fue y en",
    "Italian": "il lo gli della delle che di per con una sono del nel anche più come questo essere dei alla è e",
    "Portuguese": "os as um uma que para com não dos das ao pelo pela mais como foi são também seu sua o e do da em",
    "Dutch": "het een van dat niet zijn met voor aan ook wordt maar door naar bij heeft worden deze en de",
}
_FUNCTION_WORDS: Final = {language: frozenset(words.split()) for language, words in _OTHERS.items()}
_SHARE: Final = 0.25


def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        text = segment.target
        if not text:
            continue
        if not text.isascii():
            yield from _runs(number, segment, text)
        yield from _whole(number, segment, text)


def _runs(number: int, segment: Segment, text: str) -> Iterator[Hit]:
    for match in _RUN.finditer(text):
        written = match.group()
        around = text[: match.start()].rstrip()[-1:] + text[match.end() :].lstrip()[:1]
        quoted = len(around) == 2 and set(around) <= _QUOTES
        # A text may quote the original, and the reference tells whether it should.
        if (segment.reference and written in segment.reference) or (quoted and not segment.reference):
            continue
        yield Hit("untranslated/source-script", number, Span(match.start(), match.end()))


def _whole(number: int, segment: Segment, text: str) -> Iterator[Hit]:
    # One English function word settles it; nearly every sentence has one, and this is the cheap way to see it.
    if not _ENGLISH.isdisjoint(text.lower().split()):
        return
    words = [t.norm for t in tokens(text) if t.kind == "word"]
    if len(words) < _MIN_WORDS or segment.reference == text:
        return
    english = sum(w in _ENGLISH for w in words)
    span = Span(0, len(text))
    if segment.source and " ".join(segment.source.split()) == " ".join(text.split()) and not english:
        yield Hit("untranslated/copied-source", number, span)
        return
    if english:
        return
    counts = {language: sum(w in known for w in words) for language, known in _FUNCTION_WORDS.items()}
    language = max(counts, key=lambda name: (counts[name], name))
    if counts[language] >= 2 and counts[language] >= _SHARE * len(words):
        yield Hit("untranslated/other-language", number, span, f"This is {language}, not English.")


RULES = (
    Rule(
        id="untranslated/source-script",
        category="Accuracy/Untranslated",
        severity="major",
        message="These words were left in the script of the source.",
        why="The engine did not know the word and copied it.",
        find=_find,
        bad=(
            Example.of("The <v>小康</v> goal was met."),
            Example.of("He signed the <v>договор</v> at noon.", reference="He signed the treaty at noon."),
        ),
        good=(
            Example.of("The sign says “小心地滑” in Chinese."),
            Example.of("Its name, 永和, means eternal peace.", reference="The name (永和) means eternal peace."),
            Example.of("The α-particles passed."),
        ),
        confidence=0.8,
    ),
    Rule(
        id="untranslated/copied-source",
        category="Accuracy/Untranslated",
        severity="critical",
        message="The source was copied instead of being translated.",
        why="Engines copy what they take for a name or cannot read.",
        find=_find,
        bad=(
            Example.of(
                "<v>Ponte chiuso dopo alluvione improvvisa</v>", source="Ponte chiuso dopo alluvione improvvisa"
            ),
        ),
        good=(Example.of("Bayern München", source="Bayern München"),),
        confidence=0.9,
    ),
    Rule(
        id="untranslated/other-language",
        category="Accuracy/Untranslated",
        severity="critical",
        message="This is not English.",
        why="The engine stayed in the source language, or strayed into a third one.",
        find=_find,
        bad=(Example.of("<v>Die Brücke ist nach dem Hochwasser nicht mehr offen.</v>"),),
        good=(
            Example.of("Nach dem Fest"),
            Example.of("She sang “Die Gedanken sind frei” at the end."),
        ),
        confidence=0.9,
    ),
)
