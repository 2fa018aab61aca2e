"""What every renderer for people says alike: places, order and wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stilted.core import mqm
from stilted.core.foreign import OBJECT, clean, clean_line, shorten
from stilted.core.model import Finding, Report, Score, Segment, Skipped, Span, Unjudged, find_place
from stilted.core.offsets import Lines
from stilted.core.repeats import Kind, group_kinds

VERDICTS: Final = {True: "Passed", False: "Failed", None: "No verdict"}
COULD_NOT_TELL: Final = "Could not tell"

_GRAVITY: Final = {False: 0, None: 1, True: 2}

MAX_NOTES: Final = 3
"""Notes of the file shown with a finding."""

WORST_FIRST: Final = mqm.SEVERITIES[::-1]

OTHER_PACKS: Final = "packs about other source languages"

MAX_PLACES: Final = 12
"""Places named where the same thing was found many times; the rest are counted."""

MAX_RULES: Final = 6
"""Rules named for one reason of skipping; the rest are counted."""


def leave_out_accepted(report: Report) -> Report:
    """Return *report* without the findings that a baseline accepts; a note says how many there are."""
    new = tuple(finding for finding in report.findings if not finding.in_baseline)
    said = describe_accepted([report])
    return replace(report, findings=new, notes=(*said, *report.notes)) if said else report


def describe_accepted(reports: Iterable[Report]) -> tuple[str, ...]:
    """Return the note on how many findings of all files the baseline accepts; none where it accepts none."""
    accepted = sum(finding.in_baseline for report in reports for finding in report.findings)
    are = "is" if accepted == 1 else "are"
    return (f"{format_count(accepted, 'finding')} {are} accepted by the baseline and not shown.",) if accepted else ()


def rank_gravity(report: Report) -> int:
    """Return what to sort by so that files that failed come first, then those without a verdict."""
    return _GRAVITY[report.verdict.passed]


def find_worst_verdict(reports: Sequence[Report]) -> bool | None:
    """Return the worst verdict of all, None for no reports."""
    return min(reports, key=rank_gravity).verdict.passed if reports else None


def name_outcome(reports: Sequence[Report], unjudged: Sequence[Unjudged]) -> str:
    """Return the worst verdict in words; a file that could not be judged is worse than all but a failure."""
    worst = find_worst_verdict(reports)
    if unjudged and worst is not False:
        return COULD_NOT_TELL
    return VERDICTS[worst] if reports else "Nothing to check"


def describe_unjudged(file: Unjudged) -> str:
    """Return that a file could not be judged, why, and what to do, on one line."""
    return f"Could not be judged: {explain_unjudged(file)}"


def explain_unjudged(file: Unjudged) -> str:
    """Return why a file could not be judged and what to do, on one line."""
    hint = f" {clean_line(file.hint)}" if file.hint else ""
    return f"{clean_line(file.what)}.{hint}"


def order_findings(report: Report) -> list[Finding]:
    """Return the findings in the order of the text."""
    return sorted(report.findings, key=lambda f: (f.segment, f.segment_start, f.segment_end, f.rule))


def list_kinds(report: Report) -> tuple[Kind, ...]:
    """Return the findings in the order of the text, each with those that repeat it."""
    return group_kinds(report, order_findings(report))


def make_locator(report: Report) -> Callable[[Finding], str]:
    """Return the function from a finding to ``line:column`` in its file, or to ``segment ID`` for loose segments."""
    document = report.document
    lines = None if document.origin is None else Lines.of(document.origin)

    def locate(finding: Finding) -> str:
        place = find_place(document, finding)
        if lines is None or place is None:
            return f"segment {clean(document.segments[finding.segment].id)}"
        line, column = lines.locate(place.start)
        return f"{line}:{column}"

    return locate


def make_title(report: Report) -> str:
    """Return the name of what was checked, on one line."""
    return clean(report.document.name) or "translation"


def describe_certainty(report: Report, finding: Finding) -> str:
    """Return how far a finding may be believed, in a word or two: ``confidence 0.90``, or ``argued``."""
    from stilted.rules.packs import is_measured

    rule = report.rules.get(finding.rule)
    return "argued" if rule and not is_measured(rule) else f"confidence {finding.confidence:.2f}"


def describe_places(kind: Kind, locate: Callable[[Finding], str], most: int = MAX_PLACES) -> str:
    """Return where else a thing was found: ``3 more times: 4:1, 7:12 and 9:3``; empty where it was found once.

    Where other words than the first stand, they are quoted.
    """
    if not kind.others:
        return ""
    said = [_describe_elsewhere(finding, kind.first.text, locate) for finding in kind.others[:most]]
    left = len(kind.others) - len(said)
    where = ", ".join(said) + f" and {left:,} more" if left else list_names(said)
    return f"{format_count(len(kind.others), 'more time')}: {where}"


def _describe_elsewhere(finding: Finding, text: str, locate: Callable[[Finding], str]) -> str:
    other = clean(finding.text) if finding.text.casefold() != text.casefold() else ""
    return f"{locate(finding)} “{other}”" if other else locate(finding)


def list_names(names: Sequence[str]) -> str:
    """Return ``one, two and three``."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def format_count(number: int, noun: str) -> str:
    """Return ``1 finding``, ``1,200 findings``."""
    return f"{number:,} {choose_noun(number, noun)}"


def choose_noun(number: int, noun: str) -> str:
    """Return ``finding`` for 1, ``findings`` for all other numbers."""
    return noun if number == 1 else f"{noun}s"


def format_percent(share: float) -> str:
    """Return a share as whole per cent; only a full share is called 100% and only none is called 0%."""
    if 0 < share < 1:
        return f"{min(max(round(100 * share), 1), 99)}%"
    return f"{share:.0%}"


def format_figure(value: float | None) -> str:
    """Return a score with one decimal, or a dash when there is none."""
    return "–" if value is None else f"{value:,.1f}".replace("-", "−")


FIX: Final = (
    "writes the first suggestion, unless there is code in the line, somebody is quoted, or the place leaves a doubt"
)
"""What `stilted fix` does about a rule that vouches for its fixes; see `stilted.project.fix_guards`."""


def is_count(score: Score) -> bool:
    """Tell whether *score* counts things and so stands on no scale of 0 to 100."""
    return bool(score.unit)


def format_value(score: Score) -> str:
    """Return the value of *score*: a whole number for a count, else one decimal."""
    return f"{score.value:,.0f}" if is_count(score) else format_figure(score.value)


def list_notes(scores: Iterable[Score]) -> list[str]:
    """Return each note once, as a sentence with the scores it is about, or their number when many share it."""
    groups: dict[str, list[str]] = {}
    for score in scores:
        if score.note:
            groups.setdefault(score.note, []).append(score.metric)
    who = {note: ", ".join(m) if len(m) < 3 else f"{len(m)} scores" for note, m in groups.items()}
    return [clean(f"{note[:1].upper()}{note[1:].rstrip('.')} ({who[note]}).") for note in groups]


def format_interval(score: Score) -> str:
    """Return the 95% interval of *score*, or a dash."""
    if score.low is None or score.high is None:
        return "–"
    return f"{format_figure(score.low)} to {format_figure(score.high)}"


def tally(findings: Iterable[Finding]) -> str:
    """Return how many findings there are, and of each severity, worst first: ``13 findings: 2 critical, 11 minor``.

    All are counted that are listed; a scorecard leaves those of the tagger out.
    """
    counts = Counter(finding.severity for finding in findings)
    each = ", ".join(f"{counts[name]:,} {name}" for name in WORST_FIRST if counts[name])
    return f"{format_count(counts.total(), 'finding')}: {each}" if each else format_count(0, "finding")


def describe_coverage(report: Report) -> str:
    """Return the sentence on how much was aligned; empty without a reference."""
    target, reference = report.coverage.target, report.coverage.reference
    if target is None or reference is None:
        return ""
    return (
        f"{format_percent(target)} of the translation is aligned with {format_percent(reference)} of the reference; "
        "scores compare what is aligned."
    )


def describe_mqm(card: mqm.Scorecard) -> list[str]:
    """Return the MQM figures with their parameters as sentences."""
    lines = [
        f"{format_count(card.penalty, 'penalty point')} in {format_count(card.words, 'word')}"
        + ("" if card.per_1000 is None else f": {format_figure(card.per_1000)} per 1,000 words")
        + "."
    ]
    if card.raw is not None and card.words >= mqm.MIN_WORDS:
        lines.append(
            f"Raw score {format_figure(card.raw)}; calibrated score {format_figure(card.calibrated)}, "
            f"calibrated so that {card.acceptable_per_1000:g} points per 1,000 words give {card.passing_threshold:g}."
        )
    elif card.raw is not None:
        lines.append(f"Raw score {format_figure(card.raw)}.")
    if card.words < mqm.MIN_WORDS:
        lines.append(f"Under {mqm.MIN_WORDS} words a score supports no verdict.")
    if card.repeated:
        repeats, cost = ("finding repeats", "costs") if card.repeated == 1 else ("findings repeat", "cost")
        lines.append(
            f"{card.repeated:,} {repeats} another in the same document and {cost} nothing: a kind of fault costs once."
        )
    return lines


@dataclass(frozen=True, slots=True)
class SkippedGroup:
    """What did not run for one reason: names of rules and scores, or of languages where it is `OTHER_PACKS`."""

    reason: str
    names: tuple[str, ...]
    names_languages: bool = False


def group_skipped(skipped: Iterable[Skipped]) -> list[SkippedGroup]:
    """Group what did not run by its reason, in the order in which the reasons first appear.

    Of packs about other source languages, hundreds of rules that nobody misses, only the languages are named,
    sorted, under `OTHER_PACKS`.
    """
    groups: dict[str, list[str]] = {}
    languages: set[str] = set()
    for item in skipped:
        if item.languages:
            groups[OTHER_PACKS] = []
            languages.update(item.languages)
        else:
            groups.setdefault(item.reason, []).append(item.rule)
    return [
        SkippedGroup(reason, tuple(names) or tuple(sorted(languages)), names_languages=not names)
        for reason, names in groups.items()
    ]


def shorten_names(names: Sequence[str]) -> str:
    """Return the names one after the other, or the first `MAX_RULES` and how many more there are."""
    left = len(names) - MAX_RULES
    return ", ".join(names[:MAX_RULES]) + (f" and {left:,} more" if left > 0 else "")


def get_source(segment: Segment) -> str:
    """Return the source of a unit of a catalogue; empty where its id says the same."""
    text = segment.source or ""
    known = segment.id == text or (segment.message is not None and segment.message.text == text)
    return "" if segment.map is None or known else fill_objects(text, segment.objects[2], Span(0, 0))[0]


def fill_objects(text: str, objects: Sequence[str], span: Span) -> tuple[str, Span]:
    """Return *text* with what its opaque characters stand for, and where *span* lies in that.

    A reader of a catalogue looks for ``{name}``, not for the one character that rules see in its place. Where the file
    does not say of each what it is, the text stays as it is; so does one that is too long to be gone through for every
    finding in it.
    """
    pieces = text.split(OBJECT)
    if len(pieces) != len(objects) + 1 or len(text) > _LONGEST_FILLED:
        return text, span
    shown = [shorten(each, _OBJECT) for each in objects]

    def find_shift(offset: int) -> int:
        return sum(map(len, shown[: text.count(OBJECT, 0, offset)])) - text.count(OBJECT, 0, offset)

    filled = "".join(piece + said for piece, said in zip(pieces, [*shown, ""], strict=True))
    return filled, Span(span.start + find_shift(span.start), span.end + find_shift(span.end))


def quote_words(segment: Segment, finding: Finding) -> str:
    """Return the words of a finding with the placeholders among them as the file has them."""
    if OBJECT not in finding.text:
        return finding.text
    span = Span(finding.segment_start, finding.segment_end)
    text, span = fill_objects(segment.target or "", segment.objects[0], span)
    return span.of(text)


_LONGEST_FILLED: Final = 10_000
_OBJECT: Final = 60
"""Characters of a placeholder or tag that are shown."""
