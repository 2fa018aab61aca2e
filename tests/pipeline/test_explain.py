"""What was compared for a finding: shown for each that is asked for, and true."""

from __future__ import annotations

from pathlib import Path

import pytest

import stilted
from stilted.cli import main
from stilted.pipeline.explain import explain


def facts(report: stilted.Report, number: int = 0) -> dict[str, str]:
    return dict(explain(report, report.findings[number]))


def test_the_values_that_were_read_on_each_side() -> None:
    pair = ["It cost 5 billion euros."], ["Es kostete 7 Millionen Euro."]
    explained = facts(stilted.check_segments(pair[0], sources=pair[1], source_language="de", select="numbers"))
    assert explained["read here"] == "“5 billion euros” is number 5,000,000,000 euro"
    assert explained["read there"] == "“7 Millionen” is 7,000,000"
    against = facts(stilted.check_segments(pair[0], ["It cost 7 million euros."], select="numbers"))
    assert against["read there"] == "“7 million euros” is number 7,000,000 euro"
    assert "source" in against
    assert "reference" not in against


def test_the_placeholders_that_were_read_on_each_side() -> None:
    report = stilted.check_segments(["You have %s left."], sources=["%s von %d übrig"], select="markup")
    explained = facts(report)
    assert (explained["read here"], explained["read there"]) == ("%s", "%s %d")


def test_the_words_that_prove_a_language() -> None:
    german = "Der Hund schläft heute den ganzen Tag im Garten hinter dem Haus."
    explained = facts(stilted.check_segments([german], sources=[german], source_language="de", select="untranslated"))
    assert explained["read here"].startswith("Der, Hund, schläft, heute")
    assert explained["language"].startswith("de; proof: ")


def test_the_pattern_of_a_phrase() -> None:
    explained = facts(stilted.check("After all, if we do not do it right, we should not mix it.", select="zh/mix-it"))
    assert "mix it" in explained["pattern"]
    assert explained["rule"] == "zh/mix-it: stable; major by itself; about translations from zh"


def test_what_a_finding_costs_and_why() -> None:
    report = stilted.check("She went to the the station. It was the the end.", severity={"mechanics": "major"})
    first, second = (facts(report, number) for number in (0, 1))
    assert first["costs"] == "5 penalty points"
    assert first["rule"].endswith("major as configured")
    assert second["costs"] == "nothing: it repeats another finding of this document"
    assert first["fix"].startswith("'stilted fix' writes the first suggestion, unless there is code in the line")
    assert first["accept"] == "'mechanics/doubled-word: the the' on a line of .stilted-ignore"
    assert "hits on annotated data touch a mark of a reviewer" in first["measured"]
    assert (first["source"], first["reference"]) == ("none was given", "none was given")


@pytest.mark.parametrize(
    ("what", "shown"),
    [("1", 1), ("3:12", 1), ("3:11", 0), ("mechanics", 2), ("mechanics/doubled-word", 2), ("all", 2), ("9", 0)],
)
def test_the_command_shows_what_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], what: str, shown: int
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("She walked to the the station.\n\nIt came to the the end.\n", "utf-8")
    code = main(["check", "a.txt", "--no-cache", "--ignore", "tagger", "--explain", what])
    out, err = capsys.readouterr()
    assert out.count("is doubled.") == out.count("├ costs ") == shown
    assert code == (0 if shown else 2)
    assert ("nothing was found at" in err) == (not shown)


def test_the_exit_code_is_that_of_a_check_and_other_outputs_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("She walked to the the station.\n", "utf-8")
    check = ["check", "a.txt", "--no-cache", "--ignore", "tagger", "--explain", "all"]
    assert main([*check, "--fail-on", "minor"]) == 1
    assert main([*check, "--fail-on", "minor", "--exit-zero"]) == 0
    assert main([*check, "--format", "json"]) == 2
    assert "explanations are for the terminal" in capsys.readouterr().err


def test_no_label_is_longer_than_its_column() -> None:
    report = stilted.check_segments(["It cost 5 billion euros."], sources=["Es kostete 7 Euro."], source_language="de")
    assert max(len(label) for finding in report.findings for label, _ in explain(report, finding)) <= 10
