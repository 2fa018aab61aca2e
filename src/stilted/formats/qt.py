"""Catalogues of Qt: ``app_en.ts``, of Linguist. Programs in TypeScript, which end in ``.ts`` too, are none.

As https://doc.qt.io/qt-6/linguist-ts-file-format.html says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stilted.core.document import Message, Span, Suppression
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.foreign import shorten
from stilted.formats.icu import list_branches
from stilted.formats.reader import TextReader
from stilted.formats.remarks import sort_notes
from stilted.formats.units import FUZZY, TRANSLATED, UNTRANSLATED, Parsed, Text, Unit, require_room
from stilted.formats.xml_tree import OPAQUE, Node, find_encoding, find_line, read_content, read_trees

_BEGINS: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,3000}?-->\s*)*(?:<!DOCTYPE TS\b|<TS[\s>])", re.S)
_GONE: Final = frozenset({"obsolete", "vanished"})
_LANGUAGE: Final = re.compile(r"(?:^|[/\\_.-])([a-z]{2}(?:_[A-Z]{2})?)\.ts\Z")
"""The language where Qt looks for it in the name of a file that does not say it: ``app_zh_CN.ts``."""
_NOTES: Final = ("comment", "extracomment", "translatorcomment")
_QUOTED_CHARS: Final = 60


@dataclass(frozen=True, slots=True)
class _Key:
    """What a message is known by: an id, or its context, source and comment."""

    context: str
    source: str
    comment: str

    @property
    def ident(self) -> str:
        """What reports call it."""
        return "|".join(part for part in (self.context, self.source, self.comment) if part)


def is_linguist(head: str) -> bool:
    """Tell whether a file begins like one of Linguist."""
    return _BEGINS.match(head) is not None


def read_qt(text: str, name: str) -> Parsed:
    """Return the messages that the program still has; plural forms are units of their own, ``id[0]``, ``id[1]``.

    The language is what the root says, else the file's name.

    Raises:
        UserError: not of Linguist, no messages, or one is there twice.
    """
    units: list[Unit] = []
    remarks: list[Suppression] = []
    seen: dict[_Key, int] = {}
    root, context = Node("", {}, 0), ""
    for path, node in read_trees(text, name, frozenset({"name", "message"})):
        root = path[0]
        if root.name != "TS":
            raise UserError(f"the root is <{root.name}>, not <TS>", name, "Give a file of Qt Linguist.")
        if node.name == "name":
            context = node.words()
        if node.name != "message":
            continue
        translation = node.first("translation") or Node("translation", {"type": "unfinished"}, node.start)
        if translation.attributes.get("type") in _GONE:
            continue
        where = f"{name}:{find_line(text, node.start)}"
        source, key = _read_key(node, context, text)
        if key in seen:
            shown = shorten(node.attributes.get("id") or source.text, _QUOTED_CHARS)
            what = f"the message '{shown}' is there twice, first on line {find_line(text, seen[key])}"
            raise UserError(what, where, "Run lupdate again; one of them would be lost.")
        seen[key] = node.start
        said = [note for kind in _NOTES for note in map(Node.words, node.nodes(kind)) if note]
        span = Span(node.start, node.end)
        notes, accepted = sort_notes(said, span, where)
        remarks += accepted
        units += _make_units(key, source, translation, text, notes, span)
        require_room(units, name)
    if not units:
        raise NothingToCheckError("holds no messages", name, "Give a file of Linguist with <message> in it.")
    named = _LANGUAGE.search(name)
    language = root.attributes.get("language") or (named[1] if named else None)
    spoken = root.attributes.get("sourcelanguage") or None
    return Parsed(name, "qt", text, tuple(units), False, language, spoken, tuple(remarks))


def _read_key(node: Node, context: str, file: str) -> tuple[Text, _Key]:
    """Return the source of a message, and what it is known by."""
    source = node.first("source")
    original = read_content(source or Node("source", {}, node.start, node.start), file, lambda _: OPAQUE)
    if "id" in node.attributes:
        return original, _Key("", node.attributes["id"], "")
    comment = node.first("comment")
    return original, _Key(context, original.text, comment.words() if comment else "")


def _make_units(
    key: _Key, source: Text, translation: Node, file: str, notes: tuple[str, ...], span: Span
) -> Iterator[Unit]:
    forms: list[tuple[str, int | None, Node]] = [
        (f"[{number}]", number, form) for number, form in enumerate(translation.nodes("numerusform"))
    ]
    unfinished = translation.attributes.get("type") == "unfinished"
    for more, number, form in forms or [("", None, translation)]:
        variant = form.first("lengthvariant") or form  # the longest of them comes first
        target = read_content(variant, file, lambda _: OPAQUE)
        state = UNTRANSLATED if not target.text.strip() else FUZZY if unfinished else TRANSLATED
        message = Message(source.text, key.context or None, number)
        own = source if source.text.strip() else None
        yield from list_branches(Unit(key.ident + more, target, own, None, state, notes, span, message), "linguist")


READER: Final = TextReader(
    name="qt", suffixes=(".ts",), recognises=is_linguist, read=read_qt, find_encoding=find_encoding
)
