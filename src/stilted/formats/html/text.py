"""Text as a browser shows it, put together with the place of each character: entities, white space, objects."""

from __future__ import annotations

import re
from bisect import bisect_right
from html.entities import html5
from itertools import islice
from typing import Final

from stilted.core.offsets import MapBuilder
from stilted.formats.references import decode_reference
from stilted.formats.units import FULL_WIDTH, OBJECT, Text

SPACE: Final = " \t\n\f\r"
"""What HTML collapses; a no-break space is a character like any other."""

_PART: Final = re.compile(
    r"(?P<space>[ \t\n\f\r]+)"
    r"|(?P<code>&\#(?:[0-9]+|[xX][0-9a-fA-F]+);?)"
    r"|&(?P<name>[A-Za-z][A-Za-z0-9]{0,31};?)"
    r"|(?P<plain>[^ \t\n\f\r&]+(?:[ ][^ \t\n\f\r&]+)*|&)"
)
_TEMPLATE: Final = re.compile(r"\{\{[^{}\n]{0,300}\}\}|\{%[^\n%]{0,300}%\}")
"""Jinja, Liquid, Vue and Angular."""
_EXPRESSION: Final = re.compile(r"(?P<space>\{[ ]?(?:' '|\" \"|` `)[ ]?\})|\{[^{}\n]{0,300}\}|\{\{[^{}\n]{0,300}\}\}")
"""JSX."""
_RUN: Final = re.compile(r"[ \t\n\f\r]+|[^ \t\n\f\r]+(?: [^ \t\n\f\r]+)*")
_LONGEST_BARE: Final = max(len(name) for name in html5 if not name.endswith(";"))
_ADDRESS: Final = re.compile(
    rf"(?:https?|ftp)://[^\s<>\ufffc{FULL_WIDTH}]+|\bwww\.[^\s<>\ufffc{FULL_WIDTH}]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)
_TAIL: Final = ".,;:!?'\"*_~”’»"
_HINTS: Final = ("://", "www.", "@")


class Flow:
    """One block of text in the making; white space becomes one space, and none at either end.

    With *expressions*, its HTML is that of JSX.
    """

    def __init__(self, *, expressions: bool = False) -> None:
        self._templates = _EXPRESSION if expressions else _TEMPLATE
        self._built = MapBuilder()
        self._objects: list[str] = []
        self._space: tuple[int, int] | None = None

    def __len__(self) -> int:
        return len(self._built)

    def add(self, text: str, start: int, end: int | None = None) -> None:
        """Append words that the file spells at ``[start, end)``, or without *end* just so at *start*."""
        if not text:
            return
        if self._space and len(self._built):
            self._built.add(" ", *self._space)
        self._space = None
        self._objects += [OBJECT] * text.count(OBJECT)
        self._built.add(text, start, end)

    def space(self, start: int, end: int) -> None:
        """Append white space that the file spells at ``[start, end)``."""
        self._space = self._space or (start, end)

    def opaque(self, raw: str, start: int) -> None:
        """Append one character that stands for *raw*."""
        self.add(OBJECT, start, start + len(raw))
        self._objects[-1] = raw

    def words(self, text: str, start: int, end: int) -> None:
        """Append words as they are but for white space; where the file spells them otherwise, at ``[start, end)``."""
        if end - start != len(text):
            self.add(text, start, end)
            return
        for part in _RUN.finditer(text):
            begin, stop = part.span()
            if part[0][0] in SPACE:
                self.space(start + begin, start + stop)
            else:
                self.add(part[0], start + begin)

    def markup(self, text: str, start: int, end: int, *, attribute: bool = False) -> None:
        """Append ``text[start:end]``, which is HTML without tags; what a template puts in is opaque."""
        for template in self._templates.finditer(text, start, end):
            self._add_markup(text, start, template.start(), attribute)
            if template.lastgroup == "space":
                self.space(*template.span())
            else:
                self.opaque(template[0], template.start())
            start = template.end()
        self._add_markup(text, start, end, attribute)

    def _add_markup(self, text: str, start: int, end: int, attribute: bool) -> None:
        for part in _PART.finditer(text, start, end):
            if part["space"]:
                self.space(*part.span())
            elif part["plain"]:
                self.add(part[0], part.start())
            else:
                self._add_entity(part, attribute)

    def _add_entity(self, part: re.Match[str], attribute: bool) -> None:
        followed = attribute and part.string[part.end() : part.end() + 1] == "="
        spelt = part[0] if part["code"] else f"&{_match_reference(part['name'], attribute, followed)}"
        if len(spelt) > 1:
            decoded = decode_reference(spelt)
            end = part.start() + len(spelt)
            if decoded and decoded in SPACE:
                self.space(part.start(), end)
            else:
                self.add(decoded, part.start(), end)
        if rest := part[0][len(spelt) if len(spelt) > 1 else 0 :]:
            self.add(rest, part.end() - len(rest))

    def text(self) -> Text:
        """Return the block, with web and mail addresses as objects."""
        return replace_addresses(Text.of(self._built, tuple(self._objects)))


def _match_reference(name: str, attribute: bool, followed: bool) -> str:
    """Return how much of *name* is a named character reference; without ``;`` only the old ones are.

    In an attribute these are none before a letter, a digit or ``=`` (*followed*), for the sake of ``?a=b&copy=1``.
    """
    if name.endswith(";") and name in html5:
        return name
    if followed:
        return ""
    sizes = (len(name),) if attribute else range(min(len(name), _LONGEST_BARE), 0, -1)
    return next((name[:size] for size in sizes if name[:size] in html5), "")


def replace_addresses(text: Text) -> Text:
    """Return *text* with an object in place of every web or mail address."""
    if not any(hint in text.text for hint in _HINTS):
        return text
    built = MapBuilder()
    objects: list[str] = []
    given = iter(text.objects)
    last = 0
    for match in _ADDRESS.finditer(text.text):
        end = match.start() + len(_trim(match[0]))
        _copy(built, text, last, match.start())
        objects += islice(given, text.text.count(OBJECT, last, match.start()))
        built.add(OBJECT, *text.map.place(match.start(), end))
        objects.append(text.text[match.start() : end])
        last = end
    _copy(built, text, last, len(text.text))
    return Text.of(built, (*objects, *given))


def _trim(address: str) -> str:
    """Leave out what ends the sentence and not the address, such as a bracket that was opened before it."""
    end = len(address)
    excess = {close: address.count(close) - address.count(opener) for opener, close in ("()", "[]")}
    while end and (address[end - 1] in _TAIL or excess.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in excess:
            excess[address[end]] -= 1
    return address[:end]


def _copy(built: MapBuilder, text: Text, start: int, end: int) -> None:
    """Append ``[start, end)`` of *text* with its places."""
    pieces = text.map.pieces
    number = max(bisect_right(pieces, start, key=lambda piece: piece[0]) - 1, 0)
    while start < end:
        first, last, file_start, file_end = pieces[number]
        stop = min(last, end)
        if last - first == file_end - file_start:
            built.add(text.text[start:stop], file_start + start - first)
        else:
            built.add(text.text[start:stop], file_start, file_end)
        start, number = stop, number + 1
