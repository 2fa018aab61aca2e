"""Texts to a `Document`: segment, align, and place every segment in the texts it came from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from operator import attrgetter
from typing import Final, NamedTuple

from stilted.core.bounded import TextCache
from stilted.core.errors import UserError
from stilted.core.foreign import OBJECT
from stilted.core.model import Coverage, Document, Segment, Span, Stretch
from stilted.core.options import ALIGNMENTS
from stilted.text.align import Bead, across_languages
from stilted.text.align.moved import align_anywhere
from stilted.text.segment import split_blocks, split_lines, split_sentences

_reference_sentences = TextCache(split_sentences, 400_000)
"""The reference of a page that is being written is the same at every key."""

_START: Final = attrgetter("start")

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
    objects: tuple[Sequence[str], Sequence[str]] = ((), ()),
) -> Document:
    """Segment a translation and pair it with its reference and source.

    With ``align="auto"`` the sentences of reference and translation are aligned by likeness; a bead of
    several sentences is one segment, whose string is the text from the first to the last of them.
    Blocks of the source and their sentences are paired by their order, their lengths and what is written alike in
    every language, where that leaves next to no doubt (`stilted.text.align.across_languages`); elsewhere
    ``Segment.source`` is None (`Document.source` is kept). With ``align="lines"`` line i is line i on all
    sides: a line that is blank in the translation is an omission, one that is blank in the reference an
    addition, one that is blank in both is left out (without a reference: in translation and source).

    Args:
        name: what the report calls the translation, e.g. its file name.
        source_language: ISO 639-1 code, used to segment the source.
        objects: what the characters U+FFFC of translation and source stand for, in their order, as far as that is
            known: code, placeholders and tags.

    Raises:
        UserError: *align* is unknown, or ``"lines"`` meets texts of different numbers of lines.
    """
    stretches: tuple[Stretch, ...] = ()
    if align == "lines":
        segments = tuple(_pair_by_lines(name, target, reference, source))
    elif align == "auto":
        segments, stretches = _pair_by_likeness(target, reference, source, source_language or "en", objects)
    else:
        raise UserError(f"unknown alignment '{align}'", name, f"Write {' or '.join(ALIGNMENTS)}.")
    return Document(
        name,
        segments,
        target,
        reference,
        source,
        source_language,
        has_reference=reference is not None,
        has_source=source is not None,
        stretches=stretches,
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
    segments = tuple(_make_loose_segment(i, *row) for i, row in enumerate(rows, start=1))
    return Document(
        name,
        segments,
        source_language=source_language,
        has_reference=references is not None,
        has_source=sources is not None,
    )


def _make_loose_segment(number: int, target: str, reference: str | None, source: str | None) -> Segment:
    """Call a blank target missing when its counterpart is there."""
    wanted = source if reference is None else reference
    missing = not target.strip() and bool(wanted and wanted.strip())
    return Segment(str(number), None if missing else target, reference, source)


def measure_coverage(document: Document) -> Coverage:
    """Return the share of each side's characters, white space apart, that is aligned with the other.

    None where there is no reference; 1.0 for a side without characters, since nothing of it is missing. A segment of
    which no reference is known is aligned with nothing.
    """
    if not document.has_reference:
        return Coverage(None, None)
    return Coverage(
        _compute_share((s.target, s.reference is not None and not document.adds(s)) for s in document.segments),
        _compute_share((s.reference, s.target is not None) for s in document.segments),
    )


def _compute_share(pieces: Iterable[tuple[str | None, bool]]) -> float:
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


def _pair_by_lines(name: str, target: str, reference: str | None, source: str | None) -> Iterator[Segment]:
    rows = split_lines(target)
    sides: list[tuple[Span, ...]] = []
    for label, text in (("reference", reference), ("source", source)):
        spans = split_lines(text) if text is not None else ()
        if text is not None and len(spans) != len(rows):
            what = f"the translation has {len(rows)} line{'s' * (len(rows) != 1)}, the {label} {len(spans)}"
            raise UserError(what, name, "Lines are paired one to one; leave out '--align lines' otherwise.")
        sides.append(spans)
    number = 0
    for here, there, origin in zip_longest(rows, *sides):
        if here or (there if reference is not None else origin):
            number += 1
            yield _make_segment(number, (target, here), (reference, there), (source, origin))


def _make_segment(number: int, *sides: tuple[str | None, Span | None]) -> Segment:
    """Make a segment of text and span of target, reference and source; an empty or no span gives None."""
    (target, here), (reference, there), (source, origin) = (
        (span.of(text), span) if text is not None and span else (None, None) for text, span in sides
    )
    return Segment(str(number), target, reference, source, here, there, origin)


def _pair_by_likeness(
    target: str,
    reference: str | None,
    source: str | None,
    source_language: str,
    objects: tuple[Sequence[str], Sequence[str]],
) -> tuple[tuple[Segment, ...], tuple[Stretch, ...]]:
    here = split_sentences(target)
    if reference is None:
        there: tuple[Span, ...] = ()
        beads: tuple[Bead, ...] = tuple(Bead((i, i + 1), (0, 0)) for i in range(len(here)))
    else:
        there = _reference_sentences(reference)
        texts = [s.of(target) for s in here], [s.of(reference) for s in there]
        beads = align_anywhere(*texts)
    origins: Sequence[Span] = ()
    counterparts = _Counterparts({}, {}, (), {})
    if source is not None:
        origins = split_sentences(source, source_language)
        counterparts = _pair_with_source(target, here, source, origins, objects)
    segments = []
    for number, bead in enumerate(beads, start=1):
        made = _make_segment(
            number,
            (target, _join_run(here, bead.target)),
            (reference, _join_run(there, bead.reference)),
            (source, _join_run(origins, counterparts.of(bead.target))),
        )
        segments.append(replace(made, moved=True) if bead.moved else made)
    stretches = []
    if source is not None and reference is None:  # each segment is a sentence
        for place, run in counterparts.gaps.items():
            span = _join_run(origins, run)
            segments[place] = replace(segments[place], gap=span.of(source) if span else "")
        for own, others in counterparts.stretches():
            span = _join_run(origins, others)
            if span is not None:
                stretches.append(Stretch(*own, span.of(source)))
    return tuple(segments), tuple(stretches)


@dataclass(frozen=True, slots=True)
class _Counterparts:
    """Which sentences of the source surely stand for which of the translation.

    Attributes:
        starts: for the first sentence of a stretch of the translation, the first of its counterpart.
        ends: for the sentence after its last one, the one after the last of its counterpart.
        blocks: the sentences of the blocks of several that are paired, on both sides.
        gaps: sentences of the source that stand behind the counterpart of a sentence of the translation, and that
            nothing stands for.
    """

    starts: Mapping[int, int]
    ends: Mapping[int, int]
    blocks: Sequence[tuple[Run, Run]]
    gaps: Mapping[int, Run]

    def of(self, run: Run) -> Run:
        """Return the sentences that stand for those of *run*; an empty run where that is not sure."""
        start, end = self.starts.get(run[0]), self.ends.get(run[1])
        return (start, end) if start is not None and end is not None else (0, 0)

    def stretches(self) -> Iterator[tuple[Run, Run]]:
        """Yield what is left over within blocks: sentences without a counterpart of their own, or the reverse.

        Where one side has nothing left, the sentences beside it come along, so that something stands on both.
        """
        for (first, last), (begin, end) in self.blocks:
            known = [(k, k + 1, *run) for k in range(first, last) if (run := self.of((k, k + 1))) != (0, 0)]
            if len(known) == 1 and known[0] == (first, last, begin, end):
                continue
            edges = [(first, first, begin, begin), *known, (last, last, end, end)]
            for before, after in pairwise(edges):
                here, there = (before[1], after[0]), (before[3], after[2])
                if here[0] < here[1] and there[0] < there[1]:
                    yield here, there
                elif here[0] < here[1] or there[0] < there[1]:
                    yield (before[0], after[1]), (before[2], after[3])


def _pair_with_source(
    target: str, here: Sequence[Span], source: str, there: Sequence[Span], objects: tuple[Sequence[str], Sequence[str]]
) -> _Counterparts:
    """Pair the blocks of both texts, and in these their sentences."""
    left, right = split_blocks(target), split_blocks(source)
    written = _place_objects(target, objects[0]), _place_objects(source, objects[1])
    compared = _describe_blocks(target, left, written[0]), _describe_blocks(source, right, written[1])
    pairs = across_languages.pair_blocks(*compared)
    ratio = sum(len(left[i]) for i, _ in pairs) / max(1, sum(len(right[j]) for _, j in pairs))
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    longer: list[tuple[Run, Run]] = []
    for i, j in pairs:
        a0, a1 = (bisect_left(here, at, key=_START) for at in (left[i].start, left[i].end))
        b0, b1 = (bisect_left(there, at, key=_START) for at in (right[j].start, right[j].end))
        starts[a0] = b0
        ends[a1] = b1
        if a1 - a0 > 1:
            longer.append(((a0, a1), (b0, b1)))
            own, others = (
                _describe_blocks(target, here[a0:a1], written[0]),
                _describe_blocks(source, there[b0:b1], written[1]),
            )
            for place, run in across_languages.pair_sentences(own, others, ratio):
                starts[a0 + place] = b0 + run.start
                ends[a0 + place + 1] = b0 + run.stop
    gaps: dict[int, Run] = {}
    for before, run in across_languages.find_left_out(pairs, *compared):
        a1 = bisect_left(here, left[before].end, key=_START)
        b0, b1 = (bisect_left(there, at, key=_START) for at in (right[run.start].start, right[run.stop - 1].end))
        gaps[a1 - 1] = (b0, b1)
    return _Counterparts(starts, ends, longer, gaps)


def _place_objects(text: str, objects: Sequence[str]) -> _Written:
    """Place what each character `OBJECT` of *text* stands for; nothing where that is not known."""
    places = [place for place, character in enumerate(text) if character == OBJECT] if objects else []
    return _Written(places, objects) if len(places) == len(objects) else _Written((), ())


class _Written(NamedTuple):
    """Where the characters `OBJECT` of a text stand, and what for."""

    places: Sequence[int]
    objects: Sequence[str]


def _describe_blocks(text: str, spans: Sequence[Span], written: _Written) -> list[across_languages.Block]:
    """Describe stretches of *text*."""
    described = []
    for span in spans:
        first, last = (bisect_left(written.places, at) for at in (span.start, span.end))
        described.append(across_languages.describe_block(span.of(text), written.objects[first:last]))
    return described


def _join_run(spans: Sequence[Span], run: Run) -> Span | None:
    return Span(spans[run[0]].start, spans[run[1] - 1].end) if run[0] < run[1] else None
