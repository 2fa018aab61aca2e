"""Catalogues in YAML: of Rails, Symfony, Hugo, Hexo and others, nested or flat.

The key of a nested value is its path: ``en.menu.open``, ``steps[0]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stilted.core.document import Span, Suppression
from stilted.core.errors import NothingToCheckError
from stilted.core.language_tags import ENGLISH, read_primary_tag
from stilted.core.options import LANGUAGES
from stilted.formats.faults import Faults
from stilted.formats.icu import list_branches
from stilted.formats.reader import TextReader
from stilted.formats.remarks import sort_notes
from stilted.formats.units import LOCKED, PLURALS, TRANSLATED, UNTRANSLATED, Parsed, Unit, require_room
from stilted.formats.yaml.parser import HINT, Scalar, Table, Value, parse

_KNOWN: Final = "|".join(("en", *LANGUAGES))
_TAG: Final = re.compile(rf"(?P<language>{_KNOWN})(?:[-_](?:[A-Za-z]{{4}}[-_])?(?:[A-Za-z]{{2,4}}|\d{{3}}))?")
_FIRST_KEY: Final = re.compile(
    r"(?:(?:---)?[ \t]*+(?:#[^\r\n]*+)?\r?\n)*+"
    r"(?P<mark>['\"]?)(?P<key>[\w-]{2,12})(?P=mark):[ \t]*+(?:#[^\r\n]*+)?\r?\n[ \t]+[^\s]"
)
"""The first key of a file, with others below it."""

_MESSAGE: Final = PLURALS | {"description", "hash", "leftDelim", "rightDelim"}
"""Keys of a message of Hugo and go-i18n."""
_SYMBOL: Final = re.compile(r":[a-z_]+")
"""A name in a program in Ruby, as in ``date.order``."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A text in the file, before its branches and placeholders are looked at."""

    id: str
    scalar: Scalar
    start: int
    notes: tuple[str, ...] = ()


def read_first_language(head: str) -> str | None:
    """Return the language that the first key of a file names, with others below it; None where it names none."""
    first = _FIRST_KEY.match(head)
    named = _TAG.fullmatch(first["key"]) if first else None
    return named["language"] if named else None


def _recognises(head: str) -> bool:
    """Tell whether a file begins like a catalogue under the key of its language."""
    return read_first_language(head) is not None


def read_yaml(text: str, name: str) -> Parsed:
    """Return one unit a string; the branches of an ICU plural or select are units of their own.

    A key at the root that names a language declares it. Of several languages English is taken, and where there is one
    other, that is its source.

    Raises:
        UserError: not YAML, or more than a catalogue has (see `stilted.formats.yaml.parser.parse`); no strings.
    """
    faults = Faults(text, name, HINT)
    root = parse(text, faults)
    if isinstance(root, Scalar) or root is None:
        raise NothingToCheckError("holds no strings", name, "Give a file of keys and texts.")
    chosen = _choose_language(root)
    units: list[Unit] = []
    remarks: list[Suppression] = []
    for entry in _list_entries(chosen.own):
        span = Span(entry.start, entry.scalar.end)
        where = f"{name}:{faults.line(entry.start)}" if entry.notes else name
        about, accepted = sort_notes(entry.notes, span, where)
        remarks += accepted
        target = entry.scalar.text(text)
        state = TRANSLATED if target.text.strip() else UNTRANSLATED
        if _is_pattern(entry.id) or _SYMBOL.fullmatch(target.text):
            state = LOCKED
        beside = chosen.sources.get(entry.id.partition(".")[2]) if chosen.sources else None
        source = beside.text(text) if beside else None
        units += list_branches(Unit(entry.id, target, source, None, state, about, span))
        require_room(units, name)
    if not units:
        raise NothingToCheckError("holds no strings", name, "Give a file whose values are texts.")
    return Parsed(
        name,
        "yaml",
        text,
        tuple(units),
        language=chosen.language,
        source_language=chosen.source_language,
        suppressions=tuple(remarks),
        notes=chosen.notes,
    )


def _is_pattern(ident: str) -> bool:
    """Tell whether Rails spells dates or numbers by what stands under a key: ``en.time.formats.short``."""
    *_, above, kind, _ = ("", "", *ident.split("."))
    return (kind == "formats" and above in ("date", "time")) or (kind == "format" and ".number." in f".{ident}")


@dataclass(frozen=True, slots=True)
class _Choice:
    """What of a file is checked, its languages, and its source by the keys below the one for its language."""

    own: Value
    language: str | None = None
    source_language: str | None = None
    sources: dict[str, Scalar] | None = None
    notes: tuple[str, ...] = ()


def _choose_language(root: Value) -> _Choice:
    tables = root.values if isinstance(root, Table) else {}
    if not tables or not all(isinstance(value, Table) and _TAG.fullmatch(key) for key, value in tables.items()):
        return _Choice(root)
    english = next((key for key in tables if read_primary_tag(key) in ENGLISH), None)
    if len(tables) == 1 or english is None:
        return _Choice(root, next(iter(tables)) if len(tables) == 1 else None)
    others = [key for key in tables if read_primary_tag(key) not in ENGLISH]
    own = Table({english: tables[english]}, {english: 0})
    if len(others) != 1:
        left_out = f"Parts of it are in other languages ({', '.join(others)}), and left out."
        return _Choice(own, english, notes=(left_out,) if others else ())
    sources = {entry.id: entry.scalar for entry in _list_entries(tables[others[0]])}
    return _Choice(own, english, others[0], sources)


_Member = tuple[str, Value, int, tuple[str, ...]]
"""A path, what stands there, where its key begins (0 where it has none), and its notes."""


def _list_entries(root: Value) -> Iterator[_Entry]:
    """Yield every string, in the order of the file."""
    stack: list[_Member] = [("", root, 0, ())]
    while stack:
        path, value, start, notes = stack.pop()
        if isinstance(value, Scalar):
            if value.is_string:
                yield _Entry(path, value, start or value.start, notes)
        elif isinstance(value, Table):
            stack += reversed([*_list_members(path, value)])
        elif isinstance(value, list):
            stack += [_name_item(path, at, value[at]) for at in range(len(value) - 1, -1, -1)]


def _list_members(path: str, table: Table) -> Iterator[_Member]:
    """Yield what stands under the keys of a mapping; the description of a message of Hugo is a note of its texts."""
    description = table.scalar("description") if "other" in table.values and table.values.keys() <= _MESSAGE else None
    about = (description.value,) if description else ()
    for key, value in table.values.items():
        if not about or key in PLURALS:
            notes = (*about, *table.notes.get(key, ()))
            yield (f"{path}.{key}" if path else key), value, table.keys[key], notes


def _name_item(path: str, at: int, item: Value) -> _Member:
    """Return an item of a list under its number, or, of a list of messages of Hugo, the translation under its id."""
    named = item.scalar("id") if isinstance(item, Table) else None
    if isinstance(item, Table) and named and "translation" in item.values and not path:
        return named.value, item.values["translation"], item.keys["translation"], item.notes.get("translation", ())
    return f"{path}[{at}]", item, 0, ()


READER: Final = TextReader(name="yaml", suffixes=(".yml", ".yaml"), recognises=_recognises, read=read_yaml)
