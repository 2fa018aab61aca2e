"""Catalogues in JSON: nested keys (i18next and others), ARB (Flutter), Xcode's string catalogs, browser extensions.

The key of a nested value is its path: ``menu.file.open``, ``steps[0]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stilted.core.document import Message, Span, Suppression
from stilted.core.errors import NothingToCheckError
from stilted.core.offsets import MapBuilder
from stilted.formats import icu
from stilted.formats.faults import Faults
from stilted.formats.json.parser import HINT, ROWS, String, Table, Value, parse
from stilted.formats.placeholders import make_opaque
from stilted.formats.reader import TextReader
from stilted.formats.remarks import note
from stilted.formats.units import FUZZY, LOCKED, TRANSLATED, UNTRANSLATED, Parsed, Text, Unit, require_room

_BEGINS: Final = re.compile(r'\s*(?:\[\s*)?\{\s*"(?:[^"\\\n]|\\.){0,200}"\s*:')
_STATES: Final = {"new": UNTRANSLATED, "needs_review": FUZZY, "stale": FUZZY}


@dataclass(frozen=True, slots=True)
class Entry:
    """A text in the file, before its branches and placeholders are looked at."""

    id: str
    string: String | None
    start: int
    end: int
    state: str = TRANSLATED
    source: Text | None = None
    notes: tuple[str, ...] = ()
    strict: bool = False
    """It is said to be an ICU message, so that one that does not parse is an error."""
    message: Message | None = None


def _recognises(head: str) -> bool:
    """Tell whether a file begins like an object with keys, or a list of such, and is not one of rows."""
    return _BEGINS.match(head) is not None and ROWS.match(head) is None


def read_json(text: str, name: str) -> Parsed:
    """Return one unit a string; the branches of an ICU plural or select are units of their own.

    Raises:
        UserError: not JSON, a key twice in one object, no strings, or a faulty message in ARB.
    """
    faults = Faults(text, name, HINT)
    root = parse(text, faults)
    language = source_language = None
    if isinstance(root, Table) and root.string("sourceLanguage") and root.table("strings"):
        entries = _list_xcode(root, text)
        language, source_language = "en", _read_string(root, "sourceLanguage")
    elif isinstance(root, Table) and (name.lower().endswith(".arb") or "@@locale" in root.values):
        entries, language = _list_arb(root), _read_string(root, "@@locale")
    elif isinstance(root, Table) and _is_extension(root):
        entries = _list_extension(root)
    else:
        entries = _list_nested(root)
    units: list[Unit] = []
    remarks: list[Suppression] = []
    for entry in entries:
        span, notes = Span(entry.start, entry.end), []
        for note_text in entry.notes:
            where = f"{name}:{faults.line(entry.start)}" if note_text.startswith("stilted-") else name
            remark = note(note_text, span, span.start, where)
            if remark is None:
                notes.append(note_text)
            else:
                remarks.append(remark)
        units += _make_units(entry, text, tuple(notes), faults)
        require_room(units, name)
    if not units:
        raise NothingToCheckError("holds no strings", name, "Give a file whose values are texts.")
    return Parsed(name, "json", text, tuple(units), False, language, source_language, tuple(remarks))


def _read_string(table: Table, key: str) -> str | None:
    string = table.string(key)
    return string.value if string else None


def _make_units(entry: Entry, file: str, notes: tuple[str, ...], faults: Faults) -> Iterator[Unit]:
    span = Span(entry.start, entry.end)
    if entry.string is None:
        yield Unit(entry.id, None, entry.source, None, entry.state, notes, span, entry.message)
        return
    text = entry.string.text(file)
    state = UNTRANSLATED if entry.state == TRANSLATED and not text.text.strip() else entry.state
    for more, form in _read_forms(text, entry, faults):
        yield Unit(entry.id + more, form, entry.source, None, state, notes, span, entry.message)


def _read_forms(text: Text, entry: Entry, faults: Faults) -> list[tuple[str, Text]]:
    if not icu.has_choice(text.text) and not (entry.strict and "{" in text.text):
        return [("", make_opaque(text))]
    try:
        return [(more, make_opaque(form)) for more, form in icu.list_forms(text)]
    except icu.MessageError as error:
        if entry.strict:
            hint = "See the ICU MessageFormat; quote braces that are text: '{'."
            raise faults.at(f"the message '{entry.id}' is faulty: {error}", entry.start, hint) from error
        return [("", make_opaque(text))]


def _list_nested(root: Value) -> Iterator[Entry]:
    """Yield every string, in the order of the file."""
    stack: list[tuple[str, Value]] = [("", root)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, String):
            yield Entry(path, value, value.start, value.end)
        elif isinstance(value, Table):
            stack += [(f"{path}.{key}" if path else key, inner) for key, inner in reversed(value.values.items())]
        elif isinstance(value, list):
            stack += [(f"{path}[{at}]", value[at]) for at in range(len(value) - 1, -1, -1)]


def _list_arb(root: Table) -> Iterator[Entry]:
    for key, value in root.values.items():
        if key.startswith("@") or not isinstance(value, String):
            continue
        about = root.table(f"@{key}")
        description = _read_string(about, "description") if about else None
        yield Entry(key, value, root.keys[key], value.end, notes=(description,) if description else (), strict=True)


def _is_extension(root: Table) -> bool:
    tables = [value for value in root.values.values() if isinstance(value, Table)]
    return bool(tables) and len(tables) == len(root.values) and all(table.string("message") for table in tables)


def _list_extension(root: Table) -> Iterator[Entry]:
    """Yield the messages of a browser extension."""
    for key, value in root.values.items():
        if isinstance(value, Table):
            description = _read_string(value, "description")
            yield Entry(
                key, value.string("message"), root.keys[key], value.end, notes=(description,) if description else ()
            )


def _list_xcode(root: Table, file: str) -> Iterator[Entry]:
    """Yield the English of a string catalog; its keys are the source, unless the source language has a text too."""
    spoken = _read_string(root, "sourceLanguage") or ""
    for key, value in (root.table("strings") or Table({}, {}, 0)).values.items():
        if not isinstance(value, Table):
            continue
        comment = _read_string(value, "comment")
        notes = (comment,) if comment else ()
        tables = value.table("localizations")
        original = {more: text.text(file) for more, text, _ in _list_variants(tables and tables.table(spoken))}
        table = _find_english(tables) if tables else None
        english = _list_variants(table)
        locked = _is_locked(value, file)
        source, message = next(iter(original.values()), _make_key(key)), Message(key)
        if not english:
            settled = LOCKED if locked else UNTRANSLATED
            yield Entry(key, None, value.start, value.end, settled, source, notes, message=message)
        # Where nouns are put into a text, neither it nor they stand against the whole source.
        fallback = None if table and table.table("substitutions") else source
        for more, string, state in english:
            beside = original.get(more, fallback)
            settled = LOCKED if locked else state
            shown = beside and make_opaque(beside)
            yield Entry(key + more, string, value.start, value.end, settled, shown, notes, message=message)


def _make_key(key: str) -> Text:
    """Return a key that is the source text itself; nothing is ever marked in it, so it has no places of its own."""
    built = MapBuilder()
    built.add(key, 0, 0)
    return Text.of(built)


def _is_locked(value: Table, file: str) -> bool:
    at = value.keys.get("shouldTranslate")
    return at is not None and file[at : at + 100].partition(":")[2].lstrip().startswith("false")


def _find_english(tables: Table) -> Table | None:
    """Return the localisation called ``en``, else the first for a kind of English, such as ``en-GB``."""
    kinds = ("en", *(key for key in tables.values if key.lower().startswith(("en-", "en_"))))
    return next((table for table in map(tables.table, kinds) if table), None)


def _list_variants(table: Table | None) -> list[tuple[str, String, str]]:
    """Return ``(suffix of the id, text, state)`` of every text of a localisation.

    There is one, or one for each plural form, kind of device, place in a set, and noun that is put into another text.
    """
    variants: list[tuple[str, String, str]] = []
    stack: list[tuple[str, Table]] = [] if table is None else [("", table)]
    while stack:
        more, top = stack.pop()
        unit, texts = top.table("stringUnit"), top.table("stringSet")
        string = unit.string("value") if unit else None
        if unit and string:
            variants.append((more, string, _STATES.get(_read_string(unit, "state") or "", TRANSLATED)))
        for number, one in enumerate(_get_list(texts, "values")):
            if texts and isinstance(one, String):
                state = _STATES.get(_read_string(texts, "state") or "", TRANSLATED)
                variants.append((f"{more}[{number}]", one, state))
        nested = [*_list_tables(top.table("substitutions"))]
        for _, kind in _list_tables(top.table("variations")):
            nested += _list_tables(kind)
        stack += [(f"{more}[{case}]", inner) for case, inner in reversed(nested)]
    return variants


def _list_tables(holder: Table | None) -> list[tuple[str, Table]]:
    values = holder.values if holder else {}
    return [(key, value) for key, value in values.items() if isinstance(value, Table)]


def _get_list(holder: Table | None, key: str) -> list[Value]:
    value = holder.values.get(key) if holder else None
    return value if isinstance(value, list) else []


READER: Final = TextReader(
    name="json", suffixes=(".json", ".arb", ".xcstrings"), recognises=_recognises, read=read_json
)
