"""The pipeline, top to bottom: text -> document -> scores and findings -> verdict -> report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from stilted import formats, render
from stilted.core import model, mqm, tokens
from stilted.core.errors import UserError, did_you_mean
from stilted.core.model import Document, Finding, Rule, Score, Skipped, Verdict
from stilted.core.options import Gate, Settings, settings
from stilted.core.repeats import kinds
from stilted.formats import Parsed
from stilted.metrics import corpus
from stilted.pipeline import build, detect, ignores, join, validate
from stilted.pipeline import verdict as judge
from stilted.rules import checks, glossary, packs, tagger


@dataclass(frozen=True, slots=True)
class Report(model.Report):
    """Everything known about one translation, with its renderings."""

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data: exactly what `to_json` writes (schema 1)."""
        from stilted.render.json import to_dict

        return to_dict(self)

    def to_json(self) -> str:
        """Return the report as JSON text."""
        return render.renderer("json")(self)

    def to_html(self) -> str:
        """Return the report as one self-contained HTML page."""
        return render.renderer("html")(self)

    def to_text(self) -> str:
        """Return the report as the terminal shows it, without colours."""
        return render.renderer("terminal")(self)


def check(
    text: str, reference: str | None = None, source: str | None = None, *, name: str = "translation", **options: Any
) -> Report:
    """Check an English translation.

    Args:
        text: the translation. reference: a human translation of the same source, if there is one.
        source: the source text, if there is one. name: what to call the text in the report.
        **options: any of `stilted.core.options.OPTIONS`, explained there at `Settings` and `Gate`.

    Raises:
        UserError: a text is empty or not English, translation and reference are the same text, an option is
            unknown, or lines were to be paired and their numbers differ.
    """
    chosen = settings(**options)
    validate.reference(chosen.gate, reference is not None, name)
    running = select(rules(chosen), chosen)
    validate.texts(text, reference, source, name)
    whole = build.build_document(
        name, text, reference, source, align=chosen.align, source_language=chosen.source_language
    )
    return _report(whole, running, chosen)


def check_segments(
    targets: Sequence[str],
    references: Sequence[str | None] | None = None,
    sources: Sequence[str | None] | None = None,
    *,
    name: str = "segments",
    **options: Any,
) -> Report:
    """Check segments that are paired already: segment i is ``targets[i]``.

    Raises:
        UserError: the lists differ in length, a string stands where a list belongs, or an option is unknown.
    """
    chosen = settings(**options)
    validate.reference(chosen.gate, references is not None, name)
    running = select(rules(chosen), chosen)
    for role, texts in (("translation", targets), ("reference", references), ("source", sources)):
        for text in () if texts is None or isinstance(texts, str) else texts:
            if isinstance(text, str):
                validate.characters(role, text, name)
    loose = build.build_segments(name, targets, references, sources, source_language=chosen.source_language)
    return _report(loose, running, chosen)


def check_file(
    path: str | Path,
    reference: str | Path | None = None,
    source: str | Path | None = None,
    *,
    form: str | None = None,
    **options: Any,
) -> Report:
    """Check a file of any format that `stilted.formats.names` lists; findings are placed in the file as it is.

    Args:
        path: the translation. reference, source: files of any format, joined by id, source or order, or aligned.
        form: the name of the translation's format; None to tell from its name and content.
        **options: as for `check`.

    Raises:
        UserError: a file cannot be read or judged, or an option is unknown.
    """
    beside = (
        None if given is None else formats.read(Path(given), role)
        for given, role in ((reference, "reference"), (source, "source"))
    )
    return check_parsed(formats.read(Path(path), "translation", form), *beside, **options)


def check_parsed(
    target: Parsed, reference: Parsed | None = None, source: Parsed | None = None, **options: Any
) -> Report:
    """Check a translation that `stilted.formats` has read; otherwise like `check_file`."""
    chosen = settings(**options)
    validate.reference(chosen.gate, reference is not None or any(unit.reference for unit in target.units), target.name)
    known = rules(chosen)
    running = select(known, chosen)
    whole = join.join_document(target, reference, source, align=chosen.align, source_language=chosen.source_language)
    if whole.target is not None:
        validate.texts(whole.target, whole.reference, whole.source, whole.name)
    else:
        validate.segments(whole)
    report = _report(whole, running, chosen)
    if not whole.suppressions:
        return report
    findings, unused = ignores.apply_remarks(report, known, running)
    return finish_report(report, findings, chosen.gate, unused)


def rules(chosen: Settings | None = None) -> tuple[Rule, ...]:
    """Return every rule there is, whatever its status: packs, checks, the tagger and the glossaries."""
    chosen = chosen or Settings()
    found = (
        *packs.rules(chosen.packs),
        *checks.rules(),
        *tagger.rules(chosen.sensitivity),
        *glossary.rules(chosen.glossary),
    )
    seen: set[str] = set()
    for rule in found:
        if rule.id in seen:
            raise UserError(f"two rules are called '{rule.id}'", "rules", "Rename the one in your pack.")
        seen.add(rule.id)
    return found


def select(found: Sequence[Rule], chosen: Settings) -> tuple[Rule, ...]:
    """Return the rules to run: the selected ones, or all stable ones, less the ignored.

    A name is a rule id (``zh/line-goes-offline``) or a family (``zh``); naming a rule is asking for it, so a
    selected rule runs even in preview.

    Raises:
        UserError: a name fits no rule.
    """
    families = {rule.id.partition("/")[0] for rule in found}
    known = families | {rule.id for rule in found}
    for option in ("select", "ignore"):
        for name in getattr(chosen, option):
            if name not in known:
                raise UserError(f"no rule is called '{name}'", option, did_you_mean(name, known, _ALL))
    for name in chosen.gate.fail_on:
        if name not in known and name not in mqm.SEVERITIES:
            hint = did_you_mean(name, known | set(mqm.SEVERITIES), _ALL)
            raise UserError(f"no severity or rule is called '{name}'", "fail-on", hint)

    def named(rule: Rule, names: Iterable[str]) -> bool:
        return any(name in (rule.id, rule.id.partition("/")[0]) for name in names)

    def wanted(rule: Rule) -> bool:
        if rule.id in chosen.select:
            return True
        return (chosen.preview or rule.status == "stable") and (not chosen.select or named(rule, chosen.select))

    return tuple(rule for rule in found if wanted(rule) and not named(rule, chosen.ignore))


_ALL: Final = "Run 'stilted rules list' for all there are."

MODEL_WORDS: Final = 60_000
"""Longest running text that the tagger reads unasked: nobody waits for half a minute without having asked for it."""


def _with_model(
    running: Sequence[Rule], chosen: Settings, whole: Document
) -> tuple[Sequence[Rule], tuple[Skipped, ...]]:
    """Leave out the rules that need the model when it cannot run: a check without it is better than none.

    Raises:
        UserError: it cannot run, and the user asked for one of them by name.
    """
    waiting = [rule for rule in running if "model" in rule.needs]
    asked = any(rule.id in chosen.select or rule.id.partition("/")[0] in chosen.select for rule in waiting)
    reason = tagger.availability() if waiting else None
    if reason and asked:
        raise UserError(f"the tagger cannot run: {reason}", "select", "Install stilted again, or do not select it.")
    if not reason and waiting and not asked and whole.origin is not None:
        length = sum(len((segment.target or "").split()) for segment in whole.segments)
        if length > MODEL_WORDS:
            reason = f"reads texts of up to {MODEL_WORDS:,} words unasked, and this has {length:,}; select it to run it"
    if reason is None:
        return running, ()
    return [r for r in running if r not in waiting], tuple(Skipped(r.id, reason) for r in waiting)


def _report(whole: Document, running: Sequence[Rule], chosen: Settings) -> Report:
    running, without = _with_model(running, chosen, whole)
    found, unmet = detect.run(running, whole)
    scores, unscored = corpus.scores(whole) if whole.has_reference else ((), ())
    if not whole.has_reference:
        unscored = (Skipped("scores", "need a reference, and none was given"),)
    estimated, unestimated = _estimated(whole, running)
    blank = Report(
        document=whole,
        language="en",
        coverage=build.coverage(whole),
        findings=(),
        scores=(*scores, *estimated),
        scorecard=mqm.scorecard((), tokens.count(segment.target for segment in whole.segments if segment.target)),
        verdict=Verdict(None, ()),
        skipped=(*without, *unmet, *unscored, *unestimated),
        rules={rule.id: rule for rule in running},
        notes=whole.notes,
    )
    return finish_report(blank, judge.merge(found), chosen.gate)


def _estimated(whole: Document, running: Sequence[Rule]) -> tuple[tuple[Score, ...], tuple[Skipped, ...]]:
    """Return the tagger's estimate of what reviewers would charge, or why there is none.

    It is never called MQM, which only people give. Without a reference there is none: it would agree with people hardly
    more than chance does (see the model's card), and charge native English as much as machine translations.
    """
    if not any("model" in rule.needs for rule in running):
        return (), ()
    if not whole.has_reference:
        return (), (Skipped("penalty estimate", "needs a reference: without one it says next to nothing"),)
    estimate = tagger.estimate(whole)
    if (found := estimate.document) is None:
        return (), ()
    note = "an estimate of what a reviewer would charge: minor 1, major 5"
    name = "penalty estimate per 100 words"
    return (Score(name, found.value, found.low, found.high, estimate.signature, note),), ()


def finish_report(
    report: Report,
    findings: Sequence[Finding],
    gate: Gate,
    notes: Sequence[str] = (),
    measured: Sequence[tuple[bool, str]] = (),
) -> Report:
    """Return *report* with *findings* in place of its own, and judged by them.

    Findings that a baseline knows are kept, but neither counted nor judged. The same thing many times over costs once
    (see `stilted.core.repeats`). What the model marks is a guess
    about reviewers, not a fault that can be shown: it has its own estimate, adds no penalty, and fails a
    translation only where the gate names it. *notes* are added to those the report has; *measured* is what
    `stilted.pipeline.verdict.verdict` makes of it.
    """
    new = [finding for finding in findings if not finding.in_baseline]
    shown = judge.shown(report, new)
    counted, failing = {id(finding) for finding in shown}, set(gate.fail_on)
    named = [f for f in new if id(f) not in counted and {f.rule, f.rule.partition("/")[0]} & failing]
    same = kinds(report, shown)
    card = mqm.scorecard(
        (kind.first.severity for kind in same),
        report.scorecard.words,
        repeated=(finding.severity for kind in same for finding in kind.others),
    )
    beside = tokens.count(s.reference for s in report.document.segments if s.reference and card.words < mqm.MIN_WORDS)
    ran = not report.rules.keys() <= {skipped.rule for skipped in report.skipped}
    verdict = judge.verdict([*shown, *named], card, report.coverage, report.scores, gate, measured, beside, ran)
    return replace(report, findings=tuple(findings), scorecard=card, verdict=verdict, notes=(*report.notes, *notes))
