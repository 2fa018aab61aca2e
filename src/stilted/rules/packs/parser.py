"""The pattern language of phrase rules: text -> parse tree.

::

    word            that word, in any case unless the rule says case = "exact"
    {go}            any form of a word: go, goes, went, gone, going; {line:n} noun, {go:v} verb, {big:a} adjective
    {production line}   the last word of a phrase is inflected
    (a|b c|{d})     one of several; [a|b] the same, or nothing
    *               any one word; *1-3 between one and three words
    #               a number
    {verb:inf}      any word that can be a bare verb; {noun:plural!} one that is a plural noun here (see `KINDS`)
    ^               the start of a sentence
    , . ; : ( …     punctuation stands for itself
    we <mix it>     only what stands between < and > is marked; without them, all of it

There is no unbounded repetition, so every pattern has a longest match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Final

from stilted.core.errors import UserError
from stilted.core.morphology import list_forms
from stilted.core.tokens import normalise, tokenize
from stilted.text.parts_of_speech import (
    ADJECTIVE,
    ADVERB,
    ING,
    NOUN,
    PARTICIPLE,
    PAST,
    PLURAL,
    VERB,
    VERB_S,
)

MAX_GAP: Final = 6
MAX_DEPTH: Final = 4

_LANGUAGE: Final = f"The pattern language is explained in {Path(__file__).with_name('README.md')}."

_LEX: Final = re.compile(
    r"(?P<lemma>\{[^{}]*\})|(?P<gap>\*(?:(?P<low>\d)-(?P<high>\d)|(?!\d)))|(?P<op>[()\[\]|<>#^])|(?P<space>\s+)"
    r"|(?P<text>[^\s(){}\[\]|<>#^*]+)"
)


KINDS: Final = {
    "verb:inf": (VERB, "VB VBP"),
    "verb:s": (VERB_S, "VBZ"),
    "verb:past": (PAST, "VBD"),
    "verb:participle": (PARTICIPLE, "VBN"),
    "verb:ing": (ING, "VBG"),
    "noun:singular": (NOUN, "NN"),
    "noun:plural": (PLURAL, "NNS"),
    "noun:any": (NOUN | PLURAL, "NN NNS"),
    "adjective:any": (ADJECTIVE, "JJ JJR JJS"),
    "adverb:any": (ADVERB, "RB RBR RBS"),
}
"""Kinds of word: what a word can be, as bits, and the tags of the Penn Treebank that say that it is one."""

_OPERATORS: Final = frozenset("()[]|<>#^*")


class NodeKind(StrEnum):
    """What a piece of the tree takes."""

    WORDS = "words"
    """One of its words."""
    ANY = "any"
    """Any word."""
    NUMBER = "number"
    KIND = "kind"
    """A word that can be what its bits say and has one of the tags that are its words, if it has any."""
    START = "start"
    """Nothing, where a sentence begins."""
    SEQUENCE = "sequence"
    """Its items, one after the other."""
    CHOICE = "choice"
    """One of its items."""
    SAVE = "save"
    """Nothing; the place is kept under its slot."""


_ONE_TOKEN: Final = (NodeKind.WORDS, NodeKind.ANY, NodeKind.NUMBER, NodeKind.KIND)
_NO_TOKEN: Final = (NodeKind.START, NodeKind.SAVE)


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of the tree; its kind says which of the other fields it has."""

    kind: NodeKind
    words: frozenset[str] = frozenset()
    items: tuple[Node, ...] = ()
    slot: int = 0
    bits: int = 0

    def widths(self) -> tuple[int, int]:
        """Return the fewest and most tokens this piece can take."""
        if self.kind in _ONE_TOKEN:
            return 1, 1
        if self.kind in _NO_TOKEN:
            return 0, 0
        spans = [item.widths() for item in self.items]
        if self.kind is NodeKind.CHOICE:
            return min(s[0] for s in spans), max(s[1] for s in spans)
        return sum(s[0] for s in spans), sum(s[1] for s in spans)


def _keep(slot: int, *nodes: Node) -> list[Node]:
    """Return *nodes* with their place kept under *slot* and the one after it."""
    return [Node(NodeKind.SAVE, slot=slot), *nodes, Node(NodeKind.SAVE, slot=slot + 1)]


def _join_single_words(branches: Sequence[Node]) -> list[Node]:
    """Return the branches of a choice, those that follow each other and are one word each as one: ``(a|b|c d)``.

    What matches stays the same, and most choices become a single step.
    """
    joined: list[Node] = []
    for is_single, group in groupby(branches, key=_is_single_word):
        if is_single:
            words = frozenset().union(*(branch.items[0].words for branch in group))
            joined.append(Node(NodeKind.SEQUENCE, items=(Node(NodeKind.WORDS, words),)))
        else:
            joined += group
    return joined


def _is_single_word(branch: Node) -> bool:
    return len(branch.items) == 1 and branch.items[0].kind is NodeKind.WORDS


class Parser:
    """Recursive descent over the lexemes of one pattern; lives for one call of `compiler.compile_pattern`."""

    def __init__(self, pattern: str, where: str, *, exact: bool) -> None:
        self.pattern = pattern
        self.where = where
        self.exact = exact
        self.slots = 2
        self.groups: list[int] = []
        self.lemmas: list[tuple[str, str, int]] = []
        self.marked = False
        self.lexemes = list(self._lex())
        self.at = 0

    def fail(self, what: str, hint: str = _LANGUAGE) -> UserError:
        """Return the error, with the pattern and its place."""
        return UserError(f"pattern '{self.pattern}': {what}", self.where, hint)

    def _lex(self) -> Iterator[re.Match[str]]:
        end = 0
        for lexeme in _LEX.finditer(self.pattern):
            if lexeme.start() != end:
                break
            end = lexeme.end()
            if lexeme.lastgroup != "space":
                yield lexeme
        if end != len(self.pattern):
            raise self.fail(f"cannot read '{self.pattern[end : end + 10]}'")

    def slot(self) -> int:
        """Reserve two slots and return the first."""
        self.slots += 2
        return self.slots - 2

    def parse(self) -> Node:
        """Parse the whole pattern; without marks, all of it is marked."""
        tree = self.sequence(0)
        if self.at < len(self.lexemes):
            raise self.fail(f"'{self.lexemes[self.at].group()}' closes nothing")
        if not self.marked:
            tree = Node(NodeKind.SEQUENCE, items=tuple(_keep(0, tree)))
        return tree

    def sequence(self, depth: int) -> Node:
        """Parse items up to the end of a branch."""
        items: list[Node] = []
        opened = False
        while self.at < len(self.lexemes):
            lexeme = self.lexemes[self.at]
            text = lexeme.group()
            if text in ("|", ")", "]"):
                break
            self.at += 1
            if text in ("(", "["):
                items += self.choice(text, depth)
            elif text in ("<", ">"):
                if depth or opened is (text == "<") or (text == "<" and self.marked):
                    raise self.fail("'<' and '>' mark one stretch, outside of any brackets")
                opened = text == "<"
                self.marked = True
                items.append(Node(NodeKind.SAVE, slot=0 if opened else 1))
            else:
                items += self.atom(lexeme)
        if opened:
            raise self.fail("'<' is never closed")
        return Node(NodeKind.SEQUENCE, items=tuple(items))

    def choice(self, bracket: str, depth: int) -> list[Node]:
        """Parse the branches of ( ) or [ ]."""
        if depth == MAX_DEPTH:
            raise self.fail(f"brackets nest deeper than {MAX_DEPTH}")
        slot = self.slot()
        self.groups.append(slot)
        closing = ")" if bracket == "(" else "]"
        branches = [self.sequence(depth + 1)]
        while self.at < len(self.lexemes) and self.lexemes[self.at].group() == "|":
            self.at += 1
            branches.append(self.sequence(depth + 1))
        if self.at == len(self.lexemes) or self.lexemes[self.at].group() != closing:
            raise self.fail(f"'{bracket}' is not closed by '{closing}'")
        self.at += 1
        if any(not branch.items for branch in branches):
            raise self.fail("an empty branch", "Write [a|b] for 'a, b or nothing'.")
        branches = _join_single_words(branches)
        if closing == "]":
            branches.append(Node(NodeKind.SEQUENCE))
        return _keep(slot, Node(NodeKind.CHOICE, items=tuple(branches)) if branches[1:] else branches[0])

    def atom(self, lexeme: re.Match[str]) -> list[Node]:
        """Parse one item that is no bracket."""
        text = lexeme.group()
        if lexeme["gap"]:
            return self.gap(lexeme)
        if lexeme["lemma"]:
            return self.lemma(text[1:-1])
        if text == "^":
            return [Node(NodeKind.START)]
        if text == "#":
            slot = self.slot()
            self.groups.append(slot)
            return _keep(slot, Node(NodeKind.NUMBER))
        return self.words(text)

    def words(self, text: str) -> list[Node]:
        """Turn written words into word nodes, as the text will be cut."""
        nodes = [
            Node(NodeKind.WORDS, frozenset({text[t.start : t.end].replace("’", "'") if self.exact else t.norm}))
            for t in tokenize(text)
        ]
        if not nodes:
            raise self.fail(f"'{text}' is no word", "Quotation marks and hyphens need not be written.")
        return nodes

    def gap(self, lexeme: re.Match[str]) -> list[Node]:
        """Turn * and *1-3 into nodes that take any words."""
        low, high = int(lexeme["low"] or 1), int(lexeme["high"] or 1)
        if not 0 <= low <= high <= MAX_GAP or high == 0:
            raise self.fail(f"'{lexeme.group()}' is no gap", f"Write *, or *1-{MAX_GAP} for some words.")
        slot = self.slot()
        self.groups.append(slot)
        optional = Node(NodeKind.SEQUENCE)
        for _ in range(high - low):
            more = Node(NodeKind.SEQUENCE, items=(Node(NodeKind.ANY), optional))
            optional = Node(NodeKind.CHOICE, items=(more, Node(NodeKind.SEQUENCE)))
        return _keep(slot, *[Node(NodeKind.ANY)] * low, optional)

    def lemma(self, body: str) -> list[Node]:
        """Turn {lemma} into a node that takes all its forms."""
        if body.rstrip("!") in KINDS:
            return self.any_of_kind(body)
        phrase, _, part = body.partition(":")
        if not phrase.strip() or part not in ("", "n", "v", "a") or _OPERATORS & set(phrase):
            raise self.fail(f"'{{{body}}}' is no lemma", "Write {go}, {line:n}, {go:v}, {big:a} or {verb:inf}.")
        *head, last = phrase.split()
        lead = [node for word in head for node in self.words(word)]
        *stems, final = [t.norm for t in tokenize(last)] or [""]
        lead += [Node(NodeKind.WORDS, frozenset({stem})) for stem in stems]
        slot = self.slot()
        self.lemmas.append((final, part, slot))
        inflected = frozenset(normalise(form) for each in list_forms(final, part).values() for form in each)
        if self.exact:
            inflected |= {form[:1].upper() + form[1:] for form in inflected}
        return [*lead, *_keep(slot, Node(NodeKind.WORDS, inflected))]

    def any_of_kind(self, body: str) -> list[Node]:
        """Turn {verb:inf} into a node that takes any word that can be one; with !, one that is one here."""
        bits, tags = KINDS[body.rstrip("!")]
        slot = self.slot()
        self.groups.append(slot)
        wanted = Node(NodeKind.KIND, frozenset(tags.split()) if body.endswith("!") else frozenset(), bits=bits)
        return _keep(slot, wanted)
