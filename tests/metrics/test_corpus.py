"""Scores: the very figures, intervals and signatures of sacrebleu's public interface, or a reason why not."""

from __future__ import annotations

import json
import logging
import random
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from growth import require_linear
from stilted.core.model import Document, Score
from stilted.metrics.corpus import MIN_SEGMENTS, TER_WORDS, _compute_student_quantile, score_document, score_roughly
from stilted.pipeline.build import build_document, build_segments

METRICS = {"BLEU": BLEU, "chrF2": CHRF, "chrF2++": lambda: CHRF(word_order=2), "TER": TER}
WORDS = "the a new old bridge river mayor opened closed on over Friday morning, euros. (80) it's said".split()


def made_up(count: int, seed: int = 1) -> tuple[list[str], list[str]]:
    rng = random.Random(seed)
    references = [" ".join(rng.choices(WORDS, k=rng.randint(1, 14))) for _ in range(count)]
    targets = [" ".join(w if rng.random() < 0.7 else rng.choice(WORDS) for w in r.split()) for r in references]
    return targets, references


def by_name(document: Document, bootstrap: int = 0) -> dict[str, Score]:
    return {score.metric: score for score in score_document(document, bootstrap=bootstrap)[0]}


@pytest.mark.parametrize("name", METRICS)
def test_scores_intervals_and_signatures_are_those_of_sacrebleu(name: str) -> None:
    targets, references = made_up(150)
    metric = METRICS[name]()
    expected = metric.corpus_score(targets, [references], n_bootstrap=1000)
    ours = by_name(build_segments("t", targets, references), 1000)[name]
    assert ours.value == expected.score
    assert ours.signature == str(metric.get_signature())
    assert ours.low is not None
    assert ours.high is not None
    assert (ours.high - ours.low) / 2 == pytest.approx(expected._ci, abs=1e-3)  # theirs sums in single precision
    assert ours.low < expected._mean < ours.high
    assert ours.note == ""


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), min_size=1, max_size=8))
def test_scores_of_any_text_are_those_of_sacrebleu(pairs: list[tuple[str, str]]) -> None:
    lines = [(" ".join(target.split()), " ".join(reference.split())) for target, reference in pairs]
    scored = [(target, reference) for target, reference in lines if reference]
    named = by_name(build_segments("t", [t for t, _ in pairs], [r for _, r in pairs]))
    assert bool(named) == bool(scored)
    for name, metric in METRICS.items() if scored else ():
        expected = metric().corpus_score([t for t, _ in scored], [[r for _, r in scored]]).score
        assert named[name].value == pytest.approx(min(expected, 100.0) if name != "TER" else expected)


def test_a_perfect_translation_scores_exactly_100() -> None:
    _, references = made_up(60)
    scored = by_name(build_segments("t", references, references), 200)
    for name in ("BLEU", "chrF2", "chrF2++"):
        assert (scored[name].value, scored[name].low, scored[name].high) == (100.0, 100.0, 100.0)
    assert scored["TER"].value == 0.0


def test_scores_are_plain_and_deterministic() -> None:
    document = build_segments("t", *made_up(80))
    once, again = score_document(document), score_document(document)
    assert once == again
    assert json.loads(json.dumps([asdict(score) for score in once[0]]))
    for score in once[0]:
        assert type(score.value) is float
        assert score.low is None or type(score.low) is float


@pytest.mark.parametrize(("count", "bootstrap"), [(MIN_SEGMENTS - 1, 1000), (MIN_SEGMENTS, 0)])
def test_no_interval_is_given_without_saying_why(count: int, bootstrap: int) -> None:
    scored = by_name(build_segments("t", *made_up(count)), bootstrap)
    for name in METRICS:
        assert scored[name].low is None
        assert scored[name].high is None
        assert "bs:" not in scored[name].signature
        assert "no interval" in scored[name].note


def test_leaving_text_out_costs_and_added_text_is_only_counted() -> None:
    targets, references = made_up(20)
    targets[:2] = references[:2]
    full = by_name(build_segments("t", targets, references))
    omitted = by_name(build_segments("t", ["", "", *targets[2:]], references))
    added = by_name(build_segments("t", [*targets, "Buy two."], [*references, ""]))
    for name in ("BLEU", "chrF2", "chrF2++"):
        assert omitted[name].value < full[name].value == added[name].value
    assert omitted["TER"].value > full["TER"].value == added["TER"].value
    assert "scored as empty: 2" in omitted["BLEU"].note
    assert "in no score: 1" in added["BLEU"].note
    assert [full[side].value for side in ("additions", "omissions")] == [0.0, 0.0]
    assert omitted["omissions"].value == 2.0
    assert omitted["omissions"].signature == "unaligned:reference|unit:segments|of:20"
    assert added["additions"].value == 1.0
    assert added["additions"].signature == "unaligned:translation|unit:segments|of:21"


def test_quotes_are_reported_raw_and_normalised() -> None:
    scored = by_name(build_segments("t", ["“China’s car,” he said."], ['"China\'s car," he said.']))
    assert scored["BLEU"].value < 40
    assert scored["BLEU (quotes normalised)"].value == 100.0
    assert scored["TER (quotes normalised)"].value == 0.0
    for name in METRICS:
        straight = scored[f"{name} (quotes normalised)"]
        assert straight.signature == scored[name].signature + "|quotes:straight"


def test_the_normalised_set_is_left_out_when_it_would_say_the_same_of_the_same_text() -> None:
    names = list(by_name(build_segments("t", *made_up(5))))
    assert names == ["BLEU", "chrF2", "chrF2++", "TER", "additions", "omissions"]


def test_line_breaks_inside_a_segment_do_not_count() -> None:
    one = by_name(
        build_document("t", "The mayor opened\nthe bridge on-\nline.", "The mayor opened the bridge on- line.")
    )
    assert one["BLEU"].value == 100.0


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (build_document("t", "One."), "reference"),
        (build_document("t", "One.", ""), "no text"),
        (build_segments("t", ["One."], [""]), "no text"),
        (build_segments("t", [], []), "no text"),
    ],
)
def test_nothing_to_score_is_said(document: Document, reason: str) -> None:
    scored, skipped = score_document(document)
    assert scored == ()
    assert [s.rule for s in skipped] == ["scores"]
    assert reason in skipped[0].reason


@pytest.mark.parametrize(
    ("targets", "references"),
    [([""], ["One."]), (["a"], ["a"]), (["…"], ["…"]), (["\ud800"], ["\x00"]), ([" . "] * 150, [" . "] * 150)],
)
def test_degenerate_segments_are_scored(
    targets: list[str], references: list[str], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        scored, _ = score_document(build_segments("t", targets, references))
    assert all(0.0 <= score.value <= 100.0 for score in scored if score.metric in METRICS)
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")


def test_ter_is_skipped_with_a_reason_where_it_would_explode() -> None:
    words = [f"w{i}" for i in range(700)]
    shuffled = random.Random(1).sample(words, len(words))
    scored, skipped = score_document(build_segments("t", [" ".join(shuffled)], [" ".join(words)]))
    assert [s.rule for s in skipped] == ["TER"]
    assert f"{TER_WORDS}" in skipped[0].reason
    assert "TER" not in {score.metric for score in scored}
    many = [" ".join(words[:40])] * 200
    assert [s.rule for s in score_document(build_segments("t", many, many))[1]] == ["TER"]


@pytest.mark.long
def test_a_long_document_is_scored_in_linear_time() -> None:
    targets, references = made_up(1600)
    require_linear(lambda size: score_document(build_segments("t", targets[:size], references[:size])), 400)


@pytest.mark.parametrize(("freedom", "quantile"), [(9, 2.262), (14, 2.145), (23, 2.069), (39, 2.023), (10**9, 1.96)])
def test_quantiles_are_those_of_the_tables(freedom: int, quantile: float) -> None:
    assert _compute_student_quantile(freedom) == pytest.approx(quantile, abs=0.004)


def test_a_rough_interval_is_a_stretched_bootstrap() -> None:
    """At 50 segments both can be had, and differ by little; under 10 there is none."""

    def some(number: int) -> Document:
        end = [" and came back late" * (n % 4) for n in range(number)]
        targets = [f"The boat number {n} left the old harbour{end[n]}." for n in range(number)]
        return build_segments(
            "rows", targets, [f"Ferry {n} sailed from the old port{end[n]}." for n in range(number)], None
        )

    exact = {score.metric: score for score in score_document(some(50))[0]}
    for score in score_roughly(some(50)):
        one = exact[score.metric]
        assert score.value == one.value
        low, high, inner_low, inner_high = (bound or 0.0 for bound in (score.low, score.high, one.low, one.high))
        assert 0.0 < low < inner_low < score.value < inner_high < high
        assert high - low == pytest.approx((inner_high - inner_low) * 1.0357, rel=0.001)
    assert [score.metric for score in score_roughly(some(10))] == ["BLEU", "chrF2", "chrF2++"]
    assert score_roughly(some(9)) == ()
