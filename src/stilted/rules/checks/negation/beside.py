"""Negations found by the words beside them: both versions go on with the same words, and only one has "not" between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from stilted.rules.checks.negation.polarity import DENIAL, is_idiom, may_deny_otherwise
from stilted.text.align.common_words import Token, find_shared, tokenize_roughly

_CONDITION: Final = re.compile(
    r"\b(?:until|unless|before|but|except|other|else|besides|anything|longer|any ?more|than|alone|so|too)\b",
    re.IGNORECASE,
)
"""What turns a denial into another wording of its contrary: "cannot enter until" is "can enter after"."""
_BETWEEN: Final = 2
"""Words that may stand in the place of a negation in the version without it: "is", "has been"."""
_AROUND: Final = 3
_PHRASE: Final = 4
_SOME: Final = frozenset("some any a an all many every".split())
"""What stands for "no" in a version that says the opposite, whatever the words behind it."""
_CLAUSE: Final = re.compile(r"[.;:!?—]|, (?:and|but|so|which|who)\b")


_SUBJECTS: Final = frozenset("none nobody nothing nowhere neither".split())
"""These deny a sentence whose words may all come back in another wording."""


_PARTLY: Final = re.compile(r"\s+(?:only|just|merely|simply|least)\b", re.IGNORECASE)


class Place(NamedTuple):
    """A denial at ``text[start:end]`` of one version, and where the other goes on without it: ``[low, high)``."""

    start: int
    end: int
    low: int
    high: int


def find_denials(one: str, other: str) -> list[Place]:
    """Return what *one* denies where *other* goes on with the same words and denies nothing; nothing where unsure."""
    denials = [m for m in DENIAL.finditer(one) if m.group().lower() not in _SUBJECTS and not is_idiom(one, m)]
    if not denials:
        return []
    here, there = tokenize_roughly(one), tokenize_roughly(other)
    links = find_shared(here, there)
    if not links:
        return []
    linked = {j for _, j in links}
    if any(not (_list_tokens_within(there, m) & linked) for m in DENIAL.finditer(other)):
        return []  # it is denied elsewhere
    partner = dict(links)
    places = []
    for match in denials:
        own = _list_tokens_within(here, match)
        if own and own.isdisjoint(partner):
            place = _find_place(one, other, here, there, links, max(own), linked)
            if place:
                places.append(place._replace(start=match.start(), end=match.end()))
    return places


def _list_tokens_within(among: Sequence[Token], match: re.Match[str]) -> set[int]:
    """Return the numbers of the tokens that a negation is made of, of "cannot" without the verb."""
    return {n for n, t in enumerate(among) if t.start < match.end() <= t.end}


def _find_place(
    one: str,
    other: str,
    here: Sequence[Token],
    there: Sequence[Token],
    links: Sequence[tuple[int, int]],
    own: int,
    linked: set[int],
) -> Place | None:
    before = max((link for link in links if link[0] < own), default=(-1, -1))
    after = min((link for link in links if link[0] > own), default=None)
    if after is None or own - before[0] > _BETWEEN:
        return None
    if before[0] < 0 and after[1] > 1:
        return None
    between, behind = there[before[1] + 1 : after[1]], after[0] - own
    goes_on = here[after[0]].key[0].isalpha() and behind <= _BETWEEN and len(between) <= _BETWEEN
    is_some = own - before[0] == 1 and between and between[0].key in _SOME and max(behind, len(between)) <= _PHRASE
    partly = _PARTLY.match(one, here[own].end)
    if not (goes_on or is_some) or (partly and (before[0] < 0 or behind > 1)):
        return None
    near = [t for n, t in enumerate(there) if before[1] - _AROUND <= n <= after[1] + _AROUND and n not in linked]
    if any(may_deny_otherwise(other[t.start : t.end]) for t in near):
        return None
    end = _CLAUSE.search(one, here[own].end)
    rest = one[here[own].end : end.start() if end else len(one)]
    mark = _CONDITION.search(rest)
    if mark and not re.search(rf"\b{mark.group()}\b", other, re.IGNORECASE):
        return None
    low = there[before[1]].end if before[1] >= 0 else 0
    return Place(here[own].start, here[own].end, low, there[after[1]].start)
