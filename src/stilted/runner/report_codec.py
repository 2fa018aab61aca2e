"""An analysis or report as bytes and back: what travels between processes and is kept in a cache.

It is JSON and not pickle, since a file that anybody may write must not be able to run anything. Rules hold functions
and stay behind: their ids travel, and the reader, who has the same settings, puts them back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from stilted.core.model import (
    Analysis,
    Coverage,
    Document,
    Finding,
    Message,
    Report,
    Rule,
    Score,
    Segment,
    Skipped,
    Span,
    Stretch,
    Suppression,
    Verdict,
    find_place,
)
from stilted.core.mqm import CATEGORIES, SEVERITIES, Scorecard
from stilted.core.offsets import OffsetMap
from stilted.core.shapes import fits

_KINDS: Final = (
    Analysis, Report, Document, Segment, Message, Span, Suppression, Finding, Score, Verdict, Skipped, Coverage,
    Scorecard, OffsetMap, Stretch,
)  # fmt: skip
_BY_NAME: Final[Mapping[str, type[Any]]] = {kind.__name__: kind for kind in _KINDS}
_FIELDS: Final[Mapping[type[Any], tuple[str, ...]]] = {kind: tuple(f.name for f in fields(kind)) for kind in _KINDS}


def dumps(report: Analysis) -> bytes:
    """Return an analysis, or a report, as bytes."""
    return json.dumps([list(report.rules), _simplify(report)], separators=(",", ":")).encode("ascii")


def loads(data: bytes, rules: Mapping[str, Rule], *, doubted: bool = False) -> Analysis:
    """Return the analysis or report that `dumps` was given; *rules* are those of the same settings, by id.

    Args:
        doubted: the bytes come from where anybody may have written them, and may be of any types.

    Raises:
        ValueError: these are no such bytes.
    """
    try:
        ids, plain = json.loads(data)
        report = _restore(plain)
        if not isinstance(report, Analysis):
            raise ValueError("no report")
        analysis = replace(report, rules={name: rules[name] for name in ids})
        if doubted and not (fits(analysis, type(analysis)) and _is_whole(analysis)):
            raise ValueError("no report of ours")
        return analysis
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError, RecursionError) as error:
        raise ValueError("no report") from error


def _is_whole(report: Analysis) -> bool:
    """Tell whether every finding lies in a segment and quotes it: renderers take that for granted."""
    document = report.document
    size = len(document.origin or "")
    spans = [each.target_span for each in document.segments if each.target_span is not None]
    return (
        all(span.end <= len(document.target or "") for span in spans)
        and all(each.span.end <= size and 0 <= each.at <= size for each in document.suppressions)
        and all(_is_placed(finding, report, size) for finding in report.findings)
    )


def _is_placed(finding: Finding, report: Analysis, size: int) -> bool:
    segments = report.document.segments
    if not 0 <= finding.segment < len(segments) or finding.rule not in report.rules:
        return False
    target = segments[finding.segment].target or ""
    if not 0 <= finding.segment_start <= finding.segment_end <= len(target):
        return False
    place = find_place(report.document, finding)
    return (
        finding.text == target[finding.segment_start : finding.segment_end]
        and finding.severity in SEVERITIES
        and finding.category in CATEGORIES
        and (place is None or place.end <= size)
    )


def _simplify(value: Any) -> Any:
    """Return *value* as lists; the first of a list says what it was: a tuple or an object of a kind."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return None  # the rules
    if isinstance(value, tuple):
        return ["", *map(_simplify, value)]
    if is_dataclass(value) and type(value) in _FIELDS:
        return [type(value).__name__, *(_simplify(getattr(value, name)) for name in _FIELDS[type(value)])]
    raise TypeError(f"{type(value).__name__} does not travel")


def _restore(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    kind, *rest = value
    made = tuple(map(_restore, rest))
    return made if kind == "" else _BY_NAME[kind](**dict(zip(_FIELDS[_BY_NAME[kind]], made, strict=True)))
