"""What a project chooses about rules: their severity, names that stay, the kind of text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import stilted
from stilted.api import Report, list_rules, select
from stilted.cli import main
from stilted.core import profiles
from stilted.core.options import make_settings
from stilted.pipeline.selection import drop_for_profile
from stilted.project import config

DOUBLED = "She walked to the the station ， and home."
LEFT_OUT_OF_DOCS = {"foreign/page-furniture", "negation/differs-from-source"}


def levels(report: Report) -> dict[str, str]:
    return {finding.rule: finding.severity for finding in report.findings}


@pytest.mark.parametrize(
    "severity",
    [
        {"mechanics": "neutral", "mechanics/doubled-word": "critical"},
        {"mechanics/doubled-word": "critical", "mechanics": "neutral"},
        "mechanics=neutral, mechanics/doubled-word=critical",
        ["mechanics=neutral", "mechanics/doubled-word=critical"],
    ],
)
def test_a_rule_has_the_severity_that_it_or_else_its_family_is_given(severity: Any) -> None:
    report = stilted.check(DOUBLED, select="mechanics", severity=severity)
    assert levels(report) == {"mechanics/doubled-word": "critical", "mechanics/full-width-punctuation": "neutral"}
    assert report.scorecard.penalty == 25
    assert report.verdict.passed is False


def test_a_set_severity_holds_for_hits_that_would_be_graver() -> None:
    pair = ("It cost 5 billion euros to build.", "It cost 5 million euros to build.")
    assert levels(stilted.check(*pair, select="numbers"))["numbers/wrong-number"] == "critical"
    assert levels(stilted.check(*pair, select="numbers", severity={"numbers": "minor"})) == {
        "numbers/wrong-number": "minor"
    }


@pytest.mark.parametrize(
    ("severity", "said"),
    [
        ({"mechanix": "minor"}, "severity: no rule is called 'mechanix'. Did you mean 'mechanics'?"),
        ({"mechanics": "grave"}, "check: severity: unknown severity 'grave'."),
        ("mechanics", "check: severity: 'mechanics' has no severity."),
        ({"mechanics": 3}, "check: severity: 'mechanics' has no severity."),
    ],
)
def test_what_is_no_severity_is_refused(severity: Any, said: str) -> None:
    with pytest.raises(stilted.UserError) as caught:
        stilted.check(DOUBLED, severity=severity)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("mechanics/doubled", "Did you mean 'mechanics/doubled-word'?"),
        ("zh/line-go-offline", "Did you mean 'zh/line-goes-offline'?"),
        ("numbers/xyz", "Run 'stilted rules list numbers' for the rules there are."),
        ("numbers/", "Run 'stilted rules list numbers' for the rules there are."),
        ("mechanix/doubled-word", "Did you mean 'mechanics/doubled-word'?"),
        ("glossary", "The rules of glossaries come with one: add --glossary FILE."),
        ("glossary/forbidden-term", "The rules of glossaries come with one: add --glossary FILE."),
        ("qqqq", "Run 'stilted rules list' for all there are."),
    ],
)
def test_the_hint_looks_within_the_family_that_is_named(name: str, hint: str) -> None:
    with pytest.raises(stilted.UserError) as caught:
        stilted.check(DOUBLED, select=name)
    assert str(caught.value).endswith(f"no rule is called '{name}'. {hint}")


CONFIG = """\
[severity]
mechanics = "neutral"
pairs = "major"
[[per-path]]
paths = ["docs"]
severity = {pairs = "minor"}
do-not-translate = ["Wagga Wagga"]
"""


def test_sections_for_paths_add_to_the_severities(tmp_path: Path) -> None:
    (tmp_path / "stilted.toml").write_text(CONFIG, "utf-8")
    read = config.find(tmp_path)
    assert make_settings(**read.choose_options(tmp_path / "a.md")).severity == (
        ("mechanics", "neutral"),
        ("pairs", "major"),
    )
    inside = make_settings(**read.choose_options(tmp_path / "docs" / "a.md"))
    assert dict(inside.severity) == {"mechanics": "neutral", "pairs": "minor"}
    assert inside.do_not_translate == ("Wagga Wagga",)


NAMES = ["Bora Bora", "ZetaDB", "/[a-z]+_[a-z]+/"]


def marked(text: str, *terms: str) -> list[str]:
    report = stilted.check(text, select="mechanics", do_not_translate=terms)
    return [finding.text for finding in report.findings]


def test_nothing_is_said_of_names_that_stay() -> None:
    text = "We heard the the band but but left."
    assert marked(text) == ["the the", "but but"]
    assert marked(text, "the the  band") == ["but but"]
    assert marked(text, "/b[a-z]t but/") == ["the the"]
    assert marked(text, "the", "bu", "The the") == ["but but"]


def test_a_string_of_names_alone_is_not_untranslated() -> None:
    rows = [
        "Der Hund schläft heute den ganzen Tag im Garten hinter dem Haus.",
        "Der Mann arbeitet heute den ganzen Tag im Garten hinter dem Haus.",
    ]
    options = {"sources": rows, "source_language": "de", "select": "untranslated"}
    assert {f.text for f in stilted.check_segments(rows, **options).findings} == set(rows)
    left = stilted.check_segments(rows, **options, do_not_translate=["/Der Hund .*/", "Mann", "Garten"]).findings
    assert [f.text for f in left] == rows[1:]


@pytest.mark.parametrize(
    ("target", "source", "is_marked"),
    [
        ("The base of zeta data starts.", "启动ZetaDB引擎。", True),
        ("Start Zeta DB now.", "启动ZetaDB引擎。", False),
        ("ZetaDBs start.", "启动ZetaDB引擎。", False),
        ("Start it now.", "启动ZetaDBx引擎。", False),
        ("Start it now.", "启动引擎。", False),
    ],
)
def test_a_name_of_the_source_must_be_in_the_translation(target: str, source: str, is_marked: bool) -> None:
    report = stilted.check_segments([target], sources=[source], source_language="zh", do_not_translate=NAMES)
    said = [f.message for f in report.findings if f.rule == "glossary/translated-name"]
    assert said == (
        ["The source names “ZetaDB”, which is not to be translated, and this lacks it."] if is_marked else []
    )


def test_a_pattern_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(stilted.UserError, match=r"do-not-translate: '/\(/' is no regular expression"):
        stilted.check(DOUBLED, do_not_translate=["/(/"])


PAGE = "# Learn more\n\nShe walked to the station, and it was late.\n"


def test_the_kind_of_text_is_told_by_its_format_unless_it_is_given(tmp_path: Path) -> None:
    for name in ("a.md", "a.txt"):
        (tmp_path / name).write_text(PAGE, "utf-8")

    def skipped(name: str, **options: Any) -> set[str]:
        report = stilted.check_file(tmp_path / name, **options)
        return {each.rule for each in report.skipped if "profile" in each.reason}

    assert skipped("a.md", ignore="tagger") == LEFT_OUT_OF_DOCS
    assert skipped("a.txt", ignore="tagger") == set()
    assert skipped("a.md", ignore="tagger", profile="article") == set()
    assert skipped("a.txt", profile="ui") >= {"foreign/page-furniture", "repetition/sentence", "tagger/likely-error"}
    assert skipped("a.md", select="foreign") == set()


def test_a_profile_brings_a_gate_and_what_the_user_asks_for_comes_before_it() -> None:
    assert profiles.make_gate(make_settings(), "json").min_score == 90
    assert profiles.make_gate(make_settings(), "markdown").min_score == 95
    assert profiles.make_gate(make_settings(min_score=97), "json").min_score == 97
    assert profiles.make_gate(make_settings(max_penalty_per_1000_words=3), "json").min_score is None
    assert profiles.make_gate(make_settings(profile="article"), "json").min_score == 95


def test_rules_are_left_out_of_profiles_that_exist() -> None:
    assert {name for rule in list_rules() for name in rule.not_for} <= profiles.PROFILES.keys()
    assert {rule.id for rule in list_rules() if "docs" in rule.not_for} == LEFT_OUT_OF_DOCS
    assert drop_for_profile(select(list_rules(), make_settings()), make_settings(profile="article"), "json")[1] == ()


def test_the_command_takes_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("She walked to the the station. They flew to Bora Bora Bora Bora.\n", "utf-8")
    check = ["check", "a.txt", "--no-cache", "--select", "mechanics"]
    assert main([*check, "--severity", "mechanics/doubled-word=critical"]) == 1
    assert main([*check, "--severity", "mechanics=minor", "--severity", "mechanics/doubled-word=major"]) == 0
    assert "\nmajor  " in capsys.readouterr().out
    assert main([*check, "--do-not-translate", "Bora Bora,/the the/"]) == 0
    assert "0 findings." in capsys.readouterr().out
    assert main(["check", "a.txt", "--no-cache", "--profile", "manual"]) == 2
    assert "unknown value 'manual'. Known here: article, docs, ui." in capsys.readouterr().err


@pytest.mark.parametrize("tag", ["zh", "zh-CN", "zh_TW", "zh-Hans-CN", "ZH"])
def test_a_language_may_be_named_with_script_and_region(tag: str) -> None:
    assert make_settings(source_language=tag).source_language == "zh"
