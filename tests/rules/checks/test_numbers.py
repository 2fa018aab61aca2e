"""Numbers as texts write them, and which of them contradict a reference or a source."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stilted
from stilted.core.model import Finding
from stilted.lab.benches import contrast
from stilted.pipeline import detect
from stilted.pipeline.build import build_document, build_segments
from stilted.rules.checks import numbers
from stilted.rules.checks.numbers.quantities import find_quantities
from stilted.rules.checks.numbers.sources import find_amounts
from work import grows


def find_in(target: str, reference: str | None = None, source: str | None = None) -> tuple[Finding, ...]:
    one = build_segments("t", [target], [reference] if reference else None, [source] if source else None)
    return detect.run(numbers.RULES, one)[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2 million people", 1.2e6),
        ("1,234,567 people", 1234567),
        ("29 663 people", 29663),
        ("twenty-one boats", 21),
        ("three thousand two hundred and five boats", 3205),
        ("half a million boats", 5e5),
        ("a quarter of a million boats", 25e4),
        ("two and a half million boats", 2.5e6),
        ("two dozen boats", 24),
        ("a hundred boats", 100),
        ("two-thirds of boats", 2 / 3),
        ("3/4 of boats", 0.75),
        ("5bn boats", 5e9),
        ("１２ boats", 12),
        ("one in five boats", 0.2),
        ("the 21st boat", 21),
        ("the twenty-first boat", 21),
    ],
)
def test_english_numerals(text: str, value: float) -> None:
    assert [round(q.value, 9) for q in find_quantities(text)] == [round(value, 9)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10万", 1e5),
        ("1.5亿", 1.5e8),
        ("１．５亿", 1.5e8),
        ("12万亿", 1.2e13),
        ("3万5千亿", 3.5e12),
        ("1亿2000万", 1.2e8),
        ("1100多万", 1.1e7),
        ("三十二", 32),
        ("二〇二三年", 2023),
        ("一万五", 15000),
        ("五六百", 600),
        ("1,5 Mio. Euro", 1.5e6),
        ("2,5 млн", 2.5e6),
        ("1 234,5", 1234.5),
        ("4億5000万円", 4.5e8),
        ("百分之三十五", 35),
    ],
)
def test_numerals_of_sources(text: str, value: float) -> None:
    assert any(value == v for amount in find_amounts(text) for v in amount.plain)


@pytest.mark.parametrize(
    ("target", "reference"),
    [
        ("It was 3 p.m. on Monday, 12 Oct. 2023.", "On Monday, October 12, 2023, at 15:00."),
        ("It fell by half.", "It fell by 50 percent."),
        ("It sold a dozen lamps.", "It sold 12 lamps."),
        ("It weighs 5 pounds and cost £9.", "It cost nine pounds and weighs 2.3 kg."),
        ("Temperatures reached 104 degrees Fahrenheit.", "It was 40°C."),
        ("In the 1990s he earned 20 to 30 percent more.", "In the '90s his pay rose 20-30%."),
        ("Tens of thousands came.", "Some 40,000 people came."),
        ("He walked five or six hundred metres.", "He walked 500 metres."),
        ("It lasted 18 months.", "It lasted a year and a half."),
        ("COVID-19 closed 300 schools.", "Covid shut 300 schools."),
        ("The second one was the first of its kind, they both said once.", "The other was a novelty, three men said."),
        ("The two of them left.", "The couple left."),
    ],
)
def test_right_versions_are_left_alone(target: str, reference: str) -> None:
    assert find_in(target, reference) == ()


@pytest.mark.parametrize(
    ("target", "marked", "severity"),
    [
        ("In May 2019 the plant sold 43,000 cars for €2 million.", "43,000", "major"),
        ("In May 2018 the plant sold 34,000 cars for €2 million.", "2018", "major"),
        ("In June 2019 the plant sold 34,000 cars for €2 million.", "June", "major"),
        ("In May 2019 the plant sold 34,000 cars for €2 billion.", "2 billion", "critical"),
        ("In May 2019 the plant sold 34,000 cars for $2 million.", "$2 million", "major"),
        ("In May 2019 the plant sold 3,400 cars for €2 million.", "3,400", "critical"),
    ],
)
def test_wrong_versions_are_marked(target: str, marked: str, severity: str) -> None:
    hits = find_in(target, "The plant sold 34,000 cars for 2 million euros in May 2019.")
    assert [(f.text, f.severity) for f in hits] == [(marked, severity)]


def test_the_source_outweighs_the_reference() -> None:
    assert find_in("It sold 43,000 cars.", "It sold 34,000 cars.")
    assert not find_in("It sold 43,000 cars.", "It sold 34,000 cars.", "售出4.3万辆车。")


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("It has 2^6-1 = 63 lamps.", "Il y a 2^6-1 = 63 lampes."),
        ("2001/03/18 lamp-(0.1.11-pre-b2)-m17n-0.17", "2001/03/18 lamp-(0.1.11-pre-b2)-m17n-0.17"),
        ("Use port_80x25.cfg for 4 lamps.", "4つのランプには port_80x25.cfg を使う。"),
    ],
)
def test_a_figure_that_the_source_has_letter_by_letter_is_the_same(target: str, source: str) -> None:
    report = stilted.check_segments([target], sources=[source], select="numbers")
    assert not report.findings


@pytest.mark.parametrize(
    ("target", "source", "marked"),
    [
        ("(line 158)", "(152 行)", []),
        ("3.", "2. Lampen", []),
        ("(2)", "(1) Lampen", []),
        ("(2) Light the lamp", "(1) Die Lampe anzünden", ["2"]),
        ("20 lamps burn.", "Es brennen 30 Lampen.", ["20"]),
        ("20 lamps burn.", "30. Lampen brennen.", ["20"]),
        ("20.5 lamps burn.", "Es brennen 30,5 Lampen.", ["20.5"]),
        ("It has 158 lines.", "Es hat 152 Zeilen.", ["158"]),
    ],
)
def test_numbers_of_items_and_lines_are_those_of_the_text_itself(target: str, source: str, marked: list[str]) -> None:
    language = "zh" if "点" in source else "ja" if "行" in source else "de"
    report = stilted.check_segments([target], sources=[source], source_language=language, select="numbers")
    assert [finding.text for finding in report.findings] == marked


def test_parts_of_a_version_are_compared() -> None:
    report = stilted.check_segments(["Get lamp 0.1.11-pre."], sources=["获取 lamp 0.1.12-pre。"], select="numbers")
    assert [(f.text, f.suggestions) for f in report.findings] == [("11", ("12",))]


def test_a_number_that_moved_to_the_next_sentence_is_left_alone() -> None:
    reference = "The plant opened in 1987 near the harbour. It has 250 workers and two kitchens."
    target = "The plant opened near the harbour. Since 1987 it has had 250 workers and two kitchens."
    assert detect.run(numbers.RULES, build_document("t", target, reference))[0] == ()


def test_one_zero_too_many_in_a_translation_without_reference() -> None:
    (finding,) = find_in("It sold 430,000 cars.", source="售出4.3万辆车。")
    assert (finding.text, finding.suggestions, finding.severity) == ("430,000", ("43,000",), "critical")


@pytest.mark.parametrize(
    ("target", "source", "suggestion", "stated"),
    [
        ("The house was built in 1989.", "Das Haus wurde 1999 gebaut.", "1999", "“1999”."),
        ("It has 1,989 rooms.", "Es hat 1999 Zimmer.", "1,999", "“1999”."),
        ("It has 1300 rooms.", "Es hat 1.200 Zimmer.", "1200", "“1.200” (1200)."),
        ("It sold 120000 cars.", "售出11万辆车。", "110,000", "“11万” (110,000)."),
        ("It cost 1600000 euros.", "Es kostete 1,5 Mio. Euro.", "1,500,000", "“1,5 Mio” (1,500,000)."),
        ("The song is 32 years old.", "这首歌已有二十三年历史。", "23", "“二十三” (23)."),
        ("It has 1.2 million rooms.", "Es hat 13000 Zimmer.", "13,000", "“13000”."),
    ],
)
def test_a_number_of_the_source_is_suggested_as_it_would_be_written(
    target: str, source: str, suggestion: str, stated: str
) -> None:
    (finding,) = find_in(target, source=source)
    assert finding.suggestions == (suggestion,)
    assert finding.message.endswith(f"contradicts the source, which has {stated}")


@given(st.text(alphabet="0123456789 ,.-/:%$€°abmphalf twonid\n一十万亿年", max_size=80), st.text(max_size=40))
def test_no_text_breaks_it(one: str, other: str) -> None:
    for target, reference in ((one, other), (other, one), (one, one)):
        for finding in find_in(target, reference or "x", one):
            assert finding.text
    assert find_in(one, one or "x") == ()


@given(st.integers(13, 10**9), st.integers(13, 10**9))
def test_figures_differ_or_do_not(one: int, other: int) -> None:
    hits = find_in(f"They counted {one:,} birds.", f"The birds they counted were {other:,}.")
    assert bool(hits) == (one != other)


@pytest.mark.parametrize("part", ["1-", "1,1", "a@", "five-", "1", "1:"])
def test_hostile_texts_take_work_in_proportion(part: str) -> None:
    def find(size: int) -> None:
        text = part * size
        find_quantities(text)
        find_amounts(text)
        find_in(text, "7 " + text, text + "9")

    assert grows(find, 200) < 8


def test_contrast_bench_counts_what_it_changed() -> None:
    right = [
        contrast.Pair("It sold 34,000 cars.", "The firm sold 34,000 cars.", None),
        contrast.Pair("She is not here in May 2020.", "In May 2020 she is not here.", None),
    ]
    results = contrast.measure(list(numbers.RULES), right)
    assert results["right"] == (2, 0)
    assert results["figure"] == (2, 2)
    assert results["month"] == (1, 1)
    assert contrast.CHANGES["negation-dropped"](right[1].target, random.Random(1)) == "She is here in May 2020."
