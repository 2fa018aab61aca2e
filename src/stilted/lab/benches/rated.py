"""How often do rules speak on translations by machines and by people, and how often where a rater marks something?

``python -m stilted.lab.benches.rated FILE ... [--half mine|held] [--show RULE] [--select RULE] [--ignore RULE]``. FILE
holds rows of translations with all their raters (`stilted.lab.evaluation.rated_rows` reads them). A finding touches a
mark where it shares a character with a span of any rater. Rules see the translation and the language of its source,
neither source nor reference. The models are left out unless they are selected. Halves are of documents, so that rules
may be made on one and measured on the other.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from stilted import api
from stilted.core import tokens
from stilted.core.model import Rule
from stilted.core.options import settings
from stilted.lab.benches.edits import HALVES, is_held
from stilted.lab.evaluation import rated_rows
from stilted.lab.evaluation.annotations import Row
from stilted.pipeline import build, detect, verdict

_MODELS: Final = ("tagger", "adequacy")
_AROUND: Final = 50

Pair = tuple[int, int]


class Translation(NamedTuple):
    """A translated segment and what its raters marked, all of them together."""

    text: str
    marks: tuple[Pair, ...]


class Work(NamedTuple):
    """Whose translation of which document."""

    system: str
    document: str
    language: str
    human: bool


@dataclass(slots=True)
class Counts:
    """What the rules found in the translations by machines, or in those by people.

    Attributes:
        words: how many words there are. hits, touching: findings by rule, and those of them that touch a mark.
        documents: documents with a finding, by rule. shown: findings to read.
    """

    words: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    touching: Counter[str] = field(default_factory=Counter)
    documents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shown: list[str] = field(default_factory=list)


def works(rows: Iterable[Row], half: str = "all") -> dict[Work, list[Translation]]:
    """Put the raters of a translation together, and the segments of a document in order of the file."""
    marks: dict[Work, dict[tuple[str, str], list[Pair]]] = defaultdict(dict)
    for row in rows:
        if half != "all" and is_held(row.doc) != (half == "held"):
            continue
        segments = marks[Work(row.system, row.doc, row.language, row.human)]
        segments.setdefault((row.segment, row.target), []).extend((span.start, span.end) for span in row.spans)
    return {
        work: [Translation(text, tuple(spans)) for (_, text), spans in segments.items()]
        for work, segments in marks.items()
    }


def count(translated: dict[Work, list[Translation]], rules: Sequence[Rule], show: str = "") -> dict[bool, Counts]:
    """Run *rules* over each document by itself; return what they found by whether people translated it."""
    by_human = {False: Counts(), True: Counts()}
    for work, segments in translated.items():
        texts = [segment.text for segment in segments]
        document = build.build_segments(work.document, texts, source_language=work.language or None)
        plan = detect.plan(rules, document)
        counts = by_human[work.human]
        counts.words += tokens.count(texts)
        for finding in verdict.merge(detect.find_all(plan, document), plan.rules):
            text, marks = segments[finding.segment]
            start, end = finding.segment_start, finding.segment_end
            touches = any(start < b and a < end for a, b in marks)
            counts.hits[finding.rule] += 1
            counts.touching[finding.rule] += touches
            counts.documents[finding.rule].add(work.document)
            if show in (finding.rule, finding.rule.partition("/")[0]):
                quoted = f"{text[max(0, start - _AROUND) : start]}[{text[start:end]}]{text[end : end + _AROUND]}"
                counts.shown.append(f"{'+' if touches else '-'} {work.system}: {quoted}")
    return by_human


def table(by_human: dict[bool, Counts]) -> Iterator[str]:
    """Yield the lines of a report: by rule, those that fire most first, and over all."""
    machine, human = by_human[False], by_human[True]
    yield f"{'rule':44}{'hits':>6}{'touch':>7}{'documents':>11}{'human':>7}"
    for rule in sorted({*machine.hits, *human.hits}, key=lambda rule: (-machine.hits[rule], rule)):
        hits = machine.hits[rule]
        share = f"{machine.touching[rule] / hits:.0%}" if hits else "-"
        yield f"{rule:44}{hits:>6}{share:>7}{len(machine.documents[rule]):>11}{human.hits[rule]:>7}"
    for name, each in (("machines", machine), ("people", human)):
        hits = each.hits.total()
        rate = f"one for each {each.words / hits:,.0f} words" if hits else "none"
        share = f", {each.touching.total() / hits:.0%} touch a mark" if hits else ""
        yield f"{name}: {hits} findings in {each.words:,} words, {rate}{share}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and before it the findings of one rule or family, if asked for."""
    parser = argparse.ArgumentParser("python -m stilted.lab.benches.rated", description="Measure rules against marks.")
    parser.add_argument("files", type=Path, nargs="+", help="gzip of JSON rows with raters")
    parser.add_argument("--language", default="zh", help="language of the sources")
    parser.add_argument("--half", choices=HALVES, default="all", help="half of the documents, or all of them")
    parser.add_argument("--show", default="", metavar="RULE", help="print the findings of a rule or family")
    parser.add_argument("--select", action="append", default=[], metavar="RULE")
    parser.add_argument("--ignore", action="append", default=[], metavar="RULE")
    parser.add_argument("--preview", action="store_true")
    given = parser.parse_args(arguments)
    ignored = given.ignore if given.select else [*_MODELS, *given.ignore]
    chosen = settings(select=given.select, ignore=ignored, preview=given.preview)
    rules = api.select(api.rules(chosen), chosen)
    rows = (row for path in given.files for row in rated_rows.read(path, given.language))
    by_human = count(works(rows, given.half), rules, given.show)
    for name, each in (("machine", by_human[False]), ("human", by_human[True])):
        for line in each.shown:
            print(name, line)
    print("\n".join(table(by_human)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
