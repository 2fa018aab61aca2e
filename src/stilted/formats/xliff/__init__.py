"""XLIFF 1.2 (OASIS standard, 2008) and its dialects of Trados, memoQ and Phrase, and XLIFF 2.0 to 2.2 (ISO 21720).

A segment is a unit: in 1.2 a ``trans-unit`` or, where it is cut, each ``mrk`` of type ``seg`` in it; in 2 a
``segment``. Codes (``x ph bpt ept it bx ex sc ec cp``) are opaque, pairs around words (``g pc mrk``) invisible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from stilted.core.document import Suppression
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.language_tags import ENGLISH, read_primary_tag
from stilted.formats.icu import list_branches
from stilted.formats.reader import TextReader
from stilted.formats.remarks import note
from stilted.formats.units import Parsed, Unit, require_room
from stilted.formats.xliff import version_1 as one
from stilted.formats.xliff import version_2 as two
from stilted.formats.xml_tree import Node, find_encoding, find_line, read_trees

_Reader = Callable[[tuple[Node, ...], Node, str, Mapping[str, str]], Iterator[Unit]]
_READERS: Final[dict[str, _Reader]] = {"1": one.list_units, "2": two.list_units}


def _recognises(head: str) -> bool:
    """Tell whether a file begins like XLIFF."""
    return "<xliff" in head


def read_xliff(text: str, name: str) -> Parsed:
    """Return the segments of all its files; where some of them are into English, of those alone.

    Raises:
        UserError: not XLIFF, of an unknown version, without units, or two units of a file share an id.
    """
    ids = _Ids(text, name)
    units: dict[str, Unit] = {}
    remarks: list[Suppression] = []
    spoken: dict[tuple[str | None, str | None], None] = {}
    comments: dict[str, str] = {}
    elsewhere: dict[str, str] = {}
    for reader, path, node in _find_nodes(text, name, spoken, comments):
        file = next((n for n in path if n.name == "file"), path[0])
        into = file.attributes.get("target-language")
        spoken[file.attributes.get("source-language"), into] = None
        prefix = ids.prefix(file, node)
        for unit in reader(path, node, text, comments):
            kept, accepted = _split_notes(unit, text, name)
            remarks += accepted
            ident = f"{prefix}{unit.id}"
            if ident in units:
                where = f"{name}:{find_line(text, unit.span.start)}"
                raise UserError(f"two segments are called '{unit.id}'", where, "Ids are unique within a unit.")
            forms = {each.id: each for each in list_branches(_rename(unit, ident, kept))}
            units |= forms
            if into and read_primary_tag(into) not in (None, *ENGLISH):
                elsewhere |= dict.fromkeys(forms, into)
            require_room(units, name)
    notes: tuple[str, ...] = ()
    if elsewhere and any(read_primary_tag(into) in ENGLISH for _, into in spoken):
        units = {ident: unit for ident, unit in units.items() if ident not in elsewhere}
        spoken = {pair: None for pair in spoken if pair[1] not in elsewhere.values()}
        others = ", ".join(sorted(set(elsewhere.values())))
        notes = (f"Parts of it are into other languages ({others}), and left out.",)
    if not units:
        raise NothingToCheckError("holds no units", name, "Give a file with <trans-unit> or <unit> in it.")
    source, target = (next((s[side] for s in spoken if s[side]), None) for side in (0, 1))
    return Parsed(name, "xliff", text, tuple(units.values()), False, target, source, tuple(remarks), notes)


def _find_nodes(
    text: str, name: str, spoken: dict[tuple[str | None, str | None], None], comments: dict[str, str]
) -> Iterator[tuple[_Reader, tuple[Node, ...], Node]]:
    """Yield what holds units, with its reader; also fill *spoken* and *comments* with the languages of the root and the
    comments of Trados."""
    reader, begun = _READERS["1"], False
    for path, node in read_trees(text, name, frozenset({"trans-unit", "unit", "cmt-def"})):
        if node.name == "xliff":
            reader = _choose_reader(node, f"{name}:{find_line(text, node.start)}")
            spoken[node.attributes.get("srcLang"), node.attributes.get("trgLang")] = None
        elif node.name == "cmt-def":  # Trados has the words of comments at the top of the file
            comments[node.attributes.get("id", "")] = node.words()
        elif len(path) == 1 and not begun and node.name not in ("trans-unit", "unit"):
            raise UserError(f"the root is <{node.name}>, not <xliff>", name, "Give XLIFF, or another --format-in.")
        else:
            begun = True
            yield reader, path, node


def _choose_reader(root: Node, where: str) -> _Reader:
    version = root.attributes.get("version", "1.2")
    reader = _READERS.get(version.partition(".")[0])
    if reader is None:
        raise UserError(f"XLIFF of version '{version}'", where, "Known are 1.2 and 2.0 to 2.2.")
    return reader


def _rename(unit: Unit, name: str, notes: tuple[str, ...]) -> Unit:
    return Unit(name, unit.target, unit.source, unit.reference, unit.state, notes, unit.span)


def _split_notes(unit: Unit, text: str, name: str) -> tuple[tuple[str, ...], list[Suppression]]:
    """Tell the notes of a unit from the remarks that accept findings in it."""
    kept, accepted = [], []
    for note_text in unit.notes:
        where = f"{name}:{find_line(text, unit.span.start)}" if note_text.startswith("stilted-") else name
        remark = note(note_text, unit.span, unit.span.start, where)
        if remark is None:
            kept.append(note_text)
        else:
            accepted.append(remark)
    return tuple(kept), accepted


class _Ids:
    """Sees that the ids of a file are its own, and tells several files apart."""

    def __init__(self, text: str, name: str) -> None:
        self._text, self._name = text, name
        self._seen: dict[tuple[int, str], int] = {}
        self._files: dict[int, str] = {}
        self._taken: set[str] = set()
        self._counts: Counter[str] = Counter()

    def prefix(self, file: Node, unit: Node) -> str:
        """Return what to put before the id of *unit*: nothing in the first file, else the file's own name."""
        ident = unit.attributes.get("id", "")
        if not ident:
            where = f"{self._name}:{find_line(self._text, unit.start)}"
            raise UserError(f"a <{unit.name}> without an id", where, "Export the file again.")
        key = (file.start, ident)
        if key in self._seen:
            first, second = (find_line(self._text, at) for at in (self._seen[key], unit.start))
            what = f"two units are called '{ident}', the first on line {first}"
            raise UserError(what, f"{self._name}:{second}", "Ids are unique within a <file>; export the file again.")
        self._seen[key] = unit.start
        if file.start not in self._files:
            self._files[file.start] = self._name_of(file) if self._files else ""
        return self._files[file.start]

    def _name_of(self, file: Node) -> str:
        """Return a prefix for a further file, unlike all before."""
        base = file.attributes.get("original") or file.attributes.get("id") or "file"
        name = ""
        while not name or name in self._taken:
            self._counts[base] += 1
            name = f"{base}({self._counts[base]})#" if self._counts[base] > 1 else f"{base}#"
        self._taken.add(name)
        return name


READER: Final = TextReader(
    name="xliff",
    suffixes=(".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"),
    recognises=_recognises,
    read=read_xliff,
    find_encoding=find_encoding,
)
