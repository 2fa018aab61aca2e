"""What is measured: our rules over the translations, or somebody else's spans from a file."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from stilted.core.model import Finding, Rule
from stilted.lab.evaluation.annotations import BadRow, Row, map_category, map_severity
from stilted.lab.evaluation.read_json import parse_record
from stilted.lab.evaluation.reader_state import read_numbered_lines

_CHUNK: Final = 500
Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Mark:
    """A predicted span of a translation; ``start == end`` for a finding without a place (an omission).

    ``origin`` is the kind of rule it comes from: packs, checks, tagger, or predictions for a file's.
    """

    start: int
    end: int
    rule: str
    category: str
    severity: str
    confidence: float
    origin: str


@dataclass(frozen=True, slots=True)
class Predictions:
    """Marks of each translation, in the order of the rows they were made for; and what was not usable.

    Attributes:
        marks: of each translation. bad: unusable records of a predictions file.
        missing: translations for which a predictions file has no line; they count as unmarked.
        metrics: name -> score of each translation, higher is better; measured beside BLEU and the others.
    """

    marks: tuple[tuple[Mark, ...], ...]
    bad: tuple[BadRow, ...] = ()
    missing: int = 0
    metrics: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


def check(rows: Sequence[Row], *, use_references: bool, advance: Advance, **options: Any) -> Predictions:
    """Run our rules over the translations of *rows*.

    Rows are checked as loose segments, so rules that need a whole document stay silent. Rows that differ in
    whether they have a reference or a source, or in the source language, are checked apart.

    Args:
        use_references: whether the rules may see the references.
        advance: called with how many rows are done, for a progress bar.
        **options: of `stilted.core.options.Settings`.
    """
    groups: dict[tuple[str, bool, bool], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[row.language, bool(use_references and row.reference), bool(row.source)].append(index)
    marks: list[tuple[Mark, ...]] = [()] * len(rows)
    for (language, referred, sourced), indices in groups.items():
        find = _make_finder(language, options)
        for first in range(0, len(indices), _CHUNK):
            part = indices[first : first + _CHUNK]
            marked = find(
                [rows[i].target for i in part],
                [rows[i].reference or "" for i in part] if referred else None,
                [rows[i].source or "" for i in part] if sourced else None,
            )
            for index, of_segment in zip(part, marked, strict=True):
                marks[index] = of_segment
            advance(len(part))
    return Predictions(tuple(marks))


Texts = list[str]
Find = Callable[[Texts, Texts | None, Texts | None], list[tuple[Mark, ...]]]


def _make_finder(language: str, options: dict[str, Any]) -> Find:
    """Prepare the rules once; `api.check_segments` would also compute corpus scores for every chunk."""
    from stilted import api
    from stilted.core.options import LANGUAGES, make_settings
    from stilted.pipeline import build, detect, overlaps

    chosen = make_settings(**options, source_language=language if language in LANGUAGES else None)
    running = api.select(api.list_rules(chosen), chosen)
    rules = {rule.id: rule for rule in running}

    def find(targets: Texts, references: Texts | None, sources: Texts | None) -> list[tuple[Mark, ...]]:
        loose = build.build_segments("evaluation", targets, references, sources, source_language=chosen.source_language)
        findings, _ = detect.run(running, loose)
        marks: list[list[Mark]] = [[] for _ in targets]
        for finding in overlaps.merge(findings, rules):
            marks[finding.segment].append(_make_mark(finding, rules[finding.rule]))
        return [tuple(of_segment) for of_segment in marks]

    return find


def list_estimates(rows: Sequence[Row], advance: Advance) -> tuple[float, ...] | None:
    """Return minus the penalty points that the learned estimate expects for each row, which has a reference.

    None where the model cannot run.
    """
    from stilted.pipeline import build
    from stilted.rules import tagger

    if tagger.find_obstacle() is not None:
        return None
    values: list[float] = []
    for first in range(0, len(rows), _CHUNK):
        part = rows[first : first + _CHUNK]
        loose = build.build_segments("evaluation", [row.target for row in part], [row.reference or "" for row in part])
        values += [0.0 if estimate is None else -estimate.points for estimate in tagger.estimate(loose).segments]
        advance(len(part))
    return tuple(values)


def _make_mark(finding: Finding, rule: Rule) -> Mark:
    return Mark(
        finding.segment_start,
        finding.segment_end,
        finding.rule,
        finding.category,
        finding.severity,
        finding.confidence,
        find_origin(rule),
    )


def find_origin(rule: Rule) -> str:
    """Return which part of `stilted.rules` gives the rule: packs, checks, tagger or glossary."""
    return "glossary" if rule.option else _list_rules_in_code().get(rule.id, "packs")


@cache
def _list_rules_in_code() -> Mapping[str, str]:
    """Return the part that gives each rule written in code; all others stand in packs, also in those of a user."""
    from stilted.rules import checks, tagger

    given = (("checks", checks.list_rules()), ("tagger", tagger.list_rules()))
    return {rule.id: part for part, rules in given for rule in rules}


def read_predictions(path: Path, rows: Sequence[Row]) -> Predictions:
    """Read spans in our JSONL and join them with *rows* on doc, segment and system, else on the line number.

    A span may also carry ``rule`` and ``confidence`` (1 if absent), a record ``score`` (higher is better; it
    is measured when every translation has one). A record that fits no translation, or whose ``target`` is
    another text, is listed as bad.
    """
    places = _index_rows(rows)
    marks: dict[int, tuple[Mark, ...]] = {}
    scores: dict[int, float] = {}
    bad: list[BadRow] = []
    for number, line in read_numbered_lines(path):
        if not line.strip():
            continue
        try:
            record = parse_record(line)
            spans = tuple(_read_mark(span) for span in record["spans"])
            score = float(record["score"]) if "score" in record else math.nan
        except (ValueError, TypeError) as error:
            bad.append(BadRow(path.name, number, str(error)))
            continue
        named = places(record, number)
        same = [i for i in named if rows[i].target == record["target"]]
        if not same:
            reason = "the target is not that translation's text" if named else "no such translation in the data"
            bad.append(BadRow(path.name, number, reason))
        for index in same:
            marks[index] = marks.get(index, ()) + spans
            if math.isfinite(score):
                scores[index] = score
    everyone = range(len(rows))
    return Predictions(
        marks=tuple(marks.get(i, ()) for i in everyone),
        bad=tuple(bad),
        missing=sum(i not in marks for i in everyone),
        metrics={"score": tuple(scores[i] for i in everyone)} if len(scores) == len(rows) else {},
    )


def _index_rows(rows: Sequence[Row]) -> Callable[[dict[str, Any], int], Sequence[int]]:
    """Return what finds the rows that a record and its line number name."""
    by_key: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    by_line: dict[int, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        by_key[row.doc, row.segment, row.system].append(index)
        by_line[row.line].append(index)

    def find_places(record: dict[str, Any], number: int) -> Sequence[int]:
        if not any(key in record for key in ("doc", "segment", "system")):
            return by_line.get(number, [])
        doc, segment, system = record.get("doc", ""), record.get("segment", number), record.get("system", "")
        return by_key.get((str(doc), str(segment), str(system)), [])

    return find_places


def _read_mark(span: dict[str, Any]) -> Mark:
    confidence = float(span.get("confidence", 1.0))
    if not 0 <= confidence <= 1:
        raise ValueError("confidence is not between 0 and 1")
    severity = map_severity(str(span.get("severity", "minor"))) or "neutral"
    category = map_category(str(span.get("category", "")))
    rule = str(span.get("rule", "predictions"))
    return Mark(span["start"], span["end"], rule, category, severity, confidence, "predictions")
