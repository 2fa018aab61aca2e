"""Agreement of scores with people: hand-made cases, and a slow second way to the same figure."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.lab.evaluation.annotations import Row
from stilted.lab.evaluation.correlation import calibrate_ties, correlate_groups, kendall, list_pairs, pearson
from stilted.lab.evaluation.scoring import measure_agreement, sample, score_against_references


def array(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64)


def test_pearson_and_kendall_by_hand() -> None:
    assert pearson(array(1, 2, 3), array(2, 4, 6)) == pytest.approx(1)
    assert pearson(array(1, 2, 3), array(1, 3, 2)) == pytest.approx(0.5)
    # Pairs: (1,2) agree, (1,3) agree, (2,3) differ -> (2 - 1) / 3.
    assert kendall(array(1, 2, 3), array(1, 3, 2)) == pytest.approx(1 / 3)
    # One human tie: tau-b = (2 - 0) / sqrt(3 * 2).
    assert kendall(array(1, 2, 3), array(1, 2, 2)) == pytest.approx(2 / np.sqrt(6))


def test_a_constant_metric_knows_nothing_and_constant_people_ask_nothing() -> None:
    assert pearson(array(4, 4, 4), array(1, 2, 3)) == 0
    assert kendall(array(4, 4, 4), array(1, 2, 3)) == 0
    assert pearson(array(1, 2, 3), array(5, 5, 5)) is None
    assert kendall(array(1), array(1)) is None


def test_groups_are_compared_inside_themselves() -> None:
    groups = np.array([0, 1, 0, 1, 2])
    correlations = correlate_groups(array(1, 9, 2, 8, 5), array(3, 1, 4, 2, 9), groups)
    assert [label for label, _ in correlations] == [0, 1]
    assert [value for _, value in correlations] == pytest.approx([1, -1])


def test_tie_calibration_by_hand() -> None:
    # Pairs of one item with human scores 0, 0, 5 and metric 1.0, 1.2, 3.0: the tie differs by 0.2.
    sizes, signs, labels = list_pairs(array(1.0, 1.2, 3.0), array(0, 0, 5), np.zeros(3, dtype=np.intp))
    assert sorted(signs.tolist()) == [0, 1, 1]
    assert labels.tolist() == [0, 0, 0]
    accuracy, threshold = calibrate_ties(sizes, signs) or (0.0, 0.0)
    assert accuracy == 1
    assert threshold == pytest.approx(0.2)


def test_the_floor_of_tie_calibration_is_the_share_of_human_ties() -> None:
    human = array(0, 0, 5, 7)
    sizes, signs, _ = list_pairs(np.zeros(4), human, np.zeros(4, dtype=np.intp))
    accuracy, threshold = calibrate_ties(sizes, signs) or (0.0, 1.0)
    assert (accuracy, threshold) == pytest.approx((1 / 6, 0.0))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=7))
def test_tie_calibration_is_the_best_over_every_threshold(scores: list[tuple[int, int]]) -> None:
    metric, human = (array(*column) for column in zip(*scores, strict=True))
    sizes, signs, _ = list_pairs(metric, human, np.zeros(len(scores), dtype=np.intp))

    def accuracy(threshold: float) -> float:
        right = 0
        for i, j in itertools.combinations(range(len(scores)), 2):
            m = 0 if abs(metric[i] - metric[j]) <= threshold else np.sign(metric[i] - metric[j])
            right += m == np.sign(human[i] - human[j])
        return right / len(sizes)

    calibrated = calibrate_ties(sizes, signs)
    assert calibrated is not None
    assert calibrated[0] == pytest.approx(max(accuracy(t) for t in (-1, 0, 1, 2, 3)))
    assert calibrated[0] == pytest.approx(accuracy(calibrated[1]))


def row(doc: str, segment: int, system: str, target: str = "A few words here.") -> Row:
    return Row(doc, str(segment), system, "r", f"source {doc} {segment}", "Some words here.", target, (), "set", "zh")


def test_agreement_of_a_perfect_metric_and_of_the_floors() -> None:
    rows = [
        row(doc, segment, system, "word " * (segment + 3 + (system == "b")))
        for doc in ("x", "y", "z")
        for segment in range(4)
        for system in ("a", "b", "c")
    ]
    worth = {"a": -1.0, "b": -3.0, "c": 0.0}
    human = np.array([worth[r.system] * (1 + int(r.segment)) for r in rows])
    table = measure_agreement(rows, human, {"oracle": human, "contrary": -human}, seed=0, resamples=50)
    assert list(table) == ["oracle", "contrary", "constant", "minus length"]
    for key in ("pearson_item", "acc_t", "pearson_pooled", "pearson_document", "kendall_document", "system_accuracy"):
        assert table["oracle"][key] == pytest.approx(1)
    assert table["oracle"]["pearson_item_interval"] == [pytest.approx(1), pytest.approx(1)]
    assert table["contrary"]["system_accuracy"] == 0
    assert table["constant"]["acc_t"] == 0  # no human ties, and none to win
    assert table["constant"]["pearson_item"] == 0
    assert table["minus length"]["pearson_item"] == pytest.approx(np.sqrt(25 / 28))  # 0, -1, 0 against -1, -3, 0


def test_sentence_scores_are_those_of_sacrebleu_and_higher_is_better() -> None:
    import sacrebleu

    texts = [("the cat sat on a mat", "the cat sat on the mat"), ("no", "the cat sat on the mat")] * 60
    metrics = score_against_references(texts)
    assert metrics["chrF"][0] == sacrebleu.sentence_chrf(texts[0][0], [texts[0][1]]).score
    assert metrics["TER"][0] == -sacrebleu.sentence_ter(texts[0][0], [texts[0][1]]).score
    assert metrics["BLEU"][0] == sacrebleu.sentence_bleu(texts[0][0], [texts[0][1]]).score
    for values in metrics.values():
        assert len(values) == 120
        assert values[0] > values[1]


def test_samples_are_whole_documents_and_seeded() -> None:
    rows = [row(f"doc{n}", s, "a") for n in range(30) for s in range(10)]
    chosen = sample(rows, 50, seed=1)
    assert chosen == sample(rows, 50, seed=1)
    assert chosen != sample(rows, 50, seed=2)
    documents = {rows[i].doc for i in chosen}
    assert len(chosen) == 50 == 10 * len(documents)
    assert sample(rows, 0, seed=1) == list(range(300))
