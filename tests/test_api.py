"""The library: the same report as an object, as data and as pages."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stilted
from stilted.core.span_markup import parse
from stilted.pipeline import run

CORPORA = Path(__file__).parents[1] / "corpora"
ARTICLE = (CORPORA / "xpeng" / "translation.en.txt").read_text("utf-8")
REFERENCE = (CORPORA / "xpeng" / "reference.en.txt").read_text("utf-8")
GOLD = (CORPORA / "xpeng" / "gold.txt").read_text("utf-8")
CLEAN = sorted((CORPORA / "clean").glob("*.txt"))


@pytest.fixture(scope="module")
def report() -> stilted.Report:
    return stilted.check(ARTICLE, reference=REFERENCE)


def test_the_report_is_the_documented_data(report: stilted.Report) -> None:
    data = report.to_dict()
    assert data == json.loads(report.to_json())
    assert {
        "schema",
        "stilted",
        "language",
        "coverage",
        "segments",
        "findings",
        "scores",
        "mqm",
        "verdict",
        "skipped",
    } <= data.keys()
    assert data["schema"] == 1
    assert data["verdict"]["passed"] is False
    for finding in data["findings"]:
        assert ARTICLE[finding["start"] : finding["end"]] == finding["text"]
        lines = ARTICLE.split("\n")
        assert lines[finding["line"] - 1][finding["column"] - 1 :].startswith(finding["text"].split("\n")[0])


def test_segments_quote_both_texts(report: stilted.Report) -> None:
    for segment in report.document.segments:
        if segment.target_span:
            assert segment.target_span.of(ARTICLE) == segment.target
        if segment.reference_span:
            assert segment.reference_span.of(REFERENCE) == segment.reference


ROWS = [
    "electric car offline",
    "production line officially went offline",
    "internet car-making force",
    "new internet forces",
    "PPT car",
    "PPT era",
    "from 0 to 1",
    "application scenarios",
    "production permit",
    "shouldn’t mix it",
    "between Internet, electric, and car",
    "60% car, 30% electric, and 10% internet",
    "Xiaopeng",
    "cast a shadow over",
    "stepped out of the PPT era and into reality",
    "Internet",
]
"""What the article must be told about: a finding touches each of these stretches, with and without a reference."""


@pytest.mark.parametrize("reference", [None, REFERENCE], ids=["alone", "with reference"])
@pytest.mark.parametrize("row", ROWS)
def test_every_known_fault_of_the_article_is_found(row: str, reference: str | None) -> None:
    findings = _checked(reference).findings
    places = [i for i in range(len(ARTICLE)) if ARTICLE.startswith(row, i)]
    assert places
    touching = [
        f for f in findings for at in places if f.start is not None and f.start < at + len(row) and at < (f.end or 0)
    ]
    assert touching, f"nobody marks “{row}”"
    assert all(f.why and f.suggestions for f in touching if not f.rule.startswith("tagger/"))


def test_the_advertising_tail_is_flagged_and_left_out_of_the_alignment(report: stilted.Report) -> None:
    tail = ARTICLE.index("Portable battery")
    marked = [f for f in report.findings if (f.start or 0) >= tail]
    assert [f.text for f in marked] == [line for line in ARTICLE[tail:].split("\n") if line]
    assert {f.rule for f in marked} == {"foreign/advertising"}
    for segment in report.document.segments:
        if segment.target_span and segment.target_span.start >= tail:
            assert segment.reference is None


_REPORTS: dict[str | None, stilted.Report] = {}


def _checked(reference: str | None) -> stilted.Report:
    if reference not in _REPORTS:
        _REPORTS[reference] = stilted.check(ARTICLE, reference=reference, ignore="tagger")
    return _REPORTS[reference]


def test_rules_mark_what_a_reviewer_marked() -> None:
    """Every finding of a rule touches a gold span: precision on the article is one."""
    _, marks = parse(GOLD)
    for finding in _checked(REFERENCE).findings:
        start, end = finding.start or 0, finding.end or 0
        assert any(m.start < end and start < m.end for m in marks), f"{finding.rule}: “{finding.text}”"


@pytest.mark.parametrize("path", [*CLEAN, CORPORA / "xpeng" / "reference.en.txt"], ids=lambda p: p.stem)
def test_good_english_is_left_alone(path: Path) -> None:
    findings = stilted.check(path.read_text("utf-8")).findings
    assert [(f.rule, f.text) for f in findings] == []


def test_check_segments_counts_within_segments() -> None:
    report = stilted.check_segments(
        ["She walked to the the station.", "All good here."], references=["She walked to the station.", "All is well."]
    )
    finding = report.findings[0]
    assert (finding.start, finding.segment, finding.segment_start, finding.text) == (None, 0, 14, "the the")
    assert report.to_dict()["segments"][0]["target"] is None


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (lambda: stilted.check(""), "empty"),
        (lambda: stilted.check(Path("x")), "not a string"),  # type: ignore[arg-type]
        (lambda: stilted.check("Good text here.", reference=["Good"]), "not a string"),  # type: ignore[arg-type]
        (lambda: stilted.check("Good text here.", reference="Good text  here."), "same text"),
        (lambda: stilted.check("Good text here.", alig="lines"), "Did you mean 'align'"),
        (lambda: stilted.check_segments("Good text here."), "list"),
        (lambda: stilted.check_segments(["a", "b"], references=["a"]), "2 targets"),
        (lambda: stilted.check_segments(["a", "b"], references="ab"), "list"),
        (lambda: stilted.check_segments(["a", 5]), "not a string"),  # type: ignore[list-item]
    ],
)
def test_unfit_input(call: object, what: str) -> None:
    with pytest.raises(stilted.UserError, match=what):
        call()  # type: ignore[operator]


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5), st.booleans())
def test_any_segments_give_a_report_that_renders(targets: list[str], with_reference: bool) -> None:
    references = [t[::-1] for t in targets] if with_reference else None
    report = stilted.check_segments(targets, references, ignore="tagger")
    for finding in report.findings:
        target = report.document.segments[finding.segment].target or ""
        assert target[finding.segment_start : finding.segment_end] == finding.text
    assert report.to_json() == stilted.check_segments(targets, references, ignore="tagger").to_json()
    assert report.to_html()
    assert "\x1b" not in report.to_text()


def test_a_very_long_text_is_read_by_the_tagger_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "MODEL_WORDS", 5)
    text = "The ferry leaves the harbour at noon and reaches the island an hour later."
    skipped = {entry.rule: entry.reason for entry in stilted.check(text).skipped}
    assert "and this has 14" in skipped["tagger/likely-error"]
    assert "tagger/likely-error" not in {entry.rule for entry in stilted.check(text, select="tagger").skipped}
    assert "tagger/likely-error" not in {entry.rule for entry in stilted.check_segments([text]).skipped}


def test_what_is_no_list_is_told_what_would_make_it_one() -> None:
    for texts, hint in (("one", "Wrap it in a list."), ((text for text in ("one",)), "list(...)")):
        with pytest.raises(stilted.UserError, match="expected a list of strings") as caught:
            stilted.check_segments(texts)  # type: ignore[arg-type]
        assert hint in caught.value.hint


def test_a_report_and_an_error_travel_between_processes(report: stilted.Report) -> None:
    arrived = pickle.loads(pickle.dumps(report))
    assert (arrived.to_json(), arrived.to_html()) == (report.to_json(), report.to_html())
    assert copy.deepcopy(report).rules == report.rules
    rule = next(iter(arrived.rules.values()))
    with pytest.raises(stilted.UserError, match="without its finder"):
        rule.find(report.document)
    error = pickle.loads(pickle.dumps(stilted.UserError("what", "where", "hint")))
    assert (error.what, error.where, error.hint) == ("what", "where", "hint")


def test_a_text_without_a_name_is_called_by_its_role() -> None:
    foreign = "Hola amigos, esto es un texto en español que no debería pasar de ningún modo."
    with pytest.raises(stilted.UserError) as caught:
        stilted.check(foreign)
    assert caught.value.where == "translation"
    with pytest.raises(stilted.UserError) as caught:
        stilted.check(foreign, name="a.txt")
    assert caught.value.where == "a.txt (translation)"
