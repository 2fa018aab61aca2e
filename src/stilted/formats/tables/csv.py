"""Tables: comma-, semicolon- and tab-separated values (RFC 4180), whose first row names the columns.

Python's own module tells no places, so the cells are scanned here; the tests hold this against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.document import Span, Suppression
from stilted.core.errors import UserError
from stilted.core.offsets import Lines, MapBuilder, OffsetMap
from stilted.formats.icu import list_branches
from stilted.formats.reader import TextReader
from stilted.formats.remarks import note
from stilted.formats.tables import columns
from stilted.formats.tables.row_ids import Ids
from stilted.formats.units import TRANSLATED, UNTRANSLATED, Parsed, Text, Unit, require_room

_DELIMITERS: Final = ",;\t"
_FIRST: Final = re.compile(r'(?:[^"\r\n]+|"[^"]*")*')
_SEP: Final = re.compile(r"sep=(.)\r?\n")
_QUOTED: Final = re.compile(r'"([^"]*(?:""[^"]*)*)"')
_END: Final = re.compile(r"\r\n|\r|\n|$")
_PLAIN: Final = {mark: re.compile(rf"[^{mark}\r\n]*") for mark in _DELIMITERS}

Cell = tuple[str, int, int]
"""What a cell says, and where its content begins and ends in the file."""


def _recognises(head: str) -> bool:
    """Tell whether the first row names a translation and something that belongs to it."""
    first = head.replace("\r", "\n").partition("\n")[0].replace('"', "")
    return any(columns.is_header(first.split(mark)) for mark in _DELIMITERS)


def read_csv(text: str, name: str) -> Parsed:
    """Return one unit a row, or one for each branch of an ICU message in it.

    Raises:
        UserError: no column holds the translation, a row has more or fewer cells than the first, a quotation mark is
            not closed, or two rows share an id.
    """
    lines = Lines.of(text)
    rows = _read_rows(text, name, lines)
    header = next(rows)
    roles = columns.find_roles((cell[0] for cell in header), f"{name}:{lines.locate(header[0][1])[0]}")
    units: list[Unit] = []
    remarks: list[Suppression] = []
    ids = Ids()
    for number, row in enumerate(rows, 1):
        line = lines.locate(row[0][1])[0]
        if len(row) != len(header):
            what = f"a row of {len(row)} cells; the first has {len(header)}"
            raise UserError(what, f"{name}:{line}", "Quote cells that hold the delimiter or a line break.")
        cells = {role: row[column] for role, column in roles.column.items()}
        ident = ids.of(cells["id"][0].strip() if "id" in cells else "", number, f"{name}:{line}")
        span = Span(row[0][1], row[-1][2])
        notes = []
        for note_text in (row[column][0].strip() for column in roles.notes):
            remark = note(note_text, span, span.start, f"{name}:{line}") if note_text else None
            remarks += [remark] if remark else []
            notes += [note_text] if note_text and not remark else []
        units += list_branches(_make_unit(ident, cells, text, tuple(notes), span))
        require_room(units, name)
    if not units:
        raise UserError("holds no rows", name, "Give a table with a row below the names of its columns.")
    return Parsed(name, "csv", text, tuple(units), False, None, roles.language, tuple(remarks))


def _make_unit(ident: str, cells: dict[str, Cell], file: str, notes: tuple[str, ...], span: Span) -> Unit:
    target, source, reference = (
        _read_text(cells[role], file) if role in cells else None for role in ("target", "source", "reference")
    )
    state = columns.read_state({role: cell[0] for role, cell in cells.items()})
    if target is None or not target.text.strip():
        state = UNTRANSLATED if state == TRANSLATED else state
    blank = reference is None or not reference.text.strip()
    return Unit(ident, target, source, None if blank else reference, state, notes, span)


def _read_text(cell: Cell, file: str) -> Text:
    said, start, end = cell
    if len(said) == end - start:
        return Text(said, OffsetMap.verbatim(len(said), start))
    built, last = MapBuilder(), start
    while (at := file.find('""', last, end)) >= 0:
        built.add(file[last:at], last)
        built.add('"', at, at + 2)
        last = at + 2
    built.add(file[last:end], last)
    return Text.of(built)


def _read_rows(text: str, name: str, lines: Lines) -> Iterator[list[Cell]]:
    """Yield the rows that are not blank."""
    sep = _SEP.match(text)
    at = sep.end() if sep else 0
    tabs = name.lower().endswith(".tsv")
    delimiter = sep[1] if sep and sep[1] in _DELIMITERS else "\t" if tabs else _guess_delimiter(_FIRST.match(text, at))
    row: list[Cell] = []
    while at < len(text) or row:
        cell, at = _read_cell(text, at, delimiter, name, lines)
        row.append(cell)
        if at < len(text) and text[at] == delimiter:
            at += 1
            if at < len(text):
                continue
            row.append(("", at, at))
        end = _END.match(text, at)
        if end is None:
            where = f"{name}:{lines.locate(at)[0]}"
            raise UserError("something follows a closing quotation mark", where, 'Write "" for a mark within a cell.')
        at = end.end()
        if len(row) > 1 or row[0][0].strip():
            yield row
        row = []


def _read_cell(text: str, at: int, delimiter: str, name: str, lines: Lines) -> tuple[Cell, int]:
    if not text.startswith('"', at):
        plain = _PLAIN[delimiter].match(text, at)
        end = plain.end() if plain else at
        return (text[at:end], at, end), end
    quoted = _QUOTED.match(text, at)
    if quoted is None:
        where = f"{name}:{lines.locate(at)[0]}"
        raise UserError("a quotation mark is not closed", where, 'Close it, or write "" for a mark within a cell.')
    return (quoted[1].replace('""', '"'), quoted.start(1), quoted.end(1)), quoted.end()


def _guess_delimiter(first: re.Match[str] | None) -> str:
    """Return the delimiter that stands most often in the first row, outside quotation marks."""
    bare = re.sub(r'"[^"]*"?', "", first[0]) if first else ""
    return max(_DELIMITERS, key=bare.count)


READER: Final = TextReader(name="csv", suffixes=(".csv", ".tsv"), recognises=_recognises, read=read_csv)
