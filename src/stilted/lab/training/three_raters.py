"""Rows that up to three raters marked, as the tuning of the wording model reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from stilted.lab.evaluation import spans
from stilted.lab.evaluation.annotations import GoldSpan, Row
from stilted.lab.json_rows import read_json_rows
from stilted.rules.tagger.decode import Doubt
from stilted.rules.tagger.inference import Reading, infer


class Marked(NamedTuple):
    """A translation and what its raters marked; *key* is its document and system."""

    target: str
    reference: str | None
    raters: tuple[tuple[GoldSpan, ...], ...]
    elsewhere: tuple[tuple[tuple[str, str], ...], ...]
    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """A marked translation as the model reads it, and how doubtful its document looks."""

    marked: Marked
    reading: Reading
    doubt: Doubt

    @property
    def gold(self) -> tuple[spans.Pair, ...]:
        """Every stretch that a rater marked."""
        return tuple((s.start, s.end) for rater in self.marked.raters for s in rater if s.end > s.start)


def load(path: Path) -> Iterator[Marked]:
    """Read rows of JSON; see the README of the data."""
    yield from map(_read_row, read_json_rows(path))


def _read_row(row: dict[str, Any]) -> Marked:
    raters = tuple(tuple(GoldSpan(*span) for span in rater["spans"]) for rater in row["raters"])
    elsewhere = tuple(tuple((severity, category) for severity, category in rater["missing"]) for rater in row["raters"])
    reference = row["refs"][0] if row["refs"] else None
    return Marked(row["target"], reference, raters, elsewhere, (row["doc"], row["system"]))


def read_all(rows: Iterable[Marked], *, with_reference: bool) -> list[Read]:
    """Read rows of three raters through the model; with a reference, those whose reference is another text."""
    chosen = [row for row in rows if len(row.raters) >= 3 and row.target.strip()]
    if with_reference:
        chosen = [row for row in chosen if row.reference and row.reference != row.target]
    readings = infer([(row.target, row.reference if with_reference else None) for row in chosen])
    documents: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for row, reading in zip(chosen, readings, strict=True):
        documents[row.key].append(reading)
    doubts = {key: Doubt.of(own) for key, own in documents.items()}
    return [Read(row, reading, doubts[row.key]) for row, reading in zip(chosen, readings, strict=True)]


def read_clean(texts: Sequence[str], *, each: int = 8) -> list[Read]:
    """Read native English, in which there is nothing to mark; so many paragraphs are taken for a document."""
    read: list[Read] = []
    for start in range(0, len(texts), each):
        readings = infer([(text, None) for text in texts[start : start + each]])
        doubt = Doubt.of(readings)
        read += [Read(Marked(r.target.text, None, (), (), ("", "")), r, doubt) for r in readings]
    return read


def list_rows(marked: Marked) -> Iterator[Row]:
    """Return a row for every rater, as the older measures take them."""
    for number, (own, elsewhere) in enumerate(zip(marked.raters, marked.elsewhere, strict=True)):
        doc, rater = f"{marked.key[0]} as read by {number}", str(number)
        target, reference = marked.target, marked.reference
        yield Row(doc, "", marked.key[1], rater, None, reference, target, own, "news", "zh", elsewhere)
