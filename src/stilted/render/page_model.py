"""The article as rows for a page: paragraphs, segments beside their references, text cut at its findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stilted.core import mqm
from stilted.core.foreign import OBJECT, clean
from stilted.core.model import Document, Finding, Report, Segment, Span
from stilted.render.wording import fill_objects, list_kinds

INSERT: Final = "‸"
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, the numbers of the findings that cover it, worst first, and the anchors of those that begin.

    A thing that was found many times has one number; its first anchor is ``7``, the others are ``7-2``, ``7-3`` ….
    """

    text: str
    findings: tuple[int, ...] = ()
    begins: tuple[str, ...] = ()
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Segments that share one reference.

    ``kind`` is ``aligned``, ``addition`` (no reference), ``omission`` (no translation), ``plain`` (there
    is no reference at all) or ``outside`` (text that belongs to no segment).
    """

    kind: str
    number: int
    pieces: tuple[Piece, ...]
    reference: str | None = None


Paragraph = tuple[Row, ...]


def list_paragraphs(report: Report) -> list[Paragraph]:
    """Return the whole translation in order, every character of it inside one piece."""
    document = report.document
    numbered: dict[int, list[_Numbered]] = {}
    for number, kind in enumerate(list_kinds(report), start=1):
        for place, finding in enumerate(kind.findings, start=1):
            numbered.setdefault(finding.segment, []).append((number, name_anchor(number, place), finding))
    out: list[list[Row]] = [[]]
    last: Segment | None = None
    wrapped = any(_LINE_END.search(segment.target or "") for segment in document.segments)
    for index, segment, gap in _walk(document):
        if _breaks_paragraph(gap, wrapped=wrapped) and out[-1]:
            out.append([])
        if gap.strip():
            out[-1].append(Row("outside", 0, (Piece(clean(gap.strip())),)))
            last = None
        if segment is None:
            continue
        pieces = _cut_into_pieces(segment.target or "", numbered.get(index, []), segment.objects[0])
        if last is not None and out[-1] and _has_same_reference(last, segment):
            row = out[-1][-1]
            joined = (*row.pieces, Piece(clean(gap) or " "), *pieces)
            out[-1][-1] = Row(row.kind, row.number, joined, row.reference)
        else:
            reference = None if segment.reference is None else clean(segment.reference)
            out[-1].append(Row(_choose_kind(document, segment), index + 1, pieces, reference))
        last = segment
    return [tuple(rows) for rows in out if rows]


_Numbered = tuple[int, str, Finding]
"""The number of a kind, the anchor of a finding of it, and that finding."""


def name_anchor(number: int, place: int) -> str:
    """Return what the place'th finding of a kind is called on the page."""
    return str(number) if place == 1 else f"{number}-{place}"


def _walk(document: Document) -> Iterator[tuple[int, Segment | None, str]]:
    """Yield each segment with the text between it and the one before, at last the text after all."""
    text = document.target or ""
    cursor = 0
    for index, segment in enumerate(document.segments):
        span = segment.target_span
        if span is None:
            yield index, segment, "" if document.target is not None else "\n\n"
            continue
        yield index, segment, text[cursor : span.start]
        cursor = max(cursor, span.end)
    yield -1, None, text[cursor:]


def _breaks_paragraph(gap: str, *, wrapped: bool) -> bool:
    """Tell whether a new paragraph begins after *gap*: a blank line, or any line end in unwrapped text."""
    ends = len(_LINE_END.findall(gap))
    return ends > 1 or (ends == 1 and not wrapped)


def _choose_kind(document: Document, segment: Segment) -> str:
    if segment.target is None:
        return "omission"
    if segment.reference is not None:
        return "aligned"
    return "addition" if document.has_reference else "plain"


def _has_same_reference(one: Segment, other: Segment) -> bool:
    """Tell whether two neighbours are the halves of one bead, so that its reference is shown once."""
    return (
        one.reference_span is not None
        and one.reference_span == other.reference_span
        and one.target is not None
        and other.target is not None
    )


def _cut_into_pieces(text: str, numbered: list[_Numbered], objects: Sequence[str]) -> tuple[Piece, ...]:
    """Cut *text* wherever a finding starts or ends; a finding without text becomes a piece of its own.

    Args:
        objects: what the opaque characters stand for.
    """
    spans = [(number, name, finding, _find_span(finding, text)) for number, name, finding in numbered]
    edges = sorted({0, len(text), *(edge for *_, span in spans for edge in (span.start, span.end))})
    opening: dict[int, list[tuple[_Numbered, Span]]] = {}
    for number, name, finding, span in spans:
        opening.setdefault(span.start, []).append(((number, name, finding), span))
    begun: set[str] = set()
    out = []
    held: list[tuple[_Numbered, Span]] = []
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        for (number, name, finding), span in opening.get(start, ()):
            if not span:
                out.append(Piece(INSERT if text else "", (number,), (name,), finding.severity))
        held = [each for each in (*held, *opening.get(start, ())) if end <= each[1].end and each[1]]
        over = [each for each, _ in held]
        if start == end:
            continue
        over.sort(key=lambda item: (-mqm.rank_severity(item[2].severity), item[0]))
        numbers = tuple(dict.fromkeys(number for number, _, _ in over))
        begins = tuple(name for _, name, _ in over if name not in begun)
        begun.update(begins)
        shown = text[start:end]
        if OBJECT in shown:
            filled, there = fill_objects(text, objects, Span(start, end))
            shown = there.of(filled)
        out.append(Piece(clean(shown), numbers, begins, over[0][2].severity if over else ""))
    return tuple(out)


def _find_span(finding: Finding, text: str) -> Span:
    return Span(min(finding.segment_start, len(text)), min(finding.segment_end, len(text)))
