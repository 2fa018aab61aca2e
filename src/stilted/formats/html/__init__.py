"""HTML: every block of prose a unit, tags unseen, code and pictures opaque."""

from __future__ import annotations

import re
from typing import Final

from stilted.core.errors import NothingToCheckError
from stilted.core.offsets import Lines
from stilted.formats.front_matter import read_front_matter
from stilted.formats.html.blocks import Reading
from stilted.formats.reader import TextReader
from stilted.formats.remarks import make_suppressions
from stilted.formats.units import OBJECT, Parsed, Unit

_HEAD: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S]){0,2000}-->\s*)?<(?:!doctype\s+html|html)\b", re.I
)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.I)
_PRESCAN: Final = 1024
"""Bytes in which a page declares its encoding (WHATWG HTML 4.2.5.4)."""
_LATIN: Final = frozenset({"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1"})
"""What browsers read as windows-1252 (WHATWG Encoding 4.2)."""


def _recognises(head: str) -> bool:
    """Tell whether a file begins like a page of HTML."""
    return _HEAD.match(head) is not None


def _find_encoding(data: bytes) -> str | None:
    """Return the encoding that a page declares in ``<meta charset=…>``; None without one."""
    match = _CHARSET.search(data[:_PRESCAN])
    name = match[1].decode("ascii").lower() if match else None
    return "windows-1252" if name in _LATIN else name


def read_html(text: str, name: str) -> Parsed:
    """Return the blocks of a page: paragraphs, headings, list items, cells, titles, and attributes that people read.

    Inline elements vanish and their words stay; code, pictures and what is not to be translated (``translate="no"``,
    ``class="notranslate"``, ``lang`` other than English) is one opaque character within a block, and left out
    elsewhere; so is what templates of Jinja and its like put in. Front matter is read as in Markdown.

    Raises:
        UserError: something that is never closed, too deep nesting, a malformed remark, or no text.
    """
    reading = Reading(text, name, Lines.of(text))
    start, prose, language = read_front_matter(text)
    for value in prose:
        reading.value(value)
    reading.read(start, len(text))
    units = [(target, span) for target, span in reading.units if target.text.replace(OBJECT, "").strip()]
    if not units:
        raise NothingToCheckError("the file holds no units", name, "Give a page with text in it.")
    return Parsed(
        name,
        "html",
        text,
        tuple(Unit(str(number), target, span=span) for number, (target, span) in enumerate(units, 1)),
        running=True,
        language=reading.language or language,
        suppressions=make_suppressions(reading.remarks, reading.blocks, reading.groups, len(text)),
    )


READER: Final = TextReader(
    name="html",
    suffixes=(".html", ".htm", ".xhtml"),
    recognises=_recognises,
    read=read_html,
    find_encoding=_find_encoding,
)
