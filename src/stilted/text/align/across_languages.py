"""Which blocks and sentences of a translation stand for which of its source, without knowing either language.

A translation keeps the order of its blocks, about the ratio of their lengths, and what is written alike in every
language: code, figures, names, addresses. A pair hidden Markov model (Durbin et al., *Biological Sequence Analysis*,
1998, chapter 4) weighs all orders of matches and skips at once, lengths as Gale and Church (1993) do; only what is
matched in nearly all of their weight counts. A wrong pair is worse than a missing one. The constants were set on pages
of documentation from Chinese, Korean and Russian with `stilted.lab.benches.pages`.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeVar

from stilted.core.foreign import OBJECT
from stilted.text.align.search_band import find_heaviest_chain

if TYPE_CHECKING:
    from numpy.typing import NDArray

SURE: Final = 0.98
"""Share of the weight of all alignments in which two blocks are matched, from which on they are a pair."""

_SENTENCE: Final = 12
"""Fewest code points of a sentence whose absence is reported: as many of Chinese say little less than a line."""

_BY_PLACE: Final = 0.5
"""The same where a block stands alone between two pairs, on both sides."""

MOST_CELLS: Final = 640_000
"""Cells of the largest table: 800 blocks on either side. Longer texts are cut at words that both have once."""

_RATIO: Final = 3.0
"""Where as many blocks stand on both sides, and none is this many times longer than the others lead to expect, they
are pairs in their order; two short texts hold no other evidence."""

_FEW: Final = 5
"""Of more, one may be missing on either side, here and there."""

_NEAR: Final = 25
"""Blocks within which such a word needs another one on either side, on both texts, before a text is cut there."""

MOST_SENTENCES: Final = 20
"""Blocks of more sentences are paired as blocks only."""

_TOKEN: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_.][A-Za-z0-9]+)*|\d+(?:[.,]\d+)*", re.ASCII)
_SKIP: Final = math.log(0.03)
"""What a block costs that has no counterpart."""

_SPREAD: Final = 0.28
_SPREAD_OF_SHORT: Final = 2.2
"""Standard deviation of the logarithm of a ratio of lengths: of long blocks, and what is added for short ones."""

_SPREAD_OF_ALL: Final = 1.3
"""The same of blocks that have nothing to do with each other."""

_FITS: Final = 0.2
"""Logarithm of a ratio of lengths that leaves no room for a neighbour."""

_KEPT: Final = 0.75
"""Chance that a translation keeps a word that is written alike in both texts."""

_COMMONEST: Final = 24
"""A word that more blocks have tells nothing of any of them."""

_ENDS: Final = {":": ":", "：": ":", "?": "?", "？": "?", ".": ".", "。": ".", "!": ".", "！": ".", "…": "."}
"""What the mark at the end of a block says in any language; nothing for a title or a cell of a table."""

_SAME_END: Final = 0.88
"""Chance that a block and its counterpart end alike."""

_LEAST_LOST: Final = -5.0
"""Words that are in one block alone weigh no more than this against a match."""

_SAME_SENTENCE_END: Final = 0.3
"""What a bead of sentences gains where both sides end alike, and loses otherwise."""

_BEADS: Final = {
    (1, 1): math.log(0.88),
    (1, 2): math.log(0.04),
    (2, 1): math.log(0.04),
    (1, 3): math.log(0.005),
    (3, 1): math.log(0.005),
    (2, 2): math.log(0.01),
    (1, 0): math.log(0.01),
    (0, 1): math.log(0.01),
}
"""How common it is that so many sentences stand for so many (after Gale and Church, 1993, table 5)."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block as far as it can be compared across languages.

    Attributes:
        length: in code points. words: what may be written alike in both. end: what the mark at its end says.
    """

    length: int
    words: frozenset[str]
    end: str = ""


def describe_block(text: str, objects: Sequence[str] = ()) -> Block:
    """Describe a block; *objects* are what its `OBJECT` characters stand for."""
    words = [word.casefold() for word in _TOKEN.findall(text) if len(word) > 1 or word.isdigit()]
    end = _ENDS.get(text.rstrip("\"'”’»)）」』 ")[-1:], "")
    return Block(len(text), frozenset([*words, *(f"{OBJECT}{written}" for written in objects)]), end)


def pair_blocks(left: Sequence[Block], right: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the pairs of blocks that are surely counterparts, in order.

    Time and memory grow with the product of the numbers of blocks up to `MOST_CELLS`, and with the number of blocks
    beyond. What is longer and cannot be cut is not paired.
    """
    if _are_alike(left, right):
        return [(place, place) for place in range(len(left))]
    pairs: list[tuple[int, int]] = []
    for here, there in _cut_into_pieces(left, right):
        if here and there and len(here) * len(there) <= MOST_CELLS:
            own = _pair(left[here.start : here.stop], right[there.start : there.stop])
            pairs += [(here.start + i, there.start + j) for i, j in own]
    return pairs


def _are_alike(left: Sequence[Block], right: Sequence[Block]) -> bool:
    """Tell whether both are equally many, and few, and every pair has about the ratio of lengths of the whole."""
    if len(left) != len(right) or len(left) > _FEW:
        return False
    ratio = sum(each.length for each in left) / max(1, sum(each.length for each in right))
    return all(1 / _RATIO <= a.length / (b.length * ratio) <= _RATIO for a, b in zip(left, right, strict=True))


def _cut_into_pieces(left: Sequence[Block], right: Sequence[Block]) -> Iterator[tuple[range, range]]:
    """Yield all of both texts, cut where they are too long for one table."""
    start = (0, 0)
    if len(left) * len(right) > MOST_CELLS:
        anchors = _find_anchors(left, right)
        for before, here, after in zip(anchors, anchors[1:], anchors[2:], strict=False):
            near = all(after[side] - before[side] <= 2 * _NEAR for side in (0, 1))
            if near and (here[0] - start[0]) * (here[1] - start[1]) > MOST_CELLS / 8:
                yield range(start[0], here[0]), range(start[1], here[1])
                start = here
    yield range(start[0], len(left)), range(start[1], len(right))


def _find_anchors(left: Sequence[Block], right: Sequence[Block]) -> list[tuple[int, int]]:
    """Return pairs of blocks with words that no other block of their text has, the heaviest chain of them."""
    here, there = _place_words(left), _place_words(right)
    votes = Counter(
        (here[word][0], there[word][0])
        for word in here.keys() & there.keys()
        if len(here[word]) == 1 and len(there[word]) == 1
    )
    return find_heaviest_chain(sorted(votes.items()))


def _pair(left: Sequence[Block], right: Sequence[Block]) -> list[tuple[int, int]]:
    shares = _share_weights(_weigh_pairs(left, right))
    best = shares.argmax(axis=1)
    pairs = [(i, int(j)) for i, j in enumerate(best) if shares[i, j] >= SURE]
    ratio = sum(each.length for each in left) / max(1, sum(each.length for each in right))
    lengths = [each.length for each in left], [each.length * ratio for each in right]
    lone = _list_unpaired(len(left), (i for i, _ in pairs)), _list_unpaired(len(right), (j for _, j in pairs))
    sure = [
        (i, j)
        for i, j in pairs
        if not _would_rather_be_joined(lengths[0], i, lengths[1][j], lone[0])
        and not _would_rather_be_joined(lengths[1], j, lengths[0][i], lone[1])
    ]
    return sorted([*sure, *_pair_between(sure, shares)])


def _pair_between(pairs: Sequence[tuple[int, int]], shares: NDArray[Any]) -> Iterator[tuple[int, int]]:
    """Yield the block alone between two pairs with the one alone between their counterparts, however unlike they are.

    Where a block was put in the place of another one, the two are unlike; their place alone makes them counterparts.
    """
    for (i, j), (next_i, next_j) in pairwise(pairs):
        if next_i - i == next_j - j == 2 and shares[i + 1, j + 1] >= _BY_PLACE:
            yield i + 1, j + 1


def find_left_out(
    pairs: Sequence[tuple[int, int]], left: Sequence[Block], right: Sequence[Block]
) -> Iterator[tuple[int, range]]:
    """Yield blocks of the source that surely nothing stands for, behind which block of the translation.

    Those on both sides of them have counterparts that stand beside each other and do not fit better together with
    them, and one of them is a whole sentence. At the end of a page, where nothing stands behind them, they are few and
    nearly all before them has its counterpart.
    """
    ratio = sum(left[i].length for i, _ in pairs) / max(1, sum(right[j].length for _, j in pairs))

    def lacks(run: range, *around: tuple[int, int]) -> bool:
        if not any(right[k].end == "." and right[k].length >= _SENTENCE for k in run):
            return False
        more = sum(right[k].length for k in run)
        return all(
            _compare_lengths(left[a].length, ratio * right[b].length)
            < _compare_lengths(left[a].length, ratio * (right[b].length + more))
            for a, b in around
        )

    for (i, j), (next_i, next_j) in pairwise(pairs):
        if next_i == i + 1 and lacks(range(j + 1, next_j), (i, j), (next_i, next_j)):
            yield i, range(j + 1, next_j)
    if len(pairs) >= _FEWEST_BEFORE_END:
        i, j = pairs[-1]
        run = range(j + 1, len(right))
        is_whole = i + 1 == len(left) and len(pairs) >= _MOST_BEFORE_END * (j + 1) and len(run) <= _LONGEST_END
        if is_whole and len(pairs) >= _MOST_BEFORE_END * len(left) and lacks(run, (i, j)):
            yield i, run


_FEWEST_BEFORE_END: Final = 3
_MOST_BEFORE_END: Final = 0.8
"""Share of the blocks on either side that have a counterpart where a page seems to end too early; at least so many."""
_LONGEST_END: Final = 3
"""Blocks of the source, at most, that are missing there: more are another age of the page, or what sites set below."""


def _compare_lengths(length: float, other: float) -> float:
    return abs(math.log((length + 2) / (other + 2)))


def _list_unpaired(count: int, paired: Iterable[int]) -> frozenset[int]:
    return frozenset(range(count)).difference(paired)


def _would_rather_be_joined(lengths: Sequence[float], place: int, other: float, lone: frozenset[int]) -> bool:
    """Tell whether a block fits its counterpart better with a neighbour that has none: one may have been cut in two."""
    apart = _compare_lengths(lengths[place], other)
    return apart > _FITS and any(
        _compare_lengths(lengths[place] + lengths[near], other) < apart / 2
        for near in (place - 1, place + 1)
        if near in lone
    )


def _weigh_pairs(left: Sequence[Block], right: Sequence[Block]) -> NDArray[Any]:
    """Return the logarithm of how much likelier each pair is as counterparts than by chance."""
    import numpy as np

    a, b = (np.array([each.length for each in side], np.float64) for side in (left, right))
    ratio = a.sum() / max(1.0, b.sum())
    apart = np.log((a[:, None] + 2) / (b[None, :] * ratio + 2))
    roots = np.sqrt(a[:, None]) + np.sqrt(b[None, :] * ratio)
    worth = np.maximum(_weigh_length(apart, roots, np.log), -8.0)
    here, there = _place_words(left), _place_words(right)
    lost = math.log(1 - _KEPT)
    ours, other = np.zeros(len(left)), np.zeros(len(right))
    shared = np.zeros_like(worth)
    for word in sorted(here.keys() & there.keys()):
        rows, columns = here[word], there[word]
        if max(len(rows), len(columns)) > _COMMONEST:
            continue
        ours[rows] += lost
        other[columns] += lost
        gained = math.log(_KEPT * max(len(left), len(right)) / max(len(rows), len(columns)))
        shared[np.ix_(rows, columns)] += gained - 2 * lost
    worth += _weigh_endings(left, right)
    known: NDArray[Any] = np.maximum(shared + ours[:, None] + other[None, :], _LEAST_LOST)
    summed: NDArray[Any] = worth + known
    return summed


_Real = TypeVar("_Real", float, "NDArray[Any]")


def _weigh_length(apart: _Real, roots: _Real, log: Callable[[_Real], _Real]) -> _Real:
    """Return the logarithm of how much likelier lengths so far *apart* are of counterparts than of any two pieces.

    Args:
        apart: logarithm of the ratio of the two lengths. roots: sum of their square roots. log: of such numbers.
    """
    spread = _SPREAD + _SPREAD_OF_SHORT / roots
    worth: _Real = (apart / _SPREAD_OF_ALL) ** 2 / 2 - (apart / spread) ** 2 / 2 + log(_SPREAD_OF_ALL / spread)
    return worth


def _weigh_endings(left: Sequence[Block], right: Sequence[Block]) -> NDArray[Any]:
    import numpy as np

    kinds = ("", ":", "?", ".")
    a, b = (np.array([kinds.index(each.end) for each in side]) for side in (left, right))
    share = (np.bincount(np.concatenate([a, b]), minlength=len(kinds)) + 1) / (len(a) + len(b) + len(kinds))
    gained = np.log(_SAME_END / share)
    lost = np.log((1 - _SAME_END) / (1 - share))
    alike: NDArray[Any] = np.where(a[:, None] == b[None, :], gained[a][:, None], lost[a][:, None])
    return alike


def _place_words(side: Sequence[Block]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, block in enumerate(side):
        for word in block.words:
            places[word].append(place)
    return places


def _share_weights(worth: NDArray[Any]) -> NDArray[Any]:
    """Return for each pair the share of the weight of all alignments that match it (forward times backward)."""
    import numpy as np

    ahead = _sum_forward(worth)
    behind = _sum_forward(worth[::-1, ::-1])[::-1, ::-1]
    total = ahead[-1, -1]
    shares: NDArray[Any] = np.exp(np.minimum(0.0, ahead[:-1, :-1] + worth + behind[1:, 1:] - total))
    return shares


def _sum_forward(worth: NDArray[Any]) -> NDArray[Any]:
    """Return the logarithm of the weight of all alignments of the first i blocks with the first j.

    The table is filled along its anti-diagonals, whose cells do not depend on each other.
    """
    import numpy as np

    rows, columns = worth.shape
    table = np.full((rows + 1, columns + 1), -np.inf)
    table[0, 0] = 0.0
    table[0, 1:] = _SKIP * np.arange(1, columns + 1)
    table[1:, 0] = _SKIP * np.arange(1, rows + 1)
    for diagonal in range(2, rows + columns + 1):
        i = np.arange(max(1, diagonal - columns), min(rows, diagonal - 1) + 1)
        j = diagonal - i
        skipped = np.logaddexp(table[i - 1, j], table[i, j - 1]) + _SKIP
        table[i, j] = np.logaddexp(skipped, table[i - 1, j - 1] + worth[i - 1, j - 1])
    return table


def pair_sentences(left: Sequence[Block], right: Sequence[Block], ratio: float) -> list[tuple[int, range]]:
    """Return the sentences of a block with the run of sentences of its counterpart that each surely stands for.

    One sentence may stand for up to three; where several stand for one, none of them is paired, nor where a block has
    more than `MOST_SENTENCES`.

    Args:
        ratio: how long the translation is, relative to the source, in the whole text.
    """
    if _are_alike(left, right):
        return [(place, range(place, place + 1)) for place in range(len(left))]
    if not left or not right or max(len(left), len(right)) > MOST_SENTENCES:
        return []
    known = frozenset[str]().union(*(each.words for each in left)) & frozenset[str]().union(*(e.words for e in right))
    joined = {
        (a, rows, b, columns): _weigh_bead(left[a : a + rows], right[b : b + columns], known, ratio) + cost
        for (rows, columns), cost in _BEADS.items()
        for a in range(len(left) - rows + 1)
        for b in range(len(right) - columns + 1)
    }
    ahead = _weigh(joined, len(left), len(right))
    turned = {(len(left) - a - n, n, len(right) - b - m, m): worth for (a, n, b, m), worth in joined.items()}
    behind = _weigh(turned, len(left), len(right))
    total = ahead[len(left), len(right)]
    pairs = []
    for (a, rows, b, columns), worth in sorted(joined.items()):
        if rows == 1 and columns:
            share = ahead[a, b] + worth + behind[len(left) - a - 1, len(right) - b - columns] - total
            if share >= math.log(SURE):
                pairs.append((a, range(b, b + columns)))
    return pairs


def _weigh_bead(left: Sequence[Block], right: Sequence[Block], known: frozenset[str], ratio: float) -> float:
    if not left or not right:
        return 0.0
    a, b = sum(each.length for each in left), ratio * sum(each.length for each in right)
    worth = _weigh_length(math.log((a + 2) / (b + 2)), math.sqrt(a) + math.sqrt(b), math.log)
    here, there = (known & frozenset[str]().union(*(each.words for each in side)) for side in (left, right))
    words = len(here & there) - len(here ^ there)
    ends = _SAME_SENTENCE_END if left[-1].end == right[-1].end else -_SAME_SENTENCE_END
    return max(worth, _LEAST_LOST) + max(min(1.0 * words, -_LEAST_LOST), _LEAST_LOST) + ends


def _weigh(beads: Mapping[tuple[int, int, int, int], float], rows: int, columns: int) -> dict[tuple[int, int], float]:
    """Return the logarithm of the weight of all ways from the start to each place."""
    into: dict[tuple[int, int], list[tuple[int, int, float]]] = defaultdict(list)
    for (a, n, b, m), worth in beads.items():
        into[a + n, b + m].append((a, b, worth))
    weights = {(0, 0): 0.0}
    for i in range(rows + 1):
        for j in range(columns + 1):
            terms = [weights[a, b] + worth for a, b, worth in into[i, j]]
            if terms:
                most = max(terms)
                weights[i, j] = most + math.log(sum(math.exp(term - most) for term in terms))
    return weights
