"""Measure findings, their score and other people's checkers against human annotations.

With several raters a set of marks is judged against each of them and the counts are added up (micro over
rater rows); only the touch rate asks whether *any* rater marked the place. Translations by people (systems
named ``ref*``) are not part of the overall figures: on them findings are counted as false alarms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from stilted import __version__
from stilted.core import tokens
from stilted.core.errors import UserError
from stilted.lab.evaluation import sections
from stilted.lab.evaluation.agreement import count_raters, measure_raters
from stilted.lab.evaluation.annotations import BadRow, Corpus, Row
from stilted.lab.evaluation.bootstrap import RESAMPLES
from stilted.lab.evaluation.measure import Bench, count_per_1000, lay_out, measure
from stilted.lab.evaluation.peers import Peer, load_peer
from stilted.lab.evaluation.predictions import Mark, Predictions, check, list_estimates, read_predictions
from stilted.lab.evaluation.progress import Progress
from stilted.lab.evaluation.scoring import SAMPLE
from stilted.lab.evaluation.spans import Pair

Marks = Sequence[Sequence[Mark]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure.

    Attributes:
        options: of `stilted.core.options.Settings`. predictions: a file to measure instead of our rules.
        against: names of other checkers. clean: folder of English that must stay quiet, if any.
        no_reference: measure our rules without references as well.
        seed: of sampling and bootstrap. resamples: of the bootstrap. score_segments: see `scoring.SAMPLE`.
    """

    options: dict[str, Any] = field(default_factory=dict)
    predictions: Path | None = None
    against: tuple[str, ...] = ()
    clean: Path | None = None
    no_reference: bool = False
    seed: int = 0
    resamples: int = RESAMPLES
    score_segments: int = SAMPLE


def _make_nothing_error(bad: Sequence[BadRow]) -> UserError:
    """Say of a corpus without a usable row what is wrong with the first one, and how many more there are."""
    if not bad:
        return UserError("no annotation in what was named", "evaluate", "Name folders or files that hold some.")
    first = bad[0]
    reason = first.reason.rstrip(".")
    others = f"; of {len(bad):,} records none is usable" if len(bad) > 1 else ""
    what = f"no usable annotation: {reason}{others}"
    return UserError(what, f"{first.file}:{first.line}", "See 'stilted evaluate --help' for the formats.")


def evaluate(corpus: Corpus, plan: Plan, progress: Progress) -> dict[str, Any]:
    """Measure everything that the plan and the data allow; the result is plain data, ready for JSON.

    Raises:
        UserError: no usable row, an unknown option, or a checker that is not installed.
    """
    if not corpus.rows:
        raise _make_nothing_error(corpus.bad)
    peers = {name: load_peer(name) for name in plan.against}
    machine = [row for row in corpus.rows if not row.human] or list(corpus.rows)
    people = [row for row in corpus.rows if row.human] if len(machine) < len(corpus.rows) else []
    on, by_people = (lay_out(rows, plan.seed, plan.resamples) for rows in (machine, people))
    predictions = _predict((on, by_people), plan, progress, use_references=True)
    marks, marks_people = predictions.marks[: len(on.groups)], predictions.marks[len(on.groups) :]
    result = {
        "schema": 1,
        "stilted": __version__,
        "settings": _describe_settings(plan),
        "rows": _describe_rows(corpus, on, predictions),
        **_measure(on, marks, progress),
        "false_alarms": {
            "human_references": sections.count_alarms(by_people, sections.place_marks(marks_people)),
            "clean": _check_clean(plan),
        },
        "scores": sections.compare_scores(
            on, marks, _prepare_further(on, plan, predictions, progress), plan.score_segments, progress
        ),
        "peers": {name: _measure_peer(on, by_people, name, run, progress) for name, run in peers.items()},
    }
    if plan.no_reference and plan.predictions is None:
        blind = _predict((on,), plan, progress, use_references=False)
        result["no_reference"] = measure(on, sections.place_marks(blind.marks), intervals=True)
    return result


def _measure(on: Bench, marks: Marks, progress: Progress) -> dict[str, Any]:
    spans = sections.place_marks(marks)
    with progress.task("measuring", 7) as advance:
        overall = measure(on, spans, intervals=True)
        advance(1)
        overall["human"] = sections.measure_humans(measure_raters(on.rows, on.groups), on, spans)
        advance(1)
        free = sections.measure_baselines(on)
        advance(1)
        rules = sections.measure_groups(on, marks, lambda mark: mark.rule)
        advance(1)
        categories = sections.measure_by_category(on, marks)
        advance(1)
        corpora = sections.measure_by_corpus(on, marks)
        advance(1)
        sources = sections.measure_groups(on, marks, lambda mark: mark.origin)
        advance(1)
    for source in sources.values():
        source.pop("category")
    return {
        "overall": overall,
        "baselines": free,
        "by_rule": rules,
        "by_category": categories,
        "by_source": sources,
        "by_corpus": corpora,
        "awkward": categories.get(sections.AWKWARD, {}).get("recall"),
        "operating_points": sections.measure_operating_points(on, marks),
        "calibration": sections.measure_calibration(on, marks),
    }


def _predict(benches: Sequence[Bench], plan: Plan, progress: Progress, *, use_references: bool) -> Predictions:
    """Return the marks of the translations of all *benches*, one after the other."""
    rows = [row for on in benches for row in on.translations]
    if plan.predictions is not None:
        return read_predictions(plan.predictions, rows)
    with progress.task("checking" if use_references else "checking without references", len(rows)) as advance:
        return check(rows, use_references=use_references, advance=advance, **plan.options)


def _prepare_further(on: Bench, plan: Plan, predictions: Predictions, progress: Progress) -> sections.Further:
    """Return what gives the scores beside BLEU and the findings: a predictions file's own, or our estimate."""

    def score_rows(chosen: Sequence[int]) -> dict[str, Sequence[float]]:
        if plan.predictions is not None:
            return {name: [values[i] for i in chosen] for name, values in predictions.metrics.items()}
        rows = on.translations
        with progress.task("estimating", len(chosen)) as advance:
            values = list_estimates([rows[i] for i in chosen], advance)
        return {} if values is None else {"MQM (estimate)": values}

    return score_rows


def _describe_settings(plan: Plan) -> dict[str, Any]:
    return {
        "options": {name: plan.options[name] for name in sorted(plan.options)},
        "predictions": plan.predictions.name if plan.predictions else None,
        "seed": plan.seed,
        "resamples": plan.resamples,
    }


def _describe_rows(corpus: Corpus, on: Bench, predictions: Predictions) -> dict[str, Any]:
    bad: tuple[BadRow, ...] = (*corpus.bad, *predictions.bad)
    return {
        "read": len(corpus.rows),
        "bad": len(bad),
        "measured": len(on.rows),
        "by_people": len(corpus.rows) - len(on.rows),
        "translations": len(on.groups),
        "translations_without_prediction": predictions.missing,
        "words": on.words,
        "documents": len({row.document for row in on.rows}),
        "corpora": dict(sorted(Counter(row.corpus for row in corpus.rows).items())),
        "raters_per_translation": {str(k): v for k, v in count_raters(on.groups).items()},
        "bad_records": [{"file": b.file, "line": b.line, "reason": b.reason} for b in bad],
    }


def _check_clean(plan: Plan) -> dict[str, Any] | None:
    """Run our rules over clean English, paragraph by paragraph: every finding is a false alarm."""
    if plan.clean is None or plan.predictions is not None:
        return None
    files = sorted(p for p in plan.clean.rglob("*.txt") if p.is_file())
    texts = [part for p in files for part in p.read_text("utf-8").split("\n\n") if part.strip()]
    blank = Row("", "", "", "", None, None, "", (), "clean", "")
    predictions = check(
        [replace(blank, target=t) for t in texts], use_references=False, advance=_report_nothing, **plan.options
    )
    count = sum(map(len, predictions.marks))
    total = tokens.count(texts)
    return {"files": len(files), "words": total, "findings": count, "per_1000_words": count_per_1000(count, total)}


def _report_nothing(_: int) -> None:
    """Report no progress."""


def _measure_peer(on: Bench, by_people: Bench, name: str, run: Peer, progress: Progress) -> dict[str, Any]:
    cache: dict[tuple[str, str | None], list[Pair]] = {}
    with progress.task(name, len(on.groups) + len(by_people.groups)) as advance:

        def find_spans(rows: Sequence[Row]) -> dict[int, list[Pair]]:
            out = {}
            for number, row in enumerate(rows):
                key = row.target, row.reference
                if key not in cache:
                    cache[key] = run(*key)
                out[number] = cache[key]
                advance(1)
            return {number: pairs for number, pairs in out.items() if pairs}

        return {
            **measure(on, find_spans(on.translations), intervals=True),
            "human_references": sections.count_alarms(by_people, find_spans(by_people.translations)),
        }
