"""What a pack file says of all its rules, and which rules of a file share a finder."""

from __future__ import annotations

from pathlib import Path

import pytest

from stilted import check_segments
from stilted.core.errors import UserError
from stilted.rules import packs

RULE = """
[[rule]]
id = "x/{name}"
pattern = "green {name}"
message = "No."
category = "Style"
severity = "minor"
why = "so"
bad = ["A <v>green {name}</v>."]
good = ["A {name}."]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "x.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_pack_says_which_profiles_it_has_nothing_to_say_about(tmp_path: Path) -> None:
    (rule,) = packs.load(write(tmp_path, 'not-for = ["article", "ui"]\n' + RULE.format(name="door")))
    assert rule.not_for == {"article", "ui"}
    (rule,) = packs.load(write(tmp_path, RULE.format(name="door")))
    assert rule.not_for == frozenset()


@pytest.mark.parametrize("value", ['"article"', "[1]", '["news"]', "true", "{ article = 1 }"])
def test_what_is_no_list_of_profiles_is_refused(value: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="'not-for' is a list of profiles") as error:
        packs.load(write(tmp_path, f"not-for = {value}\n" + RULE.format(name="door")))
    assert "article, docs, ui" in error.value.hint


def test_rules_in_preview_are_looked_for_apart_so_that_the_others_do_not_pay_for_them(tmp_path: Path) -> None:
    names = ("door", "gate", "key", "lid")
    previews = {"gate", "lid"}
    text = "".join(RULE.format(name=name) + ('status = "preview"\n' if name in previews else "") for name in names)
    door, gate, key, lid = packs.load(write(tmp_path, text))
    assert door.find is key.find
    assert gate.find is lid.find
    assert door.find is not gate.find


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("学生们在学校做作业。", ["zh/homeworks"]),
        ("Die Schüler machen ihre Hausaufgaben in der Schule.", []),
        ("Hausi", ["zh/homeworks"]),  # too short to tell
        (None, ["zh/homeworks"]),
    ],
)
def test_a_rule_about_one_script_is_silent_where_a_source_is_in_another(source: str | None, found: list[str]) -> None:
    sources = None if source is None else [source]
    report = check_segments(["Pupils do their homeworks at school."], None, sources, select="zh/homeworks")
    assert [finding.rule for finding in report.findings] == found
