"""Plain text: one document, as it stands, but for the literal blocks of reST."""

from __future__ import annotations

import re
from typing import Final

from stilted.core.document import Span
from stilted.core.offsets import MapBuilder
from stilted.formats.literal_blocks import find_literal_blocks
from stilted.formats.reader import TextReader
from stilted.formats.units import Parsed, Text, Unit

_OF_REST: Final = re.compile(r"\.(?:rst|rest)\Z", re.I)


def read_plain_text(text: str, name: str) -> Parsed:
    """Return the whole text as one unit; of a file that is reST by its name, without what is literal."""
    built = MapBuilder()
    last = 0
    for block in find_literal_blocks(text) if _OF_REST.search(name) else ():
        built.add(text[last : block.start], last)
        last = block.end
    built.add(text[last:], last)
    body = Text(*built.build())
    return Parsed(name, "text", text, (Unit("1", body, span=Span(0, len(text))),), running=True)


READER: Final = TextReader(name="text", suffixes=(".txt", ".text"), read=read_plain_text)
