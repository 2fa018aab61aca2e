"""One finding says the same wherever it is met: message, reason, suggestion and evidence, word for word."""

from __future__ import annotations

import asyncio
import html
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stilted.lab.editor_client import Editor

PAGE = (
    "# News\n\n🙂 She walked to the the station on 12 May.\n\n"
    "On Monday the carmaker’s production line officially went offline.\n\n"
    "The new office building & its <b>café</b> * have opened. The new office building have four floors.\n"
)
SOURCE = (
    "# 新闻\n\n她5月13日走到车站。\n\n周一，这家车企的生产线正式下线。\n\n新办公楼和咖啡馆已经开放。新办公楼有四层。\n"
)
OPTIONS = ("--source-language", "zh", "--ignore", "tagger,adequacy")
SETTINGS = {"translation": "en", "source": "zh", "source-language": "zh", "ignore": ["tagger", "adequacy"]}


def squeeze(text: str) -> str:
    """Return a text without white space, frames, and what Markdown escapes and quotes by: lines break elsewhere."""
    return re.sub(r"[\s│├╰╭─\\`]", "", text)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    for folder, text in (("en", PAGE), ("zh", SOURCE)):
        (root / folder).mkdir()
        (root / folder / "page.md").write_text(text, "utf-8")
    return root


def run(project: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "stilted", "check", "en/page.md", "--source", "zh", *OPTIONS, *arguments]
    done = subprocess.run(command, cwd=project, capture_output=True, check=False, timeout=300)
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def findings(project: Path) -> list[dict[str, Any]]:
    report = json.loads(run(project, "--format", "json"))
    assert {each["rule"] for each in report["findings"]} == {
        "grammar/subject-verb",
        "mechanics/doubled-word",
        "numbers/differs-from-source",
        "zh/line-goes-offline",
    }
    return list(report["findings"])


@pytest.mark.long
@pytest.mark.parametrize("form", ["terminal", "html"])
def test_reports_for_people_say_all_of_it(project: Path, findings: list[dict[str, Any]], form: str) -> None:
    page = run(project, "--format", form)
    text = squeeze(html.unescape(re.sub(r"<[^>]*>", "", page)) if form == "html" else page)
    for each in findings:
        for said in (each["message"], each["why"], *each["suggestions"], each["rule"]):
            assert squeeze(said) in text


@pytest.mark.long
def test_sarif_says_all_of_it(project: Path, findings: list[dict[str, Any]]) -> None:
    (sarif_run,) = json.loads(run(project, "--format", "sarif"))["runs"]
    rules = {rule["id"]: rule for rule in sarif_run["tool"]["driver"]["rules"]}
    results = {result["ruleId"]: result["message"]["text"] for result in sarif_run["results"]}
    for each in findings:
        assert each["message"] in results[each["rule"]]
        assert all(suggestion in results[each["rule"]] for suggestion in each["suggestions"])
        assert rules[each["rule"]]["fullDescription"]["text"] == each["why"]


@pytest.mark.long
def test_annotations_of_github_say_what_and_what_to_write(project: Path, findings: list[dict[str, Any]]) -> None:
    lines = run(project, "--format", "github").splitlines()
    for each in findings:
        (line,) = (line for line in lines if each["rule"] in line.partition("::")[2].partition("::")[0])
        assert each["message"] in line
        assert all(suggestion in line for suggestion in each["suggestions"])


@pytest.mark.long
def test_the_editor_says_all_of_it_with_its_evidence(project: Path, findings: list[dict[str, Any]]) -> None:
    explained = squeeze(run(project, "--explain", "all"))

    async def look() -> list[tuple[str, str, str]]:
        editor = Editor(project)
        await editor.start(SETTINGS)
        uri = editor.open("en/page.md", PAGE)
        diagnostics = await editor.diagnostics(uri)
        seen = [
            (str(d.data), d.message, await editor.hover(uri, d.range.start.line, d.range.start.character))
            for d in diagnostics
        ]
        await editor.stop()
        return seen

    seen = {fingerprint: (message, hover) for fingerprint, message, hover in asyncio.run(look())}
    assert seen.keys() == {each["fingerprint"] for each in findings}
    for each in findings:
        message, hover = seen[each["fingerprint"]]
        assert message == each["message"]
        for said in (each["message"], each["why"], *each["suggestions"], each["rule"]):
            assert squeeze(said) in squeeze(hover)
        evidence = re.findall(r"^(?!Why|Write|Source|Reference)[A-Z][a-z]+: (.*)$", hover, re.M)
        assert evidence
        assert all(squeeze(fact) in explained for fact in evidence)
