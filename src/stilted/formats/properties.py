r"""Catalogues of Java: ``messages_en.properties``, a key and a text on each line.

Lines, escapes and keys are those of
https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
and apostrophes those of ``java.text.MessageFormat``, where a text has arguments: ``Don''t open {0}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from stilted.core.document import Span, Suppression
from stilted.core.errors import NothingToCheckError
from stilted.core.offsets import MapBuilder
from stilted.core.options import LANGUAGES
from stilted.formats import icu
from stilted.formats.escapes import decode_code, match_codes, unescape
from stilted.formats.faults import Faults
from stilted.formats.placeholders import make_opaque
from stilted.formats.reader import TextReader
from stilted.formats.remarks import sort_notes
from stilted.formats.units import OBJECT, TRANSLATED, UNTRANSLATED, Parsed, Text, Unit, require_room

_LINE: Final = re.compile(
    r"[ \t\f]*+(?:(?P<comment>[#!][^\r\n]*+)|(?P<body>(?:[^\\\r\n]|\\(?:\r\n|.|\Z))*+))(?:\r\n|\r|\n|\Z)", re.S
)
"""A comment, or a key and its text with the lines that go on behind a backslash."""
_BLANK: Final = r"(?:[ \t\f]|\\(?:\r\n|\r|\n))*+"
_KEY: Final = re.compile(rf"((?:[^\\ \t\f=:]|\\(?:\r\n|.))*+){_BLANK}(?:[=:]{_BLANK})?", re.S)
_ESCAPE: Final = re.compile(
    rf"{match_codes('u')}|\\(?P<wrap>\r\n|\r|\n)[ \t\f]*+|\\(?P<bad>u)|\\(?P<char>.)|\\\Z", re.S
)
_SAID: Final = {"f": "\f", "n": "\n", "r": "\r", "t": "\t"}

_ARGUMENT: Final = re.compile(r"\{\s*\d")
_QUOTED: Final = re.compile(r"''|'([{}])'")
_DOUBLED: Final = re.compile(r"(?<=\w)''(?=\w)()")
"""An apostrophe within a word: many write all texts as if they had arguments."""
_CHOICE: Final = re.compile(r"\{\s*\d{1,3}\s*,\s*choice\s*,")
_BRACE: Final = re.compile(r"[{}]")

_LANGUAGE: Final = re.compile(
    rf"(?:^|[/\\_-])(?P<tag>[a-z]{{2,3}}[_-](?:[A-Z][a-z]{{3}}[_-])?[A-Z]{{2}}|{'|'.join(LANGUAGES)}|en)\.properties\Z"
)
"""A language where the name of a file has it: ``messages_zh_CN.properties``, ``de.properties``."""


@dataclass(slots=True)
class _Entry:
    """A key, its text as read, and where both stand."""

    key: str
    text: Text
    start: int
    end: int
    comments: list[str]


def _find_encoding(data: bytes) -> str | None:
    """Return the encoding of a file without a mark: UTF-8, as Java reads it since 9, or what it read before."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "iso-8859-1"
    return None


def read_properties(text: str, name: str) -> Parsed:
    """Return one unit a key; the branches of an ICU plural or select are units of their own.

    The language is what the file's name says. Comments right above a key are its notes.

    Raises:
        UserError: an escape is cut off, a key has two texts, or there are no strings.
    """
    units: list[Unit] = []
    remarks: list[Suppression] = []
    faults = Faults(text, name, "One of them would be lost; rename or remove it.")
    seen: dict[str, tuple[int, str]] = {}
    for entry in _read_entries(text, faults):
        first, before = seen.setdefault(entry.key, (entry.start, entry.text.text))
        if first != entry.start:
            if before == entry.text.text:
                continue
            raise faults.at(f"the key '{entry.key}' has two texts, the first on line {faults.line(first)}", entry.start)
        span = Span(entry.start, entry.end)
        notes, accepted = sort_notes(entry.comments, span, faults.locate(entry.start))
        remarks += accepted
        state = TRANSLATED if entry.text.text.strip() else UNTRANSLATED
        units += _make_units(Unit(entry.key, entry.text, None, None, state, notes, span))
        require_room(units, name)
    if not units:
        raise NothingToCheckError("holds no strings", name, "Give a file with keys and texts in it.")
    named = _LANGUAGE.search(name)
    language = named["tag"].replace("_", "-") if named else None
    return Parsed(name, "properties", text, tuple(units), language=language, suppressions=tuple(remarks))


def _read_entries(text: str, faults: Faults) -> Iterator[_Entry]:
    comments: list[str] = []
    at = 0
    while at < len(text) and (line := _LINE.match(text, at)):
        at = max(line.end(), at + 1)
        if line["comment"]:
            comments.append(line["comment"].lstrip("#!").strip())
        elif line["body"]:
            yield _read_entry(text, line.span("body"), [each for each in comments if each], faults)
            comments = []
        else:
            comments = []


def _read_entry(text: str, body: tuple[int, int], comments: list[str], faults: Faults) -> _Entry:
    def decode(escape: re.Match[str]) -> str:
        if escape["bad"]:
            hint = "Write \\\\u for a backslash and a u."
            raise faults.at("a \\u without four hexadecimal digits", escape.start(), hint)
        char = escape["char"] or ""
        return decode_code(escape) or _SAID.get(char, char)

    start, end = body
    key = _KEY.match(text, start, end)
    named, value = key.span(1) if key else body, key.end() if key else end
    texts = (unescape(text, place, _ESCAPE, decode) for place in (named, (value, end)))
    return _Entry(next(texts).text, next(texts), start, end, comments)


def _make_units(unit: Unit) -> Iterator[Unit]:
    if unit.target is None or icu.has_choice(unit.target.text):
        return icu.list_branches(unit)
    quoted = _QUOTED if _ARGUMENT.search(unit.target.text) else _DOUBLED
    return iter((replace(unit, target=_unquote(make_opaque(_hide_choices(unit.target)), quoted)),))


def _unquote(text: Text, found: re.Pattern[str]) -> Text:
    """Return *text* with one apostrophe for two where Java shows one, and quoted braces without their quotes."""
    if not found.search(text.text):
        return text
    built, last = MapBuilder(), 0
    for quoted in found.finditer(text.text):
        built.extend(text.text[last : quoted.start()], text.map.cut(last, quoted.start()))
        built.add(quoted[1] or "'", *text.map.place(quoted.start(), quoted.end()))
        last = quoted.end()
    built.extend(text.text[last:], text.map.cut(last, len(text.text)))
    return replace(Text.of(built, text.objects), arguments=text.arguments)


def _hide_choices(text: Text) -> Text:
    """Return *text* with one `OBJECT` for each ``{0,choice,…}``; its limits are no words."""
    if not _CHOICE.search(text.text):
        return text
    built, last = MapBuilder(), 0
    objects: list[str] = []
    while choice := _CHOICE.search(text.text, last):
        end = _find_closing(text.text, choice.end())
        built.extend(text.text[last : choice.start()], text.map.cut(last, choice.start()))
        built.add(OBJECT, *text.map.place(choice.start(), end))
        objects.append(text.text[choice.start() : end])
        last = end
    built.extend(text.text[last:], text.map.cut(last, len(text.text)))
    return Text.of(built, tuple(objects))


def _find_closing(text: str, at: int) -> int:
    """Return the place behind the brace that closes what is open, or the end of the text."""
    depth = 1
    for brace in _BRACE.finditer(text, at):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return len(text)


READER: Final = TextReader(
    name="properties", suffixes=(".properties",), read=read_properties, find_encoding=_find_encoding
)
