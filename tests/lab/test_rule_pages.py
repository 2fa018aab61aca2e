"""Every built-in rule has a page, and each is current: ``python -m stilted.lab.rule_pages`` writes them."""

from __future__ import annotations

import pytest

import stilted
from stilted import render
from stilted.cli import main
from stilted.core.errors import UserError
from stilted.lab.rule_pages import FOLDER, list_pages
from stilted.render import rule_page

PAGES = dict(list_pages())


def test_every_page_is_current() -> None:
    stale = [name for name, text in PAGES.items() if not _is(name, text)]
    assert not stale, f"{len(stale)} pages are not current, run python -m stilted.lab.rule_pages: {stale[:5]}"


def _is(name: str, text: str) -> bool:
    path = FOLDER / name
    return path.is_file() and path.read_text("utf-8") == text


def test_no_page_is_about_a_rule_that_is_gone() -> None:
    assert {f"{rule}.md" for rule in rule_page.list_built_in()} == PAGES.keys() - {"README.md"}


def test_the_command_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", "zh/line-goes-offline"]) == 0
    assert capsys.readouterr().out == PAGES["zh/line-goes-offline.md"]


def test_addresses_are_of_pages_that_exist() -> None:
    assert rule_page.get_address("https://example.org/rules/", "zh/mix-it") == "https://example.org/rules/zh/mix-it.md"
    assert rule_page.get_address("", "zh/mix-it") == ""
    assert rule_page.get_address("https://example.org/rules/", "ours/foo") == ""


def test_reports_link_to_the_pages_of_the_project() -> None:
    text, base = "On Monday the first car’s production line officially went offline.", "https://example.org/rules"
    page = f"{base}/zh/line-goes-offline.md"
    report = stilted.check(text, select="zh", rule_pages=base)
    assert f'href="{page}"' in report.to_html()
    assert f'"helpUri": "{page}"' in render.get_renderer("sarif")(report)
    assert page in render.get_renderer("github")(report)
    silent = stilted.check(text, select="zh")
    assert not any("/rules" in render.get_renderer(name)(silent) for name in ("html", "sarif", "github"))


@pytest.mark.parametrize("base", ["javascript:alert(1)", "https://a b", "rules", "https://\x1b[31m", 3])
def test_an_address_is_one_of_the_web(base: object) -> None:
    with pytest.raises(UserError, match="is no web address"):
        stilted.check("The ferry leaves the harbour at noon.", rule_pages=base)  # type: ignore[arg-type]


def test_a_page_is_for_people() -> None:
    """It shows what a rule says of a text, not the template that it says it by, and counts as people do."""
    said = {name: text.split("\n")[2] for name, text in PAGES.items() if name != "README.md"}
    assert said["de/lecture-to-the-topic.md"] == "“to the topic” renders zum Thema word for word."
    assert not [name for name, message in said.items() if "{match}" in message]
    assert not [name for name, text in PAGES.items() if " 1 hits" in text or " of 1 hit touch " in text]
