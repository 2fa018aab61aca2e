"""Addresses in reports: those of rule pages, where the user says they are, and names of schemas. None is loaded."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import nasty
import stilted
import stilted.render
from stilted.core.model import Report
from stilted.render import rule_page, sarif

FOLDER = Path(stilted.__file__).parent / "docs" / "rules"
BASE = "https://pages.example/stilted/rules"

TEXT = "On Monday the carmaker’s production line officially went offline. She walked to the the station.\n"

NAMES = {"html": {"http://www.w3.org/2000/svg"}, "sarif": {sarif.SCHEMA}}
"""Identifiers that look like addresses: the namespace of a picture that stands in the page, and a schema."""

LINKING = {"github": set[str](), "html": set[str](), "rdjson": set[str](), "sarif": {f"{BASE}/README.md"}}
"""Formats that link to the pages of rules, and what else they link to."""

each_format = pytest.mark.parametrize("name", stilted.render.list_formats())


def checked(**options: str) -> Report:
    return stilted.check(TEXT, source_language="zh", ignore="tagger", **options)  # type: ignore[arg-type]


def addresses(name: str, *reports: Report) -> set[str]:
    text = stilted.render.render_reports(name, list(reports))
    return set(re.findall(r"\b(?:https?|file|ftp|wss?)://[^\s\"'<>)\\]+", text)) - NAMES.get(name, set())


@each_format
def test_without_the_setting_no_report_holds_an_address(name: str) -> None:
    assert addresses(name, checked()) == set()
    assert addresses(name, checked(), *(report for _, report in nasty.all_reports())) == set()


@each_format
def test_with_the_setting_every_address_is_a_page_that_exists(name: str) -> None:
    report = checked(rule_pages=BASE)
    found = addresses(name, report)
    rules = {finding.rule for finding in report.findings}
    assert len(rules) == 2
    assert found == ({f"{BASE}/{rule}.md" for rule in rules} | LINKING[name] if name in LINKING else set())
    for address in found:
        assert (FOLDER / address.removeprefix(f"{BASE}/")).is_file()


def test_every_built_in_rule_has_a_page_below_the_setting() -> None:
    for rule in rule_page.list_built_in():
        assert (FOLDER / rule_page.get_address(BASE, rule).removeprefix(f"{BASE}/")).is_file()
        assert urlsplit(rule_page.get_packaged(rule)).scheme == "file"


def test_a_page_loads_nothing() -> None:
    """What a browser fetches by itself: sources, style sheets, imports, frames. Links are followed by hand."""
    whole = stilted.render.render_reports("html", [checked(rule_pages=BASE)])
    assert "default-src 'none'" in whole
    assert set(re.findall(r"\b(?:src|srcset|poster|action|data)=[\"']?([^\"' >]+)", whole)) == set()
    assert re.findall(r"<(?:link|script|iframe|object|embed|base|img)\b[^>]*(?:href|src)=\"(?!data:)", whole) == []
    assert re.findall(r"@import|url\((?!\s*[\"']?data:)", whole) == []
    assert re.findall(r"\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b", whole) == []


def test_a_rule_of_the_users_own_has_no_address() -> None:
    report = checked(rule_pages=BASE)
    ours = tuple(dataclasses.replace(finding, rule="ours/offline") for finding in report.findings[:1])
    for name in stilted.render.list_formats():
        assert addresses(name, dataclasses.replace(report, findings=ours, rules={})) == LINKING.get(name, set())
