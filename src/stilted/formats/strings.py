r"""Catalogues of Apple: ``en.lproj/Localizable.strings``, ``"key" = "text";`` with comments before each key.

As https://developer.apple.com/library/archive/documentation/Cocoa/Conceptual/LoadingResources/Strings/Strings.html
says, and as GNUstep writes them (``English.lproj``, ``\U00e9``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from stilted.core.document import Message, Span, Suppression
from stilted.core.errors import NothingToCheckError
from stilted.core.foreign import shorten
from stilted.formats.escapes import OF_C, decode_code, match_codes, unescape
from stilted.formats.faults import Faults
from stilted.formats.placeholders import make_opaque
from stilted.formats.reader import TextReader
from stilted.formats.remarks import sort_notes
from stilted.formats.units import TRANSLATED, UNTRANSLATED, Parsed, Unit, require_room

_COMMENT: Final = r"/\*(?:[^*]|\*(?!/))*+\*/|//[^\r\n]*+"
_QUOTED: Final = r'"(?:[^"\\]|\\.)*+"'
_TOKEN: Final = re.compile(
    rf"(?P<blank>\s++)|(?P<comment>{_COMMENT})|(?P<string>{_QUOTED}|(?!//|/\*)[\w.$:/+-]++)|(?P<mark>[=;])", re.S
)
_BEGINS: Final = re.compile(rf"(?:\s|{_COMMENT})*+{_QUOTED}\s*+=\s*+\"", re.S)
_BLANK_LINE: Final = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_ESCAPE: Final = re.compile(rf"{match_codes('[uU]')}|\\(?P<octal>[0-7]{{1,3}})|\\(?P<char>\r\n|.)", re.S)
_FOLDER: Final = re.compile(r"(?:^|[/\\])([A-Za-z]{2,12}(?:[-_][A-Za-z0-9]{2,8})*)\.lproj[/\\][^/\\]*\Z")
_NAMES: Final = dict(
    zip(
        "chinese dutch english french german italian japanese korean portuguese russian spanish swedish".split(),
        "zh nl en fr de it ja ko pt ru es sv".split(),
        strict=True,
    )
)
"""What folders were called before they had codes, and are in GNUstep."""
_WITHOUT_COMMENT: Final = "No comment provided by engineer."
_QUOTED_CHARS: Final = 60
_HINT: Final = "Check it with 'plutil -lint'."


@dataclass(slots=True)
class _Entry:
    """A key and its text, as stretches of the file within their quotation marks, and the comments right above."""

    key: tuple[int, int]
    start: int
    value: tuple[int, int] | None = None
    end: int = 0
    comments: list[str] = field(default_factory=list)
    expects: str = "="


def _recognises(head: str) -> bool:
    """Tell whether a file begins with a key and a text."""
    return _BEGINS.match(head) is not None


def _find_encoding(data: bytes) -> str | None:
    """Return what a file without a mark is in: UTF-16 where every other byte of its beginning is none."""
    if data[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if data[:1] == b"\0" else None


def read_strings(text: str, name: str) -> Parsed:
    """Return one unit a key. A key that is a sentence is the source; the language is that of the folder ``….lproj``.

    Raises:
        UserError: something is no entry, a string or comment is not closed, a key has two texts; no strings.
    """
    units: list[Unit] = []
    remarks: list[Suppression] = []
    faults = Faults(text, name, _HINT)
    seen: dict[str, tuple[int, str]] = {}
    for entry in _read_entries(text, faults):
        key = unescape(text, entry.key, _ESCAPE, _decode)
        target = unescape(text, entry.value or entry.key, _ESCAPE, _decode)
        first, before = seen.setdefault(key.text, (entry.start, target.text))
        if first != entry.start:
            if before == target.text:
                continue
            shown = shorten(key.text, _QUOTED_CHARS)
            what = f"the key '{shown}' has two texts, the first on line {faults.line(first)}"
            raise faults.at(what, entry.start, "One of them would be lost; rename or remove it.")
        span = Span(entry.start, entry.end)
        notes, accepted = sort_notes(entry.comments, span, faults.locate(entry.start) if entry.comments else name)
        remarks += accepted
        state = TRANSLATED if target.text.strip() else UNTRANSLATED
        source = make_opaque(key) if is_sentence(key.text) else None
        message = Message(key.text) if source else None
        units.append(Unit(key.text, make_opaque(target), source, None, state, notes, span, message))
        require_room(units, name)
    if not units:
        raise NothingToCheckError("holds no strings", name, 'Give a file with "key" = "text"; in it.')
    return Parsed(name, "strings", text, tuple(units), language=find_language(name), suppressions=tuple(remarks))


def find_language(name: str) -> str | None:
    """Return the language that the folder of a file names, ``de.lproj``; None for ``Base.lproj`` and any other."""
    folder = _FOLDER.search(name)
    return _NAMES.get(folder[1].lower(), folder[1]) if folder and folder[1] != "Base" else None


def is_sentence(key: str) -> bool:
    """Tell whether a key is what no name in a program is: of two words, with a mark at its end, or not in ASCII."""
    return len(key.split()) > 1 or not key.isascii() or (key[:1].isalpha() and key[-1:] in (".", "!", "?", ":"))


def _read_entries(text: str, faults: Faults) -> Iterator[_Entry]:
    comments: list[str] = []
    entry: _Entry | None = None
    at, is_above = 0, True
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise faults.at(_explain(text, at), at)
        at = token.end()
        if token["comment"]:
            said = " ".join(token["comment"].strip("/*").split())
            comments += [said] if said and said != _WITHOUT_COMMENT and is_above else []
        elif token["blank"]:
            is_above = entry is None and (is_above or "\n" in token["blank"] or "\r" in token["blank"])
            if _BLANK_LINE.search(token["blank"]):
                comments = []
        else:
            entry = _take(entry, token, comments, faults)
            comments, is_above = [], False
            if entry.end:
                yield entry
                entry = None
    if entry is not None:
        raise faults.at("the last entry is cut off", entry.start)


def _take(entry: _Entry | None, token: re.Match[str], comments: list[str], faults: Faults) -> _Entry:
    """Return the entry with one more piece of it."""
    start, end = token.span()
    within = (start + 1, end - 1) if token[0].startswith('"') else (start, end)
    if entry is None:
        if token["mark"]:
            raise faults.at(f"unexpected '{token[0]}'", start)
        return _Entry(within, start, comments=comments)
    if token["string"]:
        if entry.value is not None or entry.expects == "=":
            raise faults.at(f"a '{entry.expects}' is missing before '{shorten(token[0], _QUOTED_CHARS)}'", start)
        entry.value = within
        return entry
    if token[0] == "=" and entry.expects == "=":
        entry.expects = ";"
    elif token[0] == ";" and (entry.value is not None or entry.expects == "="):
        entry.end = end
    else:
        raise faults.at(f"unexpected '{token[0]}'", start)
    return entry


def _explain(text: str, at: int) -> str:
    if text.startswith("/*", at):
        return "a comment that begins here never ends"
    return "a string is not closed" if text[at] == '"' else f"unexpected '{text[at]}'"


def _decode(escape: re.Match[str]) -> str:
    if escape["octal"]:
        return chr(int(escape["octal"], 8))
    return decode_code(escape) or OF_C.get(escape["char"], escape["char"])


READER: Final = TextReader(
    name="strings", suffixes=(".strings",), recognises=_recognises, read=read_strings, find_encoding=_find_encoding
)
