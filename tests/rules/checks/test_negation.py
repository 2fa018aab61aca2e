"""Negations on one side only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.core.model import Finding
from stilted.pipeline import detect
from stilted.pipeline.build import build_segments
from stilted.rules.checks import negation


def find_in(target: str, reference: str, source: str | None = None) -> tuple[Finding, ...]:
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
        ("Nobody may enter until the test is done.", "All may enter after the test is done."),
        ("Visitors cannot enter until the gong sounds.", "Visitors can enter after the gong sounds."),
        ("Not only the old bridge but also the new one is closed.", "The old bridge as well as the new one is closed."),
        ("I do not think the road is safe.", "I think the road is not safe."),
        ("No, I'm showing you the lake.", "I'm showing you the lake."),
    ],
)
def test_other_wordings_of_a_denial_are_left_alone(target: str, reference: str) -> None:
    assert find_in(target, reference) == ()
    assert find_in(reference, target) == ()


@pytest.mark.parametrize(
    ("target", "reference", "marked", "fix"),
    [
        ("The court did not hear the case.", "The case was heard by the court.", "not", ("",)),
        ("They can't swim in the lake.", "They can swim in this lake.", "can't", ("can",)),
        ("She came without her umbrella.", "She came with her umbrella.", "without", ("with",)),
        ("The lake will be open in winter.", "In winter the lake won't be open.", "will", ("will not",)),
        ("The team arrived on time.", "The team never arrived on time.", "arrived", ()),
        ("It could not only be turned back by force.", "It could only be turned back by force.", "not", ("",)),
        ("There were not no differences at all.", "There were no differences at all.", "not", ("",)),
        ("The mean age was not less than nine.", "The mean age was less than nine.", "not", ("",)),
        ("There is some tool for measuring rain.", "There is no gauge for measuring rain.", "is", ("is not",)),
        ("The cause is clear.", "The cause is still unclear.", "clear", ("unclear",)),
        ("Doctors are familiar with it.", "Doctors are unfamiliar with it.", "familiar", ("unfamiliar",)),
    ],
)
def test_reversed_statements(target: str, reference: str, marked: str, fix: tuple[str, ...]) -> None:
    (finding,) = find_in(target, reference)
    assert finding.text == marked
    assert finding.suggestions in (fix, ())


def test_a_chinese_source_without_denial_sides_with_the_translation() -> None:
    target, reference = "He had motives.", "He had no motives."
    assert find_in(target, reference)
    assert find_in(target, reference, "他没有动机。")
    assert not find_in(target, reference, "他另有动机。")


@given(
    st.lists(st.sampled_from("not no never can't is unclear clear without the lake, . more less".split()), max_size=12)
)
def test_equal_texts_never_contradict_each_other(words: list[str]) -> None:
    text = " ".join(words) or "x"
    assert find_in(text, text) == ()
    assert all(f.text for f in find_in(text, "The lake is clear."))


SOURCES = [
    ("zh", "这扇门今天早上已经打开。", "The door was opened this morning."),
    ("zh", "他不知道她的名字。", "He does not know her name."),
    ("de", "Die Tür ist heute nicht offen.", "The door is not open today."),
    ("de", "Die Brücke wurde im Mai gebaut.", "The bridge was built in May."),
    ("fr", "La porte n’est pas ouverte aujourd’hui.", "The door is not open today."),
    ("es", "La puerta no está abierta hoy.", "The door is not open today."),
    ("it", "La porta non è aperta oggi.", "The door is not open today."),
    ("pt", "A porta não está aberta hoje.", "The door is not open today."),
    ("ru", "Дверь сегодня не открыта.", "The door is not open today."),
    ("ru", "Мост построили в мае этого года.", "The bridge was built in May of this year."),
]


def of_source(target: str, source: str, language: str | None) -> list[str]:
    one = build_segments("t", [target], None, [source], source_language=language)
    return [f.text for f in detect.run(negation.RULES, one)[0]]


@pytest.mark.parametrize(("language", "source", "right"), SOURCES)
def test_a_source_without_reference_tells_negations(language: str, source: str, right: str) -> None:
    assert of_source(right, source, language) == []
    wrong = right.replace(" not", "") if " not" in right else right.replace(" was ", " was not ")
    assert len(of_source(wrong, source, language)) == 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("它不仅快，而且便宜。", "It is fast, and it is cheap as well."),
        ("名称不能为空。", "The name has to be given here."),
        ("过河很难。", "It is not easy to cross the river."),
        ("他拒绝签字。", "He did not sign the letter."),
        ("The door is open.", "The door is not open."),
        ("前往 no-return 一节。", "Go to the section on no-return."),
        ("这座桥并没有开放。", "The bridge is closed to all of us."),
        ("这座桥并没有开放。", "The bridge is unopened to this day."),
    ],
)
def test_what_may_be_said_otherwise_is_no_lost_negation(source: str, target: str) -> None:
    assert of_source(target, source, "zh") == []


@pytest.mark.parametrize(
    ("target", "source", "language"),
    [
        ("The boat is not recoverable.", "El barco es irrecuperable.", "es"),
        ("The boat could not leave the harbour.", "La partenza della barca è fallita.", "it"),
        ("We do not know who rows.", "Si ignora chi rema.", "it"),
        ("It is not the same boat as before.", "Лодка отличается от прежней.", "ru"),
        ("Usage: row [BOAT]\n  -q  do not sing", "Gebrauch: row [BOOT]\n  -q  still sein und das Boot rudern", "de"),
    ],
)
def test_what_denies_in_another_way_is_no_added_negation(target: str, source: str, language: str) -> None:
    assert of_source(target, source, language) == []


def test_a_reference_that_agrees_with_the_translation_outweighs_the_source() -> None:
    one = build_segments("t", ["It is not open today."], ["It is not open now."], ["今天开放。"], source_language="zh")
    assert detect.run(negation.RULES, one)[0] == ()
