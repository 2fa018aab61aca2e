"""Numbers, dates, times, units and currencies that contradict the reference or the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from stilted.core.bounded import TextCache
from stilted.core.model import Document, Example, Hit, Need, Rule, Segment, Span
from stilted.rules.checks.numbers import sources
from stilted.rules.checks.numbers.against_source import (
    GROUPED,
    MAGNITUDE,
    find_contradictions,
    have_same_digits,
    is_year,
)
from stilted.rules.checks.numbers.compare import Difference, Fault, find_faults, may_be_same
from stilted.rules.checks.numbers.evidence import read_values
from stilted.rules.checks.numbers.numerals import Shape
from stilted.rules.checks.numbers.quantities import find_quantities, may_hold_quantity
from stilted.rules.checks.numbers.quantity import Kind, Quantity

_RULES: Final = {
    Kind.MONTH: "numbers/wrong-date",
    Kind.WEEKDAY: "numbers/wrong-date",
    Kind.SEASON: "numbers/wrong-date",
    Kind.TIME: "numbers/wrong-time",
}
_read = TextCache(find_quantities, 100_000)
"""Neighbouring segments ask for the same reference again, and an editor for the same page."""


def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        if not segment.target or not may_hold_quantity(segment.target):
            continue
        figures = _read(segment.target)
        if segment.reference:
            yield from _compare_with_reference(document, number, segment.target, segment.reference, figures)
        elif segment.source:
            yield from find_contradictions(number, segment.target, segment.source, figures, document.source_language)


def _compare_with_reference(
    document: Document, number: int, target: str, reference: str, figures: list[Quantity]
) -> Iterator[Hit]:
    differences = find_faults(target, figures, reference, _read(reference))
    if not differences:
        return
    source = document.segments[number].source
    stated = sources.find_amounts(source, document.source_language) if source else []
    beside = [q for segment in _list_neighbours(document, number) for q in _read(segment.reference or "")]
    for fault in differences:
        agrees = fault.what is Difference.VALUE and stated and _is_confirmed_by_source(stated, fault)
        if not agrees and not any(may_be_same(fault.found, q) for q in beside):
            yield _make_hit(number, target, reference, fault)


def _is_confirmed_by_source(stated: list[sources.Amount], fault: Fault) -> bool:
    """Tell whether the source has what the translation says, and not what the reference says."""
    return sources.states(stated, fault.found) and not sources.states(stated, fault.wanted)


def _list_neighbours(document: Document, number: int) -> Iterator[Segment]:
    """Yield the segments next to this one in a running text: a number may have changed its sentence."""
    if document.target is not None:
        yield from document.segments[max(0, number - 1) : number]
        yield from document.segments[number + 1 : number + 2]


def _make_hit(number: int, target: str, reference: str, fault: Fault) -> Hit:
    one, other = fault.found, fault.wanted
    span, wanted = _choose_edit(target, reference, fault)
    written, right = target[one.left : one.right], reference[other.left : other.right]
    if fault.what is Difference.UNIT:
        return Hit("numbers/wrong-unit", number, span, f"“{written}” stands for “{right}” in the reference.", (wanted,))
    rule = _RULES.get(one.kind, "numbers/wrong-number")
    if fault.what is Difference.SEPARATOR:
        severity = "major" if one.value != other.value else "minor"
        message = f"“{written}” has the separators of another language: the reference has “{right}”."
        return Hit(rule, number, span, message, (wanted,), severity=severity)
    if _is_magnitude(fault):
        times = max(one.value, other.value) / min(one.value, other.value)
        message = f"“{written}” is off by a factor of {times:,.4g}: the reference has “{right}”."
        return Hit(rule, number, span, message, (wanted,), severity="critical")
    return Hit(rule, number, span, f"“{written}” contradicts the reference, which has “{right}”.", (wanted,))


def _is_magnitude(fault: Fault) -> bool:
    """Tell whether an amount surely is ten or more times too large or too small; dates and names are not amounts."""
    one, other = fault.found, fault.wanted
    if one.kind == Kind.VAGUE:
        return True
    if one.kind not in (Kind.NUMBER, Kind.PERCENT) or one.role or other.role or min(one.weight, other.weight) < 2:
        return False
    small, large = sorted((one.value, other.value))
    if small <= 0 or large / small < MAGNITUDE or is_year(one) or is_year(other):
        return False
    return fault.sure or have_same_digits(one.value, other.value)


def _choose_edit(target: str, reference: str, fault: Fault) -> tuple[Span, str]:
    """Return what to replace and what with: the number alone or the unit alone where that is enough."""
    one, other = fault.found, fault.wanted
    unit, reference_unit = target[one.end : one.right], reference[other.end : other.right]
    spaced = unit[:1] == reference_unit[:1] and unit[:1] in (" ", "-")
    if fault.what is Difference.UNIT and spaced and one.left == one.start and other.left == other.start:
        return Span(one.end + 1, one.right), reference_unit[1:]
    if fault.what is Difference.UNIT or (one.unit and other.unit and one.unit != other.unit) or one.kind != other.kind:
        return Span(one.left, one.right), reference[other.left : other.right]
    wanted = reference[other.start : other.end]
    is_count = other.kind == Kind.NUMBER and other.value.is_integer()
    if one.shape == Shape.FIGURE and other.shape == Shape.WORD and is_count:
        wanted = f"{int(other.value):,}" if other.value >= GROUPED else f"{int(other.value)}"
    return Span(one.start, one.end), wanted


_WRITTEN = (
    Rule(
        id="numbers/wrong-number",
        category="Accuracy/Mistranslation",
        severity="major",
        message="This number contradicts the reference.",
        why="Engines misread figures, above all where a language counts in other powers of ten: 万, 亿, Milliarde.",
        find=_find,
        bad=(
            Example.of(
                "The plant employs <v>12,000</v> people.",
                "The plant employs 1,200 people.",
                reference="Some 1,200 people work at the plant.",
            ),
            Example.of(
                "Sales reached <v>5.2 billion</v> yuan, up 8%.",
                "Sales reached 5.2 million yuan, up 8%.",
                reference="Sales were 5.2 million yuan, a rise of 8 percent.",
            ),
            Example.of("He is <v>43</v> years old.", "He is 34 years old.", reference="He is thirty-four years old."),
            Example.of(
                "On October <v>21</v> the <v>four</v> boats left.",
                "On October 12 the three boats left.",
                reference="The three boats left on 12 October.",
            ),
        ),
        good=(
            Example.of(
                "On October 12, 2023 at 3 p.m. half of the 1.2 million voters had come.",
                reference="At 15:00 on 12 Oct. 2023, 50% of the 1,200,000 voters had come.",
            ),
            Example.of("A dozen boats sailed 100 miles.", reference="Twelve boats sailed 160 km."),
            Example.of("About 1,200 people came.", reference="In all, 1,187 people came."),
            Example.of("Both men are one of us.", reference="The two men belong to us."),
            Example.of("The war ended in '45.", reference="The war ended in 1945."),
            Example.of("It was 40 degrees in May.", reference="In May it was 104 Fahrenheit."),
        ),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.8,
    ),
    Rule(
        id="numbers/wrong-unit",
        category="Accuracy/Mistranslation",
        severity="major",
        message="The number is the reference's, its unit or currency is not.",
        why="The figure was carried over and the unit was not converted, or was mistaken for another.",
        find=_find,
        bad=(
            Example.of(
                "It is 40 <v>miles</v> to the coast.",
                "It is 40 kilometres to the coast.",
                reference="The coast is 40 kilometres away.",
            ),
            Example.of("The ticket costs <v>$30</v>.", "The ticket costs €30.", reference="A ticket is €30."),
        ),
        good=(
            Example.of("It is 25 miles to the coast.", reference="The coast is 40 kilometres away."),
            Example.of("It costs 30 yuan.", reference="It costs RMB 30."),
        ),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.8,
    ),
    Rule(
        id="numbers/wrong-date",
        category="Accuracy/Mistranslation",
        severity="major",
        message="This month, day of the week or season contradicts the reference.",
        why="Names of months and days are mistaken for one another, or a numeric date is read in the wrong order.",
        find=_find,
        bad=(
            Example.of("It opened in <v>June</v>.", "It opened in July.", reference="In July it opened."),
            Example.of(
                "The talks begin on <v>Tuesday</v>.",
                "The talks begin on Thursday.",
                reference="On Thursday the talks begin.",
            ),
        ),
        good=(
            Example.of("It opened in Sept. 2020.", reference="It opened in September 2020."),
            Example.of("She may march again.", reference="In June she may march again."),
        ),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.8,
    ),
    Rule(
        id="numbers/wrong-time",
        category="Accuracy/Mistranslation",
        severity="major",
        message="This time of day contradicts the reference.",
        why="Morning and afternoon are confused, or a clock of 24 hours is read as one of 12.",
        find=_find,
        bad=(
            Example.of(
                "The shop opens at <v>9 p.m.</v>", "The shop opens at 9 a.m.", reference="The shop opens at 9 a.m."
            ),
        ),
        good=(Example.of("The train left at 3:30 p.m.", reference="At 15:30 the train left."),),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.8,
    ),
    Rule(
        id="numbers/differs-from-source",
        category="Accuracy/Mistranslation",
        severity="major",
        message="This number, unit, month, day or time contradicts the source.",
        why="Engines misread figures, above all where a language counts in other powers of ten: 万, 亿, Milliarde.",
        find=_find,
        bad=(
            Example.of("It has <v>10,000</v> readers.", "It has 100,000 readers.", source="它有10万读者。"),
            Example.of(
                "The song is <v>32</v> years old.", "The song is 23 years old.", source="这首歌已有二十三年历史。"
            ),
            Example.of("The party is on <v>May</v> 3.", "The party is on March 3.", source="La fête est le 3 mars."),
            Example.of(
                "The party is on the <v>8th</v> of May.",
                "The party is on the 7th of May.",
                source="聚会将于5月7日举行。",
            ),
            Example.of(
                "Lamp <v>7</v> burns for <v>30</v> days.",
                "Lamp 30 burns for 7 days.",
                source="Лампа 30 горит 7 дней.",
            ),
            Example.of(
                "It must be between <v>90</v> and <v>10</v>.",
                "It must be between 10 and 90.",
                source="10から90でなければなりません。",
            ),
        ),
        good=(
            Example.of("Which of the lamps, counted from 1.", source="在 10 盏灯中是第几盏。"),
            Example.of("The lamp [12] burns oil.", source="Die Lampe [11] brennt mit Öl."),
            Example.of(
                "In October 2020 it sold 150 million cars, 30 percent of all.",
                source="2020年10月，售出１.５亿辆，占三成。",
            ),
            Example.of("It has 100,000 readers.", source="它有10万读者。"),
            Example.of("It cost 1.5 million euros.", source="Es kostete 1,5 Millionen Euro."),
            Example.of("The party is on March 3 at 3:30 p.m.", source="La fête est le 3 mars à 15 h 30."),
            Example.of("It burns from the 7th to the 9th of May.", source="5月7日至9日点灯。"),
            Example.of(
                "In May third lamps were lit; the 8th lamp on the seventh of May.", source="5月7日，点第八盏灯。"
            ),
            Example.of("It burned for 7 days in 30 lamps.", source="30個のランプで7日間燃えました。"),
            Example.of("See {1} about the lamp {0}.", source="Zur Lampe {0} siehe {1}."),
            Example.of("Only lamps of version 3 burn.", source="버전 3만 켜집니다."),
        ),
        needs=frozenset({Need.SOURCE}),
        confidence=0.7,
    ),
)

RULES = tuple(replace(rule, evidence=read_values) for rule in _WRITTEN)
