"""One source translated two ways, and two sources translated alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.foreign import shorten
from stilted.core.model import Document, Example, Hit, Rule, Span, Status

_WORD: Final = re.compile(r"\w+")
_MIN_CHARS: Final = 4
_MIN_ALIKE_WORDS: Final = 3
_QUOTED_CHARS: Final = 80


def _make_key(text: str) -> str:
    """Return the words of a text in lower case: what makes two segments the same."""
    return " ".join(_WORD.findall(text.lower()))


def _pair_lines(document: Document) -> Iterator[tuple[int, int, str, str]]:
    """Yield segment number, offset, translation and original; line by line where both have as many lines."""
    for number, segment in enumerate(document.segments):
        target, origin = segment.target, segment.source or segment.reference
        if not target or not origin:
            continue
        left, right = target.split("\n"), origin.split("\n")
        if len(left) != len(right):
            yield number, 0, target, origin
            continue
        at = 0
        for one, other in zip(left, right, strict=True):
            yield number, at, one, other
            at += len(one) + 1


def _find(document: Document) -> Iterator[Hit]:
    origins: dict[str, tuple[str, str]] = {}
    targets: dict[str, tuple[str, str]] = {}
    for number, at, target, origin in _pair_lines(document):
        there, here = _make_key(origin), _make_key(target)
        if len(there) < _MIN_CHARS or not here:
            continue
        earlier, first = origins.setdefault(there, (here, target))
        if earlier != here:
            yield _mark_difference(number, at, target, first)
        elif len(_WORD.findall(here)) >= _MIN_ALIKE_WORDS:
            other, original = targets.setdefault(here, (there, origin))
            if _are_distinct(other, there):
                quoted = shorten(" ".join(original.split()), _QUOTED_CHARS)
                message = f"Another segment, “{quoted}”, reads the same in this translation."
                yield Hit("inconsistency/translated-alike", number, Span(at, at + len(target)), message)


def _are_distinct(one: str, other: str) -> bool:
    """Tell whether two originals say different things: neither is the other with a word more."""
    if one == other:
        return False
    left, right = set(one.split()), set(other.split())
    if len(left) == len(right) == 1:
        return not set(one) & set(other)
    return 2 * len(left & right) < max(len(left), len(right))


def _mark_difference(number: int, at: int, target: str, first: str) -> Hit:
    """Mark what differs from the first translation of the same original."""
    words, first_words = target.split(), first.split()
    head = 0
    while head < min(len(words), len(first_words)) and words[head] == first_words[head]:
        head += 1
    tail = 0
    while tail < min(len(words), len(first_words)) - head and words[-1 - tail] == first_words[-1 - tail]:
        tail += 1
    places = [m.span() for m in re.finditer(r"\S+", target)]
    last = max(len(words) - tail, min(head + 1, len(words)))
    span = Span(places[min(head, len(words) - 1)][0], places[last - 1][1])
    fix = " ".join(first_words[min(head, len(words) - 1) : len(first_words) - (len(words) - last)])
    message = f"The same original was translated before as “{shorten(' '.join(first_words), _QUOTED_CHARS)}”."
    return Hit("inconsistency/translated-two-ways", number, span.shift(at), message, (fix,))


RULES = (
    Rule(
        id="inconsistency/translated-two-ways",
        category="Terminology/Inconsistent use of terminology",
        severity="minor",
        message="The same original is translated in another way before.",
        why="Each segment is translated on its own, and the reader meets one button or heading under two names.",
        find=_find,
        reads_code=True,
        bad=(
            Example.of(
                "Save changes\nSave <v>modifications</v>",
                "Save changes\nSave changes",
                source="Änderungen speichern\nÄnderungen speichern",
            ),
        ),
        good=(Example.of("Print page\nPrint page", source="Seite drucken\nSeite drucken"),),
        status=Status.PREVIEW,  # unmeasured: no annotated data holds such slips of one translator
        confidence=0.4,
    ),
    Rule(
        id="inconsistency/translated-alike",
        category="Accuracy/Mistranslation",
        severity="minor",
        message="Two different originals read the same in this translation.",
        why="A segment was filled in from the wrong one, or a difference got lost.",
        find=_find,
        reads_code=True,
        bad=(Example.of("Close the file\n<v>Close the file</v>", None, source="Datei schließen\nAlles löschen"),),
        good=(Example.of("Open the file\nOpen the file", source="Datei öffnen\nDatei öffnen!"),),
        status=Status.PREVIEW,  # unmeasured: no annotated data holds such slips of one translator
        confidence=0.4,
    ),
)
