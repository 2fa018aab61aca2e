"""Which text of another file belongs to each unit of a catalogue: by id, by source, by order, or by likeness."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from stilted.core.errors import UserError
from stilted.core.offsets import OffsetMap
from stilted.formats import OBJECT, Parsed, Text, Unit
from stilted.render.wording import format_count
from stilted.text.align import align
from stilted.text.segment import split_sentences

ENOUGH: Final = 0.5
"""Share of the units that must find a counterpart for a way of joining to be the right one."""

MOST: Final = 0.9
"""Share of the other file's units that must find theirs by name for it to be a part of the whole."""

BREAK: Final = "\n\n"
"""What is put between the blocks of a text that is compared as a whole."""

Choose = Callable[[Unit], Text | None]
"""Takes from a unit of another file the text that counts, if it has one."""
_Way = Callable[[Sequence[Unit], Parsed, Sequence[Unit], Choose], list[Text | None]]


def join_units(
    role: str, units: Sequence[Unit], target: Parsed, other: Parsed, choose: Choose
) -> tuple[list[Text | None], str]:
    """Return the text that belongs to each unit, or None, and the sentence that says how they were joined.

    Args:
        role: what the other file is to the translation: ``reference`` or ``source``.
        units: those of *target* that are checked.

    Raises:
        UserError: nothing in the other file belongs to any of them.
    """
    others = _cut_into_lines(other) if other.format == "text" else other.units
    ways: tuple[tuple[str, _Way], ...] = (("aligned as documents", _join_by_alignment),)
    if other.format == "text":
        ways = (("joined by order", _join_by_order), *ways)
    elif not other.running:
        named = (
            ("joined by id", _join_by_id),
            ("joined by source", _join_by_source),
            ("joined by order", _join_by_order),
        )
        ways = (*named, *ways)
    for how, way in ways:
        texts = way(units, target, others, choose)
        number = sum(text is not None for text in texts)
        part = way is _join_by_id and number >= MOST * sum(choose(unit) is not None for unit in others)
        if number >= ENOUGH * len(units) or (number and (part or way is _join_by_alignment)):
            return texts, f"The {role} was {how}: {number:,} of {format_count(len(units), 'unit')}."
    raise UserError(
        f"nothing in the {role} belongs to the {format_count(len(units), 'unit')} of {target.name}",
        other.name,
        f"Give the {role} of this very file: the same ids, the same sources, or as many units.",
    )


def _cut_into_lines(parsed: Parsed) -> tuple[Unit, ...]:
    """Return plain text as one unit a line, so that it can stand beside a catalogue."""
    rows = [line.strip() for line in parsed.text.splitlines()]
    return tuple(Unit(str(number), _make_unplaced(row)) for number, row in enumerate(rows, 1) if row)


def _make_unplaced(text: str) -> Text:
    return Text(text, OffsetMap.verbatim(len(text)))


def _join_by_id(units: Sequence[Unit], _: Parsed, others: Sequence[Unit], choose: Choose) -> list[Text | None]:
    """Join units of the same id, where ids are names: numbers are places, and places are joined by order.

    Where a file has everything under a key for its language, ids are the same without that key.
    """
    if all(unit.id.isdecimal() for unit in units):
        return [None] * len(units)
    table = {unit.id: unit for unit in reversed(others)}
    texts = [_choose_text(table.get(unit.id), choose) for unit in units]
    own, other = _measure_language(units), _measure_language(others)
    if any(texts) or not (own or other):
        return texts
    table = {unit.id[other:]: unit for unit in reversed(others)}
    return [_choose_text(table.get(unit.id[own:]), choose) for unit in units]


_UNDER_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:[-_](?:[a-z]{2}|[a-z]{4}|\d{3})){0,2}\.", re.I)


def _measure_language(units: Sequence[Unit]) -> int:
    """Return how many characters of their ids are a language that all units stand under: 3 of ``en.cart.title``."""
    found = _UNDER_LANGUAGE.match(units[0].id) if units else None
    return found.end() if found and all(unit.id.startswith(found[0]) for unit in units) else 0


def _join_by_source(units: Sequence[Unit], target: Parsed, others: Sequence[Unit], choose: Choose) -> list[Text | None]:
    """Join units of the same source: the first with the first, the second with the second.

    Where one side has a source more often than the other, all its translations there must be the same.
    """
    own, table = _group_by_source(target.units), _group_by_source(others)
    nth = {id(unit): number for same in own.values() for number, unit in enumerate(same)}
    texts: list[Text | None] = []
    for unit in units:
        same = table.get(unit.source.text, []) if unit.source else []
        if unit.source and len(same) == len(own[unit.source.text]):
            texts.append(choose(same[nth[id(unit)]]))
        else:
            said = {text.text: text for other in same if (text := choose(other))}
            texts.append(next(iter(said.values())) if len(said) == 1 else None)
    return texts


def _group_by_source(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    """Return the units by their source, in the order of the file."""
    table: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.source is not None:
            table.setdefault(unit.source.text, []).append(unit)
    return table


def _join_by_order(units: Sequence[Unit], target: Parsed, others: Sequence[Unit], choose: Choose) -> list[Text | None]:
    """Join unit i with unit i, if there are as many, counted with or without those that are not checked."""
    if len(others) == len(target.units):
        twins = {id(unit): other for unit, other in zip(target.units, others, strict=True)}
        return [choose(twins[id(unit)]) for unit in units]
    return [choose(unit) for unit in others] if len(others) == len(units) else [None] * len(units)


def _join_by_alignment(units: Sequence[Unit], _: Parsed, others: Sequence[Unit], choose: Choose) -> list[Text | None]:
    """Align the units with the sentences of the other file; several units against one sentence stay without."""
    chosen = [text for unit in others if (text := choose(unit))]
    joined = BREAK.join(text.text for text in chosen)
    objects = [written for text in chosen for written in text.objects]
    places = [match.start() for match in re.finditer(OBJECT, joined)]
    spans = split_sentences(joined)
    texts: list[Text | None] = [None] * len(units)
    for bead in align([unit.target.text if unit.target else "" for unit in units], [s.of(joined) for s in spans]):
        (first, last), (start, end) = bead.target, bead.reference
        if last - first == 1 and start < end:
            stretch = slice(spans[start].start, spans[end - 1].end)
            shown = slice(bisect_left(places, stretch.start), bisect_left(places, stretch.stop))
            texts[first] = replace(_make_unplaced(joined[stretch]), objects=tuple(objects[shown]))
    return texts


def _choose_text(unit: Unit | None, choose: Choose) -> Text | None:
    return None if unit is None else choose(unit)
