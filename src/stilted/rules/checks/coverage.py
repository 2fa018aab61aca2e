"""What the alignment left over: sentences that were added or left out."""

from __future__ import annotations

from collections.abc import Iterator

from stilted.core.model import Document, Example, Hit, Rule, Span

_QUOTED_CHARS = 200

_PARAPHRASE = 2.5
"""Where both sides left something over in one place and neither is this many times longer than the other,
it is one statement in two wordings, not an omission beside an addition."""


def _paraphrased(document: Document) -> set[int]:
    """Return the numbers of unaligned segments that stand against each other."""
    found: set[int] = set()
    run: list[int] = []
    for number in range(len(document.segments) + 1):
        segment = document.segments[number] if number < len(document.segments) else None
        if segment and (segment.target is None or segment.reference is None):
            run.append(number)
            continue
        here = sum(len(document.segments[n].target or "") for n in run)
        there = sum(len(document.segments[n].reference or "") for n in run)
        if here and there and max(here, there) <= _PARAPHRASE * min(here, there):
            found.update(run)
        run = []
    return found


def _find(document: Document) -> Iterator[Hit]:
    paraphrased = _paraphrased(document)
    for number, segment in enumerate(document.segments):
        if number in paraphrased:
            continue
        if segment.target is None and segment.reference is not None:
            quoted = " ".join(segment.reference.split())
            short = quoted if len(quoted) <= _QUOTED_CHARS else quoted[: _QUOTED_CHARS - 1] + "…"
            yield Hit("coverage/omission", number, Span(0, 0), f"The reference says here: “{short}”", (quoted,))
        elif segment.target and document.adds(segment):
            yield Hit("coverage/addition", number, Span(0, len(segment.target)), suggestions=("",))


RULES = (
    Rule(
        id="coverage/addition",
        category="Accuracy/Addition",
        severity="major",
        message="Nothing in the reference corresponds to this.",
        why="The alignment found no counterpart: the sentence was added, or it says something else entirely.",
        find=_find,
        bad=(Example.of("<v>Buy two batteries and get a lamp for free.</v>", "", reference=""),),
        good=(
            Example.of("Sales rose by a tenth.", reference="Turnover was up ten percent."),
            Example.of("It was dark. Nobody spoke.", reference="It was dark, and nobody spoke."),
        ),
        needs=frozenset({"reference"}),
        confidence=0.8,
    ),
    Rule(
        id="coverage/omission",
        category="Accuracy/Omission",
        severity="major",
        message="A sentence of the reference has no counterpart in the translation.",
        why="The alignment found nothing that says it: the sentence was left out or merged beyond recognition.",
        find=_find,
        bad=(Example.of("<v></v>", None, reference="The minister resigned the same evening."),),
        good=(Example.of("She left office that night.", reference="The minister resigned the same evening."),),
        needs=frozenset({"reference"}),
        confidence=0.8,
    ),
)
