"""Rows as the training recipe reads them, one a translation with all its raters: gzip of a JSON object a line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from stilted.core.errors import UserError
from stilted.lab.evaluation.annotations import GoldSpan, Row

HUMAN = "ref"
"""How the systems are called that are people."""


def read_rated_rows(path: Path, language: str = "zh") -> Iterator[Row]:
    """Yield a row for every rater of every translation in *path*.

    Raises:
        UserError: the file cannot be read, or a line of it is no such row.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                yield from _read_rows(json.loads(line), number, language)
    except (OSError, EOFError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"not gzip of JSON rows with raters: {error!r}", str(path)) from error


def _read_rows(entry: dict[str, object], number: int, language: str) -> Iterator[Row]:
    refs, raters = entry["refs"], entry["raters"]
    if not isinstance(refs, list) or not isinstance(raters, list):
        raise TypeError("refs and raters are lists")
    name = f"{HUMAN} {entry['system']}" if entry["human"] else str(entry["system"])
    for rater in raters:
        spans = sorted(GoldSpan(start, end, severity, category) for start, end, severity, category in rater["spans"])
        yield Row(
            doc=str(entry["doc"]),
            segment=str(entry["seg"]),
            system=name,
            rater=str(rater["rater"]),
            source=str(entry["source"]) or None,
            reference=str(refs[0]) if refs and not entry["human"] else None,
            target=str(entry["target"]),
            spans=tuple(spans),
            corpus=str(entry["set"]),
            language=language,
            line=number,
        )
