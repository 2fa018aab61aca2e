"""Markdown to blocks of prose, each with the place of its content, line by line and cell by cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from operator import itemgetter
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from stilted.formats.markdown.inline import PlacedParser, make_rule
from stilted.formats.markdown.source import Source

MAX_DEPTH: Final = 90
"""Levels of containers; a list counts for two, a quote for one."""

_LINKS: Final = 20
"""Levels of brackets within brackets that are looked at, as CommonMark parsers do; they cost time."""

_TRIMMED: Final = frozenset(MD_TRIM_CHARS)
_MARK: Final = re.compile(
    r"\[[ xX]\](?=[ \t])|\[!\w{1,20}\][+-]?(?=\s|\Z)|\[\^[^\]\s]{1,100}\]:(?=\s)|\[\[?_?TOC_?\]?\]\Z", re.IGNORECASE
)
"""What a block may begin with that is no prose: a task's box, an alert's kind, a footnote's mark; or all of it."""
_BAR: Final = re.compile(r"(?<!\\)\|")


class BlockError(Exception):
    """A block that cannot be read: why, and its offset in the source."""

    def __init__(self, what: str, at: int) -> None:
        super().__init__(what)
        self.what = what
        self.at = at


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a block without the marks of its containers.

    ``pieces`` are ascending ``(offset, offset in the source, escaped)``: from there on the content stands as it is;
    *escaped* says that a backslash before its first character was left out.
    """

    text: str
    pieces: tuple[tuple[int, int, bool], ...]
    source: Source

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the file that ``[start, end)`` was read from."""
        return self.source.place(self._find_place(start), self._find_place(end - 1) + 1)

    def gap(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the file between the characters around a line break ``[start, end)``."""
        before = (
            self.source.place(self._find_place(start - 1), self._find_place(start - 1) + 1)[1]
            if start
            else self.place(start, end)[0]
        )
        return before, self.source.place(self._find_place(end), self._find_place(end))[0]

    def runs(self, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Yield the parts of ``[start, end)`` that stand in the file in one stretch, with that stretch."""
        pieces, outer = self.pieces, self.source.map.pieces
        number = bisect_right(pieces, start, key=itemgetter(0)) - 1
        while start < end:
            offset, at, escaped = pieces[number]
            stop = min(end, pieces[number + 1][0] if number + 1 < len(pieces) else end)
            if escaped and start == offset:
                yield self.text[start : start + 1], *self.source.place(at - 1, at + 1)
                start += 1
            while start < stop:
                here = at + start - offset
                first, last, file_start, _ = outer[bisect_right(outer, here, key=itemgetter(0)) - 1]
                size = min(stop - start, last - here)
                begin = file_start + here - first
                yield self.text[start : start + size], begin, begin + size
                start += size
            number += 1

    def _find_place(self, offset: int) -> int:
        start, at, _ = self.pieces[bisect_right(self.pieces, offset, key=itemgetter(0)) - 1]
        return at + offset - start


class BlockKind(Enum):
    """What a block holds."""

    PROSE = auto()
    HTML = auto()
    GROUP = auto()
    """Other blocks: a list item or table row."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the source.

    Attributes:
        start, end: in the source. content, tokens: of prose. quoted: HTML that stands in a quote.
    """

    kind: BlockKind
    start: int
    end: int
    content: Content | None = None
    tokens: tuple[Token, ...] = ()
    quoted: bool = False


class _State(StateBlock):
    """The state of the block rules, which notes in ``token.meta`` where each line of a block or row begins.

    It is noted when the block ends: only now its lines are known, and the marks of its containers still are.
    """

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self._row = Token("", "", 0)

    def push(self, ttype: str, tag: str, nesting: Any) -> Token:
        """Note the lines of the block that ends here."""
        if ttype in ("paragraph_close", "heading_close"):
            self._note(self.tokens[-1])
        elif ttype == "tr_close":
            self._note(self._row)
        token = super().push(ttype, tag, nesting)
        if ttype == "tr_open":
            self._row = token
        return token

    def _note(self, token: Token) -> None:
        if token.map:
            token.meta = {"lines": [self.bMarks[line] + self.tShift[line] for line in range(*token.map)]}


def list_blocks(source: Source, *, mdx: bool) -> Iterator[Block]:
    """Yield the blocks of *source*, groups before what stands in them.

    Raises:
        BlockError: lists and quotes nested deeper than `MAX_DEPTH`, or a block that cannot be found in the source.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_DEPTH + 10}).enable(["table", "strikethrough"])
    if mdx:
        parser.disable("code")  # what stands within tags is indented, and prose
    inline = PlacedParser()
    inline.ruler.enableOnly(parser.get_active_rules()["inline"])
    inline.ruler2.enableOnly([name for name in parser.get_active_rules()["inline2"] if name != "fragments_join"])
    inline.ruler.before("escape", "no_prose", make_rule(mdx=mdx))
    parser.inline = inline
    parser.block.ruler.before("table", "depth", _check_depth)
    env: dict[str, Any] = {}
    out: list[Token] = []
    state = _State(source.text, parser, env, out)
    parser.block.tokenize(state, 0, state.lineMax)
    starts = [0, *(end.end() for end in re.finditer("\n", source.text)), len(source.text)]
    parser.options["maxNesting"] = _LINKS
    quotes = 0
    opener = Token("", "", 0)
    row: Iterator[int] = iter(())
    for token in out:
        quotes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        start, end = (starts[token.map[0]], starts[token.map[1]]) if token.map else (0, 0)
        if token.type in ("list_item_open", "tr_open"):
            yield Block(BlockKind.GROUP, start, end)
            row = _find_cells(source.text, token.meta["lines"][0], end) if token.type == "tr_open" else row
        elif token.type == "html_block":
            yield Block(BlockKind.HTML, start, end, quoted=quotes > 0)
        elif token.type == "inline":
            cell = next(row, 0) if opener.type in ("th_open", "td_open") else -1
            if not token.content:
                continue
            content = _place_content(source, token, opener, cell)
            mark = _MARK.match(token.content)
            tokens = inline.parse(token.content, parser, env, [], mark.end() if mark else 0)
            yield Block(BlockKind.PROSE, start, end, content, tuple(tokens))
        opener = token


def _check_depth(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:
    """Stop where markdown-it would skip the rest of the file."""
    if state.level >= MAX_DEPTH:
        raise BlockError("lists and quotes are nested too deeply here", state.bMarks[start])
    return False


def _place_content(source: Source, token: Token, opener: Token, cell: int) -> Content:
    """Return the content of an inline token, placed in the source; *cell* is where a cell begins, else -1."""
    if cell >= 0:
        pieces = _place_cell(source.text, token.content, cell)
    elif opener.markup.startswith("#"):
        begin = token.meta["lines"][0] + len(opener.markup)
        pieces = [(0, _skip_blanks(source.text, begin), False)]
    else:
        pieces = _place_lines(source.text, token.content, token.meta["lines"])
    for (offset, at, _), (stop, *_) in zip(pieces, [*pieces[1:], (len(token.content), 0, False)], strict=True):
        if not source.text.startswith(token.content[offset:stop].rstrip(" \t\n"), at):
            raise BlockError("this block cannot be found in the file", at)
    return Content(token.content, tuple(pieces), source)


def _place_lines(text: str, content: str, starts: list[int]) -> list[tuple[int, int, bool]]:
    """Place the lines of a paragraph; white space at its ends, even lines of it, was left out."""
    first = _skip_blanks(text, starts[0])
    number = bisect_right(starts, first) - 1
    pieces = [(0, first, False)]
    for end in re.finditer("\n[ \t]*", content):
        number += 1
        pieces.append((end.end(), starts[number], False))
    return pieces


def _find_cells(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the cells of a row begin; *start* is behind the marks of its containers."""
    begin = _skip_blanks(text, start)
    begin += text.startswith("|", begin)
    yield begin
    for bar in _BAR.finditer(text, begin, end):
        yield bar.end()


def _skip_blanks(text: str, at: int) -> int:
    """Return the first place from *at* on that is no white space."""
    while text[at : at + 1] in _TRIMMED:
        at += 1
    return at


def _place_cell(text: str, content: str, start: int) -> list[tuple[int, int, bool]]:
    """Place the content of the cell that begins at *start*; a bar in it was written with a backslash."""
    at = _skip_blanks(text, start)
    pieces = [(0, at, False)]
    for bar in re.finditer(r"\|", content):
        at += 1
        pieces.append((bar.start(), at + bar.start(), True))
    return pieces
