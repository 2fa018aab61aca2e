"""Misspelt words, with next to no false alarms: what is marked is unknown and all but a frequent word.

A word is left alone that source, reference or inline code have, that the text repeats or writes with a capital
elsewhere, that stands among words of another language, or is part of a name, a path or a compound with a hyphen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from stilted.core.model import Document, Example, Hit, Rule, Segment, Span
from stilted.core.tokens import Token, tokens
from stilted.rules.checks.spelling import _vocabulary

_SHORTEST: Final = 5
_SHORT: Final = 6
"""Letters of a word below which only a very frequent one can be meant: short names abound."""
_SHORTEST_CAPITAL: Final = 7
_OFTEN: Final = 3
"""How often a text has a word that is no slip any more."""
_STRANGERS: Final = 3
"""How many unknown words show that a stretch is of another language, where they are a quarter of its words."""
_GLUE_BEFORE: Final = frozenset("_/.@#$'’\\{<=+")
_GLUE_AFTER: Final = frozenset("-_/@'’\\({=+<")
_ENDS: Final = frozenset(".!?:")


class _Unknown(NamedTuple):
    segment: int
    token: Token
    is_capital: bool


def _find(document: Document) -> Iterator[Hit]:
    unknown: list[_Unknown] = []
    for number, segment in enumerate(document.segments):
        if segment.target:
            unknown += _unknown(number, segment)
    if not unknown:
        return
    counts, capitals = _counted(document, {each.token.norm for each in unknown})
    for each in unknown:
        word = each.token.norm
        if counts[word] >= _OFTEN or (capitals[word] and not each.is_capital) or capitals[word] > 1:
            continue
        if _is_given(document.segments[each.segment], word) or _stands_in_code(document, word):
            continue
        guess = _vocabulary.guess(word)
        if guess is None:
            continue
        if len(word) < _SHORT and not _vocabulary.is_frequent(guess.words[0]):
            continue
        words = tuple(w.capitalize() for w in guess.words) if each.is_capital else guess.words
        is_certain = guess.is_certain and not each.is_capital
        rule = "spelling/misspelling" if is_certain else "spelling/likely-misspelling"
        yield Hit(rule, each.segment, Span(each.token.start, each.token.end), "", words)


def _unknown(number: int, segment: Segment) -> list[_Unknown]:
    """Return the words of a segment that may be misspelt; none of one that is largely foreign."""
    text = segment.target or ""
    found: list[_Unknown] = []
    every = tokens(text)
    strangers = 0
    for at, token in enumerate(every):
        if token.kind != "word" or len(token.norm) < _SHORTEST or _vocabulary.is_common(token.norm):
            continue
        written = text[token.start : token.end]
        if not written.isascii() or not written.isalpha() or _vocabulary.is_known(token.norm):
            continue
        strangers += 1
        if _is_glued(text, token):
            continue
        if written.islower():
            found.append(_Unknown(number, token, is_capital=False))
        elif _begins_sentence(every, at, text) and written[1:].islower() and len(written) >= _SHORTEST_CAPITAL:
            found.append(_Unknown(number, token, is_capital=True))
    return [] if strangers >= _STRANGERS and strangers * 4 >= len(every) else found


def _is_glued(text: str, token: Token) -> bool:
    if text[token.start - 1 : token.start] in _GLUE_BEFORE and token.start:
        return True
    after = text[token.end : token.end + 2]
    return (after[:1] in _GLUE_AFTER and bool(after)) or (after[:1] == "." and after[1:2].isalnum())


def _begins_sentence(every: Sequence[Token], at: int, text: str) -> bool:
    following = every[at + 1 : at + 2]
    if not following or not text[following[0].start : following[0].end].islower():
        return False
    return at == 0 or every[at - 1].norm in _ENDS


def _counted(document: Document, words: set[str]) -> tuple[Counter[str], Counter[str]]:
    """Count how often the text has each of *words*, and how often with a capital or in inline code."""
    counts: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for segment in document.segments:
        text = segment.target or ""
        for token in tokens(text):
            if token.norm in words:
                counts[token.norm] += 1
                capitals[token.norm] += text[token.start] != token.norm[0]
        for code in segment.objects[0]:
            for token in tokens(code):
                if token.norm in words:
                    counts[token.norm] += _OFTEN
    return counts, capitals


def _stands_in_code(document: Document, word: str) -> bool:
    """Tell whether the file has the word more often than its prose: in code, in an address or as a key."""
    if document.file is None:
        return False
    prose = sum((segment.target or "").count(word) for segment in document.segments)
    return document.file.count(word) > prose


def _is_given(segment: Segment, word: str) -> bool:
    return any(word in text.casefold() for text in (segment.source, segment.reference) if text)


RULES: Final = (
    Rule(
        id="spelling/misspelling",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="This word is misspelt.",
        why="No dictionary has it, and one slip makes it of a word that is used a great deal.",
        find=_find,
        bad=(
            Example.of(
                "The <v>managment</v> was <v>succesfully</v> replaced.", "The management was successfully replaced."
            ),
            Example.of("Both <v>enviroment</v> and <v>docuemnts</v> suffer.", "Both environment and documents suffer."),
        ),
        good=(
            Example.of("The colour of the theatre and the color of the theater are alike; analyse, analyze, learnt."),
            Example.of("Webhooks, namespaces, hostnames and kubectl; systemd starts searchd; a xylographic unperson."),
            Example.of("The enviroment is named so.", source="Der Ordner heißt enviroment."),
            Example.of("Open adress.example, run foo_adress, or read /etc/adress/file for the Adress of Adress."),
            Example.of("Le developement et les enviromentes sont completement adaptees."),
        ),
        confidence=0.95,
        safe_fix=True,
    ),
    Rule(
        id="spelling/likely-misspelling",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="This word is probably misspelt.",
        why="No dictionary has it, and it is all but a word that is used a great deal.",
        find=_find,
        bad=(
            Example.of("It was done <v>automaticly</v> by an <v>implentation</v> of ours."),
            Example.of("<v>Generaly</v> it rains.", "Generally it rains."),
            Example.of("The list <v>ontains</v> all names."),
        ),
        good=(Example.of("Kubernetes runs on Debian; Fluentd and Thanos watch; Vitaly plays chess."),),
        confidence=0.9,
    ),
)
