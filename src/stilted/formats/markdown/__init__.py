"""Markdown: every block of prose a unit; code, formulas and addresses opaque."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from stilted.core.document import Span
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.offsets import Lines
from stilted.formats.html.blocks import Reading
from stilted.formats.reader import TextReader
from stilted.formats.remarks import make_suppressions
from stilted.formats.units import OBJECT, Parsed, Unit

if TYPE_CHECKING:
    from stilted.formats.markdown.blocks import Block
    from stilted.formats.markdown.source import Source

MAX_PARTS: Final = 500_000
"""Most lines and cells of a file: each may be a block, which takes up to three kilobytes."""
MAX_CHARACTERS: Final = 16_000_000


def read_markdown(text: str, name: str) -> Parsed:
    """Return the blocks of prose: paragraphs, headings, list items, table cells, titles of admonitions, alternative
    texts of pictures.

    Emphasis, links and inline tags vanish and their words stay; inline code, formulas, addresses, pictures, footnote
    marks and templates are one opaque character each; a soft wrap is one space. Of the front matter, the values of
    ``title`` and ``description`` are units. CommonMark with the tables and strikethrough of GFM, plus what Docusaurus,
    MkDocs, Hugo and MDX add; see `stilted.formats.markdown.source`.

    Raises:
        UserError: over `MAX_CHARACTERS`, nested too deeply, a malformed remark or one without end, or no text.
    """
    from stilted.formats.markdown.blocks import BlockError, list_blocks
    from stilted.formats.markdown.source import prepare

    if len(text) > MAX_CHARACTERS:
        what = f"the file is longer than {MAX_CHARACTERS // 1_000_000} million characters"
        raise UserError(what, name, "Split it into several files.")
    if text.count("\n") + text.count("\r") + text.count("|") > MAX_PARTS:
        raise UserError(f"more than {MAX_PARTS:,} lines and cells", name, "Split it into several files.")
    mdx = name.lower().endswith(".mdx")
    source = prepare(text, mdx=mdx)
    reading = Reading(text, name, Lines.of(text), expressions=mdx)
    for value in source.front:
        reading.value(value)
    try:
        for block in list_blocks(source, mdx=mdx):
            _take(block, source, reading)
    except BlockError as error:
        at = source.place(error.at, error.at)[0]
        raise UserError(error.what, reading.where(at), "Write it more simply.") from error
    # A remark before an admonition is about its title and the first block in it.
    reading.groups += [
        Span(title.start, block.end) for title, block in pairwise(reading.blocks) if title.start in source.titles
    ]
    units = [(target, span) for target, span in reading.units if target.text.replace(OBJECT, "").strip()]
    if not units:
        raise NothingToCheckError("the file holds no units", name, "Give a document with text in it.")
    return Parsed(
        name,
        "markdown",
        text,
        tuple(Unit(str(number), target, span=span) for number, (target, span) in enumerate(units, 1)),
        running=True,
        language=source.language,
        suppressions=make_suppressions(reading.remarks, reading.blocks, reading.groups, len(text)),
        notes=tuple(reading.notes),
    )


def _take(block: Block, source: Source, reading: Reading) -> None:
    """Add a block of the source to what has been read."""
    from stilted.formats.markdown.blocks import BlockKind
    from stilted.formats.markdown.prose import take_prose

    if block.kind is BlockKind.PROSE:
        take_prose(block, reading)
        return
    start, end = source.place(block.start, block.end)
    if block.kind is BlockKind.GROUP:
        reading.groups.append(Span(start, end))
    elif not block.quoted:
        reading.read(start, end, is_complete=False)
    else:
        reading.comments(start, end)


READER: Final = TextReader(name="markdown", suffixes=(".md", ".markdown", ".mdx", ".mkd"), read=read_markdown)
