"""String resources of Android: ``strings.xml``.

Quoting and escapes are those of
https://developer.android.com/guide/topics/resources/string-resource#FormattingAndStyling
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.document import Span, Suppression
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.offsets import MapBuilder
from stilted.formats.placeholders import find_placeholders, make_opaque
from stilted.formats.reader import TextReader
from stilted.formats.remarks import note
from stilted.formats.units import LOCKED, TRANSLATED, UNTRANSLATED, Parsed, Text, Unit, require_room
from stilted.formats.xml_tree import (
    COMMENT,
    INVISIBLE,
    OPAQUE,
    Node,
    find_encoding,
    find_line,
    read_content,
    read_trees,
)

_TOKEN: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\([nt'\"@?\\#])|(\")|([ \t\r\n]+)")
_SAID: Final = {"n": "\n", "t": "\t"}
_FOLDER: Final = re.compile(r"(?:^|/)values-(?:b\+([a-z]{2,3})(?=[+/-])|([a-z]{2}|fil)(?=[/-]))[^/]*/[^/]*$")
_REFERENCE: Final = re.compile(r"\s*[@?][\w+:]*/[\w.]+\s*")


def _recognises(head: str) -> bool:
    """Tell whether a file begins like resources of Android."""
    return "<resources" in head


def read_android(text: str, name: str) -> Parsed:
    """Return strings, items of arrays (``days[0]``) and plural forms (``cars[other]``).

    What is worded for one kind of device has it in its id: ``title(tablet)``. The language is what ``tools:locale``
    says, else the folder: ``values-de``, ``values-b+zh+Hans``.

    Raises:
        UserError: not Android resources, no strings, or a name is there twice.
    """
    units: list[Unit] = []
    remarks: list[Suppression] = []
    seen: dict[str, int] = {}
    before: list[Node] = []
    folder = _FOLDER.search(name.replace("\\", "/"))
    language = (folder[1] or folder[2]) if folder else None
    for path, node in read_trees(text, name, frozenset({"string", "string-array", "plurals", COMMENT})):
        if len(path) == 1 and path[0].name != "resources":
            raise UserError(f"the root is <{path[0].name}>, not <resources>", name, "Give a strings.xml of Android.")
        language = path[0].attributes.get("locale", language)
        if node.name == COMMENT:
            before.append(node)
        if node.name in (COMMENT, "resources"):
            continue
        ident = _find_name(node)
        key = f"{node.name} {ident}"
        if key in seen or not ident:
            where = f"{name}:{find_line(text, node.start)}"
            first = f", the first on line {find_line(text, seen[key])}" if ident else ""
            what = f"two are called '{ident}'{first}" if ident else f"a <{node.name}> without a name"
            raise UserError(what, where, "Names are unique; rename or remove one.")
        seen[key] = node.start
        notes, span = [], Span(node.start, node.end)
        for comment in before:
            comment_text = " ".join(comment.text.split())
            remark = note(comment_text, span, comment.start, f"{name}:{find_line(text, comment.start)}")
            if remark is None:
                notes.append(comment_text)
            else:
                remarks.append(remark)
        before = []
        units += _read_units(ident, node, text, tuple(notes))
        require_room(units, name)
    if not units:
        raise NothingToCheckError("holds no strings", name, "Give a strings.xml with <string> in it.")
    return Parsed(name, "android", text, tuple(units), language=language, suppressions=tuple(remarks))


def _find_name(node: Node) -> str:
    name, product = (node.attributes.get(key, "") for key in ("name", "product"))
    return f"{name}({product})" if name and product not in ("", "default") else name


def _read_units(ident: str, node: Node, file: str, notes: tuple[str, ...]) -> Iterator[Unit]:
    locked = node.attributes.get("translatable") == "false"
    items = [("", node)]
    if node.name == "string-array":
        items = [(f"[{number}]", item) for number, item in enumerate(node.nodes("item"))]
    elif node.name == "plurals":
        items = [(f"[{item.attributes.get('quantity', 'other')}]", item) for item in node.nodes("item")]
    for more, item in items:
        text = make_opaque(_unescape(read_content(item, file, _choose_treatment)), "printf")
        state = TRANSLATED if text.text.strip() else UNTRANSLATED
        if locked or _REFERENCE.fullmatch(text.text):
            state = LOCKED
        yield Unit(ident + more, text, None, None, state, notes, Span(item.start, item.end))


def _choose_treatment(node: Node) -> str:
    """Leave ``<xliff:g>`` whole, unless it only wraps a placeholder: one side may wrap what the other does not."""
    return OPAQUE if node.name == "g" and not _is_placeholder(node.words().strip()) else INVISIBLE


def _is_placeholder(words: str) -> bool:
    return any((each.start, each.end) == (0, len(words)) for each in find_placeholders(words, "printf"))


def _unescape(text: Text) -> Text:
    """Resolve escapes and quotation marks, and make one blank of white space outside of quotation marks."""
    built, last, quoted = MapBuilder(), 0, False
    for token in _TOKEN.finditer(text.text):
        built.extend(text.text[last : token.start()], text.map.cut(last, token.start()))
        last = token.end()
        point, letter, mark, blank = token.groups()
        place = text.map.place(token.start(), token.end())
        if mark:
            quoted = not quoted
        elif point or letter:
            built.add(chr(int(point, 16)) if point else _SAID.get(letter, letter), *place)
        elif blank and quoted:
            built.extend(blank, text.map.cut(token.start(), token.end()))
        elif blank and len(built) and last < len(text.text):
            built.add(" ", *place)
    built.extend(text.text[last:], text.map.cut(last, len(text.text)))
    return Text.of(built, text.objects)


READER: Final = TextReader(
    name="android", suffixes=(".xml",), recognises=_recognises, read=read_android, find_encoding=find_encoding
)
