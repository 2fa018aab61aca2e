r"""Escapes that programs have in strings: ``\n``, ``\u00e9``, two of which spell a character beyond the first plane."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from stilted.core.offsets import MapBuilder
from stilted.formats.units import Text

OF_C: Final = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
"""What a letter behind a backslash says in C, beside marks, which say themselves."""

_HIGH: Final = "[dD][89abAB][0-9a-fA-F]{2}"
_LOW: Final = "[dD][c-fC-F][0-9a-fA-F]{2}"


def match_codes(letter: str) -> str:
    r"""Return a pattern for codes of UTF-16, with the groups that `decode_code` reads.

    Args:
        letter: what stands between the backslash and the digits, as a pattern: ``u``, ``[uU]``.
    """
    return rf"\\{letter}(?P<high>{_HIGH})\\{letter}(?P<low>{_LOW})|\\{letter}(?P<code>[0-9a-fA-F]{{4}})"


def decode_code(escape: re.Match[str]) -> str:
    """Return the character that a code spells; empty where another escape was matched."""
    if escape["high"]:
        return bytes.fromhex(escape["high"] + escape["low"]).decode("utf-16-be")
    return chr(int(escape["code"], 16)) if escape["code"] else ""


def unescape(
    text: str, place: tuple[int, int], escapes: re.Pattern[str], decode: Callable[[re.Match[str]], str]
) -> Text:
    """Return what ``[start, end)`` of a file says, with the place of each character."""
    built, last = MapBuilder(), place[0]
    for escape in escapes.finditer(text, *place):
        built.add(text[last : escape.start()], last)
        built.add(decode(escape), *escape.span())
        last = escape.end()
    built.add(text[last : place[1]], last)
    return Text.of(built)
