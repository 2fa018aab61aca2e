"""HTML to blocks of prose: what a reader sees as a paragraph, heading, list item, cell, title or tool tip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from stilted.core.document import Span
from stilted.core.errors import UserError
from stilted.core.language_tags import ENGLISH, read_primary_tag
from stilted.core.offsets import Lines, MapBuilder
from stilted.formats.front_matter import Piece
from stilted.formats.html.text import Flow
from stilted.formats.html.tokens import COMMENT, END, START, TEXT, UNCLOSED, Token, tokenize
from stilted.formats.placeholders import VOID
from stilted.formats.remarks import Remark, read_remark
from stilted.formats.units import Text, require_room

MAX_DEPTH: Final = 300
"""Elements that may be open at once; browsers stop at 512, and an end tag may have to look at all of them."""

BLOCK: Final = frozenset(
    "address article aside base blockquote body button caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html label legend "
    "li link main menu meta nav noframes noscript ol optgroup option p pre section script style summary table tbody "
    "td template textarea tfoot th thead title tr ul xmp".split()
)
"""Elements that begin and end a line of thought."""
_UNSEEN: Final = frozenset("noframes noscript pre script style template textarea xmp".split())
"""Blocks that are no prose."""
OBJECTS: Final = frozenset(
    "audio canvas code embed iframe img input kbd map math meter noembed object picture progress samp svg tt var "
    "video".split()
)
"""Elements that are one opaque character in a line of text."""
_CODE: Final = frozenset("code kbd samp tt var".split())
"""Objects that end with their block at the latest, as their end tag is easily forgotten."""
_CODE_CLASSES: Final = frozenset("cmd command envar filename mono monospace package pkg varname".split())
"""Classes of a `span` that holds a name of a program, a file or a variable: DocBook's, and what sites call theirs."""
_GROUPS: Final = frozenset({"li", "tr", "dd", "dt"})
_PROSE: Final = frozenset({"alt", "title", "aria-label", "placeholder"})
_META: Final = frozenset({"description", "og:title", "og:description", "twitter:title", "twitter:description"})
_ENDS: Final = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"td", "th", "tr"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "option": frozenset({"option"}),
}
"""Open elements that a start tag ends (WHATWG HTML 13.1.2.4: optional tags)."""


@dataclass(frozen=True, slots=True)
class Open:
    """An element that is open: its name, where it starts, and why its content is not read ("": it is)."""

    name: str
    start: int
    hidden: str = ""


@dataclass(slots=True)
class Reading:
    """What has been read: units with their stretch, the blocks and groups that remarks cover, and the remarks.

    With ``expressions``, what stands in braces is no text, as in JSX.
    """

    text: str
    name: str
    lines: Lines
    units: list[tuple[Text, Span]] = field(default_factory=list)
    blocks: list[Span] = field(default_factory=list)
    groups: list[Span] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    language: str | None = None
    notes: list[str] = field(default_factory=list)
    expressions: bool = False
    _open: list[Open] = field(default_factory=list)
    _names: Counter[str] = field(default_factory=Counter)
    _hidden: int | None = None
    _flow: Flow = field(default_factory=Flow)
    _from: int | None = None
    _attributes: list[tuple[Text, Span]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._flow = Flow(expressions=self.expressions)

    def read(self, start: int, end: int, *, is_complete: bool = True) -> None:
        """Read ``text[start:end]``; where it *is_complete*, what never ends is an error.

        Raises:
            UserError: a comment, tag or element without end, more than `MAX_DEPTH` open elements, a malformed remark.
        """
        for token in tokenize(self.text, start, end):
            if token.kind == TEXT:
                if self._hidden is None:
                    self._add_words(token.start, token.end)
            elif token.kind == START:
                self._start(token)
            elif token.kind == END:
                self._end(token)
            elif token.kind == COMMENT:
                self._read_comment(token)
            elif token.kind == UNCLOSED and (is_complete or token.name == "a comment"):
                self._leave_unclosed(token, is_complete=is_complete)
        if self._hidden is not None and is_complete and self._open[self._hidden].hidden != "code":
            unclosed = self._open[self._hidden]
            raise self._report_unclosed(f"<{unclosed.name}>", unclosed.start)
        self._pop(0, end)
        self._flush(end)

    def value(self, pieces: Sequence[Piece]) -> None:
        """Take up a value of the front matter."""
        built = MapBuilder()
        for piece in pieces:
            built.add(*piece)
        span = Span(pieces[0][1], pieces[-1][2])
        self.units.append((Text.of(built), span))
        self.blocks.append(span)

    def comments(self, start: int, end: int) -> None:
        """Take up the remarks in ``text[start:end]`` and nothing else; raises like `read`."""
        for token in tokenize(self.text, start, end):
            if token.kind == COMMENT:
                self._read_comment(token)
            elif token.kind == UNCLOSED and token.name == "a comment":
                self._leave_unclosed(token, is_complete=False)

    def attributes(self, start: int, end: int) -> list[tuple[Text, Span]]:
        """Return the attributes that people read of the tag ``text[start:end]``."""
        for token in tokenize(self.text, start, end):
            if token.kind == START:
                self._read_attributes(token)
        attributes, self._attributes = self._attributes, []
        return attributes

    def where(self, offset: int) -> str:
        """Return ``file:line`` of an offset."""
        return f"{self.name}:{self.lines.locate(offset)[0]}"

    def _leave_unclosed(self, token: Token, *, is_complete: bool) -> None:
        """Note a comment of Markdown without end: it hides the rest of the file from readers too.

        Raises:
            UserError: the file is HTML, or the comment might be a remark, which must not get lost.
        """
        if is_complete or "stilted-" in self.text[token.start :]:
            raise self._report_unclosed(token.name, token.start)
        line = self.lines.locate(token.start)[0]
        self.notes.append(f"The comment that begins on line {line} never ends, and nothing behind it is read.")

    def _report_unclosed(self, what: str, at: int) -> UserError:
        return UserError(f"{what} that begins here never ends", self.where(at), "Close it; nothing behind it is read.")

    def _add_words(self, start: int, end: int) -> None:
        if self._from is None:
            self._from = start
        self._flow.markup(self.text, start, end)

    def _read_comment(self, token: Token) -> None:
        if token.name == "--":
            comment = read_remark(self.text[token.start + 4 : token.end - 3], token.start, self.where(token.start))
            if comment is not None:
                self.remarks.append(comment)

    def _start(self, token: Token) -> None:
        if token.name in BLOCK:
            self._end_block(token.name, token.start)
        if self._hidden is not None:
            self._push(token, "")
            return
        why = self._explain_hiding(token)
        if why != "kept":
            self._read_attributes(token)
        if token.name in VOID:
            self._add_void(token)
        elif token.name in OBJECTS and self.text[token.end - 2] == "/":
            self._add_opaque(token.start, token.end)
        else:
            self._push(token, why)

    def _add_void(self, token: Token) -> None:
        if token.name == "br":
            self._flow.space(token.start, token.end)
        elif token.name in OBJECTS:
            self._add_opaque(token.start, token.end)

    def _add_opaque(self, start: int, end: int) -> None:
        if self._from is None:
            self._from = start
        self._flow.opaque(self.text[start:end], start)

    def _push(self, token: Token, why: str) -> None:
        if token.name in VOID or (token.name not in BLOCK and self.text[token.end - 2] == "/"):
            return
        if len(self._open) == MAX_DEPTH:
            what = f"more than {MAX_DEPTH} elements are open here"
            raise UserError(what, self.where(token.start), "Close them.")
        if why and self._hidden is None:
            self._hidden = len(self._open)
        self._open.append(Open(token.name, token.start, why))
        self._names[token.name] += 1

    def _explain_hiding(self, token: Token) -> str:
        """Return why the content of an element is no English prose to check, or nothing."""
        if token.name in _CODE:
            return "code"
        if token.name in OBJECTS or token.name in _UNSEEN:
            return "object"
        for attribute in token.attributes:
            value = self.text[attribute.start : attribute.end].strip().lower()
            if attribute.name == "translate" and value == "no":
                return "kept"
            if attribute.name == "class" and "notranslate" in value.split():
                return "kept"
            if attribute.name == "class" and token.name == "span" and _CODE_CLASSES & set(value.split()):
                return "code"
            if attribute.name in ("lang", "xml:lang") and value:
                if token.name == "html":
                    self.language = self.text[attribute.start : attribute.end].strip()
                elif value[0].isalpha() and read_primary_tag(value) not in ENGLISH:  # else a template fills it in
                    return "kept"
        return ""

    def _read_attributes(self, token: Token) -> None:
        """Keep the attributes that people read."""
        names = _PROSE
        if token.name == "meta":
            kinds = {
                self.text[a.start : a.end].strip().lower() for a in token.attributes if a.name in ("name", "property")
            }
            names = frozenset({"content"}) if kinds & _META else frozenset()
        for attribute in token.attributes:
            if attribute.name in names:
                flow = Flow()
                flow.markup(self.text, attribute.start, attribute.end, attribute=True)
                if len(flow):
                    self._attributes.append((flow.text(), Span(token.start, token.end)))

    def _end(self, token: Token) -> None:
        if token.name in BLOCK:
            self._end_block("", token.start)
        if not self._names[token.name]:
            return
        for depth in range(len(self._open) - 1, -1, -1):
            each = self._open[depth]
            if each.name == token.name:
                self._pop(depth, token.end)
                return
            if each.name in BLOCK and token.name not in BLOCK:
                return

    def _end_block(self, name: str, at: int) -> None:
        """End the block that is being read, and what a start tag *name* ends."""
        if self._hidden is not None and self._open[self._hidden].hidden == "code":
            self._pop(self._hidden, at)
        ended = _ENDS.get(name, frozenset())
        while self._open and (self._open[-1].name in ended or (name and self._open[-1].name == "p")):
            self._pop(len(self._open) - 1, at)
        if self._hidden is None:
            self._flush(at)

    def _pop(self, depth: int, end: int) -> None:
        """Close the elements from *depth* on; an inline one that was not read is one object."""
        if self._hidden is not None and self._hidden >= depth:
            hidden = self._open[self._hidden]
            self._hidden = None
            if hidden.name not in BLOCK:
                self._add_opaque(hidden.start, end)
        for each in self._open[depth:]:
            self._names[each.name] -= 1
            if each.name in _GROUPS:
                self.groups.append(Span(each.start, end))
        del self._open[depth:]

    def _flush(self, at: int) -> None:
        """End a block at *at*."""
        spans = [span for _, span in self._attributes]
        begun = [span.start for span in spans]
        if len(self._flow) and self._from is not None:
            text = self._flow.text()
            spans = [Span(min([self._from, *begun]), at)]
            self.units.append((text, spans[0]))
            require_room(self.units, self.name)
        self.blocks += [span for span in spans if not self.blocks or span.start >= self.blocks[-1].end]
        self.units += self._attributes
        self._attributes = []
        self._flow = Flow(expressions=self.expressions)
        self._from = None
