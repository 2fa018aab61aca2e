"""From a document to its report: analyse it, pass the analysis through filters, and judge what is left, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stilted.core import mqm, profiles, tokens
from stilted.core.errors import UserError
from stilted.core.metric_names import ESTIMATE
from stilted.core.model import Analysis, Document, Need, Report, Rule, Score, Skipped, get_family
from stilted.core.options import Settings
from stilted.core.repeats import group_kinds
from stilted.metrics import corpus
from stilted.pipeline import build, detect, kept_terms, overlaps, verdict
from stilted.pipeline.selection import drop_for_profile
from stilted.rules import tagger

MODEL_WORDS: Final = 60_000
"""Longest running text that the tagger reads unasked: nobody waits for half a minute without having asked for it."""


def _choose_rules_with_model(
    running: Sequence[Rule], chosen: Settings, document: Document
) -> tuple[Sequence[Rule], tuple[Skipped, ...]]:
    """Leave out the rules that need a model when it cannot run: a check without it is better than none.

    Raises:
        UserError: it cannot run, and the user asked for one of them by name.
    """
    without: list[Skipped] = []
    for need in tagger.MODELS:
        waiting = [rule for rule in running if need in rule.needs and all(map(document.has, rule.needs))]
        asked = any(rule.id in chosen.select or rule.family in chosen.select for rule in waiting)
        reason = tagger.find_obstacle(need) if waiting else None
        if reason and asked:
            raise UserError(f"the tagger cannot run: {reason}", "select", "Install stilted again, or do not select it.")
        if waiting and not asked:
            reason = reason or _explain_too_long(document)
        if reason is not None:
            running = [rule for rule in running if rule not in waiting]
            without += [Skipped(rule.id, reason) for rule in waiting]
    return running, tuple(without)


def _explain_too_long(document: Document) -> str | None:
    if document.origin is None:
        return None
    length = sum(len((segment.target or "").split()) for segment in document.segments)
    if length <= MODEL_WORDS:
        return None
    return f"reads texts of up to {MODEL_WORDS:,} words unasked, and this has {length:,}; select it to run it"


def analyse(document: Document, running: Sequence[Rule], chosen: Settings) -> Analysis:
    """Run the rules *running* over a document and score it against its reference, if it has one.

    Raises:
        UserError: the tagger was asked for by name and cannot run.
    """
    analysis = find(document, running, chosen)
    scores, unscored = corpus.score_document(document) if document.has_reference else ((), ())
    if not document.has_reference:
        unscored = (Skipped("scores", "they compare with a reference, and none was given"),)
    estimated, unestimated = _estimate(document, tuple(analysis.rules.values()))
    return replace(analysis, scores=(*scores, *estimated), skipped=(*analysis.skipped, *unscored, *unestimated))


def find(document: Document, running: Sequence[Rule], chosen: Settings, ask: detect.Ask = detect.ask_anew) -> Analysis:
    """Run the rules *running* over a document as `analyse` does, and raise as it does, without scores.

    Args:
        ask: runs a finder, or remembers what it found.
    """
    running, unfit = drop_for_profile(running, chosen, document.format)
    running, without = _choose_rules_with_model(running, chosen, document)
    by_id = {rule.id: rule for rule in running}
    findings, unmet = detect.run(running, document, ask)
    return Analysis(
        document=document,
        language="en",
        coverage=build.measure_coverage(document),
        findings=overlaps.merge(kept_terms.drop_inside(findings, document, chosen.do_not_translate), by_id),
        scores=(),
        skipped=(*unfit, *without, *unmet),
        rules=by_id,
        notes=document.notes,
        rule_pages=chosen.rule_pages,
    )


def _estimate(document: Document, running: Sequence[Rule]) -> tuple[tuple[Score, ...], tuple[Skipped, ...]]:
    """Return the tagger's estimate of what reviewers would charge, or why there is none.

    It is never called MQM, which only people give. Without a reference there is none: it would agree with people hardly
    more than chance does (see the model's card), and charge native English as much as machine translations.
    """
    if not any(Need.MODEL in rule.needs for rule in running):
        return (), ()
    if not document.has_reference:
        return (), (Skipped("penalty estimate", "no reference was given, and without one it says next to nothing"),)
    estimate = tagger.estimate(document)
    if (value := estimate.document) is None:
        return (), ()
    note = "an estimate of what a reviewer would charge: minor 1, major 5"
    return (Score(ESTIMATE, value.value, value.low, value.high, estimate.signature, note),), ()


def finish(analysis: Analysis, chosen: Settings, measured: Sequence[tuple[bool, str]] = ()) -> Report:
    """Judge an analysis: the only place where a report is made.

    Findings that a baseline knows are kept, but neither counted nor judged. The same thing many times over costs once
    (see `stilted.core.repeats`). What the model marks is a guess about reviewers, not a fault that can be shown: it
    has its own estimate, adds no penalty, and fails a translation only where the gate names it.

    Args:
        chosen: the settings it was analysed with; the gate is theirs, or that of the kind of text.
        measured: what `stilted.pipeline.verdict.give_verdict` makes of figures from elsewhere.
    """
    gate = profiles.make_gate(chosen, analysis.document.format)
    new = [finding for finding in analysis.findings if not finding.in_baseline]
    shown = verdict.list_shown(analysis, new)
    counted, failing = {id(finding) for finding in shown}, set(gate.fail_on)
    named = [f for f in new if id(f) not in counted and {f.rule, get_family(f.rule)} & failing]
    same = group_kinds(analysis, shown)
    segments = analysis.document.segments
    card = mqm.make_scorecard(
        (kind.first.severity for kind in same),
        analysis.words,
        repeated=(finding.severity for kind in same for finding in kind.others),
    )
    is_short = card.words < mqm.MIN_WORDS and any(segments[f.segment].target is None for f in (*shown, *named))
    beside = tokens.count(s.reference for s in segments if s.reference and is_short)
    ran = bool(analysis.ran)
    judged = verdict.give_verdict(
        [*shown, *named], card, analysis.coverage, analysis.scores, gate, measured, beside, ran
    )
    return Report(
        document=analysis.document,
        language=analysis.language,
        coverage=analysis.coverage,
        findings=analysis.findings,
        scores=analysis.scores,
        skipped=analysis.skipped,
        rules=analysis.rules,
        notes=analysis.notes,
        rule_pages=analysis.rule_pages,
        scorecard=card,
        verdict=judged,
    )
