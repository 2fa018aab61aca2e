"""What kinds of word the tokens of an English text are: a small tagger, and a lexicon of what a form can be.

`tag_tokens` reads a text from left to right and gives each token of `stilted.core.tokens` the tag of the Penn Treebank
that an averaged perceptron prefers among those that the lexicon allows. `get_forms` says what a word can be at all,
without any context, which is what cheap checks ask first. Both are read from disk when they are first needed: texts in
which nothing looks suspicious never pay for them. NOTICE.md beside this file says where the figures come from.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from stilted.core import packed_lines
from stilted.core.bounded import remember
from stilted.core.foreign import OBJECT
from stilted.core.tokens import Token, TokenKind, tokenize

NOUN, PLURAL, VERB, VERB_S, PAST, PARTICIPLE, ING, ADJECTIVE, ADVERB = (1 << bit for bit in range(9))
"""What a form can be: the bits of `get_forms`. NOUN is a singular, VERB the bare form."""

_FOLDER: Final = Path(__file__).parent
OPEN: Final = ("JJ", "NN", "NNP", "NNS", "RB", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
START: Final = "<s>"
_SHORT: Final = 3
"""Words of up to so many letters stand for themselves in the features, however rare; of others the ending does."""
CODES: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class _Entry(NamedTuple):
    """What a form can be, its tags, and whether it stands for itself in the features; many forms share one."""

    forms: int
    tags: tuple[str, ...]
    is_frequent: bool


class _Lexicon(NamedTuple):
    forms: dict[str, int]
    tags: dict[str, tuple[str, ...]]
    frequent: frozenset[str]
    names: tuple[str, ...]


@cache
def _load_lexicon() -> _Lexicon:
    head, *lines = packed_lines.read_lines(_FOLDER / "lexicon.xz")
    names = tuple(head.split(" "))
    code = dict(zip(CODES, names, strict=False))
    entries: dict[str, _Entry] = {}
    forms: dict[str, int] = {}
    tags: dict[str, tuple[str, ...]] = {}
    frequent: list[str] = []
    for line in lines:
        word, _, rest = line.partition("\t")
        entry = entries.get(rest)
        if entry is None:
            bits, _, letters = rest.partition("\t")
            own = tuple(code[letter] for letter in letters.removesuffix("*"))
            entry = entries[rest] = _Entry(int(bits, 16), own, letters.endswith("*"))
        forms[word] = entry.forms
        if entry.tags:
            tags[word] = entry.tags
        if entry.is_frequent:
            frequent.append(word)
    return _Lexicon(forms, tags, frozenset(frequent), names)


class _Weights:
    """The weights of features, each read from its line when it is first asked for: a text needs few."""

    def __init__(self, lines: Iterable[str], names: Iterable[str]) -> None:
        self._code = dict(zip(CODES, names, strict=False))
        self.lines = dict(line.split("\t") for line in lines)
        self.read: dict[str, dict[str, int]] = {}

    def of(self, feature: str) -> dict[str, int]:
        """Return the tags that a feature among *lines* speaks for or against, each with its weight."""
        known = self.read.get(feature)
        if known is None:
            values = self.lines[feature].split(",")
            known = self.read[feature] = {self._code[value[0]]: int(value[1:]) for value in values}
        return known


@cache
def _load_weights() -> _Weights:
    return _Weights(packed_lines.read_lines(_FOLDER / "weights.xz"), _load_lexicon().names)


def get_forms(word: str) -> int:
    """Return the bits of what a word, in lower case, can be; 0 if it is not known or belongs to no open class."""
    return _load_lexicon().forms.get(word, 0)


def get_all_forms() -> dict[str, int]:
    """Return the table behind `get_forms`, for callers that look up very many words; not to be changed."""
    return _load_lexicon().forms


def describe_shape(word: str) -> str:
    """Return how a word is written: A in capitals, C with one, d a number, a in small letters, p anything else."""
    if word[:1].isupper():
        return "A" if len(word) > 1 and word.isupper() else "C"
    if word[:1].isdigit():
        return "d"
    return "a" if word.isalpha() else "p"


def _list_allowed(token: Token, form: str) -> tuple[str, ...]:
    if token.kind is TokenKind.GENITIVE:
        return ("POS",)
    if token.norm == OBJECT:
        return ("NNP",)
    if form == "d":
        return ("CD",)
    known = _load_lexicon().tags.get(token.norm)
    if known is None:
        known = (":",) if form == "p" else OPEN
    return (*known, "NNP") if form in "AC" and "NNP" not in known else known


def list_features(words: Sequence[str], shapes: Sequence[str], at: int, last: str, before: str) -> tuple[str, ...]:
    """Return the features of a token; *words* begin with two that stand for the start and end with two for the end."""
    earlier, left, word, right, later = words[at : at + 5]
    ending = right[-3:]
    return (
        f"w {word}", f"s {word[-3:]}", f"1 {last}", f"2 {last} {before}", f"3 {last} {word}", f"a {left}", f"b {right}",
        f"c {ending}", f"e {earlier}", f"f {later}", f"h {shapes[at]}{shapes[at - 1] if at else '^'}",
        f"i {last} {ending}", f"j {ending} {later[-2:]}",
    )  # fmt: skip


def prepare_words(words: Iterable[str], frequent: Container[str]) -> list[str]:
    """Return how words stand in the features, a rare one by its ending, with what stands for start and end."""
    own = (w if w in frequent or len(w) <= _SHORT or not w.isalpha() else f"_{w[-3:]}" for w in words)
    return [START, START, *own, "</s>", "</s>"]


def iterate_tags(text: str) -> Iterator[str]:
    """Yield the tags of the tokens of *text* one by one, so that who needs the first few pays for no more."""
    pieces = tokenize(text)
    weights = _load_weights()
    lines, read = weights.lines, weights.read
    shapes = [describe_shape(text[token.start : token.end]) for token in pieces]
    words = prepare_words((token.norm for token in pieces), _load_lexicon().frequent)
    before, last = START, START
    for at, token in enumerate(pieces):
        allowed = _list_allowed(token, shapes[at])
        best = allowed[0]
        if len(allowed) > 1:
            known = [
                read[feature] if feature in read else weights.of(feature)
                for feature in list_features(words, shapes, at, last, before)
                if feature in lines
            ]
            # Few tags are allowed and a feature speaks of many, so that each tag looks for its own weights.
            best = max([(sum([heard[tag] for heard in known if tag in heard]), tag) for tag in allowed])[1]
        yield best
        before, last = last, best


class Tagging:
    """The tags of the tokens of one text, found only as far as somebody asks: tags cost more than all other looks."""

    __slots__ = ("_known", "_left", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: list[str] = []
        self._left: Iterator[str] | None = None

    def until(self, at: int) -> list[str]:
        """Return the tags of the tokens up to number *at*, as far as there are so many, and maybe of more."""
        known = self._known
        if len(known) <= at:
            if self._left is None:
                self._left = iterate_tags(self._text)
            known += islice(self._left, at + 1 - len(known))
        return known


@remember(400_000)
def tag_tokens(text: str) -> tuple[str, ...]:
    """Return the tags of the tokens of *text*, in their order."""
    return tuple(iterate_tags(text))
