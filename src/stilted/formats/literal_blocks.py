"""What of a page of reST is no prose: literal blocks, code and the like in directives, sessions, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stilted.core.document import Span

_DIRECTIVE: Final = re.compile(
    r"[ \t]*\.\. (?:code-block|code|sourcecode|highlight|literalinclude|parsed-literal|math|raw|graphviz|digraph|uml"
    r"|mermaid|toctree|doctest|testcode|testsetup|testoutput|ipython|prompt|productionlist)::"
)
"""What holds code, formulas or names of files; the text of others, such as notes, is prose."""
_COMMENT: Final = re.compile(r"[ \t]*\.\.(?:[ \t]+(?![\w:.+-]+::|[_|\[])\S|[ \t]*$)")
_SESSION: Final = re.compile(r"[ \t]*>>> ")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


def find_literal_blocks(text: str) -> Iterator[Span]:
    """Yield the stretches of whole lines that are no prose, ascending and apart from each other."""
    lines = [Span(line.start(), line.end()) for line in _LINE.finditer(text)]
    indents = [_measure_indent(line.of(text)) for line in lines]
    at = 0
    while at < len(lines):
        first, end = _find_block(text, lines, indents, at)
        if first < end:
            yield Span(lines[first].start, lines[end - 1].end)
        at = max(end, at + 1)


def _measure_indent(line: str) -> int:
    """Return how far a line is set in, in columns; -1 for a blank one."""
    said = line.strip()
    return len(line[: line.index(said[0])].expandtabs()) if said else -1


def _find_block(text: str, lines: Sequence[Span], indents: Sequence[int], at: int) -> tuple[int, int]:
    """Return the first line of what line *at* begins or announces, and the one behind; the same where it is prose."""
    line = lines[at].of(text).rstrip("\r\n")
    if _SESSION.match(line):
        end = at + 1
        while end < len(lines) and indents[end] >= 0:
            end += 1
        return at, end
    if _DIRECTIVE.match(line) or _COMMENT.match(line):
        return at, _find_end(indents, at)
    is_announced = line.rstrip().endswith("::") and not line.lstrip().startswith(".. ")
    if is_announced and at + 1 < len(lines) and indents[at + 1] < 0:
        return at + 1, _find_end(indents, at)
    return at, at


def _find_end(indents: Sequence[int], at: int) -> int:
    """Return the line behind the last that is set in farther than line *at*, blank ones between them passed over."""
    last = here = at + 1
    while here < len(indents) and (indents[here] < 0 or indents[here] > indents[at]):
        here += 1
        last = here if indents[here - 1] >= 0 else last
    return last
