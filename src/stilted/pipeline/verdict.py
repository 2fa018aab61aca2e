"""From findings and figures to a verdict: passed, failed or cannot tell, and each reason as a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from stilted.core import mqm
from stilted.core.foreign import shorten
from stilted.core.metric_names import BLEU, CHRF
from stilted.core.model import Analysis, Coverage, Finding, Score, Verdict, get_family
from stilted.core.options import Gate

_QUOTED_CHARS: Final = 60


def list_shown(analysis: Analysis, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of faults that can be shown: those that no model made. Only these add penalty."""
    return [f for f in findings if f.rule not in analysis.rules or analysis.rules[f.rule].adds_penalty]


def give_verdict(
    findings: Sequence[Finding],
    card: mqm.Scorecard,
    coverage: Coverage,
    scores: Sequence[Score] = (),
    gate: Gate | None = None,
    measured: Sequence[tuple[bool, str]] = (),
    reference_words: int = 0,
    ran: bool = True,
) -> Verdict:
    """Judge findings and figures by a gate.

    Args:
        measured: for each figure of the baseline whether it is met, and the sentence that says so.
        reference_words: how many words the reference has, of which a finding says that something was left out; 0
            where none does. Asked only for a short translation.
        ran: whether any rule did; without one the penalty is 0 of any text, and says nothing.

    Returns:
        ``passed`` False when a finding is one to fail on, a figure misses its limit or cannot be had, or a
        translation is short because most of a long reference was left out; None when nothing does and the text
        has too few words for its figures to mean something (those of the baseline allow for that), or so little
        of the reference found a counterpart that no figure can be trusted; True otherwise. Each reason is a
        sentence with the figure and the limit.
    """
    gate = gate or Gate()
    failing = [f for f in findings if _fails(f, gate.fail_on)]
    reasons = [_describe_failing(failing, gate.fail_on)] if failing else []
    missed = not all(met for met, _ in measured)
    little = coverage.reference is not None and coverage.reference < _LITTLE
    if card.words < mqm.MIN_WORDS:
        cut_off = little and reference_words >= mqm.MIN_WORDS
        if cut_off:
            much = f"most of its {reference_words:,} words are left out"
            reasons.append(f"{_describe_alignment(coverage)} found a counterpart: {much}.")
        sentences = (*reasons, *(sentence for _, sentence in measured), _explain_few_words(card.words))
        return Verdict(False if failing or missed or cut_off else None, sentences)
    if not ran:
        gate = replace(gate, min_score=None, max_penalty_per_1000_words=None)
    for name, value, limit, at_least in _list_figures(card, scores, gate):
        met = value is not None and (value >= limit if at_least else value <= limit)
        missed |= not met
        side = "at least" if at_least else "at most"
        figure = "could not be computed" if value is None else f"is {_write_beside_limit(value, limit)}"
        reasons.append(
            f"{name} {figure}; the gate asks for {side} {_write_limit(limit)}: it {'passes' if met else 'fails'}."
        )
    reasons += [sentence for _, sentence in measured]
    if little:
        reasons.append(f"{_describe_alignment(coverage)} found a counterpart: check that the files belong together.")
        return Verdict(False if failing or missed else None, tuple(reasons))
    if not reasons and not ran:
        return Verdict(None, ("No rule ran, so there is nothing to judge by.",))
    if not reasons:
        reasons.append("No finding that the gate fails on.")
    return Verdict(not failing and not missed, tuple(reasons))


_Figure = tuple[str, float | None, float, bool]
"""``(name, value, limit, at_least)``; the value is None where there is no such figure."""

_LITTLE = 0.5
"""Share of the reference below which it is likelier the wrong file than a bad translation."""


def _explain_few_words(words: int) -> str:
    are = "1 word is" if words == 1 else f"{words} words are"
    return f"{are} fewer than the {mqm.MIN_WORDS} that a score needs to mean something."


def _describe_alignment(coverage: Coverage) -> str:
    return f"Only {coverage.reference or 0:.0%} of the reference"


def _fails(finding: Finding, names: Sequence[str]) -> bool:
    """Tell whether the gate fails on *finding*: it is named, as severe as a severity named, or critical."""
    rank = mqm.rank_severity(finding.severity)
    least = min((mqm.rank_severity(name) for name in names if name in mqm.SEVERITIES), default=rank + 1)
    named = any(name in (finding.rule, get_family(finding.rule)) for name in names)
    return finding.severity == "critical" or rank >= least or named


def _describe_failing(findings: Sequence[Finding], names: Sequence[str]) -> str:
    worst = max(findings, key=lambda f: mqm.rank_severity(f.severity))
    least = min([name for name in names if name in mqm.SEVERITIES], key=mqm.rank_severity, default="critical")
    named = [f"of {name}" for name in dict.fromkeys(names) if name not in mqm.SEVERITIES]
    limit = " or ".join([least if least == "critical" else f"{least} or worse", *named])
    quoted = shorten(" ".join(worst.text.split()), _QUOTED_CHARS)
    example = f"“{quoted}” ({worst.rule})" if quoted else worst.rule
    if len(findings) == 1:
        return f"One finding is {limit}, where the gate allows none: {example}."
    return f"{len(findings):,} findings are {limit}, where the gate allows none; the worst is {example}."


def _write_beside_limit(value: float, limit: float) -> str:
    """Return *value* with one decimal, or as many as it takes to lie on the same side of *limit* as it does."""
    fits = (n for n in range(1, 9) if _compare_with_limit(round(value, n), limit) == _compare_with_limit(value, limit))
    digits = next(fits, 9)
    return f"{value:.{digits}f}"


def _compare_with_limit(value: float, limit: float) -> int:
    return (value > limit) - (value < limit)


def _write_limit(limit: float) -> str:
    return f"{limit:.9f}".rstrip("0").rstrip(".")


def _list_figures(card: mqm.Scorecard, scores: Sequence[Score], gate: Gate) -> Iterable[_Figure]:
    """Yield every figure that is asked for."""
    values = {score.metric: score.value for score in scores}
    points = f"{card.penalty} penalty point{'s' * (card.penalty != 1)} in {card.words:,} words"
    if gate.min_score is not None and card.calibrated is not None:
        yield f"The calibrated score ({points})", card.calibrated, gate.min_score, True
    if gate.max_penalty_per_1000_words is not None and card.per_1000 is not None:
        yield f"The penalty per 1,000 words ({points})", card.per_1000, gate.max_penalty_per_1000_words, False
    if gate.min_bleu is not None:
        yield BLEU, values.get(BLEU), gate.min_bleu, True
    if gate.min_chrf is not None:
        yield CHRF, values.get(CHRF), gate.min_chrf, True
