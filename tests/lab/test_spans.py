"""Span measures, matching, chance and intervals: values worked out by hand, and properties."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.lab.evaluation import bootstrap, calibration, chance, spans
from stilted.lab.evaluation.spans import FIELDS, Pair, compute_figures, tally


def counted(predicted: list[Pair], gold: list[Pair]) -> dict[str, float]:
    return dict(zip(FIELDS, tally(predicted, gold), strict=True))


def span_lists(limit: int = 40, most: int = 5) -> st.SearchStrategy[list[Pair]]:
    one = st.tuples(st.integers(0, limit - 1), st.integers(1, 12)).map(lambda p: (p[0], p[0] + p[1]))
    return st.lists(one, max_size=most, unique=True)


def test_one_prediction_over_part_of_one_mark_earns_its_share_of_both() -> None:
    # Prediction [2, 6) and mark [4, 12): 2 characters in common, of 4 and of 8.
    shares = counted([(2, 6)], [(4, 12)])
    assert (shares["precision_credit"], shares["recall_credit"]) == (0.5, 0.25)
    assert (shares["exact"], shares["overlap"], shares["touching"], shares["touched"]) == (0, 1, 1, 1)
    assert (shares["char_both"], shares["char_predicted"], shares["char_gold"]) == (2, 4, 8)
    total = compute_figures(tally([(2, 6)], [(4, 12)]))
    assert total["mpp"] == {"precision": 0.5, "recall": 0.25, "f1": pytest.approx(1 / 3)}
    assert total["char"] == {"precision": 0.5, "recall": 0.25, "f1": pytest.approx(1 / 3)}


def test_a_whole_segment_pairs_with_one_mark_only() -> None:
    # [0, 20) over marks of 4 and 6: the best pair is the longer one: P = 6/20 / 1, R = 1 / 2.
    total = compute_figures(tally([(0, 20)], [(1, 5), (10, 16)]))
    assert total["mpp"]["precision"] == pytest.approx(0.3)
    assert total["mpp"]["recall"] == 0.5
    assert total["touch"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert total["char"]["precision"] == 0.5
    assert total["char"]["recall"] == 1.0


def test_a_chain_is_not_matched_greedily() -> None:
    # The best single pair, [3, 9) with [3, 8), would leave [0, 4) without a partner.
    predicted, gold = [(0, 4), (3, 9)], [(3, 8), (8, 10)]
    tally = counted(predicted, gold)
    # Keeping it: P = 5/6, R = 1. Two pairs: P = 1/4 + 1/6, R = 1/5 + 1/2. The single pair wins on F.
    assert tally["precision_credit"] == pytest.approx(5 / 6)
    assert tally["recall_credit"] == 1
    assert tally["overlap"] == 2


def test_counts_are_summed_before_they_are_divided() -> None:
    # Micro: the empty segment adds nothing, the false alarm adds a prediction.
    total = np.sum([tally([(0, 5)], [(0, 5)]), tally([], []), tally([(0, 9)], [])], axis=0)
    assert compute_figures(total)["mpp"] == {"precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3)}
    assert compute_figures(total)["exact"]["precision"] == 0.5


def test_saying_nothing_has_precision_one_by_definition() -> None:
    total = compute_figures(tally([], [(0, 3)]))
    for name in ("mpp", "exact", "overlap", "char"):
        assert total[name] == {"precision": 1.0, "recall": 0.0, "f1": 0.0}


def test_overlapping_spans_cover_each_character_once() -> None:
    tally = counted([(0, 6), (4, 10)], [(2, 5), (3, 8)])
    assert (tally["char_predicted"], tally["char_gold"], tally["char_both"]) == (10, 6, 6)


@given(span_lists())
def test_perfect_predictions_score_one(gold: list[Pair]) -> None:
    total = compute_figures(tally(gold, gold))
    for name in ("mpp", "exact", "overlap", "char"):
        assert total[name]["f1"] == pytest.approx(1.0)


@given(span_lists(), span_lists(), st.integers(0, 1000))
def test_shifting_both_sides_changes_nothing(predicted: list[Pair], gold: list[Pair], by: int) -> None:
    moved = [[(s + by, e + by) for s, e in side] for side in (predicted, gold)]
    assert tally(*moved) == tally(predicted, gold)


@given(span_lists(), span_lists())
def test_swapping_sides_swaps_precision_and_recall(predicted: list[Pair], gold: list[Pair]) -> None:
    one, other = compute_figures(tally(predicted, gold)), compute_figures(tally(gold, predicted))
    for name in ("exact", "overlap", "char", "touch"):
        if predicted and gold:
            assert one[name]["precision"] == other[name]["recall"]


@given(span_lists(), span_lists())
def test_no_measure_leaves_zero_to_one_and_pairs_are_bounded(predicted: list[Pair], gold: list[Pair]) -> None:
    counts = counted(predicted, gold)
    assert counts["exact"] <= counts["overlap"] <= min(len(set(predicted)), len(set(gold)))
    assert counts["precision_credit"] <= counts["overlap"] + 1e-9
    assert counts["overlap"] <= min(counts["touching"], counts["touched"])
    for value in compute_figures(tally(predicted, gold)).values():
        assert all(0 <= part <= 1 + 1e-12 for part in value.values())


def every_matching(predicted: list[Pair], gold: list[Pair]) -> list[tuple[float, float, int]]:
    """(precision credit, recall credit, pairs) of every one-to-one matching, however bad."""
    out = []
    slots: list[int | None] = [*range(len(gold)), *[None] * len(predicted)]
    for chosen in set(itertools.permutations(slots, len(predicted))):
        p = r = 0.0
        pairs = 0
        for (start, end), j in zip(predicted, chosen, strict=True):
            common = 0 if j is None else min(end, gold[j][1]) - max(start, gold[j][0])
            if j is not None and common > 0:
                p, r, pairs = p + common / (end - start), r + common / (gold[j][1] - gold[j][0]), pairs + 1
        out.append((p, r, pairs))
    return out


@given(span_lists(15, 3), span_lists(15, 4))
def test_matching_is_optimal(predicted: list[Pair], gold: list[Pair]) -> None:
    if not predicted or not gold:
        return
    tally = counted(predicted, gold)
    options = every_matching(predicted, gold)
    best = max(spans.compute_f1(p / len(predicted), r / len(gold)) for p, r, _ in options)
    measured = spans.compute_f1(tally["precision_credit"] / len(predicted), tally["recall_credit"] / len(gold))
    assert measured == pytest.approx(best)
    assert any(
        tally["precision_credit"] == pytest.approx(p) and tally["recall_credit"] == pytest.approx(r)
        for p, r, _ in options
    )
    assert tally["overlap"] == max(pairs for _, _, pairs in options)


def test_hostile_crowds_are_matched_in_bounded_time() -> None:
    crowd = [(i, i + 50) for i in range(120)]
    other = [(i, i + 37) for i in range(3, 123)]
    tally = counted(crowd, other)
    assert tally["overlap"] == 120
    assert 0 < tally["precision_credit"] <= 120


TEXT = "one two three four five six"


def test_one_window_is_averaged_over_every_place() -> None:
    # Two words at five places; gold is "three" (8-13). Places 2-3 and 3-4 touch it: 2 of 5.
    # "two three" has 9 characters of which 5, "three four" has 10 of which 5.
    tally = dict(zip(FIELDS, chance.expect_tally(TEXT, [(0, 7)], [(8, 13)], "seed"), strict=True))
    assert tally["touching"] == pytest.approx(2 / 5)
    assert tally["precision_credit"] == pytest.approx((5 / 9 + 5 / 10) / 5)
    assert tally["recall_credit"] == pytest.approx(2 / 5)
    assert tally["char_both"] == pytest.approx(2 * 5 / 5)
    assert (tally["predicted"], tally["gold"]) == (1, 1)


def test_chance_of_nothing_is_nothing_and_of_everything_is_everything() -> None:
    gold = [(4, 7), (14, 18)]
    assert chance.expect_tally(TEXT, [], gold, "s") == tally([], gold)
    assert chance.expect_tally(TEXT, [(0, len(TEXT))], gold, "s") == tally([(0, len(TEXT))], gold)


def test_chance_agrees_with_simulation() -> None:
    text = " ".join(f"word{i}" for i in range(12))
    predicted, gold = [(0, 11), (30, 35)], [(6, 17), (40, 50), (51, 53)]
    drawn = list(chance.list_arrangements(text, predicted, "x", samples=3000))
    expected = np.mean([tally(windows, gold) for windows in drawn], axis=0)
    # An independent simulation: draw both first words at random and keep the placements without overlap.
    words = chance.find_word_spans(text)
    dice = random.Random(4)
    kept: list[tuple[float, ...]] = []
    while len(kept) < 3000:
        two, one = dice.randrange(11), dice.randrange(12)
        if one not in (two, two + 1):
            kept.append(tally([(words[two][0], words[two + 1][1]), words[one]], gold))
    assert expected == pytest.approx(np.mean(kept, axis=0), abs=0.12)


@given(st.lists(st.sampled_from(["a", "bit", "longer"]), min_size=1, max_size=12), st.data())
def test_windows_have_the_words_of_the_predictions_and_do_not_overlap(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    words = chance.find_word_spans(text)
    cuts = data.draw(st.lists(st.integers(0, len(words)), max_size=6, unique=True).map(sorted))
    predicted = [(words[a][0], words[b - 1][1]) for a, b in itertools.pairwise(cuts)][::2]
    if not predicted:
        return
    sizes = sorted(chance.count_words_touched(predicted, words))
    for windows in chance.list_arrangements(text, predicted, "seed"):
        assert sorted(chance.count_words_touched(windows, words)) == sizes
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(sorted(windows)))


def test_sampling_depends_on_the_seed_alone() -> None:
    spans_ = [(0, 3), (8, 13)]
    assert list(chance.list_arrangements(TEXT, spans_, "a")) == list(chance.list_arrangements(TEXT, spans_, "a"))
    assert list(chance.list_arrangements(TEXT, spans_, "a")) != list(chance.list_arrangements(TEXT, spans_, "b"))


def test_the_difference_marks_runs_of_words_that_the_reference_lacks() -> None:
    text = "The quick lift goes directly up, he said."
    marked = [text[s:e] for s, e in chance.mark_difference(text, "The elevator goes up, he said.")]
    assert marked == ["quick lift", "directly"]
    assert chance.mark_difference(text, None) == []
    assert chance.mark_difference(text, text.upper()) == []


def test_the_longest_half_is_marked_whole() -> None:
    assert chance.mark_longest(["aa", "bbbb", "cc", "ddd"]) == [[], [(0, 4)], [], [(0, 3)]]


def test_reliability_and_calibration_error_by_hand() -> None:
    # 0.72 and 0.78 with one hit: mean 0.75, rate 0.5; 1.0 with a hit. ECE = (2 * 0.25 + 1 * 0) / 3.
    bins = calibration.list_bins([(0.72, True), (1.0, True), (0.78, False)])
    assert [(b.low, b.count, b.hit_rate) for b in bins] == [(0.7, 2, 0.5), (0.9, 1, 1.0)]
    assert bins[0].confidence == pytest.approx(0.75)
    assert calibration.measure_error(bins) == pytest.approx(0.5 / 3)
    assert calibration.measure_error(()) is None


def test_intervals_resample_documents() -> None:
    values = np.array([[1.0, 1.0], [1.0, 1.0], [0.0, 1.0], [0.0, 2.0]])
    sums = bootstrap.sum_by_document(["x", "x", "y", "z"], values)
    assert sums.tolist() == [[2.0, 2.0], [0.0, 1.0], [0.0, 2.0]]
    bounds = bootstrap.find_interval(sums, lambda t: t[0] / t[1], seed=1)
    assert bounds == bootstrap.find_interval(sums, lambda t: t[0] / t[1], seed=1)
    assert bounds is not None
    assert 0.0 <= bounds[0] < 0.4 < bounds[1] <= 1.0
    assert bootstrap.find_interval(sums[:1], lambda t: t[0], seed=1) is None


def test_the_interval_of_a_mean_is_about_two_standard_errors() -> None:
    dice = np.random.default_rng(3)
    sample = dice.normal(size=400)
    sums = np.stack([sample, np.ones(400)], axis=1)
    low, high = bootstrap.find_interval(sums, lambda t: t[0] / t[1], seed=0) or (0.0, 0.0)
    assert high - low == pytest.approx(2 * 1.96 * sample.std() / 20, rel=0.1)
