"""Catalogues of gettext: PO, and POT, in which nothing is translated yet.

polib reads them well but tells lines alone; here every character of a text has its place, through escapes and
strings that run over several lines (the tests hold this reader against polib).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from stilted.core.document import Message, Span, Suppression
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.foreign import shorten
from stilted.core.offsets import MapBuilder
from stilted.formats.escapes import OF_C
from stilted.formats.icu import list_branches
from stilted.formats.reader import TextReader
from stilted.formats.remarks import sort_notes
from stilted.formats.units import FUZZY, TRANSLATED, UNTRANSLATED, Parsed, Text, Unit, require_room

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_CREDITS: Final = frozenset(("translator-credits", "translator_credits"))
"""Messages that stand for the names of those who translated the catalogue."""
_KEY: Final = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d{1,2})\])?[ \t]*(?=\")")
_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*$')
_ESCAPE: Final = re.compile(r"\\([abfnrtv\"\\?'])|((?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}))+)")
_CHARSET: Final = re.compile(rb"charset=([A-Za-z0-9._-]{1,40})")
_LANGUAGE: Final = re.compile(r"^Language:[ \t]*([A-Za-z][\w@.-]*)", re.M)
_FORMAT: Final = re.compile(r"(?:^|,)\s*(?!no-)([a-z-]+)-format")
_SYNTAXES: Final = {
    **dict.fromkeys(
        "awk c elisp gcc-internal go java-printf javascript lua objc object-pascal perl php python ruby sh tcl".split(),
        "format",
    ),
    **dict.fromkeys("boost kde kde-kuit qt qt-plural smalltalk ycp".split(), "qt"),
}
"""How format strings are written, by the flag of a message; those of all other flags have braces."""
_QUOTED_CHARS: Final = 60
_HINT: Final = "Check it with 'msgfmt --check', or export it again."


def _recognises(head: str) -> bool:
    """Tell whether a file begins like a catalogue."""
    return re.search(r'^msgid "', head, re.M) is not None


def _find_encoding(data: bytes) -> str | None:
    """Return the character set that the header names."""
    match = _CHARSET.search(data[:4096])
    name = match[1].decode("ascii").lower() if match else ""
    return None if name in ("", "utf-8", "utf8", "charset", "ascii", "us-ascii") else name


@dataclass(slots=True)
class _Entry:
    """The lines of one message."""

    start: int
    line: int
    end: int = 0
    comments: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    strings: dict[str, MapBuilder] = field(default_factory=dict)

    def text(self, name: str) -> Text | None:
        """Return a string of the message, None where it has none of this name."""
        return Text.of(self.strings[name]) if name in self.strings else None


def read_po(text: str, name: str) -> Parsed:
    """Return the messages; plural forms are units of their own, ``id[0]``, ``id[1]``.

    Raises:
        UserError: a line is no part of a catalogue, a string is not closed, or a message is there twice.
    """
    language: str | None = None
    seen: dict[tuple[str | None, str], int] = {}
    units: list[Unit] = []
    remarks: list[Suppression] = []
    for entry in _read_entries(text, name):
        context, original = _read_key(entry, name)
        key = (context, original.text)
        if key in seen:
            what = f"the message '{shorten(original.text, _QUOTED_CHARS)}' is there twice, first on line {seen[key]}"
            raise UserError(what, f"{name}:{entry.line}", _HINT)
        seen[key] = entry.line
        if not original.text and context is None:
            header = entry.text("msgstr")
            match = _LANGUAGE.search(header.text) if header else None
            language = match[1] if match else None
            continue
        if original.text in _CREDITS:
            continue
        span = Span(entry.start, entry.end)
        notes, accepted = sort_notes(entry.comments, span, f"{name}:{entry.line}")
        remarks += accepted
        units += _make_units(entry, context, original, notes, span)
        require_room(units, name)
    if not units:
        raise NothingToCheckError("holds no messages", name, "Give a catalogue with msgid and msgstr in it.")
    return Parsed(name, "po", text, tuple(units), False, language, None, tuple(remarks))


def _read_key(entry: _Entry, name: str) -> tuple[str | None, Text]:
    """Return the context and the original, which tell a message from all others."""
    original = entry.text("msgid")
    if original is None or not any(key.startswith("msgstr") for key in entry.strings):
        what = "a message without a msgid" if original is None else "a message without a msgstr"
        raise UserError(what, f"{name}:{entry.line}", _HINT)
    context = entry.text("msgctxt")
    return None if context is None else context.text, original


def _make_units(
    entry: _Entry, context: str | None, original: Text, notes: tuple[str, ...], span: Span
) -> Iterator[Unit]:
    ident = original.text if context is None else f"{context}|{original.text}"
    flags = ",".join(entry.flags)
    named = _FORMAT.search(flags)
    syntax = _SYNTAXES.get(named[1], "braces") if named else "braces" if "no-c-format" in flags else "any"
    plural = entry.text("msgid_plural")
    fuzzy = re.search(r"(?:^|,)\s*fuzzy\s*(?:,|$)", flags) is not None
    for key in entry.strings:
        if not key.startswith("msgstr"):
            continue
        target = entry.text(key)
        state = UNTRANSLATED if target is None or not target.text.strip() else FUZZY if fuzzy else TRANSLATED
        source = original if plural is None or key == "msgstr[0]" else plural
        form = key.removeprefix("msgstr")
        message = Message(original.text, context, int(form[1:-1]) if form else None, named[1] if named else "")
        yield from list_branches(Unit(ident + form, target, source, None, state, notes, span, message), syntax)


def _read_entries(text: str, name: str) -> Iterator[_Entry]:
    """Yield the messages; obsolete ones (``#~``) are passed over."""
    entry: _Entry | None = None
    key = ""
    for number, match in enumerate(_LINE.finditer(text), 1):
        written = match.group().rstrip("\r\n")
        body = written.strip(" \t")
        begins = body.startswith("#") or _begins_message(body, entry)
        if entry is not None and entry.strings and (not body or begins):
            yield entry
            entry = None
        if not body or body.startswith("#~"):
            key = ""
            if body and entry is not None and not entry.strings:
                entry = None  # its comments and flags are those of the obsolete message
            continue
        entry = entry or _Entry(match.start(), number)
        entry.end = match.start() + len(written)
        if body.startswith("#"):
            _read_comment(entry, body)
            key = ""
            continue
        key = _read_string(entry, key, text, match.start() + written.index(body), body, f"{name}:{number}")
    if entry is not None and entry.strings:
        yield entry


def _begins_message(body: str, entry: _Entry | None) -> bool:
    """Tell whether a line begins the next message without a blank line before it."""
    if entry is None or "msgid" not in entry.strings:
        return False
    return body.startswith(("msgctxt", "msgid ", 'msgid"', "msgid\t"))


def _read_comment(entry: _Entry, body: str) -> None:
    if body.startswith("#,"):
        entry.flags.append(body[2:])
    elif body.startswith(("#.", "# ")) and body[2:].strip():
        entry.comments.append(body[2:].strip())


def _read_string(entry: _Entry, key: str, text: str, at: int, body: str, where: str) -> str:
    """Read a line of the form ``key "string"`` or ``"string"`` into the entry; return the key it belongs to."""
    named = _KEY.match(body)
    if named:
        key = named[1] + (f"[{int(named[2])}]" if named[2] else "")
        if key in entry.strings:
            raise UserError(f"a second {key} in one message", where, _HINT)
        entry.strings[key] = MapBuilder()
    elif not body.startswith('"') or not key:
        raise UserError(f"'{shorten(body, _QUOTED_CHARS)}' is no line of a catalogue", where, _HINT)
    start = named.end() if named else 0
    string = _STRING.match(body, start)
    if string is None:
        raise UserError("a string is not closed, or something follows it", where, _HINT)
    _unescape(entry.strings[key], string[1], at + start + 1)
    return key


def _unescape(built: MapBuilder, raw: str, at: int) -> None:
    last = 0
    for escape in _ESCAPE.finditer(raw) if "\\" in raw else ():
        built.add(raw[last : escape.start()], at + last)
        said = OF_C.get(escape[1], escape[1]) if escape[1] else _decode_escapes(escape[2])
        built.add(said, at + escape.start(), at + escape.end())
        last = escape.end()
    built.add(raw[last:], at + last)


def _decode_escapes(escapes: str) -> str:
    """Return what a run of octal and hexadecimal escapes spells: bytes of UTF-8, as gettext writes them."""
    codes = (int(code[1:], 16) if code[0] == "x" else int(code, 8) for code in escapes.split("\\")[1:])
    return bytes(code & 0xFF for code in codes).decode("utf-8", "replace")


READER: Final = TextReader(
    name="po", suffixes=(".po", ".pot"), recognises=_recognises, read=read_po, find_encoding=_find_encoding
)
