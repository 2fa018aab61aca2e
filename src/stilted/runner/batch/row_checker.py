"""One row after the other, each a document of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from stilted import api
from stilted.core import mqm
from stilted.core import tokens as words
from stilted.core.errors import UserError, is_debugging, make_internal_error
from stilted.core.model import Document, Finding, Need, Rule, Segment, get_family
from stilted.core.options import Settings
from stilted.metrics.sentence import sentence_chrf
from stilted.pipeline import detect, kept_terms, overlaps, selection, validate
from stilted.rules import tagger

if TYPE_CHECKING:
    from sacrebleu.metrics.bleu import BLEU

ROLES: Final = ("target", "reference", "source")
"""Columns that are read; of the others, all are passed through."""


MAX_ROW: Final = 500_000
"""Most characters of a target, reference or source: what is longer is no segment, and would hold up all behind it."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in a row in place of a value that is none: *why*, and what can be read of it."""

    why: str
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A translation with what it stands against; values that are no strings make the row's error."""

    target: Any
    reference: Any = None
    source: Any = None


@dataclass(frozen=True, slots=True)
class RowResult:
    """What is known of a row.

    Attributes:
        findings: in order of place; positions are code points of the target. penalty: MQM points of those that add
            any (the tagger's do not). words: evaluation word count of the target.
        bleu, chrf: sentence BLEU (effective order) and chrF2 against the reference, None without one.
        estimate: the tagger's estimate of a reviewer's penalty per 100 words, None without the tagger or a
            reference.
        error: why the row could not be judged, None if it was.
    """

    findings: tuple[Finding, ...] = ()
    penalty: int | None = None
    words: int | None = None
    bleu: float | None = None
    chrf: float | None = None
    estimate: float | None = None
    error: str | None = None


@dataclass(slots=True)
class Checker:
    """Judges rows with rules and model loaded once; a worker keeps one for as long as it lives."""

    settings: Settings
    rules: tuple[Rule, ...]
    tagging: bool
    _plans: dict[tuple[bool, bool], detect.Plan] = field(default_factory=dict)

    @staticmethod
    def of(settings: Settings) -> Checker:
        """Load the rules that *settings* choose.

        Raises:
            UserError: a rule or pack is unknown or faulty, or the tagger is selected and cannot run.
        """
        rules = api.select(api.list_rules(settings), settings)
        if settings.profile is not None:  # rows have no format that would tell
            rules, _ = selection.drop_for_profile(rules, settings, "")
        for need in tagger.MODELS:
            waiting = [rule for rule in rules if need in rule.needs]
            reason = tagger.find_obstacle(need) if waiting else None
            families = {rule.family for rule in waiting}
            if reason and any(get_family(name) in families for name in settings.select):
                raise UserError(f"the tagger cannot run: {reason}", "select", "Install stilted again, or leave it out.")
            if reason:
                rules = tuple(rule for rule in rules if rule not in waiting)
        return Checker(settings, rules, any(Need.MODEL in rule.needs for rule in rules))

    def judge(self, rows: Iterable[Row]) -> list[RowResult]:
        """Judge each row; one that cannot be judged says so in its ``error``, whatever the reason is."""
        return [self._judge_any(row) for row in rows]

    def _judge_any(self, row: Row) -> RowResult:
        try:
            return self._judge(row)
        except UserError as error:
            return RowResult(error=error.what)
        except MemoryError:
            return RowResult(error="it needs more memory than there is")
        except Exception as error:  # one row of millions is no reason to lose the others
            if is_debugging():
                raise
            return RowResult(error=make_internal_error(error).what)

    def _judge(self, row: Row) -> RowResult:
        fault = _find_fault(row)
        if fault:
            return RowResult(error=fault)
        has_reference = isinstance(row.reference, str) and bool(row.reference.strip())
        has_source = isinstance(row.source, str) and bool(row.source.strip())
        segment = Segment("1", row.target, row.reference if has_reference else None, row.source if has_source else None)
        document = Document(
            "row",
            (segment,),
            source_language=self.settings.source_language,
            has_reference=has_reference,
            has_source=has_source,
        )
        kind = (has_reference, has_source)
        if kind not in self._plans:
            self._plans[kind] = detect.plan_run(self.rules, document)
        plan = self._plans[kind]
        unmerged = kept_terms.drop_inside(detect.find_all(plan, document), document, self.settings.do_not_translate)
        findings = overlaps.merge(unmerged, plan.rules)
        counted = (f for f in findings if plan.rules[f.rule].adds_penalty)
        estimate = tagger.estimate(document).document if self.tagging and has_reference else None
        bleu, chrf = _compute_scores(row.target, row.reference) if has_reference else (None, None)
        return RowResult(
            findings,
            sum(mqm.PENALTIES[f.severity] for f in counted),
            words.count([row.target]),
            bleu,
            chrf,
            None if estimate is None else round(estimate.value, 4),
        )


def _find_fault(row: Row) -> str | None:
    """Say why a row cannot be judged, None if it can."""
    for role in ROLES:
        value = getattr(row, role)
        if value is None and role != "target":
            continue
        if isinstance(value, Unreadable):
            return f"the {role} is {value.why}"
        if not isinstance(value, str):
            return f"the {role} is {'missing' if value is None else type(value).__name__}, not a string"
        if len(value) > MAX_ROW:
            return f"the {role} has {len(value):,} characters, more than the {MAX_ROW:,} that are judged as one row"
        try:
            validate.require_characters(role, value, "row")
        except UserError as error:
            return error.what
    return None if row.target.strip() else "the target is empty"


def _compute_scores(target: str, reference: str) -> tuple[float, float]:
    chrf = sentence_chrf(target, reference)
    bleu = _make_bleu().sentence_score(" ".join(target.split()), [" ".join(reference.split())]).score
    first, second = (round(min(100.0, score), 4) for score in (float(bleu), chrf))
    return first, second


@lru_cache(maxsize=1)
def _make_bleu() -> BLEU:
    from sacrebleu.metrics.bleu import BLEU

    return BLEU(effective_order=True)


def make_columns(judged: RowResult) -> dict[str, Any]:
    """Return the columns that are added to a row, as plain data."""
    return {
        "findings": [_make_finding(finding) for finding in judged.findings] if judged.error is None else None,
        "penalty": judged.penalty,
        "words": judged.words,
        "bleu": judged.bleu,
        "chrf": judged.chrf,
        "estimate": judged.estimate,
        "error": judged.error,
    }


ADDED: Final = tuple(make_columns(RowResult()))
"""Names of the columns that are added."""


def _make_finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "start": finding.segment_start,
        "end": finding.segment_end,
        "text": finding.text,
        "message": finding.message,
        "suggestions": list(finding.suggestions),
        "fingerprint": finding.fingerprint,
    }


def make_row(values: Mapping[str, Any]) -> Row:
    """Return the row that the columns hold."""
    return Row(*(values.get(role) for role in ROLES))
