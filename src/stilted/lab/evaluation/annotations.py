"""What people marked: the nouns of annotated data, and public category names mapped to MQM-Core."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from stilted.core import mqm
from stilted.core.errors import UserError, did_you_mean

_WEIGHTS: Final = {"neutral": 0.0, "minor": 1.0, "major": 5.0, "critical": 25.0}


@dataclass(frozen=True, slots=True, order=True)
class GoldSpan:
    """``[start, end)`` in code points of the target; severity as in `mqm`, category MQM-Core or empty."""

    start: int
    end: int
    severity: str = "minor"
    category: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One rater's marks on one translation of one segment.

    Attributes:
        doc: document name, unique within the corpus. segment: its segment, unique within the document.
        system: who translated; names that begin with ``ref`` are people.
        rater: who marked; empty when the data does not say.
        source, reference: None when there is none; a translation is never its own reference.
        spans: the marks in the target, sorted.
        corpus: name of the data set. language: ISO 639-1 code of the source language, or empty.
        elsewhere: (severity, category) of errors with no place in the target, such as omissions; they
            count in the human score and in no span measure.
        line: where the row begins in its file, 1-based; 0 when unknown.
    """

    doc: str
    segment: str
    system: str
    rater: str
    source: str | None
    reference: str | None
    target: str
    spans: tuple[GoldSpan, ...]
    corpus: str
    language: str
    elsewhere: tuple[tuple[str, str], ...] = ()
    line: int = 0

    @property
    def document(self) -> tuple[str, str]:
        """The document across corpora: what splits and bootstraps must keep whole.

        Where the data names no document, every segment is one of its own.
        """
        return self.corpus, self.doc or f"segment {self.segment}"

    @property
    def unit(self) -> tuple[str, str, str, str]:
        """The translation that was marked: rows of one unit differ in the rater alone."""
        return self.corpus, self.doc, self.segment, self.system

    @property
    def human(self) -> bool:
        """Whether a person translated this (the system is named ``ref*``)."""
        return self.system.lower().startswith("ref")

    @property
    def penalty(self) -> float:
        """MQM penalty of all marks, by MQM 2.0 weights: neutral 0, minor 1, major 5, critical 25."""
        severities = [s.severity for s in self.spans] + [severity for severity, _ in self.elsewhere]
        return sum(_WEIGHTS[s] for s in severities)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A record that cannot be used: file relative to what was read, 1-based line (or record), and why."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that was read: usable rows in file order, and the records that were not usable."""

    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...] = field(default=())


def add_references(rows: Iterable[Row], reference_system: str | None = None) -> tuple[Row, ...]:
    """Give every row without a reference the translation of the same source by a ``ref*`` system.

    Rows are joined on the source text, in the same document first, then anywhere in the same corpus and
    language. Each corpus uses *reference_system* if it has it, else the first of its ``ref*`` by name.

    Raises:
        UserError: no corpus has *reference_system*.
    """
    rows = tuple(rows)
    systems: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        systems[row.corpus, row.language].add(row.system)
    known = set().union(*systems.values())
    if reference_system is not None and reference_system not in known:
        raise UserError(
            f"no translation by '{reference_system}'",
            "--reference-system",
            did_you_mean(reference_system, known),
        )
    chosen: dict[tuple[str, str], str] = {}
    for scope, names in systems.items():
        people = sorted(n for n in names if n.lower().startswith("ref"))
        if reference_system in names:
            chosen[scope] = str(reference_system)
        elif people:
            chosen[scope] = people[0]
    texts: dict[tuple[str, ...], str] = {}
    for row in rows:
        if row.source and chosen.get((row.corpus, row.language)) == row.system:
            source = row.source.strip()
            texts.setdefault((row.corpus, row.language, source), row.target)
            texts.setdefault((row.corpus, row.language, row.doc, source), row.target)
    return tuple(_add_reference(row, texts, chosen.get((row.corpus, row.language))) for row in rows)


def _add_reference(row: Row, texts: dict[tuple[str, ...], str], chosen: str | None) -> Row:
    if row.reference is not None or not row.source or row.system == chosen:
        return row
    source = row.source.strip()
    anywhere = texts.get((row.corpus, row.language, source))
    return replace(row, reference=texts.get((row.corpus, row.language, row.doc, source), anywhere))


_DIMENSIONS: Final = {
    "fluency": "Linguistic conventions",
    "linguistic conventions": "Linguistic conventions",
    "locale convention": "Locale conventions",
    "accuracy": "Accuracy",
    "terminology": "Terminology",
    "style": "Style",
    "verity": "Audience appropriateness",
    "markup": "Design and markup",
}

_RENAMED: Final = {
    "fluency/character encoding": "Linguistic conventions/Character encoding",
    "fluency/inconsistency": "Style/Inconsistent style",
    "fluency/register": "Style/Language register",
    "linguistic conventions/register": "Style/Language register",
    "accuracy/untranslated text": "Accuracy/Untranslated",
    "terminology/inappropriate for context": "Terminology/Wrong term",
    "terminology/inconsistent": "Terminology/Inconsistent use of terminology",
    "style/awkward": "Style/Awkward style",
    "style/unnatural or awkward": "Style/Awkward style",
    "style/unnatural-or-awkward": "Style/Awkward style",
    "style/non fluent": "Style/Awkward style",
    "unintelligible": "Linguistic conventions/Unintelligible",
    "non-translation": "Accuracy/Untranslated",
    "non-translation!": "Accuracy/Untranslated",
}
_CORE: Final = {name.lower(): name for name in mqm.CATEGORIES}


def map_category(name: str) -> str:
    """Map a category of WMT MQM (Freitag et al. 2021) or Bio-MQM to MQM-Core.

    A type with no counterpart becomes its dimension; a name that fits nothing becomes the empty string.
    """
    key = name.replace("_", " ").strip().strip("/").lower()
    if key in _RENAMED:
        return _RENAMED[key]
    dimension, _, kind = key.partition("/")
    parent = _DIMENSIONS.get(dimension, _CORE.get(dimension, ""))
    return _CORE.get(f"{parent}/{kind}".lower(), parent) if kind else parent


def map_severity(name: str, category: str = "") -> str | None:
    """Map a severity as written in public data to `mqm`; None for "no error".

    A major non-translation counts 25 in WMT MQM, hence ``critical``.

    Raises:
        ValueError: the word is no severity.
    """
    word = name.strip().lower()
    if word in {"no-error", "no error", "none", ""}:
        return None
    if word not in _WEIGHTS:
        raise ValueError(f"unknown severity '{name.strip()[:40]}'")
    return "critical" if word == "major" and category.lower().startswith("non-translation") else word
