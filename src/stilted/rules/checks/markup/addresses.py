"""Web and mail addresses in a text, and which two of them are meant to be the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from stilted.formats.placeholders import Placeholder

ADDRESS: Final = "address"
_ADDRESS: Final = re.compile(
    r"https?://(?:(?![\"<>`{}|\\^\[\]])[!-~])+|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}",
)
"""Without letters that no address spells so, which in some scripts follow it at once."""
_TRAILING: Final = ".,;:!?'’*_~"
_SCHEME: Final = re.compile(r"\Ahttps?://(?:www\.)?", re.I)
_LANGUAGE: Final = re.compile(
    r"(?:(?<=[/.=_-])|\A)(?:cs|cz|da|de|en|es|fa|fi|fr|he|hu|id|it|ja|jp|ko|kr|nl|no|pl|pt|ro|ru|sv|th|tr|ua|uk|vi|zh|cn|tw)"
    r"(?:[-_](?:[a-z]{2}|hans|hant|latn|cyrl|419))?(?=[/.?&#_-]|\Z)",
    re.I,
)
"""The part of an address that says in which language the page is."""
_PORT: Final = re.compile(r":\d{2,5}(?=/|\Z)")
_HASH: Final = re.compile(r"[?#]")
_INDEX: Final = re.compile(r"/index\.html?\Z")
_MADE_UP: Final = re.compile(r"\A(?:[^/?#]*[.@])?example\.")
"""The host of an address that is no more than an example, which a translation may call otherwise."""
_SLIP: Final = 0.85
"""Likeness from which one address is the other with a slip in it."""


def find_addresses(text: str) -> Iterator[Placeholder]:
    """Yield the addresses in *text*, named without what tells the language, the port or the place in a page."""
    if "://" not in text and "@" not in text:
        return
    for match in _ADDRESS.finditer(text):
        written = match.group().rstrip(_TRAILING)
        while written.endswith(")") and written.count(")") > written.count("("):
            written = written[:-1].rstrip(_TRAILING)
        yield Placeholder(ADDRESS, written, match.start(), match.start() + len(written), _simplify(written))


def _simplify(address: str) -> str:
    bare = _PORT.sub("", _SCHEME.sub("", address)) if "://" in address else address
    if "://" in address:
        bare = _INDEX.sub("", _HASH.split(bare, 1)[0].rstrip("/"))
    joined = re.sub(r"([/._=-])\1+", r"\1", _LANGUAGE.sub("", bare))
    return re.sub(r"[_-](?=[/.])|(?<=[/.])[_-]", "", joined).strip("/.-_").lower()


def find_paths(text: str) -> Iterator[str]:
    """Yield the pages of the same site that a text links to by paths alone, ``/en/docs/lamp``, as of `get_path`."""
    for match in _PATH.finditer(text):
        if path := get_path(_simplify(f"https://x{match.group()}")):
            yield path


_PATH: Final = re.compile(r"(?<=[(\"' ])/[\w.~-]{1,60}(?:/[\w.~-]{1,60}){1,12}")
"""At least two steps, behind what a link begins with: “and/or” and “/etc” are none."""


def get_path(address: str) -> str:
    """Return the path of an address that `find_addresses` has named; empty where it has none."""
    return address.partition("/")[2]


def is_slip(one: str, other: str) -> bool:
    """Tell whether two addresses differ so little that one is the other miswritten."""
    if one == other or not one or not other or (_MADE_UP.search(one) and _MADE_UP.search(other)):
        return False
    if one.partition("/")[0] == other.partition("/")[0] and "@" not in one:
        return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SLIP
