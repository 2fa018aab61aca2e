"""The pipeline, top to bottom: text -> document -> scores and findings -> verdict -> report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from stilted import (
    checks,
    document,
    engine,
    glossary,
    judge,
    language,
    model,
    mqm,
    packs,
    render,
    score,
    suppress,
    tagger,
    words,
)
from stilted.config import Config
from stilted.errors import UserError, did_you_mean
from stilted.model import Document, Finding, Rule, Score, Skipped, Verdict
from stilted.settings import PATHS, Gate, Settings, settings


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
        **options: any of `stilted.settings.OPTIONS`, explained there at `Settings` and `Gate`.

    Raises:
        UserError: a text is empty or not English, translation and reference are the same text, an option is
            unknown, or lines were to be paired and their numbers differ.
    """
    chosen = settings(**options)
    _require_reference(chosen.gate, reference is not None, name)
    running = select(rules(chosen), chosen)
    _require_texts(text, reference, source, name)
    whole = document.document(name, text, reference, source, align=chosen.align, source_language=chosen.source_language)
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
    _require_reference(chosen.gate, references is not None, name)
    running = select(rules(chosen), chosen)
    for role, texts in (("translation", targets), ("reference", references), ("source", sources)):
        for text in () if texts is None or isinstance(texts, str) else texts:
            if isinstance(text, str):
                _require_characters(role, text, name)
    loose = document.loose(name, targets, references, sources, source_language=chosen.source_language)
    return _report(loose, running, chosen)


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


def accepted(found: Config) -> tuple[suppress.Accepted, ...]:
    """Return the phrases that a configuration's ignore list accepts; none without such a list.

    Raises:
        UserError: the list named in the configuration is missing, or a line of it is faulty.
    """
    path = found.ignore_file or found.root / suppress.FILE
    if found.ignore_file is None and not path.is_file():
        return ()
    files = settings(**{name: value for name, value in found.options.items() if name in PATHS})
    return suppress.read(path, (rule.id for rule in rules(files)))


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


def _require_texts(text: str, reference: str | None, source: str | None, name: str) -> None:
    if not isinstance(name, str):
        raise UserError(f"the name is {type(name).__name__}, not a string", "name", "Give a string such as a path.")
    for role, value in (("translation", text), ("reference", reference), ("source", source)):
        if value is None and role != "translation":
            continue
        if not isinstance(value, str):
            what = f"the {role} is {type(value).__name__}, not a string"
            raise UserError(what, name, "Give the text itself.")
        if not value.translate(_NO_WIDTH).strip():
            raise UserError(f"the {role} is empty", name, "Give a text with words in it.")
        _require_characters(role, value, name)
    beside = (("reference", reference, _BY_ANOTHER), ("source", source, _IN_ITS_LANGUAGE))
    for role, value, hint in beside:
        if value is not None and text.split() == value.split():
            raise UserError(f"translation and {role} are the same text", name, hint)
    if reference is not None and source is not None and reference.split() == source.split():
        raise UserError("reference and source are the same text", name, _IN_ITS_LANGUAGE)
    language.require_english(text, f"{name} (translation)")
    if reference is not None:
        language.require_english(reference, f"{name} (reference)")


_ALL: Final = "Run 'stilted rules list' for all there are."
_BY_ANOTHER: Final = "Give a reference made by somebody else."
_IN_ITS_LANGUAGE: Final = "Give the source in its own language."
_NO_WIDTH: Final = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f\u00ad"))
"""Byte order marks and other characters that show nothing: a text of these alone is empty."""


def _require_characters(role: str, text: str, name: str) -> None:
    """Refuse halves of surrogate pairs: no report that quotes one could be written as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        what = f"the {role} holds half a surrogate pair, U+{ord(text[error.start]):04X}, at character {error.start}"
        raise UserError(what, name, "Decode the text again, with errors='replace' if need be.") from error


def _require_reference(gate: Gate, given: bool, name: str) -> None:
    if gate.needs_reference and not given:
        what = "the gate asks for min-bleu or min-chrf, which only a reference can give"
        raise UserError(what, name, "Add a reference, or take the figure out of the gate.")


MODEL_WORDS = 60_000
"""Longest running text that the tagger reads unasked: it takes most of the time there is, and nobody waits for half a
minute without having asked for it."""


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
    if not reason and waiting and not asked and whole.target is not None:
        length = len(whole.target.split())
        if length > MODEL_WORDS:
            reason = f"reads texts of up to {MODEL_WORDS:,} words unasked, and this has {length:,}; select it to run it"
    if reason is None:
        return running, ()
    return [r for r in running if r not in waiting], tuple(Skipped(r.id, reason) for r in waiting)


def _report(whole: Document, running: Sequence[Rule], chosen: Settings) -> Report:
    running, without = _with_model(running, chosen, whole)
    found, unmet = engine.run(running, whole)
    scores, unscored = score.scores(whole) if whole.has_reference else ((), ())
    if not whole.has_reference:
        unscored = (Skipped("scores", "need a reference, and none was given"),)
    blank = Report(
        document=whole,
        language="en",
        coverage=document.coverage(whole),
        findings=(),
        scores=(*scores, *_estimated(whole, running)),
        scorecard=mqm.scorecard((), words.count(segment.target for segment in whole.segments if segment.target)),
        verdict=Verdict(None, ()),
        skipped=(*without, *unmet, *unscored),
        rules={rule.id: rule for rule in running},
    )
    return judged(blank, judge.merge(found), chosen.gate)


def _estimated(whole: Document, running: Sequence[Rule]) -> tuple[Score, ...]:
    """Return the tagger's estimate of what reviewers would charge; never called MQM, which only people give."""
    if not any("model" in rule.needs for rule in running):
        return ()
    estimate = tagger.estimate(whole)
    found = estimate.document
    if found is None:
        return ()
    note = "an estimate of what a reviewer would charge: minor 1, major 5"
    return (Score("penalty estimate per 100 words", found.value, found.low, found.high, estimate.signature, note),)


def judged(report: Report, findings: Sequence[Finding], gate: Gate, notes: Sequence[str] = ()) -> Report:
    """Return *report* with *findings* in place of its own, and judged by them.

    Findings that a baseline knows are kept, but neither counted nor judged. What the model marks is a guess
    about reviewers, not a fault that can be shown: it has its own estimate, adds no penalty, and fails a
    translation only where the gate names it.
    """
    new = [finding for finding in findings if not finding.known]
    shown = [f for f in new if f.rule not in report.rules or "model" not in report.rules[f.rule].needs]
    named = [f for f in new if f not in shown and {f.rule, f.rule.partition("/")[0]} & set(gate.fail_on)]
    card = mqm.scorecard((finding.severity for finding in shown), report.scorecard.words)
    verdict = judge.verdict([*shown, *named], card, report.coverage, report.scores, gate)
    return replace(report, findings=tuple(findings), scorecard=card, verdict=verdict, notes=tuple(notes))
