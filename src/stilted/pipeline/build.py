"""Texts to a `Document`: segment, align, and place every segment in the texts it came from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from stilted.core.bounded import TextCache
from stilted.core.errors import UserError
from stilted.core.model import Coverage, Document, Segment, Span
from stilted.text.align import Bead
from stilted.text.align.moved import align_anywhere
from stilted.text.segment import blocks, lines, sentences

ALIGN: Final = ("auto", "lines")
"""How texts are paired: sentences by likeness, or line i with line i."""

_RATIO: Final = 3.0
"""A target and a source stretch are not paired by place when one is this many times longer, relative to
the other, than the texts around them are."""

_reference_sentences = TextCache(sentences, 400_000)
"""The reference of a page that is being written is the same at every key."""

Run = tuple[int, int]
"""A half-open range of sentence indexes."""


def build_document(
    name: str,
    target: str,
    reference: str | None = None,
    source: str | None = None,
    *,
    align: str = "auto",
    source_language: str | None = None,
) -> Document:
    """Segment a translation and pair it with its reference and source.

    With ``align="auto"`` the sentences of reference and translation are aligned by likeness; a bead of
    several sentences is one segment, whose string is the text from the first to the last of them.
    Source sentences are never guessed: they are paired by place, and only where both texts have the same
    number of blocks, the block the same number of sentences, and the lengths agree; elsewhere
    ``Segment.source`` is None (`Document.source` is kept). With ``align="lines"`` line i is line i on all
    sides: a line that is blank in the translation is an omission, one that is blank in the reference an
    addition, one that is blank in both is left out (without a reference: in translation and source).

    Args:
        name: what the report calls the translation, e.g. its file name.
        source_language: ISO 639-1 code, used to segment the source.

    Raises:
        UserError: *align* is unknown, or ``"lines"`` meets texts of different numbers of lines.
    """
    if align == "lines":
        segments = _by_lines(name, target, reference, source)
    elif align == "auto":
        segments = _by_likeness(target, reference, source, source_language or "en")
    else:
        raise UserError(f"unknown alignment '{align}'", name, f"Write {' or '.join(ALIGN)}.")
    return Document(
        name, tuple(segments), target, reference, source, source_language, reference is not None, source is not None
    )


def build_segments(
    name: str,
    targets: Sequence[str],
    references: Sequence[str | None] | None = None,
    sources: Sequence[str | None] | None = None,
    *,
    source_language: str | None = None,
) -> Document:
    """Make a document of data that is segmented already: segment i is ``targets[i]``, unchanged.

    A blank target is an omission (``target is None``) when its reference, or without references its
    source, is not blank; a blank reference is an addition when the target is not, while None says that no
    reference is known. There are no spans, since there is no text to place segments in.

    Raises:
        UserError: a string in place of a list, an element that is no string, or lists of different
            lengths.
    """
    given = {"targets": targets, "references": references, "sources": sources}
    for label, values in given.items():
        optional = label != "targets"
        if values is None and optional:
            continue
        _check_strings(f"{name}: {label}", values, optional=optional)
        if len(values or ()) != len(targets):
            what = f"{len(targets)} targets but {len(values or ())} {label}"
            raise UserError(what, name, "Give one for each target.")
    rows = zip_longest(targets, references or (), sources or ())
    segments = tuple(_loose_segment(i, *row) for i, row in enumerate(rows, start=1))
    return Document(
        name,
        segments,
        source_language=source_language,
        has_reference=references is not None,
        has_source=sources is not None,
    )


def _loose_segment(number: int, target: str, reference: str | None, source: str | None) -> Segment:
    """Call a blank target missing when its counterpart is there."""
    wanted = source if reference is None else reference
    missing = not target.strip() and bool(wanted and wanted.strip())
    return Segment(str(number), None if missing else target, reference, source)


def coverage(document: Document) -> Coverage:
    """Return the share of each side's characters, white space apart, that is aligned with the other.

    None where there is no reference; 1.0 for a side without characters, since nothing of it is missing. A segment of
    which no reference is known is aligned with nothing.
    """
    if not document.has_reference:
        return Coverage(None, None)
    return Coverage(
        _share((s.target, s.reference is not None and not document.adds(s)) for s in document.segments),
        _share((s.reference, s.target is not None) for s in document.segments),
    )


def _share(pieces: Iterable[tuple[str | None, bool]]) -> float:
    total = aligned = 0
    for text, paired in pieces:
        size = sum(map(len, text.split())) if text else 0
        total += size
        aligned += size if paired else 0
    return aligned / total if total else 1.0


def _check_strings(where: str, values: object, *, optional: bool) -> None:
    if isinstance(values, str | bytes) or not isinstance(values, Sequence):
        kind = type(values).__name__
        hint = "Wrap it in a list." if isinstance(values, str | bytes) else "Give a list; list(...) makes one."
        raise UserError(f"expected a list of strings, got {kind}", where, hint)
    for i, value in enumerate(values):
        if not (isinstance(value, str) or (optional and value is None)):
            raise UserError(f"element {i} is {type(value).__name__}, not a string", where)


def _by_lines(name: str, target: str, reference: str | None, source: str | None) -> Iterator[Segment]:
    rows = lines(target)
    sides: list[tuple[Span, ...]] = []
    for label, text in (("reference", reference), ("source", source)):
        spans = lines(text) if text is not None else ()
        if text is not None and len(spans) != len(rows):
            what = f"the translation has {len(rows)} lines, the {label} {len(spans)}"
            raise UserError(what, name, "Lines are paired one to one; leave out '--align lines' otherwise.")
        sides.append(spans)
    number = 0
    for here, there, origin in zip_longest(rows, *sides):
        if here or (there if reference is not None else origin):
            number += 1
            yield _segment(number, (target, here), (reference, there), (source, origin))


def _segment(number: int, *sides: tuple[str | None, Span | None]) -> Segment:
    """Make a segment of text and span of target, reference and source; an empty or no span gives None."""
    (target, here), (reference, there), (source, origin) = (
        (span.of(text), span) if text is not None and span else (None, None) for text, span in sides
    )
    return Segment(str(number), target, reference, source, here, there, origin)


def _by_likeness(target: str, reference: str | None, source: str | None, source_language: str) -> Iterator[Segment]:
    here = sentences(target)
    if reference is None:
        there: tuple[Span, ...] = ()
        beads: tuple[Bead, ...] = tuple(Bead((i, i + 1), (0, 0)) for i in range(len(here)))
    else:
        there = _reference_sentences(reference)
        texts = [s.of(target) for s in here], [s.of(reference) for s in there]
        beads = align_anywhere(*texts)
    origins = sentences(source, source_language) if source is not None else ()
    meeting = _meeting_points(target, here, source, origins) if source is not None else {}
    for number, bead in enumerate(beads, start=1):
        known = bead.target[0] in meeting and bead.target[1] in meeting
        origin = (meeting[bead.target[0]], meeting[bead.target[1]]) if known else (0, 0)
        made = _segment(
            number,
            (target, _joined(here, bead.target)),
            (reference, _joined(there, bead.reference)),
            (source, _joined(origins, origin)),
        )
        yield replace(made, moved=True) if bead.moved else made


def _meeting_points(target: str, here: Sequence[Span], source: str, there: Sequence[Span]) -> dict[int, int]:
    """Return how many source sentences lie before target sentence k, for every k where it is sure."""
    points = {0: 0, len(here): len(there)}
    left, right = blocks(target), blocks(source)
    if not _alike(left, right):
        return points
    for a, b in zip(left, right, strict=True):
        a0, a1 = (bisect_left(here, at, key=_start) for at in (a.start, a.end))
        b0, b1 = (bisect_left(there, at, key=_start) for at in (b.start, b.end))
        points |= {a0: b0, a1: b1}
        if _alike(here[a0:a1], there[b0:b1]):
            points |= dict(zip(range(a0, a1), range(b0, b1), strict=True))
    return points


def _start(span: Span) -> int:
    return span.start


def _alike(left: Sequence[Span], right: Sequence[Span]) -> bool:
    """Tell whether both are equally many and every pair has about the ratio of lengths of the whole."""
    if len(left) != len(right):
        return False
    ratio = sum(map(len, left)) / max(1, sum(map(len, right)))
    return all(1 / _RATIO <= len(a) / (len(b) * ratio) <= _RATIO for a, b in zip(left, right, strict=True))


def _joined(spans: Sequence[Span], run: Run) -> Span | None:
    return Span(spans[run[0]].start, spans[run[1] - 1].end) if run[0] < run[1] else None
