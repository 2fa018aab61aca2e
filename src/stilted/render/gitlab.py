"""GitLab code quality: a list of issues, shown in the merge request beside the lines they are about.

The format has no place for a verdict or for rules that did not run; a file that could not be judged is an issue.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from stilted.core.foreign import Syntax, clean, shorten
from stilted.core.model import Report, Unjudged
from stilted.render.annotations import TEXT, UNJUDGED, Issue, describe_issue, dump, list_issues, make_path
from stilted.render.format import Format
from stilted.render.wording import describe_unjudged

FORMAT: Final = Format(syntax=Syntax.JSON, has_notes=False, paths_from_root=True)
SEVERITIES: Final = {"critical": "critical", "major": "major", "minor": "minor", "neutral": "info"}


def render(report: Report) -> str:
    """Return the issues of one file."""
    return render_all([report])


def render_all(reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Return the issues of all files; of equal fingerprints GitLab shows one, so each is unique in the list."""
    seen: Counter[tuple[str, str, str]] = Counter()
    return dump([*map(_make_error, unjudged), *(_make_issue(issue, seen) for issue in list_issues(reports))])


def _make_error(file: Unjudged) -> dict[str, Any]:
    path = make_path(file.file)
    return {
        "description": shorten(describe_unjudged(file), TEXT),
        "check_name": UNJUDGED,
        "fingerprint": _digest(UNJUDGED, path),
        "severity": SEVERITIES["critical"],
        "location": _make_location(path, (1, 1, 1, 1)),
    }


def _digest(*key: str) -> str:
    return hashlib.sha256("\x1f".join(key).encode("utf-8", "surrogatepass")).hexdigest()


def _make_location(path: str, place: tuple[int, int, int, int]) -> dict[str, Any]:
    line, column, end_line, end_column = place
    begin, end = {"line": line, "column": column}, {"line": end_line, "column": end_column}
    return {"path": path, "positions": {"begin": begin, "end": end}}


def _make_issue(issue: Issue, seen: Counter[tuple[str, str, str]]) -> dict[str, Any]:
    finding, place = issue.finding, issue.place
    key = (issue.path, finding.rule, finding.fingerprint)
    seen[key] += 1
    lines = (1, 1, 1, 1) if place is None else (place.line, place.column, place.end_line, place.end_column)
    return {
        "description": describe_issue(issue),
        "check_name": clean(finding.rule),
        "fingerprint": _digest(*key, str(seen[key])),
        "severity": SEVERITIES[finding.severity],
        "location": _make_location(issue.path, lines),
    }
