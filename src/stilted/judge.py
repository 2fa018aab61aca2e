"""From findings to a verdict: merge what overlaps, add up penalties, say passed, failed or cannot tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from stilted import mqm
from stilted.model import Coverage, Finding, Score, Verdict
from stilted.settings import Gate

_RANKS = {"foreign": 0, "coverage": 1, "tagger": 3}
"""Families that speak of whole segments come first: what stands in text that does not belong needs no other
remark. The tagger, which cannot say why, comes last."""
_OTHERS = 2


def merge(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep one finding of those that overlap, and name the rules of the others in its ``also``.

    A finding about a whole segment outranks those inside it, a rule that explains itself outranks the
    tagger, then the severer, the longer, the earlier, and the rule id that sorts first win. A finding that
    overlaps two winners is named by both.
    """
    ordered = sorted(findings, key=_place)
    kept: list[Finding] = []
    for _, group in groupby(ordered, key=lambda f: f.segment):
        winners: list[Finding] = []
        for finding in sorted(group, key=_rank):
            rivals = [i for i, winner in enumerate(winners) if _overlap(winner, finding)]
            if not rivals:
                winners.append(finding)
            for i in rivals:
                names = {*winners[i].also, finding.rule, *finding.also} - {winners[i].rule}
                winners[i] = replace(winners[i], also=tuple(sorted(names)))
        kept += winners
    return tuple(sorted(kept, key=_place))


def _place(finding: Finding) -> tuple[int, int, int, str]:
    return finding.segment, finding.segment_start, finding.segment_end, finding.rule


def _rank(finding: Finding) -> tuple[int, int, int, int, str]:
    family = finding.rule.partition("/")[0]
    kind = _RANKS.get(family, _OTHERS)
    length = finding.segment_end - finding.segment_start
    return kind, -mqm.severity_rank(finding.severity), -length, finding.segment_start, finding.rule


def _overlap(one: Finding, other: Finding) -> bool:
    if one.segment_start == one.segment_end or other.segment_start == other.segment_end:
        return one.segment_start == other.segment_start
    return one.segment_start < other.segment_end and other.segment_start < one.segment_end


def verdict(
    findings: Sequence[Finding],
    card: mqm.Scorecard,
    coverage: Coverage,
    scores: Sequence[Score] = (),
    gate: Gate | None = None,
) -> Verdict:
    """Judge findings and figures by a gate.

    Returns:
        ``passed`` False when a finding is one to fail on or a figure misses its limit; None when nothing
        fails and the text has too few words for its figures to mean something; True otherwise. Each reason
        is a sentence with the figure and the limit.
    """
    gate = gate or Gate()
    failing = [f for f in findings if _named(f, gate.fail_on)]
    reasons = [_failing(failing)] if failing else []
    if card.words < mqm.MIN_WORDS:
        few = f"{card.words} words are fewer than the {mqm.MIN_WORDS} a score needs to mean something"
        return Verdict(False if failing else None, (*reasons, f"No verdict by score: {few}."))
    missed = False
    for name, value, limit, at_least in _figures(card, scores, gate):
        met = value >= limit if at_least else value <= limit
        missed |= not met
        side = "at least" if at_least else "at most"
        reasons.append(f"{name} is {value:.1f}, {side} {limit:g} is asked for: {'it passes' if met else 'it fails'}.")
    if coverage.reference is not None and coverage.reference < _LITTLE:
        share = f"{coverage.reference:.0%} of the reference"
        reasons.append(f"Only {share} found a counterpart: check that the files belong together.")
    if not reasons:
        reasons.append("No finding that the gate fails on.")
    return Verdict(not failing and not missed, tuple(reasons))


_LITTLE = 0.5


def _named(finding: Finding, names: Iterable[str]) -> bool:
    return any(name in (finding.severity, finding.rule, finding.rule.partition("/")[0]) for name in names)


def _failing(findings: Sequence[Finding]) -> str:
    worst = max(findings, key=lambda f: mqm.severity_rank(f.severity))
    kind = "critical issue" if worst.severity == "critical" else "issue the gate fails on"
    many = f"{len(findings)} {kind}s" if len(findings) > 1 else f"One {kind}"
    fails = "fail" if len(findings) > 1 else "fails"
    return f"{many} {fails} the translation whatever its score; the worst is “{_short(worst.text)}” ({worst.rule})."


def _figures(card: mqm.Scorecard, scores: Sequence[Score], gate: Gate) -> Iterable[tuple[str, float, float, bool]]:
    """Yield ``(name, value, limit, at_least)`` of every figure that the gate asks for."""
    values = {score.metric: score.value for score in scores}
    points = f"{card.penalty} penalty point{'s' * (card.penalty != 1)} in {card.words:,} words"
    if gate.min_score is not None and card.calibrated is not None:
        yield f"The calibrated score ({points})", card.calibrated, gate.min_score, True
    if gate.max_penalty_per_1000_words is not None and card.per_1000 is not None:
        yield f"The penalty per 1,000 words ({points})", card.per_1000, gate.max_penalty_per_1000_words, False
    if gate.min_bleu is not None:
        yield "BLEU", values["BLEU"], gate.min_bleu, True
    if gate.min_chrf is not None:
        yield "chrF2", values["chrF2"], gate.min_chrf, True


def _short(text: str, limit: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
