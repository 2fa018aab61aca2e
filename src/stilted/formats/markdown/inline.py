"""The inside of a Markdown block to text: markdown-it's inline rules, with the place of every token.

markdown-it-py (MIT, and already here for rich) is linear where marko 2.2.4, which has places of its own, is not:
marko needs seconds for 100 kB of ``<!--``, of ``[`` and ``]`` or of spaces, and time exponential in nested quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

OPAQUE: Final = "opaque"
DROPPED: Final = "dropped"

_FOOTNOTE: Final = re.compile(r"\[\^[^\[\]\s]{1,100}\]")
_FORMULA: Final = re.compile(r"\$\$[^$]{1,2000}\$\$|\$(?=[^\s\d$])[^$\n]{1,200}(?<!\s)\$(?!\w)")
_TEMPLATE: Final = re.compile(r"\{\{(?:(?!\{\{)[^\n]){0,300}?\}\}|\{%(?:(?!\{%)[^\n]){0,300}?%\}")
_ATTRIBUTE: Final = r"(?:[#.][\w:-]{1,100}|[\w:-]{1,40}=(?:\"[^\"{}\n]{0,200}\"|'[^'{}\n]{0,200}'|[^\s\"'{}]{1,100}))"
_ATTRIBUTES: Final = re.compile(rf"\{{[#:.][^{{}}\n]{{0,200}}\}}|\{{ ?{_ATTRIBUTE}(?: {_ATTRIBUTE}){{0,10}} ?\}}")
_BRACE: Final = re.compile(r"[{}]")


def pair_braces(text: str) -> dict[int, int]:
    """Return where the braces that open in a text end, by where they open; those that stay open are not in it."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            ends[opened.pop()] = brace.end()
    return ends


class Placed(StateInline):
    """The state of the inline rules, which notes in ``token.meta`` where each token begins and ends in ``src``."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self._begun: int | None = None
        self._braces: dict[int, int] | None = None

    def brace_end(self, at: int) -> int:
        """Return the end of the braces that open at *at*, 0 if they stay open; all are paired at the first call."""
        if self._braces is None:
            self._braces = pair_braces(self.src)
        return self._braces.get(at, 0)

    def append_pending(self, text: str) -> None:
        """Note where literal text begins; it goes on without gaps until it is pushed."""
        if self._begun is None:
            self._begun = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802 - overrides the library's method
        """Place the literal text."""
        token = super().pushPending()
        start = self._begun or 0
        token.meta = {"at": start, "end": start + len(token.content)}
        self._begun = None
        return token

    def push(self, ttype: str, tag: str, nesting: Any) -> Token:
        """Note where a token begins; `PlacedParser` knows its end."""
        token = super().push(ttype, tag, nesting)
        self._begun = None
        at = self.pos
        if ttype in ("softbreak", "hardbreak"):
            while at and self.src[at - 1] == " ":
                at -= 1
        token.meta = {"at": at}
        return token


class PlacedParser(ParserInline):
    """The inline parser, with `Placed` for its state."""

    def tokenize(self, state: StateInline) -> None:
        """Run the rules from ``state.pos`` to ``state.posMax``, and place what they push."""
        rules = self.ruler.getRules("")
        end = state.posMax
        while state.pos < end:
            at, count = state.pos, len(state.tokens)
            if state.level >= state.md.options["maxNesting"] or not any(rule(state, False) for rule in rules):
                state.append_pending(state.src[state.pos])
                state.pos += 1
            _place(state.tokens[count:], at, state.pos)
        if state.pending:
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token], start: int = 0) -> list[Token]:
        """Return the tokens of ``src[start:]``, placed in *src*."""
        state = Placed(src, md, env, tokens)
        state.pos = start
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _place(tokens: Sequence[Token], at: int, end: int) -> None:
    """Give the tokens of one step their ends; a run of delimiters is several tokens of literal text."""
    for token in tokens:
        if "end" in token.meta:
            continue
        if token.type == "text":
            token.meta = {"at": at, "end": at + len(token.content)}
            at = token.meta["end"]
        else:
            token.meta["end"] = end


def make_rule(*, mdx: bool) -> Callable[[StateInline, bool], bool]:
    """Return an inline rule for what is no prose: formulas, footnote marks, templates, attributes, MDX expressions."""

    def apply_rule(state: StateInline, silent: bool) -> bool:
        start = state.pos
        kind, end = _find(state, mdx)
        if not start < end <= state.posMax:
            return False
        if not silent:
            state.push(kind, "", 0)
        state.pos = end
        return True

    return apply_rule


def _find(state: StateInline, mdx: bool) -> tuple[str, int]:
    """Return what stands at ``state.pos``, and its end, 0 where nothing does."""
    src, at = state.src, state.pos
    first = src[at]
    if first == "$":
        return OPAQUE, _find_end(_FORMULA, src, at)
    if first == "[":
        return OPAQUE, _find_end(_FOOTNOTE, src, at)
    if first == "{":
        if dropped := _find_end(_ATTRIBUTES, src, at):
            return DROPPED, dropped
        return OPAQUE, _find_end(_TEMPLATE, src, at) or (
            state.brace_end(at) if mdx and isinstance(state, Placed) else 0
        )
    if first == "<" and mdx and isinstance(state, Placed):
        return DROPPED, _find_component_end(state)
    return DROPPED, 0


def _find_end(pattern: re.Pattern[str], src: str, at: int) -> int:
    match = pattern.match(src, at)
    return match.end() if match else 0


def _find_component_end(state: Placed) -> int:
    """Return the end of a JSX tag with an expression in it, which HTML does not know; 0 if there is none."""
    src, at = state.src, state.pos
    for fragment in ("<>", "</>"):
        if src.startswith(fragment, at):
            return at + len(fragment)
    here, seen = at + 1, False
    if not src[here : here + 1].isalpha():
        return 0
    while here < state.posMax and src[here] not in "<>":
        if src[here] == "{":
            here, seen = state.brace_end(here), True
        elif src[here] in "\"'":
            here = src.find(src[here], here + 1) + 1
        else:
            here += 1
        if not here:
            return 0
    return here + 1 if seen and src[here : here + 1] == ">" else 0
