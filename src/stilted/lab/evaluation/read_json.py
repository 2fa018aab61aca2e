"""Bio-MQM JSON and our own JSONL."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from stilted.core.errors import UserError
from stilted.lab.evaluation.annotations import GoldSpan, Row, map_category, map_severity
from stilted.lab.evaluation.reader_state import Sheet, is_source_fault, read_numbered_lines

TERM_REACH: Final = 3
"""How many characters a Bio-MQM ``startIndex`` may be off while its ``term`` is still trusted."""


def read_bio(sheet: Sheet) -> None:
    """Read a list of Bio-MQM records.

    Raises:
        UserError: the file is not such a list.
    """
    try:
        records = json.loads(sheet.path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise UserError("not JSON", sheet.name) from error
    if not isinstance(records, list):
        raise UserError("not a Bio-MQM file (a list of records)", sheet.name)
    for number, record in enumerate(records, 1):
        try:
            sheet.rows.append(replace(_read_bio_row(sheet, record), line=number))
        except (KeyError, TypeError, AttributeError):
            sheet.reject(number, "not a Bio-MQM record")
        except ValueError as error:
            sheet.reject(number, str(error))


def _read_bio_row(sheet: Sheet, record: dict[str, Any]) -> Row:
    target, language = record["target"], record["source_locale"][:2].lower()
    spans = {_read_bio_span(e, target) for e in record["target_errors"] if not is_source_fault(e["error_category"])}
    elsewhere = [
        (map_severity(e["severity"]), map_category(f"{e['error_category']}/{e['error_subcategory']}"))
        for e in record["source_errors"]
        if not is_source_fault(e["error_category"])
    ]
    return Row(
        f"{language}/{record['DOC_ID']}",
        str(record["SEG_ID"]),
        record["MT_Engine"],
        record["Annotator_ID"].strip(),
        record["source"].strip() or None,
        None,
        target,
        tuple(sorted(span for span in spans if span is not None)),
        sheet.corpus,
        language,
        tuple((severity, category) for severity, category in elsewhere if severity is not None),
    )


def _read_bio_span(error: dict[str, Any], target: str) -> GoldSpan | None:
    severity, term = map_severity(error["severity"]), error["term"]
    if severity is None:
        return None
    for off in sorted(range(-TERM_REACH, TERM_REACH + 1), key=abs):
        start = error["startIndex"] + off
        if term and start >= 0 and target.startswith(term, start):
            category = map_category(f"{error['error_category']}/{error['error_subcategory']}")
            return GoldSpan(start, start + len(term), severity, category)
    raise ValueError(f"'{term[:40]}' is not within {TERM_REACH} characters of {error['startIndex']}")


def read_jsonl(sheet: Sheet) -> None:
    """Read our format, described in `readers`."""
    for number, line in read_numbered_lines(sheet.path):
        if not line.strip():
            continue
        try:
            record = parse_record(line)
            spans = tuple(sorted({_read_jsonl_span(span) for span in record["spans"]}))
        except ValueError as error:
            sheet.reject(number, str(error))
            continue
        sheet.rows.append(
            Row(
                doc=str(record.get("doc", "")),
                segment=str(record.get("segment", number)),
                system=str(record.get("system", "")),
                rater=str(record.get("rater", "")),
                source=record.get("source"),
                reference=record.get("reference"),
                target=record["target"],
                spans=spans,
                corpus=sheet.corpus,
                language=str(record.get("language", sheet.language)),
                line=number,
            )
        )


def parse_record(line: str) -> dict[str, Any]:
    """Return one JSONL object with a checked ``target`` and ``spans``; offsets fit the target.

    Raises:
        ValueError: it is not one; a phrase says why.
    """
    try:
        record = json.loads(line)
    except ValueError:
        raise ValueError("not JSON") from None
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    if not isinstance(record.get("target"), str):
        raise ValueError("'target' is missing or not a text")
    for key in ("source", "reference"):
        if not isinstance(record.get(key), str | None):
            raise ValueError(f"'{key}' is not a text")
    if not isinstance(record.get("spans"), list):
        raise ValueError("'spans' is missing or not a list")
    for span in record["spans"]:
        start, end = (span.get("start"), span.get("end")) if isinstance(span, dict) else (None, None)
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(record["target"]):
            raise ValueError(f"span {start}-{end} does not fit a translation of {len(record['target'])} characters")
    return record


def _read_jsonl_span(span: dict[str, Any]) -> GoldSpan:
    severity = map_severity(str(span.get("severity", "minor")))
    if severity is None:
        raise ValueError("a span needs a severity")
    return GoldSpan(span["start"], span["end"], severity, map_category(str(span.get("category", ""))))
