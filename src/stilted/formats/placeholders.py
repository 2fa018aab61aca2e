"""Placeholders in texts for people: what a program fills in is no word, and rules see one opaque character.

One lexer for every reader of files and for every rule. Known are printf (``%s %1$d %(name)s %@ %lld %'d %#@cars@``, in
Ruby ``%<name>d``), ``%name%``, braces (``{name} {0:N2} {0:0.00} {{name}} {{price, currency}} ${name} %{name}
{$name}``), i18next's ``$t(key)``, Vue's ``@:key``, the marks of Phrase (``{b> <b} {1>``), template tags and tags (``<b>
</b> <br/> <0>``). A per cent sign that only follows a figure is none.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from html import unescape
from html.entities import html5
from typing import Final

from stilted.core.offsets import MapBuilder
from stilted.formats.references import decode_reference
from stilted.formats.units import OBJECT, Text

_HINT: Final = re.compile(r"[%{<$@]")
_UNIT: Final = (
    r"(?:s|ms|h|m|min|px|[kKMGT]i?[Bb]|B|x|r?em|fps|dB|[kMG]?Hz|th|st|nd|rd|er|ers|km|cm|mm|kg"
    r"|mph|rpm|bpm|[kM]?bps|kWh?)(?![A-Za-z])"
)
"""What may follow a placeholder at once: ``%ds``, ``%sMB``, ``%dth``."""
_LENGTH: Final = r"(?:hh|h|ll|l|q|L|z|t|j)?"
_FLAGS: Final = r"[-+0#']{0,3}(?:\d{0,3}|\*(?:\d{1,2}\$)?)(?:\.(?:\d{1,3}|\*(?:\d{1,2}\$)?))?"
_AFTER_ESCAPE: Final = r"(?<=%%)(?<!%%%)"
"""Behind a percent sign that stands for itself another one may begin a placeholder: ``%%%d``."""
_NUMBERED: Final = rf"(?:(?<!%)|{_AFTER_ESCAPE})%\d{{1,2}}\$(?:#@\w{{1,60}}@|{_FLAGS}{_LENGTH}[sdifguxXoeEcp@])"
_NAMED: Final = r"%#@\w{1,60}@|%arg(?!\w)|%\(\w[\w.]{0,40}\)[-+0-9.]{0,6}[sdfiur]|%<\w{1,40}>[-+0-9.]{0,6}[sdfiuxXoeE]"
_ESCAPED: Final = r"%[C-Fc-f][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]|(?<=%[0-9A-Fa-f][0-9A-Fa-f])%[89][cdeE]"
"""A letter beyond ASCII, as addresses spell its bytes: ``%E5%87%BD``."""
_PRINTF: Final = (
    rf"{_NUMBERED}|(?:(?<![\d%])|{_AFTER_ESCAPE})(?!{_ESCAPED})%{_FLAGS}{_LENGTH}[sdifguxXoeEcp@](?:(?![A-Za-z])|(?={_UNIT}))|{_NAMED}"
    r"|(?<![\d%])%(?:0\d|\d?\.\d{1,2})[dfge]"  # a width or precision is no language, whatever follows
    r"|(?<![\w%])%[A-Za-z][\w.]{1,40}%(?![\w%])"
)
_CONVERTED: Final = rf"{_FLAGS}{_LENGTH}[sdifguxXoeEcp@]"
_STRICT_PRINTF: Final = rf"{_NUMBERED}|(?:(?<!%)|{_AFTER_ESCAPE})%(?:{_CONVERTED}| {_CONVERTED}(?![a-z]))|{_NAMED}"
"""Where a file says that a text is a format string, letters may follow, but not in “5 % of”."""
_QT: Final = r"%L?\d{1,2}|%L?n(?![A-Za-z])"
_QT_BESIDE_LETTERS: Final = r"%L?[1-9]\d?(?![\d$.])"
"""Linguist's own, before what C would read: in ``%1s`` the letter is that of seconds."""
_BRACES: Final = (
    r"\{\{\{?(?!\.{3})[^{}\n]{1,80}\}?\}\}|(?![#%]\{\d)[$%#@]\{[^{}\s]{1,60}(?: [^{}\s]{1,40}){0,3}\}|\{ ?\}"
    r"|\{%[^{}%\n]{1,200}%\}"
    r"|(?<!\\[pPkgx])\{ ?(?!\.{3}\})[$-]?[\w.\-\[\]]{1,60} ?(?:[,:!|][^{}\s]{0,40}(?: [^{}\s]{1,40}){0,3} ?)?\}"
    r"|\{[:!][^{}\s]{1,20}\}"
    r"|\{ ?[A-Z]{2,30}\([^(){}\n]{1,80}\) ?\}|\{ ?\"[^\"{}\n]{0,40}\" ?\}"
    r"|\$t\([^()\n]{1,100}\)|@(?:\.\w{1,20})?:(?:\{'[^'{}\n]{1,60}'\}|[A-Za-z][\w.]{1,60})|\$[A-Z][A-Z0-9_]{1,40}\$"
    r"|\{(?:[biu^_]{1,5}|\d{1,4})>|<(?:[biu^_]{1,5}|\d{1,4})\}"
)
"""Few blanks are let in: what has many words is prose in braces."""
_ATTRIBUTE: Final = (
    r"\s+[\w:.@-]{1,40}\s?=\s?(?:\"[^\"<>]{0,300}\"|'[^'<>]{0,300}'|\{[^{}<>]{0,100}\}|[^\s\"'<>]{1,100})"
)
_TAG: Final = rf"(?:<\s?/\s?|<)(?:[^\W\d_][\w.:-]{{0,40}}|\d{{1,3}})(?:{_ATTRIBUTE}){{0,20}}(?:\s+[\w-]{{1,20}})?\s*/?>"

_SYNTAXES: Final = {
    "any": re.compile(f"{_PRINTF}|{_BRACES}|{_TAG}"),
    "printf": re.compile(f"{_PRINTF}|{_TAG}"),
    "format": re.compile(f"{_STRICT_PRINTF}|{_TAG}"),
    "braces": re.compile(f"{_BRACES}|{_TAG}"),
    "qt": re.compile(f"{_QT}|{_TAG}"),
    "linguist": re.compile(f"{_QT_BESIDE_LETTERS}|{_PRINTF}|{_QT}|{_BRACES}|{_TAG}"),
    "none": re.compile(_TAG),
}
_LOOSE: Final = re.compile(
    r"(?<![\d%])(?<!\d )%[sd](?=[A-Za-zß-ÿ][a-zß-ÿ])"
    r"|(?<![\w:/.\\%-])(?::[a-z][a-z_]{1,40}(?![\w-]|:[^\s.,;!?])|%L?[1-9](?![\w$%]|[.,]\d)|%L?n(?!\w)|\$[1-9](?![\d.,]))"
)
"""``:name`` of Laravel, ``%1`` of Qt, ``$1``, the ``%s`` of ``%sring``: in prose they may be something else, so that
the original must tell."""
VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements of HTML without content (https://html.spec.whatwg.org/multipage/syntax.html#void-elements), and `param`."""

_ELEMENTS: Final = VOID | frozenset(
    "a abbr address article aside audio b bdi bdo big blockquote body button canvas caption center cite code colgroup"
    " data datalist dd del details dfn dialog div dl dt em fieldset figcaption figure font footer form g h1 h2 h3 h4 h5"
    " h6 head header html i iframe ins kbd label legend li main map mark menu meter nav nobr noscript object ol"
    " optgroup option output p path picture pre progress q rp rt ruby s samp script section select slot small span"
    " strike strong style sub summary sup svg table tbody td template text textarea tfoot th thead time title tr tt u"
    " ul var video".split()
)
_PARTS: Final = re.compile(r"<(\s?/\s?|)([\w.:-]++)([^>]*+)>")
_CLOSING: Final = re.compile(r"<\s?/\s?([\w.:-]++)>")
_INNER: Final = re.compile(r"\s+")
_ELEMENT: Final = re.compile(r"<(\w{1,20})\b[^>]*?\s(?:id|rid|i|x)=[\"']([^\"'>]{0,80})")
_PROTECTED: Final = re.compile(r"<mrk\b(?![^<>]*\smtype=[\"']seg)[^<>]*>(.*)</mrk\s*>", re.S)
_MARKUP: Final = re.compile(r"<[^<>]*>")
_POSITION: Final = re.compile(
    r"%(?:(\d{1,2})\$|\((\w[\w.]*)\))?[^A-Za-z@#]*?(?:hh|h|ll|l|q|L|z|t|j)?([sdifguxXoeEcpr@])\Z"
)
_CLASSES: Final = {"i": "d", "u": "d", "x": "d", "X": "d", "o": "d", "g": "f", "e": "f", "E": "f", "r": "s"}
_VARIABLE: Final = re.compile(r"[\s{}$%#@]*([^\s,:!|{}]*)")

PLACEHOLDER, TAG, METAVARIABLE, LAYOUT, SYMBOL, CODE = "placeholder", "tag", "metavariable", "layout", "symbol", "code"
PROTECTED: Final = "protected"
"""Kinds: what a program fills in; a tag; what a reader is to replace, which is translated; a break or space; a sign
such as ``&copy;``; any other code of a file; words that an XLIFF file marks as not to be translated."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What stands at ``[start, end)`` of a text, or for an opaque character of it.

    Attributes:
        kind: one of the kinds above. text: as written. name: what makes it the same as another, however it is written.
        ordered: it takes the next argument, so that only its place among its like tells which.
        loose: in prose it may be something else.
    """

    kind: str
    text: str
    start: int
    end: int
    name: str
    ordered: bool = False
    loose: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What to compare."""
        return self.kind, self.name


def find_placeholders(text: str, syntax: str = "any") -> Iterator[Placeholder]:
    """Yield the placeholders and tags in *text* that `make_opaque` hides, and the entities that are placeholders."""
    if _HINT.search(text):
        closed = find_closed(text)
        for match in _find_matches(text, syntax):
            yield name_placeholder(match.group(), match.start(), match.end(), closed)


def _find_matches(text: str, syntax: str) -> Iterator[re.Match[str]]:
    """Yield what the syntax of placeholders matches, but for braces that hold what a command of TeX is about."""
    is_tex = _COMMAND.search(text) is not None
    for match in _SYNTAXES[syntax].finditer(text):
        if not (is_tex and text[match.start()] == "{" and _is_argument(text, match.start())):
            yield match


_COMMAND: Final = re.compile(r"\\[A-Za-z@]{2,40}\*?(?=[\[{])")
"""A command of TeX with something in brackets or braces behind it."""
_ARGUMENTS: Final = re.compile(r"\\[A-Za-z@]{2,40}\*?(?:\[[^\[\]\n]{0,60}\]|\{[^{}\n]{0,80}\}){0,6}\Z")
"""A command and what else it is about, up to the braces that are asked about."""
_REACH: Final = 200
"""Characters before braces in which their command is looked for."""


def _is_argument(text: str, at: int) -> bool:
    r"""Tell whether a command of TeX stands right before braces: ``\begin{table}``, ``\multicolumn{2}{c|}{none}``."""
    return _ARGUMENTS.search(text, max(0, at - _REACH), at) is not None


def find_loose_placeholders(text: str) -> Iterator[Placeholder]:
    """Yield what may be a placeholder of Laravel, Qt or a browser's messages."""
    for match in _LOOSE.finditer(text):
        name, ordered = match.group().replace("L", ""), match.group() in ("%s", "%d")
        yield Placeholder(PLACEHOLDER, match.group(), match.start(), match.end(), name, ordered, loose=True)


def find_entities(text: str) -> Iterator[Placeholder]:
    """Yield references to entities: one that HTML does not know is a placeholder, and most others are layout."""
    for match in _ENTITY.finditer(text) if "&" in text else ():
        said = decode_reference(match.group())
        known = match.group()[1:] in html5 or match.group().startswith("&#")
        kind = PLACEHOLDER if not known else SYMBOL if len(said) == 1 and _is_symbol(said) else LAYOUT
        yield Placeholder(kind, match.group(), match.start(), match.end(), said)


_ENTITY: Final = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")


def _is_symbol(char: str) -> bool:
    return not (char.isalpha() or char.isspace() or char in "\u00a0\u00ad\u200b\"'&<>-–—…“”‘’«»„‚‹›·•()[]/,.;:!?")


def is_left_open(piece: Placeholder, closed: Container[str]) -> bool:
    """Tell whether a tag opens an element of HTML that must be closed and is not: a text that speaks of it does so.

    Args:
        piece: a tag, as `name_placeholder` names it. closed: of the same text, see `find_closed`.
    """
    name = piece.name.strip("<>")
    # What has a letter alone makes words bold or a link, and is a slip where it stays open.
    return len(name) > 1 and name in _ELEMENTS and name not in VOID | _MAY_STAY_OPEN and name not in closed


_MAY_STAY_OPEN: Final = frozenset("body dd dt head html li optgroup option rp rt tbody td tfoot th thead tr".split())


def find_closed(text: str) -> frozenset[str]:
    """Return the names of the elements that a text closes, as written."""
    return frozenset(_CLOSING.findall(text)) if "</" in text else frozenset()


def name_placeholder(raw: str, start: int = 0, end: int = 0, closed: Container[str] = ()) -> Placeholder:
    """Say what *raw* is: a placeholder by its variable, a tag by its element, a code of a file by element and number.

    Args:
        raw: as written in the file. start, end: where it stands. closed: elements that the text closes; what else
            stands between angle brackets may be a word for what a reader is to fill in.
    """
    if protected := _PROTECTED.fullmatch(raw):
        return Placeholder(PROTECTED, raw, start, end, unescape(_MARKUP.sub("", protected[1])).strip())
    if element := _ELEMENT.match(raw):
        return Placeholder(CODE, raw, start, end, f"<{element[1]} {element[2]}>")
    if parts := _PARTS.fullmatch(raw):
        return _read_tag(raw, start, end, parts, closed)
    if raw.startswith("%") and (match := _POSITION.match(raw)):
        kind = _CLASSES.get(match[3], match[3])
        return Placeholder(
            PLACEHOLDER, raw, start, end, f"%{match[1] or match[2] or ''}{kind}", not (match[1] or match[2])
        )
    if raw[:1] in "{$%#@" and "{" in raw[:2]:
        return _read_braces(raw, start, end)
    kind = PLACEHOLDER if raw[:1] in ("%", "$", "@", "{", "<", "#", "\\") else CODE
    name = raw.replace("%L", "%") if raw[1:2] == "L" else raw
    return Placeholder(kind, raw, start, end, _INNER.sub("", name))


def _read_tag(raw: str, start: int, end: int, parts: re.Match[str], closed: Container[str]) -> Placeholder:
    closing, name, rest = parts[1], parts[2], parts[3]
    low = name.lower()
    if len(closing) > 1:
        closing = "/ "  # it closes nothing, and is no "</b>", whatever blanks are in it
    if low in ("br", "wbr"):
        return Placeholder(LAYOUT, raw, start, end, low)
    real = (
        name.isdigit()
        or name in _ELEMENTS
        or closing
        or rest.rstrip().endswith("/")
        or "=" in rest
        or name in closed
        or ":" in name[:-1]
    )
    if not real or not name.isascii():
        return Placeholder(METAVARIABLE, raw, start, end, "<>")
    own = "" if low in VOID or low == "p" or not rest.rstrip().endswith("/") else "/"
    return Placeholder(TAG, raw, start, end, f"<{closing}{name}{own}>")


def _read_braces(raw: str, start: int, end: int) -> Placeholder:
    """Name braces by their kind and variable: blanks within and the format behind do not tell which it is."""
    opening = raw[: len(raw) - len(raw.lstrip("{$%#@"))].strip()
    if raw.startswith("{%"):
        return Placeholder(PLACEHOLDER, raw, start, end, _INNER.sub("", raw))
    match = _VARIABLE.match(raw)
    variable = match[1] if match else ""
    if not variable.isascii():
        return Placeholder(METAVARIABLE, raw, start, end, "{}")
    return Placeholder(PLACEHOLDER, raw, start, end, f"{opening}{variable}", not variable)


def make_opaque(text: Text, syntax: str = "any") -> Text:
    """Return *text* with one `OBJECT` for each placeholder and tag; what they are is added to its ``objects``.

    Args:
        text: a text with its places; objects it has already stay, in the order of the text.
        syntax: ``printf``, ``braces`` or ``any``; ``format`` and ``qt`` where the file says that it is a format string
            of C or Qt, ``linguist`` for both of Qt and any, and ``none`` where it says that it is none.
    """
    if not _HINT.search(text.text):
        return text
    built, last = MapBuilder(), 0
    objects: list[str] = []
    shown = iter(text.objects)
    for match in _find_matches(text.text, syntax):
        before = text.text[last : match.start()]
        built.extend(before, text.map.cut(last, match.start()))
        objects += [next(shown, "") for _ in range(before.count(OBJECT))]
        inner = match.group()
        within = [next(shown, "") for _ in range(inner.count(OBJECT))]
        built.add(OBJECT, *text.map.place(match.start(), match.end()))
        objects.append(_fill(inner, within))
        last = match.end()
    if not last:
        return text
    built.extend(text.text[last:], text.map.cut(last, len(text.text)))
    return replace(Text.of(built, (*objects, *shown)), arguments=text.arguments)


def _fill(text: str, objects: list[str]) -> str:
    """Return *text* with what its opaque characters stand for in their place."""
    pieces = text.split(OBJECT)
    return "".join(piece + raw for piece, raw in zip(pieces, [*objects, ""], strict=True))
