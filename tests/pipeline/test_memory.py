"""What is remembered of a text that changes is what would be found in it anew."""

from __future__ import annotations

from collections import Counter

import pytest

from stilted import api
from stilted.core.model import Document, Hit, Rule, Segment, SegmentFinder
from stilted.pipeline.memory import Memory


def _document(rules: list[Rule]) -> Document:
    examples = [example for rule in rules for example in (*rule.bad, *rule.good)]
    segments = (
        Segment(str(number), example.text, example.reference, example.source) for number, example in enumerate(examples)
    )
    return Document("examples", tuple(segments), has_reference=True, has_source=True)


@pytest.mark.long
def test_finders_of_segments_look_at_each_alone_and_are_asked_about_new_ones_only() -> None:
    shared: dict[SegmentFinder, list[Rule]] = {}
    for rule in api.list_rules():
        if isinstance(rule.find, SegmentFinder):
            shared.setdefault(rule.find, []).append(rule)
    assert len(shared) > 5
    for find, rules in shared.items():
        document = _document(rules)
        together = set(find(document))
        assert together
        memory = Memory()
        for number, _ in enumerate(document.segments):
            alone = Document("examples", document.segments[number : number + 1], has_reference=True, has_source=True)
            kept = {(hit.span, hit.rule, hit.message) for hit in together if hit.segment == number}
            assert {(hit.span, hit.rule, hit.message) for hit in memory.ask(find, alone)} == kept, rules[0].family


def test_what_stands_still_is_not_looked_at_again() -> None:
    asked: Counter[str] = Counter()

    def _find(document: Document) -> list[Hit]:
        asked.update(segment.target or "" for segment in document.segments)
        return []

    memory, find = Memory(), SegmentFinder(_find)
    for texts in (["a", "b"], ["a", "new", "b", "a"], ["b"]):
        document = Document("d", tuple(Segment(str(1), text) for text in texts))
        list(memory.ask(find, document))
        list(memory.ask(_find, document))
    assert asked == Counter({"a": 1 + 3, "b": 1 + 3, "new": 1 + 1})
