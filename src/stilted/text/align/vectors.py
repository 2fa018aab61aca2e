"""Sentences as sparse TF-IDF vectors over character n-grams and words, hashed to a fixed width.

The width bounds memory and turns similarity into small matrix products; hashing is signed, so what
collisions add to a cosine averages zero (standard deviation about 1/sqrt(WIDTH) = 0.016).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH: Final = 4096
ORDERS: Final = (3, 4)

_WORD: Final = re.compile(r"\w+")
_MIX: Final = 0x9E3779B1  # 2**32 over the golden ratio: Knuth's multiplicative hash
_BASE: Final = 0x01000193  # the FNV prime, here the base of the polynomial n-gram hash


@dataclass(frozen=True, slots=True)
class Vectors:
    """One sparse vector a sentence, stored row by row: row i is ``[starts[i], starts[i + 1])``."""

    starts: NDArray[Any]
    dims: NDArray[Any]
    weights: NDArray[Any]

    def dense(self, first: int, last: int) -> NDArray[Any]:
        """Return rows ``[first, last)`` as a float32 matrix of shape (last - first, WIDTH)."""
        import numpy as np

        begin, end = int(self.starts[first]), int(self.starts[last])
        sizes = np.diff(self.starts[first : last + 1])
        cells = np.repeat(np.arange(last - first) * WIDTH, sizes) + self.dims[begin:end]
        flat = np.bincount(cells, weights=self.weights[begin:end], minlength=(last - first) * WIDTH)
        return flat.astype(np.float32).reshape(last - first, WIDTH)


def list_words(sentence: str) -> list[str]:
    """Return the words of a sentence, case folded; a sentence without any is one word by itself."""
    return _WORD.findall(sentence.casefold()) or [sentence]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Both texts as they are compared: the words of every sentence, and the vectors made of them."""

    words: tuple[Sequence[Sequence[str]], Sequence[Sequence[str]]]
    vectors: tuple[Vectors, Vectors]

    @staticmethod
    def of(target: Sequence[str], reference: Sequence[str]) -> Weighed:
        """Weigh the sentences of two texts by what they have in common."""
        sides = [list_words(s) for s in target], [list_words(s) for s in reference]
        return Weighed(sides, vectorise(*sides))


def vectorise(target: Sequence[Sequence[str]], reference: Sequence[Sequence[str]]) -> tuple[Vectors, Vectors]:
    """Return the vectors of both sides, weighted by the same inverse document frequencies.

    Args:
        target: what `list_words` makes of each sentence of the translation; reference: likewise.
    """
    import numpy as np

    rows, keys = _list_features([*target, *reference])
    total = len(target) + len(reference)
    names, feature = np.unique(keys, return_inverse=True)
    del keys  # half the memory this function needs is in arrays of one element per n-gram
    feature += rows * np.int64(len(names))
    pairs, counts = np.unique(feature, return_counts=True)
    row, feature = np.divmod(pairs, max(1, len(names)))
    idf = np.log((total + 1) / np.maximum(1, np.bincount(feature, minlength=len(names))))
    mixed = names[feature] * np.uint32(_MIX)
    signs = np.where(mixed & np.uint32(1 << 10), 1.0, -1.0)
    weights = (counts * idf[feature] * signs).astype(np.float32)
    dims = (mixed >> np.uint32(20)).astype(np.int32)
    starts = np.searchsorted(row, np.arange(total + 1))
    cut = int(starts[len(target)])
    return (
        Vectors(starts[: len(target) + 1], dims[:cut], weights[:cut]),
        Vectors(starts[len(target) :] - cut, dims[cut:], weights[cut:]),
    )


def _list_features(sentences: Sequence[Sequence[str]]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the row and the 32-bit key of every n-gram and word occurrence."""
    import numpy as np

    padded = [f" {' '.join(s)} " for s in sentences]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owner = np.repeat(np.arange(len(padded), dtype=np.int32), [len(p) for p in padded])
    rows, keys = [], []
    for order in ORDERS:
        size = max(0, len(codes) - order + 1)
        key = np.full(size, order, dtype=np.uint32)
        for k in range(order):
            key = key * np.uint32(_BASE) + codes[k : k + size]
        inside = owner[:size] == owner[order - 1 : order - 1 + size]
        rows.append(owner[:size][inside])
        keys.append(key[inside])
    ids: dict[str, int] = {}
    numbered = [ids.setdefault(w, len(ids)) for s in sentences for w in s]
    rows.append(np.repeat(np.arange(len(sentences), dtype=np.int32), [len(s) for s in sentences]))
    keys.append((np.array(numbered, dtype=np.uint32) + np.uint32(1)) * np.uint32(_MIX))
    return np.concatenate(rows), np.concatenate(keys)
