"""SARIF 2.1.0, as GitHub code scanning and editors read it.

Limits are GitHub's: it shows 5,000 results of a run, takes 10 MB of a packed file and cuts most texts at 1,024
characters; it takes 20 runs, and shows 100 locations of a result and 10 tags of a rule: we write 1, 1 and 3. Columns
count code points and the end is exclusive; a lone carriage return ends a line too, so the run says so.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from stilted import __version__
from stilted.core import mqm
from stilted.core.foreign import Syntax, clean, shorten
from stilted.core.model import Example, Finding, Report, Rule, Unjudged
from stilted.render.annotations import (
    LEVELS,
    TEXT,
    Issue,
    Place,
    describe_issue,
    dump,
    list_issues,
    list_remarks,
    make_path,
    make_uri,
    sort_worst_first,
)
from stilted.render.format import Format
from stilted.render.markdown_text import escape, escape_within
from stilted.render.rule_page import get_address, write_example_message
from stilted.render.wording import describe_unjudged, format_count

FORMAT: Final = Format(syntax=Syntax.JSON, paths_from_root=True)
SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

MAX_RESULTS: Final = 5000
"""Results GitHub shows of one run; the worst are kept and a notification counts the rest."""

MAX_PACKED: Final = 10_000_000
"""Bytes of the file, packed by gzip as it is uploaded; a larger one is refused whole."""

FINGERPRINT: Final = "stilted/v1"
"""A key of our own, with the version of what it holds. Under `primaryLocationLineHash`, GitHub's own, the upload warns
of every result whose value is not that of its hash of the line."""

_EXAMPLES: Final = 3
_EXAMPLE: Final = 300
_PROBLEM: Final = {"error": "error", "warning": "warning", "note": "recommendation"}
_PRECISION: Final = ((0.9, "very-high"), (0.7, "high"), (0.4, "medium"), (0.0, "low"))
"""GitHub's words for the chance that a finding is right; the bounds are ours."""


def render(report: Report) -> str:
    """Return a log with one run of one file."""
    return render_all([report])


def render_all(reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Return a log with one run of all files: at most `MAX_RESULTS` results, in the order of the files."""
    return make_log(reports, list_issues(reports), unjudged=unjudged)


def make_log(
    reports: Sequence[Report],
    listed: Sequence[Issue],
    states: Mapping[int, str] | None = None,
    unjudged: Sequence[Unjudged] = (),
) -> str:
    """Return a log with one run of the issues *listed* in *reports*.

    Args:
        states: the ``baselineState`` of the finding of each issue by its `id`, where the run is compared with another.
        unjudged: files that could not be judged; the run is not a successful one then.
    """
    most = MAX_RESULTS
    while _is_too_large(text := _write_log(reports, listed, states, unjudged, most)) and most:
        most //= 2
    return text


def _is_too_large(text: str) -> bool:
    data = text.encode("utf-8", "surrogatepass")
    return len(data) > MAX_PACKED and len(zlib.compress(data)) > MAX_PACKED


def _write_log(
    reports: Sequence[Report],
    listed: Sequence[Issue],
    states: Mapping[int, str] | None,
    unjudged: Sequence[Unjudged],
    most: int,
) -> str:
    """Return a log of the *most* worst issues, in the order they were found in."""
    kept = listed
    if len(listed) > most:
        chosen = {id(issue) for issue in sort_worst_first(listed)[:most]}
        kept = [issue for issue in listed if id(issue) in chosen]
    rules: dict[str, dict[str, Any]] = {}
    for issue in kept:
        finding = issue.finding
        rules.setdefault(finding.rule, _describe_rule(finding, issue.report))
    index = {name: number for number, name in enumerate(rules)}
    seen: Counter[tuple[str, str, str]] = Counter()
    driver = {
        "name": "stilted",
        "semanticVersion": __version__,
        **_make_home(reports),
        "rules": list(rules.values()),
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_make_invocation(reports, unjudged, len(listed) - len(kept), most)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [
            {**_make_result(issue, index[issue.finding.rule], seen), **_find_state(issue, states)} for issue in kept
        ],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _make_home(reports: Sequence[Report]) -> dict[str, str]:
    """Say where the tool is explained, where the user says that its pages are published."""
    base = next((report.rule_pages for report in reports if report.rule_pages), "")
    return {"informationUri": f"{base.rstrip('/')}/README.md"} if base else {}


def _describe_rule(finding: Finding, report: Report) -> dict[str, Any]:
    """Describe a rule; what the report does not know of it is taken from its first finding."""
    rule, page = report.rules.get(finding.rule), get_address(report.rule_pages, finding.rule)
    message, why = (finding.message, finding.why) if rule is None else (write_example_message(rule), rule.why)
    level = LEVELS[finding.severity if rule is None else rule.severity]
    category = finding.category if rule is None else rule.category
    confidence = finding.confidence if rule is None else rule.confidence
    dimension, _, kind = category.partition("/")
    return {
        "id": finding.rule,
        "shortDescription": {"text": shorten(clean(message), TEXT)},
        "fullDescription": {"text": shorten(clean(why), TEXT)},
        "help": {"text": _write_help(why, rule), "markdown": _write_help_markdown(why, rule)},
        **({"helpUri": page} if page else {}),
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["translation", dimension, *([kind] if kind else [])],
            "precision": next(word for least, word in _PRECISION if confidence >= least),
            "problem.severity": _PROBLEM[level],
            "category": category,
        },
    }


def _write_help(why: str, rule: Rule | None) -> str:
    lines = [shorten(clean(why), TEXT)]
    for example in rule.bad[:_EXAMPLES] if rule else ():
        fixed = "" if example.fixed is None else f" Better: {_cut_example(example.fixed)}"
        lines.append(f"Found: {_cut_example(example.text)}{fixed}")
    lines += [f"Left alone: {_cut_example(example.text)}" for example in (rule.good[:_EXAMPLES] if rule else ())]
    return "\n".join(lines)


def _write_help_markdown(why: str, rule: Rule | None) -> str:
    blocks = [f"**Why:** {escape(shorten(clean(why), TEXT))}"]
    for title, examples in (("Found", rule.bad), ("Left alone", rule.good)) if rule else ():
        lines = [
            f"- “{_mark_example(example)}”"
            + ("" if example.fixed is None else f"\n  → “{escape_within(_cut_example(example.fixed))}”")
            for example in examples[:_EXAMPLES]
        ]
        blocks += [f"**{title}**", "\n".join(lines)]
    return "\n\n".join(blocks)


def _cut_example(text: str) -> str:
    return shorten(clean(text), _EXAMPLE)


def _mark_example(example: Example) -> str:
    """Return the example with its faults in bold; one that is too long to show whole, without."""
    text = clean(example.text)
    if len(text) > _EXAMPLE or len(text) != len(example.text):
        return escape_within(_cut_example(text))
    parts, cursor = [], 0
    for span in example.spans:
        parts += [escape_within(text[cursor : span.start]), f"**{escape_within(span.of(text))}**"]
        cursor = span.end
    return "".join([*parts, escape_within(text[cursor:])])


def _make_invocation(
    reports: Sequence[Report], unjudged: Sequence[Unjudged], left_out: int, most: int
) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not unjudged}
    notices = [_make_error(file) for file in unjudged]
    if left_out:
        what, why = (
            format_count(left_out, "finding"),
            "shows no more" if most == MAX_RESULTS else "takes no larger a file",
        )
        text = f"{what} beyond the {most:,} worst left out: code scanning {why} of one run."
        notices.append({"level": "warning", "message": {"text": text}})
    if notices:
        invocation["toolExecutionNotifications"] = notices
    if notes := [{"level": "note", "message": {"text": _break_links(text)}} for text in list_remarks(reports)]:
        invocation["toolConfigurationNotifications"] = notes
    return invocation


def _make_error(file: Unjudged) -> dict[str, Any]:
    uri = make_uri(make_path(file.file))
    return {
        "level": "error",
        "message": {"text": _break_links(shorten(describe_unjudged(file), TEXT))},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}}}],
    }


def _make_result(issue: Issue, rule_index: int, seen: Counter[tuple[str, str, str]]) -> dict[str, Any]:
    finding = issue.finding
    key = (finding.rule, finding.fingerprint, issue.path)
    seen[key] += 1
    result = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": issue.level,
        "message": {"text": _break_links(describe_issue(issue))},
        "locations": [_make_location(issue)],
        "partialFingerprints": {FINGERPRINT: f"{finding.fingerprint}:{seen[key]}"},
        "properties": {
            "category": finding.category,
            "severity": finding.severity,
            "confidence": finding.confidence,
            "penalty": mqm.PENALTIES[finding.severity],
        },
    }
    return {**result, "fixes": _make_fixes(issue)} if issue.place and finding.suggestions else result


def _find_state(issue: Issue, states: Mapping[int, str] | None) -> dict[str, str]:
    return {} if states is None else {"baselineState": states[id(issue.finding)]}


def _make_location(issue: Issue) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": make_uri(issue.path)}}
    if issue.place is not None:
        return {"physicalLocation": {**physical, "region": _make_region(issue.place)}}
    segment = issue.report.document.segments[issue.finding.segment]
    return {"physicalLocation": physical, "logicalLocations": [{"name": segment.id, "kind": "resource"}]}


def _make_region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _make_fixes(issue: Issue) -> list[dict[str, Any]]:
    """Return the first suggestion as an edit of the file; nothing inserted means that the words go."""
    assert issue.place is not None
    first = issue.finding.suggestions[0]
    replacement: dict[str, Any] = {"deletedRegion": _make_region(issue.place)}
    if first:
        replacement["insertedContent"] = {"text": first}
    text = f"Write “{shorten(clean(first), _EXAMPLE)}”." if first else "Leave the words out."
    change = {"artifactLocation": {"uri": make_uri(issue.path)}, "replacements": [replacement]}
    return [{"description": {"text": text}, "artifactChanges": [change]}]


def _break_links(text: str) -> str:
    """Keep ``[words](target)`` of a translation from becoming a link, which SARIF messages may hold."""
    return text.replace("](", "] (")
