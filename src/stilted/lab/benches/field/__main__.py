"""``python -m stilted.lab.benches.field DIR``: what the product says of real projects, and how often it is right."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from stilted.core.errors import UserError
from stilted.lab.benches.field import findings, judgements, projects, sheet
from stilted.lab.benches.field.judgements import Judgements

_SAMPLE: Final = 40


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; raises `SystemExit` 2 with the reason where it cannot."""
    given = _make_parser().parse_args(arguments)
    try:
        return _run(given)
    except UserError as error:
        print(f"field: {error}", file=sys.stderr)
        return 2


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m stilted.lab.benches.field", description=__doc__)
    option = parser.add_argument
    option("folder", type=Path, help="a folder of projects")
    option(
        "--projects", type=Path, metavar="FILE", help="table of projects, TOML or JSON (see stilted.lab.benches.field)"
    )
    option("--only", metavar="NAMES", default="", help="these projects alone, comma-separated")
    option("--keep", type=Path, metavar="DIR", help="folder of sheets and judgements (default: the folder of projects)")
    option("--against", type=Path, metavar="SHEET", help="the sheet to compare with (default: the one of the last run)")
    option("--judgements", type=Path, metavar="FILE", help="default: judgements.jsonl in the folder of sheets")
    option("--precision", action="store_true", help="print precision by rule of the last sheet, and check nothing")
    option("--to-judge", type=Path, metavar="FILE", help="write what is to be judged of the last sheet: see --sample")
    option("--sample", type=int, default=_SAMPLE, metavar="N", help=f"findings a rule to judge ({_SAMPLE})")
    option("--take", type=Path, metavar="FILE", help="keep the judgements that were filled in there")
    option("--select", metavar="RULES", help="run only these rules or families")
    option("--ignore", metavar="RULES", help="leave these out, for instance the tagger")
    option("--preview", action="store_true", help="also run rules that are not stable")
    option("--workers", type=int, default=0)
    return parser


def _run(given: argparse.Namespace) -> int:
    keep: Path = given.keep or given.folder
    kept, path = keep / "sheet.jsonl", given.judgements or keep / "judgements.jsonl"
    judged = judgements.read_judgements(path)
    if given.take:
        return _take(given.take, judged, path)
    if given.to_judge:
        rows = sheet.sample(sheet.select_findings(judgements.read_rows(kept)), judged, given.sample)
        judgements.write(given.to_judge, ({"judgement": "", **row} for row in rows))
        print(f"{given.to_judge}: {len(rows):,} findings to judge; write {', '.join(judgements.JUDGEMENTS)}.")
        return 0
    if given.precision:
        _show_precision(judgements.read_rows(kept), judged)
        return 0
    before = given.against or kept
    old = judgements.read_rows(before) if before.is_file() else None
    rows = _check_projects(given)
    keep.mkdir(parents=True, exist_ok=True)
    judgements.write(kept, rows)
    (keep / "sheet.md").write_text(sheet.write_markdown(rows, old, judged), "utf-8", errors="backslashreplace")
    print(sheet.write_table(sheet.list_totals(rows)), sheet.write_table(sheet.list_by_rule(rows)), sep="\n")
    if old is not None:
        new, gone = sheet.find_changes(sheet.select_findings(rows), sheet.select_findings(old))
        print(f"{len(new):,} new and {len(gone):,} gone since {before}.")
    if judged.rows:
        _show_precision(rows, judged)
    print(f"{keep / 'sheet.md'}")
    return 0


def _check_projects(given: argparse.Namespace) -> list[sheet.Row]:
    options: dict[str, Any] = {name: getattr(given, name) for name in ("select", "ignore") if getattr(given, name)}
    if given.preview:
        options["preview"] = True
    wanted = {name for name in given.only.split(",") if name}
    chosen = (one for one in projects.find_projects(given.folder, given.projects) if not wanted or one.name in wanted)
    return list(findings.list_rows(chosen, options, given.folder, given.workers))


def _take(filled: Path, judged: Judgements, path: Path) -> int:
    said = [row for row in judgements.read_rows(filled) if row.get("judgement")]
    for row in said:
        judged.add(row)
    judgements.write(path, judged.rows.values())
    print(f"{path}: {len(said):,} taken, {len(judged.rows):,} in all.")
    return 0


def _show_precision(rows: Sequence[sheet.Row], judged: Judgements) -> None:
    said = sheet.select_findings(rows)
    print(sheet.write_table(sheet.measure_precision(said, judged)))
    estimate = sheet.estimate_share(said, judged)
    if estimate is not None:
        print(f"True or defensible, each rule weighing as much as it says: {estimate:.0%}.")
        true, right = (sheet.measure_calibration(said, judged, counted) for counted in (sheet.TRUE, sheet.RIGHT))
        print(f"Confidences err by {true:.2f} on average over the judged; by {right:.2f} if the defensible is right.")
    failed, wrongly, refused = sheet.list_failing(rows, judged)
    number = len(sheet.select_files(rows))
    print(f"{len(failed):,} of {number:,} files fail, {len(wrongly):,} wrongly; {len(refused):,} are refused.")


if __name__ == "__main__":
    sys.exit(main())
