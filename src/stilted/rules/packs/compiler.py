"""Parse tree -> a small program, run by `vm` in time linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from stilted.core.morphology import list_forms
from stilted.core.tokens import normalise, tokenize
from stilted.rules.packs.parser import KINDS, Node, NodeKind, Parser

_GROUP: Final = re.compile(r"\([^()\[\]]*\)|\[[^()\[\]]*\]")
_BRACKET: Final = re.compile(r"[()\[\]]")
_PIECE: Final = re.compile(r"\{[^{}]*\}|\*(?:\d-\d)?|[^\s(){}\[\]|<>#^*]+")
MAX_STEPS: Final = 400
"""Bounds the program, and with it the work per token."""


class Op(StrEnum):
    """What a step does."""

    WORD = "word"
    """Take one of its words."""
    ANY = "any"
    """Take any word."""
    NUMBER = "number"
    KIND = "kind"
    """Take a word that can be what its bits say and, unless it has no words, has one of these tags in its sentence."""
    START = "start"
    """Go on where a sentence begins."""
    SPLIT = "split"
    """Go on at its first step, else at its second."""
    SAVE = "save"
    """Note the place under its slot."""
    MATCH = "match"


_OPS: Final = {
    NodeKind.WORDS: Op.WORD,
    NodeKind.ANY: Op.ANY,
    NodeKind.NUMBER: Op.NUMBER,
    NodeKind.KIND: Op.KIND,
    NodeKind.START: Op.START,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction; its operation says which of the other fields it has."""

    op: Op
    words: frozenset[str] = frozenset()
    first: int = 0
    second: int = 0
    slot: int = 0
    bits: int = 0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words one of which every match holds, *low* to *high* tokens after the start of the match."""

    words: frozenset[str]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled pattern. Slots 0 and 1 are the marked span, then two for each group and lemma."""

    steps: tuple[Step, ...]
    slots: int
    groups: tuple[int, ...]
    lemmas: tuple[tuple[str, str, int], ...]
    """``(lemma, part, slot)`` of every inflected word, in order of appearance."""
    anchor: Anchor
    longest: int
    first: frozenset[str] | None
    """Words one of which every match begins with; None where it may begin with any."""
    needed: tuple[frozenset[str], ...] = ()
    """Sets of words beside the anchor, of each of which every match holds one: most texts lack some."""
    reads_tags: bool = False
    """Whether it asks what some word is in its sentence."""

    def cannot_match(self, present: Set[str]) -> bool:
        """Tell whether a text of the words *present* holds no match, without looking for one."""
        if self.first is not None and self.first.isdisjoint(present):
            return True
        return any(words.isdisjoint(present) for words in self.needed)


def _find_first_words(steps: Sequence[Step]) -> frozenset[str] | None:
    words: set[str] = set()
    seen: set[int] = set()
    stack = [0]
    while stack:
        index = stack.pop()
        if index in seen:
            continue
        seen.add(index)
        step = steps[index]
        if step.op is Op.SPLIT:
            stack += [step.first, step.second]
        elif step.op in (Op.SAVE, Op.START):
            stack.append(index + 1)
        elif step.op is Op.WORD:
            words |= step.words
        else:
            return None
    return frozenset(words)


def _emit(node: Node, steps: list[Step]) -> None:
    if node.kind is NodeKind.SEQUENCE:
        for item in node.items:
            _emit(item, steps)
    elif node.kind is NodeKind.CHOICE:
        _emit_choice(node.items, steps)
    elif node.kind is NodeKind.SAVE:
        steps.append(Step(Op.SAVE, slot=node.slot))
    else:
        steps.append(Step(_OPS[node.kind], node.words, bits=node.bits))


def _emit_choice(branches: tuple[Node, ...], steps: list[Step]) -> None:
    jumps: list[int] = []
    for branch in branches[:-1]:
        fork = len(steps)
        steps.append(Step(Op.SPLIT))
        _emit(branch, steps)
        jumps.append(len(steps))
        steps.append(Step(Op.SPLIT))
        steps[fork] = Step(Op.SPLIT, first=fork + 1, second=len(steps))
    _emit(branches[-1], steps)
    for jump in jumps:
        steps[jump] = Step(Op.SPLIT, first=len(steps), second=len(steps))


_COMMON: Final = frozenset(
    """a an the and or but of to in on at for with by from as is are was were be been being am it its this that these
    those he she they we you i his her their our your my not no do does did done have has had having will would can
    could should may all more than so if when which who what there up out into about also 's , . : ; ( )""".split()
)


def _find_anchor_words(node: Node) -> frozenset[str] | None:
    """Return words one of which every match of *node* must hold, or None."""
    if node.kind is NodeKind.WORDS:
        return node.words
    if node.kind is NodeKind.CHOICE:
        parts = [_find_anchor_words(item) for item in node.items]
        return frozenset().union(*(p for p in parts if p)) if all(parts) else None
    if node.kind is NodeKind.SEQUENCE:
        known = [words for item in node.items if (words := _find_anchor_words(item))]
        return min(known, key=_compute_cost, default=None)
    return None


def _compute_cost(words: frozenset[str]) -> tuple[int, int, str]:
    return sum(word.lower() in _COMMON for word in words), len(words), min(words)


def _flatten(node: Node) -> Iterator[Node]:
    if node.kind is NodeKind.SEQUENCE:
        for item in node.items:
            yield from _flatten(item)
    else:
        yield node


class _Piece(NamedTuple):
    """A piece of a pattern that every match takes: the fewest and most tokens it can be, and words one of which it
    holds, if it must hold any.
    """

    shortest: int
    longest: int
    words: frozenset[str] | None


def _list_pieces(tree: Node) -> list[_Piece]:
    return [
        _Piece(*node.widths(), _find_anchor_words(node)) for node in _flatten(tree) if node.kind is not NodeKind.SAVE
    ]


def _find_anchor(pieces: Iterable[_Piece]) -> Anchor | None:
    """Return the rarest words that one of the pieces must hold; of equally rare ones the first."""
    best: tuple[tuple[int, int, str], Anchor] | None = None
    low = high = 0
    for piece in pieces:
        if piece.words:
            cost = _compute_cost(piece.words)
            if best is None or cost < best[0]:
                best = cost, Anchor(piece.words, low, high + piece.longest - 1)
        low, high = low + piece.shortest, high + piece.longest
    return best[1] if best else None


def list_words_to_find(pattern: str, where: str) -> list[frozenset[str]]:
    """Return sets of words, case folded, of each of which every match of *pattern* holds one; the rarest set first.

    They are a word outside of brackets, or the words of a bracket's branches. The pattern is not compiled if possible:
    compiling all packs takes ten times as long as this, and a text needs few of their patterns.
    """
    outside = _GROUP.sub(" ", pattern)
    if not _BRACKET.search(outside):
        alternatives = [words for piece in _PIECE.findall(outside) for words in _find_required(piece)]
        alternatives += [words for group in _GROUP.findall(pattern) if (words := _find_branch_words(group))]
        if alternatives:
            return sorted(alternatives, key=_compute_cost)
    return [frozenset(word.casefold() for word in get_program(pattern, where).anchor.words)]


def _find_branch_words(group: str) -> frozenset[str]:
    """Return a word of each branch of ``(a b|c)``, or nothing: ``[a b|c]`` needs none."""
    if group.startswith("["):
        return frozenset()
    branches = [[w for p in _PIECE.findall(branch) for w in _find_required(p)] for branch in group[1:-1].split("|")]
    return frozenset().union(*(min(b, key=_compute_cost) for b in branches)) if all(branches) else frozenset()


@cache
def _find_required(piece: str) -> tuple[frozenset[str], ...]:
    if piece.startswith("*") or piece.strip("{!}") in KINDS:
        return ()
    if not piece.startswith("{"):
        return tuple(frozenset({token.norm}) for token in tokenize(piece))
    phrase, _, part = piece.strip("{}").partition(":")
    norms = [token.norm for token in tokenize(phrase)]
    if not norms:
        return ()
    inflected = frozenset(normalise(form) for each in list_forms(norms[-1], part).values() for form in each)
    return (*(frozenset({word}) for word in norms[:-1]), inflected)


@cache
def get_program(pattern: str, where: str, *, exact: bool = False) -> Program:
    """Return the program of *pattern*, compiled at its first use."""
    return compile_pattern(pattern, where, exact=exact)


def compile_pattern(pattern: str, where: str, *, exact: bool = False) -> Program:
    """Compile *pattern*.

    Raises:
        UserError: the pattern cannot be read, is too large, matches nothing, or holds no word to look for.
    """
    parser = Parser(pattern, where, exact=exact)
    tree = parser.parse()
    pieces = _list_pieces(tree)
    anchor = _find_anchor(pieces)
    if anchor is None:
        raise parser.fail("no word that every match must hold", "Patterns need one word outside [ ] and gaps.")
    steps: list[Step] = []
    _emit(tree, steps)
    steps.append(Step(Op.MATCH))
    if len(steps) > MAX_STEPS:
        raise parser.fail(f"compiles to {len(steps)} steps, more than {MAX_STEPS}", "Write several rules.")
    first = _find_first_words(steps)
    needed = dict.fromkeys(p.words for p in pieces if p.words and p.words not in (anchor.words, first))
    return Program(
        tuple(steps),
        parser.slots,
        tuple(parser.groups),
        tuple(parser.lemmas),
        anchor,
        sum(piece.longest for piece in pieces),
        first,
        tuple(sorted(needed, key=lambda words: (len(words), min(words)))),
        any(step.op is Op.KIND and step.words for step in steps),
    )
