"""How many of the places that editors changed does a check touch, and how often does it cry wolf?

``python -m stilted.lab.benches.edits DIR [--native FILE ...] [--ignore tagger] [--show RULE]``. ``DIR`` holds
``pairs.jsonl.gz`` (sentences ``before`` and ``after`` an edit, ``spans`` of what was changed in code points of
``before``, ``minor`` spans of changes of taste, and ``repo``, ``path``, ``licence`` and ``src_lang``) and
``negatives.jsonl.gz`` (``text`` of sentences that the same editors left alone). The word CODE stands for inline code.
Sentences of one file make one document, since what a file repeats is no misspelling. ``--unseen`` reads only the
repositories that the reader of slips was not trained on, ``--sample N`` that many sentences of each kind.

An edit is touched where a finding shares a character with one of its spans. A finding is right where it touches any
edit, minor ones included, and its confidence should be the share of findings like it that do. False alarms are the
findings on sentences after their edit, on those left alone, and in native English, for each 1,000 words; some of these
are faults that nobody saw.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from stilted.core import tokens
from stilted.core.foreign import OBJECT
from stilted.core.model import Finding, Rule
from stilted.lab.benches.rule_options import (
    add_options,
    choose_rules,
    is_in_half,
    is_shown,
    print_shown,
    quote,
)
from stilted.lab.evaluation.calibration import list_bins, measure_error
from stilted.lab.json_rows import read_json_rows
from stilted.lab.training.slips.edits import is_permissive
from stilted.pipeline import build, detect, overlaps

_CODE: Final = re.compile(r"\bCODE\b")

Pair = tuple[int, int]


class Row(NamedTuple):
    """A sentence, the file it stands in, and what an editor changed in it."""

    text: str
    place: tuple[str, str]
    spans: tuple[Pair, ...] = ()
    minor: tuple[Pair, ...] = ()


@dataclass(slots=True)
class Counts:
    """What the rules found in texts of one kind.

    Attributes:
        words: how many words there are. hits, right: findings by rule, and those of them that touch an edit.
        edits, touched: edits, and those of them that a finding touches. shown: findings to read.
        confidences: of each finding, with whether it touches an edit.
    """

    words: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    edits: int = 0
    touched: int = 0
    shown: list[str] = field(default_factory=list)
    confidences: list[tuple[float, bool]] = field(default_factory=list)

    def per_thousand(self, rule: str | None = None) -> float:
        """Return the findings for each 1,000 words, of one rule or of all."""
        hits = self.hits.total() if rule is None else self.hits[rule]
        return 1000 * hits / self.words if self.words else 0.0


def mask_code(text: str, spans: Iterable[Sequence[int]] = ()) -> tuple[str, tuple[Pair, ...]]:
    """Put one opaque character in place of the word CODE, and move *spans* along; none becomes empty."""
    places = [match.start() for match in _CODE.finditer(text)]
    lost = len("CODE") - len(OBJECT)

    def moved(place: int) -> int:
        return place - sum(min(lost, max(0, place - start)) for start in places)

    pairs = ((moved(start), moved(end)) for start, end in spans)
    return _CODE.sub(OBJECT, text), tuple((start, max(end, start + 1)) for start, end in pairs)


def _is_asked(line: Mapping[str, Any], half: str, unseen: bool) -> bool:
    if unseen and is_permissive(line["licence"]):
        return False
    return is_in_half(line["repo"], half)


def read_rows(folder: Path, half: str = "all", *, unseen: bool = False) -> dict[str, list[Row]]:
    """Return the rows of ``before``, ``after`` and ``negatives``, of all repositories or of one half of them.

    Args:
        unseen: only of repositories whose licence kept them out of all training.
    """
    rows: dict[str, list[Row]] = {"before": [], "after": [], "negatives": []}
    for pair in read_json_rows(folder / "pairs.jsonl.gz"):
        if not _is_asked(pair, half, unseen):
            continue
        place = pair["repo"], pair["path"]
        before, spans = mask_code(pair["before"], pair["spans"])
        rows["before"].append(Row(before, place, spans, mask_code(pair["before"], pair.get("minor", ()))[1]))
        rows["after"].append(Row(mask_code(pair["after"])[0], place))
    for line in read_json_rows(folder / "negatives.jsonl.gz"):
        if _is_asked(line, half, unseen):
            rows["negatives"].append(Row(mask_code(line["text"])[0], (line["repo"], line["path"])))
    return rows


def sample(rows: Sequence[Row], size: int | None) -> list[Row]:
    """Return *size* of *rows* in their order, always the same ones; all where there are fewer or nobody asks."""
    if size is None or size >= len(rows):
        return list(rows)
    return [rows[place] for place in sorted(random.Random(1).sample(range(len(rows)), size))]


def read_native(path: Path) -> list[Row]:
    """Return the paragraphs of a text, one a line, packed with gzip or not; each is a document of its own."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    lines = (line.strip() for line in text.split("\n"))
    return [Row(line, (path.name, str(number))) for number, line in enumerate(lines) if line]


def count(rows: Iterable[Row], rules: Sequence[Rule], show: str = "") -> Counts:
    """Run *rules* over *rows*, those of one file together, and count."""
    counts = Counts()
    files: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        files[row.place].append(row)
    plan = None
    for place, inside in files.items():
        document = build.build_segments("/".join(place), [row.text for row in inside])
        plan = plan or detect.plan_run(rules, document)
        findings: dict[int, list[Finding]] = defaultdict(list)
        for finding in overlaps.merge(detect.find_all(plan, document), plan.rules):
            findings[finding.segment].append(finding)
        for number, row in enumerate(inside):
            _add(counts, row, findings[number], show)
    return counts


def _add(counts: Counts, row: Row, findings: Sequence[Finding], show: str) -> None:
    counts.words += tokens.count([row.text])
    counts.edits += len(row.spans)
    counts.touched += sum(any(_is_overlapping(each, span) for each in findings) for span in row.spans)
    for each in findings:
        is_right = any(_is_overlapping(each, span) for span in (*row.spans, *row.minor))
        counts.hits[each.rule] += 1
        counts.right[each.rule] += is_right
        counts.confidences.append((each.confidence, is_right))
        if is_shown(each, show):
            counts.shown.append(f"{'+' if is_right else '-'} {each.rule} {_quote(row.text, each)}")


def _is_overlapping(finding: Finding, span: Pair) -> bool:
    return finding.segment_start < span[1] and span[0] < finding.segment_end


def _quote(text: str, finding: Finding) -> str:
    written = f" -> {finding.suggestions[0]!r}" if finding.suggestions else ""
    return f"{quote(text, finding)}{written}".replace(OBJECT, "CODE").replace("\n", " ")


def write_table(counts: Mapping[str, Counts]) -> Iterator[str]:
    """Yield the lines of a report: by rule, those that fire most first, and over all."""
    before = counts["before"]
    others = [name for name in counts if name != "before"]
    yield f"{'rule':44}{'hits':>6}{'right':>7}{'':>7}" + "".join(f"{name:>12}" for name in others)
    names = sorted(
        {rule for each in counts.values() for rule in each.hits}, key=lambda rule: (-before.hits[rule], rule)
    )
    for rule in names:
        share = f"{before.right[rule] / before.hits[rule]:.0%}" if before.hits[rule] else "-"
        cells = "".join(f"{counts[name].hits[rule]:>12}" for name in others)
        yield f"{rule:44}{before.hits[rule]:>6}{before.right[rule]:>7}{share:>7}{cells}"
    total, right = before.hits.total(), before.right.total()
    yield f"edits touched: {before.touched} of {before.edits}, {before.touched / max(1, before.edits):.1%}"
    yield f"findings that touch an edit: {right} of {total}, {right / max(1, total):.0%}"
    error = measure_error(list_bins(before.confidences))
    if error is not None:
        yield f"confidences err by {error:.3f} (expected calibration error)"
    for name in others:
        yield f"findings for each 1,000 words, {name}: {counts[name].per_thousand():.2f} ({counts[name].words:,} words)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and before it the findings of one rule or family, if asked for."""
    parser = argparse.ArgumentParser("python -m stilted.lab.benches.edits", description="Measure rules against edits.")
    parser.add_argument("folder", type=Path, help="holds pairs.jsonl.gz and negatives.jsonl.gz")
    parser.add_argument("--native", type=Path, nargs="*", default=[], help="native English, a paragraph a line")
    parser.add_argument("--unseen", action="store_true", help="only repositories that no training saw")
    parser.add_argument("--sample", type=int, metavar="N", help="sentences of each kind; all by default")
    add_options(parser, "repositories")
    parser.add_argument("--sensitivity", default=None)
    given = parser.parse_args(arguments)
    rules = choose_rules(given, **({"sensitivity": given.sensitivity} if given.sensitivity else {}))
    texts = read_rows(given.folder, given.half, unseen=given.unseen) | {
        path.name: read_native(path) for path in given.native
    }
    counts = {name: count(sample(rows, given.sample), rules, given.show) for name, rows in texts.items()}
    print_shown({name: each.shown for name, each in counts.items()})
    print("\n".join(write_table(counts)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
