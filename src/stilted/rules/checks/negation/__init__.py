"""Negations that stand on one side only, and words that say the opposite of the reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Document, Example, Hit, Need, Rule, SegmentFinder, Status
from stilted.rules.checks.negation import against_reference, against_source, opposites

_WORDS: Final = re.compile(r"[^\W\d_]+")


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        if segment.target and segment.source:
            yield from against_source.find_contradictions(number, segment, document.source_language)
        if segment.target and segment.reference:
            words = frozenset(_WORDS.findall(segment.target.lower()))
            reference_words = frozenset(_WORDS.findall(segment.reference.lower()))
            yield from against_reference.find_contradictions(number, segment, words, reference_words)
            yield from opposites.find_opposites(number, segment, words, reference_words)


RULES = (
    Rule(
        id="negation/added",
        category="Accuracy/Mistranslation",
        severity="major",
        message="The reference says this without a negation.",
        why="A negation too many turns the statement round; engines get lost in double negations of the source.",
        find=_find,
        bad=(
            Example.of(
                "The bridge is <v>not</v> open to lorries.",
                "The bridge is open to lorries.",
                reference="The bridge has been opened to lorries.",
            ),
            Example.of("She <v>isn't</v> ready.", "She is ready.", reference="She is ready to go."),
            Example.of("The outcome is <v>unclear</v>.", "The outcome is clear.", reference="The outcome is clear."),
            Example.of(
                "The low form could <v>not</v> be of use to few people.",
                "The low form could be of use to few people.",
                reference="The low variant could be of use to few people.",
            ),
        ),
        good=(
            Example.of("The bridge is not open.", reference="The bridge is closed, and lorries cannot cross it."),
            Example.of("It is not clear.", reference="It is unclear."),
            Example.of("They did not have the means.", reference="They lacked the means."),
            Example.of("It is not only fast but cheap.", reference="It is fast and also cheap."),
            Example.of("It did not rain on Sunday.", reference="Sunday was dry."),
            Example.of("I couldn't agree more.", reference="I agree completely."),
        ),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.5,
    ),
    Rule(
        id="negation/missing",
        category="Accuracy/Mistranslation",
        severity="major",
        message="The reference has a negation here.",
        why="A lost negation turns the statement round, and nothing else in the sentence gives it away.",
        find=_find,
        bad=(
            Example.of(
                "The bridge <v>is</v> open to lorries.",
                "The bridge is not open to lorries.",
                reference="The bridge is not open to lorries.",
            ),
            Example.of("He <v>knew</v> her name.", None, reference="He never knew her name."),
        ),
        good=(
            Example.of("The bridge remains closed.", reference="The bridge did not open; lorries remain banned."),
            Example.of("We have to ask.", reference="We can't help but ask."),
            Example.of("She failed to see it.", reference="She did not see it."),
        ),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.5,
    ),
    Rule(
        id="negation/opposite",
        category="Accuracy/Mistranslation",
        severity="major",
        message="The reference says the opposite.",
        why="Engines swap words that stand in the same places: more for less, before for after, clear for unclear.",
        find=_find,
        bad=(
            Example.of(
                "Output <v>decreased</v> by a tenth.",
                "Output increased by a tenth.",
                reference="Output increased by a tenth.",
            ),
        ),
        good=(
            Example.of("Output fell by a tenth.", reference="Output decreased by a tenth."),
            Example.of("The outcome is unclear.", reference="The outcome is not clear."),
        ),
        needs=frozenset({Need.REFERENCE}),
        status=Status.PREVIEW,
        confidence=0.4,
    ),
    Rule(
        id=against_source.RULE,
        category="Accuracy/Mistranslation",
        severity="major",
        message="Only one of source and translation has a negation.",
        why="A lost or added negation turns the statement round, and nothing else in the sentence gives it away.",
        find=_find,
        bad=(
            Example.of("The bridge is <v>not</v> open to lorries today.", None, source="这座桥今天对卡车开放。"),
            Example.of("The bridge <v>is</v> open to lorries today.", None, source="这座桥今天并没有对卡车开放。"),
        ),
        good=(
            Example.of("The bridge is closed to lorries today.", source="这座桥今天并没有对卡车开放。"),
            Example.of("It is not only fast but cheap.", source="它不仅快，而且便宜。"),
            Example.of("It is not easy to cross the bridge.", source="过桥很难。"),
            Example.of("The name is required in this field.", source="此字段的名称不能为空。"),
        ),
        needs=frozenset({Need.SOURCE}),
        not_for=frozenset({"docs", "ui"}),  # freely translated: there `adequacy/contradiction` asks a model, too
        confidence=0.7,
    ),
)
