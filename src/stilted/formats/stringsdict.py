"""Plural forms of Apple: ``en.lproj/Localizable.stringsdict``, a property list in XML.

As https://developer.apple.com/library/archive/documentation/MacOSX/Conceptual/BPInternational/StringsdictFileFormat/
says. The ids are those of Xcode's string catalogs: ``%lld cars[n][one]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from stilted.core.document import Message, Span
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.offsets import OffsetMap
from stilted.formats.placeholders import make_opaque
from stilted.formats.reader import TextReader
from stilted.formats.strings import find_language, is_sentence
from stilted.formats.units import PLURALS, TRANSLATED, UNTRANSLATED, Parsed, Text, Unit, require_room
from stilted.formats.xml_tree import OPAQUE, Node, find_encoding, find_line, read_content, read_trees

_FORMAT: Final = "NSStringLocalizedFormatKey"
_NUMBER: Final = re.compile(r"%(?:\d\$)?#@\w+@")


def read_stringsdict(text: str, name: str) -> Parsed:
    """Return the text of each key, where it has words of its own, and each plural form of each number in it.

    Raises:
        UserError: no property list of plural forms, no texts, or a key is there twice.
    """
    units: list[Unit] = []
    seen: dict[str, int] = {}
    for path, node in read_trees(text, name, frozenset({"dict"})):
        if path[0].name != "plist":
            raise UserError(f"the root is <{path[0].name}>, not <plist>", name, "Give a file of plural forms.")
        for key, value in _list_members(node) if node.name == "dict" else ():
            if key in seen:
                first, second = (find_line(text, at) for at in (seen[key], value.start))
                what = f"the key '{key}' is there twice, first on line {first}"
                raise UserError(what, f"{name}:{second}", "One of them would be lost; rename or remove it.")
            seen[key] = value.start
            units += _make_units(key, value, text)
            require_room(units, name)
    if not units:
        raise NothingToCheckError("holds no strings", name, "Give a file with plural forms in it.")
    return Parsed(name, "stringsdict", text, tuple(units), language=find_language(name))


def _list_members(table: Node) -> Iterator[tuple[str, Node]]:
    nodes = [child for child in table.children if isinstance(child, Node) and child.name != "#comment"]
    return ((key.words(), value) for key, value in pairwise(nodes) if key.name == "key" and value.name != "key")


def _make_units(key: str, entry: Node, file: str) -> Iterator[Unit]:
    """Yield the texts of a key. It is the source of its forms where it is a sentence, and they are its whole text."""
    members = dict(_list_members(entry))
    whole = members.pop(_FORMAT).words() if _FORMAT in members else ""
    if any(map(str.isalpha, _NUMBER.sub("", whole))):
        yield _make_unit(key, dict(_list_members(entry))[_FORMAT], file)
    for name, value in members.items():
        is_all = whole == f"%#@{name}@" and is_sentence(key)
        for form, said in _list_members(value):
            if form in PLURALS:
                message = Message(key, None, int(form not in ("zero", "one"))) if is_all else None
                yield _make_unit(f"{key}[{name}][{form}]", said, file, message)


def _make_unit(ident: str, node: Node, file: str, message: Message | None = None) -> Unit:
    target = make_opaque(read_content(node, file, lambda _: OPAQUE))
    state = TRANSLATED if target.text.strip() else UNTRANSLATED
    source = make_opaque(Text(message.text, OffsetMap.verbatim(len(message.text)))) if message else None
    return Unit(ident, target, source, None, state, (), Span(node.start, node.end), message)


READER: Final = TextReader(
    name="stringsdict", suffixes=(".stringsdict",), read=read_stringsdict, find_encoding=find_encoding
)
