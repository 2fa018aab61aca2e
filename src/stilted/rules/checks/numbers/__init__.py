"""Numbers, dates, times, units and currencies that contradict the reference or the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stilted.core.model import Document, Example, Hit, Need, Rule
from stilted.rules.checks.numbers import against_reference, against_source
from stilted.rules.checks.numbers.evidence import read_values
from stilted.rules.checks.numbers.quantities import find_quantities, may_hold_quantity


def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        if not segment.target or not may_hold_quantity(segment.target):
            continue
        figures = find_quantities(segment.target)
        if segment.reference:
            yield from against_reference.find_contradictions(document, number, figures)
        elif segment.source:
            yield from against_source.find_contradictions(
                number, segment.target, segment.source, figures, document.source_language
            )


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
            Example.of("Lamp <v>8</v> of {count}", "Lamp 1 of {count}", source="Lampe 1/{count}"),
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
            Example.of("Set 8 lamps on /shelf.", source="Stellen Sie 9/Lampen auf."),
            Example.of("Lamp one of {count}", source="Lampe 1/{count}"),
            Example.of("The lamp [12] burns oil.", source="Die Lampe [11] brennt mit Öl."),
            Example.of("Write to Lamps, 7 Harbour Street.", source="Schreiben Sie an Lamps, 9 Lighthouse Lane."),
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
