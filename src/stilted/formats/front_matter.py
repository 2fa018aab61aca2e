"""The front matter of Markdown and of pages for Jekyll: title, description and language, as YAML and TOML have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

Piece = tuple[str, int, int]
"""Characters as read, and the start and end of what they are read from."""

_OPENING: Final = re.compile(r"(---|\+\+\+)[ \t]*\n")
_BLANK: Final = re.compile(r" ?(?:\n|\Z)")
_CLOSING: Final = {
    "---": re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)"),
    "+++": re.compile(r"(?m)^\+\+\+[ \t]*(?:\n|\Z)"),
}
_KEY: Final = re.compile(
    r"(?m)^(title|description|lang)[ \t]*[:=][ \t]*([^\n]*)((?:\n[ \t]+[^ \t\n][^\n]*|\n[ \t]*(?=\n[ \t]+[^ \t\n]))*)"
)
"""A key, the rest of its line, and the lines behind it that are indented."""
_BLOCK: Final = re.compile(r"[>|][-+0-9]{0,2}[ \t]*(?:#[^\n]*)?\Z")
_DOUBLE: Final = re.compile(r"\"((?:[^\"\\]|\\[\"\\/])+)\"(?:[ \t]*#[^\n]*)?\s*\Z")
_SINGLE: Final = re.compile(r"'((?:[^'\\]|'')+)'(?:[ \t]*#[^\n]*)?\s*\Z")
_PLAIN: Final = re.compile(r"[^\s\"'\[\]{}>|*&!%#`@-]")
_NOT_PLAIN: Final = re.compile(r":\s|\s#|:\s*\Z")
_ESCAPE: Final = {'"': re.compile(r"\\(.)"), "'": re.compile(r"'(')"), "": re.compile(r"(?!)")}
_LINE: Final = re.compile(r"[^ \t\n][^\n]*")


def read_front_matter(text: str) -> tuple[int, tuple[tuple[Piece, ...], ...], str | None]:
    """Return where the front matter ends, its title and description, and its language; one without an end is none."""
    flat = text.replace("\r\n", " \n").replace("\r", "\n")
    opened = _OPENING.match(flat)
    if opened is None or (opened[1] == "---" and _BLANK.match(flat, opened.end())):
        return 0, (), None
    closed = _CLOSING[opened[1]].search(flat, opened.end())
    if closed is None:
        return 0, (), None
    language = None
    prose: list[tuple[Piece, ...]] = []
    for key in _KEY.finditer(flat, opened.end(), closed.start()):
        if key[1] == "lang":
            language = key[2].strip(" \t\"'") or None
        elif value := tuple(_read_value(flat, key)):
            prose.append(value)
    return closed.end(), tuple(prose), language


def _match_quoted(text: str, start: int, end: int) -> re.Match[str] | None:
    if text.startswith('"', start):
        return _DOUBLE.match(text, start, end)
    return _SINGLE.match(text, start, end)


def _read_value(text: str, key: re.Match[str]) -> Iterator[Piece]:
    """Yield the text of a value, its lines with a space between them; nothing where the value cannot be read."""
    start, end = key.start(2), key.end()
    mark = ""
    if _BLOCK.match(key[2]):
        start = key.start(3)
    elif quoted := _match_quoted(text, start, end) or _match_quoted(text, start, key.end(2)):
        (start, end), mark = quoted.span(1), key[2][0]
    elif not _PLAIN.match(key[2]) or _NOT_PLAIN.search(text[start:end]):
        return
    last = 0
    for line in _LINE.finditer(text, start, end):
        if last:
            yield " ", last, line.start()
        at, last = line.start(), line.start() + len(line[0].rstrip())
        for escape in _ESCAPE[mark].finditer(text, at, last):
            yield text[at : escape.start()], at, escape.start()
            yield escape[1], *escape.span()
            at = escape.end()
        yield text[at:last], at, last
