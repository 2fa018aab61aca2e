r"""Markdown before it is parsed: one kind of line end, and without what CommonMark takes for prose and is none.

Front matter, ``$$`` formulas, MDX ``import``/``export``, the marks of admonitions and what tags of Jekyll, Hugo and
Hexo mark as code are left out; what admonitions of MkDocs indent is set out, and their titles are lines of their own.
Everything else stays, and the map knows from where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from stilted.core.offsets import MapBuilder, OffsetMap
from stilted.formats.front_matter import Piece, read_front_matter
from stilted.formats.markdown.inline import pair_braces
from stilted.formats.markdown.jsx import find_jsx

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LINE_END: Final = re.compile(r"[ \t]*(?:[\r\n]|\Z)")
_CONTAINER: Final = re.compile(r"[ \t>]*")
_FENCE: Final = re.compile(r"(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})")
_KINDS: Final = (
    "admonition|attention|caution|danger|details|dropdown|error|hint|important|info|note|seealso|sidebar|success|tab-item"
    "|tip|topic|warning"
)
_BOX: Final = re.compile(rf"(`{{3,}}|~{{3,}}|:{{3,}})[ \t]*\{{(?:{_KINDS})\}}[^`]*$")
"""What begins a box of MyST, which looks like code to CommonMark and holds Markdown."""
_OPTION: Final = re.compile(r":[\w-]+:(?:[ \t]|$)")
_COLONS: Final = re.compile(r":{3,}\s*(?:[\w{.-].*)?$")
_TITLE: Final = re.compile(
    r":{3,}[ \t]*[\w-]+[ \t]*\[(?P<docusaurus>.+)\][ \t]*(?:\{[^{}]*\}[ \t]*)?$"
    rf"|(?::{{3,}}|`{{3,}}|~{{3,}})[ \t]*(?:\{{(?:{_KINDS})\}}|{_KINDS})[ \t]+"
    r"(?P<words>[^=:`\[{\s](?:[^=:`]*[^=:`\s])?)[ \t]*$"
    r"|(?:!!!|\?\?\?\+?|===[!+]{0,2})[^\"]*\"(?P<mkdocs>.+)\"[ \t]*$"
)
"""What an admonition or a tab is called."""
_CODE_TAG: Final = re.compile(
    r"(?P<liquid>\{%-?)[ \t]*(?P<tag>highlight|codeblock|code|comment|mermaid|math|plantuml)\b[^\r\n]*?%\}"
    r"|\{\{[<%][ \t]*(?P<shortcode>highlight|code|code-block|mermaid|math|katex|chart)(?=[ \t>%])"
    r"[^\r\n]*?(?<!/)[>%]\}\}"
)
"""A tag of a site generator after which no prose stands, up to its end tag."""
_FORMULA_END: Final = re.compile(r"\$\$[ \t]*(?=[\r\n]|\Z)")
_BANGS: Final = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+\w|===!?\+?[ \t]+\"")
_INDENT: Final = 4
"""Columns by which an admonition of MkDocs indents its content."""
_MODULE: Final = re.compile(r"(?:import\s+(?:[\w*{'\"])|export\s+(?:default|const|let|var|function|class|async|\{|\*))")


@dataclass(frozen=True, slots=True)
class Source:
    """What is parsed, where it stands in the file, and what the front matter says.

    ``front`` are its title and description, ``language`` is its ``lang``; ``titles`` are where those of admonitions
    begin in the file.
    """

    text: str
    map: OffsetMap
    front: tuple[tuple[Piece, ...], ...]
    language: str | None
    titles: frozenset[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the file that ``[start, end)`` of the text was read from; see `OffsetMap.place`."""
        return self.map.place(start, end)


@dataclass(slots=True)
class _State:
    """Where the lines stand: in a fence, a formula, a module statement, admonitions; and where the file goes on."""

    mdx: bool
    braces: Mapping[int, int]
    """Where those that MDX closes end."""
    jsx: Sequence[tuple[int, int]] = ()
    """Tags and expressions of MDX that are left out, of which those before ``passed`` lie behind."""
    passed: int = 0
    fence: str = ""
    skipped_to: int = 0
    unclosed: set[str] = field(default_factory=set)
    """Marks that open a formula or code and are not closed in the rest of the file."""
    titles: set[int] = field(default_factory=set)
    module: bool = False
    blank: bool = True
    boxes: list[str] = field(default_factory=list)
    options: bool = False
    """Boxes of MyST that are open, and whether lines of options may follow."""
    indents: list[int] = field(default_factory=list)
    """Columns by which the content of each admonition around a line is indented."""


def prepare(text: str, *, mdx: bool) -> Source:
    """Return the Markdown in *text*, the file as decoded; with *mdx* it may hold module statements."""
    start, prose, language = read_front_matter(text)
    built = MapBuilder()
    pairs = pair_braces(text) if mdx else {}
    state = _State(mdx, pairs, tuple(find_jsx(text, start, pairs)) if mdx else ())
    for line in _LINE.finditer(text, start):
        if line.end() > line.start():
            _keep(built, text, line.start(), line.end(), state)
    return Source(*built.build(), prose, language, frozenset(state.titles))


def _keep(built: MapBuilder, text: str, start: int, end: int, state: _State) -> None:
    """Append what is to be parsed of one line, and its line end as ``\\n``."""
    stop = start + len(text[start:end].rstrip("\r\n"))
    container = _CONTAINER.match(text, start, stop)
    first = container.end() if container else start
    begin = _skip_indents(text, start, first, stop, state)
    if not _is_left_out(text, start, first, stop, state):
        _add(built, text, begin, stop, state)
    elif stop > state.skipped_to and (title := _TITLE.match(text[first:stop])):
        _add_title(built, text, begin, first, title, state)
    state.blank = first == stop
    if stop < end:
        built.add("\n", end - 1)


def _add(built: MapBuilder, text: str, begin: int, stop: int, state: _State) -> None:
    """Append a line without what is left out of it; what a site generator puts in for an address holds no blanks."""
    pieces, at = [], begin
    while state.passed < len(state.jsx) and state.jsx[state.passed][1] <= begin:
        state.passed += 1
    for number in range(state.passed, len(state.jsx)):
        start, end = state.jsx[number]
        if start >= stop:
            break
        if start > at:
            pieces.append((at, start))
        at = max(at, end)
    if at < stop:
        pieces.append((at, stop))
    if not any(text[start:end].strip() for start, end in pieces):
        return
    for start, end in pieces:
        for generated in _GENERATED.finditer(text, start, end):
            built.add(text[start : generated.start()], start)
            built.add(_fill_blanks(generated[0]), generated.start())
            start = generated.end()
        built.add(text[start:end], start)


_GENERATED: Final = re.compile(r"(?<=\]\()(?:\{\{[^\n{}]{1,300}\}\}|\{%[^\n{}]{1,300}%\})")
"""A shortcode or template that stands for the address of a link or picture, or for its beginning."""


def _fill_blanks(template: str) -> str:
    """Return a template of the same length without blanks and bars: no address holds a blank, and a bar parts cells."""
    return f"{template[:2]}{'_' * (len(template) - 4)}{template[-2:]}"


_SHORTCODE: Final = re.compile(r"\{\{[<%][^\n{}]{1,300}[>%]\}\}[ \t]*+\Z")
"""A tag of a site generator that fills a line and parts what stands before and after."""


def _add_title(built: MapBuilder, text: str, begin: int, first: int, title: re.Match[str], state: _State) -> None:
    """Append the title of an admonition as a paragraph of its own, as far in as its mark is."""
    at, end = (first + offset for offset in title.span(title.lastgroup or 0))
    built.add("\n", begin, begin + 1)
    built.add(text[begin:first], begin)
    built.add(text[at:end], at)
    built.add("\n", end, end + 1)
    state.titles.add(at)


def _skip_indents(text: str, start: int, first: int, stop: int, state: _State) -> int:
    """Return where a line begins, less the indentation of its admonitions."""
    if not state.indents or first == stop:
        return start
    width = first - start if not text[start:first].strip(" ") else 0
    while state.indents and width < state.indents[-1]:
        state.indents.pop()
    return start + _INDENT * len(state.indents)  # what a list indents stays


def _is_left_out(text: str, start: int, first: int, stop: int, state: _State) -> bool:
    """Tell whether a line, which begins at *start* and without white space at *first*, is no Markdown."""
    if stop <= state.skipped_to:
        return True
    line = text[first:stop]
    if state.fence:
        if line.startswith(state.fence) and not line.strip(state.fence[0] + " \t"):
            state.fence = ""
        return False
    if state.mdx and _is_mdx(text, start, first, stop, state):
        return True
    if _is_box(line, state):
        return True
    if fence := _FENCE.match(line):
        state.fence = fence[1]
        return False
    if line.startswith("$$"):
        return _is_formula(text, first, stop, state)
    if line.startswith("{") and (tag := _CODE_TAG.match(text, first, stop)):
        return _begins_code(text, tag, state)
    if _BANGS.match(line):
        state.indents.append(first - start + _INDENT)
        return True
    return _COLONS.match(line) is not None or _SHORTCODE.match(line) is not None


def _is_mdx(text: str, start: int, first: int, stop: int, state: _State) -> bool:
    """Tell whether a line is part of a module statement, or begins an expression that fills several lines."""
    if state.module or (start == first and state.blank and _MODULE.match(text, first, stop)):
        state.module = first < stop
        opened = (state.braces.get(at, 0) for at in range(first, stop) if text[at] == "{")
        state.skipped_to = max(opened, default=0)  # a blank line in a function does not end it
        return True
    end = state.braces.get(first, 0) if state.blank else 0
    remark = text.startswith("{/*", first)
    if end <= stop or remark or not _LINE_END.match(text, end):
        return False
    state.skipped_to = end
    return True


def _is_box(line: str, state: _State) -> bool:
    """Tell whether a line begins or ends a box of MyST, or is one of its options."""
    if box := _BOX.match(line):
        state.boxes.append(box[1])
        state.options = True
        return True
    if state.boxes and line.startswith(state.boxes[-1]) and not line.strip(line[0] + " \t"):
        state.boxes.pop()
        return True
    state.options = state.options and _OPTION.match(line) is not None
    return state.options


def _is_formula(text: str, first: int, stop: int, state: _State) -> bool:
    """Tell whether a line that begins with ``$$`` is a formula, alone or with lines that follow."""
    if "$$" in text[first + 2 : stop]:
        return text[first:stop].rstrip().endswith("$$")
    return _skip_to("$$", _FORMULA_END, text, stop, state)


def _begins_code(text: str, tag: re.Match[str], state: _State) -> bool:
    """Tell whether a line that begins with a tag begins code, which ends with the line of its end tag."""
    name = tag["tag"] or tag["shortcode"]
    closing = rf"\{{%-?[ \t]*end{name}[ \t]*-?%\}}" if tag["tag"] else rf"\{{\{{[<%][ \t]*/[ \t]*{name}[ \t]*[>%]\}}\}}"
    return _skip_to(f"{tag['liquid']}{name}", re.compile(rf"{closing}[ \t]*(?P<more>[^\r\n]*)"), text, tag.end(), state)


def _skip_to(mark: str, closing: re.Pattern[str], text: str, at: int, state: _State) -> bool:
    """Leave out all up to what closes *mark*, which opens before *at*; tell whether anything does and ends a line."""
    match = None if mark in state.unclosed else closing.search(text, at)
    if match is None:
        state.unclosed.add(mark)
        return False
    if "more" in closing.groupindex and match["more"]:
        return False
    state.skipped_to = match.end()
    return True
