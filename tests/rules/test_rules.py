"""Every rule does what its examples show, alone and joined with all others."""

from __future__ import annotations

from pathlib import Path

import pytest

from stilted import api
from stilted.core.model import Example, Rule
from stilted.pipeline import rule_selftest
from stilted.rules import packs

RULES = api.list_rules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_of_rule(rule: Rule) -> None:
    assert list(rule_selftest.list_failures(rule)) == []


PACKS = sorted(Path(packs.__file__).parent.glob("*.toml"))


@pytest.mark.parametrize("pack", PACKS, ids=lambda path: path.name)
def test_every_pattern_and_suggestion_of_a_built_in_pack_compiles(pack: Path) -> None:
    assert packs.load(pack)


def test_there_are_rules_of_every_family() -> None:
    families = {rule.id.partition("/")[0] for rule in RULES}
    assert {"zh", "mechanics", "pairs", "coverage", "foreign", "names"} <= families
    assert sum(rule.id.startswith("zh/") for rule in RULES) >= 60


def test_a_breach_is_told() -> None:
    from dataclasses import replace

    rule = next(r for r in RULES if r.id == "mechanics/doubled-word")
    broken = replace(rule, bad=(Example.of("<v>She</v> walked.", "He walked."),))
    assert any("marks nothing" in breach for breach in rule_selftest.list_failures(broken))
    noisy = replace(rule, good=(Example.of("Over the the hill."),))
    assert any("good example" in breach for breach in rule_selftest.list_failures(noisy))
    unfixed = replace(rule, bad=(Example.of("To <v>the the</v> end.", "To that end."),))
    assert any("the suggestion makes" in breach for breach in rule_selftest.list_failures(unfixed))


@pytest.mark.parametrize("noun", ["car", "cars"])
def test_suggestions_agree_with_the_number_of_what_they_keep(noun: str) -> None:
    (finding,) = api.check_segments([f"Critics laughed at the PPT {noun}."], select="zh/ppt-product").findings
    assert finding.suggestions == (f"vaporware {noun}", f"{noun} existing only on slides")
