"""Text to blocks, lines and sentences, always as code-point spans into the text as given.

White space and byte order marks are blank; every other character lies in exactly one span.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from stilted.core.model import Span

MAX_BLOCK: Final = 6_000
"""Longest stretch, in code points, given to sentencex at once: it is quadratic on unclosed quotes
(measured: 10,000 code points 13 ms, 100,000 1.25 s, 1,000,000 142 s)."""

_BLANK: Final = "\ufeff"
_ENUMERATOR: Final = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)\]]+")
_BULLET: Final = re.compile(r"[-*+•‣◦▪●–—·>#|]+\s|[(\[]?(?:\d{1,3}|[A-Za-z])[.)\]]\s")
_STOP: Final = re.compile(r"[.!?:;…。！？：；][\"'”’»)\]」』）]*$")
_CUT: Final = re.compile(r"[.!?][\"'”’»)\]]{0,3}\s|[。！？][”’」』）]{0,3}")
_OPENING: Final = re.compile(r"(?<=[.!?…\"”’)])\s+([\"'“‘«(\[])$")
_SPEECH: Final = re.compile(r"[.!?…,][\"'”’»]$")
_BEFORE_NUMBER: Final = re.compile(
    r"(?<!\w)(?:(?i:eqs?|eqns?|vols?|tel|mob|ext|chaps?|secs?|sects?|paras?|fig|tbl|pp?|pgs?|nrs?|ca|cca|min|max|avg|est"
    r"|approx|ver|vers)|Art|Ch|ch|Ed|Fax|Figs|Nos|Tab|Tabs|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
"""Abbreviations that end no sentence before a number."""
_BEFORE_SMALL: Final = re.compile(
    r"(?<!\w)(?i:approx|max|min|avg|incl|excl|resp|vs|cf|viz|esp|aka|e\.g|i\.e|tel|prof|dr|mr|mrs|ms|st|dept|corp|ltd|inc|fig"
    r"|eq|vol|sec|chap|et al|etc|std|temp|abbr|orig|prev|misc|diff)\.$"
)
"""Abbreviations that end no sentence before a small letter."""
_LONGEST_ABBREVIATION: Final = 8
_DOT_IN_FRONT: Final = re.compile(r"(?:^|[\s(\[\"“'‘,;:/|])\.$")
"""A dot that begins a name (.NET, ./cache), where the next letter touches it."""

_UNFINISHED: Final = re.compile(
    r"(?:(?<![\w-])(?:the|of|and|or|but|with|from|than|into|by|for|to|that|which|whose|as|is|are|was|were|has|have|be"
    r"|der|die|das|den|dem|des|und|oder|mit|von|vom|zum|zur|für|le|les|du|et|ou|une|los|las|con|para|il|gli|и|для)"
    r"|(?<![\w-])the [A-Z]{2,12}|[,，、をにはがとのやへび])$"
)
"""What no paragraph ends with, whatever the next line begins with: “See the GNU / General Public License”."""

_FULL_LINE: Final = 30
"""A line of fewer columns than this was not broken for want of room."""


def split_blocks(text: str) -> tuple[Span, ...]:
    """Return the paragraphs, title lines and list items of *text*, stripped, in order.

    A blank line always ends a block. A line break ends one too, unless the paragraph is hard-wrapped
    there, that is, unless the line is *full* and the next one goes on with it:

    - the next line begins in lower case, or this one ends with a word that ends no sentence; this one ends without
      sentence punctuation and has at least 30 columns and 60% of the width of the widest line of its paragraph; or
    - some break of the paragraph is of that first kind, and here the first word of the next line would
      not have fitted into that width, whatever the line ends in.

    A line that begins with a bullet or an enumerator always begins a block.
    """
    spans: list[Span] = []
    for paragraph in _group_by_paragraph(_cut_into_lines(text, text.splitlines(keepends=True))):
        spans += _unwrap(text, paragraph)
    return tuple(spans)


def split_sentences(text: str, language: str = "en") -> tuple[Span, ...]:
    """Return the sentences of *text*, stripped and in order; no sentence crosses a block.

    Args:
        text: any text; it is not changed, and line ends may be of any kind.
        language: ISO 639-1 code of the text; sentencex treats unknown ones as English.
    """
    spans: list[Span] = []
    for block in split_blocks(text):
        for piece in _cut_into_pieces(text, block):
            spans += _split(text, piece, language)
    return tuple(spans)


def split_lines(text: str) -> tuple[Span, ...]:
    r"""Return one stripped span a line, empty for a blank line, so that line i stays line i.

    Only ``\n``, ``\r\n`` and ``\r`` end a line here: other line separators occur inside the segments
    of line-aligned files. A final line end begins no further line.
    """
    return tuple(_cut_into_lines(text, re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)))


def _cut_into_lines(text: str, pieces: Iterable[str]) -> Iterator[Span]:
    start = 0
    for piece in pieces:
        yield _strip(text, start, start + len(piece))
        start += len(piece)


def _strip(text: str, start: int, end: int) -> Span:
    """Return the span without blank characters at its edges, empty at *start* if nothing remains."""
    first, last = start, end
    while first < last and (text[first].isspace() or text[first] in _BLANK):
        first += 1
    while last > first and (text[last - 1].isspace() or text[last - 1] in _BLANK):
        last -= 1
    return Span(first, last) if first < last else Span(start, start)


def _group_by_paragraph(spans: Iterable[Span]) -> Iterator[list[Span]]:
    run: list[Span] = []
    for span in spans:
        if span:
            run.append(span)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _unwrap(text: str, run: Sequence[Span]) -> Iterator[Span]:
    """Join the hard-wrapped lines of one paragraph; `split_blocks` says by which rule."""
    width = max(_count_columns(text, line) for line in run)
    breaks = [_classify_break(text, here, after, width) for here, after in pairwise(run)]
    wrapped = "flows" in breaks
    start = run[0].start
    for line, after, kind in zip(run, run[1:], breaks, strict=False):
        if not (kind == "flows" or (wrapped and kind == "full")):
            yield Span(start, line.end)
            start = after.start
    yield Span(start, run[-1].end)


def _classify_break(text: str, line: Span, after: Span, width: int) -> str:
    """Classify a line break: ``flows`` on, breaks a ``full`` line, or ends a ``block``."""
    head, columns = text[after.start : after.start + 80], _count_columns(text, line)
    if columns < _FULL_LINE or _BULLET.match(head):
        return "block"
    stopped = _STOP.search(text, max(line.start, line.end - 8), line.end)
    is_open = not stopped and (head[0].islower() or _UNFINISHED.search(text, max(line.start, line.end - 20), line.end))
    if is_open and columns >= 0.6 * width:
        return "flows"
    word = head.split(None, 1)[0]
    return "full" if columns + 1 + len(word) > width else "block"


def _count_columns(text: str, line: Span) -> int:
    """Return how many columns of a screen a line fills: a letter of Chinese, Japanese or Korean fills two."""
    written = line.of(text)
    return len(written) if written.isascii() else len(written) + len(_WIDE.findall(written))


_WIDE: Final = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]"
)


def _cut_into_pieces(text: str, block: Span) -> Iterator[Span]:
    """Cut a block to `MAX_BLOCK`: behind the last sentence end that fits, else at white space, else hard."""
    start = block.start
    while block.end - start > MAX_BLOCK:
        limit = start + MAX_BLOCK
        half = start + MAX_BLOCK // 2
        cut = max((m.end() for m in _CUT.finditer(text, half, limit)), default=0)
        if not cut:
            cut = next((i for i in range(limit, half, -1) if text[i - 1].isspace()), limit)
        yield Span(start, cut)
        start = cut
    yield Span(start, block.end)


def _split(text: str, piece: Span, language: str) -> Iterator[Span]:
    """Split one piece with sentencex and mend what it is known to get wrong.

    An opening quotation mark goes with the sentence that it opens, the one who speaks stays with the speech
    ("Why?" asks the guide), and a lone enumerator ("1.") goes with the sentence that it numbers. What follows an
    abbreviation, or touches a dot that stands in front of a name, is of one sentence with it.
    """
    last: Span | None = None
    for span in _split_raw(text, piece, language):
        if last is None:
            last = span
            continue
        opening = _OPENING.search(text, max(last.start, last.end - 4), last.end) if last.end == span.start else None
        if opening:
            last, span = Span(last.start, opening.start()), Span(opening.start(1), span.end)
        speaker = text[span.start].islower() and _SPEECH.search(text, max(last.start, last.end - 4), last.end)
        if speaker or _goes_on_after_dot(text, last, span) or _ENUMERATOR.fullmatch(text, last.start, last.end):
            last = Span(last.start, span.end)
        else:
            yield last
            last = span
    if last is not None:
        yield last


def _goes_on_after_dot(text: str, last: Span, span: Span) -> bool:
    """Tell whether the dot between two pieces ends no sentence: one of an abbreviation, or in front of a name."""
    following = text[span.start]
    if last.end == span.start and (following.isalnum() or following in "/_*"):
        return bool(_DOT_IN_FRONT.search(text[max(last.start, last.end - 2) : last.end]))
    tail = text[max(last.start, last.end - _LONGEST_ABBREVIATION) : last.end]
    if following.isdecimal():
        return bool(_BEFORE_NUMBER.search(tail))
    return following.islower() and bool(_BEFORE_SMALL.search(tail))


def _split_raw(text: str, piece: Span, language: str) -> Iterator[Span]:
    from sentencex import get_sentence_boundaries

    for boundary in get_sentence_boundaries(language, piece.of(text)):
        span = _strip(text, piece.start + boundary["start_index"], piece.start + boundary["end_index"])
        if span:
            yield span
