"""What was found in a text that changes: where it has not changed, it is not looked at again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from stilted.core.model import Document, Finder, Hit, Segment, SegmentFinder

_Key = tuple[object, ...]
"""All of a segment that a `SegmentFinder` may look at."""


@dataclass(slots=True)
class Memory:
    """The hits in the last version of one document; `ask` answers for the next one.

    A `SegmentFinder` is asked about segments that were not there before; any other finder about the whole document,
    unless that is as it was. Finders of both kinds may be asked by different threads at once.
    """

    _frame: Document | None = None
    _in_segments: dict[Finder, Mapping[_Key, tuple[Hit, ...]]] = field(default_factory=dict)
    _in_whole: dict[Finder, tuple[Document, tuple[Hit, ...]]] = field(default_factory=dict)

    def ask(self, find: Finder, document: Document) -> Iterator[Hit]:
        """Yield what *find* finds in *document*."""
        if isinstance(find, SegmentFinder):
            yield from self._ask_about_segments(find, document)
            return
        known = self._in_whole.get(find)
        if known is None or known[0] != document:
            known = self._in_whole[find] = (document, tuple(find(document)))
        yield from known[1]

    def recall(self, find: Finder, document: Document) -> Iterator[Hit]:
        """Yield what *find* last found in segments that are as they were then; it is not asked anew."""
        known = self._in_whole.get(find)
        if known is None:
            return
        last_document, hits = known
        numbers = {name: number for number, name in enumerate(_name_segments(document))}
        names = tuple(_name_segments(last_document))
        for hit in hits:
            number_now = numbers.get(names[hit.segment])
            if number_now is not None:
                yield replace(hit, segment=number_now)

    def _ask_about_segments(self, find: SegmentFinder, document: Document) -> Iterator[Hit]:
        frame = _strip_document(document)
        if frame != self._frame:
            self._frame, self._in_segments = frame, {}
        keys = [_make_key(segment, document) for segment in document.segments]
        known = self._in_segments.get(find, {})
        fresh = {key: segment for key, segment in zip(keys, document.segments, strict=True) if key not in known}
        answers: list[list[Hit]] = [[] for _ in fresh]
        if fresh:
            for hit in find(replace(frame, segments=tuple(fresh.values()))):
                answers[hit.segment].append(hit)
        made = {key: tuple(hits) for key, hits in zip(fresh, answers, strict=True)}
        held = self._in_segments[find] = {key: known[key] if key in known else made[key] for key in keys}
        for number, key in enumerate(keys):
            for hit in held[key]:
                yield replace(hit, segment=number)


def _strip_document(document: Document) -> Document:
    """Return a document without what a `SegmentFinder` must not read."""
    texts = (document.target, document.reference, document.source, document.file)
    target, reference, source, file = (None if text is None else "" for text in texts)
    return replace(
        document,
        segments=(),
        target=target,
        reference=reference,
        source=source,
        file=file,
        map=None,
        notes=(),
        suppressions=(),
    )


def _name_segments(document: Document) -> Iterator[tuple[_Key, int]]:
    """Yield for each segment what it is known again by: itself, and how many of its like went before."""
    seen: Counter[_Key] = Counter()
    for segment in document.segments:
        key = _make_key(segment, document)
        yield key, seen[key]
        seen[key] += 1


def _make_key(segment: Segment, document: Document) -> _Key:
    own = "" if document.target is not None else segment.id  # in running text it counts the segments
    whole = segment.target, segment.reference, segment.source, segment.objects, segment.notes, segment.moved
    return own, *whole, segment.gap, segment.message, segment.arguments
