"""What ``stilted batch`` and ``stilted check --format jsonl`` have written, as records, one file after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from stilted.core.errors import UserError, did_you_mean
from stilted.core.metric_names import BLEU, CHRF, ESTIMATE
from stilted.core.mqm import PENALTIES
from stilted.core.shapes import MOST, fits
from stilted.runner.batch.inputs import open_input, read_rows
from stilted.runner.batch.row_checker import ADDED
from stilted.summary.nouns import DOCUMENT, SEGMENT, Fault, Record

LANGUAGES: Final = ("language", "source_language", "lang")
"""Columns that name the source language; the first that a row has counts."""

FILE, SYSTEM, LANGUAGE, UNKNOWN = "file", "system", "language", "(none)"

_HINT: Final = "Give what 'stilted batch' or 'stilted check --format jsonl' has written."
_SCORES: Final = {"bleu": BLEU, "chrf": CHRF, "estimate": ESTIMATE}


def read_records(
    paths: Sequence[Path], by: Sequence[str] = (), *, advanced: Callable[[Path], None] = lambda path: None
) -> Iterator[Record]:
    """Yield the records of all files.

    Args:
        paths: files that ``stilted batch`` (Parquet or JSONL) or ``stilted check --format jsonl`` has written.
        by: columns to group by, beside `FILE`, `SYSTEM` and `LANGUAGE`. advanced: called after each file that is done.

    Raises:
        UserError: a file cannot be read, or is none of these; a column of *by* is in none of them.
    """
    missing, seen = set(by), set[str]()
    for path in paths:
        given = open_input(path)
        if given.schema is not None:
            _require_checked(given.schema.names, path)
        faults: dict[str, list[Fault]] = {}
        for number, row in enumerate(read_rows(given), start=1):
            where = f"{path}: row {number:,}"
            missing -= row.keys()
            seen |= row.keys()
            if row.get("type") == "finding" and "verdict" not in row:
                if not row.get("known"):
                    faults.setdefault(_read_text(row, "file", where), []).append(_read_fault(row, where))
            elif row.get("type") == "verdict":
                yield _read_document(row, faults.pop(_read_text(row, "file", where), []), where)
            else:
                yield _read_segment(row, path, by, where)
        if faults:
            raise UserError("findings without the verdict that follows them", str(path), "It was cut off; check again.")
        advanced(path)
    if missing:
        name = min(missing)
        raise UserError(f"no column is called '{name}'", "--by", did_you_mean(name, seen - set(ADDED)))


def _require_checked(names: Sequence[str], where: object) -> None:
    lacking = [name for name in ADDED if name not in names]
    if lacking:
        raise UserError(f"no column is called '{lacking[0]}', so it was not checked", str(where), _HINT)


def _read_segment(row: Mapping[str, Any], path: Path, by: Sequence[str], where: str) -> Record:
    """Return the record of a row of ``stilted batch``; one that could not be judged has an error and nothing else."""
    if "error" not in row or len(row) == 1:
        raise UserError(str(row.get("error") or "this was not written by stilted"), where, _HINT)
    groups = {FILE: _read_name(row.get(FILE) or path)}
    if row.get(SYSTEM) is not None:
        groups[SYSTEM] = _read_name(row[SYSTEM])
    language = next((row[name] for name in LANGUAGES if row.get(name) is not None), None)
    if language is not None:
        groups[LANGUAGE] = _read_name(language)
    groups |= {name: _read_name(UNKNOWN if row.get(name) is None else row[name]) for name in by}
    document = None if row.get("document") is None else _read_name(row["document"])
    if document is not None and SYSTEM in groups:
        document = f"{document} ({groups[SYSTEM]})"
    if row["error"] is not None:
        return Record(SEGMENT, document, groups, judged=False)
    _require_checked(list(row), where)
    faults = row["findings"]
    if not isinstance(faults, list):
        raise UserError("'findings' is no list", where, _HINT)
    scores = {name: float(row[key]) for key, name in _SCORES.items() if _is_number(row[key])}
    counted = tuple(_read_fault(fault, where) for fault in faults)
    return Record(
        SEGMENT, document, groups, _read_count(row, "words", where), _read_count(row, "penalty", where), counted, scores
    )


def _read_document(row: Mapping[str, Any], faults: Sequence[Fault], where: str) -> Record:
    """Return the record of a verdict of ``stilted check``, with the findings that stood before it."""
    card, name = row.get("mqm"), _read_text(row, "file", where)
    if not isinstance(card, dict):
        raise UserError("a verdict without figures", where, _HINT)
    score_rows = row.get("scores")
    scores = {
        score["metric"]: float(score["value"])
        for score in (score_rows if isinstance(score_rows, list) else ())
        if isinstance(score, dict) and score.get("metric") in (BLEU, CHRF, ESTIMATE) and _is_number(score.get("value"))
    }
    words, penalty = _read_count(card, "words", where), _read_count(card, "penalty", where)
    return Record(DOCUMENT, name, {FILE: name}, words, penalty, tuple(faults), scores)


def _read_fault(finding: Any, where: str) -> Fault:
    if not isinstance(finding, dict):
        raise UserError("a finding is no object", where, _HINT)
    rule, category, severity = (_read_text(finding, name, where) for name in ("rule", "category", "severity"))
    if severity not in PENALTIES:
        raise UserError(f"unknown severity '{severity}'", where, did_you_mean(severity, PENALTIES))
    return Fault(rule, category, severity)


def _read_text(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise UserError(f"'{name}' is missing or no text", where, _HINT)
    return value


def _read_count(row: Mapping[str, Any], name: str, where: str) -> int:
    value = row.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MOST:
        raise UserError(f"'{name}' is no number of things", where, _HINT)
    return value


def _is_number(value: Any) -> bool:
    return fits(value, float)


def _read_name(value: Any) -> str:
    return value if isinstance(value, str) else str(value)
