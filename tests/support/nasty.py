"""Reports to render: a small made-up one, and one in which everything that can go wrong has."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Sequence

from stilted.core import mqm, span_markup, tokens
from stilted.core.model import Coverage, Document, Finding, Report, Score, Segment, Skipped, Span, Verdict

Fault = tuple[str, str, str, str, str, tuple[str, ...]]
"""rule, category, severity, message, why, suggestions"""

Row = tuple[str | None, str | None, Sequence[Fault]]
"""A segment: the translation in ``<v>`` notation, its reference, and one fault for each mark."""

HOSTILE = (
    "</script><script>window.pwned=1</script><img src=x onerror='window.pwned=2'>"
    "\"'`{{7*7}}{%raw%}&lt;&amp;\x00\x1b[31mred\x1b]0;title\x07\x9b2J\x7f\r\u2028\u2029\u202eevil\u2066"
    "\u200b\ufeff\U0001f469\u200d\U0001f52c 漢字 שלום e\u0301\ud800"
)

LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 20

_BOOTSTRAP = "nrefs:1|bs:1000|seed:12345"

SCORES = (
    Score("BLEU", 31.4159, 27.0, 35.9, f"{_BOOTSTRAP}|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0"),
    Score(
        "chrF2",
        58.72,
        None,
        None,
        "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0",
        "No interval under 50 segments.",
    ),
    Score("TER", 104.2, 96.1, 113.9, f"{_BOOTSTRAP}|case:lc|tok:tercom|norm:no|punct:yes|version:2.6.0"),
)

WITHHELD = Verdict(None, ())
UNALIGNED = Coverage(None, None)


def build(
    name: str,
    rows: Sequence[Row],
    *,
    joints: Sequence[str] = (),
    loose: bool = False,
    scores: tuple[Score, ...] = SCORES,
    skipped: tuple[Skipped, ...] = (),
    verdict: Verdict = WITHHELD,
    coverage: Coverage = UNALIGNED,
) -> Report:
    """Join *rows* into two texts, with ``joints[i]`` (a space by default) after the i-th translation."""
    target = reference = ""
    segments: list[Segment] = []
    findings: list[Finding] = []
    has_reference = any(row[1] is not None for row in rows)
    for index, (markup, counterpart, faults) in enumerate(rows):
        plain, marks = (None, (span_markup.Mark(0, 0),)) if markup is None else span_markup.parse(markup)
        spans: list[Span | None] = [None, None]
        base = len(target)
        if plain is not None:
            spans[0] = Span(base, base + len(plain))
            target += plain + (joints[index] if index < len(joints) else " ")
        if counterpart is not None:
            spans[1] = Span(len(reference), len(reference) + len(counterpart))
            reference += counterpart + " "
        if loose:
            spans = [None, None]
        segments.append(Segment(f"s{index + 1}", plain, counterpart, None, spans[0], spans[1]))
        for mark, fault in zip(marks, faults, strict=False):
            findings.append(_finding(index, plain or "", mark, fault, None if loose else base))
    document = Document(
        name, tuple(segments), None if loose else target, reference if has_reference and not loose else None,
        has_reference=has_reference,
    )  # fmt: skip
    size = tokens.count(segment.target for segment in segments if segment.target)
    card = mqm.make_scorecard((finding.severity for finding in findings), size)
    return Report(document, "en", coverage, tuple(findings), scores, skipped, scorecard=card, verdict=verdict)


def _finding(index: int, plain: str, mark: span_markup.Mark, fault: Fault, base: int | None) -> Finding:
    rule, category, severity, message, why, suggestions = fault
    start, end = (None, None) if base is None else (base + mark.start, base + mark.end)
    key = f"{rule}|{index}|{mark.start}".encode("utf-8", "surrogatepass")
    return Finding(
        rule=rule,
        category=category,
        severity=severity,
        confidence=0.72,
        segment=index,
        segment_start=mark.start,
        segment_end=mark.end,
        start=start,
        end=end,
        text=plain[mark.start : mark.end],
        message=message,
        why=why,
        suggestions=suggestions,
        fingerprint=hashlib.sha256(key).hexdigest()[:16],
    )


OFFLINE: Fault = (
    "zh/line-goes-offline", "Accuracy/Mistranslation", "major",
    "A production line does not go offline when a product is finished; the product rolls off it.",
    "Word for word from Chinese 下线, “to come off the line”.", ("rolled off the production line",),
)  # fmt: skip
MIX: Fault = (
    "zh/mix", "Accuracy/Mistranslation", "critical", "“Mix it” says nothing here.",
    "Chinese 混 is to muddle along in a trade; the dictionary’s first word for it is “mix”.",
    ("we have no business being in it", "we should not be in this business"),
)  # fmt: skip
DOUBLED: Fault = (
    "mt/doubled-word", "Linguistic conventions/Grammar", "minor", "The word stands twice.",
    "Decoders repeat themselves.", ("the",),
)  # fmt: skip
CAST: Fault = (
    "zh/cast-shadow", "Style/Unidiomatic style", "neutral", "An English editor may not keep this image.",
    "A figure of speech carried over.", (),
)  # fmt: skip
MISSING: Fault = (
    "align/omission", "Accuracy/Omission", "major", "This sentence of the reference has no translation.",
    "Nothing in the translation is aligned with it.", (),
)  # fmt: skip
EXTRA: Fault = (
    "align/addition", "Accuracy/Addition", "minor", "Nothing in the reference corresponds to this.",
    "Web pages append advertising to articles.", ("",),
)  # fmt: skip


def small() -> Report:
    """A short article with a finding of every severity, an omission and an addition."""
    rows: list[Row] = [
        ("Harbour Motors shows its first boat", "Harbour Motors shows its first boat", ()),
        (
            "On Tuesday the yard’s <v>production line officially went offline</v>, marking the first "
            "electric boat from <v>the the</v> young firm to get a licence from the harbour ministry after "
            "two winters of waiting.",
            "On Tuesday the firm’s first electric boat rolled off the line, licensed at last after two "
            "winters of waiting.",
            (OFFLINE, DOUBLED),
        ),
        (None, "The ministry had refused it twice.", (MISSING,)),
        (
            "Rivals’ debts have <v>cast a shadow over</v> the trade.",
            "Rivals’ debts hang over the trade.",
            (CAST,),
        ),
        (
            "“If we don’t do it right, <v>we shouldn’t mix it</v>,” the founder said.",
            "“If we can’t do it well, we have no business being in it,” the founder said.",
            (MIX,),
        ),
        ("<v>Portable boat battery, portable boat charger.</v>", None, (EXTRA,)),
    ]
    return build(
        "boats.en.txt",
        rows,
        joints=("\n\n", " ", " ", "\n\n", "\n\n", "\n"),
        skipped=(
            Skipped("src/number-mismatch", "needs the source text"),
            Skipped("src/untranslated", "needs the source text"),
            Skipped("learned/awkward", "no model file is installed"),
        ),
        verdict=Verdict(False, ("1 critical finding, and any critical finding fails.",)),
        coverage=Coverage(0.894, 0.861),
    )


def nasty() -> Report:
    """Hostile text wherever a report has text."""
    fault = (f"x/{HOSTILE}", "Style/Awkward style", "critical", HOSTILE, HOSTILE, (HOSTILE, ""))
    rows: list[Row] = [
        (f"Before <v>{HOSTILE}</v> after.", HOSTILE, (fault,)),
        (f"{LONG_WORD} <v>{LONG_WORD}</v> {LONG_WORD}", LONG_WORD, (MIX,)),
        (None, HOSTILE, (MISSING,)),
        ("At the very end<v></v>", "At the very end.", (DOUBLED,)),
        (f"{HOSTILE} " * 40 + "<v>漢字漢字</v>" + f" {HOSTILE}" * 40, None, (EXTRA,)),
        ("", "", ()),
    ]
    score = Score(HOSTILE, -3.5, None, None, HOSTILE, HOSTILE)
    return build(
        HOSTILE,
        rows,
        joints=("\r\n", "\r", "\u2028", "\n\n"),
        scores=(*SCORES, score),
        skipped=tuple(Skipped(f"x/{n}", HOSTILE) for n in range(30)),
        verdict=Verdict(False, (HOSTILE, HOSTILE)),
        coverage=Coverage(0.999, 0.001),
    )


def quiet() -> Report:
    """Nothing found, nothing to compare with, too short to judge."""
    return build(
        "short.txt",
        [("All is well.", None, ())],
        scores=(),
        verdict=Verdict(None, ("3 words are too few for a verdict by score; 300 are needed.",)),
    )


def loose() -> Report:
    """Segments without a document around them."""
    rows: list[Row] = [
        ("We <v>shouldn’t mix it</v>.", "We have no business in it.", (MIX,)),
        (None, "Left out.", (MISSING,)),
        ("Fine.", None, ()),
    ]
    return build("", rows, loose=True, coverage=Coverage(1.0, 1.0), verdict=Verdict(True, ()))


def empty() -> Report:
    """No segment at all."""
    return build("empty", [], scores=(), verdict=Verdict(None, ()))


def overlapping() -> Report:
    """Findings over the same words, which judgement normally merges."""
    plain = build("o.txt", [("one <v>two three four</v> five", None, (MIX,))], scores=())
    first = plain.findings[0]
    second = dataclasses.replace(
        first,
        rule="x/inner",
        severity="minor",
        segment_start=8,
        segment_end=23,
        start=8,
        end=23,
        text="three four five",
    )
    return dataclasses.replace(plain, findings=(first, second))


def all_reports() -> Iterable[tuple[str, Report]]:
    """Every report above with its name."""
    makers = (small, nasty, quiet, loose, empty, overlapping)
    return [(maker.__name__, maker()) for maker in makers]
