"""HTML to tags, comments and text, with the exact place of each, in one pass.

The standard library's ``html.parser`` (Python 3.11) needs more than five seconds of CPU for 100 kB of ``<!--`` or
``<a`` without an end, and an assertion of its own stops it at ``<![a``; here nothing is looked at twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

TEXT: Final = "text"
START: Final = "start"
END: Final = "end"
COMMENT: Final = "comment"
UNCLOSED: Final = "unclosed"

RAW: Final = frozenset("script style textarea title xmp iframe noembed noframes".split())
"""Elements whose content is no markup (WHATWG HTML 13.1.2: raw text and escapable raw text elements)."""

_COMMENT_END: Final = re.compile(r"--!?>")
_NAME: Final = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE: Final = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:([\"'])|([^\s>\"'][^\s>]*)?))?|[\s/=]+")


class Attribute(NamedTuple):
    """An attribute: its name in lower case, and its value's stretch without quotes."""

    name: str
    start: int
    end: int


class Token(NamedTuple):
    """A stretch of the file: what it is, where, the name of a tag in lower case, and the attributes of a start tag.

    ``UNCLOSED`` is the last one: a comment, tag or raw element, named by ``name``, that begins there and never ends.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: tuple[Attribute, ...] = ()


def tokenize(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the tokens of ``text[start:end]``, in order and without gaps."""
    stop = len(text) if end is None else end
    at = plain = start
    while (at := text.find("<", at, stop)) >= 0:
        if not _opens_markup(text, at, stop):
            at += 1
            continue
        if plain < at:
            yield Token(TEXT, plain, at)
        token = _read_markup(text, at, stop)
        yield token
        if token.kind == UNCLOSED:
            return
        at = plain = token.end
        if token.kind == START and token.name in RAW and text[at - 2] != "/":
            yield from _read_raw(text, token, stop)
            closing = _compile_end_tag(token.name).search(text, at, stop)
            if closing is None:
                return
            at = plain = closing.start()
    if plain < stop:
        yield Token(TEXT, plain, stop)


def _opens_markup(text: str, at: int, stop: int) -> bool:
    """Tell whether the ``<`` at *at* opens markup; ``a < b`` does not."""
    ahead = text[at + 1 : min(at + 3, stop)]
    first = ahead[1:] if ahead[:1] == "/" else ahead[:1]
    return ahead[:1] in ("!", "?") if first in ("", "!", "?") else first.isascii() and first.isalpha()


def _read_markup(text: str, at: int, stop: int) -> Token:
    if text.startswith("<!--", at):
        return _read_comment(text, at, stop)
    if text[at + 1] in "!?":
        end = text.find(">", at, stop)
        return Token(COMMENT, at, end + 1) if end >= 0 else Token(UNCLOSED, at, stop, "a declaration")
    if text[at + 1] == "/":
        end = text.find(">", at, stop)
        name = _NAME.match(text, at + 2, stop)
        label = name[0].lower() if name else ""
        return Token(END, at, end + 1, label) if end >= 0 else Token(UNCLOSED, at, stop, f"</{label}>")
    return _read_start_tag(text, at, stop)


def _read_comment(text: str, at: int, stop: int) -> Token:
    for short in ("<!-->", "<!--->"):
        if text.startswith(short, at):
            return Token(COMMENT, at, at + len(short), "--")
    end = _COMMENT_END.search(text, at + 4, stop)
    return Token(COMMENT, at, end.end(), "--") if end else Token(UNCLOSED, at, stop, "a comment")


def _read_start_tag(text: str, at: int, stop: int) -> Token:
    match = _NAME.match(text, at + 1, stop)
    name = match[0].lower() if match else ""
    here = match.end() if match else at + 1
    attributes: list[Attribute] = []
    while here < stop and text[here] != ">":
        part = _ATTRIBUTE.match(text, here, stop)
        if part is None:
            break
        here = part.end()
        if part[2]:
            closing = text.find(part[2], here, stop)
            if closing < 0:
                return Token(UNCLOSED, at, stop, f"<{name}>")
            attributes.append(Attribute(part[1].lower(), here, closing))
            here = closing + 1
        elif part[1]:
            attributes.append(Attribute(part[1].lower(), *(part.span(3) if part[3] else (here, here))))
    if here >= stop:
        return Token(UNCLOSED, at, stop, f"<{name}>")
    return Token(START, at, here + 1, name, tuple(attributes))


def _compile_end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)


def _read_raw(text: str, opened: Token, stop: int) -> Iterator[Token]:
    """Yield what stands in a raw element, as text."""
    closing = _compile_end_tag(opened.name).search(text, opened.end, stop)
    if closing is None:
        yield Token(UNCLOSED, opened.start, stop, f"<{opened.name}>")
    elif closing.start() > opened.end:
        yield Token(TEXT, opened.end, closing.start())
