"""Run rules over a document: hits become findings here and nowhere else."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from stilted.core.model import Document, Finder, Finding, Hit, Need, Rule, Skipped, Span
from stilted.core.progress import track
from stilted.pipeline.mask import mask_document, unmask

_SENTENCE_END: Final = re.compile(r"[.!?][\"'”’)\]]*\s+|\n[ \t\r]*\n\s*")
_FINGERPRINT_CHARS: Final = 16
_LONG_SENTENCE: Final = 4_000


class RuleError(Exception):
    """A rule broke its contract: a bug in the rule, never in the user's input."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What runs over documents of one kind: the rules whose needs are met, their finders, and what is left out."""

    rules: Mapping[str, Rule]
    finders: tuple[Finder, ...]
    skipped: tuple[Skipped, ...]
    read_code: frozenset[int]
    """The identities of the finders that see code as it is written."""


def plan_run(rules: Sequence[Rule], document: Document) -> Plan:
    """Choose the rules whose needs *document* meets; rules that share a finder run together, once."""
    usable: dict[str, Rule] = {}
    skipped: list[Skipped] = []
    lacking = frozenset(need for need in Need if not document.has(need))
    for rule in rules:
        left_out = _explain_skip(rule, document, lacking)
        if left_out:
            skipped.append(left_out)
        else:
            usable[rule.id] = rule
    finders: dict[int, Finder] = {id(rule.find): rule.find for rule in usable.values()}
    read_code = frozenset(id(rule.find) for rule in usable.values() if rule.reads_code)
    return Plan(usable, tuple(finders.values()), tuple(skipped), read_code)


Ask = Callable[[Finder, Document], Iterable[Hit]]
"""Runs a finder over a document, or remembers what it found."""


def ask_anew(find: Finder, document: Document) -> Iterable[Hit]:
    """Run a finder."""
    return find(document)


def run(
    rules: Sequence[Rule], document: Document, ask: Ask = ask_anew
) -> tuple[tuple[Finding, ...], tuple[Skipped, ...]]:
    """Run every rule whose needs *document* meets.

    Returns:
        The findings in order of place, unmerged; and the rules that did not run, with the reason.

    Raises:
        RuleError: a hit names a segment or a span that does not exist.
    """
    chosen = plan_run(rules, document)
    return find_all(chosen, document, ask), chosen.skipped


def find_all(chosen: Plan, document: Document, ask: Ask = ask_anew) -> tuple[Finding, ...]:
    """Return the findings of a plan, made for a document of this kind, in order of place; raises like `run`."""
    # A family's finder also speaks for members that are switched off: those hits are dropped.
    masked = mask_document(document)
    hits = {
        placed
        for find in track(chosen.finders)
        for hit in ask(find, document if id(find) in chosen.read_code else masked)
        if hit.rule in chosen.rules
        for placed in ((hit,) if id(find) in chosen.read_code else unmask(hit, masked, document))
    }
    kept = _drop_rivals(hits, chosen.rules) if document.source_language else hits
    places = _place_segments(document)
    found = (_make_finding(chosen.rules[hit.rule], hit, document, places) for hit in kept)
    return tuple(_add_fingerprints(sorted(found, key=_make_sort_key), document))


def _drop_rivals(hits: Set[Hit], rules: Mapping[str, Rule]) -> Iterable[Hit]:
    """Leave a fault that a rule about the source language explains to it: other rules speak of other languages."""
    own: dict[tuple[int, str], list[Span]] = {}
    for hit in hits:
        if rules[hit.rule].languages:
            own.setdefault((hit.segment, rules[hit.rule].category), []).append(hit.span)
    if not own:
        return hits
    covered = {key: _cover(spans) for key, spans in own.items()}
    return [
        hit
        for hit in hits
        if rules[hit.rule].languages
        or not _overlaps_any(hit.span, covered.get((hit.segment, rules[hit.rule].category), _NOTHING))
    ]


_Covered = tuple[list[int], list[int]]
"""Where stretches of which no two touch begin and end, ascending."""

_NOTHING: Final[_Covered] = ([], [])


def _cover(spans: Iterable[Span]) -> _Covered:
    begins: list[int] = []
    ends: list[int] = []
    for span in sorted(spans):
        if not span:
            continue
        if ends and span.start <= ends[-1]:
            ends[-1] = max(ends[-1], span.end)
        else:
            begins.append(span.start)
            ends.append(span.end)
    return begins, ends


def _overlaps_any(span: Span, covered: _Covered) -> bool:
    begins, ends = covered
    at = bisect_right(ends, span.start)
    return at < len(begins) and begins[at] < span.end


def _make_sort_key(finding: Finding) -> tuple[int, int, int, str, str, tuple[str, ...]]:
    """Return what orders findings: their place, then all that tells two of one place apart, which come from a set."""
    place = finding.segment, finding.segment_start, finding.segment_end
    return *place, finding.rule, finding.message, finding.suggestions


def _explain_skip(rule: Rule, document: Document, lacking: Set[str]) -> Skipped | None:
    missing = rule.needs & lacking
    if missing == {Need.DOCUMENT}:
        return Skipped(rule.id, "for running text alone")
    if missing:
        return Skipped(rule.id, f"{' and '.join(f'no {each}' for each in sorted(missing))} was given")
    if rule.languages and document.source_language and document.source_language not in rule.languages:
        languages = tuple(sorted(rule.languages))
        return Skipped(rule.id, f"is about translations from {', '.join(languages)}", languages)
    return None


def _make_finding(rule: Rule, hit: Hit, document: Document, places: Sequence[int]) -> Finding:
    if not 0 <= hit.segment < len(document.segments):
        raise RuleError(f"{rule.id} names segment {hit.segment} of {len(document.segments)}")
    target = document.segments[hit.segment].target or ""
    if hit.span.end > len(target) or (not hit.span and target):
        raise RuleError(f"{rule.id} marks [{hit.span.start}, {hit.span.end}) of {len(target)} characters")
    start = places[hit.segment] if places else None
    return Finding(
        rule=rule.id,
        category=hit.category or rule.category,
        severity=rule.severity if rule.severity_is_set else hit.severity or rule.severity,
        confidence=rule.confidence if hit.confidence is None else hit.confidence,
        segment=hit.segment,
        segment_start=hit.span.start,
        segment_end=hit.span.end,
        start=None if start is None else start + hit.span.start,
        end=None if start is None else start + hit.span.end,
        text=hit.span.of(target),
        message=hit.message or rule.message,
        why=hit.why or rule.why,
        suggestions=hit.suggestions,
        fingerprint="",
    )


def _place_segments(document: Document) -> list[int]:
    """Return where each segment begins in the translation; an omitted one stands after the one before it."""
    if document.target is None:
        return []
    ends: list[int] = []
    end = 0
    for segment in document.segments:
        span = segment.target_span
        ends.append(end if span is None else span.start)
        end = end if span is None else span.end
    return ends


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Where the end marks of a text begin and end, and how long the text is."""

    begins: tuple[int, ...]
    ends: tuple[int, ...]
    length: int


def _split_sentences(text: str) -> _Sentences:
    marks = [mark.span() for mark in _SENTENCE_END.finditer(text)]
    return _Sentences(tuple(begin for begin, _ in marks), tuple(end for _, end in marks), len(text))


def _find_sentence_around(sentences: _Sentences, span: Span) -> Span:
    before = bisect_right(sentences.ends, span.start)
    after = max(before, bisect_left(sentences.begins, span.end))
    start = sentences.ends[before - 1] if before else 0
    return Span(start, sentences.ends[after] if after < len(sentences.ends) else sentences.length)


def find_sentence_around(text: str, span: Span) -> Span:
    """Return the sentence of *text* that holds *span*, by end marks alone.

    It must not depend on how sentences were aligned: fingerprints have to survive edits elsewhere.
    """
    return _find_sentence_around(_split_sentences(text), span)


def _add_fingerprints(findings: Iterable[Finding], document: Document) -> Iterator[Finding]:
    """Name each finding by rule, quoted text, its sentence and its occurrence: no places, no line numbers."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for number, group in groupby(findings, key=lambda finding: finding.segment):
        segment = document.segments[number]
        text = segment.target or segment.reference or ""
        cut = _split_sentences(text) if segment.target else _Sentences((), (), len(text))
        named: dict[Span, str] = {}
        for finding in group:
            around = _find_sentence_around(cut, Span(finding.segment_start, finding.segment_end))
            if around not in named:
                named[around] = _name_sentence(around.of(text))
            key = (finding.rule, " ".join(finding.text.split()), named[around])
            seen[key] += 1
            digest = hashlib.sha256("\x1f".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass"))
            yield replace(finding, fingerprint=digest.hexdigest()[:_FINGERPRINT_CHARS])


def _name_sentence(sentence: str) -> str:
    """Return what a sentence is known again by: itself, and of a very long one, which may hold much, its digest."""
    plain = " ".join(sentence.split())
    if len(plain) <= _LONG_SENTENCE:
        return plain
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
