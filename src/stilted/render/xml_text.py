"""XML that every parser reads: characters it does not allow are shown by their number, not written."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from stilted.core.foreign import clean

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no ``Char`` of XML 1.0; the writer of the standard library lets it pass."""


def clean_for_xml(text: str) -> str:
    """Return *text* on one line, without control and format characters and legal in XML."""
    return _ILLEGAL.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", clean(text))


def write_document(root: ElementTree.Element) -> str:
    """Return the indented document with its declaration and a final newline."""
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
