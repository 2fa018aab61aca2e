"""Placeholders in the texts of catalogues: what a program fills in is no word, and rules see one opaque character.

Known are printf (``%s %1$d %(name)s %@ %lld %#@cars@``), ``%name%``, braces (``{name} {0:N2} {{name}} ${name}
%{name}``), i18next's ``$t(key)``, the marks of Phrase (``{b> <b} {1>``) and tags (``<b> </b> <br/> <0>``). A per cent
sign that only follows a figure is none.
"""

from __future__ import annotations

import re
from typing import Final

from stilted.core.offsets import MapBuilder
from stilted.formats.units import OBJECT, Text

_HINT: Final = re.compile(r"[%{<$]")
_PRINTF: Final = (
    r"(?<![\d%])%(?:\d{1,2}\$)?[-+0#]{0,3}\d{0,3}(?:\.\d{1,2})?(?:hh|h|ll|l|q|L|z|t|j)?[sdifguxXoeEcp@](?![A-Za-z])"
    r"|%(?:\d{1,2}\$)?#@\w{1,60}@|%arg(?!\w)"
    r"|%\(\w{1,40}\)[-+0-9.]{0,6}[sdfiu](?![A-Za-z])|(?<![\w%])%[A-Za-z][\w.]{1,40}%(?![\w%])"
)
_BRACES: Final = (
    r"\{\{[^{}\n]{1,80}\}\}|[$%#]\{[^{}\s]{1,60}(?: [^{}\s]{1,40}){0,3}\}|\{\}"
    r"|\{ ?[\w.\-]{1,60} ?(?:[,:!][^{}\s]{0,40}(?: [^{}\s]{1,40}){0,3})?\}"
    r"|\$t\([^()\n]{1,100}\)|\{(?:[biu^_]{1,5}|\d{1,4})>|<(?:[biu^_]{1,5}|\d{1,4})\}"
)
"""Few blanks are let in: what has many words is prose in braces."""
_ATTRIBUTE: Final = r"\s+[\w:.@-]{1,40}\s?=\s?(?:\"[^\"<>]{0,300}\"|'[^'<>]{0,300}'|[^\s\"'<>]{1,100})"
_TAG: Final = rf"</?(?:[a-zA-Z][\w.:-]{{0,40}}|\d{{1,3}})(?:{_ATTRIBUTE}){{0,20}}(?:\s+[\w-]{{1,20}})?\s*/?>"

_SYNTAXES: Final = {
    "any": re.compile(f"{_PRINTF}|{_BRACES}|{_TAG}"),
    "printf": re.compile(f"{_PRINTF}|{_TAG}"),
    "braces": re.compile(f"{_BRACES}|{_TAG}"),
}


def opaque(text: Text, syntax: str = "any") -> Text:
    """Return *text* with one `OBJECT` for each placeholder and tag; what they are is added to its ``objects``.

    Args:
        text: a text with its places; objects it has already stay, in the order of the text.
        syntax: ``printf``, ``braces`` or ``any``.
    """
    if not _HINT.search(text.text):
        return text
    built, last = MapBuilder(), 0
    objects: list[str] = []
    mine = iter(text.objects)
    for match in _SYNTAXES[syntax].finditer(text.text):
        before = text.text[last : match.start()]
        built.extend(before, text.map.cut(last, match.start()))
        objects += [next(mine, "") for _ in range(before.count(OBJECT))]
        inner = match.group()
        within = [next(mine, "") for _ in range(inner.count(OBJECT))]
        built.add(OBJECT, *text.map.place(match.start(), match.end()))
        objects.append(_filled(inner, within))
        last = match.end()
    if not last:
        return text
    built.extend(text.text[last:], text.map.cut(last, len(text.text)))
    return Text.of(built, (*objects, *mine))


def _filled(text: str, objects: list[str]) -> str:
    """Return *text* with what its opaque characters stand for in their place."""
    pieces = text.split(OBJECT)
    return "".join(piece + raw for piece, raw in zip(pieces, [*objects, ""], strict=True))
