"""What the alignment left over: sentences that were added, left out, or moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stilted.core.foreign import OBJECT, shorten
from stilted.core.model import Document, Example, Hit, Need, Precedence, Rule, Segment, Span

_WORD: Final = re.compile(r"[^\W_]+")
_QUOTED_CHARS = 200
_AFTER_CHARS = 80

_PARAPHRASE = 2.5
"""Where both sides left something over in one place and neither is this many times longer than the other,
it is one statement in two wordings, not an omission beside an addition."""


def _find_paraphrased(document: Document) -> set[int]:
    """Return the numbers of unaligned segments that stand against each other."""
    paraphrased: set[int] = set()
    run: list[int] = []
    for number in range(len(document.segments) + 1):
        segment = document.segments[number] if number < len(document.segments) else None
        if segment and (segment.target is None or segment.reference is None):
            run.append(number)
            continue
        here = sum(len(document.segments[n].target or "") for n in run)
        there = sum(len(document.segments[n].reference or "") for n in run)
        if here and there and max(here, there) <= _PARAPHRASE * min(here, there):
            paraphrased.update(run)
        run = []
    return paraphrased


def _find(document: Document) -> Iterator[Hit]:
    paraphrased = _find_paraphrased(document)
    for number, segment in enumerate(document.segments):
        if number in paraphrased:
            continue
        if segment.target is None and segment.reference is not None:
            quoted = " ".join(segment.reference.split())
            message = f"The reference says here: “{shorten(quoted, _QUOTED_CHARS)}”"
            yield Hit("coverage/omission", number, Span(0, 0), message, (quoted,))
        elif segment.target and document.adds(segment):
            yield Hit("coverage/addition", number, Span(0, len(segment.target)), suggestions=("",))


def _find_moved(document: Document) -> Iterator[Hit]:
    """Yield paragraphs that stand elsewhere in the reference, each run of them once.

    Sentences that changed places within a paragraph are a matter of style.
    """
    segments, target = document.segments, document.target or ""
    first = 0
    while first < len(segments):
        last = first
        while last < len(segments) and segments[last].moved:
            last += 1
        if last > first and _is_paragraph(segments[first:last], target):
            text = segments[first].target or ""
            yield Hit("coverage/moved", first, Span(0, len(text)), _describe_move(segments, first, last))
        first = max(last, first + 1)


def _is_paragraph(run: Sequence[Segment], target: str) -> bool:
    spans = [segment.target_span for segment in run if segment.target_span is not None]
    if not spans:
        return False
    return _ends_line(target[: spans[0].start][::-1]) and _ends_line(target[spans[-1].end :])


def _ends_line(rest: str) -> bool:
    """Tell whether a line ends before anything else in *rest* comes."""
    blank = rest[: len(rest) - len(rest.lstrip())]
    return blank == rest or "\n" in blank


def _describe_move(segments: Sequence[Segment], first: int, last: int) -> str:
    what = "This passage" if last - first == 1 else f"This passage of {last - first} segments"
    start = segments[first].reference_span
    ends = {s.reference_span.end: s for s in segments if s.reference_span is not None and s.reference is not None}
    before = max((end for end in ends if start is not None and end <= start.start), default=None)
    if before is None:
        return f"{what} stands at the beginning of the reference." if start else f"{what} stands elsewhere."
    quoted = " ".join((ends[before].reference or "").split())
    short = quoted if len(quoted) <= _AFTER_CHARS else f"…{quoted[1 - _AFTER_CHARS :]}"
    return f"{what} stands elsewhere in the reference: after “{short}”"


def _find_skipped(document: Document) -> Iterator[Hit]:
    """Yield what the source says between two paragraphs, marked at the last word of the first."""
    for number, segment in enumerate(document.segments):
        words = list(_WORD.finditer(segment.target or ""))
        if segment.gap and words:
            quoted = " ".join(segment.gap.replace(OBJECT, "…").split())
            message = f"After this the source goes on: “{shorten(quoted, _QUOTED_CHARS)}”"
            yield Hit("coverage/missing-paragraph", number, Span(words[-1].start(), words[-1].end()), message)


RULES = (
    Rule(
        id="coverage/missing-paragraph",
        category="Accuracy/Omission",
        severity="minor",
        message="The source has a paragraph here that the translation lacks.",
        why="The paragraphs on both sides of it, or before it at the end, have their counterparts, and nothing stands"
        " there: it was left out, or the source is newer.",
        find=_find_skipped,
        precedence=Precedence.ALIGNMENT,
        reads_code=True,
        bad=(
            Example.of(
                "Fill the <v>kettle</v>.", source="请将水壶装满水。", gap="水烧开之前，请勿打开壶盖，以免烫伤。"
            ),
        ),
        good=(Example.of("Fill the kettle.", source="请将水壶装满水。"),),
        needs=frozenset({Need.SOURCE, Need.DOCUMENT}),
        confidence=0.8,
    ),
    Rule(
        id="coverage/moved",
        category="Style/Inconsistent with external reference",
        severity="neutral",
        message="This passage stands elsewhere in the reference.",
        why="The alignment found it, in another order: a paragraph was moved, or the reference has another order.",
        find=_find_moved,
        precedence=Precedence.ALIGNMENT,
        bad=(
            Example.of(
                "<v>She bought three apples.</v>", reference="She bought three apples at the market.", moved=True
            ),
        ),
        good=(Example.of("She bought three apples.", reference="She bought three apples at the market."),),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.8,
    ),
    Rule(
        id="coverage/addition",
        category="Accuracy/Addition",
        severity="major",
        message="Nothing in the reference corresponds to this.",
        why="The alignment found no counterpart: the sentence was added, or it says something else entirely.",
        find=_find,
        precedence=Precedence.ALIGNMENT,
        reads_code=True,
        bad=(Example.of("<v>Buy two batteries and get a lamp for free.</v>", "", reference=""),),
        good=(
            Example.of("Sales rose by a tenth.", reference="Turnover was up ten percent."),
            Example.of("It was dark. Nobody spoke.", reference="It was dark, and nobody spoke."),
        ),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.8,
    ),
    Rule(
        id="coverage/omission",
        category="Accuracy/Omission",
        severity="major",
        message="A sentence of the reference has no counterpart in the translation.",
        why="The alignment found nothing that says it: the sentence was left out or merged beyond recognition.",
        find=_find,
        precedence=Precedence.ALIGNMENT,
        reads_code=True,
        bad=(Example.of("<v></v>", None, reference="The minister resigned the same evening."),),
        good=(Example.of("She left office that night.", reference="The minister resigned the same evening."),),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.8,
    ),
)
