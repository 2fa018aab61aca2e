"""What the formats for machines share: findings in their files, worst first, as one sentence each."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from stilted.core import mqm
from stilted.core.foreign import clean, shorten
from stilted.core.model import Finding, Report, Unjudged, find_place
from stilted.core.offsets import Lines
from stilted.render.wording import (
    VERDICTS,
    SkippedGroup,
    describe_accepted,
    describe_places,
    format_count,
    group_skipped,
    leave_out_accepted,
    list_kinds,
    make_locator,
    make_title,
    order_findings,
    quote_words,
    shorten_names,
)

LEVELS: Final = {"critical": "error", "major": "error", "minor": "warning", "neutral": "note"}
"""The three levels that code hosts know, for each MQM severity."""

TEXT: Final = 1024
"""GitHub cuts the texts of a SARIF file here (code points)."""

UNJUDGED: Final = "unjudged"
"""What stands in the place of a rule where a file could not be judged."""

_QUOTE: Final = 100
_MESSAGE: Final = 500
_BEGINNING: Final = 30
"""Code points by which a text is known that may be shortened behind them."""

_DRIVE = re.compile(r"\A[A-Za-z]:(?=/)")
_UNDECODABLE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Surrogates that stand for no byte of a file name (U+DC80 to U+DCFF do)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file: lines and columns from 1, columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding in its file; ``place`` is None for loose segments."""

    report: Report
    finding: Finding
    path: str
    place: Place | None
    lines: Lines | None
    again: str = ""
    """Where the same thing was found again, for formats that tell it once."""
    number: int = 1
    """How many findings it stands for."""

    @property
    def level(self) -> str:
        """``error``, ``warning`` or ``note``."""
        return LEVELS[self.finding.severity]

    @property
    def where(self) -> str:
        """``line:column``, or ``segment ID`` for loose segments."""
        if self.place is None:
            return f"segment {clean(self.report.document.segments[self.finding.segment].id)}"
        return f"{self.place.line}:{self.place.column}"


def list_issues(reports: Iterable[Report]) -> list[Issue]:
    """Return every finding that no baseline accepts, in the order of the files and within them of the text."""
    all_issues = []
    for report in reports:
        lines = None if report.document.origin is None else Lines.of(report.document.origin)
        name = make_path(report.document.name)
        all_issues += [
            Issue(report, f, name, _find_place(report, f, lines), lines)
            for f in order_findings(leave_out_accepted(report))
        ]
    return all_issues


def list_distinct(reports: Iterable[Report]) -> list[Issue]:
    """Return the findings like `list_issues`, the same thing in a file only once, with its other places."""
    all_kinds = []
    for report in map(leave_out_accepted, reports):
        lines = None if report.document.origin is None else Lines.of(report.document.origin)
        name, locate = make_path(report.document.name), make_locator(report)
        for kind in list_kinds(report):
            place = _find_place(report, kind.first, lines)
            all_kinds.append(
                Issue(report, kind.first, name, place, lines, describe_places(kind, locate), len(kind.findings))
            )
    return all_kinds


def _find_place(report: Report, finding: Finding, lines: Lines | None) -> Place | None:
    span = find_place(report.document, finding)
    return None if lines is None or span is None else Place(*lines.locate(span.start), *lines.locate(span.end))


def sort_worst_first(listed: Iterable[Issue]) -> list[Issue]:
    """Return the findings by severity, then by confidence, then as they stood."""
    return sorted(listed, key=lambda i: (-mqm.rank_severity(i.finding.severity), -i.finding.confidence))


def make_path(name: str) -> str:
    """Return a document's name as a relative path with forward slashes, without ``./``, never empty.

    A path from the root of a machine says nothing elsewhere: what it begins with is cut off.
    """
    relative = posixpath.normpath(_DRIVE.sub("", name.replace("\\", "/")).lstrip("/"))
    return "translation" if relative == "." else relative


def make_uri(relative: str) -> str:
    """Return a relative path percent-encoded; bytes of a file name that are not UTF-8 stay those bytes."""
    return quote(_UNDECODABLE.sub("\ufffd", relative).encode("utf-8", "surrogateescape"), safe="/")


def describe_issue(issue: Issue) -> str:
    """Say on one line what is wrong with which words and what to write; at most `TEXT` code points.

    The words are quoted unless the message does, since in prose a line is a whole paragraph.
    """
    finding = issue.finding
    segment = issue.report.document.segments[finding.segment]
    fault, fix = describe_fault(finding, quote_words(segment, finding)), describe_fix(finding)
    missing = clean(segment.reference or "") if segment.target is None else ""
    if missing and missing[:_BEGINNING] not in fault + fix:  # else it is told already
        fault = f"{fault} Missing: “{shorten(missing, _QUOTE)}”"
    ended = not fix or fault.rstrip("”").endswith((".", "!", "?", "…"))
    return shorten(f"{fault}{'' if ended else '.'} {fix}".rstrip(), TEXT)


def describe_fault(finding: Finding, words: str | None = None) -> str:
    """Return what is wrong with which words, as the finding has them or as given; quoted unless the message does."""
    text, message = clean(finding.text if words is None else words), shorten(clean(finding.message), _MESSAGE)
    return message if not text or text in message else f"“{shorten(text, _QUOTE)}”: {message}"


def describe_fix(finding: Finding) -> str:
    """Return what to write instead, as a sentence; empty where nothing is suggested."""
    if not finding.suggestions:
        return ""
    return "Leave it out." if finding.suggestions == ("",) else f"Write {list_alternatives(finding)}."


def list_alternatives(finding: Finding) -> str:
    """Return the suggestions as ``“one” or “two” or nothing``."""
    return " or ".join(f"“{shorten(clean(s), _QUOTE)}”" if s else "nothing" for s in finding.suggestions)


def describe_verdict(report: Report) -> str:
    """Return the verdict with its reasons, cut to a length that a list of files can bear."""
    reasons = [shorten(clean(reason), _MESSAGE) for reason in report.verdict.reasons]
    return shorten(" ".join([f"{VERDICTS[report.verdict.passed]}.", *reasons]), TEXT)


def list_remarks(reports: Sequence[Report]) -> list[str]:
    """Return the notes on the reports, each once, and one sentence for each reason why rules or scores did not run."""
    groups = group_skipped(dict.fromkeys(skipped for report in reports for skipped in report.skipped))
    skipped = [shorten(f"Not run: {_describe_unrun(group)}.", TEXT) for group in groups]
    about: dict[str, list[str]] = {}
    for report in reports:
        for note in report.notes:
            about.setdefault(clean(note), []).append(shorten(make_title(report), _QUOTE))
    notes = [f"{shorten_names(names)}: {note}" if len(reports) > 1 else note for note, names in about.items()]
    return [*describe_accepted(reports), *(shorten(note, TEXT) for note in notes), *skipped]


def _describe_unrun(group: SkippedGroup) -> str:
    names = [shorten(clean(name), _QUOTE) for name in group.names]
    return (
        f"{group.reason}: {', '.join(names)}"
        if group.names_languages
        else f"{shorten_names(names)} ({clean(group.reason)})"
    )


def summarise(reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Return ``3 findings in 2 files: 1 critical, 2 minor.``, and how many files could not be judged."""
    severities = [finding.severity for report in map(leave_out_accepted, reports) for finding in report.findings]
    tally = [f"{severities.count(name):,} {name}" for name in mqm.SEVERITIES[::-1] if name in severities]
    head = f"{format_count(len(severities), 'finding')} in {format_count(len(reports), 'file')}"
    counted = f"{head}: {', '.join(tally)}." if tally else f"{head}."
    return f"{counted} {format_count(len(unjudged), 'file')} could not be judged." if unjudged else counted


def dump(value: Any, *, indent: int | None = 2) -> str:
    """Return JSON that is safe to print and to encode as UTF-8, with a final newline.

    JSON allows raw what moves a terminal, reorders a line, hides or cannot be encoded: all that is escaped.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    unsafe = {ord(char): json.dumps(char)[1:-1] for char in set(text) if not char.isprintable() and char != "\n"}
    return text.translate(unsafe) + "\n"
