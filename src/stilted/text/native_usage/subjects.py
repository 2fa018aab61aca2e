"""Is the subject left of a verb singular or plural? What native manuals and news do, as weights of features.

The features are up to four noun phrases left of the verb with
what ties them together, the determiner and the number of each, and a relative pronoun between them and the verb.
Training counts with the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from stilted.text import native_usage

_INNER: Final = frozenset("JJ NN NNP VBG VBN CD JJR JJS NNS".split())
_HEADS: Final = frozenset("NN NNS NNP PRP DT CD EX WP".split())
_CLOSING: Final = frozenset("DT PRP$ POS".split())
_TIES: Final = frozenset("of in for with from to on between at by like".split())
_MOST: Final = 4


class _Phrase(NamedTuple):
    word: str
    kind: str
    determiner: str


class _Subject(NamedTuple):
    relative: str
    phrases: list[_Phrase]
    ties: list[str]
    left: str
    left_tag: str


def _read_relative(words: Sequence[str], tags: Sequence[str], at: int) -> tuple[str, int] | None:
    """Return the relative pronoun at a place, with its comma, and the place left of both; None if nothing is there."""
    if tags[at] not in ("WDT", "WP") and not (words[at] in ("that", "which", "who") and tags[at] == "IN"):
        return "-", at
    relative, at = words[at], at - 1
    if at >= 0 and words[at] == ",":
        relative, at = f"{relative},", at - 1
    return None if at < 0 or (tags[at] == "IN" and relative.startswith("which")) else (relative, at)


def _read_phrase(words: Sequence[str], tags: Sequence[str], head: int) -> tuple[_Phrase, int]:
    """Return the noun phrase that ends at *head*, and the place left of it."""
    at = head
    while at >= 0 and tags[at] not in _CLOSING and (at == head or (tags[at] in _INNER and tags[at] != "NNS")):
        at -= 1
    determiner = "-"
    if at >= 0 and tags[at] in _CLOSING:
        determiner = words[at]
        at -= 1
    kind = words[head] if tags[head] in ("PRP", "EX", "DT") else tags[head]
    return _Phrase(words[head], kind, determiner), at


def _read_subject(words: Sequence[str], tags: Sequence[str], verb: int) -> _Subject | None:
    at = verb - 1
    while at >= 0 and at > verb - 3 and tags[at] in ("RB", "RBR"):
        at -= 1
    started = _read_relative(words, tags, at) if at >= 0 else None
    if started is None:
        return None
    relative, at = started
    phrases: list[_Phrase] = []
    ties: list[str] = []
    while at >= 0 and len(phrases) < _MOST and tags[at] in _HEADS:
        phrase, at = _read_phrase(words, tags, at)
        phrases.append(phrase)
        is_tie = at >= 0 and (words[at] in (",", "to") or tags[at] == "CC" or (words[at] in _TIES and tags[at] == "IN"))
        if not is_tie:
            break
        ties.append(words[at])
        at -= 1
    if not phrases:
        return None
    left, left_tag = (words[at], tags[at]) if at >= 0 else ("^", "^")
    return _Subject(relative, phrases, ties, left, left_tag)


def list_features(words: Sequence[str], tags: Sequence[str], verb: int) -> list[str] | None:
    """Return the features of what stands left of a verb; None where no subject is in sight."""
    subject = _read_subject(words, tags, verb)
    if subject is None:
        return None
    relative, phrases, ties, left, left_tag = subject
    word, kind, determiner = phrases[0]
    shape = " ".join(each.kind if each.kind in ("NN", "NNS", "NNP") else "O" for each in phrases)
    names = [
        "b", f"t0 {kind}", f"w0 {word}", f"d0 {determiner} {kind}", f"r {relative} {kind}", f"n {len(phrases)}",
        f"l {left} {kind} {relative}", f"lt {left_tag} {kind}", f"ww {word} {determiner}",
        f"sh {shape} | {' '.join(ties)} {relative}",
    ]  # fmt: skip
    if len(phrases) > 1:
        second, last = phrases[1], phrases[-1]
        names += [
            f"t1 {second.kind} {ties[0]} {kind}",
            f"w1 {second.word} {ties[0]}",
            f"d1 {second.determiner} {ties[0]} {kind}",
            f"rc {relative}{ties[0]}{kind}{second.kind}",
            f"tl {last.kind} {last.determiner} {ties[len(phrases) - 2]} {len(phrases)} {left_tag}",
        ]
    names.append(f"nx {tags[verb + 1] if verb + 1 < len(tags) else '$'} {kind}")
    return names


def score_singular(words: Sequence[str], tags: Sequence[str], verb: int) -> float:
    """Return the logarithm of the odds that the subject is singular; 0 where that cannot be said."""
    names = list_features(words, tags, verb)
    return native_usage.score_features("agreement", names) if names else 0.0
