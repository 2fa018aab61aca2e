"""An amount that a text states: what every reader of numbers makes, and every comparison takes."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from stilted.rules.checks.numbers.numerals import Shape
from stilted.rules.checks.numbers.units import Unit

MAGNITUDE: Final = 10.0
"""So many times too large or too small, a number misleads more than by any other mistake in it."""

YEARS: Final = range(1800, 2101)
"""Numbers that may be those of years."""


class Kind(StrEnum):
    """What an amount counts."""

    NUMBER = "number"
    PERCENT = "percent"
    ORDINAL = "ordinal"
    TIME = "time"
    """Of a day; the value is in minutes."""
    MONTH = "month"
    WEEKDAY = "weekday"
    SEASON = "season"
    CODE = "code"
    """A320, F-16."""
    VAGUE = "vague"
    """Thousands of."""


class Role(StrEnum):
    """What a number is for, where it is more, or less, than an amount."""

    DATE = "date"
    """A part of a date in figures, which may stand for the name of a month."""
    DECADE = "decade"
    IDENTIFIER = "identifier"
    """A telephone, account or book number, whatever stands between its digits."""
    LABEL = "label"
    """Of a section, version or figure: it has no magnitude."""
    PASSING = "passing"
    """No exact number is meant: "both", "five or six"."""
    POINTS = "points"
    """A share in hundredths or tenths of a percent."""


class Quantity(NamedTuple):
    """An amount: ``text[start:end]`` is its number, ``text[left:right]`` takes in unit or sign.

    ``weight`` says how surely it is meant as an amount: 0 it answers for others only, 1 a small number in words, 2 a
    figure.
    """

    kind: Kind
    value: float
    start: int
    end: int
    left: int
    right: int
    weight: int
    unit: Unit | None = None
    role: Role | None = None
    letters: str = ""
    """Of a code: those around its number."""
    shape: Shape = Shape.FIGURE
    half_day: bool = False
    """A time without a.m. or p.m. that may be either."""
    others: tuple[float, ...] = ()
    """What else may be meant: the 5 of ``$5-10 million`` is five million, the 24 of ``2023/24`` is 2024."""
    scale: float = 1.0
    """The power of ten that stands in words beside a figure."""


def is_year(quantity: Quantity) -> bool:
    """Tell whether a number may be a year, which has no magnitude."""
    return quantity.value in YEARS and quantity.unit is None and quantity.scale == 1 and quantity.kind == Kind.NUMBER
