"""The report as JSON: the interface other programs rely on, described in ``report.schema.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from stilted import __version__
from stilted.core import mqm
from stilted.core.foreign import Syntax
from stilted.core.model import Finding, Report, Segment, Span, Unjudged, find_place
from stilted.core.offsets import Lines
from stilted.core.repeats import group_kinds
from stilted.render.format import Format
from stilted.rules.packs import is_measured

FORMAT: Final = Format(syntax=Syntax.JSON)
SCHEMA: Final = 1
"""Version of the layout; keys are added without a new version, never renamed or removed."""

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that JSON allows raw, but that move a terminal, reorder a line or cannot be encoded."""


def to_dict(report: Report) -> dict[str, Any]:
    """Return the report as plain lists, dicts, strings and figures; equal to ``json.loads(render(report))``.

    Positions are code points, half open. ``start`` and ``end`` count in the translation as running text and are
    null for the units of a catalogue; ``file_start``, ``file_end``, ``line`` and ``column`` count in the file as it
    is, the last two from 1, and are null where there is no file.
    """
    lines = None if report.document.origin is None else Lines.of(report.document.origin)
    numbers = {id(finding): number for number, finding in enumerate(report.findings)}
    return {
        "schema": SCHEMA,
        "stilted": __version__,
        "file": report.document.name,
        "language": report.language,
        "format": report.document.format,
        "coverage": {"target": report.coverage.target, "reference": report.coverage.reference},
        "segments": list(map(_make_segment, report.document.segments)),
        "findings": [_make_finding(report, finding, lines) for finding in report.findings],
        "repeats": [
            [numbers[id(finding)] for finding in kind.findings]
            for kind in group_kinds(report, (finding for finding in report.findings if not finding.in_baseline))
            if kind.others
        ],
        "scores": [
            {
                "metric": score.metric,
                "value": score.value,
                "low": score.low,
                "high": score.high,
                "signature": score.signature,
                "note": score.note,
            }
            for score in report.scores
        ],
        "mqm": _make_mqm(report.scorecard),
        "verdict": {"passed": report.verdict.passed, "reasons": list(report.verdict.reasons)},
        "skipped": [{"rule": skipped.rule, "reason": skipped.reason} for skipped in report.skipped],
        "notes": list(report.notes),
    }


def render(report: Report) -> str:
    """Return the report as indented JSON with a final newline, safe to print and to encode as UTF-8.

    Raises:
        ValueError: a figure is NaN or infinite, which JSON cannot say.
    """
    return _write(to_dict(report))


def render_all(reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Return the JSON of one report as it is, that of several as ``{"schema": 1, "reports": […]}``.

    Files that could not be judged stand in a key of their own, ``unjudged``, which is there where there are any.
    """
    missing = {"unjudged": [make_unjudged(file) for file in unjudged]} if unjudged else {}
    if len(reports) == 1:
        return _write(to_dict(reports[0]) | missing)
    return _write({"schema": SCHEMA, "reports": list(map(to_dict, reports)), **missing})


def make_unjudged(file: Unjudged) -> dict[str, str]:
    """Return a file that could not be judged as plain data."""
    return {"file": file.file, "what": file.what, "hint": file.hint}


def _write(data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _make_range(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _make_segment(segment: Segment) -> dict[str, Any]:
    return {
        "id": segment.id,
        "target": _make_range(segment.target_span),
        "reference": _make_range(segment.reference_span),
        "source": _make_range(segment.source_span),
        "notes": list(segment.notes),
    }


def _make_finding(report: Report, finding: Finding, lines: Lines | None) -> dict[str, Any]:
    place = find_place(report.document, finding)
    line, column = (None, None) if lines is None or place is None else lines.locate(place.start)
    rule = report.rules.get(finding.rule)
    return {
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "measured": rule is None or is_measured(rule),
        "segment": finding.segment,
        "segment_start": finding.segment_start,
        "segment_end": finding.segment_end,
        "start": finding.start,
        "end": finding.end,
        "file_start": None if place is None else place.start,
        "file_end": None if place is None else place.end,
        "line": line,
        "column": column,
        "text": finding.text,
        "message": finding.message,
        "why": finding.why,
        "suggestions": list(finding.suggestions),
        "fingerprint": finding.fingerprint,
        "also": list(finding.merged_rules),
        "known": finding.in_baseline,
        "status": None if rule is None else rule.status,
    }


def _make_mqm(card: mqm.Scorecard) -> dict[str, Any]:
    return {
        "words": card.words,
        "penalty": card.penalty,
        "per_1000": card.per_1000,
        "raw_score": card.raw,
        "calibrated_score": card.calibrated,
        "passing_threshold": card.passing_threshold,
        "acceptable_per_1000": card.acceptable_per_1000,
        "counts": dict(card.counts),
        "repeated": card.repeated,
        "min_words": mqm.MIN_WORDS,
    }
