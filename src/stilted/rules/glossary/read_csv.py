"""Glossaries in CSV: a header with ``preferred`` and, as wanted, ``source``, ``forbidden``, ``note``, ``case``.

::

    source,preferred,forbidden,note
    新能源汽车,new energy vehicle|NEV,new power car|new energy automobile,our style since 2024
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from stilted.core.errors import UserError, did_you_mean
from stilted.rules.glossary.entries import MAX_ENTRIES, Entry, make_entry, read_term

_COLUMNS: Final = ("source", "preferred", "forbidden", "note", "case")
_CASES: Final = ("fold", "exact")
_DELIMITERS: Final = ",;\t"


def read_entries(text: str, where: str) -> tuple[Entry, ...]:
    """Return the entries of a table; several terms in a cell are separated by ``|``.

    Args:
        text: the file, without byte order mark; comma, semicolon or tab separate the cells, whichever the
            header holds most.
        where: the file, for messages.

    Raises:
        UserError: the header or a row is faulty; file, line and column are named.
    """
    rows = _read_rows(text, where)
    first = next(rows, None)
    if first is None:
        raise UserError("the glossary has no header", where, f"Begin with: {','.join(_COLUMNS)}")
    header = _read_header(first[1], f"{where}:{first[0]}")
    entries: list[Entry] = []
    for line, cells in rows:
        if len(entries) == MAX_ENTRIES:
            raise UserError(f"more than {MAX_ENTRIES:,} entries", f"{where}:{line}", "Split the glossary.")
        entries.append(_read_entry(header, cells, f"{where}:{line}"))
    return tuple(entries)


def _read_rows(text: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, each with the line it begins on."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        hint = "Close every quotation mark, and write one inside a quoted cell twice."
        raise UserError(f"not CSV: {error}", f"{where}:{line}", hint) from error


def _read_header(cells: list[str], where: str) -> list[str]:
    names = [cell.strip().casefold() for cell in cells]
    for name in names:
        if name not in _COLUMNS:
            raise UserError(f"unknown column '{name}'", where, did_you_mean(name, _COLUMNS))
        if names.count(name) > 1:
            raise UserError(f"two columns are called '{name}'", where, "Separate several terms in a cell by '|'.")
    if "preferred" not in names:
        raise UserError("no column 'preferred'", where, f"The columns are: {', '.join(_COLUMNS)}.")
    return names


def _read_entry(header: list[str], cells: list[str], where: str) -> Entry:
    if len(cells) > len(header):
        what = f"{len(cells)} cells under {len(header)} columns"
        raise UserError(what, where, "Put cells that hold the delimiter in quotation marks.")
    row = dict(zip(header, cells, strict=False))
    case = row.get("case", "").strip().casefold() or "fold"
    if case not in _CASES:
        raise UserError(f"'{case}' says nothing about case", f"{where}: column 'case'", did_you_mean(case, _CASES))
    preferred = _read_terms(row, "preferred", where)
    if not preferred:
        raise UserError("no term", f"{where}: column 'preferred'", "Say what the right term is.")
    forbidden, sources = _read_terms(row, "forbidden", where), _read_terms(row, "source", where)
    return make_entry(where, preferred, forbidden, sources, note=row.get("note", ""), exact=case == "exact")


def _read_terms(row: dict[str, str], column: str, where: str) -> list[str]:
    at = f"{where}: column '{column}'"
    parts = [part for part in row.get(column, "").split("|") if part.strip()]
    return [read_term(part, at, source=column == "source") for part in parts]
