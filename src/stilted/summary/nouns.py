"""What is known of a whole corpus. All are frozen; rates are per 1,000 words unless their name says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from stilted.core.metric_names import BLEU, CHRF, ESTIMATE

OR: Final = " or "
SEGMENT, DOCUMENT = "segment", "document"

PENALTY: Final = "penalty per 1,000 words"
FINDINGS: Final = "findings per 1,000 words"

FIGURES: Final = (PENALTY, FINDINGS, ESTIMATE, BLEU, CHRF)
"""Figures of a corpus, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding without its place."""

    rule: str
    category: str
    severity: str


@dataclass(frozen=True, slots=True)
class Record:
    """What was judged as one: a segment of ``stilted batch``, or a document of ``stilted check``.

    Attributes:
        unit: `SEGMENT` or `DOCUMENT`. document: whose part it is, None where nothing says. groups: value by column.
        words: evaluation word count. penalty: MQM points. scores: by name, of `BLEU`, `CHRF` and `ESTIMATE`.
        judged: whether it could be judged at all.
    """

    unit: str
    document: str | None
    groups: Mapping[str, str]
    words: int = 0
    penalty: int = 0
    faults: tuple[Fault, ...] = ()
    scores: Mapping[str, float] | None = None
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Records that share a value, or a document; a figure is None where nothing gives it.

    Scores are means over records, the estimate over words. ``rank`` orders documents: see `stilted.summary.tally`.
    """

    name: str
    records: int
    unjudged: int
    words: int
    findings: int
    penalty: float | None
    estimate: float | None
    bleu: float | None
    chrf: float | None
    rank: float = 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the whole corpus and its standard error, taken over records."""

    name: str
    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something is found; ``error`` is the standard error of ``per_1000``, taken over records."""

    name: str
    count: int
    per_1000: float
    error: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many records have a score in each of equal steps from 0 on; the last step takes all that is above it."""

    score: str
    step: float
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """All of a corpus.

    Attributes:
        unit: what a record is: `SEGMENT`, `DOCUMENT`, or both joined by `OR`.
        total: all records. figures: those of `FIGURES` that are known.
        groups: by column, in order of name. severities, categories, rules: the most frequent first.
        histograms: one a score. documents: how many there are. worst: of these, the worst first.
        notes: sentences about what was left out.
    """

    unit: str
    total: Group
    figures: tuple[Figure, ...]
    groups: tuple[tuple[str, tuple[Group, ...]], ...]
    severities: tuple[Rate, ...]
    categories: tuple[Rate, ...]
    rules: tuple[Rate, ...]
    histograms: tuple[Histogram, ...]
    documents: int
    worst: tuple[Group, ...]
    notes: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """Return what a record is, one by one."""
        return tuple(self.unit.split(OR))
