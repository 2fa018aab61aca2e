"""A page of Markdown about some files that keeps to a limit, worst findings first, and says what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from stilted.core.foreign import clean, shorten
from stilted.core.model import Report, Unjudged
from stilted.render import wording
from stilted.render.annotations import (
    Issue,
    describe_verdict,
    list_alternatives,
    list_distinct,
    list_remarks,
    sort_worst_first,
    summarise,
)
from stilted.render.markdown_text import escape

Measure = Callable[[str], int]
"""What a text counts against the limit: its characters or its bytes."""

_TEXT: Final = 200
_MESSAGE: Final = 500
_SENTENCE: Final = 300  # at least the length of each sentence about what is left out
_HEAD: Final = "| | Where | Words | What is wrong | Write instead |\n|---|---|---|---|---|\n"


def write_comment(
    reports: Sequence[Report], limit: int, measure: Measure = len, unjudged: Sequence[Unjudged] = ()
) -> str:
    """Return the page: verdicts, findings, scores, what did not run; at most *limit*, if that is 4,000 or more."""
    head = [f"## stilted: {wording.name_outcome(reports, unjudged)}", escape(summarise(reports, unjudged))]
    named = fit(list(map(_write_unjudged, unjudged)), limit // 8, measure)
    head += [_list_some(named, len(unjudged), "more file") if unjudged else ""]
    room = limit - measure(_join_page(head)) - 3 * _SENTENCE
    worst = sorted(reports, key=wording.rank_gravity)
    said = [f"- **{_write_name(report)}**: {escape(describe_verdict(report))}\n" for report in worst]
    verdicts = fit(said, room // 4, measure)
    body = [_list_some(verdicts, len(reports), "more file")]
    body += _make_tables(reports, room - measure(_join_page(body)) - room // 8, measure)
    notes = fit([f"- {escape(note)}\n" for note in list_remarks(reports)], room // 8, measure)
    figures = fit(list(map(_write_figures, worst)), room - measure(_join_page([*body, *notes])), measure)
    return _join_page([*head, *body, *figures, "".join(notes)])


def _join_page(blocks: Iterable[str]) -> str:
    return "\n\n".join(block.rstrip("\n") for block in blocks if block) + "\n"


def fit(pieces: Sequence[str], room: int, measure: Measure = len) -> list[str]:
    """Return the longest beginning of *pieces* that has room, with two more characters for each."""
    kept: list[str] = []
    for piece in pieces:
        room -= measure(piece) + 2
        if room < 0:
            break
        kept.append(piece)
    return kept


def _list_some(lines: Sequence[str], total: int, noun: str) -> str:
    left = total - len(lines)
    return "".join(lines) + (f"- and {wording.format_count(left, noun)}\n" if left else "")


def _write_unjudged(file: Unjudged) -> str:
    name, said = shorten(clean(file.file), _TEXT), shorten(wording.describe_unjudged(file), _MESSAGE)
    return f"- **{escape(name)}**: {escape(said)}\n"


def _make_tables(reports: Sequence[Report], room: int, measure: Measure) -> list[str]:
    """Return a heading and a table for each file, holding the worst findings of all files for which there is room."""
    numbered = [(number, issue) for number, report in enumerate(reports) for issue in list_distinct([report])]
    place = {id(issue): index for index, (_, issue) in enumerate(numbered)}
    tables: dict[int, dict[int, str]] = {}
    shown = 0
    for issue in sort_worst_first(issue for _, issue in numbered):
        index = place[id(issue)]
        number, row = numbered[index][0], _write_row(issue)
        room -= measure(row) + (0 if number in tables else measure(_write_heading(reports[number])) + 4)
        if room < 0:
            break
        tables.setdefault(number, {})[index] = row
        shown += issue.number
    blocks = [
        _write_heading(reports[number]) + "".join(row for _, row in sorted(rows.items()))
        for number, rows in sorted(tables.items())
    ]
    if left := sum(issue.number for _, issue in numbered) - shown:
        what = wording.format_count(left, "finding")
        blocks.append(f"**{what} left out here for want of room; those shown are the worst.**")
    return blocks


def _write_heading(report: Report) -> str:
    return f"### {_write_name(report)}\n\n{_HEAD}"


def _write_name(report: Report) -> str:
    return escape(shorten(wording.make_title(report), _TEXT))


def _write_row(issue: Issue) -> str:
    finding = issue.finding
    segment = issue.report.document.segments[finding.segment]
    words = escape(shorten(clean(wording.quote_words(segment, finding)), _TEXT))
    if segment.target is None and segment.reference:
        words = f"*missing:* {escape(shorten(clean(segment.reference), _TEXT))}"
    what = f"{escape(shorten(clean(finding.message), _MESSAGE))} <sub>{escape(shorten(finding.rule, _TEXT))}</sub>"
    if issue.again:
        what += f"<br>{escape(issue.again)}"
    write = escape(shorten(list_alternatives(finding), _MESSAGE)) or "–"
    return f"| {finding.severity} | {escape(shorten(issue.where, _TEXT))} | {words} | {what} | {write} |\n"


def _write_figures(report: Report) -> str:
    """Return scores with their signatures, what was aligned and the MQM figures, folded away."""
    lines = [
        escape(line) for line in (wording.describe_coverage(report), *wording.describe_mqm(report.scorecard)) if line
    ]
    if report.scores:
        rows = [
            f"| {escape(shorten(s.metric, _TEXT))} | {wording.format_value(s)} | {wording.format_interval(s)} | "
            f"{escape(shorten(s.signature, _MESSAGE))} |\n"
            for s in report.scores
        ]
        table = "| Score | Value | 95% interval | Signature |\n|---|---:|---|---|\n" + "".join(rows)
        lines = [
            table.rstrip("\n"),
            *(escape(shorten(note, _MESSAGE)) for note in wording.list_notes(report.scores)),
            *lines,
        ]
    return f"<details><summary>Figures: {_write_name(report)}</summary>\n\n" + "\n\n".join(lines) + "\n\n</details>\n"
