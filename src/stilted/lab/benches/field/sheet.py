"""The sheet: totals, what is new since the sheet before, precision where it was judged, and every finding."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from stilted.core import mqm
from stilted.lab.benches.field.judgements import ALIKE, JUDGEMENTS, Judgements, measure_likeness
from stilted.lab.evaluation.calibration import list_bins, measure_error

Row = dict[str, Any]
WORST_FIRST: Final = mqm.SEVERITIES[::-1]
TRUE: Final = frozenset({"true"})
"""What a reader would change."""

RIGHT: Final = frozenset({"true", "defensible"})
"""What a reader would change or may leave."""

_Z: Final = 1.96


def select_findings(rows: Iterable[Row]) -> list[Row]:
    """Return the rows of findings."""
    return [row for row in rows if row["type"] == "finding"]


def select_files(rows: Iterable[Row]) -> list[Row]:
    """Return the rows of files."""
    return [row for row in rows if row["type"] == "file"]


def find_changes(now: Sequence[Row], before: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return what is new in *now*, and what is gone of *before*; the same finding ten times is ten.

    A finding whose sentence was edited a little is the same one.
    """
    new, gone = _find_unmatched(now, before), _find_unmatched(before, now)
    waiting: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in gone:
        waiting[row["file"], row["rule"], row["text"]].append(row)
    fresh = []
    for row in new:
        others = waiting[row["file"], row["rule"], row["text"]]
        best = max(others, key=lambda other: measure_likeness(row["sentence"], other["sentence"]), default=None)
        if best is None or measure_likeness(row["sentence"], best["sentence"]) < ALIKE:
            fresh.append(row)
        else:
            others.remove(best)
    return fresh, [row for rows in waiting.values() for row in rows]


def _find_unmatched(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    left = Counter(row["key"] for row in others)
    beyond = []
    for row in rows:
        if left[row["key"]]:
            left[row["key"]] -= 1
        else:
            beyond.append(row)
    return beyond


def sample(rows: Iterable[Row], judged: Judgements, most: int) -> list[Row]:
    """Return what is to be judged: of each rule all critical findings, and up to *most* in all, the same ones always.

    What is judged already counts towards *most*, and is left out. A finding that occurs several times is judged once.
    """
    groups: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        groups[row["rule"]].setdefault(row["key"], row)
    chosen: list[Row] = []
    for rule in sorted(groups):
        ordered = sorted(groups[rule].values(), key=lambda row: (row["severity"] != "critical", _draw_lot(row)))
        room = most - sum(judged.of(row) is not None for row in ordered)
        for row in (row for row in ordered if judged.of(row) is None):
            if row["severity"] == "critical" or room > 0:
                chosen.append(row)
                room -= 1
    return chosen


def _draw_lot(row: Row) -> str:
    return hashlib.sha256(row["key"].encode()).hexdigest()


def find_interval(right: int, number: int) -> tuple[float, float]:
    """Return Wilson's 95% interval of a share."""
    if not number:
        return 0.0, 1.0
    share, square = right / number, _Z * _Z / number
    middle = share + square / 2
    half = _Z * ((share * (1 - share) + square / 4) / number) ** 0.5
    return max(0.0, (middle - half) / (1 + square)), min(1.0, (middle + half) / (1 + square))


def measure_precision(rows: Sequence[Row], judged: Judgements) -> list[list[str]]:
    """Return the table of precision: rule, findings, judged, each judgement, the share right, and its interval."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["rule"]].append(row)
    table = [["rule", "findings", "judged", *JUDGEMENTS, "true", "true or defensible", "95% interval"]]
    by_size = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    table += [_write_line(rule, own, judged) for rule, own in by_size]
    kinds = {
        "all critical": [row for row in rows if row["severity"] == "critical"],
        "all that fix writes": [row for row in rows if row["safe_fix"]],
        "all without the tagger": [row for row in rows if not row["guess"]],
        "all": rows,
    }
    table += [_write_line(name, own, judged) for name, own in kinds.items()]
    return table


def _write_line(name: str, rows: Sequence[Row], judged: Judgements) -> list[str]:
    said = Counter(judged.of(row) for row in rows)
    number = sum(said[each] for each in JUDGEMENTS)
    right = said["true"] + said["defensible"]
    low, high = find_interval(right, number)
    shares = (
        [f"{said['true'] / number:.0%}", f"{right / number:.0%}", f"{low:.0%} to {high:.0%}"] if number else ["–"] * 3
    )
    return [name, str(len(rows)), str(number), *(str(said[each]) for each in JUDGEMENTS), *shares]


def estimate_share(rows: Sequence[Row], judged: Judgements) -> float | None:
    """Estimate which share of all findings is true or defensible, each rule weighing as much as it says."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["rule"], row["severity"]].append(row)
    right = total = 0.0
    for own in groups.values():
        said = Counter(judged.of(row) for row in own)
        number = sum(said[each] for each in JUDGEMENTS)
        if number:
            right += len(own) * (said["true"] + said["defensible"]) / number
            total += len(own)
    return right / total if total else None


def measure_calibration(rows: Iterable[Row], judged: Judgements, right: frozenset[str] = RIGHT) -> float | None:
    """Return how far confidences lie from the share whose judgement is one of *right*, on average over ten bins."""
    said = ((row["confidence"], judged.of(row)) for row in rows)
    return measure_error(list_bins((confidence, one in right) for confidence, one in said if one is not None))


def list_failing(rows: Sequence[Row], judged: Judgements) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the files that fail; those of them that would pass without findings judged false; and those refused."""
    refused = [row for row in select_files(rows) if row.get("error")]
    failed = [row for row in select_files(rows) if row["passed"] is False and not row.get("error")]
    own: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in select_findings(rows):
        own[row["project"], row["file"]].append(row)
    wrongly = []
    for file in failed:
        left = [row for row in own[file["project"], file["file"]] if not row["guess"] and judged.of(row) != "false"]
        card = mqm.make_scorecard((row["severity"] for row in left), file["words"])
        score = card.calibrated if file["words"] >= mqm.MIN_WORDS else None
        if not card.count("critical") and (score is None or score >= card.passing_threshold):
            wrongly.append(file)
    return failed, wrongly, refused


def list_totals(rows: Sequence[Row]) -> Iterator[list[str]]:
    """Yield the table of projects: files, failed, refused, words, and findings by severity and per 1,000 words."""
    yield ["project", "files", "failed", "refused", "words", "findings", *WORST_FIRST, "per 1,000 words"]
    names = list(dict.fromkeys(row["project"] for row in rows))
    for name in (*names, "all") if len(names) > 1 else names:
        own = [row for row in rows if name in ("all", row["project"])]
        checked, said = select_files(own), select_findings(own)
        counts, words = Counter(row["severity"] for row in said), sum(row["words"] for row in checked)
        failed = sum(row["passed"] is False and not row.get("error") for row in checked)
        rate = f"{1000 * len(said) / words:.1f}" if words else "–"
        errors = sum(bool(row.get("error")) for row in checked)
        yield [
            name,
            *map(str, (len(checked), failed, errors, words, len(said), *(counts[s] for s in WORST_FIRST))),
            rate,
        ]


def list_by_rule(rows: Sequence[Row]) -> Iterator[list[str]]:
    """Yield the table of rules: findings by severity and per 1,000 words, and in how many files and projects."""
    yield ["rule", "findings", *WORST_FIRST, "files", "projects", "per 1,000 words"]
    words = sum(row["words"] for row in select_files(rows))
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in select_findings(rows):
        groups[row["rule"]].append(row)
    for rule, own in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        counts = Counter(row["severity"] for row in own)
        wide = (len({(row["project"], row["file"]) for row in own}), len({row["project"] for row in own}))
        rate = f"{1000 * len(own) / words:.2f}" if words else "–"
        yield [rule, *map(str, (len(own), *(counts[s] for s in WORST_FIRST), *wide)), rate]


def write_table(rows: Iterable[Sequence[str]], *, markdown: bool = False) -> str:
    """Return rows as a table, the first one being its head: aligned for a terminal, or in Markdown."""
    cells = [list(row) for row in rows]
    if markdown:
        cells.insert(1, ["---", *["---:"] * (len(cells[0]) - 1)])
        return "".join(f"| {' | '.join(row)} |\n" for row in cells)
    wide = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "".join(
        "  ".join(
            cell.ljust(w) if at == 0 else cell.rjust(w) for at, (cell, w) in enumerate(zip(row, wide, strict=True))
        )
        + "\n"
        for row in cells
    )


def write_markdown(rows: Sequence[Row], before: Sequence[Row] | None, judged: Judgements) -> str:
    """Return the whole sheet as Markdown."""
    said = select_findings(rows)
    parts = [
        "# Findings in the field\n",
        write_table(list_totals(rows), markdown=True),
        write_table(list_by_rule(rows), markdown=True),
    ]
    if before is not None:
        new, gone = find_changes(said, select_findings(before))
        parts.append(f"## Since the sheet before: {len(new):,} new, {len(gone):,} gone\n")
        for name, some in (("New", new), ("Gone", gone)):
            parts += [f"### {name}\n", "".join(_write_entry(row, judged) for row in some) or "Nothing.\n"]
    if judged.rows:
        parts += ["## Precision, where it was judged\n", write_table(measure_precision(said, judged), markdown=True)]
    parts += [
        "## Files that fail or are refused\n",
        "".join(_write_failure(row) for row in select_files(rows)) or "None.\n",
    ]
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in said:
        groups[row["rule"]].append(row)
    for rule, own in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        parts += [f"## {rule}: {len(own):,}\n", "".join(_write_entry(row, judged) for row in own)]
    return "\n".join(parts)


def _write_failure(row: Row) -> str:
    if row.get("error"):
        return f"- `{row['file']}` refused: {row['error']}\n"
    return f"- `{row['file']}` {' '.join(row['reasons'])}\n" if row["passed"] is False else ""


def _write_entry(row: Row, judged: Judgements) -> str:
    verdict = judged.of(row)
    head = f"- `{row['file']}:{row['line']}:{row['column']}` {row['severity']}{f', **{verdict}**' if verdict else ''}"
    lines = [head, f"  {_write_inline(row['shown'])}", f"  {_write_inline(row['message'])}"]
    if row["suggestions"]:
        lines.append(f"  → {_write_inline(' / '.join(row['suggestions'][:2]))}")
    if row["source"]:
        lines.append(f"  source: {_write_inline(row['source'])}")
    return "".join(f"{line}  \n" for line in lines)


def _write_inline(text: str) -> str:
    """Return a text as code on one line, so that its own marks are shown and not obeyed."""
    flat = " ".join(text.split()).replace("`", "ˋ")
    return f"`{flat}`" if flat else "``"
