from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from stilted.core.document import Span, Suppression
from stilted.core.errors import UserError
from stilted.formats.remarks import IGNORE, OFF, ON, Remark, make_suppressions, note, read_remark

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}(/[a-z0-9-]{1,8})?", fullmatch=True)
BLOCKS = (Span(10, 20), Span(30, 40), Span(50, 60))


def at(offset: int, verb: str = IGNORE, *rules: str) -> Remark:
    return Remark(verb, rules, "", offset, f"a.md:{offset}")


@pytest.mark.parametrize(
    ("text", "rules", "reason"),
    [
        ("stilted-ignore", (), ""),
        ("  stilted-ignore\n", (), ""),
        ("stilted-ignore -- said on purpose", (), "said on purpose"),
        ("stilted-ignore: zh/mix-it", ("zh/mix-it",), ""),
        ("stilted-ignore: zh/mix-it, numbers -- our brand line", ("zh/mix-it", "numbers"), "our brand line"),
        ("stilted-ignore:zh/mix-it,numbers", ("zh/mix-it", "numbers"), ""),
        ("stilted-ignore: numbers — no two hyphens in XML", ("numbers",), "no two hyphens in XML"),
        ("stilted-ignore: numbers --", ("numbers",), ""),
        ("stilted-ignore: numbers -- a -- b\n   c", ("numbers",), "a -- b c"),
    ],
)
def test_a_note_accepts_findings_of_its_unit(text: str, rules: tuple[str, ...], reason: str) -> None:
    assert note(text, Span(3, 9), 5, "a.po:2") == Suppression(Span(3, 9), 5, rules, reason)


@pytest.mark.parametrize("text", ["", "Shown on the button.", "see stilted-ignore", "stilted", "A stilted-off line"])
def test_other_notes_are_left_alone(text: str) -> None:
    assert note(text, Span(0, 1), 0, "a.po:1") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stilted-ingore", "a.po:7: unknown remark 'stilted-ingore'. Did you mean 'stilted-ignore'?"),
        ("stilted-ingore: zh/mix-it", "Did you mean 'stilted-ignore'?"),
        ("stilted-ignored", "unknown remark 'stilted-ignored'. Did you mean 'stilted-ignore'?"),
        ("stilted-", "unknown remark 'stilted-'"),
        ("stilted-off: numbers", "unknown remark 'stilted-off'"),
        ("stilted-ignore:", "stilted-ignore has an empty rule name"),
        ("stilted-ignore: -- why", "stilted-ignore has an empty rule name"),
        ("stilted-ignore: a,,b", "stilted-ignore has an empty rule name"),
        ("stilted-ignore: a,", "stilted-ignore has an empty rule name"),
        ("stilted-ignore zh/mix-it", "cannot read 'zh/mix-it' behind stilted-ignore"),
        ("stilted-ignore: zh/mix-it numbers", "'zh/mix-it numbers' is not the name of a rule or family"),
        ("stilted-ignore: Zh/Mix-It", "'Zh/Mix-It' is not the name of a rule or family"),
        ("stilted-ignore: zh/", "'zh/' is not the name of a rule or family"),
    ],
)
def test_a_malformed_note_is_refused(text: str, said: str) -> None:
    with pytest.raises(UserError, match=r"a\.po:7: ") as caught:
        note(text, Span(0, 1), 0, "a.po:7")
    assert said in str(caught.value)


@given(st.lists(NAMES, max_size=4), st.text(st.characters(codec="utf-8"), max_size=30))
@settings(max_examples=examples(200))
def test_what_is_written_is_read(names: list[str], reason: str) -> None:
    reason = " ".join(reason.split())
    written = f"stilted-off{': ' if names else ''}{', '.join(names)}{f' -- {reason}' if reason else ''}"
    assert read_remark(written, 4, "a.md:1") == Remark(OFF, tuple(names), reason, 4, "a.md:1")


@given(st.text(max_size=60))
@settings(max_examples=examples(300))
def test_any_text_is_read_or_refused(text: str) -> None:
    for each in (text, "stilted-" + text, "stilted-ignore" + text, "stilted-on:" + text):
        try:
            parsed = read_remark(each, 0, "a.md:1")
        except UserError:
            continue
        assert parsed is None or parsed.verb in (IGNORE, OFF, ON)


@pytest.mark.parametrize(
    ("offset", "covered"),
    [
        (0, Span(10, 20)),  # above the first block
        (10, Span(10, 20)),  # at the very start of it
        (15, Span(10, 20)),  # within
        (20, Span(30, 40)),  # right behind it
        (45, Span(50, 60)),
        (60, Span(60, 60)),  # nothing follows
    ],
)
def test_ignore_covers_its_own_block_or_the_next(offset: int, covered: Span) -> None:
    assert make_suppressions([at(offset)], BLOCKS, (), 70) == (Suppression(covered, offset),)


def test_ignore_above_a_list_item_or_row_covers_all_of_it() -> None:
    groups = (Span(25, 61), Span(28, 41))
    assert [one.span for one in make_suppressions([at(22), at(26), at(35), at(45)], BLOCKS, groups, 70)] == [
        Span(25, 61),
        Span(28, 41),
        Span(30, 40),
        Span(50, 60),
    ]


def test_off_lasts_until_on_or_to_the_end() -> None:
    assert make_suppressions([at(1, OFF), at(33, ON), at(45, OFF, "numbers")], BLOCKS, (), 70) == (
        Suppression(Span(1, 33), 1),
        Suppression(Span(45, 70), 45, ("numbers",)),
    )


def test_on_with_names_ends_just_those() -> None:
    remarks = [at(1, OFF, "numbers", "zh/mix-it"), at(25, ON, "numbers"), at(45, ON)]
    assert make_suppressions(remarks, BLOCKS, (), 70) == (
        Suppression(Span(1, 25), 1, ("numbers",)),
        Suppression(Span(1, 45), 1, ("zh/mix-it",)),
    )


def test_on_alone_ends_all() -> None:
    assert [one.span for one in make_suppressions([at(1, OFF), at(2, OFF, "names"), at(9, ON)], (), (), 70)] == [
        Span(1, 9),
        Span(2, 9),
    ]


@pytest.mark.parametrize(
    ("remarks", "said"),
    [
        ([at(5, ON)], "a.md:5: stilted-on ends nothing. Write stilted-off above it, or delete it."),
        ([at(1, OFF), at(2, ON), at(5, ON)], "a.md:5: stilted-on ends nothing"),
        ([at(1, OFF, "names"), at(5, ON, "numbers")], "a.md:5: stilted-on: numbers ends nothing"),
        ([at(1, OFF), at(5, ON, "numbers")], "a.md:5: stilted-on: numbers ends nothing"),
        ([at(n, OFF) for n in range(200)], "a.md:100: more than 100 stilted-off are open here"),
        ([at(5, ON), at(9, OFF)], "a.md:5: stilted-on ends nothing"),
    ],
)
def test_on_that_ends_nothing_is_refused(remarks: list[Remark], said: str) -> None:
    with pytest.raises(UserError) as caught:
        make_suppressions(remarks, BLOCKS, (), 70)
    assert str(caught.value).startswith(said)
