"""Readers of annotated translations: Google ``<v>`` TSV, WMT-QE offset TSV, Bio-MQM JSON, our JSONL, rated rows.

A translation whose annotation is incomplete or does not fit its text is not judged: a mark left out would
turn a right finding into a false alarm. Such records are listed in ``Corpus.bad``.

Our JSONL has one object a line: ``{"doc", "segment", "system", "rater", "source", "reference", "target",
"spans": [{"start", "end", "severity", "category"}], "language"}``; only ``target`` and ``spans`` are
required. Offsets are code points, half open. Without ``segment`` the line number takes its place. Rated rows, as the
training recipe reads them, hold all raters of a translation and are packed with gzip: see `rated_rows`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from stilted.core.errors import UserError
from stilted.lab.evaluation import rated_rows
from stilted.lab.evaluation.annotations import BadRow, Corpus, GoldSpan, Row, add_references
from stilted.lab.evaluation.read_json import read_bio, read_jsonl
from stilted.lab.evaluation.read_tsv import OFFSET_COLUMNS, normalise_column, read_google, read_offsets
from stilted.lab.evaluation.reader_state import Sheet, read_numbered_lines

__all__ = ["BadRow", "Corpus", "GoldSpan", "Row", "read_corpus"]

_SUFFIXES: Final = {".tsv", ".json", ".jsonl"}
_RATED: Final = ".gz"


def read_corpus(path: Path, reference_system: str | None = None) -> Corpus:
    """Read a file, or every ``.tsv``, ``.json`` and ``.jsonl`` under a directory in name order; ``.gz`` only if named.

    Args:
        path: the file or directory.
        reference_system: whose translations are the references; the first ``ref*`` by name if None.

    In a directory a file in no known format is listed as bad, at line 0.

    Raises:
        UserError: nothing to read, a single file in no known format, or an unknown reference system.
    """
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file())
        sheets = [Sheet(p, p.relative_to(path).as_posix()) for p in files]
    elif path.is_file() and path.suffix.lower() == _RATED:
        return Corpus(add_references(rated_rows.read_rated_rows(path), reference_system), ())
    elif path.is_file():
        sheets = [Sheet(path, path.name)]
    else:
        raise UserError("no such file or directory", str(path), "Check the path.")
    if not sheets:
        raise UserError("no .tsv, .json or .jsonl file in this folder", str(path))
    for sheet in sheets:
        try:
            _read_sheet(sheet)
        except UserError as error:
            if not path.is_dir():
                raise
            sheet.reject(0, error.what)
    rows = add_references((row for sheet in sheets for row in sheet.rows), reference_system)
    return Corpus(rows, tuple(bad for sheet in sheets for bad in sheet.bad))


def _read_sheet(sheet: Sheet) -> None:
    suffix = sheet.path.suffix.lower()
    if suffix == ".jsonl":
        read_jsonl(sheet)
    elif suffix == ".json":
        read_bio(sheet)
    else:
        first = next(read_numbered_lines(sheet.path), (0, ""))[1].split("\t")
        names = {normalise_column(name) for name in first}
        if {"target", "severity"} <= names:
            read_google(sheet, [normalise_column(name) for name in first])
        elif len(first) == OFFSET_COLUMNS:
            read_offsets(sheet)
        else:
            raise UserError(
                "neither a Google MQM sheet (a header with target and severity) nor a WMT-QE one (9 columns)",
                sheet.name,
            )
