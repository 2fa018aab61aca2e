"""A block of Markdown, as parsed, to the text that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from markdown_it.token import Token

from stilted.core.document import Span
from stilted.formats.html.blocks import BLOCK, OBJECTS, Reading
from stilted.formats.html.text import SPACE, Flow
from stilted.formats.markdown.blocks import Block, Content
from stilted.formats.markdown.inline import OPAQUE
from stilted.formats.placeholders import VOID
from stilted.formats.references import decode_number
from stilted.formats.remarks import read_remark

_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w.:-]*)")
_KEPT: Final = re.compile(r"translate\s*=\s*[\"']?no\b|class(?:Name)?\s*=[^>]{0,200}\bnotranslate\b", re.IGNORECASE)


def take_prose(block: Block, reading: Reading) -> None:
    """Add a block of prose, its remarks and the alternative texts of its pictures to what has been read."""
    content = block.content
    if content is None:
        return
    flow = _make_flow(content, block.tokens, reading)
    if not len(flow):
        return
    span = Span(*content.place(0, len(content.text)))
    reading.units.append((flow.text(), span))
    reading.blocks.append(span)
    for token in block.tokens:
        start, end = token.meta["at"], token.meta["end"]
        if token.type == "html_inline" and "=" in token.content and "\n" not in token.content:
            reading.units += reading.attributes(*content.place(start, end))
        elif token.type == "image" and token.children:
            alternative = _make_flow(content, token.children, reading, start + len("!["))
            if len(alternative):
                reading.units.append((alternative.text(), Span(*content.place(start, end))))


def _make_flow(content: Content, tokens: Sequence[Token], reading: Reading, shift: int = 0) -> Flow:
    """Return the words of *tokens*, whose places count from *shift* in the content."""
    flow = Flow()
    closing = {token.content[2:-1].strip().lower(): number for number, token in enumerate(tokens)
               if token.type == "html_inline" and token.content.startswith("</")}  # fmt: skip
    skip = -1
    for number, token in enumerate(tokens):
        start, end = token.meta["at"] + shift, token.meta["end"] + shift
        if number <= skip:
            continue
        if token.type == "link_open" and token.info == "auto":
            _add_opaque(flow, content, start, end, reading)
            skip = number + 2
        elif token.type == "html_inline":
            skip = _find_end_of_opaque(token.content, number, closing)
            if skip >= number:
                _add_opaque(flow, content, start, tokens[skip].meta["end"] + shift, reading)
            elif _parts_words(token.content):
                flow.space(*content.place(start, end))
            _read_remark(reading, *content.place(start, end))
        else:
            _add(flow, content, token, start, end, reading)
    return flow


def _add(flow: Flow, content: Content, token: Token, start: int, end: int, reading: Reading) -> None:
    """Append a token that stands for itself; the marks of emphasis and links, and what is dropped, add nothing."""
    if token.type == "text" and token.content:
        for text, begin, stop in content.runs(start, end):
            flow.words(text, begin, stop)
    elif token.type == "text_special":
        said = decode_number(token.markup) if token.markup.startswith("&#") else token.content
        if said in SPACE:
            flow.space(*content.place(start, end))
        else:
            flow.words(said, *content.place(start, end))
    elif token.type in ("softbreak", "hardbreak"):
        flow.space(*content.gap(start, end))
    elif token.type in ("code_inline", "image"):
        _add_opaque(flow, content, start, end, reading)
    elif token.type == OPAQUE:
        _add_opaque(flow, content, start, end, reading)
        _read_remark(reading, *content.place(start, end))


def _add_opaque(flow: Flow, content: Content, start: int, end: int, reading: Reading) -> None:
    begin, stop = content.place(start, end)
    raw = reading.text[begin:stop]
    if not raw.startswith("{/*"):
        flow.opaque(raw, begin)


def _find_end_of_opaque(tag: str, number: int, closing: Mapping[str, int]) -> int:
    """Return the last token of what an HTML tag, token *number*, makes opaque; -1 where it is just unseen."""
    match = _TAG.match(tag)
    if match is None or match[1]:
        return -1
    name = match[2].lower()
    if name in VOID or tag.endswith("/>"):
        return number if name in OBJECTS or match[2][0].isupper() else -1
    if name in OBJECTS or _KEPT.search(tag):
        return closing.get(name, -1) if closing.get(name, -1) > number else -1
    return -1


def _parts_words(tag: str) -> bool:
    """Tell whether a tag parts words: ``<br>`` and the tags of blocks."""
    match = _TAG.match(tag)
    return match is not None and match[2].lower() in BLOCK | {"br"}


def _read_remark(reading: Reading, start: int, end: int) -> None:
    """Read ``<!-- stilted-… -->`` and, in MDX, ``{/* stilted-… */}``."""
    raw = reading.text[start:end]
    for opening, closing in (("<!--", "-->"), ("{/*", "*/}")):
        if raw.startswith(opening) and raw.endswith(closing):
            parsed = read_remark(raw[len(opening) : -len(closing)], start, reading.where(start))
            reading.remarks += [parsed] if parsed else []
