r"""Markdown before it is parsed: one kind of line end, and without what CommonMark takes for prose and is none.

Front matter, ``$$`` formulas, MDX ``import``/``export`` and the marks of admonitions are left out; what admonitions
of MkDocs indent is set out. Everything else stays, and the map knows from where.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from stilted.positions import MapBuilder, TextMap
from stilted.texts import Span

_FRONT: Final = re.compile(r"(---|\+\+\+)[ \t]*\n")
_KEY: Final = re.compile(
    r"(?m)^(title|description|lang)[ \t]*[:=][ \t]*"
    r"(?:\"([^\"\\\r\n]+)\"[ \t]*$|'([^'\\\r\n]+)'[ \t]*$|([^\s\"'\[\]{}>|*&!%#`@-][^\r\n]*))"
)
_NOT_PLAIN: Final = re.compile(r":\s|\s#|:$")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_CONTAINER: Final = re.compile(r"[ \t>]*")
_FENCE: Final = re.compile(r"(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})")
_COLONS: Final = re.compile(r":{3,}\s*(?:[\w{.-].*)?$")
_FORMULA_END: Final = re.compile(r"\$\$[ \t]*(?=[\r\n]|\Z)")
_BANGS: Final = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+\w|===!?\+?[ \t]+\"")
_MODULE: Final = re.compile(r"(?:import\s+(?:[\w*{'\"])|export\s+(?:default|const|let|var|function|class|async|\{|\*))")


@dataclass(frozen=True, slots=True)
class Source:
    """What is parsed, where it stands in the file, and what the front matter says.

    ``front`` are the stretches of its title and description in the file, ``language`` is its ``lang``.
    """

    text: str
    map: TextMap
    front: tuple[Span, ...]
    language: str | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the file that ``[start, end)`` of the text was read from; see `TextMap.place`."""
        return self.map.place(start, end)


@dataclass(slots=True)
class _State:
    """Where the lines stand: in a fence, a formula, a module statement, admonitions; and where the file goes on."""

    mdx: bool
    fence: str = ""
    formula_end: int = 0
    formulas: bool = True
    module: bool = False
    blank: bool = True
    indents: list[int] = field(default_factory=list)
    """Columns by which the content of each admonition around a line is indented."""


def prepare(text: str, *, mdx: bool) -> Source:
    """Return the Markdown in *text*, the file as decoded; with *mdx* it may hold module statements."""
    start, front, language = _front(text)
    built = MapBuilder()
    state = _State(mdx)
    for line in _LINE.finditer(text, start):
        if line.end() > line.start():
            _keep(built, text, line.start(), line.end(), state)
    return Source(*built.build(), front, language)


def _front(text: str) -> tuple[int, tuple[Span, ...], str | None]:
    """Return where the front matter ends, its prose and its language; an opening without an end is none."""
    flat = text.replace("\r", "\n")
    opened = _FRONT.match(flat)
    if opened is None:
        return 0, (), None
    begin = opened.end() + text.startswith("\r\n", opened.end() - 1)
    if opened[1] == "---" and flat[begin : begin + 1] in "\n":
        return 0, (), None
    closing = r"---|\.\.\." if opened[1] == "---" else r"\+\+\+"
    closed = re.compile(rf"(?m)^(?:{closing})[ \t]*(?:\n|\Z)").search(flat, begin)
    if closed is None:
        return 0, (), None
    spans: list[Span] = []
    language = None
    for key in _KEY.finditer(flat, begin, closed.start()):
        group = next(number for number in (2, 3, 4) if key[number])
        value = key[group].rstrip()
        if key[1] == "lang":
            language = value
        elif value.strip() and (group != 4 or not _NOT_PLAIN.search(value)):
            spans.append(Span(key.start(group), key.start(group) + len(value)))
    end = closed.end() + text.startswith("\r\n", closed.end() - 1)
    return end, tuple(spans), language


def _keep(built: MapBuilder, text: str, start: int, end: int, state: _State) -> None:
    """Append what is to be parsed of one line, and its line end as ``\\n``."""
    stop = start + len(text[start:end].rstrip("\r\n"))
    container = _CONTAINER.match(text, start, stop)
    first = container.end() if container else start
    begin = _dedented(text, start, first, stop, state)
    if not _left_out(text, start, first, stop, state):
        built.add(text[begin:stop], begin)
    state.blank = first == stop
    if stop < end:
        built.add("\n", end - 1)


def _dedented(text: str, start: int, first: int, stop: int, state: _State) -> int:
    """Return where a line begins, less the indentation of its admonition."""
    if not state.indents or first == stop:
        return start
    width = first - start if not text[start:first].strip(" ") else 0
    while state.indents and width < state.indents[-1]:
        state.indents.pop()
    return start + state.indents[-1] if state.indents else start


def _left_out(text: str, start: int, first: int, stop: int, state: _State) -> bool:
    """Tell whether a line, which begins at *start* and without white space at *first*, is no Markdown."""
    if stop <= state.formula_end:
        return True
    line = text[first:stop]
    if state.fence:
        if line.startswith(state.fence) and not line.strip(state.fence[0] + " \t"):
            state.fence = ""
        return False
    if state.module or (state.mdx and start == first and state.blank and _MODULE.match(line)):
        state.module = bool(line)
        return True
    if fence := _FENCE.match(line):
        state.fence = fence[1]
        return False
    if line.startswith("$$") and state.formulas:
        return _formula(text, first, stop, state)
    if _BANGS.match(line):
        state.indents.append(first - start + 4)
        return True
    return _COLONS.match(line) is not None


def _formula(text: str, first: int, stop: int, state: _State) -> bool:
    """Tell whether a line that begins with ``$$`` is a formula, alone or with lines that follow."""
    if "$$" in text[first + 2 : stop]:
        return text[first:stop].rstrip().endswith("$$")
    closing = _FORMULA_END.search(text, stop)
    state.formulas = closing is not None
    state.formula_end = closing.end() if closing else 0
    return state.formulas
