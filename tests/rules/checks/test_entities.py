"""Names beside the reference's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.pipeline import detect
from stilted.pipeline.build import build_document, build_segments
from stilted.rules.checks import entities


def find_in(target: str, reference: str) -> list[tuple[str, str, str]]:
    hits = detect.run(entities.RULES, build_segments("t", [target], [reference]))[0]
    return [(f.rule.partition("/")[2], f.text, f.suggestions[0]) for f in hits]


def test_seed_firm_is_told_once() -> None:
    target = "In May Xiaopeng Motors opened. In June Xiaopeng Motors closed again."
    reference = "In May XPeng opened its doors. In June XPeng closed its doors again."
    hits = detect.run(entities.RULES, build_document("t", target, reference))[0]
    assert [(f.text, f.start, f.suggestions) for f in hits] == [("Xiaopeng Motors", 7, ("XPeng",))]


def test_other_and_swapped_names() -> None:
    assert find_in("Then Megan Marsh sang.", "Then Meghan Marsh sang.") == [
        ("other-name", "Megan Marsh", "Meghan Marsh")
    ]
    assert find_in("Then Yamin Zhao sang.", "Then Zhao Yamin sang.") == [("swapped-name", "Yamin Zhao", "Zhao Yamin")]


@pytest.mark.parametrize(
    ("target", "reference"),
    [
        ("The Japanese army left.", "It was Japan's army that left."),
        ("In Zürich the UN met.", "In Zurich the United Nations met."),
        ("Yesterday Ms Holm spoke.", "Mrs Holm spoke yesterday."),
        ("The town of Lüneburg voted.", "The town elected Peter Marsh."),
        ("Marsh Peter Wins Again In Lower Town", "Peter Marsch wins again in the lower town"),
    ],
)
def test_other_wordings_are_left_alone(target: str, reference: str) -> None:
    assert find_in(target, reference) == []


@given(st.text(alphabet="ABC abc.'-é", max_size=60), st.text(alphabet="ABC abc.'-é", max_size=60))
def test_no_text_breaks_it(one: str, other: str) -> None:
    assert all(text for _, text, _ in find_in(one or "x", other or "x"))
    assert find_in(one or "x", one or "x") == []
