"""Which words two versions of a sentence share in the same order: the heaviest common subsequence of their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

LONGEST: Final = 160
"""Words of a sentence that are compared; the table has a cell for every two."""

_TOKEN: Final = re.compile(
    r"[^\W\d_]+?(?=n['’]t\b)|n['’]t\b|['’](?:re|ll|ve|m|d|s)\b|(?i:\bcan(?=not\b))|[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]"
)
_FULL: Final = {
    "n't": "not", "'re": "are", "'ll": "will", "'ve": "have", "'m": "am", "ca": "can", "wo": "will", "sha": "shall"
}  # fmt: skip
"""What short forms stand for; "isn't" is two tokens, as is "cannot"."""
_ENDINGS: Final = ("ing", "ed", "es", "s", "ly")
_STEM: Final = 6
_CONTENT: Final = 4
"""What a content word weighs beside a function word or a mark, so that these never outvote what they belong to."""
_LIGHT: Final = frozenset(
    "the a an of to in and or for on at by with from that this these those it its as is are was were be been being"
    " has have had do does did will would can could may might should shall must than into which who whom whose there"
    " their his her our your my he she they we you i s t".split()
)


class Token(NamedTuple):
    """A word, figure or mark ``text[start:end]``; *key* is what it is compared by."""

    key: str
    start: int
    end: int

    @property
    def weight(self) -> int:
        """How much it tells that both versions have it."""
        return _CONTENT if self.key[0].isalpha() and self.key not in _LIGHT else 1


def tokenize_roughly(text: str) -> list[Token]:
    """Cut *text* into words, figures and marks; words are compared by a rough stem."""
    return [Token(_make_key(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def _make_key(written: str) -> str:
    low = written.lower().replace("’", "'")
    if low in _FULL:
        return _FULL[low]
    if low in _LIGHT or not low[0].isalpha():
        return low
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) > 2:
            return low[: -len(ending)][:_STEM]
    return low[:_STEM]


def find_shared(one: Sequence[Token], other: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the places of the tokens that both have in the same order, the heaviest choice of them.

    Of equal choices the one whose tokens stand first is taken. Nothing where a side has more than `LONGEST` tokens.
    """
    if max(len(one), len(other)) > LONGEST:
        return []
    head = 0
    while head < min(len(one), len(other)) and one[head].key == other[head].key:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail].key == other[-1 - tail].key:
        tail += 1
    inner = _find_heaviest(one[head : len(one) - tail], other[head : len(other) - tail])
    pairs = [(i, i) for i in range(head)]
    pairs += [(head + i, head + j) for i, j in inner]
    return pairs + [(len(one) - n, len(other) - n) for n in range(tail, 0, -1)]


def _find_heaviest(one: Sequence[Token], other: Sequence[Token]) -> list[tuple[int, int]]:
    worth = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        row, below, key, weight = worth[i], worth[i + 1], one[i].key, one[i].weight
        for j in range(len(other) - 1, -1, -1):
            best = max(below[j], row[j + 1])
            row[j] = max(best, below[j + 1] + weight) if key == other[j].key else best
    chain: list[tuple[int, int]] = []
    i = j = 0
    while i < len(one) and j < len(other):
        if one[i].key == other[j].key and worth[i][j] == worth[i + 1][j + 1] + one[i].weight:
            chain.append((i, j))
            i, j = i + 1, j + 1
        elif worth[i][j] == worth[i + 1][j]:
            i += 1
        else:
            j += 1
    return chain
