"""What every rule is worth on human marks: `python -m stilted.lab.evaluation.evidence mine|table DATA_DIR`.

``table`` writes ``packs/EVIDENCE.md`` and ``packs/evidence.json``: for every rule of packs and checks its
hits on machine translations with human MQM marks, how many touch a mark, how many would by chance, and its
hits on human translations and on clean English. ``mine`` prints phrases that raters mark far more often
than chance and that human translators do not write: candidates for rules, to be judged by a reader.

Chance is the share of all windows of as many words, anywhere in the machine translations of the same data
set, that touch a mark. Phrase rules are measured without references, which could only silence them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stilted.core import tokens
from stilted.core.errors import UserError
from stilted.core.model import Document, Finding, Rule, Segment, Span
from stilted.lab.benches import edits as edit_bench
from stilted.lab.evaluation import rated_rows
from stilted.lab.evaluation.annotations import Row
from stilted.lab.evaluation.chance import count_words_touched, find_word_spans
from stilted.lab.evaluation.mining import find_touched_words, mine
from stilted.lab.evaluation.readers import read_corpus
from stilted.pipeline import detect
from stilted.pipeline.build import build_document
from stilted.rules import checks, packs

SHRINK: Final = 10.0
"""Pseudo-hits that pull a rule's touch rate to the mean of all rules (the usual empirical-Bayes estimate)."""

_PACKS: Final = Path(packs.__file__).parent
_CLEAN: Final = Path("corpora/clean")
Scope = tuple[str, str]
"""A data set and a source language."""


@dataclass(slots=True)
class Evidence:
    """Counts of one rule.

    Attributes:
        hits: on machine translations; touching: of these, how many share a character with a human mark.
        chance: sum over the hits of the chance that a window of as many words touches a mark.
        documents: source documents with a hit. human: hits on human translations. clean: on clean English.
        edits: hits on sentences that editors changed; edited: of these, how many touch a change.
        left: hits on sentences after the change, and on those that the editors left alone.
    """

    hits: int = 0
    touching: int = 0
    chance: float = 0.0
    human: int = 0
    clean: int = 0
    edits: int = 0
    edited: int = 0
    left: int = 0
    documents: set[tuple[str, str]] = field(default_factory=set)

    def rate(self) -> float | None:
        """Return the touch rate, None without hits."""
        return self.touching / self.hits if self.hits else None


def measure(rows: Sequence[Row], clean: Sequence[Path], rules: Sequence[Rule]) -> dict[str, Evidence]:
    """Count the hits of *rules* on annotated *rows* and on *clean* text files; every rule has an entry."""
    counts = {rule.id: Evidence() for rule in rules}
    machine = [row for row in rows if not row.human]
    chances = Chances(machine)
    for group in _group_by_document(machine):
        row = group[0]
        for segment, finding in _find_findings(rules, group, row.language or None):
            entry = counts[finding.rule]
            spans = [(s.start, s.end) for s in group[segment].spans]
            start, end = finding.segment_start, finding.segment_end
            entry.hits += 1
            entry.touching += any(start < e and s < end for s, e in spans)
            entry.chance += chances.of(group[segment], start, end)
            entry.documents.add(row.document)
    for group in _group_by_document(_pass_once(row for row in rows if row.human)):
        for _, finding in _find_findings(rules, group, None):
            counts[finding.rule].human += 1
    for path in clean:
        for finding in detect.run(rules, build_document(path.name, path.read_text("utf-8")))[0]:
            counts[finding.rule].clean += 1
    return counts


def measure_edits(counts: dict[str, Evidence], folder: Path, rules: Sequence[Rule]) -> dict[str, int]:
    """Add to *counts* the hits on what editors changed and left alone; return the words of both."""
    rows = edit_bench.read_rows(folder)
    before = edit_bench.count(rows["before"], rules)
    left = edit_bench.count([*rows["after"], *rows["negatives"]], rules)
    for rule, entry in counts.items():
        entry.edits, entry.edited, entry.left = before.hits[rule], before.right[rule], left.hits[rule]
    return {"edited": before.words, "left alone": left.words}


class Chances:
    """The chance that a window of *n* words touches a mark, by data set; exact, over all windows."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[Scope, list[Row]] = defaultdict(list)
        self._known: dict[tuple[Scope, int], float] = {}
        for row in rows:
            self._rows[row.corpus, row.language].append(row)

    def of(self, row: Row, start: int, end: int) -> float:
        """Return the chance of a window as long as ``row.target[start:end]``."""
        scope = row.corpus, row.language
        size = count_words_touched([(start, end)], find_word_spans(row.target))[0]
        if (scope, size) not in self._known:
            self._known[scope, size] = _measure_share(self._rows[scope], size)
        return self._known[scope, size]


def _measure_share(rows: Iterable[Row], size: int) -> float:
    windows = touching = 0
    for row in rows:
        places = find_word_spans(row.target)
        width = min(size, len(places))
        marked = find_touched_words(row)
        sums = [0]
        for mark in marked:
            sums.append(sums[-1] + mark)
        windows += len(places) - width + 1
        touching += sum(sums[i + width] > sums[i] for i in range(len(places) - width + 1))
    return touching / windows if windows else 0.0


def _pass_once(rows: Iterable[Row]) -> Iterator[Row]:
    """Pass each translation once, however many raters marked it."""
    seen: set[tuple[str, str, str, str]] = set()
    for row in rows:
        if row.unit not in seen:
            seen.add(row.unit)
            yield row


def _group_by_document(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Put rows together that are one system's translation of one document, marked by one rater."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.corpus, row.doc, row.system, row.rater].append(row)
    yield from groups.values()


def _find_findings(rules: Sequence[Rule], rows: Sequence[Row], language: str | None) -> Iterator[tuple[int, Finding]]:
    """Run rules that need a reference on the rows that have one, and all others without; yield row and finding."""
    for compared in (False, True):
        chosen = [rule for rule in rules if ("reference" in rule.needs) == compared]
        numbers = [i for i, row in enumerate(rows) if row.reference is not None or not compared]
        document = _make_document([rows[i] for i in numbers], language, compared=compared)
        for finding in detect.run(chosen, document)[0]:
            if document.segments[finding.segment].target:
                yield numbers[finding.segment], finding


def _make_document(rows: Sequence[Row], language: str | None, *, compared: bool) -> Document:
    segments: list[Segment] = []
    text = ""
    for number, row in enumerate(rows):
        span = Span(len(text), len(text) + len(row.target))
        reference = row.reference if compared else None
        segments.append(Segment(str(number), row.target, reference, target_span=span))
        text += row.target + "\n"
    return Document("", tuple(segments), text, source_language=language, has_reference=compared)


def estimate_confidences(counts: dict[str, Evidence]) -> dict[str, float]:
    """Return each rule's touch rate, shrunk to the mean of all hits; the mean itself without hits."""
    hits = sum(e.hits for e in counts.values())
    mean = sum(e.touching for e in counts.values()) / hits if hits else 0.0
    return {rule: (e.touching + SHRINK * mean) / (e.hits + SHRINK) for rule, e in counts.items()}


def write_json(counts: dict[str, Evidence], totals: dict[str, int]) -> str:
    """Write the counts, one line a rule, sorted by id."""
    shrunk = estimate_confidences(counts)
    lines = [
        f"    {json.dumps(rule)}: "
        + json.dumps(
            {
                "hits": e.hits,
                "touching": e.touching,
                "chance": round(e.chance, 2),
                "documents": len(e.documents),
                "human": e.human,
                "clean": e.clean,
                "edits": e.edits,
                "edited": e.edited,
                "left": e.left,
                "shrunk": round(shrunk[rule], 2),
            }
        )
        for rule, e in sorted(counts.items())
    ]
    return f'{{\n  "words": {json.dumps(totals)},\n  "rules": {{\n' + ",\n".join(lines) + "\n  }\n}\n"


def write_markdown(rules: Sequence[Rule], counts: dict[str, Evidence], totals: dict[str, int]) -> str:
    """Write the table: one section a status, the rules with most hits first."""
    out = [
        "# Evidence",
        "",
        "Made by `python -m stilted.lab.evaluation.evidence table DATA_DIR --rated ROWS --edits DIR`; do not edit.",
        "",
        "Hits on machine translations that people marked with MQM errors, the share of the hits that touch",
        "a mark, the share of windows of as many words that would by chance, the number of source documents",
        "behind the hits, and false alarms: hits per million words of human translations, hits on clean English.",
        "Then sentences of manuals before an editor changed them: hits, the share that touches a change, and the",
        "hits on sentences after the change or left alone, some of which hold a fault that nobody saw.",
        "",
        ", ".join(f"{name}: {number:,} words" for name, number in totals.items()) + ".",
        "",
    ]
    for status in ("stable", "preview"):
        chosen = [rule for rule in rules if rule.status == status]
        out += [f"## {status.capitalize()}", "", *_write_summary(chosen, counts, totals), ""]
        out += [
            "| rule | hits | touch | chance | documents | human /M | clean | edits | touch | left |",
            "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
        ]
        order = sorted(chosen, key=lambda rule: (-counts[rule.id].hits, -counts[rule.id].edits, rule.id))
        out += [_write_line(rule.id, counts[rule.id], totals) for rule in order]
        out.append("")
    return "\n".join(out)


def _write_line(name: str, e: Evidence, totals: dict[str, int]) -> str:
    touch = "" if not e.hits else f"{e.touching / e.hits:.2f}"
    chance = "" if not e.hits else f"{e.chance / e.hits:.2f}"
    human = f"{1e6 * e.human / totals['human']:.1f}" if e.human else "0"
    edited = "" if not e.edits else f"{e.edited / e.edits:.2f}"
    marks = f"{e.hits} | {touch} | {chance} | {len(e.documents)} | {human} | {e.clean}"
    return f"| {name} | {marks} | {e.edits} | {edited} | {e.left} |"


def _write_summary(rules: Sequence[Rule], counts: dict[str, Evidence], totals: dict[str, int]) -> list[str]:
    out = []
    for family in sorted({rule.family for rule in rules}):
        own = [counts[rule.id] for rule in rules if rule.family == family]
        hits, touching = sum(e.hits for e in own), sum(e.touching for e in own)
        figures = f"{len(own)} rules, {sum(bool(e.hits) for e in own)} with hits"
        if hits:
            figures += f"; {hits} hits, touch {touching / hits:.2f}, chance {sum(e.chance for e in own) / hits:.2f}"
        if edits := sum(e.edits for e in own):
            figures += f"; {edits} on edited sentences, touch {sum(e.edited for e in own) / edits:.2f}"
        alarms = sum(e.human for e in own)
        per = f"one per {totals['human'] // alarms:,} words" if alarms else "none"
        out.append(f"- {family}: {figures}; human translations: {per}; clean English: {sum(e.clean for e in own)}")
    return out


def _count_totals(rows: Sequence[Row], clean: Sequence[Path]) -> dict[str, int]:
    return {
        "machine": tokens.count(row.target for row in rows if not row.human),
        "human": tokens.count(row.target for row in _pass_once(row for row in rows if row.human)),
        "clean": tokens.count(path.read_text("utf-8") for path in clean),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m stilted.lab.evaluation.evidence", description="What rules are worth."
    )
    parser.add_argument("action", choices=("mine", "table"))
    parser.add_argument(
        "data", type=Path, metavar="DATA_DIR", help="MQM annotations, see stilted.lab.evaluation.readers"
    )
    parser.add_argument("--rated", type=Path, action="append", default=[], metavar="FILE", help="also rows, jsonl.gz")
    parser.add_argument("--edits", type=Path, metavar="DIR", help="edited sentences, see stilted.lab.benches.edits")
    parser.add_argument("--clean", type=Path, default=_CLEAN, metavar="DIR", help="clean English, *.txt")
    parser.add_argument("--language", default="", metavar="xx", help="only this source language")
    parser.add_argument("--minimum", type=int, default=4, metavar="N", help="mine: fewest occurrences")
    parser.add_argument("--output", type=Path, default=_PACKS, metavar="DIR", help="table: where to write")
    options = parser.parse_args(arguments)
    try:
        rows = [
            *read_corpus(options.data).rows,
            *(row for path in options.rated for row in rated_rows.read_rated_rows(path)),
        ]
        rows = [row for row in rows if options.language in ("", row.language)]
    except UserError as error:
        print(error.sentence(), file=sys.stderr)
        return 2
    if options.action == "mine":
        for z, phrase, number, rate, chance, documents in mine(rows, options.minimum):
            print(f"{z:.2f}\t{phrase}\t{number}\t{rate:.2f}\t{chance:.2f}\t{documents}")
        return 0
    rules = (*packs.list_rules(), *checks.list_rules())
    clean = sorted(options.clean.glob("*.txt"))
    counts, totals = measure(rows, clean, rules), _count_totals(rows, clean)
    if options.edits:
        totals |= measure_edits(counts, options.edits, rules)
    (options.output / "evidence.json").write_text(write_json(counts, totals), encoding="utf-8")
    (options.output / "EVIDENCE.md").write_text(write_markdown(rules, counts, totals), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
