"""One JSON object a line: what evaluation sets and translation services write."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from stilted.core.document import Span, Suppression
from stilted.core.errors import UserError
from stilted.formats.faults import Faults
from stilted.formats.icu import list_branches
from stilted.formats.json.parser import HINT, ROWS, String, Table, parse
from stilted.formats.reader import TextReader
from stilted.formats.remarks import note
from stilted.formats.tables import columns
from stilted.formats.tables.row_ids import Ids
from stilted.formats.units import TRANSLATED, UNTRANSLATED, Parsed, Text, Unit, require_room

_LINE: Final = re.compile(r"[^\n]+")


def _recognises(head: str) -> bool:
    """Tell whether a file begins with two objects on lines of their own."""
    return ROWS.match(head) is not None


def read_jsonl(text: str, name: str) -> Parsed:
    """Return one unit a line, or one for each branch of an ICU message in it.

    The fields are called like the columns of a table (`stilted.formats.tables.columns`).

    Raises:
        UserError: a line is no JSON object or has no translation, or two rows share an id; file and line are named.
    """
    units: list[Unit] = []
    ids = Ids()
    remarks: list[Suppression] = []
    number, last, rows = 1, 0, 0
    for match in _LINE.finditer(text):
        number += text.count("\n", last, match.start())
        last = match.start()
        if not match.group().strip():
            continue
        where = f"{name}:{number}"
        row = parse(text, Faults(text, name, HINT, number), match.start(), match.end())
        if not isinstance(row, Table):
            raise UserError("not a JSON object", where, 'Write {"source": …, "target": …} on each line.')
        rows += 1
        unit, accepted = _make_unit(row, text, where, rows, ids)
        units += list_branches(unit)
        require_room(units, name)
        remarks += accepted
    if not units:
        raise UserError("holds no rows", name, "Give a JSON object on each line.")
    return Parsed(name, "jsonl", text, tuple(units), suppressions=tuple(remarks))


def _make_unit(row: Table, file: str, where: str, number: int, ids: Ids) -> tuple[Unit, list[Suppression]]:
    keys = list(row.values)
    roles = columns.find_roles(keys, where)
    cells = {role: row.values[keys[column]] for role, column in roles.column.items()}
    texts: dict[str, Text] = {}
    for role in ("target", "source", "reference"):
        cell = cells.get(role)
        if isinstance(cell, String):
            texts[role] = cell.text(file)
        elif cell is not None:
            raise UserError(f"the {role} is not a string", where, "Write one string a field.")
    said = {role: cell.value for role, cell in cells.items() if isinstance(cell, String)}
    span = Span(row.start, row.end)
    remarks, notes = _split_notes(row, [keys[column] for column in roles.notes], span, where)
    target = texts.get("target")
    state = columns.read_state(said)
    if state == TRANSLATED and (target is None or not target.text.strip()):
        state = UNTRANSLATED
    ident = ids.of(said.get("id", "").strip(), number, where)
    return Unit(ident, target, texts.get("source"), texts.get("reference"), state, notes, span), remarks


def _split_notes(row: Table, keys: Iterable[str], span: Span, where: str) -> tuple[list[Suppression], tuple[str, ...]]:
    """Tell the notes of a row from the remarks that accept findings in it."""
    remarks, notes = [], []
    for note_text in (string.value.strip() for key in keys if (string := row.string(key))):
        remark = note(note_text, span, span.start, where) if note_text else None
        if remark:
            remarks.append(remark)
        elif note_text:
            notes.append(note_text)
    return remarks, tuple(notes)


READER: Final = TextReader(name="jsonl", suffixes=(".jsonl", ".ndjson"), recognises=_recognises, read=read_jsonl)
