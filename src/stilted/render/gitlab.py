"""GitLab code quality: a list of issues, shown in the merge request beside the lines they are about.

The format has no place for a verdict or for rules that did not run.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from stilted.core.foreign import Syntax, clean
from stilted.core.model import Report
from stilted.render.annotations import Issue, describe_issue, dump, list_issues
from stilted.render.format import Format

FORMAT: Final = Format(syntax=Syntax.JSON, has_notes=False, paths_from_root=True)
SEVERITIES: Final = {"critical": "critical", "major": "major", "minor": "minor", "neutral": "info"}


def render(report: Report) -> str:
    """Return the issues of one file."""
    return render_all([report])


def render_all(reports: Sequence[Report]) -> str:
    """Return the issues of all files; of equal fingerprints GitLab shows one, so each is unique in the list."""
    seen: Counter[tuple[str, str, str]] = Counter()
    return dump([_make_issue(issue, seen) for issue in list_issues(reports)])


def _make_issue(issue: Issue, seen: Counter[tuple[str, str, str]]) -> dict[str, Any]:
    finding, place = issue.finding, issue.place
    key = (issue.path, finding.rule, finding.fingerprint)
    seen[key] += 1
    digest = hashlib.sha256("\x1f".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass"))
    line, column, end_line, end_column = (
        (1, 1, 1, 1) if place is None else (place.line, place.column, place.end_line, place.end_column)
    )
    return {
        "description": describe_issue(issue),
        "check_name": clean(finding.rule),
        "fingerprint": digest.hexdigest(),
        "severity": SEVERITIES[finding.severity],
        "location": {
            "path": issue.path,
            "positions": {
                "begin": {"line": line, "column": column},
                "end": {"line": end_line, "column": end_column},
            },
        },
    }
