"""The report as one web page, of one file or of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from stilted.core import mqm
from stilted.core.foreign import Syntax, clean, clean_line, shorten
from stilted.core.model import Finding, Report, Score, Unjudged
from stilted.render import page, page_model, rule_page, wording
from stilted.render.format import Format

if TYPE_CHECKING:
    from markupsafe import Markup


FORMAT: Final = Format(syntax=Syntax.XML)
LIMIT: Final = 20_000_000
"""Characters of all reports on a page of several; browsers grow slow on more."""

ROWS: Final = 2000
"""Files that such a page lists."""

_PLACES: Final = 100
"""Places that an entry links to where the same thing was found many times."""

_CELL: Final = 300
_SCRIPT: Final = "render/report.js"
_WORDS: Final = {False: "failed", None: "without a verdict", True: "passed"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as the page lists it."""

    number: int
    finding: Finding
    place: str
    status: str
    missing: str | None
    """The reference that has no translation, where that is the fault."""
    unit: str = ""
    """The unit of a catalogue that it stands in; its source and what the file tells translators about it follow."""
    source: str = ""
    notes: tuple[str, ...] = ()
    again: tuple[tuple[str, str], ...] = ()
    """Anchor and place of each time it was found again."""
    more: int = 0
    """How often it was found beyond those."""
    page: str = ""
    """Web address of the rule's page, where the project names one."""
    words: str = ""
    """The words of the finding with the placeholders among them as the file has them."""

    @property
    def times(self) -> int:
        """How often it was found."""
        return 1 + len(self.again) + self.more


@dataclass(frozen=True, slots=True)
class Card:
    """A score with its variants (``BLEU (quotes normalised)``); the figures are places on 0 to 100."""

    score: Score
    variants: tuple[tuple[str, Score], ...]
    at: float
    low: float
    high: float
    better: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of the findings on a scale of 0 to 100."""

    severity: str
    start: float
    width: float


def render(report: Report) -> str:
    """Return a self-contained page; the same report gives the same bytes."""
    return page.render_page("render/report.html.j2", script=_SCRIPT, **_make_values(wording.leave_out_accepted(report)))


def render_all(reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Return one page: a list of all files with their verdicts, and the report on each; one file as `render` does.

    Files that could not be judged head the list; those that failed follow, and then those with findings. Of reports
    that would make the page longer than `LIMIT`, and of rows beyond `ROWS`, the last are left out; the page says so.
    """
    if len(reports) == 1 and not unjudged:
        return render(reports[0])
    shown = [wording.leave_out_accepted(report) for report in reports]
    worst = sorted(range(len(shown)), key=lambda at: (*_rank(shown[at]), at))
    parts: dict[int, Markup] = {}
    room = LIMIT
    for at in worst:
        text = page.render_part("render/section.html.j2", **_make_values(shown[at], f"{_make_anchor(at)}-"))
        if len(text) <= room:
            parts[at] = text
            room -= len(text)
    return page.render_page(
        "render/files.html.j2",
        script=_SCRIPT,
        title=wording.format_count(len(shown) + len(unjudged), "file"),
        verdict=wording.name_outcome(shown, unjudged),
        passed=False if unjudged else wording.find_worst_verdict(shown),
        said=_count_verdicts(shown, unjudged),
        unjudged=[
            (shorten(clean_line(file.file), _CELL), shorten(wording.explain_unjudged(file), _CELL))
            for file in unjudged[:ROWS]
        ],
        unnamed=max(0, len(unjudged) - ROWS),
        rows=[_make_row(shown[at], _make_anchor(at) if at in parts else "") for at in worst[:ROWS]],
        unlisted=max(0, len(shown) - ROWS),
        left_out=len(shown) - len(parts),
        sections=[
            (_make_anchor(at), "pairs" if shown[at].document.has_reference else "article", parts[at])
            for at in sorted(parts)
        ],
    )


def _rank(report: Report) -> tuple[bool, bool, int]:
    """Return what to sort by so that files that failed come first, then those of which there is something to read."""
    return report.verdict.passed is not False, not report.findings, wording.rank_gravity(report)


def _make_anchor(at: int) -> str:
    return f"file-{at + 1}"


def _count_verdicts(reports: Sequence[Report], unjudged: Sequence[Unjudged]) -> list[str]:
    """Return how many files have which verdict, and how many findings there are, as sentences."""
    given = Counter(report.verdict.passed for report in reports)
    verdicts = [f"{given[passed]:,} {word}" for passed, word in _WORDS.items() if given[passed]]
    verdicts += [f"{len(unjudged):,} not judged"] if unjudged else []
    tally = wording.tally(finding for report in reports for finding in report.findings)
    return [f"{', '.join(verdicts) or 'No file'}.", f"{tally}."]


def _make_row(report: Report, anchor: str) -> dict[str, Any]:
    counted = Counter(finding.severity for finding in report.findings)
    return {
        "anchor": anchor,
        "title": shorten(wording.make_title(report), _CELL),
        "passed": report.verdict.passed,
        "verdict": wording.VERDICTS[report.verdict.passed],
        "reason": shorten(clean(" ".join(report.verdict.reasons)), _CELL),
        "severities": [(name, counted[name]) for name in wording.WORST_FIRST if counted[name]],
        "card": report.scorecard,
    }


def _make_values(report: Report, at: str = "") -> dict[str, Any]:
    """Return what the template of one report shows; *at* is put before every anchor in it."""
    return {
        "at": at,
        "report": report,
        "title": wording.make_title(report),
        "verdict": wording.VERDICTS[report.verdict.passed],
        "paragraphs": page_model.list_paragraphs(report),
        "entries": _make_entries(report),
        "facets": _make_facets(report),
        "cards": _make_cards(report),
        "counts": [score for score in report.scores if wording.is_count(score)],
        "notes": wording.list_notes(report.scores),
        "bars": _make_bars(report.findings),
        "tally": _tally_values(report.findings),
        "card": report.scorecard,
        "few_words": report.scorecard.words < mqm.MIN_WORDS,
        "scale": _scale_penalty(report.scorecard),
        "mqm_lines": wording.describe_mqm(report.scorecard),
        "coverage": wording.describe_coverage(report),
        "skipped": wording.group_skipped(report.skipped),
        "severities": wording.WORST_FIRST,
    }


def _make_entries(report: Report) -> list[Entry]:
    locate = wording.make_locator(report)
    out = []
    for number, kind in enumerate(wording.list_kinds(report), start=1):
        finding = kind.first
        segment = report.document.segments[finding.segment]
        rule = report.rules.get(finding.rule)
        missing = segment.reference if segment.target is None else None
        again = tuple(
            (page_model.name_anchor(number, place), locate(other))
            for place, other in enumerate(kind.others[:_PLACES], start=2)
        )
        entry = Entry(number, finding, locate(finding), "" if rule is None else rule.status, missing)
        address = rule_page.get_address(report.rule_pages, finding.rule)
        entry = replace(
            entry,
            words=wording.quote_words(segment, finding),
            again=again,
            more=len(kind.others) - len(again),
            page=address,
        )
        if segment.map is not None:
            source, notes = shorten(clean(wording.get_source(segment)), _CELL), segment.notes[: wording.MAX_NOTES]
            shown = tuple(shorten(clean(note), _CELL) for note in notes)
            entry = replace(entry, unit=shorten(clean(segment.id), _CELL), source=source, notes=shown)
        out.append(entry)
    return out


def _make_facets(report: Report) -> dict[str, list[tuple[str, int]]]:
    """Return ``(value, findings)`` for every value to filter by: severities worst first, others by name.

    A thing that was found many times counts as often, as on the card; it is filtered as its first is.
    """
    counted: dict[str, Counter[str]] = {key: Counter() for key in ("severity", "category", "rule")}
    for kind in wording.list_kinds(report):
        for key, counts in counted.items():
            counts[str(getattr(kind.first, key))] += len(kind.findings)
    facets = {key: sorted(counts.items()) for key, counts in counted.items()}
    facets["severity"].sort(key=lambda item: -mqm.rank_severity(item[0]))
    return facets


def _make_cards(report: Report) -> list[Card]:
    """Return one card for each metric, on which its variants share the place."""
    groups: dict[str, list[Score]] = {}
    for score in report.scores:
        if not wording.is_count(score):
            groups.setdefault(score.base, []).append(score)
    return [_make_card(*scores) for scores in groups.values()]


def _make_card(score: Score, *others: Score) -> Card:
    better = "Lower is better" if score.lower_is_better else "Higher is better"
    low, high = (score.value if bound is None else bound for bound in (score.low, score.high))
    variants = tuple((other.variant, other) for other in others)
    return Card(score, variants, _clamp_to_scale(score.value), _clamp_to_scale(low), _clamp_to_scale(high), better)


def _clamp_to_scale(value: float) -> float:
    return round(min(max(value, 0.0), 100.0), 2)


def _make_bars(findings: Sequence[Finding]) -> list[Bar]:
    counts = Counter(finding.severity for finding in findings)
    bars: list[Bar] = []
    start = 0.0
    for severity in wording.WORST_FIRST:
        if number := counts[severity]:
            width = 100 * number / counts.total()
            bars.append(Bar(severity, round(start, 2), round(width, 2)))
            start += width
    return bars


def _tally_values(findings: Sequence[Finding]) -> list[tuple[str, int]]:
    counts = Counter(finding.severity for finding in findings)
    return [(name, counts[name]) for name in wording.WORST_FIRST if counts[name]]


def _scale_penalty(card: mqm.Scorecard) -> tuple[float, float]:
    """Return the penalty and the acceptable penalty per 1,000 words on a scale of 0 to 100.

    The scale ends at twice the acceptable penalty, or just beyond the penalty where that is more.
    """
    penalty = card.per_1000 or 0.0
    end = max(2 * card.acceptable_per_1000, 1.05 * penalty)
    return round(100 * penalty / end, 2), round(100 * card.acceptable_per_1000 / end, 2)
