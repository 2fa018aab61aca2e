"""The corpora are what their README says they are, and the gold marks are readable."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from stilted.core import mqm, span_markup

CORPORA = Path(__file__).parent.parent / "corpora"
README = CORPORA / "README.md"
ROW = re.compile(r"^\| `(?P<path>[^`]+)` \| (?P<words>[\d,]+) \| `(?P<sha256>[0-9a-f]{64})` \|$", re.M)

LISTED = {row["path"]: row for row in ROW.finditer(README.read_text(encoding="utf-8"))}
CLEAN = sorted((CORPORA / "clean").glob("*.txt"))
XPENG = CORPORA / "xpeng"


def read(path: Path) -> str:
    """Decode without newline translation, so that offsets and line ends are those of the file."""
    return path.read_bytes().decode("utf-8")


def words(text: str) -> int:
    return len(text.split())


def gold_marks() -> tuple[span_markup.Mark, ...]:
    return span_markup.parse(read(XPENG / "gold.txt"), "gold.txt")[1]


def test_the_readme_lists_xpeng_and_clean_files_exactly() -> None:
    present = {
        path.relative_to(CORPORA).as_posix()
        for folder in ("xpeng", "clean")
        for path in (CORPORA / folder).rglob("*")
        if path.is_file()
    }
    assert {path for path in LISTED if path.startswith(("xpeng/", "clean/"))} == present


@pytest.mark.parametrize("path", sorted(LISTED))
def test_the_readme_tells_the_truth_about(path: str) -> None:
    row = LISTED[path]
    data = (CORPORA / path).read_bytes()
    assert hashlib.sha256(data).hexdigest() == row["sha256"]
    assert words(data.decode("utf-8")) == int(row["words"].replace(",", ""))


def test_gold_without_its_marks_is_the_translation() -> None:
    plain, marks = span_markup.parse(read(XPENG / "gold.txt"), "gold.txt")
    assert plain == read(XPENG / "translation.en.txt")
    assert len(marks) >= 40


def test_every_gold_mark_has_a_category_and_a_severity_and_covers_whole_words() -> None:
    text = read(XPENG / "translation.en.txt")
    for mark in gold_marks():
        quoted = text[mark.start : mark.end]
        assert {key for key, _ in mark.attrs} == {"cat", "sev"}, quoted
        mqm.require_category(mark.get("cat"), quoted)
        assert mark.get("sev") in {"minor", "major", "critical"}, quoted
        assert quoted
        assert quoted == quoted.strip()
        for edge in (mark.start, mark.end):
            assert not re.fullmatch(r"\w\w", text[edge - 1 : edge + 1]), quoted


def test_gold_marks_cover_every_known_fault_of_the_article() -> None:
    text = read(XPENG / "translation.en.txt")
    quoted = [text[mark.start : mark.end] for mark in gold_marks()]
    for fault in (
        "offline",
        "production line officially went offline",
        "internet car-making force",
        "new internet forces",
        "PPT car",
        "PPT era",
        "from 0 to 1",
        "application scenarios",
        "production permit",
        "we shouldn’t mix it",
        "balance between Internet, electric, and car",
        "60% car, 30% electric, and 10% internet",
        "Xiaopeng Motors",
        "Xiaopeng",
        "has cast a shadow over",
        "Internet",
    ):
        assert any(fault in quote for quote in quoted), fault


def test_every_line_of_the_advertising_tail_is_an_addition() -> None:
    text = read(XPENG / "translation.en.txt")
    _, _, tail = text.partition("mix it.”")
    additions = [text[m.start : m.end] for m in gold_marks() if m.get("cat") == "Accuracy/Addition"]
    assert additions == [line for line in tail.splitlines() if line]


def test_the_reference_has_the_facts_and_neither_the_faults_nor_the_advertising() -> None:
    reference = read(XPENG / "reference.en.txt")
    for fact in ("October 12", "Ministry of Industry and Information Technology", "Tesla", "Alibaba"):
        assert fact in reference
    assert reference.count("60%") == reference.count("30%") == reference.count("10%") == 2
    for fault in ("PPT", "offline", "force", "scenario", "Internet", "ortable", "http", "mix it"):
        assert fault not in reference
    assert re.findall(r"(?<!He )Xiaopeng", reference) == []
    assert re.findall(r"[\"']", reference) == []


def test_there_are_enough_clean_texts() -> None:
    assert len(CLEAN) >= 8


@pytest.mark.parametrize("path", [*CLEAN, XPENG / "reference.en.txt"], ids=lambda path: path.stem)
def test_good_texts_are_cleanly_typed(path: Path) -> None:
    text = read(path)
    assert words(text) >= 300
    title, blank, first, *_ = text.split("\n")
    assert title
    assert not blank
    assert first
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not re.search(r"\r|\t|\ufeff|\u00a0|  | $", text, re.MULTILINE)
    assert not (re.search("[“”‘’]", text) and re.search("[\"']", text)), "one style of quotes in one text"
