"""How likely it is that a number of the translation answers to a number of its reference."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from stilted.rules.checks.numbers import units
from stilted.rules.checks.numbers.quantity import Kind, Quantity, Role

NUMBERS: Final = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.ORDINAL})
"""Kinds of quantities that are amounts; the others are dates, times, codes."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_STOP: Final = frozenset(
    "the a an of to in and or for on at by is are was were be has have had with from that this it its as than per"
    " percent cent million billion thousand hundred more about year years last s t new into after before who which"
    " which will had been not but his her their our he she they we you i".split()
)
_AFTER_CHARS: Final = 48
_BEFORE_CHARS: Final = 32


class Weights(NamedTuple):
    """Points for what two numbers share, and against what sets them apart.

    Measured by ``python -m stilted.lab.benches.number_weights DATA_DIR``: of 1,240 human translations in which one
    figure, date, unit or currency was changed 1,143 are flagged, of 768 as they stand 3. Each weight is worth its
    place: without ``after`` 1,115 are flagged, without ``figures`` 1,117, ``lone`` 1,133, ``shape`` 1,138, ``before``
    1,139, ``same_unit`` 1,141, and no fewer right ones; without ``one_unit`` 1,144 and 6, ``other_kind`` 1,148 and 4;
    where nothing is needed of figures, words or small words 19, 13 and 36 of the right ones are. One point more or
    less moves 8 wrong and 4 right ones at most. Points for a number that stands elsewhere too, for a kind, and against
    a unit of another dimension were tried: without them 14 more wrong ones are flagged, and no right one.

    Attributes:
        after, before: a word after both, before both. same_unit: units of one dimension.
        other_kind, taken off: per cent against an ordinal. one_unit, taken off: only one has a unit.
        figures: both are amounts beyond doubt. shape: both in figures, or both in words.
        lone: each is the only number that its side lacks.
        needed_2, needed_1, needed_0: points that make a pair, by the lesser weight of the two: figures are meant as
            amounts, small words may not be.
    """

    after: int = 3
    before: int = 1
    same_unit: int = 3
    other_kind: int = 3
    one_unit: int = 1
    figures: int = 2
    shape: int = 1
    lone: int = 3
    needed_2: int = 2
    needed_1: int = 4
    needed_0: int = 5


WEIGHTS: Final = Weights()


class Context(NamedTuple):
    """Stems of up to two words before a quantity and of up to three after it, function words apart."""

    before: frozenset[str]
    after: frozenset[str]


def read_context(text: str, quantity: Quantity) -> Context:
    """Return the words around a quantity of *text*."""
    before = _WORD.findall(text[max(0, quantity.left - _BEFORE_CHARS) : quantity.left].lower())
    after = _WORD.findall(text[quantity.right : quantity.right + _AFTER_CHARS].lower())
    return Context(
        frozenset(_cut_to_stem(w) for w in [w for w in before if w not in _STOP][-2:]),
        frozenset(_cut_to_stem(w) for w in [w for w in after if w not in _STOP][:3]),
    )


def _cut_to_stem(word: str) -> str:
    """Return a rough stem: enough to match "cars" with "car" and "residential" with "residents"."""
    return word[:-1] if word.endswith("s") and len(word) < 6 else word[:5]


def score_likeness(one: Quantity, near: Context, other: Quantity, far: Context, weights: Weights = WEIGHTS) -> int:
    """Return the points of likeness of two quantities in their contexts; any below 1 for none."""
    if one.role is Role.PASSING or (one.weight == 0 and other.weight == 0):
        return 0
    if one.kind not in NUMBERS or other.kind not in NUMBERS:
        alike = one.kind == other.kind and (
            one.kind != Kind.CODE or (one.role, one.letters) == (other.role, other.letters)
        )
        return _CERTAIN if alike else 0
    points = weights.after * bool(near.after & far.after) + weights.before * bool(near.before & far.before)
    points += weights.figures * (one.weight == 2 and other.weight == 2) + weights.shape * (one.shape == other.shape)
    if one.unit and other.unit:
        points += weights.same_unit * units.are_related(one.unit, other.unit)
    elif one.unit or other.unit:
        points -= weights.one_unit
    return points - weights.other_kind * (one.kind != other.kind)


_CERTAIN: Final = 9
"""Two months, two times: nothing else is needed."""


def count_needed(one: Quantity, other: Quantity, weights: Weights = WEIGHTS) -> int:
    """Return how many points make a pair of the two."""
    return (weights.needed_0, weights.needed_1, weights.needed_2)[min(one.weight, other.weight)]
