"""From findings to a verdict: merge what overlaps, add up penalties, say passed, failed or cannot tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from stilted import mqm
from stilted.model import Coverage, Finding, Verdict

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


def verdict(findings: Sequence[Finding], card: mqm.Scorecard, coverage: Coverage) -> Verdict:
    """Judge by the linear calibrated MQM model: any critical issue fails, small samples get no score verdict.

    Returns:
        ``passed`` False with a critical issue or a calibrated score below the threshold; None under
        `mqm.MIN_WORDS` words without a critical issue; True otherwise. Each reason is a sentence.
    """
    reasons: list[str] = []
    critical = [f for f in findings if f.severity == "critical"]
    if critical:
        count = "One critical issue fails" if len(critical) == 1 else f"{len(critical)} critical issues fail"
        reasons.append(f"{count} the translation whatever its score; the first is “{_short(critical[0].text)}”.")
    passed: bool | None = False if critical else None
    if card.words < mqm.MIN_WORDS:
        reasons.append(
            f"No verdict by score: {card.words} words are fewer than the {mqm.MIN_WORDS} a score needs to mean something."
        )
        return Verdict(passed, tuple(reasons))
    score = card.calibrated
    assert score is not None
    points = f"{card.penalty} penalty point{'s' * (card.penalty != 1)} in {card.words:,} words"
    figure = f"the calibrated score is {score:.1f} ({points}), the threshold {card.passing_threshold:g}"
    meets = score >= card.passing_threshold
    reasons.append(f"{figure[0].upper()}{figure[1:]}: {'it passes' if meets else 'it fails'}.")
    if coverage.reference is not None and coverage.reference < 0.5:
        reasons.append(
            f"Only {coverage.reference:.0%} of the reference found a counterpart: check that the files belong together."
        )
    return Verdict(meets and not critical, tuple(reasons))


def _short(text: str, limit: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
