"""`stilted evaluate`: its options, and what is done with the result. Nothing heavy is imported to show help."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

from stilted.core.errors import UserError, explain_refusal

_CLEAN: Final = Path("corpora/clean")

_EPILOG: Final = """\
formats: Google MQM sheets with <v> marks, WMT-QE offset sheets, Bio-MQM JSON, and JSONL with one object a line:
  {"doc", "segment", "system", "rater", "source", "reference", "target", "language",
   "spans": [{"start", "end", "severity", "category"}]}   only target and spans are required

examples:
  stilted evaluate annotations/                                what our findings are worth on your annotations
  stilted evaluate mqm.tsv --predictions spans.jsonl           what somebody else's spans are worth
  stilted evaluate mqm.tsv --against harper,languagetool,diff --html report.html

exit codes: 0 measured, 2 could not measure
"""


def add_parser(subparsers: Any) -> None:
    """Add the ``evaluate`` command to an argparse subparsers action."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "evaluate",
        help="measure findings against human MQM annotations",
        description="Measure findings and scores against human MQM annotations, beside chance and other checkers.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("paths", metavar="DIR_OR_FILE", nargs="+", type=Path, help="annotated translations")
    add("--reference-system", metavar="NAME", help="whose translations are the references (default: first ref*)")
    add("--select", metavar="RULES", default="", help="run only these rules or families, comma-separated")
    add("--ignore", metavar="RULES", default="", help="leave these rules or families out")
    add("--preview", action="store_true", help="also run rules that have not earned 'stable' yet")
    add("--sensitivity", metavar="LEVEL", default="medium", help="low, medium or high (default: medium)")
    add("--held-out", action="store_true", help="only documents of newstest2020 that no model was trained on")
    add("--no-reference", action="store_true", help="measure the same translations without references as well")
    add("--predictions", metavar="FILE.jsonl", type=Path, help="measure these spans instead of our rules")
    add("--against", metavar="NAMES", default="", help="harper, languagetool, proselint, diff; comma-separated")
    add(
        "--clean", metavar="DIR", type=Path, help="clean English that must stay quiet (default: corpora/clean if there)"
    )
    add("--json", metavar="OUT", type=Path, help="write all figures there as JSON")
    add("--html", metavar="OUT", type=Path, help="write the report there as one HTML page")
    add("--allow-outside", action="store_true", help="let links lead out of the repository")
    add("--seed", metavar="N", type=int, default=0, help="of sampling and bootstrap (default: 0)")
    add("--resamples", metavar="N", type=int, default=1000, help="of the bootstrap over documents (default: 1000)")
    add(
        "--score-segments", metavar="N", type=int, default=3000, help="translations to score; 0 for all (default: 3000)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure, print, write; return 0.

    Raises:
        UserError: unreadable data, an unknown option or checker, or a report that cannot be written.
    """
    from stilted.lab.evaluation import report
    from stilted.lab.evaluation.annotations import Corpus
    from stilted.lab.evaluation.evaluate import evaluate
    from stilted.lab.evaluation.held_out import select_held_out
    from stilted.lab.evaluation.progress import Progress
    from stilted.lab.evaluation.readers import read_corpus

    plan = _make_plan(arguments)
    _require_apart(arguments)
    parts = [read_corpus(path, arguments.reference_system) for path in arguments.paths]
    rows = tuple(row for part in parts for row in part.rows)
    bad = tuple(bad for part in parts for bad in part.bad)
    if arguments.held_out:
        rows = select_held_out(rows)
    result = evaluate(Corpus(rows, bad), plan, Progress())
    if arguments.json:
        _write(arguments.json, report.write_json(result))
    if arguments.html:
        _write(arguments.html, report.write_html(result))
    report.show(result)
    return 0


def _require_apart(arguments: argparse.Namespace) -> None:
    """Refuse to write a report over a file that is measured, or that lies in a folder of them."""
    read = [path.resolve() for path in (*arguments.paths, arguments.predictions) if path is not None]
    for path in (arguments.json, arguments.html):
        if path is not None and path.is_file() and any(path.resolve().is_relative_to(data) for data in read):
            raise UserError("this would overwrite a file that is read", str(path), "Name another file.")


def _make_plan(arguments: argparse.Namespace) -> Any:
    from stilted.lab.evaluation.evaluate import Plan

    for name, least in (("seed", 0), ("resamples", 0), ("score_segments", 0)):
        if getattr(arguments, name) < least:
            raise UserError(f"{getattr(arguments, name)} is below {least}", f"--{name.replace('_', '-')}")
    if arguments.predictions is not None and not arguments.predictions.is_file():
        raise UserError("no such file", str(arguments.predictions))
    if arguments.clean is not None and not arguments.clean.is_dir():
        raise UserError("no such folder", str(arguments.clean))
    options: dict[str, Any] = {"sensitivity": arguments.sensitivity}
    for name in ("select", "ignore"):
        if getattr(arguments, name):
            options[name] = getattr(arguments, name)
    if arguments.preview:
        options["preview"] = True
    return Plan(
        options=options,
        predictions=arguments.predictions,
        against=tuple(name.strip() for name in arguments.against.split(",") if name.strip()),
        clean=arguments.clean or (_CLEAN if _CLEAN.is_dir() else None),
        no_reference=arguments.no_reference,
        seed=arguments.seed,
        resamples=arguments.resamples,
        score_segments=arguments.score_segments,
    )


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(
            f"cannot write the report: {explain_refusal(error)}", str(path), "Check folder and rights."
        ) from error
