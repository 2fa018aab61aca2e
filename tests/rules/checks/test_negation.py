"""Negations on one side only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.core.model import Finding
from stilted.pipeline import detect
from stilted.pipeline.build import build_segments
from stilted.rules.checks import negation


def found(target: str, reference: str, source: str | None = None) -> tuple[Finding, ...]:
    return detect.run(negation.RULES, build_segments("t", [target], [reference], [source] if source else None))[0]


@pytest.mark.parametrize(
    ("target", "reference"),
    [
        ("It was not clear why.", "It was unclear why."),
        ("He can't help laughing.", "He has to laugh."),
        ("They did not have enough money.", "They lacked money."),
        ("She no longer lives here.", "She does not live here any longer."),
        ("There is no doubt that it works.", "It works, certainly."),
        ("This is not limited to Europe.", "This goes for Europe and elsewhere."),
        ("It is hard to see.", "You cannot see it well."),
        ("You should avoid walking at noon.", "You had better not walk at noon."),
        ("I don't know whether it is ready or not.", "I don't know if it is ready."),
        ("Neither of them came.", "Both of them did not come."),
    ],
)
def test_other_wordings_of_a_denial_are_left_alone(target: str, reference: str) -> None:
    assert found(target, reference) == ()
    assert found(reference, target) == ()


@pytest.mark.parametrize(
    ("target", "reference", "marked", "fix"),
    [
        ("The court did not hear the case.", "The case was heard by the court.", "not", ("",)),
        ("They can't swim in the lake.", "They can swim in this lake.", "can't", ("can",)),
        ("She came without her umbrella.", "She came with her umbrella.", "without", ("with",)),
        ("The lake will be open in winter.", "In winter the lake won't be open.", "will", ("will not",)),
        ("The team arrived on time.", "The team never arrived on time.", "arrived", ()),
    ],
)
def test_reversed_statements(target: str, reference: str, marked: str, fix: tuple[str, ...]) -> None:
    (finding,) = found(target, reference)
    assert finding.text == marked
    assert finding.suggestions in (fix, ())


def test_a_chinese_source_without_denial_sides_with_the_translation() -> None:
    target, reference = "He had motives.", "He had no motives."
    assert found(target, reference)
    assert found(target, reference, "他没有动机。")
    assert not found(target, reference, "他另有动机。")


@given(
    st.lists(st.sampled_from("not no never can't is unclear clear without the lake, . more less".split()), max_size=12)
)
def test_equal_texts_never_contradict_each_other(words: list[str]) -> None:
    text = " ".join(words) or "x"
    assert found(text, text) == ()
    assert all(f.text for f in found(text, "The lake is clear."))
