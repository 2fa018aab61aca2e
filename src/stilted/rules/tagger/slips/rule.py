"""The rule of slips: what editors of documentation would change, and no list holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from stilted.core.model import Document, Example, Hit, Need, Precedence, Rule, Status
from stilted.rules.tagger import model_files as lower_files
from stilted.rules.tagger.inference import read_side_by_side
from stilted.rules.tagger.slips import inference, model_files
from stilted.rules.tagger.slips.decide import Slip, find_slips

RULE: Final = "tagger/likely-slip"


def make_rule(sensitivity: str) -> Rule:
    """Return the rule at an operating point: low, medium or high.

    Where other rules are silent too, half of what it says is what an editor did: it runs unasked at high only.
    """
    return Rule(
        id=RULE,
        category="Linguistic conventions",
        severity="minor",
        message="Editors of documentation often change wording like this.",
        why="learned from what editors changed in documentation; see `stilted tagger info`",
        find=make_finder(sensitivity),
        bad=(
            Example.of("It <v>support</v> reading reports from the remote server."),
            Example.of("The plugin <v>provide</v> a simple way to draw charts."),
        ),
        good=(
            Example.of("It supports reading reports from the remote server."),
            Example.of("The plugin provides a simple way to draw charts."),
        ),
        needs=frozenset({Need.MODEL}),
        reads_code=True,
        precedence=Precedence.GUESS,
        not_for=frozenset({"article", "ui"}),
        status=Status.STABLE if sensitivity == "high" else Status.PREVIEW,
    )


def make_finder(sensitivity: str) -> Callable[[Document], Iterator[Hit]]:
    """Return the finder at an operating point."""

    def find(document: Document) -> Iterator[Hit]:
        lower_files.FILES.require()
        model_files.FILES.require()
        tuned = model_files.FILES.read_card()["decoding"]
        places = [i for i, s in enumerate(document.segments) if s.target and s.target != s.reference]
        readings = read_side_by_side(inference.infer, [document.segments[i].target or "" for i in places])
        for place, reading in zip(places, readings, strict=True):
            for slip in find_slips(reading, tuned, sensitivity):
                yield _make_hit(place, slip, slip.span.of(reading.target.text))

    return find


def _make_hit(place: int, slip: Slip, text: str) -> Hit:
    share = f"{slip.confidence:.0%}"
    if slip.is_gap:
        message = f"A word may be missing before “{text}”; editors change such places {share} of the time."
    else:
        message = f"Editors of documentation change wording like “{text}” {share} of the time."
    return Hit(
        rule=RULE,
        segment=place,
        span=slip.span,
        message=message,
        suggestions=(slip.instead,) if slip.instead else (),
        confidence=slip.confidence,
        category="Linguistic conventions",
        severity="minor",
    )
