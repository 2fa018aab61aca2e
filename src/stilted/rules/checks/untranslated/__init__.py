"""Words left in the source's script, segments left in another language, and sources copied over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Final
from unicodedata import combining, normalize

from stilted.core.foreign import OBJECT
from stilted.core.language_tags import NAMES
from stilted.core.model import Document, Example, Hit, Rule, Segment, Span
from stilted.rules.checks.untranslated.evidence import read_words
from stilted.rules.checks.untranslated.foreign_script import FOREIGN, OWN_NAMES, find_foreign_runs, is_identifier
from stilted.text.common_words import PROOF
from stilted.text.credits import find_credited
from stilted.text.prose import has_words_of, tell_language_by_words, tell_language_of_strings

_ENGLISH: Final = frozenset(
    "the of and to is that for it with be by not his are this at from which have they has were their been but had will"
    " would who its or if we you she our there what all can when".split()
)
_LONGEST: Final = 2_000
"""Characters of a segment that are looked at: what a sentence is written in shows before."""
_SOURCES: Final = 1_000
"""Sources that are read to tell their language."""
_MOSTLY: Final = 0.5
"""Share of the letters of a copied source that must be foreign, where its script is."""
_SAID_BY: Final = re.compile(r"(?:--|[—–―]) ?[^\W\d_][^\n.!?;:]{0,40}\Z")
"""Who said what stands before, behind a dash."""
_OTHER_LANGUAGE: Final = "untranslated/other-language"
_BETWEEN: Final = 4
"""How far apart two passages of a language are at most to be of one run: headings and links between them say little."""
_SHORT: Final = 3
"""Foreign letters that may be a sign or a name alone."""


def _find(document: Document) -> Iterator[Hit]:
    language = cache(lambda: _tell_source_language(document))
    whole: list[Hit] = []
    for number, segment in enumerate(document.segments):
        if not segment.target:
            continue
        verdict = _find_whole(segment, segment.target, language)
        if verdict:
            whole.append(Hit(verdict[0], number, Span(0, len(segment.target)), verdict[1]))
    yield from whole if document.target is None else _join_runs(whole)
    for number, start, end in find_foreign_runs(document):
        yield Hit("untranslated/source-script", number, Span(start, end))


def _join_runs(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the hits in running text, one for passages of one language in a row: half of a page may be in it."""
    runs: list[list[Hit]] = []
    for hit in hits:
        is_other = hit.rule == _OTHER_LANGUAGE and runs and runs[-1][-1].rule == _OTHER_LANGUAGE
        if is_other and hit.message == runs[-1][-1].message and hit.segment - runs[-1][-1].segment <= _BETWEEN:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    for first, *others in runs:
        number = f"{len(others)} passages" if len(others) > 1 else "the passage"
        more = f" The same goes for {number} after it." if others else ""
        yield replace(first, message=first.message + more)


def _tell_source_language(document: Document) -> str:
    """Return the language that is declared, or that the words of the sources show; nothing where neither is so."""
    declared = (document.source_language or "").replace("_", "-").partition("-")[0].lower()
    if declared:
        return declared
    sources = islice((segment.source for segment in document.segments if segment.source), _SOURCES)
    return tell_language_of_strings(source[:_LONGEST] for source in sources) or ""


def _find_whole(segment: Segment, text: str, language_of_source: Callable[[], str]) -> tuple[str, str] | None:
    """Return the rule that a whole segment falls under and what to say of it, None where it may be English."""
    if segment.reference == text:
        return None
    if segment.source and _is_copy(text, segment.source):
        return ("untranslated/copied-source", "") if _needs_translation(text[:_LONGEST], language_of_source()) else None
    # Two English function words settle it; nearly every sentence has them, and this is the cheap way to see it.
    if len(_ENGLISH.intersection(text.lower().split())) >= 2 or _is_quoted(text):
        return None
    language = tell_language_by_words(text[:_LONGEST])
    return (_OTHER_LANGUAGE, f"This is {NAMES[language]}, not English.") if language else None


def _is_copy(text: str, source: str) -> bool:
    """Tell whether both have the same words, but for the accents that somebody may have left out."""
    words, others = text.split(), source.split()
    return words == others or (len(words) == len(others) and _drop_accents(words) == _drop_accents(others))


def _drop_accents(words: Sequence[str]) -> str:
    letters = normalize("NFD", " ".join(words)[:_LONGEST])
    return "".join(letter for letter in letters if not combining(letter))


def _needs_translation(text: str, spoken: str) -> bool:
    """Tell whether a source that stands unchanged in the translation holds words of its language at all.

    Names, paths, identifiers, commands and what is English already do not, and stay as they are.
    """
    letters = [char for char in text if char.isalpha()]
    if not letters or find_credited(text):
        return False
    runs = [run for run in FOREIGN.finditer(text) if run.group().lower() not in OWN_NAMES]
    foreign = sum(len(run.group()) for run in runs if not is_identifier(text, *run.span()))
    if foreign:
        words = text.replace(OBJECT, "").strip()
        return foreign > _SHORT and foreign >= _MOSTLY * len(letters) and any(char.isspace() for char in words)
    return has_words_of(text, (spoken,) if spoken else tuple(PROOF))


def _is_quoted(text: str) -> bool:
    """Tell whether a whole segment is quoted, as titles and sayings are: by its marks, or by who said it."""
    if _SAID_BY.search(text):
        return True
    inner = text.strip().rstrip(".,;:!?…")
    return len(inner) > 1 and inner[0] in "\"'“‘«„‚‹" and inner[-1] in "\"'”’“»‹›"


_WRITTEN = (
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
            Example.of("The character 舟 (zhōu) stands for a boat."),
            Example.of("The Greek word θάλασσα is older."),
            Example.of("Call ПоднятьПарус() before the race."),
            Example.of("Languages: English, 日本語, Русский"),
            Example.of("Lamps・中文社区・Boats, or 日本語ページはこちら"),
            Example.of("ru: Как зажечь лампу"),
            Example.of("Words for a lamp (Lampe | лампа) and the keeper @林小舟 are known."),
            Example.of('A line is a word and a count, as in "灯 lamp 20".', source='每行一词一数，如 "灯 lamp 20"。'),
            Example.of("English | 中文说明 | 日本語版"),
            Example.of("\ufffc 林小舟 💻 📖"),
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
            Example.of("<v>Le pont est ferme pour les bateaux</v>", source="Le pont est fermé pour les bateaux"),
        ),
        good=(
            Example.of("Bayern München", source="Bayern München"),
            Example.of("Information generale", source="Information générale"),
            Example.of("Gasthaus Zum Alten Hafen", source="Gasthaus Zum Alten Hafen"),
            Example.of("Harbour / Pier / Quay / Anchorage", source="Harbour / Pier / Quay / Anchorage"),
            Example.of("boats.retry.max-attempts [Number]", source="boats.retry.max-attempts [Number]"),
            Example.of("Please choose a harbour", source="Please choose a harbour"),
            Example.of("english | русский", source="english | русский"),
            Example.of("\ufffc 港口小灯塔 🚇", source="\ufffc 港口小灯塔 🚇"),
        ),
        confidence=0.9,
    ),
    Rule(
        id="untranslated/other-language",
        category="Accuracy/Untranslated",
        severity="critical",
        message="This is not English.",
        why="The engine stayed in the source language, or strayed into a third one.",
        find=_find,
        bad=(
            Example.of("<v>Die Brücke ist nach dem Hochwasser nicht mehr offen.</v>"),
            Example.of(
                "<v>Elija el barco para comparar con el remo de madera: solo es apto para lagos sin olas ni viento.</v>"
            ),
        ),
        good=(
            Example.of("Nach dem Fest"),
            Example.of("She sang “Die Gedanken sind frei” at the end."),
            Example.of("var(--boat-padding-van) var(--boat-padding-het) * 5 0"),
            Example.of("e.g.: https://boats.example/o/que/da/para"),
            Example.of("Z, X, C, V, B"),
            Example.of("Die Brücke ist nicht mehr das, was sie nach dem Bau war. -- A miller"),
        ),
        confidence=0.9,
    ),
)

RULES = tuple(replace(rule, evidence=read_words) for rule in _WRITTEN)
