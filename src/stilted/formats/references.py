"""Character references of HTML, XML and Markdown, to the characters that they stand for."""

from __future__ import annotations

import html
from typing import Final

_LONGEST: Final = 64
_NO_CHARACTER: Final = "\ufffd"


def decode_reference(spelt: str) -> str:
    """Return what ``&name;`` or ``&#number;`` stands for in HTML, as browsers read it (WHATWG HTML 13.2.5.80).

    Numbers of no character, and those of more digits than any character has, are U+FFFD; control characters and
    noncharacters, which `html.unescape` leaves out, are themselves.
    """
    if len(spelt) > _LONGEST:
        return _NO_CHARACTER
    return html.unescape(spelt) or chr(_read_code_point(spelt))


def decode_number(spelt: str) -> str:
    """Return what ``&#number;`` stands for in Markdown: the character of that number (CommonMark 0.31.2, 2.5)."""
    code = _read_code_point(spelt)
    return _NO_CHARACTER if not code or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _read_code_point(spelt: str) -> int:
    digits = spelt.strip("&#;")
    return int(digits[1:], 16) if digits[0] in "xX" else int(digits)
