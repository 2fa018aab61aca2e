"""Cyrillic and Greek letters that look like those of a Latin word they stand in: no search finds such a word.

Which letters look alike follows the confusables of Unicode (UTS #39), of which only those are taken that no common
typeface tells apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Document, Example, Hit, Rule, SegmentFinder, Span
from stilted.rules.checks.spelling import is_english
from stilted.text import parts_of_speech

_CYRILLIC: Final = dict(zip("аеорсухіѕјһԁԛԝАВЕКМНОРСТХІЅЈ", "aeopcyxisjhdqwABEKMHOPCTXISJ", strict=True))
_GREEK: Final = dict(zip("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oABEZHIKMNOPTYX", strict=True))
_LATIN: Final = str.maketrans(_CYRILLIC | _GREEK)
_ALIKE: Final = "".join((*_CYRILLIC, *_GREEK))
_MIXED: Final = re.compile(
    rf"(?<![\w./@#$&=_\\])(?=[{_ALIKE}]{{0,60}}[A-Za-z])(?=[A-Za-z]{{0,60}}[{_ALIKE}])[A-Za-z{_ALIKE}]{{2,60}}"
    r"(?![\w/@\\(={\u0300-\u036f]|\.\w)"
)
_SPOKEN_OF: Final = re.compile(
    r"cyrillic|greek|homo(?:glyph|graph)|confusable|look-?\s?alike|looks? (?:like|the same)|spoof|phish|unicode|U\+0"
    r"|punycode|transliterat",
    re.I,
)
"""What a text says that means such letters."""


def read_as_latin(word: str) -> str | None:
    """Return the English word that *word* looks like; None where there is none, or where it looks like it for a reason.

    At least half of its letters are Latin: what is mostly of another script is a word of another language.
    """
    latin = word.translate(_LATIN)
    plain = sum(letter.isascii() for letter in word)
    if word.isascii() or not latin.isascii() or plain * 2 < len(word):
        return None
    low = latin.lower()
    return latin if is_english(low) or low in parts_of_speech.get_all_forms() else None


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        text = segment.target or ""
        if text.isascii() or _SPOKEN_OF.search(text):
            continue
        originals = [original for original in (segment.source, segment.reference) if original]
        for match in _MIXED.finditer(text):
            latin = read_as_latin(match.group())
            if latin is None or any(match.group() in original for original in originals):
                continue
            odd = dict.fromkeys(letter for letter in match.group() if not letter.isascii())
            told = ", ".join(f"{_name_script(letter)} “{letter}” (U+{ord(letter):04X})" for letter in odd)
            message = f"This word has {told} where it needs Latin letters."
            yield Hit("spelling/foreign-letter", number, Span(*match.span()), message, (latin,))


def _name_script(letter: str) -> str:
    return "Greek" if letter in _GREEK else "Cyrillic"


RULES = (
    Rule(
        id="spelling/foreign-letter",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="A letter of another script stands in this Latin word.",
        why="It looks the same and is not: no search finds the word, and copied into a program it does not work. It was"
        " typed with the keyboard of the other language, or came through a scan.",
        find=_find,
        bad=(
            Example.of("The <v>sуstem</v> rings the bell.", "The system rings the bell."),
            Example.of("<v>Тhe</v> lamp is <v>оn</v> the table.", "The lamp is on the table."),
            Example.of(
                "Use the <v>соmmand</v> twice, and the <v>Αrrow</v> once.", "Use the command twice, and the Arrow once."
            ),
        ),
        good=(
            Example.of("The Cyrillic “у” makes another word of “sуstem”."),
            Example.of("Open /opt/sуstem/lamp, or ask lamp@sуstem.example."),
            Example.of("The lamp is called Луна; its power is Δx, and Brаvоkel is a name."),
            Example.of("The sуstem of that name rings.", source="Программа sуstem звонит."),
        ),
        confidence=0.97,
        safe_fix=True,
    ),
)
