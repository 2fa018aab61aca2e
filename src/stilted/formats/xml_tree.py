"""XML with exact places, on the standard library's expat: small trees of the elements that a reader asks for.

Nothing is fetched and nothing is expanded: declarations of a file's own, with which every attack begins, are refused,
and so are entities that XML does not bring itself and nesting deeper than `MAX_DEPTH`. A document type that is only
named, as OmegaT and Trados name ``tmx14.dtd``, means nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final
from xml.parsers import expat

from stilted.core.bounded import remember
from stilted.core.errors import UserError
from stilted.core.offsets import Lines, MapBuilder
from stilted.formats.units import OBJECT, Text

MAX_DEPTH: Final = 200
MAX_NODES: Final = 100_000
"""Most elements, comments and stretches of text in one unit or paragraph: each takes a hundred times its bytes."""

_CHUNK: Final = 1 << 16
_DECLARED: Final = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_UTF16: Final = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_WRAP: Final = re.compile(r"(?<![ \t])[ \t]*[\r\n][ \t\r\n]*")

COMMENT: Final = "#comment"
"""Name of the node that stands for a comment."""

OPAQUE, INVISIBLE, DROPPED = "opaque", "invisible", "dropped"
"""What becomes of an element within a text: one `OBJECT`, its words alone, or nothing."""


@dataclass(slots=True)
class Chunk:
    """Characters as they read; they are spelt at ``[start, end)`` of the file."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Node:
    """An element, ``[start, end)`` in the file with its tags, by its local name; or a comment, with its ``text``."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    children: list[Node | Chunk] = field(default_factory=list)
    text: str = ""

    def nodes(self, *names: str) -> Iterator[Node]:
        """Yield the elements directly in this one that have one of *names*."""
        return (child for child in self.children if isinstance(child, Node) and child.name in names)

    def first(self, name: str) -> Node | None:
        """Return the first element of that name directly in this one."""
        return next(self.nodes(name), None)

    def parts(self) -> dict[str, list[Node]]:
        """Return the elements directly in this one by their names; cheaper than to ask for one name after the other."""
        children: dict[str, list[Node]] = {}
        for child in self.children:
            if isinstance(child, Node):
                children.setdefault(child.name, []).append(child)
        return children

    def words(self) -> str:
        """Return all characters in this element, on one line."""
        parts: list[str] = []
        stack: list[Node | Chunk] = [self]
        while stack:
            top = stack.pop()
            if isinstance(top, Chunk):
                parts.append(top.text)
            else:
                stack += reversed(top.children)
        return " ".join("".join(parts).split())


def find_encoding(data: bytes) -> str | None:
    """Return the encoding that an XML declaration names, or that its first bytes betray; None for UTF-8."""
    for start, name in _UTF16:
        if data.startswith(start):
            return name
    declared = _DECLARED.match(data[:400])
    name = declared[1].decode("ascii").lower() if declared else ""
    return None if name.startswith(("utf-8", "utf8", "utf-16", "ucs")) else name or None


def read_trees(text: str, where: str, names: frozenset[str]) -> Iterator[tuple[tuple[Node, ...], Node]]:
    """Yield ``(ancestors, node)`` of every outermost element whose local name is among *names*, in order.

    Ancestors carry their attributes but no children. The root is always yielded first, as its own ancestor and without
    its children; comments are, where `COMMENT` is among *names*.

    Raises:
        UserError: not well-formed, brings declarations, uses an entity of its own, or nests too deeply; *where* and the
            line are named.
    """
    forest = _Forest(names, where)
    for event in _read_events(text, where):
        tree = forest.grow(event)
        if tree is not None:
            yield tuple(forest.path), tree


class _Forest:
    """Grows the trees that are asked for, one event after the other; ``path`` are the elements that are open."""

    def __init__(self, names: frozenset[str], where: str) -> None:
        self.path: list[Node] = []
        self._names, self._where = names, where
        self._inside = self._nodes = 0

    def grow(self, event: _Event) -> Node | None:
        """Take in an event and return what is complete with it: a tree, the bare root, or a comment between trees."""
        kind, value, attributes, start, end = event
        self._nodes = self._nodes + 1 if self._inside else 0
        if self._nodes > MAX_NODES:
            what = f"an element of this file holds more than {MAX_NODES:,} others"
            raise UserError(what, self._where, "This is no file of a translation tool.")
        if kind == "start":
            return self._open(Node(value, attributes, start))
        if kind == "end":
            return self._close(end)
        if kind == "text":
            if self._inside:
                self.path[-1].children.append(Chunk(value, start, end))
            return None
        remark = Node(COMMENT, {}, start, end, text=value)
        if self._inside:
            self.path[-1].children.append(remark)
            return None
        return remark if self.path and COMMENT in self._names else None

    def _open(self, node: Node) -> Node | None:
        if self._inside or node.name in self._names:
            if self._inside:
                self.path[-1].children.append(node)
            self._inside += 1
        self.path.append(node)
        return Node(node.name, node.attributes, node.start) if len(self.path) == 1 else None

    def _close(self, end: int) -> Node | None:
        node = self.path.pop()
        node.end = end
        self._inside -= bool(self._inside)
        return node if self._inside == 0 and node.name in self._names and self.path else None


_Event = tuple[str, str, dict[str, str], int, int]
_NONE: Final[dict[str, str]] = {}


def _read_events(text: str, where: str) -> Iterator[_Event]:
    """Yield ``(kind, name or characters, attributes, start, end)``; an event ends where the next one begins.

    Expat is fed bit by bit and tells byte offsets of UTF-8; both grow, so code points are counted in one pass.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UserError("not XML: half of a surrogate pair", where, "Save the file as UTF-8.") from error
    events: list[tuple[str, str, dict[str, str], int]] = []
    parser = _make_parser(events, where)
    ascii_only = len(data) == len(text)
    at_byte = at = 0
    held: tuple[str, str, dict[str, str], int] | None = None
    for offset in range(0, max(len(data), 1), _CHUNK):
        _feed(parser, data[offset : offset + _CHUNK], offset + _CHUNK >= len(data), where)
        for kind, value, attributes, byte in events:
            if ascii_only:
                at = byte
            else:
                at += len(data[at_byte:byte].decode("utf-8"))
                at_byte = byte
            if held is not None and held[0]:
                yield (*held, at)
            held = (kind, value, attributes, at)
        events.clear()
    if held is not None and held[0]:
        yield (*held, len(text))


def _feed(parser: Any, data: bytes, last: bool, where: str) -> None:
    try:
        parser.Parse(data, last)
    except expat.ExpatError as error:
        what = f"not XML: {expat.ErrorString(error.code)} (column {error.offset + 1})"
        raise UserError(what, f"{where}:{error.lineno}", "Export the file again; it may have been cut off.") from error


def _make_parser(events: list[tuple[str, str, dict[str, str], int]], where: str) -> Any:
    """Return an expat parser that notes what it meets; an empty kind only marks where the one before it ends."""
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = False
    depth = 0

    def note_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            what = f"elements nest deeper than {MAX_DEPTH}"
            raise UserError(what, f"{where}:{parser.CurrentLineNumber}", "This is no file of a translation tool.")
        events.append(("start", _drop_namespace(name), _drop_namespaces(attributes), parser.CurrentByteIndex))

    def note_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        events.append(("end", "", _NONE, parser.CurrentByteIndex))

    def refuse_declaration(_name: str, _system: str | None, _public: str | None, own_declarations: int) -> None:
        if own_declarations:
            hint = "Remove the part between [ and ] of the <!DOCTYPE …>; no translation format needs it."
            raise UserError("the file brings its own declarations", f"{where}:{parser.CurrentLineNumber}", hint)

    def refuse_entity(name: str, _parameter: bool) -> None:
        at = f"{where}:{parser.CurrentLineNumber}"
        raise UserError(f"the entity '&{name};' is not defined", at, "Write the character itself.")

    def mark(*_: Any) -> None:
        events.append(("", "", _NONE, parser.CurrentByteIndex))

    parser.StartElementHandler = note_start
    parser.EndElementHandler = note_end
    parser.CharacterDataHandler = lambda text: events.append(("text", text, _NONE, parser.CurrentByteIndex))
    parser.CommentHandler = lambda text: events.append(("comment", text, _NONE, parser.CurrentByteIndex))
    parser.StartDoctypeDeclHandler = refuse_declaration
    parser.SkippedEntityHandler = refuse_entity
    parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = parser.ProcessingInstructionHandler = mark
    return parser


def _drop_namespaces(attributes: dict[str, str]) -> dict[str, str]:
    """Return attributes by their local names; one without a namespace is the format's own and outranks the others."""
    if not any(" " in key for key in attributes):
        return attributes
    foreign = {_drop_namespace(key): value for key, value in attributes.items() if " " in key}
    return foreign | {key: value for key, value in attributes.items() if " " not in key}


@remember(50_000)
def _drop_namespace(name: str) -> str:
    return name.rpartition(" ")[2]


def read_content(node: Node, file: str, how: Callable[[Node], str]) -> Text:
    """Return the text in an element; *how* says of each element in it `OPAQUE`, `INVISIBLE` or `DROPPED`."""
    if len(node.children) == 1 and isinstance(only := node.children[0], Chunk):
        return _make_text(only)
    built, objects = MapBuilder(), []
    stack = list(reversed(node.children))
    while stack:
        child = stack.pop()
        if isinstance(child, Chunk):
            _add(built, child)
        elif child.name == COMMENT:
            continue
        elif (treatment := how(child)) == OPAQUE:
            built.add(OBJECT, child.start, child.end)
            objects.append(file[child.start : child.end])
        elif treatment == INVISIBLE:
            stack += reversed(child.children)
    return Text.of(built, tuple(objects))


def _make_text(chunk: Chunk) -> Text:
    built = MapBuilder()
    _add(built, chunk)
    return Text.of(built)


def _add(built: MapBuilder, chunk: Chunk) -> None:
    verbatim = len(chunk.text) == chunk.end - chunk.start
    built.add(chunk.text, chunk.start, None if verbatim else chunk.end)


def unwrap(text: Text) -> Text:
    """Return *text* with every line break, and the blanks around it, as one space; none at its ends."""
    if "\n" not in text.text and "\r" not in text.text:
        return text
    built, last = MapBuilder(), 0
    for wrap in _WRAP.finditer(text.text):
        built.extend(*_cut(text, last, wrap.start()))
        if len(built) and wrap.end() < len(text.text):
            built.add(" ", *text.map.place(wrap.start(), wrap.end()))
        last = wrap.end()
    built.extend(*_cut(text, last, len(text.text)))
    return Text.of(built, text.objects)


def _cut(text: Text, start: int, end: int) -> tuple[str, Any]:
    return text.text[start:end], text.map.cut(start, end)


def find_line(file: str, offset: int) -> int:
    """Return the line of an offset; the index of the last file that was asked about is kept."""
    return _lines(file).locate(offset)[0]


_lines: Final = lru_cache(maxsize=1)(Lines.of)
