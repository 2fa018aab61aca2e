"""Text of others on a screen and in the log of a build: nothing in it is acted upon, and everything in it is seen.

Texts, names of files, entries of lists, notes: whatever people wrote goes through `clean` (or `clean_line`) before it
is shown. What leaves for a screen or a log goes through `disarm` besides: a build server takes lines for commands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

OBJECT: Final = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: what rules see of a placeholder, an inline tag, a picture or inline code."""

_KEPT: Final = frozenset("\u200c\u200d")
"""Joiners that shape letters and emoji; alone among format characters they are shown by what they do."""

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})

_BREAKS: Final = {"\t": "␉", "\n": "␊", "\r": "␍"}


def make_visible(char: str) -> str:
    """Return what to print for one character of a hostile text: itself, a picture of it, or its number.

    Escape sequences, invisible format characters, direction overrides and lone surrogates can move a
    cursor, hide words or break an encoder; a reader must see that they are there.
    """
    if char.isascii() and char.isprintable():
        return char
    if char == OBJECT:
        return "⟨…⟩"
    if char in "\t\n\r":
        return " "
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if unicodedata.category(char) in _HIDDEN and char not in _KEPT:
        return f"⟨U+{code:04X}⟩"
    return char


def clean(text: str) -> str:
    """Return *text* on one line and free of control and format characters (see `make_visible`)."""
    return text if text.isascii() and text.isprintable() else "".join(map(make_visible, text))


def clean_line(text: str) -> str:
    """Return *text* like `clean`, its tabs and line breaks shown too: in a name they are not to be read over."""
    return text if text.isascii() and text.isprintable() else "".join(_BREAKS.get(c) or make_visible(c) for c in text)


def shorten(text: str, limit: int) -> str:
    """Return *text*, or its first ``limit - 1`` code points and an ellipsis."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


_COMMAND: Final = re.compile(r"##(?=\[|vso\[|teamcity\[)|^[^\S\n]*:(?=:[\w-]+[^\n]*::)", re.MULTILINE)
"""What a build server acts on. GitHub: ``::name …::`` at the beginning of a line, white space before it or not, and, as
Azure does, ``##[name]`` anywhere in it; Azure also ``##vso[``, TeamCity ``##teamcity[``."""


class Syntax(StrEnum):
    """What escapes a text is written in."""

    TEXT = "text"
    JSON = "json"
    XML = "xml"


_HOW: Final[Mapping[Syntax, Callable[[str], str]]] = {
    Syntax.TEXT: lambda command: command + "\\",
    Syntax.JSON: lambda command: command[:-1] + f"\\u{ord(command[-1]):04x}",
    Syntax.XML: lambda command: command[:-1] + f"&#{ord(command[-1])};",
}


def disarm(text: str, syntax: Syntax = Syntax.TEXT) -> str:
    """Return *text* with nothing in it that the log of a build takes for a command.

    Args:
        syntax: JSON and XML keep their meaning: a character is written as an escape of theirs. Plain text shows a
            backslash in what would be a command.
    """
    return _COMMAND.sub(lambda match: _HOW[syntax](match[0]), text)
