"""What a format is to the others: its name, the endings of its files, and functions that read them.

Each module that `stilted.formats.READERS` lists has one such ``READER``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stilted.formats.units import Parsed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """What readers of text and of bytes have in common.

    Attributes:
        name: of the format. suffixes: endings of its files' names, in lower case.
        recognises: whether a file begins so, by its first `stilted.formats.HEAD` characters; None where a format has
            nothing to be known by.
    """

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReader(_Common):
    """A format that is text.

    Attributes:
        read: its units, from the text of a file and its name.
        find_encoding: the encoding that the bytes of a file declare, None where they declare none; None for a format
            that has no way to.
    """

    read: Callable[[str, str], Parsed]
    find_encoding: Callable[[bytes], str | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BinaryReader(_Common):
    """A format that is no text.

    Attributes:
        read: its units, from the bytes of a file and its name.
    """

    read: Callable[[bytes, str], Parsed]


Reader = TextReader | BinaryReader
"""A reader of either kind."""
