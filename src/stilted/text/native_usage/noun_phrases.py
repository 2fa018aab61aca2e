"""Singular noun phrases, and whether native writers set a determiner before them.

The features are the noun, what stands right before it and what follows, the first word to the left of the phrase, and
pairs of these. Training counts with the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from stilted.text import native_usage

MODIFIERS: Final = frozenset("JJ NN NNP VBG VBN CD JJR JJS".split())
ENDS: Final = frozenset("IN TO CC MD VBZ VBP WDT DT WRB PRP VBD WP RB EX VBN VBG RBR , . : ( ) JJR".split())
"""Tags of what may follow the head of a phrase."""
_FOLLOWING: Final = frozenset(
    "of to in on for with by from at as that which who is are was were be can will should must and or but not if when"
    " where than into through during after before between without within using used so has have does do then also"
    " only".split()
)


def find_phrases(words: Sequence[str], tags: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the head of each singular noun phrase, and the place to the left of the phrase (-1 at the start)."""
    for at, tag in enumerate(tags):
        if tag == "NN" and words[at].isalpha() and (at + 1 == len(tags) or tags[at + 1] in ENDS):
            yield at, find_left(tags, at)


def find_left(tags: Sequence[str], head: int) -> int:
    """Return the place to the left of the phrase that *head* ends."""
    left = head - 1
    while left >= 0 and tags[left] in MODIFIERS:
        left -= 1
    return left


def list_features(words: Sequence[str], tags: Sequence[str], head: int, left: int) -> tuple[str, ...]:
    """Return the features of a phrase."""
    noun = words[head]
    word, tag = (words[left], tags[left]) if left >= 0 else ("^", "^")
    if tag == "TO":
        tag = "IN"  # before a noun it is a preposition
    right, right_tag = (words[head + 1], tags[head + 1]) if head + 1 < len(words) else ("$", "$")
    after = right if right in _FOLLOWING else right_tag
    count = head - left - 1
    last, first = (words[head - 1], words[left + 1]) if count else ("-", "-")
    last_tag, first_tag = (tags[head - 1], tags[left + 1]) if count else ("-", "-")
    return (
        "b", f"h {noun}", f"m {last}", f"mh {last} {noun}", f"l {word}", f"t {tag}", f"lh {word} {noun}", f"r {after}",
        f"rh {after} {noun}", f"th {tag} {noun}", f"n {min(3, count)}", f"f {first}", f"s {noun[-4:]}",
        f"lr {word} {after}", f"mt {last_tag} {tag}", f"tr {tag} {after}", f"lm {word} {last}",
        f"nh {min(1, count)} {noun}", f"ft {first_tag}",
    )  # fmt: skip


def score_determiner(words: Sequence[str], tags: Sequence[str], head: int, left: int) -> float:
    """Return the logarithm of the odds that a phrase has a determiner."""
    return native_usage.score_features("articles", list_features(words, tags, head, left))
