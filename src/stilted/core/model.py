"""The nouns. All are frozen; all positions are code points, half open, zero based."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import IntEnum, StrEnum
from typing import Any, Final

from stilted.core import discovery, metric_names, mqm, span_markup, tokens
from stilted.core.document import Document, Message, Need, Segment, Span, Stretch, Suppression
from stilted.core.errors import UserError

__all__ = [
    "Analysis", "Coverage", "Document", "Example", "Finder", "Finding", "Hit", "Message", "Need",
    "Precedence", "Report", "Rule", "Score", "Segment", "SegmentFinder", "Skipped", "Span", "Status", "Stretch",
    "Suppression", "Verdict", "find_place", "get_family",
]  # fmt: skip


class Status(StrEnum):
    """How far a rule is trusted."""

    STABLE = "stable"
    """It runs by default."""
    PREVIEW = "preview"
    """It runs on request."""


_STATUSES: Final = frozenset(Status)
_NEEDS: Final = frozenset(Need)


class Precedence(IntEnum):
    """Which of two findings that overlap is kept: the lower, since it makes the other needless to say."""

    FOREIGN_TEXT = 0
    """The text does not belong there at all."""
    ALIGNMENT = 1
    """A whole segment has no counterpart, or has it elsewhere."""
    FAULT = 2
    GUESS = 3
    """It cannot say why."""


def get_family(rule: str) -> str:
    """Return the family of the rule of that id: what stands before its slash."""
    return rule.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Hit:
    """All that a rule may say: this stretch of that segment, why, what to write, how sure.

    ``span`` counts in ``segments[segment].target``; for a segment without a target it is ``Span(0, 0)``.
    Empty or None fields take the rule's own value. ``severity`` and ``category`` override the rule's
    (a wrong magnitude is critical although the rule is major).
    """

    rule: str
    segment: int
    span: Span
    message: str = ""
    suggestions: tuple[str, ...] = ()
    confidence: float | None = None
    severity: str | None = None
    category: str | None = None
    why: str = ""


Finder = Callable[[Document], Iterable[Hit]]
"""Finds the hits of one rule or, where that is cheaper, of a family of rules at once."""


@dataclass(frozen=True, slots=True, eq=False)
class SegmentFinder:
    """A finder that looks at each segment alone: no other segment changes what it finds in one.

    Of the document it reads nothing but the languages, the format, and which texts there are. What it has found in a
    segment holds as long as the segment does (see `stilted.pipeline.memory`).
    """

    find: Finder

    def __call__(self, document: Document) -> Iterable[Hit]:
        """Find the hits in all segments."""
        return self.find(document)


Explain = Callable[[Document, "Finding"], Iterable[tuple[str, str]]]
"""Says what a rule read to come to a finding: a label of at most ten letters and a sentence, as often as needed."""


FixGuard = Callable[[Segment, "Finding"], bool]
"""Tells whether the fix of a finding in its segment is right beyond doubt, which not all fixes of a rule need be."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule must find exactly at its marks, or, without marks, must leave alone.

    Attributes:
        text: the plain text.
        spans: where the rule must fire; empty for a good example.
        fixed: the text after every first suggestion is applied; None for a good example or for a rule
            that can say what is wrong but not what to write.
        reference: the reference the text is checked against, if the rule needs one.
        source: the source text, likewise.
        moved: text and reference stand in different places. gap: a paragraph that the source has behind this one.
    """

    text: str
    spans: tuple[Span, ...] = ()
    fixed: str | None = None
    reference: str | None = None
    source: str | None = None
    moved: bool = False
    gap: str = ""

    @staticmethod
    def of(
        text: str,
        fixed: str | None = None,
        *,
        reference: str | None = None,
        source: str | None = None,
        moved: bool = False,
        gap: str = "",
    ) -> Example:
        """Read an example in ``<v>`` notation."""
        plain, marks = span_markup.parse(text, "example")
        return Example(plain, tuple(Span(m.start, m.end) for m in marks), fixed, reference, source, moved, gap)


@dataclass(frozen=True, slots=True)
class Rule:
    """One fault and how it is found; packs, checks and the tagger all yield these.

    Attributes:
        id: ``family/kebab-name`` of the fault; never changes once published.
        category: MQM-Core category. severity: MQM severity.
        message: one sentence for the reader; a hit may bring its own.
        why: where the fault comes from, e.g. the source expression rendered word for word.
        find: the finder; several rules may share one, and it runs once for all of them.
        bad: examples it must find, at least one. good: near misses it must not find, at least one.
        needs: what it cannot work without beside the translation.
        status: stable runs by default, preview on request.
        confidence: chance that a human reviewer marks something a hit touches, 0 to 1.
        languages: source languages (ISO 639-1) it is about; empty for all.
        precedence: which finding is kept where it overlaps one of another rule.
        not_for: profiles of texts that it has nothing to say about, unless it is selected.
        option: the option that brings it along, such as ``glossary``; empty for a rule that needs none.
        safe_fix: the first suggestion may be applied without a person looking, where nothing speaks against it.
        fix_guard: says what does, in the eyes of the rule; None for nothing.
        fixes_quotations: the fix is safe within quotation marks, too.
        severity_is_set: the user has set the severity, and hits do not change it.
        stable_at_high: a rule in preview that guesses, and runs at the sensitivity ``high`` as if it were stable.
        reads_code: its finder sees code, placeholders and addresses as they are written, where others see opaque
            characters.
        evidence: says what the rule read, for a reader who doubts a finding; None where the words say it all.

    Raises:
        UserError: an unknown category, severity, status or need, or a missing example.
    """

    id: str
    category: str
    severity: str
    message: str
    why: str
    find: Finder = field(repr=False)
    bad: tuple[Example, ...] = field(repr=False)
    good: tuple[Example, ...] = field(repr=False)
    needs: frozenset[Need] = frozenset()
    status: Status = Status.STABLE
    confidence: float = 0.5
    languages: frozenset[str] = frozenset()
    precedence: Precedence = Precedence.FAULT
    not_for: frozenset[str] = frozenset()
    option: str = ""
    safe_fix: bool = False
    fix_guard: FixGuard | None = field(default=None, repr=False)
    fixes_quotations: bool = False
    severity_is_set: bool = False
    stable_at_high: bool = False
    reads_code: bool = False
    evidence: Explain | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        where = f"rule {self.id}"
        mqm.require_category(self.category, where)
        mqm.require_severity(self.severity, where)
        family, _, name = self.id.partition("/")
        if not family or not name or self.id != self.id.lower() or " " in self.id:
            raise UserError(f"'{self.id}' is not a rule id", where, "Write family/kebab-name.")
        if self.status not in _STATUSES:
            raise UserError(f"unknown status '{self.status}'", where, "Write stable or preview.")
        if unknown := self.needs - _NEEDS:
            raise UserError(f"unknown need '{min(unknown)}'", where)
        if not 0.0 <= self.confidence <= 1.0:
            raise UserError("confidence is not between 0 and 1", where)
        if not self.message or not self.why:
            raise UserError("a rule says what is wrong and why", where, "Fill in 'message' and 'why'.")
        if not self.bad or not all(e.spans for e in self.bad):
            raise UserError("no bad example with a marked span", where, "Mark the fault: a <v>bad</v> word.")
        if not self.good or any(e.spans for e in self.good):
            raise UserError("no good example, or one that carries marks", where, "Add a near miss.")

    @property
    def family(self) -> str:
        """Return the part of the id that rules of one kind share."""
        return get_family(self.id)

    def at(self, sensitivity: str) -> Rule:
        """Return the rule as those have it who choose a sensitivity: at ``high`` what guesses is asked for."""
        is_wanted = sensitivity == "high" and self.stable_at_high and self.status == Status.PREVIEW
        return replace(self, status=Status.STABLE) if is_wanted else self

    @property
    def adds_penalty(self) -> bool:
        """Tell whether its findings count: what a model marks is a guess, not a fault that can be shown."""
        return Need.MODEL not in self.needs

    def __reduce__(self) -> tuple[type[Rule], tuple[object, ...]]:
        """Let reports travel between processes: what a rule says goes along, the code of its finder does not."""
        kept = {each.name: getattr(self, each.name) for each in fields(self)}
        return Rule, tuple((kept | {"find": _refuse_to_find, "evidence": None}).values())

    def __deepcopy__(self, memo: object) -> Rule:
        return self


def _refuse_to_find(document: Document) -> Iterable[Hit]:
    raise UserError("this rule came from another process, without its finder", "rules", "Choose rules by name.")


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit in its place, made by the engine alone, so that no rule can misquote the text.

    ``segment_start``/``segment_end`` count in the segment's target, ``start``/``end`` in the text as
    given (None for loose segments). ``text`` is always exactly what the span covers.
    """

    rule: str
    category: str
    severity: str
    confidence: float
    segment: int
    segment_start: int
    segment_end: int
    start: int | None
    end: int | None
    text: str
    message: str
    why: str
    suggestions: tuple[str, ...]
    fingerprint: str
    merged_rules: tuple[str, ...] = ()
    """Other rules whose finding was merged into this one."""
    in_baseline: bool = False
    """Accepted by the baseline: shown, but neither counted nor judged."""


def find_place(document: Document, finding: Finding) -> Span | None:
    """Return where a finding stands in the text that places count in, `Document.origin`; None for loose segments."""
    if document.file is None:
        return None if finding.start is None or finding.end is None else Span(finding.start, finding.end)
    own = document.segments[finding.segment].map
    if own is not None:
        return Span(*own.place(finding.segment_start, finding.segment_end))
    if document.map is not None and finding.start is not None and finding.end is not None:
        return Span(*document.map.place(finding.start, finding.end))
    return None


@dataclass(frozen=True, slots=True)
class Score:
    """A figure with the signature that makes it comparable; never one without the other.

    ``low``/``high`` bound a 95% interval and are None where none can be given; ``note`` then says why.
    """

    metric: str
    value: float
    low: float | None
    high: float | None
    signature: str
    note: str = ""
    variant: str = ""
    """What was done to the texts before, empty for nothing: "quotes normalised"."""
    unit: str = ""
    """What is counted; empty for a figure on a scale of 0 to 100, or of points per 100 words."""

    @property
    def base(self) -> str:
        """Return the metric's name without its variant."""
        return self.metric.removesuffix(f" ({self.variant})")

    @property
    def lower_is_better(self) -> bool:
        """Tell which way the figure is to be read."""
        return self.base in metric_names.LOWER_IS_BETTER


@dataclass(frozen=True, slots=True)
class Verdict:
    """``passed`` is None when no verdict can be given; every reason is a sentence."""

    passed: bool | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule or score that did not run, and why.

    Attributes:
        rule: the rule's id, or the name of the score. reason: the end of a sentence that begins with it.
        languages: the languages of the source that the rule is about, where that is why it did not run.
    """

    rule: str
    reason: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share of the characters of each side that is aligned with the other, 0 to 1; None without that side."""

    target: float | None
    reference: float | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of a translation before anybody judges it: filters are functions from one to another."""

    document: Document
    language: str
    coverage: Coverage
    findings: tuple[Finding, ...]
    scores: tuple[Score, ...]
    skipped: tuple[Skipped, ...]
    rules: Mapping[str, Rule] = field(repr=False, default_factory=dict)
    """The rules that were to run, for renderers that explain findings."""
    notes: tuple[str, ...] = ()
    """Sentences about the run itself: stale baseline entries, suppressions that suppress nothing."""
    rule_pages: str = ""
    """Web address below which the pages of rules are published; empty for nowhere."""

    @property
    def words(self) -> int:
        """Return the evaluation word count of the translation."""
        return tokens.count(segment.target for segment in self.document.segments if segment.target)

    @property
    def ran(self) -> frozenset[str]:
        """Return the ids of the rules that ran."""
        return frozenset(self.rules.keys() - {skipped.rule for skipped in self.skipped})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Analysis):
    """Everything known about one translation, judged; a renderer is a function from this to a string.

    It is written by renderers that are found by their name, so that the nouns depend on none of them.
    """

    scorecard: mqm.Scorecard
    verdict: Verdict

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data: exactly what `to_json` writes (schema 1)."""
        plain: dict[str, Any] = discovery.load_module(_RENDERERS, "json").to_dict(self)
        return plain

    def to_json(self) -> str:
        """Return the report as JSON text."""
        return self._render_as("json")

    def to_html(self) -> str:
        """Return the report as one self-contained HTML page."""
        return self._render_as("html")

    def to_text(self) -> str:
        """Return the report as the terminal shows it, without colours."""
        return self._render_as("terminal")

    def to_arrow(self) -> Any:
        """Return the findings as a `pyarrow.Table`, a row each; raises `UserError` without pyarrow."""
        return discovery.load_module(_RENDERERS, "notebook").to_arrow(self)

    def to_pandas(self) -> Any:
        """Return the findings as a `pandas.DataFrame`, a row each; raises `UserError` without pandas and pyarrow."""
        return discovery.load_module(_RENDERERS, "notebook").to_pandas(self)

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the page, in a frame."""
        return str(discovery.load_module(_RENDERERS, "notebook").make_cell(self))

    def _render_as(self, name: str) -> str:
        return str(discovery.load_module(_RENDERERS, name).render(self))


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A file that was to be checked and could not be.

    Attributes:
        file: its name, like that of a document. what: the fault as a sentence without a final full stop.
        hint: what the reader can do now; empty where nothing can be said.
    """

    file: str
    what: str
    hint: str = ""


_RENDERERS: Final = "stilted.render"
