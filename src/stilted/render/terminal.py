"""The report for a person at a terminal: every finding in its sentence, then scores and the verdict."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from stilted.model import Finding, Report, Segment, Skipped, Span
from stilted.render import _cells, _view

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

STYLES: Final = {
    "critical": "bold magenta",
    "major": "bold red",
    "minor": "yellow",
    "neutral": "cyan",
    "faint": "dim",
    "head": "bold",
    "write": "green",
    "Passed": "bold green",
    "Failed": "bold red",
    "No verdict": "bold yellow",
}

QUOTE_ROWS: Final = 3
"""Rows of context around a span; a longer sentence is cut with an ellipsis."""

NOTE_ROWS: Final = 5
"""Rows of one note below the sentence; the rest is cut."""

MAX_RULES: Final = 6
"""Rules named for one reason of skipping; the rest are counted."""


_PADDING: Final = re.compile(r" +(?=(?:\x1b\[[0-9;]*m *)*$)")
"""Blanks that fill a table row to its edge."""


@dataclass(slots=True)
class Total:
    """What all files of a run come to; findings that a baseline accepts do not count."""

    files: int = 0
    failed: int = 0
    findings: int = 0
    skipped: dict[Skipped, None] = field(default_factory=dict)

    def add(self, report: Report) -> None:
        """Count one more."""
        self.files += 1
        self.failed += report.verdict.passed is False
        self.findings += sum(not finding.known for finding in report.findings)
        self.skipped |= dict.fromkeys(report.skipped)


def render(report: Report, *, color: bool = False, width: int = 100, many: bool = False) -> str:
    """Return the report as text of at most *width* columns (at least 40), with ANSI colours if asked.

    Nothing of the environment is read: the same report, colour and width give the same text. Control
    characters of the texts are shown as pictures and never sent. One of *many* is headed by its name, and `total`
    says once what was skipped in any of them.
    """
    report = _view.fresh(report)

    def draw(console: Console) -> None:
        if many:
            console.print(_line(("── ", "faint"), (_view.title(report), "head")), end="\n\n", soft_wrap=True)
        _findings(console, report, color, console.width)
        _scores(console, report, console.width)
        _sentences(console, report, many=many)

    return _drawn(draw, color, width) + "\n" * many


def render_all(reports: Sequence[Report]) -> str:
    """Return the reports one after the other, as `render` gives them, and what they come to if they are many."""
    if len(reports) == 1:
        return render(reports[0])
    whole = Total()
    for report in reports:
        whole.add(report)
    return "".join([*(render(report, many=True) for report in reports), total(whole)])


def total(whole: Total, *, color: bool = False, width: int = 100) -> str:
    """Return what was skipped in any file, and ``12 files: 1 failed, 3 findings.``."""
    counted = f"{whole.failed:,} failed, {_view.count(whole.findings, 'finding')}"

    def draw(console: Console) -> None:
        if whole.skipped:
            _labelled(console, "skipped", _skipped(whole.skipped), "faint")
            console.print()
        console.print(_line((f"{_view.count(whole.files, 'file')}: {counted}.", "")), soft_wrap=True)

    return _drawn(draw, color, width)


def _drawn(draw: Callable[[Console], None], color: bool, width: int) -> str:
    """Return what *draw* prints to a console of *width* columns."""
    from io import StringIO

    from rich.console import Console

    console = Console(
        file=StringIO(),
        width=max(width, 40),
        height=25,
        color_system="standard" if color else None,
        force_terminal=color,
        force_jupyter=False,
        legacy_windows=False,
        no_color=not color,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    with console.capture() as capture:
        draw(console)
    lines = [_PADDING.sub("", line) for line in capture.get().split("\n")]
    return "\n".join(lines).strip("\n") + "\n"


def _findings(console: Console, report: Report, color: bool, width: int) -> None:
    from rich.text import Text

    locate = _view.locator(report)
    title = _view.title(report)
    for finding in _view.ordered(report):
        lines = _finding(report, finding, f"{title}:{locate(finding)}", color, width)
        console.print(Text("\n").join(lines), end="\n\n", soft_wrap=True)


def _finding(report: Report, finding: Finding, place: str, color: bool, width: int) -> Iterator[Text]:
    """Yield the lines of one finding: what, where, the sentence with its span, why, what to write."""
    segment = report.document.segments[finding.segment]
    mood = STYLES[finding.severity]
    label = f"{finding.severity}  "
    for number, row in enumerate(_rows(finding.message, width - len(label))):
        yield _line((label, mood) if number == 0 else (" " * len(label), ""), (row, "head"))
    facts = _view.clean(f"{finding.category}  {finding.rule}  confidence {finding.confidence:.2f}")
    if len(place) + len(facts) + 7 <= width:
        yield _line(("  ╭─ ", "faint"), (f"{place}  ", ""), (facts, "faint"))
    else:
        yield _line(("  ╭─ ", "faint"), (place, ""))
        yield from (_line(("  │ ", "faint"), (row, "faint")) for row in _rows(facts, width - 4))
    yield from _quoted(segment, finding, color, width)
    notes = list(_notes(report, segment, finding))
    for position, (name, text, style) in enumerate(notes):
        corner = "  ╰ " if position == len(notes) - 1 else "  ├ "
        rows = _rows(text, width - 15)
        if len(rows) > NOTE_ROWS:
            rows = [*rows[: NOTE_ROWS - 1], f"{rows[NOTE_ROWS - 1][:-1]}…"]
        for number, row in enumerate(rows):
            edge = corner if number == 0 else ("    " if corner == "  ╰ " else "  │ ")
            yield _line((edge, "faint"), (f"{name if number == 0 else '':<11}", "faint"), (row, style))


def _quoted(segment: Segment, finding: Finding, color: bool, width: int) -> Iterator[Text]:
    """Yield the sentence, its span underlined in colour or with carets without."""
    if segment.target is None:
        return
    room = width - 4
    span = Span(finding.segment_start, finding.segment_end)
    for row in _cells.wrap(_cells.quote(segment.target, span, room * QUOTE_ROWS), room):
        mood = f"{STYLES[finding.severity]} underline"
        yield _line(("  │ ", "faint"), *((text, mood if marked else "") for text, marked in _cells.runs(row)))
        if not color and (under := _cells.carets(row)):
            yield _line(("  │ ", ""), (under, ""))


def _notes(report: Report, segment: Segment, finding: Finding) -> Iterator[tuple[str, str, str]]:
    """Yield ``(label, text, style)`` of what stands below the sentence."""
    yield "why", finding.why, ""
    if finding.suggestions:
        yield "write", " or ".join(f"“{s}”" if s else "nothing: delete it" for s in finding.suggestions), "write"
    if segment.reference is not None:
        yield "missing" if segment.target is None else "reference", segment.reference, "faint"
    elif report.document.has_reference:
        yield "reference", "nothing in it corresponds to this sentence", "faint"
    if segment.map is not None and segment.source is not None:
        yield "source", segment.source, "faint"
    if segment.map is not None:
        yield "unit", segment.id, "faint"
    for note in segment.notes[: _view.MAX_NOTES]:
        yield "note", note, "faint"
    if finding.also:
        yield "also", ", ".join(finding.also), "faint"


def _scores(console: Console, report: Report, width: int) -> None:
    """Print the scores as a table with their intervals and signatures, then why an interval is missing."""
    if not report.scores:
        return
    from rich import box
    from rich.table import Table

    rows = [(_view.clean(s.metric), _view.value(s), _view.interval(s), _view.clean(s.signature)) for s in report.scores]
    used = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    room = max(width - max(used[0], 5) - max(used[1], 5) - max(used[2], 12) - 11, 20)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 2, 0, 0), show_edge=False, header_style="bold")
    table.add_column("score", overflow="fold")
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("95% interval", no_wrap=True)
    table.add_column("signature", style="dim", overflow="fold")
    for *figures, signature in rows:
        table.add_row(*map(_plain, figures), _plain("\n".join(_signature(signature, room))))
    console.print(table)
    for note in _view.notes(report.scores):
        for row in _rows(note, width):
            console.print(_line((row, "faint")), soft_wrap=True)
    console.print()


def _signature(signature: str, width: int) -> list[str]:
    """Break a signature between its parts, so that it can be copied together again."""
    rows = [""]
    for part in re.findall(r"[^|]+\|?|\|", signature):
        if rows[-1] and len(rows[-1]) + len(part) > width:
            rows.append("")
        rows[-1] += part
    return rows


def _sentences(console: Console, report: Report, *, many: bool) -> None:
    """Print coverage, the MQM figures, what was skipped and the verdict, each under its label."""
    width = console.width
    total = _view.count(len(report.findings), "finding")
    tally = _view.tally(report.scorecard)
    _labelled(console, "findings", [f"{total}: {tally}." if tally else f"{total}."])
    _labelled(console, "aligned", [aligned] if (aligned := _view.coverage(report)) else [])
    _labelled(console, "MQM", _view.mqm_lines(report.scorecard))
    _labelled(console, "skipped", [] if many else _skipped(report.skipped), "faint")
    _labelled(console, "note", report.notes)
    console.print()
    word = _view.VERDICTS[report.verdict.passed]
    rows = [row for reason in report.verdict.reasons for row in _rows(reason, width - len(word) - 2)]
    for number, row in enumerate(rows or [""]):
        head = (f"{word}. ", word) if number == 0 else (" " * (len(word) + 2), "")
        console.print(_line(head, (row, "")), soft_wrap=True)


def _labelled(console: Console, label: str, sentences: Sequence[str], style: str = "") -> None:
    for number, sentence in enumerate(sentences):
        for row_number, row in enumerate(_rows(sentence, console.width - 10)):
            first = number == row_number == 0
            console.print(_line((f"{label if first else '':<10}", "head"), (row, style)), soft_wrap=True)


def _skipped(skipped: Iterable[Skipped]) -> list[str]:
    return [
        f"{', '.join(rules[:MAX_RULES])}"
        + (f" and {len(rules) - MAX_RULES:,} more" if len(rules) > MAX_RULES else "")
        + f": {reason}"
        for reason, rules in _view.skipped_groups(skipped)
    ]


def _rows(text: str, width: int) -> list[str]:
    return [_cells.shown(row) for row in _cells.wrap(_cells.cells(text), max(width, 20))]


def _line(*parts: tuple[str, str]) -> Text:
    from rich.text import Text

    line = Text()
    for text, style in parts:
        line.append(text, STYLES.get(style, style))
    return line


def _plain(text: str) -> RenderableType:
    from rich.text import Text

    return Text(text)
