"""Alignment: every sentence once and in order, what belongs together is together, what does not is left."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stilted.text.align import LONGEST, Bead, align
from stilted.text.align.bead_score import SHAPES
from stilted.text.align.moved import rejoin
from stilted.text.align.search_band import FULL, find_anchors, find_heaviest_chain, find_limits
from stilted.text.align.vectors import list_words

TARGET = [
    "New bridge over the river is opened",
    "On Friday morning the mayor opened the new bridge over the river.",
    "Its construction has taken four years and cost 80 million euros.",
    "Hundreds of residents came to the ceremony.",
    "They walked over the bridge.",
    "The old ferry will stop its operation at the end of the month.",
    "Its captain, Anna Berg, said she would miss the passengers.",
]
REFERENCE = [
    "River bridge opens at last",
    "The mayor opened the new river bridge on Friday morning.",
    "Four years in the making, it cost 80 million euros.",
    "Hundreds of residents attended the ceremony and walked across the bridge.",
    "The old ferry stops running at the end of the month.",
    "Its captain, Anna Berg, said she would miss her passengers.",
]
ADVERTS = ["Portable lamp", "Portable Lamp ,Camping Lamp,Solar Lamp", "Brightwater Co., Ltd. , https://bright.example"]
FOREIGN = [
    "The orchestra tunes its instruments in the cellar.",
    "Wheat prices fell sharply in Chicago.",
    "A goalkeeper injured his left knee during training.",
]

sentence = st.one_of(st.text(max_size=20), st.sampled_from([*TARGET, *REFERENCE, "", " ", "…", "\ud800", "a"]))
side = st.lists(sentence, max_size=25)


def assert_complete(beads: tuple[Bead, ...], target: list[str], reference: list[str]) -> None:
    i = j = 0
    for bead in beads:
        assert (bead.target[0], bead.reference[0]) == (i, j), "nothing is left out, nothing comes twice"
        shape = (bead.target[1] - i, bead.reference[1] - j)
        assert shape in {*SHAPES, (1, 0), (0, 1)} or (min(shape) == 1 and max(shape) <= LONGEST)
        assert bead.paired == (0 not in shape)
        i, j = bead.target[1], bead.reference[1]
    assert (i, j) == (len(target), len(reference))


def pairs(beads: tuple[Bead, ...]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return [(bead.target, bead.reference) for bead in beads if bead.paired]


@settings(deadline=None)
@given(side, side)
def test_every_sentence_is_in_exactly_one_bead_in_order(target: list[str], reference: list[str]) -> None:
    assert_complete(align(target, reference), target, reference)


@settings(deadline=None)
@given(side, side)
def test_alignment_is_deterministic(target: list[str], reference: list[str]) -> None:
    assert align(target, reference) == align(target, reference)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*TARGET, *FOREIGN, *ADVERTS]), max_size=30))
def test_identical_texts_are_aligned_one_to_one(text: list[str]) -> None:
    assert pairs(align(text, text)) == [((i, i + 1), (i, i + 1)) for i in range(len(text))]


def test_paraphrase_with_a_title_and_a_merged_sentence() -> None:
    assert pairs(align(TARGET, REFERENCE)) == [
        ((0, 1), (0, 1)), ((1, 2), (1, 2)), ((2, 3), (2, 3)), ((3, 5), (3, 4)), ((5, 6), (4, 5)), ((6, 7), (5, 6)),
    ]  # fmt: skip


def test_the_other_way_round_is_the_mirror_image() -> None:
    there = [(bead.reference, bead.target) for bead in align(TARGET, REFERENCE) if bead.paired]
    assert pairs(align(REFERENCE, TARGET)) == there


@pytest.mark.parametrize("foreign", [ADVERTS, FOREIGN], ids=["adverts", "other news"])
def test_foreign_text_at_either_end_stays_unaligned(foreign: list[str]) -> None:
    n = len(foreign)
    beads = align([*foreign, *TARGET, *foreign], REFERENCE)
    shifted = [((a + n, b + n), there) for (a, b), there in pairs(align(TARGET, REFERENCE))]
    assert pairs(beads) == shifted


@pytest.mark.parametrize("missing", range(len(REFERENCE)))
def test_an_omitted_sentence_is_left_over_and_the_rest_still_aligned(missing: int) -> None:
    shortened = REFERENCE[:missing] + REFERENCE[missing + 1 :]
    beads = align(shortened, REFERENCE)
    left = [bead.reference for bead in beads if not bead.paired]
    assert left == [(missing, missing + 1)]


LIST = (
    "The ministry promises new schools, cheaper buses, a second bridge over the river, longer opening hours of the "
    "library, a park beside the station and free lunches for all children."
)
POINTS = [
    "The ministry promises new schools.",
    "Buses become cheaper.",
    "There will be a second bridge over the river.",
    "The library will have longer opening hours.",
    "A park beside the station is planned.",
    "Lunches will be free for all children.",
]


@pytest.mark.parametrize("number", [4, 5, 6])
def test_a_sentence_that_was_cut_into_many_takes_all_of_them(number: int) -> None:
    target, reference = [*TARGET[:2], LIST, *TARGET[5:]], [*REFERENCE[:2], *POINTS[:number], *REFERENCE[4:]]
    wanted = ((2, 3), (2, 2 + number))
    assert wanted in pairs(align(target, reference))
    assert wanted[::-1] in pairs(align(reference, target))


def test_what_is_left_over_beside_a_sentence_is_not_taken_for_a_part_of_it() -> None:
    target = [*TARGET[:3], *FOREIGN, *TARGET[3:]]
    linked = {i for i, j in ((i, j) for a, b in pairs(align(target, REFERENCE)) for i in range(*a) for j in range(*b))}
    assert linked.isdisjoint(range(3, 6))


def moved(target: list[str], reference: list[str]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return [(b.target, b.reference) for b in rejoin(align(target, reference), target, reference) if b.moved]


def test_passages_that_changed_places_are_paired() -> None:
    target = [*TARGET[:2], *TARGET[5:], *TARGET[2:5]]
    assert moved(target, REFERENCE) in ([((2, 3), (4, 5)), ((3, 4), (5, 6))], [((4, 5), (2, 3)), ((5, 7), (3, 4))])
    assert moved(REFERENCE, REFERENCE) == []


def test_what_has_no_like_anywhere_stays_alone() -> None:
    assert moved([*FOREIGN, *TARGET], [*REFERENCE, *ADVERTS]) == []


@settings(deadline=None)
@given(side, side)
def test_after_rejoining_every_sentence_is_still_in_exactly_one_bead(target: list[str], reference: list[str]) -> None:
    beads = rejoin(align(target, reference), target, reference)
    assert [i for bead in beads for i in range(*bead.target)] == list(range(len(target)))
    assert sorted(j for bead in beads for j in range(*bead.reference)) == list(range(len(reference)))
    assert_complete(tuple(bead for bead in align(target, reference)), target, reference)


def test_lone_leftovers_are_paired_by_place_inside_but_not_at_the_ends() -> None:
    one, other = "My answer was uncertain.", "I said I wasn’t quite sure."
    assert ((1, 2), (1, 2)) in pairs(align([TARGET[1], one, TARGET[2]], [REFERENCE[1], other, REFERENCE[2]]))
    assert pairs(align([TARGET[1], one], [REFERENCE[1], other])) == [((0, 1), (0, 1))]
    long = "Wheat prices fell sharply in Chicago, " * 5
    assert len(pairs(align([TARGET[1], one, TARGET[2]], [REFERENCE[1], long, REFERENCE[2]]))) == 2


@pytest.mark.parametrize(
    ("target", "reference"),
    [([], []), ([], ["One."]), (["One."], []), ([""], [""]), (["…"], ["One."]), (["a"] * 50, ["b"] * 40)],
)
def test_nothing_to_align(target: list[str], reference: list[str]) -> None:
    beads = align(target, reference)
    assert_complete(beads, target, reference)
    assert len(pairs(beads)) == 0 or target == reference


def test_two_single_sentences() -> None:
    assert pairs(align(["The car rolled off the line."], ["The vehicle came off the line."])) == [((0, 1), (0, 1))]


def made_up(size: int, rng: random.Random) -> list[str]:
    stock = [f"w{int(rng.paretovariate(0.35)):x}" for _ in range(20_000)]
    return [" ".join(rng.choices(stock, k=rng.randint(5, 30))) for _ in range(size)]


def translated(sentences: list[str], rng: random.Random) -> list[str]:
    stock = [word for s in sentences for word in s.split()]
    return [" ".join(w if rng.random() < 0.6 else rng.choice(stock) for w in s.split()) for s in sentences]


@pytest.mark.long
def test_long_texts_stay_aligned_over_a_long_insertion() -> None:
    rng = random.Random(1)
    target = made_up(2000, rng)
    extra = made_up(400, rng)
    reference = translated(target, rng)
    reference = reference[:700] + extra + reference[700:]
    beads = align(target, reference)
    assert_complete(beads, target, reference)
    right = sum(
        bead.paired and bead.reference[0] - bead.target[0] == (400 if bead.target[0] >= 700 else 0) for bead in beads
    )
    assert right > 1950


@pytest.mark.long
@pytest.mark.parametrize("kind", ["reversed", "unrelated", "all the same", "one word each"])
def test_texts_without_anchors_are_aligned_whole(kind: str) -> None:
    """Filled whole up to a number of cells and within a band beyond it, so that time is bounded: see `search_band`."""
    rng = random.Random(2)
    size = 2600 if kind == "reversed" else 1000  # the first is beyond what is filled whole or within budget
    target = made_up(size, rng)
    reference = {
        "reversed": target[::-1],
        "unrelated": made_up(size, rng),
        "all the same": ["The same again."] * size,
        "one word each": [s.split()[0] for s in target],
    }[kind]
    if kind == "all the same":
        target = reference
    beads = align(target, reference)
    assert_complete(beads, target, reference)
    if kind == "all the same":
        assert len(pairs(beads)) == size


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1200), st.integers(0, 1200), st.integers(0, 3))
def test_a_path_leads_through_the_band(n: int, m: int, seed: int) -> None:
    rng = random.Random(seed)
    text = made_up(max(n, m), rng)
    left, right = [list_words(s) for s in text[:n]], [list_words(s) for s in text[max(n, m) - m :]]
    low, high = find_limits(left, right)
    assert len(low) == len(high) == n + 1
    assert low[0] == 0
    assert high[n] == m
    assert (low <= high).all()
    assert (low >= 0).all()
    assert (high <= m).all()
    assert (low[1:] >= low[:-1]).all()
    assert (high[1:] >= high[:-1]).all()
    assert (low[1:] <= high[:-1]).all(), "each row overlaps the one before it"
    if (n + 1) * (m + 1) <= FULL:
        assert (low == 0).all()
        assert (high == m).all()


def test_anchors_are_pairs_that_share_what_occurs_nowhere_else() -> None:
    left = [list_words(s) for s in TARGET]
    assert find_anchors(left, left) == [(i, i) for i in range(len(left))]
    assert find_anchors([list_words("the same")] * 5, [list_words("the same")] * 5) == []


@settings(deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.integers(1, 5), max_size=10))
def test_heaviest_chain_is_the_best_of_all_chains(votes: dict[tuple[int, int], int]) -> None:
    best = {(): 0}
    for pair in sorted(votes):
        grown = {
            (*c, pair): w + votes[pair] for c, w in best.items() if not c or (c[-1][0] < pair[0] and c[-1][1] < pair[1])
        }
        best |= grown
    chain = find_heaviest_chain(votes.items())
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(chain))
    assert sum(votes[pair] for pair in chain) == max(best.values())
