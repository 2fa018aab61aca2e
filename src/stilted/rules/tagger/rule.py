"""From readings to hits: one remark a name, a category, a severity, and what the reference has instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from stilted.core import profiles
from stilted.core.foreign import OBJECT
from stilted.core.model import Document, Hit, Span
from stilted.rules.tagger import model_files
from stilted.rules.tagger.decode import FUNCTION_WORDS, TYPICAL, Decoding, Doubt, Mark, find_marks
from stilted.rules.tagger.features import Word
from stilted.rules.tagger.inference import Reading, infer_document
from stilted.rules.tagger.masking import CODE, find_masks

RULE: Final = "tagger/likely-error"

CATEGORIES: Final = ("Accuracy", "Linguistic conventions", "Style", "Terminology")
"""The model's categories, in its order; its fifth, anything else, is never said."""

_MAJOR: Final = 0.6
"""Above this chance a span is called major: as many as raters call so, of the spans that both mark."""
_HEADING: Final = 0.85
"""Without a reference a heading must look much worse than a sentence to be marked."""

_HEADING_WORDS: Final = 20
_ENDS: Final = (".", "!", "?", "…")
LEAST_WORDS: Final = 4
_CLAUSE: Final = 7
"""Longer marks name no words to mend; where nobody says that the text is a translation, they are left out."""

_QUOTES: Final = " \"'”’)]"

_LONGER: Final = 3
"""A counterpart may have this many words more than the span: more is no rendering of it."""


def make_finder(sensitivity: str) -> Callable[[Document], Iterator[Hit]]:
    """Return the finder of all tagger rules at an operating point: low, medium or high."""

    def find(document: Document) -> Iterator[Hit]:
        model_files.FILES.require()
        settings = Speaking(
            sensitivity, document.has_source or document.source_language is not None, is_technical(document)
        )
        if settings.is_silent_alone and not any(segment.reference for segment in document.segments):
            return  # whatever the model made of it, nothing would be said
        readings = infer_document(document)
        doubt = Doubt.of(r for _, r in readings)
        known = _list_known_names([r for _, r in readings]) if document.target is not None else set()
        seen: set[str] = set()
        for place, reading in readings:
            for mark in choose_marks(reading, settings, doubt):
                names = _list_names(reading, mark, known)
                if not names or names - seen:  # a name that recurs is one remark, not ten
                    yield _make_hit(place, reading, mark)
                seen |= names

    return find


@dataclass(frozen=True, slots=True)
class Speaking:
    """What decides how sure the model must be before it speaks.

    Attributes:
        sensitivity: low, medium or high. declared: the user says that this is a translation, by a source
            or its language.
        technical: documentation or strings of an interface, of which the model knows nothing without a reference;
            loose segments as short as such are taken for them.
    """

    sensitivity: str = "medium"
    declared: bool = False
    technical: bool = False

    @property
    def eager(self) -> bool:
        """Whether even what is hardly sure may be said."""
        return self.sensitivity == "high"

    @property
    def is_silent_alone(self) -> bool:
        """Whether nothing is said of a segment without a reference."""
        return self.technical and not self.eager


_FEWEST_PIECES: Final = 4
_CODE_SHARE: Final = 0.02
"""Pieces of code, and their share in the words, from which a text is documentation: of 4,851 documents of news, talks
and abstracts, a handful of abstracts has as many."""


_QUOTED_OF_OLD: Final = re.compile(
    r"(?<![\w`])`[^`'\s]{1,40}'(?![\w'])|(?<!\w)['‘](?=[^'‘’\s]{0,39}[-_/.:@~+=\d])[^'‘’\s]{2,40}['’](?!\w)"
)
"""A name or a key as manuals made by Texinfo quote it: `lamp-mode', `q', ‘lamp-mode’."""

_LONE_DASH: Final = re.compile(r"-(?!-)")
"""Before a word it may be a hyphen that lost its place; two of them begin an option."""


def is_technical(document: Document) -> bool:
    """Tell whether a text is documentation or an interface: of what the model marks there, editors change a third."""
    is_known = profiles.is_technical(document.format, document.name)
    return is_known or _is_full_of_code(document) or _is_listed(document) or _has_short_segments(document)


_SENTENCE: Final = 12
"""Words of a loose segment of prose, on average: in 855 documents of news and talks it is 15 at least."""


def _has_short_segments(document: Document) -> bool:
    """Tell whether loose segments are as short as those of an interface."""
    if document.target is not None:
        return False
    words = [len(segment.target.split()) for segment in document.segments if segment.target]
    return bool(words) and sum(words) < _SENTENCE * len(words)


def _is_full_of_code(document: Document) -> bool:
    """Tell whether running text speaks of code so often that it can only be documentation."""
    words = pieces = 0
    for segment in document.segments:
        text = segment.target or ""
        words += len(text.split())
        pieces += text.count(OBJECT) + len(_QUOTED_OF_OLD.findall(text))
        pieces += sum(mask.shown and not _LONE_DASH.match(text, mask.start) for mask in find_masks(text))
    return pieces >= max(_FEWEST_PIECES, _CODE_SHARE * words)


_ITEM: Final = re.compile(r"[ \t]*(?:[*+•#=]{1,4}|\d{1,3}[ ]-)[ \t]+\S")
"""What begins an item or a heading of a log of changes or a list of settings; a dash alone begins a speech, too."""
_FEWEST_ITEMS: Final = 5
_ITEM_SHARE: Final = 0.15


def _is_listed(document: Document) -> bool:
    """Tell whether running text is a log of changes or a list of settings: many of its lines begin an item."""
    lines = [line for line in (document.target or "").splitlines() if line.strip()]
    return sum(map(bool, map(_ITEM.match, lines))) >= max(_FEWEST_ITEMS, _ITEM_SHARE * len(lines))


def choose_marks(
    reading: Reading, settings: Speaking, doubt: Doubt = TYPICAL, decoding: Mapping[str, Any] | None = None
) -> list[Mark]:
    """Return the marks of *reading* that are sure enough.

    Args:
        decoding: an entry of a model card, by the name of the reading; that of the shipped card by default.
    """
    alone = reading.reference is None
    if reading.reference is not None and reading.target.text.split() == reading.reference.text.split():
        return []  # a person wrote the very same
    if _is_too_short(reading) or _is_laid_out(reading) or (alone and settings.is_silent_alone):
        return []
    kind = "with" if not alone else "declared" if settings.declared else "without"
    tuned = (decoding or model_files.FILES.read_card()["decoding"])[kind]
    sure = [
        m
        for m in find_marks(reading, Decoding.of(tuned), doubt)
        if m.confidence >= tuned["points"][settings.sensitivity]
    ]
    sure = [m for m in sure if not _is_code(reading, m)]
    if not alone or settings.eager:
        return sure
    if not settings.declared:
        sure = [m for m in sure if m.last - m.first <= _CLAUSE and not _is_all(reading, m)]
    heading = _is_heading(reading)
    return [m for m in sure if not _is_label(reading, m) and (not heading or m.confidence >= _HEADING)]


def _is_too_short(reading: Reading) -> bool:
    """Tell whether a string has too few words to say anything about their choice."""
    return sum(not w.is_mark for w in reading.target.words) < LEAST_WORDS


_INDENTED: Final = re.compile(r"\n[ \t]*\n|\n(?: {2,20}|\t)\S[^\n]*\n(?: {2,20}|\t)|\S[ ]*\t")
"""An empty line, lines that are set in, or a column: what a command says of itself, which is no running text."""


def _is_laid_out(reading: Reading) -> bool:
    """Tell whether a string is laid out for a terminal, headings and options among its sentences."""
    return _INDENTED.search(reading.target.text) is not None


def _is_code(reading: Reading, mark: Mark) -> bool:
    """Tell whether a mark holds nothing that the model could read."""
    words = reading.target.words[mark.first : mark.last]
    return all(w.is_mark or w.lower == CODE.lower() for w in words)


def _is_all(reading: Reading, mark: Mark) -> bool:
    """Tell whether a mark holds every word: of a whole sentence the model knows least why it is odd."""
    rest = (*reading.target.words[: mark.first], *reading.target.words[mark.last :])
    return not any(_is_content(word) for word in rest)


def _is_heading(reading: Reading) -> bool:
    """Tell whether a segment is a line without a sentence: there the model is least sure of itself."""
    words = reading.target.words
    return sum(not w.is_mark for w in words) <= _HEADING_WORDS and not reading.target.text.rstrip(_QUOTES).endswith(
        _ENDS
    )


def _is_label(reading: Reading, mark: Mark) -> bool:
    """Tell whether a mark holds nothing but names, figures and small words: only a reference can judge these."""
    words = [w for w in reading.target.words[mark.first : mark.last] if _is_content(w)]
    texts = [reading.target.text[w.start : w.end] for w in words]
    return all(t[0].isupper() or t[0].isdigit() for t in texts)


def _list_known_names(readings: Sequence[Reading]) -> set[str]:
    """Return every word that is written as a name somewhere in the document."""
    return {_drop_genitive(w) for reading in readings for w in reading.target.words if w.is_name}


def _list_names(reading: Reading, mark: Mark, known: set[str]) -> set[str]:
    """Return the words of the name that *mark* is; none if it is more than a name."""
    words = [w for w in reading.target.words[mark.first : mark.last] if _is_content(w)]
    bare = {_drop_genitive(w) for w in words}
    capitals = all(reading.target.text[w.start].isupper() for w in words)
    return bare if capitals and bare <= known else set()


def _drop_genitive(word: Word) -> str:
    return word.lower.removesuffix("'s").removesuffix("’s")


def _make_hit(place: int, reading: Reading, mark: Mark) -> Hit:
    words = reading.target.words[mark.first : mark.last]
    span = Span(words[0].start, words[-1].end)
    text = span.of(reading.target.text)
    kind = _choose_category(reading, mark)
    instead = find_counterpart(reading, mark)
    share = f"{mark.confidence:.0%}"
    if instead:
        message = f"The reference has “{instead}” here; reviewers mark such wording {share} of the time."
    else:
        message = f"Reviewers mark wording like “{text}” {share} of the time; {_ADVICE[kind]}."
    worst = max(range(mark.first, mark.last), key=lambda i: reading.marked[i])
    return Hit(
        rule=RULE,
        segment=place,
        span=span,
        message=message,
        suggestions=(instead,) if instead else (),
        confidence=mark.confidence,
        category=CATEGORIES[kind],
        severity="major" if reading.major[worst] >= _MAJOR else "minor",
    )


_ADVICE: Final = (
    "check it against the source",
    "check grammar, spelling and punctuation",
    "see whether a native writer would put it so",
    "check the term",
)


def _choose_category(reading: Reading, mark: Mark) -> int:
    """Return the likeliest of `CATEGORIES` over the words of *mark*, each by its chance of being marked."""
    rows = range(mark.first, mark.last)
    sums = [sum(reading.marked[i] * reading.category[i][k] for i in rows) for k in range(len(CATEGORIES))]
    return max(range(len(CATEGORIES)), key=lambda k: sums[k])


def find_counterpart(reading: Reading, mark: Mark) -> str:
    """Return the reference's wording of *mark*, empty where there is none that is compact and different.

    At least half of the content words on either side must be paired: a stray pair proves nothing.
    """
    if reading.reference is None:
        return ""
    reference_words = reading.reference.words
    marked = reading.target.words[mark.first : mark.last]
    kin = sorted({k for k in reading.kin[mark.first : mark.last] if k >= 0 and not reference_words[k].is_mark})
    if not kin or kin[-1] - kin[0] >= len(marked) + _LONGER:
        return ""
    facing = reference_words[kin[0] : kin[-1] + 1]
    paired = sum(_is_content(reference_words[k]) for k in kin)
    if 2 * paired < max(sum(map(_is_content, marked)), sum(map(_is_content, facing)), 1) or _are_same(marked, facing):
        return ""
    return reading.reference.text[facing[0].start : facing[-1].end]


def _is_content(word: Word) -> bool:
    return not word.is_mark and word.lower not in FUNCTION_WORDS


def _are_same(marked_words: Sequence[Word], reference_words: Sequence[Word]) -> bool:
    return [w.lower for w in marked_words if not w.is_mark] == [w.lower for w in reference_words if not w.is_mark]
