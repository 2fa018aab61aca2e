"""Pairing across languages: what surely belongs together, in order, and nothing where there is doubt."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.text.align import across_languages
from stilted.text.align.across_languages import (
    OBJECT,
    Block,
    describe_block,
    find_left_out,
    pair_blocks,
    pair_sentences,
)

PAGE = [
    ("Install the lamp", "安装灯具"),
    ("Screw the base to the wall and connect both wires.", "将底座固定在墙上，然后连接两根电线。"),
    ("Press the button for three seconds until the light turns green:", "按住按钮三秒钟，直到指示灯变为绿色："),
    ("Do not open the case while `POWER_ON` is set.", "设置 `POWER_ON` 时请勿打开外壳。"),
    ("The warranty covers two years.", "保修期为两年。"),
    ("Version 2.4 adds a timer that switches it off after midnight.", "2.4 版本新增了定时器，可在午夜之后关灯。"),
    ("Who may repair it?", "谁可以维修？"),
    ("Only an electrician should replace the fuse, since the wires may still be live.",
     "只有电工才能更换保险丝，因为电线可能仍然带电。"),
]  # fmt: skip
ENGLISH = [describe_block(english) for english, _ in PAGE]
CHINESE = [describe_block(chinese) for _, chinese in PAGE]


def without(blocks: list[Block], gone: int) -> list[Block]:
    return [block for place, block in enumerate(blocks) if place != gone]


def test_a_page_and_its_source_are_paired_block_by_block() -> None:
    assert pair_blocks(ENGLISH, CHINESE) == [(i, i) for i in range(len(PAGE))]


@pytest.mark.parametrize("gone", range(len(PAGE)))
def test_what_one_side_lacks_pairs_with_nothing(gone: int) -> None:
    lacking = [(i, i - (i > gone)) for i in range(len(PAGE)) if i != gone]
    assert set(pair_blocks(ENGLISH, without(CHINESE, gone))) <= set(lacking)
    assert set(pair_blocks(without(ENGLISH, gone), CHINESE)) <= {(j, i) for i, j in lacking}


def test_one_block_less_leaves_most_of_the_others_their_counterparts() -> None:
    kept = sum(len(pair_blocks(ENGLISH, without(CHINESE, gone))) for gone in range(len(PAGE)))
    assert kept > 0.7 * len(PAGE) * (len(PAGE) - 1)


def test_cells_that_look_alike_are_told_by_their_places() -> None:
    cells = [
        ("name", "名称"),
        ("type", "类型"),
        ("width", "宽度"),
        ("string", "string"),
        ("height", "高度"),
        ("string", "string"),
    ]
    rows = [PAGE[1], *cells, PAGE[3], PAGE[5], *cells, PAGE[7]]
    sides = [describe_block(english) for english, _ in rows], [describe_block(chinese) for _, chinese in rows]
    pairs = pair_blocks(*sides)
    assert all(i == j for i, j in pairs)
    assert len(pairs) > 0.8 * len(rows)


def test_texts_that_have_nothing_to_do_with_each_other_are_not_paired() -> None:
    other = [describe_block("春" * length) for length in (90, 4, 200, 7, 45, 160, 3)]
    assert pair_blocks(ENGLISH, other) == []


def test_a_block_that_was_cut_in_two_is_not_paired_with_half_of_itself() -> None:
    halves = [describe_block("Screw the base to the wall"), describe_block("and connect both of the wires to it.")]
    pairs = pair_blocks([ENGLISH[0], *halves, *ENGLISH[2:]], CHINESE)
    assert not {i for i, j in pairs if j == 1}
    assert len(pairs) >= len(PAGE) - 2


def test_code_tells_blocks_of_equal_length_apart() -> None:
    names = [f"`{name}`" for name in "alpha beta gamma delta epsilon zeta eta theta".split()]
    english = [describe_block(f"Use {OBJECT} for this.", [name]) for name in names]
    chinese = [describe_block(f"为此使用 {OBJECT}。", [name]) for name in names[:3] + names[4:]]
    pairs = pair_blocks(english, chinese)
    assert set(pairs) <= {(i, i - (i > 3)) for i in range(len(names)) if i != 3}
    assert len(pairs) >= 5


@given(st.lists(st.integers(1, 300), max_size=25), st.lists(st.integers(1, 300), max_size=25))
def test_pairs_rise_on_both_sides(left: list[int], right: list[int]) -> None:
    pairs = pair_blocks(*([Block(length, frozenset()) for length in side] for side in (left, right)))
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    assert all(i < len(left) and j < len(right) for i, j in pairs)


def test_a_long_text_is_cut_where_both_have_the_same_word(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [
        describe_block(f"{english} See chapter{number}x{place}.")
        for number in range(30)
        for place, (english, _) in enumerate(PAGE)
    ]
    sources = [
        describe_block(f"{chinese} 见 chapter{number}x{place}。")
        for number in range(30)
        for place, (_, chinese) in enumerate(PAGE)
    ]
    del sources[5]
    whole = pair_blocks(many, sources)
    monkeypatch.setattr(across_languages, "MOST_CELLS", 4_000)  # a table of all would have fifteen times as many
    cut = pair_blocks(many, sources)
    assert len(whole) > 200
    assert len(set(whole) & set(cut)) > 0.9 * len(whole)


def test_a_sentence_may_stand_for_two() -> None:
    english = "He opened the door and looked into the dark hall for a while. Nobody was there."
    sides = (
        [
            describe_block(text)
            for text in ("He opened the door and looked into the dark hall for a while.", "Nobody was there.")
        ],
        [describe_block(text) for text in ("他打开了门。", "他往黑暗的大厅里看了一会儿。", "那里没有人。")],
    )
    pairs = pair_sentences(*sides, len(english) / 27)
    assert set(pairs) <= {(0, range(2)), (1, range(2, 3))}


def test_several_sentences_for_one_are_not_paired() -> None:
    sides = (
        [describe_block(text) for text in ("He opened the door.", "He looked into the dark hall for a while.")],
        [describe_block("他打开了门，往黑暗的大厅里看了一会儿。")],
    )
    assert pair_sentences(*sides, 3.0) == []


def test_sentences_that_fit_are_paired_one_by_one() -> None:
    sides = ENGLISH[1:6], CHINESE[1:6]
    assert pair_sentences(*sides, 2.6) == [(i, range(i, i + 1)) for i in range(5)]


@given(
    st.lists(st.integers(1, 200), min_size=1, max_size=6),
    st.lists(st.integers(1, 200), min_size=1, max_size=6),
    st.floats(0.2, 5.0),
)
def test_runs_of_sentences_never_overlap(left: list[int], right: list[int], ratio: float) -> None:
    pairs = pair_sentences(*([Block(n, frozenset()) for n in side] for side in (left, right)), ratio)
    assert all(a < c and run.stop <= other.start for (a, run), (c, other) in pairwise(pairs))
    assert all(0 < len(run) <= 3 and run.stop <= len(right) for _, run in pairs)


def test_nothing_is_paired_with_nothing() -> None:
    assert pair_blocks([], CHINESE) == pair_blocks(ENGLISH, []) == []
    assert pair_sentences([], CHINESE, 1.0) == pair_sentences(ENGLISH, [], 1.0) == []


@pytest.mark.parametrize("gone", [2, 3, 5])
def test_what_the_translation_leaves_out_is_told(gone: int) -> None:
    sides = without(ENGLISH, gone), CHINESE
    told = list(find_left_out(pair_blocks(*sides), *sides))
    assert told in ([(gone - 1, range(gone, gone + 1))], [])
    assert not list(find_left_out(pair_blocks(ENGLISH, CHINESE), ENGLISH, CHINESE))


def test_a_page_that_ends_before_its_source_is_told() -> None:
    last = len(PAGE) - 1
    english = ENGLISH[:last]
    assert list(find_left_out(pair_blocks(english, CHINESE), english, CHINESE)) == [(last - 1, range(last, last + 1))]
    longer = [*CHINESE, *CHINESE[1:5]]
    assert not list(find_left_out([(i, i) for i in range(last)], english, longer))
    assert not list(find_left_out([(i, i) for i in range(2)], ENGLISH[:2], CHINESE[:4]))


def test_a_paragraph_that_was_merged_with_its_neighbour_is_not_left_out() -> None:
    merged = describe_block(" ".join(english for english, _ in PAGE[4:6]))
    english = [*ENGLISH[:4], merged, *ENGLISH[6:]]
    assert not list(find_left_out(pair_blocks(english, CHINESE), english, CHINESE))
