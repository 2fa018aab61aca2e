"""Severities add up, overlaps merge the same way whatever the order, and verdicts say why."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stilted
from growth import require_linear
from stilted import api
from stilted.core import mqm
from stilted.core.errors import UserError
from stilted.core.model import Coverage, Finding, Score
from stilted.core.options import Gate
from stilted.pipeline import overlaps
from stilted.pipeline import verdict as judge

FULL = Coverage(1.0, 1.0)
RULES = {rule.id: rule for rule in api.list_rules()}


def finding(rule: str, start: int, end: int, severity: str = "minor", segment: int = 0) -> Finding:
    return Finding(
        rule=rule,
        category="Style/Awkward style",
        severity=severity,
        confidence=0.5,
        segment=segment,
        segment_start=start,
        segment_end=end,
        start=start,
        end=end,
        text="x" * (end - start),
        message="m",
        why="w",
        suggestions=(),
        fingerprint=f"{rule}{start}",
    )


def kept(*findings: Finding) -> list[tuple[str, tuple[str, ...]]]:
    return [(f.rule, f.merged_rules) for f in overlaps.merge(findings, RULES)]


def test_apart_findings_are_kept_in_order() -> None:
    assert kept(finding("b/b", 5, 9), finding("a/a", 0, 5), finding("a/a", 0, 5, segment=1)) == [
        ("a/a", ()),
        ("b/b", ()),
        ("a/a", ()),
    ]


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([("zh/a", 0, 5, "minor"), ("tagger/likely-error", 0, 9, "major")], [("zh/a", ("tagger/likely-error",))]),
        ([("zh/a", 0, 5, "major"), ("coverage/addition", 0, 9, "major")], [("coverage/addition", ("zh/a",))]),
        ([("zh/a", 0, 5, "minor"), ("zh/b", 3, 9, "major")], [("zh/b", ("zh/a",))]),
        ([("zh/a", 0, 5, "minor"), ("zh/b", 3, 9, "minor")], [("zh/b", ("zh/a",))]),
        ([("zh/b", 0, 5, "minor"), ("zh/a", 0, 5, "minor")], [("zh/a", ("zh/b",))]),
        ([("coverage/omission", 0, 0, "major"), ("zh/a", 0, 5, "minor")], [("coverage/omission", ("zh/a",))]),
    ],
)
def test_one_of_those_that_overlap_stays(
    findings: list[tuple[str, int, int, str]], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert kept(*(finding(*f) for f in findings)) == expected
    assert kept(*(finding(*f) for f in reversed(findings))) == expected


SPANS = st.tuples(
    st.sampled_from(["zh/a", "zh/b", "tagger/likely-error", "coverage/addition"]),
    st.integers(0, 20),
    st.integers(1, 8),
    st.sampled_from(["minor", "major", "critical"]),
    st.integers(0, 2),
)


@given(st.lists(SPANS, max_size=12), st.randoms(use_true_random=False))
def test_merging_is_order_free_idempotent_and_disjoint(
    spans: list[tuple[str, int, int, str, int]], random: object
) -> None:
    findings = list({finding(rule, at, at + size, sev, seg) for rule, at, size, sev, seg in spans})
    merged = overlaps.merge(findings, RULES)
    random.shuffle(findings)  # type: ignore[attr-defined]
    assert overlaps.merge(findings, RULES) == merged
    assert overlaps.merge(merged, RULES) == merged
    for one, other in pairwise(merged):
        assert one.segment < other.segment or one.segment_end <= other.segment_start
    for each in findings:
        assert any(each.rule in (m.rule, *m.merged_rules) and each.segment == m.segment for m in merged)


def test_scorecard_by_hand() -> None:
    card = mqm.make_scorecard(["minor", "major", "neutral", "major"], 1100)
    assert (card.penalty, card.words) == (11, 1100)
    assert card.per_1000 == pytest.approx(10.0)
    assert card.calibrated == pytest.approx(95.0)
    assert card.raw == pytest.approx(99.0)
    assert card.count("major") == 2


def test_scorecard_without_words_has_no_scores() -> None:
    card = mqm.make_scorecard([], 0)
    assert (card.per_1000, card.raw, card.calibrated) == (None, None, None)


@pytest.mark.parametrize(
    ("severities", "words", "passed", "says"),
    [
        ([], 299, None, "fewer than the 300"),
        (["critical"], 299, False, "One finding is critical, where the gate allows none"),
        ([], 300, True, "it passes"),
        (["major"] * 3, 1000, False, "15 penalty points in 1,000 words"),
        (["major"] * 2, 1000, True, "is 95.0; the gate asks for at least 95: it passes"),
        (["critical", "critical"], 100_000, False, "2 findings are critical, where the gate allows none; the worst is"),
    ],
)
def test_verdict(severities: list[str], words: int, passed: bool | None, says: str) -> None:
    findings = [finding("zh/a", i, i + 1, s) for i, s in enumerate(severities)]
    verdict = judge.give_verdict(findings, mqm.make_scorecard(severities, words), FULL)
    assert verdict.passed is passed
    assert says.lower() in " ".join(verdict.reasons).lower()
    assert all(not reason[0].islower() and reason.endswith(".") for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("gate", "passed", "says"),
    [
        (Gate(fail_on=("minor",)), False, "One finding is minor or worse, where the gate allows none: “"),
        (Gate(fail_on=("major", "neutral")), False, "One finding is neutral or worse, where the gate allows none"),
        (Gate(fail_on=("zh", "fr/x")), False, "One finding is critical or of zh or of fr/x, where"),
        (Gate(fail_on=("major",)), True, "it passes"),
        (Gate(fail_on=("zh",)), False, "(zh/a)"),
        (Gate(fail_on=(), min_score=None), True, "No finding that the gate fails on"),
        (Gate(min_score=99.9), False, "asks for at least 99.9: it fails"),
        (Gate(min_score=-1_234_567.0), True, "the gate asks for at least -1234567: it passes"),
        (Gate(min_score=None, max_penalty_per_1000_words=0.5), False, "asks for at most 0.5: it fails"),
        (Gate(min_bleu=30.0), True, "BLEU is 31.0"),
        (Gate(min_chrf=60.0), False, "chrF2 is 55.0; the gate asks for at least 60: it fails"),
    ],
)
def test_gates(gate: Gate, passed: bool, says: str) -> None:
    scores = [Score("BLEU", 31.0, None, None, "s"), Score("chrF2", 55.0, None, None, "s")]
    verdict = judge.give_verdict([finding("zh/a", 0, 3)], mqm.make_scorecard(["minor"], 1000), FULL, scores, gate)
    assert verdict.passed is passed
    assert says in " ".join(verdict.reasons)


@pytest.mark.parametrize(
    ("value", "limit", "says"),
    [
        (29.96, 30.0, "BLEU is 29.96; the gate asks for at least 30: it fails."),
        (29.99996, 30.0, "BLEU is 29.99996; the gate asks for at least 30: it fails."),
        (30.0, 30.0, "BLEU is 30.0; the gate asks for at least 30: it passes."),
        (30.04, 30.01, "BLEU is 30.04; the gate asks for at least 30.01: it passes."),
        (30.04, 28.123, "BLEU is 30.0; the gate asks for at least 28.123: it passes."),
    ],
)
def test_a_figure_is_never_rounded_to_the_other_side_of_its_limit(value: float, limit: float, says: str) -> None:
    scores = [Score("BLEU", value, None, None, "s")]
    verdict = judge.give_verdict([], mqm.make_scorecard([], 1000), FULL, scores, Gate(min_score=None, min_bleu=limit))
    assert verdict.reasons == (says,)


@pytest.mark.parametrize("names", [("critical",), ("major",), ("neutral",), ("zh/b",), ()])
def test_a_critical_issue_fails_whatever_the_gate_names(names: tuple[str, ...]) -> None:
    card = mqm.make_scorecard(["critical"], 100_000)
    assert judge.give_verdict([finding("zh/a", 0, 3, "critical")], card, FULL, (), Gate(fail_on=names)).passed is False


@pytest.mark.parametrize("gate", [Gate(min_bleu=0.0), Gate(min_chrf=0.0)])
def test_a_figure_that_cannot_be_had_is_no_pass(gate: Gate) -> None:
    verdict = judge.give_verdict([], mqm.make_scorecard([], 1000), FULL, (), gate)
    assert verdict.passed is False
    assert "could not be computed" in " ".join(verdict.reasons)


@pytest.mark.parametrize(("met", "passed"), [(True, None), (False, False)])
def test_a_loss_against_the_baseline_fails_a_short_text_too(met: bool, passed: bool | None) -> None:
    verdict = judge.give_verdict([], mqm.make_scorecard([], 200), FULL, (), Gate(), [(met, "BLEU went somewhere.")])
    assert verdict.passed is passed
    assert verdict.reasons[0] == "BLEU went somewhere."
    assert verdict.reasons[1] == "200 words are fewer than the 300 that a score needs to mean something."


def test_little_coverage_is_no_verdict_unless_a_finding_fails() -> None:
    verdict = judge.give_verdict([], mqm.make_scorecard([], 400), Coverage(0.9, 0.4))
    assert verdict.passed is None
    assert "Only 40% of the reference" in verdict.reasons[-1]
    critical = judge.give_verdict(
        [finding("zh/a", 0, 3, "critical")], mqm.make_scorecard(["critical"], 4000), Coverage(0.9, 0.4)
    )
    assert critical.passed is False


def test_a_translation_that_leaves_most_of_it_out_does_not_slip_through_as_unjudged() -> None:
    verdict = judge.give_verdict([], mqm.make_scorecard(["major"] * 30, 400), Coverage(1.0, 0.4))
    assert verdict.passed is False
    assert "asks for at least 95: it fails" in verdict.reasons[0]
    assert "Only 40% of the reference" in verdict.reasons[1]


@pytest.mark.parametrize(
    ("reference", "words", "passed"),
    [
        (0.12, 300, False),
        (0.12, 299, None),  # a reference of some lines is short itself
        (0.5, 300, None),
        (0.12, 0, None),  # what is left out is accepted, or nobody asked for it
    ],
)
def test_a_translation_is_not_short_enough_to_pass_when_it_breaks_off(
    reference: float, words: int, passed: bool | None
) -> None:
    card = mqm.make_scorecard(["major"], 95)
    verdict = judge.give_verdict(
        [finding("zh/a", 0, 0, "major")], card, Coverage(1.0, reference), reference_words=words
    )
    assert verdict.passed is passed
    left_out = "Only 12% of the reference found a counterpart: most of its 300 words are left out."
    assert (left_out in verdict.reasons) is (passed is False)
    assert verdict.reasons[-1].startswith("95 words are fewer than the 300")


def test_the_first_sentences_of_an_article_do_not_pass_for_a_translation_of_it() -> None:
    texts = Path(__file__).parents[2] / "corpora" / "xpeng"
    begun = (texts / "translation.en.txt").read_text("utf-8")[:600]
    text = (texts / "reference.en.txt").read_text("utf-8")
    assert stilted.check(begun, reference=text, ignore="tagger").verdict.passed is False
    assert stilted.check(begun, reference=text[:1200], ignore="tagger").verdict.passed is None
    assert stilted.check(begun, reference=text, ignore="tagger,coverage").verdict.passed is None


def test_merging_many_findings_takes_no_quadratic_time() -> None:
    findings = [finding("zh/a", 3 * i, 3 * i + 2) for i in range(20_000)]
    assert len(overlaps.merge(findings, RULES)) == len(findings)
    require_linear(lambda size: overlaps.merge(findings[:size], RULES), 5_000)


def test_unknown_names_get_a_hint() -> None:
    with pytest.raises(UserError, match="Did you mean 'Style/Awkward style'"):
        mqm.require_category("Style/Awkward")
    with pytest.raises(UserError, match="Did you mean 'major'"):
        mqm.require_severity("majr")


@pytest.mark.parametrize(
    ("options", "passed", "said"),
    [
        ({"select": "mechanics", "ignore": "mechanics"}, None, "No rule ran, so there is nothing to judge by."),
        ({"select": "coverage"}, None, "No rule ran, so there is nothing to judge by."),
        ({"select": "zh", "source_language": "de"}, None, "No rule ran, so there is nothing to judge by."),
        ({"select": "mechanics"}, True, "The calibrated score (0 penalty points in 330 words) is 100.0"),
    ],
)
def test_a_text_that_no_rule_looked_at_has_not_passed(options: dict[str, Any], passed: bool | None, said: str) -> None:
    text = "The ferry leaves the harbour at noon and reaches it later.\n" * 30
    verdict = stilted.check(text, **options).verdict
    assert verdict.passed is passed
    assert verdict.reasons[0].startswith(said)
