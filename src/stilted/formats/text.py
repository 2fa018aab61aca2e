"""Plain text: one document, as it stands."""

from __future__ import annotations

from typing import Final

from stilted.core.document import Span
from stilted.core.offsets import OffsetMap
from stilted.formats.reader import TextReader
from stilted.formats.units import Parsed, Text, Unit


def read_plain_text(text: str, name: str) -> Parsed:
    """Return the whole text as one unit."""
    body = Text(text, OffsetMap.verbatim(len(text)))
    return Parsed(name, "text", text, (Unit("1", body, span=Span(0, len(text))),), running=True)


READER: Final = TextReader(name="text", suffixes=(".txt", ".text"), read=read_plain_text)
