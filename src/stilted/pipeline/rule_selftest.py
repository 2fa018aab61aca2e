"""The contract of examples: what a rule shows, it does. Tests and `stilted rules test` call this."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stilted.core.model import Document, Example, Finding, Need, Rule, Segment, Span
from stilted.pipeline import detect


def list_failures(rule: Rule) -> Iterator[str]:
    """Yield a sentence for each way in which *rule* breaks its promise.

    1. A bad example is found exactly at its marks. 2. A good one is not found. 3. The first suggestions
    give exactly the fix, which is then quiet. 4. All examples joined into one text give the same finds.
    """
    for example in rule.bad:
        spans = _find_spans(rule, [example])[0]
        if spans != example.spans:
            wanted = _quote_spans(example, example.spans)
            yield f"{rule.id}: in {example.text!r} it marks {_quote_spans(example, spans)}, not {wanted}"
        yield from _find_fix_breaches(rule, example)
    for example in rule.good:
        spans = _find_spans(rule, [example])[0]
        if spans:
            yield f"{rule.id}: in the good example {example.text!r} it marks {_quote_spans(example, spans)}"
    examples = [*rule.bad, *rule.good]
    if Need.DOCUMENT not in rule.needs and _find_spans(rule, examples) != [e.spans for e in examples]:
        yield f"{rule.id}: its examples together give other finds than alone"


def apply_edits(text: str, edits: Sequence[tuple[Span, str]]) -> str:
    """Return *text* with disjoint *edits* made; deleting words takes one neighbouring space along."""
    out: list[str] = []
    cursor = 0
    for span, new in sorted(edits):
        start, end = span.start, span.end
        if not new:
            if text[end : end + 1] == " " and (start == 0 or text[start - 1].isspace()):
                end += 1
            elif start and text[start - 1] == " ":
                start -= 1
        out += [text[cursor:start], new]
        cursor = max(cursor, end)
    return "".join([*out, text[cursor:]])


def _find_fix_breaches(rule: Rule, example: Example) -> Iterator[str]:
    findings = _find_findings(rule, [example])
    if example.fixed is None:
        return
    if not all(f.suggestions for f in findings):
        yield f"{rule.id}: {example.text!r} has a fix, but a finding suggests nothing"
        return
    fixed = apply_edits(example.text, [(Span(f.segment_start, f.segment_end), f.suggestions[0]) for f in findings])
    if fixed != example.fixed:
        yield f"{rule.id}: the suggestion makes {fixed!r}, not {example.fixed!r}"
    again = Example(example.fixed, reference=example.reference, source=example.source)
    if _find_spans(rule, [again])[0]:
        yield f"{rule.id}: it is not quiet on the fix {example.fixed!r}"


def make_document(examples: Sequence[Example]) -> Document:
    """Lay *examples* out as one document, a segment each.

    An empty reference stands for a text that is aligned with nothing (addition), an empty text for a
    reference that is (omission).
    """
    segments: list[Segment] = []
    text = ""
    for number, example in enumerate(examples, 1):
        span = Span(len(text), len(text) + len(example.text)) if example.text else None
        reference = example.reference or None
        segments.append(
            Segment(
                str(number),
                example.text or None,
                reference,
                example.source,
                span,
                moved=example.moved,
                gap=example.gap,
            )
        )
        text += example.text + "\n\n"
    return Document(
        name="examples",
        segments=tuple(segments),
        target=text,
        has_reference=any(e.reference is not None for e in examples),
        has_source=any(e.source is not None for e in examples),
    )


def _find_findings(rule: Rule, examples: Sequence[Example]) -> tuple[Finding, ...]:
    return detect.run([rule], make_document(examples))[0]


def _find_spans(rule: Rule, examples: Sequence[Example]) -> list[tuple[Span, ...]]:
    marked: list[list[Span]] = [[] for _ in examples]
    for finding in _find_findings(rule, examples):
        marked[finding.segment].append(Span(finding.segment_start, finding.segment_end))
    return [tuple(sorted(spans)) for spans in marked]


def _quote_spans(example: Example, spans: Sequence[Span]) -> str:
    return ", ".join(f"“{span.of(example.text)}”" for span in spans) or "nothing"
