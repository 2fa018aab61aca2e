"""Phrases that raters mark far more often than chance and that human translators do not write.

They are candidates for phrase rules: a reader judges which of them is a fault, and of what.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from stilted.core import tokens
from stilted.lab.evaluation.annotations import Row
from stilted.lab.evaluation.chance import find_word_spans

LONGEST_PHRASE: Final = 5
SMOOTHING: Final = 0.5
"""Added to both counts of a log-odds (Haldane-Anscombe), so that none is infinite."""
LEAST_Z: Final = 1.0


def mine(rows: Sequence[Row], minimum: int) -> list[tuple[float, str, int, float, float, int]]:
    """Find phrases of 1 to 5 words, and the same with endings cut, that raters mark and people do not write.

    Returns:
        (z, phrase, occurrences, touch rate, chance, documents), best first. *z* is the log-odds of being
        touched against all phrases of that length over its standard error, with 0.5 added to each count.
    """
    total: Counter[str] = Counter()
    touched: Counter[str] = Counter()
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    lengths: Counter[int] = Counter()
    marked_lengths: Counter[int] = Counter()
    people = {phrase for row in rows if row.human for _, phrase, _ in _list_phrases(row)}
    for row in rows:
        if row.human:
            continue
        for size, phrase, hit in _list_phrases(row):
            lengths[size] += 1
            marked_lengths[size] += hit
            if phrase not in people:
                total[phrase] += 1
                touched[phrase] += hit
                places[phrase].add(row.document)
    phrases = []
    for phrase, number in total.items():
        size = phrase.count(" ") + 1
        chance = marked_lengths[size] / lengths[size]
        hits = touched[phrase] + SMOOTHING
        misses = number - touched[phrase] + SMOOTHING
        z = (math.log(hits / misses) - math.log(chance / (1 - chance))) / math.sqrt(1 / hits + 1 / misses)
        if number >= minimum and z > LEAST_Z:
            phrases.append((z, phrase, number, touched[phrase] / number, chance, len(places[phrase])))
    return sorted(phrases, key=lambda f: (-f[0], f[1]))


def _list_phrases(row: Row) -> Iterator[tuple[int, str, bool]]:
    norms = [t.norm for t in tokens.tokenize(row.target) if t.is_word]
    marked = find_touched_words(row) if norms else []
    stems = [_cut_to_stem(norm) for norm in norms]
    for size in range(1, LONGEST_PHRASE + 1):
        for first in range(len(norms) - size + 1):
            hit = any(marked[first : first + size])
            plain, stemmed = " ".join(norms[first : first + size]), " ".join(stems[first : first + size])
            yield size, plain, hit
            if stemmed != plain:
                yield size, stemmed, hit


def _cut_to_stem(word: str) -> str:
    """Cut regular endings and mark the cut with ``~``: "promoting" and "promoted" both give "promot~"."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)] + "~"
    return word


def find_touched_words(row: Row) -> list[bool]:
    """Tell for each word of the translation whether a mark touches it."""
    return [any(s.start < end and start < s.end for s in row.spans) for start, end in find_word_spans(row.target)]
