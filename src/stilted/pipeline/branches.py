"""Branches of messages beside a text without any: what stands for all numbers is that text's counterpart."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stilted.formats import Parsed, Unit

_REST: Final = "[other]"
"""The branch for whatever no other is for, as `stilted.formats.icu` calls it."""


def name_alike(target: Parsed, other: Parsed) -> Parsed:
    """Return *other* with its units called as those of *target* where one of them has branches and the other has none.

    One language chooses a plural where another does not, and a message that does not parse has no branches either:
    ``items`` stands beside ``items[other]``.
    """
    own = {unit.id for unit in target.units}
    plain = {_cut_rest(unit): unit.id for unit in target.units}
    taken = {unit.id for unit in other.units}

    def rename(unit: Unit) -> Unit:
        stem = _cut_rest(unit)
        better = stem if stem in own else plain.get(unit.id)
        return unit if unit.id in own or better is None or better in taken else replace(unit, id=better)

    return replace(other, units=tuple(map(rename, other.units)))


def _cut_rest(unit: Unit) -> str | None:
    """Return what the message is called of which a unit is the branch for the rest; None where it is no such branch."""
    arguments = unit.target.arguments if unit.target else ()
    ending = _REST * len(arguments)
    return unit.id.removesuffix(ending) if arguments and unit.id.endswith(ending) else None
