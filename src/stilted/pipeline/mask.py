"""What rules about language see of a document: code, placeholders and addresses are opaque, and places stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from stilted.core.bounded import TextCache
from stilted.core.model import Document, Hit, Segment
from stilted.formats.code import find_code
from stilted.formats.units import OBJECT

_RUN: Final = re.compile(f"{OBJECT}+")
_MOSTLY: Final = 0.5
"""Share of a marked stretch that may be code: beyond it there is nothing that a rule could tell of."""


def mask_document(document: Document) -> Document:
    """Return *document* with an `OBJECT` in place of each character of code in its segments; places stay.

    The texts as given stay as well, and so do the file and its map.
    """
    placeholders = not document.placeholders_are_opaque
    segments = tuple(_mask(segment, placeholders) for segment in document.segments)
    same = all(new is old for new, old in zip(segments, document.segments, strict=True))
    return document if same else replace(document, segments=segments)


def _mask(segment: Segment, placeholders: bool) -> Segment:
    texts = (segment.target, segment.reference, segment.source)
    target, reference, source = (_mask_text(text, placeholders) for text in texts)
    if (target, reference, source) == texts:
        return segment
    return replace(segment, target=target, reference=reference, source=source)


def _mask_text(text: str | None, placeholders: bool) -> str | None:
    return (_without_placeholders if placeholders else _without_code)(text) if text else text


def _hide(text: str, placeholders: bool) -> str:
    built: list[str] = []
    last = 0
    for start, end in find_code(text, placeholders=placeholders):
        built += [text[last:start], OBJECT * (end - start)]
        last = end
    return "".join([*built, text[last:]]) if last else text


_ROOM: Final = 200_000
"""Characters remembered: a text in an editor is asked for again with every key."""
_without_code = TextCache(partial(_hide, placeholders=False), _ROOM)
_without_placeholders = TextCache(partial(_hide, placeholders=True), _ROOM)


def unmask(hit: Hit, masked: Document, document: Document) -> Iterator[Hit]:
    """Yield a hit found in *masked* as one in *document*; none where it marks hardly anything but code."""
    known = 0 <= hit.segment < len(document.segments)
    hidden = (masked.segments[hit.segment].target or "") if known else ""
    shown = (document.segments[hit.segment].target or "") if known else ""
    if hidden == shown:
        yield hit
        return
    marked, written = hit.span.of(hidden), hit.span.of(shown)
    if marked.count(OBJECT) - written.count(OBJECT) > _MOSTLY * len(marked):
        return
    beside = _list_hidden(masked.segments[hit.segment], document.segments[hit.segment])
    suggestions = (_fill(each, marked, written, beside) for each in hit.suggestions)
    message = _fill(hit.message, marked, written, beside)
    kept = tuple(each for each in suggestions if each.count(OBJECT) <= written.count(OBJECT))
    yield replace(hit, message=message, suggestions=kept)


def _list_hidden(masked: Segment, segment: Segment) -> dict[int, str]:
    """Return what is hidden in the texts of a segment, by its length."""
    beside: dict[int, str] = {}
    for hidden, shown in (
        (masked.source, segment.source), (masked.reference, segment.reference), (masked.target, segment.target)
    ):  # fmt: skip
        if hidden and shown:
            beside |= {len(run[0]): shown[run.start() : run.end()] for run in _RUN.finditer(hidden)}
    return beside


def _fill(text: str, marked: str, written: str, beside: Mapping[int, str]) -> str:
    """Put what was opaque back into a sentence about it: the runs of what is marked, else one as long elsewhere."""
    if OBJECT not in text:
        return text
    inside = iter([written[run.start() : run.end()] for run in _RUN.finditer(marked)])

    def fill(run: re.Match[str]) -> str:
        own = next(inside, "")
        return own if len(own) == len(run[0]) else beside.get(len(run[0]), run[0])

    return _RUN.sub(fill, text)
