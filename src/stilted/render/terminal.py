"""The report for a person at a terminal: every finding in its sentence, then scores and the verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from stilted.core import mqm
from stilted.core.foreign import clean, clean_line, disarm
from stilted.core.model import Finding, Report, Segment, Skipped, Span, Unjudged
from stilted.render import layout, wording
from stilted.render.ansi import STYLES, WIDTH, Pen
from stilted.render.format import Format

FORMAT: Final = Format()
QUOTE_ROWS: Final = 3
"""Rows of context around a span; a longer sentence is cut with an ellipsis."""

NOTE_ROWS: Final = 5
"""Rows of one note below the sentence; the rest is cut."""


@dataclass(slots=True)
class Total:
    """What all files of a run come to; findings that a baseline accepts do not count."""

    files: int = 0
    failed: int = 0
    findings: int = 0
    unjudged: int = 0
    skipped: dict[Skipped, None] = field(default_factory=dict)

    def add(self, report: Report) -> None:
        """Count one more."""
        self.files += 1
        self.failed += report.verdict.passed is False
        self.findings += sum(not finding.in_baseline for finding in report.findings)
        self.skipped |= dict.fromkeys(report.skipped)


_SHORT_NOTE: Final = 60
"""Characters of the notes that fit on the line of a file in which nothing was found."""


def render(report: Report, *, color: bool = False, width: int = WIDTH, many: bool = False) -> str:
    """Return the report as text of at most *width* columns (at least 40), with ANSI colours if asked.

    Nothing of the environment is read: the same report, colour and width give the same text. Control
    characters of the texts are shown as pictures and never sent. One of *many* is headed by its name, and
    `describe_total` says once what was skipped in any of them; one of which there is nothing to say is a line.
    """
    pen = Pen(color, width)
    if many and _is_quiet(report):
        return (
            disarm(
                pen.line(
                    ("── ", "faint"), (wording.make_title(report), "head"), (f"  {_write_quietly(report)}", "faint")
                )
            )
            + "\n"
        )
    report = wording.leave_out_accepted(report)
    head = [pen.line(("── ", "faint"), (wording.make_title(report), "head")), ""] if many else []
    lines = [
        *head,
        *_write_findings(pen, report),
        *_write_scores(pen, report),
        *_write_sentences(pen, report, many=many),
    ]
    return disarm("\n".join(lines).strip("\n")) + "\n" * (1 + many)


def _is_quiet(report: Report) -> bool:
    """Tell whether nothing new was found in a file, nothing measured, and nothing is worth more than a short note."""
    judged = report.verdict.passed or (report.verdict.passed is None and 0 < report.scorecard.words < mqm.MIN_WORDS)
    return (
        bool(judged)
        and not report.scores
        and _has_short_notes(report)
        and all(each.in_baseline for each in report.findings)
    )


def _has_short_notes(report: Report) -> bool:
    return sum(map(len, report.notes)) <= _SHORT_NOTE


def _write_quietly(report: Report) -> str:
    few = "" if report.verdict.passed else f": {wording.format_count(report.scorecard.words, 'word')}"
    accepted = f", {len(report.findings):,} accepted by the baseline" if report.findings else ""
    return " ".join([f"{wording.VERDICTS[report.verdict.passed]}{few}. 0 findings{accepted}.", *report.notes])


def render_all(reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Return the reports one after the other, as `render` gives them, and what they come to if they are many."""
    if len(reports) == 1 and not unjudged:
        return render(reports[0])
    summed = Total()
    for report in reports:
        summed.add(report)
    summed.unjudged = len(unjudged)
    pen = Pen(False, WIDTH)
    said = [f"{clean_line(file.file)}: {wording.explain_unjudged(file)}" for file in unjudged]
    missing = [disarm("\n".join([*_label(pen, "unjudged", said), "", ""]))] if said else []
    return "".join([*(render(report, many=True) for report in reports), *missing, describe_total(summed)])


def describe_total(summed: Total, *, color: bool = False, width: int = WIDTH) -> str:
    """Return what was skipped in any file, and ``12 files: 1 failed, 3 findings.``."""
    counted = f"{summed.failed:,} failed, {wording.format_count(summed.findings, 'finding')}"
    counted += f"; {wording.format_count(summed.unjudged, 'file')} more could not be judged" if summed.unjudged else ""
    pen = Pen(color, width)
    skipped = [*_label(pen, "skipped", _list_skipped(summed.skipped), "faint"), ""] if summed.skipped else []
    return "\n".join([*skipped, f"{wording.format_count(summed.files, 'file')}: {counted}.", ""])


def explain(
    report: Report, finding: Finding, facts: Sequence[tuple[str, str]], *, color: bool = False, width: int = WIDTH
) -> str:
    """Return one finding as `render` shows it, and below it *facts*, each under its label."""
    pen = Pen(color, width)
    place = f"{wording.make_title(report)}:{wording.make_locator(report)(finding)}"
    return "\n".join([*_write_finding(pen, report, finding, place, "", facts), "", ""])


def _write_findings(pen: Pen, report: Report) -> Iterator[str]:
    locate = wording.make_locator(report)
    title = wording.make_title(report)
    for kind in wording.list_kinds(report):
        place = f"{title}:{locate(kind.first)}"
        yield from _write_finding(pen, report, kind.first, place, wording.describe_places(kind, locate))
        yield ""


def _write_finding(
    pen: Pen, report: Report, finding: Finding, place: str, again: str, extra: Sequence[tuple[str, str]] = ()
) -> Iterator[str]:
    """Yield the lines of one finding: what, where, the sentence with its span, why, what to write, where *again*."""
    segment = report.document.segments[finding.segment]
    mood = STYLES[finding.severity]
    label = f"{finding.severity}  "
    for number, row in enumerate(_wrap(finding.message, pen.columns - len(label))):
        yield pen.line((label, mood) if number == 0 else (" " * len(label), ""), (row, "head"))
    facts = clean(f"{finding.category}  {finding.rule}  {wording.describe_certainty(report, finding)}")
    if layout.measure_width(place) + layout.measure_width(facts) + 7 <= pen.columns:
        yield pen.line(("  ╭─ ", "faint"), (f"{place}  ", ""), (facts, "faint"))
    else:
        yield pen.line(("  ╭─ ", "faint"), (place, ""))
        yield from (pen.line(("  │ ", "faint"), (row, "faint")) for row in _wrap(facts, pen.columns - 4))
    yield from _quote_sentence(pen, segment, finding)
    notes = [*_list_notes(report, segment, finding), *([("again", again, "")] if again else [])]
    notes += [(name, clean(text), "") for name, text in extra]
    for position, (name, text, style) in enumerate(notes):
        corner = "  ╰ " if position == len(notes) - 1 else "  ├ "
        rows = _wrap(text, pen.columns - 15)
        if len(rows) > NOTE_ROWS:
            rows = [*rows[: NOTE_ROWS - 1], f"{rows[NOTE_ROWS - 1][:-1]}…"]
        for number, row in enumerate(rows):
            edge = corner if number == 0 else ("    " if corner == "  ╰ " else "  │ ")
            yield pen.line((edge, "faint"), (f"{name if number == 0 else '':<11}", "faint"), (row, style))


def _quote_sentence(pen: Pen, segment: Segment, finding: Finding) -> Iterator[str]:
    """Yield the sentence, its span underlined in colour or with carets without."""
    if segment.target is None:
        return
    room = pen.columns - 4
    span = Span(finding.segment_start, finding.segment_end)
    target, span = wording.fill_objects(segment.target, segment.objects[0], span)
    for row in layout.wrap(layout.quote(target, span, room * QUOTE_ROWS), room):
        mood = f"{STYLES[finding.severity]} underline"
        yield pen.line(("  │ ", "faint"), *((text, mood if marked else "") for text, marked in layout.split_runs(row)))
        if not pen.color and (under := layout.draw_carets(row)):
            yield f"  │ {under}"


def _list_notes(report: Report, segment: Segment, finding: Finding) -> Iterator[tuple[str, str, str]]:
    """Yield ``(label, text, style)`` of what stands below the sentence."""
    yield "why", finding.why, ""
    if finding.suggestions:
        yield "write", " or ".join(f"“{s}”" if s else "nothing: delete it" for s in finding.suggestions), "write"
    if segment.reference is not None:
        yield "missing" if segment.target is None else "reference", segment.reference, "faint"
    elif report.document.has_reference:
        yield "reference", "nothing in it corresponds to this sentence", "faint"
    if source := wording.get_source(segment):
        yield "source", source, "faint"
    if segment.map is not None:
        yield "unit", segment.id, "faint"
    for note in segment.notes[: wording.MAX_NOTES]:
        yield "note", note, "faint"
    if finding.merged_rules:
        yield "also", ", ".join(finding.merged_rules), "faint"


def _write_scores(pen: Pen, report: Report) -> Iterator[str]:
    """Yield the scores as a table with their intervals and signatures, then why an interval is missing."""
    if not report.scores:
        return
    rows = [
        (clean(s.metric), wording.format_value(s), wording.format_interval(s), clean(s.signature))
        for s in report.scores
    ]
    wide = [max(map(layout.measure_width, column)) for column in zip(_HEADS, *rows, strict=True)]
    beside = pen.columns >= _BESIDE
    wide[0] = min(wide[0], pen.columns - wide[1] - wide[2] - (30 if beside else 0) - _GAPS)
    wide[3] = min(wide[3], pen.columns - sum(wide[:3]) - _GAPS)
    yield _write_row(pen, _HEADS[: 3 + beside], wide, ("head",) * 4)
    yield "─" * (sum(wide[: 3 + beside]) + _GAPS)
    for metric, value, interval, signature in rows:
        parts = _break_signature(signature, wide[3] if beside else pen.columns - 2)
        names = _wrap(metric, wide[0], least=1)
        for cells in zip_longest(names, [value], [interval], parts if beside else [], fillvalue=""):
            yield _write_row(pen, cells, wide, _MOODS)
        yield from (pen.line(("  ", ""), (part, "faint")) for part in ([] if beside else parts))
    for note in wording.list_notes(report.scores):
        yield from (pen.line((row, "faint")) for row in _wrap(note, pen.columns))
    yield ""


_HEADS: Final = ("score", "value", "95% interval", "signature")
_MOODS: Final = ("", "", "", "faint")
_GAP: Final = "   "
_GAPS: Final = 11
"""Columns between those of the table, and two after the last."""
_BESIDE: Final = 80
"""Least width at which a signature stands beside its score, not below."""


def _write_row(pen: Pen, cells: Sequence[str], wide: Sequence[int], moods: Sequence[str]) -> str:
    """Return a row of the table; figures stand to the right, and nothing is written behind the last word."""
    last = max((at for at, cell in enumerate(cells) if cell), default=0)
    parts: list[tuple[str, str]] = []
    for at, (cell, width, mood) in enumerate(zip(cells[: last + 1], wide, moods, strict=False)):
        blanks = " " * (width - layout.measure_width(cell))
        gap = _GAP if at < last else ""
        before, after = (blanks, gap) if at == 1 else ("", blanks + gap if at < last else "")
        parts += [(before, ""), (cell, mood if cell else ""), (after, "")]
    return pen.line(*parts)


def _break_signature(signature: str, width: int) -> list[str]:
    """Break a signature between its parts, so that it can be copied together again, or within one that is too long."""
    rows = [""]
    for part in re.findall(r"[^|]+\|?|\|", signature):
        if rows[-1] and layout.measure_width(rows[-1]) + layout.measure_width(part) > width:
            rows.append("")
        *full, rest = _wrap(rows[-1] + part, width, least=1)
        rows[-1:] = [*full, rest]
    return rows


def _write_sentences(pen: Pen, report: Report, *, many: bool) -> Iterator[str]:
    """Yield coverage, the MQM figures, what was skipped and the verdict, each under its label."""
    yield from _label(pen, "findings", [f"{wording.tally(report.findings)}."])
    yield from _label(pen, "aligned", [aligned] if (aligned := wording.describe_coverage(report)) else [])
    yield from _label(pen, "MQM", wording.describe_mqm(report.scorecard))
    yield from _label(pen, "skipped", [] if many else _list_skipped(report.skipped), "faint")
    yield from _label(pen, "note", report.notes)
    yield ""
    word = wording.VERDICTS[report.verdict.passed]
    rows = [row for reason in report.verdict.reasons for row in _wrap(reason, pen.columns - len(word) - 2)]
    for number, row in enumerate(rows or [""]):
        head = (f"{word}. ", word) if number == 0 else (" " * (len(word) + 2), "")
        yield pen.line(head, (row, "")) if row else pen.line((f"{word}.", word))


def _label(pen: Pen, label: str, sentences: Sequence[str], style: str = "") -> Iterator[str]:
    for number, sentence in enumerate(sentences):
        for row_number, row in enumerate(_wrap(sentence, pen.columns - 10)):
            first = number == row_number == 0
            yield pen.line((f"{label if first else '':<10}", "head" if first else ""), (row, style))


def _list_skipped(skipped: Iterable[Skipped]) -> list[str]:
    return [
        f"{group.reason}: {', '.join(group.names)}"
        if group.names_languages
        else f"{wording.shorten_names(group.names)}: {group.reason}"
        for group in wording.group_skipped(skipped)
    ]


def _wrap(text: str, width: int, *, least: int = 20) -> list[str]:
    return layout.wrap_to_strings(text, max(width, least))
