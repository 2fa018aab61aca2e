"""GitHub Actions workflow commands: annotations on the lines of a pull request, and the step's summary page.

Only the first 10 errors, 10 warnings and 10 notices of a step become annotations and the rest is dropped
without a word; so the worst come first and one notice says how many are not shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from stilted.core.foreign import clean
from stilted.core.model import Report, Unjudged
from stilted.render import rule_page
from stilted.render.annotations import (
    Issue,
    describe_issue,
    describe_verdict,
    list_distinct,
    list_remarks,
    make_path,
    sort_worst_first,
    summarise,
)
from stilted.render.comment import write_comment
from stilted.render.format import Format
from stilted.render.wording import COULD_NOT_TELL, describe_unjudged, format_count, make_title, rank_gravity

FORMAT: Final = Format(syntax=None, paths_from_root=True)
SHOWN: Final = 10
"""Annotations of one kind that GitHub shows for a step."""

SUMMARY_BYTES: Final = 1024 * 1024
"""What one step may write to ``$GITHUB_STEP_SUMMARY``; a longer page is refused whole."""

LEAST_BYTES: Final = 4000
"""What a page needs to say anything useful."""

_COMMANDS: Final = {"error": "error", "warning": "warning", "note": "notice"}
_ROOM: Final = {"error": SHOWN, "warning": SHOWN, "notice": SHOWN - 1}  # one notice is the summary


def render(report: Report) -> str:
    """Return the commands for one file, to be printed to the log of a step."""
    return render_all([report])


def render_all(reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Return the commands for all files, worst findings first, and one summary notice at the end.

    Files that could not be judged come before all findings.
    """
    ranked = sort_worst_first(list_distinct(reports))
    errors = unjudged[:SHOWN]
    shown = list(_choose_shown(ranked, len(errors)))
    lines = [
        f"::error file={_escape_property(clean(make_path(file.file)))},title={COULD_NOT_TELL.lower()}"
        f"::{_escape_data(describe_unjudged(file))}"
        for file in errors
    ]
    lines += [
        f"::{_COMMANDS[issue.level]} {_write_properties(issue)}::{_escape_data(_write_message(issue))}"
        for issue in shown
    ]
    hidden = sum(issue.number for issue in ranked) - sum(issue.number for issue in shown)
    return "\n".join([*lines, _write_notice(reports, unjudged, hidden)]) + "\n"


def write_step_summary(reports: Sequence[Report], room: int = SUMMARY_BYTES, unjudged: Sequence[Unjudged] = ()) -> str:
    """Return Markdown of at most *room* bytes, `LEAST_BYTES` or more, for ``$GITHUB_STEP_SUMMARY``."""
    return write_comment(reports, room, lambda text: len(text.encode("utf-8", "surrogatepass")), unjudged)


def _choose_shown(ranked: Sequence[Issue], errors: int) -> Iterator[Issue]:
    """Yield what GitHub shows beside as many *errors* that come first."""
    used = Counter({"error": errors})
    for issue in ranked:
        kind = _COMMANDS[issue.level]
        if used[kind] < _ROOM[kind]:
            used[kind] += 1
            yield issue


def _write_message(issue: Issue) -> str:
    page = rule_page.get_address(issue.report.rule_pages, issue.finding.rule)
    again = f" {issue.again[:1].upper()}{issue.again[1:]}." if issue.again else ""
    return f"{describe_issue(issue)}{again}{f' {page}' if page else ''}"


def _write_properties(issue: Issue) -> str:
    """Return where the finding is; a runner refuses columns where the lines differ."""
    values: dict[str, object] = {"file": clean(issue.path)}
    if place := issue.place:
        values |= {"line": place.line, "endLine": place.end_line}
        if place.line == place.end_line:
            values |= {"col": place.column, "endColumn": place.end_column}
    values["title"] = f"{issue.finding.severity}: {clean(issue.finding.rule)}"
    return ",".join(f"{key}={_escape_property(str(value))}" for key, value in values.items())


def _write_notice(reports: Sequence[Report], unjudged: Sequence[Unjudged], hidden: int) -> str:
    said = [summarise(reports, unjudged)]
    if hidden:
        said.append(
            f"{format_count(hidden, 'finding')} not shown here: GitHub annotates {SHOWN} of a kind for each step."
        )
    worst = sorted(reports, key=rank_gravity)[:SHOWN]
    said += [f"{make_title(report)}: {describe_verdict(report)}" for report in worst]
    if len(reports) > SHOWN:
        said.append(f"And {format_count(len(reports) - SHOWN, 'more file')}.")
    return f"::notice title=stilted::{_escape_data(chr(10).join([*said, *list_remarks(reports)]))}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
