"""Names that differ from the reference's: another spelling, another name, family and given name swapped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final, NamedTuple

from stilted.core.model import Document, Example, Hit, Need, Rule, Span

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CAPITALISED: Final = re.compile(
    r"(?<![^\W_])[A-Z\u00c0-\u00d6\u00d8-\u00de\u0106\u010c\u0110\u0141\u015a\u0160\u0179\u017b\u017d][^\W\d_]*"
    r"(?:['’][^\W\d_]+)?"
)
_STARTS: Final = re.compile(r"(?:^|[.!?:;…。][\"'”’)\]]*\s+|[\"“‘(\[•*-]\s*|\n\s*)$")
_END: Final = re.compile(r"[.!?][\"'”’)]*\s*$")
_SIMILAR: Final = 0.7
"""Ratio of letters in common from which two names are taken for one; above it raters of public data mark them."""
_MIN_LETTERS: Final = 4
_ENDING: Final = re.compile(
    r"(?:ese|ish|ians?|ans?|n|ies|is?|ics?|es?|s|a|y|al|ch|men|man|um|ia|ern|ious|ations?|ments?|ings?|ers?|ors?|ed|ity|ive"
    r"|ally|ial|ists?|isms?)?"
)
"""What the words of one land or trade differ in: China and Chinese, transport and transportation."""
_ADJECTIVE: Final = re.compile(r"(?:ese|ish|ian|can|pean|ern)$")
_ROOT: Final = 3
_GENERIC: Final = frozenset(
    "the mr mrs ms dr prof president chairman minister general director city county province district university"
    " company group street road river lake mountain bank hospital school church motors co ltd inc corporation january"
    " february march april may june july august september october november december monday tuesday wednesday thursday"
    " friday saturday sunday north south east west northern southern eastern western new i god internet".split()
)
_MAX_NAMES: Final = 60
"""Names of a segment that are compared; longer lists are tables, and comparing all pairs would take too long."""


class _Name(NamedTuple):
    start: int
    end: int
    words: tuple[str, ...]


def _fold(word: str) -> str:
    """Fold case, accents and the genitive: the form in which names are compared."""
    low = word.lower().removesuffix("'s").removesuffix("’s")
    if low.isascii():
        return low
    return "".join(c for c in unicodedata.normalize("NFD", low) if not unicodedata.combining(c))


def _find_names(text: str) -> list[_Name]:
    """Return runs of capitalised words; a single one at the head of a sentence is no sure name."""
    names: list[_Name] = []
    run: list[re.Match[str]] = []
    for match in _CAPITALISED.finditer(text):
        if run and text[run[-1].end() : match.start()] not in (" ", "-"):
            names += _make_name(text, run)
            run = []
        run.append(match)
    return [*names, *_make_name(text, run)][:_MAX_NAMES]


def _make_name(text: str, run: list[re.Match[str]]) -> list[_Name]:
    """Turn a run of capitalised words into a name, less the word that only begins a sentence and the date."""
    heads = bool(run) and bool(_STARTS.search(text[max(0, run[0].start() - 8) : run[0].start()]))
    if heads and _fold(run[0].group()) in _OPENERS:
        run, heads = run[1:], False
    while run and _fold(run[0].group()) in _CALENDAR:
        run, heads = run[1:], False
    if not run or (len(run) == 1 and heads):
        return []
    end = run[-1].end()
    for genitive in ("'s", "’s"):
        end -= 2 * text[:end].endswith(genitive)
    return [_Name(run[0].start(), end, tuple(_fold(m.group()) for m in run))]


_CALENDAR: Final = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday mr mrs ms dr prof".split()
)
_OPENERS: Final = frozenset(
    "the a an in on at by for of to and but or as if when while after before since from with this that these those it"
    " he she they we you i his her its their our my there here what who how why not no all some many most both each"
    " every according however although though because so then now today yesterday according under during among".split()
)


def _find(document: Document) -> Iterator[Hit]:
    seen: set[tuple[str, ...]] = set()
    for number, segment in enumerate(document.segments):
        target, reference = segment.target, segment.reference
        if not target or not reference:
            continue
        names = [n for n in _find_names(target) if target[n.start : n.end] not in reference]
        reference_names = _find_names(reference) if names else []
        if reference_names and not (_is_title(target) or _is_title(reference)):
            for name, hit in _find_differences(number, target, names, reference, reference_names):
                if name not in seen:
                    seen.add(name)
                    yield hit


def _find_differences(
    number: int, target: str, names: list[_Name], reference: str, others: list[_Name]
) -> Iterator[tuple[tuple[str, ...], Hit]]:
    here = {_fold(w) for w in _WORD.findall(target)}
    there = {_fold(w) for w in _WORD.findall(reference)}
    here |= {"".join(n.words) for n in names}
    there |= {"".join(n.words) for n in others}
    pairs = [n for n in others if len(n.words) == 2 and not any(_ADJECTIVE.search(w) for w in n.words)]
    swapped: dict[tuple[str, ...], _Name] = {n.words[::-1]: n for n in pairs}
    plain = {n.words for n in others}
    used: set[_Name] = set()
    for name in names:
        other = swapped.get(name.words)
        if other and name.words not in plain and name.words[0] != name.words[1]:
            yield name.words, _make_hit("entities/swapped-name", number, name, reference, other)
            continue
        lacking = [w for w in name.words if w not in there and w not in _GENERIC]
        if not lacking or "".join(name.words) in there or _is_abbreviation(name, others):
            continue
        rivals = [
            (_measure_likeness(lacking, r, here), -r.start, r)
            for r in others
            if r not in used and not _is_said(r, here, names)
        ]
        (alike, pair), _, best = max(rivals, default=((0.0, ()), 0, name))
        if alike >= _SIMILAR:
            used.add(best)
            yield pair, _make_hit("entities/other-name", number, name, reference, best)


def _is_said(name: _Name, words: set[str], others: list[_Name]) -> bool:
    return (
        all(w in words or w in _GENERIC for w in name.words)
        or "".join(name.words) in words
        or _is_abbreviation(name, others)
    )


def _is_abbreviation(name: _Name, others: list[_Name]) -> bool:
    """Tell whether the other side has the initials of a name, or the name of these initials."""
    initials = "".join(w[0] for w in name.words)
    short = "".join(name.words) if len(name.words) == 1 else ""
    return any(
        ("".join(o.words) == initials and len(initials) > 1)
        or (len(short) > 1 and "".join(w[0] for w in o.words) == short)
        for o in others
    )


def _measure_likeness(lacking: list[str], other: _Name, here: set[str]) -> tuple[float, tuple[str, ...]]:
    """Return how alike the words of two names are that the other side lacks, and the two words that are most alike."""
    wanted = [w for w in other.words if w not in here and w not in _GENERIC]
    pairs = [
        (one, two)
        for one in lacking
        for two in wanted
        if min(len(one), len(two)) >= _MIN_LETTERS and not _is_same_land(one, two)
    ]
    scored = [(SequenceMatcher(None, one[:40], two[:40], autojunk=False).ratio(), (one, two)) for one, two in pairs]
    return max(scored, default=(0.0, ()))


def _is_same_land(one: str, two: str) -> bool:
    """Tell whether two words are forms of one: China and Chinese, Macau and Macao, Wesel and Wessel."""
    if _simplify_spelling(one) == _simplify_spelling(two):
        return True
    root = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))
    return root >= _ROOT and all(_ENDING.fullmatch(word, root) for word in (one, two))


def _simplify_spelling(word: str) -> str:
    """Write double letters once and a last u as o: spellings between which the press wavers."""
    return re.sub(r"(.)\1", r"\1", word[:-1] + "o" if word.endswith("u") else word)


def _is_title(text: str) -> bool:
    """Tell whether a line sets most words with capitals, as headings do: they are no names there."""
    words = [w for w in _WORD.findall(text) if len(w) > 3]
    return (len(words) > 5 or not _END.search(text)) and 2 * sum(w[0].isupper() for w in words) > len(words)


def _make_hit(rule: str, number: int, name: _Name, reference: str, other: _Name) -> Hit:
    wanted = reference[other.start : other.end]
    return Hit(rule, number, Span(name.start, name.end), f"The reference has “{wanted}”.", (wanted,))


RULES = (
    Rule(
        id="entities/other-name",
        category="Accuracy/Mistranslation",
        severity="major",
        message="The reference spells this name otherwise.",
        why="Names are transcribed by guess where a usual English form exists, or mistaken for one another.",
        find=_find,
        bad=(
            Example.of(
                "The firm <v>Minghwa Motors</v> opened a plant.",
                "The firm Minghua opened a plant.",
                reference="The firm Minghua opened a plant on Monday.",
            ),
            Example.of(
                "The singer <v>Katarina Holms</v> came.",
                "The singer Katharina Holmes came.",
                reference="Then the singer Katharina Holmes came.",
            ),
        ),
        good=(
            Example.of("The Chinese team met in Rome.", reference="The team from China met in Rome."),
            Example.of("The WHO met in Rome.", reference="The World Health Organization met in Rome."),
            Example.of("On Monday Jürgen met O'Neill’s team.", reference="It was Jurgen who met the O'Neill team."),
        ),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.5,
    ),
    Rule(
        id="entities/swapped-name",
        category="Accuracy/Mistranslation",
        severity="minor",
        message="Family name and given name are swapped.",
        why="Chinese, Japanese, Korean and Hungarian names put the family first, and engines turn some of them round.",
        find=_find,
        bad=(
            Example.of(
                "The founder, <v>Minghua Zhang</v>, left.",
                "The founder, Zhang Minghua, left.",
                reference="Its founder, Zhang Minghua, left.",
            ),
        ),
        good=(Example.of("Its founder, Zhang Minghua, left.", reference="The founder, Zhang Minghua, left."),),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.5,
    ),
)
