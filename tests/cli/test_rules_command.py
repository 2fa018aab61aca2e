"""``stilted rules``: what it knows of rules that are not built in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stilted.cli import main

PACK = """
[[rule]]
id = "{family}/foo"
pattern = "foo"
message = "Foo \\u001b[31m."
suggest = ["bar"]
category = "Style/Awkward style"
severity = "minor"
why = "House style."
bad = [["A <v>foo</v>.", "A bar."]]
good = ["A food."]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for family in ("ours", "theirs"):
        Path(f"{family}.toml").write_text(PACK.replace("{family}", family), "utf-8")
    Path("terms.csv").write_text("source,preferred,forbidden\n港口,port,harbour\n", "utf-8")
    return tmp_path


def test_one_is_one_rule(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "test", "ours.toml"]) == 0
    assert capsys.readouterr().out == "ours.toml: 1 rule, 0 broken promises\n"


def test_a_family_that_is_like_none_has_a_hint(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "qqqq"]) == 2
    assert capsys.readouterr().err.endswith("no family is called 'qqqq'. Run 'stilted rules list' for all there are.\n")


def test_the_rules_of_a_glossary_are_known_without_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "glossary"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == [
        "glossary/forbidden-term",
        "glossary/missing-term",
        "glossary/translated-name",
    ]
    assert main(["rules", "show", "glossary/missing-term"]) == 0
    output = capsys.readouterr().out
    assert re.search("needs: +source", output)
    assert "--glossary FILE" in output


def test_the_rules_of_ones_own_glossary_show_its_terms(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", "glossary/forbidden-term", "--glossary", "terms.csv"]) == 0
    assert "They wrote <v>harbour</v> here." in capsys.readouterr().out
    Path("terms.csv").write_text("preferred,forbidden\nport,harbour\n", "utf-8")
    assert main(["rules", "list", "glossary", "--glossary", "terms.csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_packs_given_and_configured_are_known(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "ours", "--pack", "ours.toml"]) == 0
    assert capsys.readouterr().out.split() == ["ours/foo", "stable", "argued", "minor", "Style/Awkward", "style"]
    assert main(["rules", "list", "ours"]) == 2
    section = '[[per-path]]\npaths = ["docs/*"]\npacks = ["theirs.toml", "ours.toml"]\nglossary = ["terms.csv"]\n'
    Path("stilted.toml").write_text('packs = ["ours.toml"]\n' + section, "utf-8")
    (here / "sub").mkdir()
    assert main(["rules", "list", "ours", "theirs", "mechanics"]) == 0
    families = {line.partition("/")[0] for line in capsys.readouterr().out.splitlines()}
    assert families == {"ours", "theirs", "mechanics"}
    assert main(["rules", "show", "glossary/forbidden-term"]) == 0
    assert "harbour" in capsys.readouterr().out


def test_what_a_pack_says_cannot_move_the_terminal(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", "ours/foo", "--pack", "ours.toml"]) == 0
    output = capsys.readouterr().out
    assert "Foo ␛[31m." in output
    assert "    A <v>foo</v>.\n    -> A bar.\n" in output


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["show", "ours/fo", "--pack", "ours.toml"], "Did you mean 'ours/foo'?"),
        (["list", "--pack", "none.toml"], "none.toml: cannot read the pack"),
        (["list", "--glossary", "none.csv"], "none.csv"),
        (["list", "glosary"], "Did you mean 'glossary'?"),
        (["show", "x/y", "--glosary", "terms.csv"], "Did you mean '--glossary'?"),
    ],
)
def test_what_is_wrong_is_told(here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], what: str) -> None:
    assert main(["rules", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert what in shown.err
