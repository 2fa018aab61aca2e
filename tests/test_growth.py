"""Work grows with the text, the findings and the phrases, not with their square: counted, not timed."""

from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path

import pytest

from adversaries import FILES, TEXTS, Adversary
from stilted import api, formats, render
from stilted.core.errors import UserError
from stilted.core.model import Analysis, Document, Finding, Segment
from stilted.core.options import make_settings
from stilted.pipeline import overlaps
from stilted.pipeline.ignores import IgnoredPhrase, apply_ignored_phrases
from stilted.project import baseline
from stilted.rules import glossary
from stilted.runner.batch.row_checker import Checker, Row
from work import grows

SIZE = 80
MOST = 8.0
"""Most by which work may grow where the size grows four times; in squares it grows sixteen times."""

CHECKER = Checker.of(make_settings(ignore="tagger"))
FOUND = {"findings in one sentence", "findings in many", "tags", "remarks", "cues of one sentence"}
"""What is rendered too: there is most to show."""


@pytest.mark.long
@pytest.mark.parametrize("adversary", TEXTS, ids=lambda each: each.what)
def test_a_row(adversary: Adversary) -> None:
    def check(size: int) -> None:
        text = adversary.of(size)
        CHECKER.judge([Row(text, text + " x", text + " y"), Row(text)])

    assert grows(check, SIZE) < MOST


@pytest.mark.long
@pytest.mark.parametrize("adversary", FILES, ids=lambda each: f"{each.what} in {each.name}")
def test_a_file(adversary: Adversary) -> None:
    def check(size: int) -> None:
        with contextlib.suppress(UserError):
            parsed = formats.parse(adversary.of(size).encode(), adversary.name)
            report = api.check_parsed(parsed, select="mechanics") if adversary.what in FOUND else None
            for form in render.list_formats() if report else ():
                render.get_renderer(form)(report)

    assert grows(check, SIZE) < MOST


@pytest.mark.parametrize(
    ("lost", "left"),
    [("<b>x ", "word "), ("https://a.example/de/x%/y ", "(/en/a/b/c word "), ("{x%} ", "word ")],
    ids=["tags", "addresses", "placeholders"],
)
def test_what_a_translation_lacks(lost: str, left: str) -> None:
    source, target = Adversary("source", "", "", lost, ""), Adversary("target", "", "", left, "")

    def check(size: int) -> None:
        CHECKER.judge([Row(target.of(size), None, source.of(size))])

    assert grows(check, SIZE) < MOST


def findings(starts: list[tuple[int, int, str]]) -> list[Finding]:
    return [
        Finding("x/y", "Style/Awkward style", severity, 0.5, 0, start, end, start, end, "x", "m", "w", (), "f")
        for start, end, severity in starts
    ]


def test_findings_that_overlap() -> None:
    def merge(size: int) -> None:
        short = [(2 * n, 2 * n + 1, "critical") for n in range(size)]
        long = [(0, 2 * size - n, "minor") for n in range(size)]
        overlaps.merge(findings(short + long), {})

    assert grows(merge, SIZE) < MOST


def test_phrases_and_findings() -> None:
    def apply(size: int) -> None:
        segment = Segment("1", "x" * 2 * size)
        made = findings([(n, n + 1, "minor") for n in range(size)])
        known = [dataclasses.replace(each, text=f"word{n}") for n, each in enumerate(made)]
        coverage = api.check_segments(["x"], select="mechanics").coverage
        analysis = Analysis(Document("d", (segment,)), "en", coverage, tuple(known), (), ())
        phrases = [IgnoredPhrase(f"word{2 * n}", "", "", f"list:{n}") for n in range(size)]
        left, used = apply_ignored_phrases(analysis, phrases)
        assert len(left.findings) + len(used) == size

    assert grows(apply, SIZE) < MOST


def test_entries_of_a_baseline() -> None:
    def apply(size: int) -> None:
        made = findings([(n, n + 1, "minor") for n in range(size)])
        named = [dataclasses.replace(each, fingerprint=f"f{n}") for n, each in enumerate(made)]
        entries = [baseline.make_entry(each) for each in named]
        assert len(baseline.mark_accepted(named, entries)[0]) == size

    assert grows(apply, SIZE) < MOST


@pytest.mark.parametrize("row", ["term{0},Wort{0},", "right{0},Wort{0},wrong{0} thing", "a b c{0},,a b d{0}"])
def test_terms_of_a_glossary(row: str, tmp_path: Path) -> None:
    text = "The wrong1 thing and a b d2 stand in every sentence. "

    def apply(size: int) -> None:
        path = tmp_path / f"{size}.csv"
        rows = "\n".join(row.format(number) for number in range(size))
        path.write_text(f"preferred,source,forbidden\n{rows}\n", "utf-8")
        document = Document("d", (Segment("1", text * size, None, "Wort1 " * size),), has_source=True)
        for rule in glossary.list_rules([path]):
            list(rule.find(document))

    assert grows(apply, SIZE) < MOST
