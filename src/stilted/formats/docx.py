"""Word documents: DOCX (Office Open XML, ISO/IEC 29500), read as people see them.

There are no lines in such a file. Its text is taken to be one paragraph a line, tables in their place and text boxes
behind their anchor, so that line n is paragraph n; behind the body come its footnotes, endnotes, headers and footers.
Tracked insertions are read and deletions are not. A DOCX is a zip archive of XML: the standard library and the reader
of XML here read it without a dependency and refuse what attacks either.
"""

from __future__ import annotations

import codecs
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from stilted.core.document import Span
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.offsets import OffsetMap
from stilted.formats.reader import BinaryReader
from stilted.formats.units import OBJECT, Parsed, Text, Unit, require_room
from stilted.formats.xml_tree import Chunk, Node, read_trees

MAX_PARTS: Final = 10_000
"""Most files in the archive; each costs memory before it is opened."""

MAX_XML: Final = 64_000_000
"""Most bytes of the unpacked document; a zip bomb claims to hold more, or does."""

_BODY: Final = "word/document.xml"
_PARTS: Final = tuple(re.compile(rf"word/{part}\d{{0,4}}\.xml") for part in
                      ("document", "footnotes", "endnotes", "header", "footer"))  # fmt: skip
_HINT: Final = "Save it as .docx in Word or LibreOffice."
_GONE: Final = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "Fallback", "sectPr"})
_OPAQUE: Final = frozenset({"drawing", "pict", "object", "oMath", "oMathPara", "footnoteReference", "endnoteReference"})
_SAID: Final = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "\u2011"}


def _recognises(head: str) -> bool:
    """Tell whether a file begins like a zip archive."""
    return head.startswith("PK\x03\x04")


def read_docx(data: bytes, name: str) -> Parsed:
    """Return one unit a paragraph with text in it.

    Raises:
        UserError: not a DOCX, encrypted, larger than `MAX_XML` unpacked, malformed, or without text.
    """
    paragraphs = [
        "".join(_read_pieces(node))
        for part, xml in _read_parts(data, name)
        for node in _read_paragraphs(xml, part, name)
    ]
    file = "\n".join(paragraphs)
    units: list[Unit] = []
    at = 0
    for number, paragraph in enumerate(paragraphs, 1):
        if paragraph.replace(OBJECT, "").strip():
            objects = ("object",) * paragraph.count(OBJECT)
            text = Text(paragraph, OffsetMap.verbatim(len(paragraph), at), objects)
            units.append(Unit(str(number), text, span=Span(at, at + len(paragraph))))
            require_room(units, name)
        at += len(paragraph) + 1
    if not units:
        raise NothingToCheckError("the document has no text", name, "Give a document with text in it.")
    return Parsed(name, "docx", file, tuple(units), running=True)


def _read_parts(data: bytes, name: str) -> list[tuple[str, str]]:
    """Return ``(name, XML)`` of the parts that hold text, the body first."""
    named: list[tuple[str, str]] = []
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = sorted(set(archive.namelist()))
            parts = [each for kind in _PARTS for each in names if kind.fullmatch(each)]
            if len(names) > MAX_PARTS:
                raise UserError(f"the document has more than {MAX_PARTS:,} parts", name, _HINT)
            for part in parts:
                with archive.open(part) as opened:
                    xml = opened.read(MAX_XML + 1 - size)
                size += len(xml)
                if size > MAX_XML:
                    what = f"the document is larger than {MAX_XML // 1_000_000} MB unpacked"
                    raise UserError(what, name, "Split it.")
                named.append((part, _decode(xml, part, name)))
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, KeyError, NotImplementedError, OSError,
            OverflowError, ValueError, struct.error) as error:  # fmt: skip
        raise UserError(f"no Word document: {error}", name, _HINT) from error
    except RuntimeError as error:  # what zipfile says of an encrypted part
        raise UserError("the document is encrypted", name, "Save it without a password.") from error
    if not named or not _PARTS[0].fullmatch(named[0][0]):
        raise UserError(f"no Word document: it holds no {_BODY}", name, _HINT)
    return named


def _decode(xml: bytes, part: str, name: str) -> str:
    encoding = "utf-16" if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return xml.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError(f"{part} is not UTF-8 at byte {error.start}", name, _HINT) from error


def _read_paragraphs(xml: str, part: str, name: str) -> Iterator[Node]:
    """Yield the paragraphs in the order of the text; those in a text box come behind the one it is anchored in."""
    for path, node in read_trees(xml, f"{name}: {part}", frozenset({"p"})):
        if node.name == "p" and not any(outer.name in _GONE for outer in path):
            yield node
            yield from _read_boxes(node)


def _read_boxes(paragraph: Node) -> Iterator[Node]:
    """Yield the paragraphs within a paragraph, at any depth."""
    stack = [child for child in reversed(paragraph.children) if isinstance(child, Node)]
    while stack:
        child = stack.pop()
        if child.name in _GONE:
            continue
        if child.name == "p":
            yield child
        stack += [inner for inner in reversed(child.children) if isinstance(inner, Node)]


def _read_pieces(paragraph: Node) -> Iterator[str]:
    stack: list[Node | Chunk] = list(reversed(paragraph.children))
    while stack:
        child = stack.pop()
        if isinstance(child, Chunk) or child.name in _GONE:
            continue
        if child.name == "t":
            yield "".join(chunk.text for chunk in child.children if isinstance(chunk, Chunk)).replace("\n", " ")
        elif child.name in _OPAQUE:
            yield OBJECT
        elif child.name in _SAID:
            yield _SAID[child.name]
        else:
            stack += reversed(child.children)


READER: Final = BinaryReader(name="docx", suffixes=(".docx", ".docm"), recognises=_recognises, read=read_docx)
