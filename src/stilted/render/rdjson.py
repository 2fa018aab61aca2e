"""Reviewdog's diagnostic format, whose suggestions become edits that a reviewer takes with one click.

Columns count bytes of UTF-8 from 1 and the end is exclusive. The format has no place for a verdict or for
rules that did not run; a file that could not be judged has a diagnostic.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from stilted.core.foreign import Syntax, clean, shorten
from stilted.core.model import Report, Unjudged
from stilted.render import rule_page
from stilted.render.annotations import TEXT, UNJUDGED, Issue, describe_issue, dump, list_issues, make_path
from stilted.render.format import Format
from stilted.render.wording import describe_unjudged

FORMAT: Final = Format(syntax=Syntax.JSON, has_notes=False)
SEVERITIES: Final = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(report: Report) -> str:
    """Return the diagnostics of one file."""
    return render_all([report])


def render_all(reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Return the diagnostics of all files."""
    diagnostics = [*map(_make_error, unjudged), *map(_make_diagnostic, list_issues(reports))]
    return dump({"source": {"name": "stilted"}, "diagnostics": diagnostics})


def _make_error(file: Unjudged) -> dict[str, Any]:
    return {
        "message": shorten(describe_unjudged(file), TEXT),
        "location": {"path": make_path(file.file)},
        "severity": SEVERITIES["error"],
        "code": {"value": UNJUDGED},
    }


def _make_diagnostic(issue: Issue) -> dict[str, Any]:
    place = _make_range(issue)
    location = {"path": issue.path} if place is None else {"path": issue.path, "range": place}
    page = rule_page.get_address(issue.report.rule_pages, issue.finding.rule)
    diagnostic: dict[str, Any] = {
        "message": describe_issue(issue),
        "location": location,
        "severity": SEVERITIES[issue.level],
        "code": {"value": clean(issue.finding.rule), **({"url": page} if page else {})},
    }
    if place is not None and issue.finding.suggestions:
        diagnostic["suggestions"] = [{"range": place, "text": text} for text in issue.finding.suggestions]
    return diagnostic


def _make_range(issue: Issue) -> dict[str, Any] | None:
    place, lines = issue.place, issue.lines
    text = issue.report.document.origin
    if place is None or lines is None or text is None:
        return None

    def make_position(line: int, column: int) -> dict[str, int]:
        start = lines.starts[line - 1]
        before = text[start : start + column - 1]
        return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}

    return {"start": make_position(place.line, place.column), "end": make_position(place.end_line, place.end_column)}
