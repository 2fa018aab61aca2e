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

from stilted.core import tokens
from stilted.core.model import Rule
from stilted.lab.benches.rule_options import (
    add_options,
    choose_rules,
    is_in_half,
    is_shown,
    print_shown,
    quote,
)
from stilted.lab.evaluation import rated_rows
from stilted.lab.evaluation.annotations import Row
from stilted.pipeline import build, detect, overlaps

_MODELS: Final = ("tagger", "adequacy")

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


def read_works(rows: Iterable[Row], half: str = "all") -> dict[Work, list[Translation]]:
    """Put the raters of a translation together, and the segments of a document in order of the file."""
    marks: dict[Work, dict[tuple[str, str], list[Pair]]] = defaultdict(dict)
    for row in rows:
        if not is_in_half(row.doc, half):
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
        plan = detect.plan_run(rules, document)
        counts = by_human[work.human]
        counts.words += tokens.count(texts)
        for finding in overlaps.merge(detect.find_all(plan, document), plan.rules):
            text, marks = segments[finding.segment]
            start, end = finding.segment_start, finding.segment_end
            touches = any(start < b and a < end for a, b in marks)
            counts.hits[finding.rule] += 1
            counts.touching[finding.rule] += touches
            counts.documents[finding.rule].add(work.document)
            if is_shown(finding, show):
                counts.shown.append(f"{'+' if touches else '-'} {work.system}: {quote(text, finding)}")
    return by_human


def write_table(by_human: dict[bool, Counts]) -> Iterator[str]:
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
    add_options(parser, "documents")
    given = parser.parse_args(arguments)
    rules = choose_rules(given, ignore=given.ignore if given.select else [*_MODELS, *given.ignore])
    rows = (row for path in given.files for row in rated_rows.read_rated_rows(path, given.language))
    by_human = count(read_works(rows, given.half), rules, given.show)
    print_shown({"machine": by_human[False].shown, "human": by_human[True].shown})
    print("\n".join(write_table(by_human)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
