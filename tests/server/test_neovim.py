"""Neovim, without a screen, does what a person does: reads findings, hovers, chooses from the menu, writes, saves.

Its settings are those that the docs show.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from layout import SRC
from stilted.cli import main
from stilted.server.checker import Checker

NVIM = shutil.which("nvim")
pytestmark = pytest.mark.skipif(NVIM is None, reason="there is no nvim on the PATH: apt-get install neovim")

PAGE = (
    "# Ne\u0308ws 🙂\n\n"
    "🙂 Cafe\u0301 👩‍🔬: she walked to the the station.\n\n"
    "🙂🙂 On Monday the carmaker’s production line officially went offline.\n\n"
    "🙂 The new office building have four floors.\n\n"
    "Zoe\u0308 could have known , of course.\n"
)
SOURCE = "# 新闻\n\n她走到车站。\n\n周一，这家车企的生产线正式下线。\n\n新办公楼有四层。\n\n她本可以知道。\n"
OFFLINE, DOUBLED = "zh/line-goes-offline", "mechanics/doubled-word"
AGREEMENT, SPACE = "grammar/subject-verb", "mechanics/space-before-punctuation"
DRIVER = Path(__file__).parents[1] / "support" / "neovim_driver.lua"


def settings() -> str:
    """Return what the docs tell the owner of this Neovim to write."""
    blocks = re.findall(r"```lua\n(.*?)```", (SRC / "docs" / "editors.md").read_text("utf-8"), re.S)
    version = subprocess.run([str(NVIM), "--version"], capture_output=True, text=True, check=True).stdout
    number = tuple(map(int, re.findall(r"\d+", version.splitlines()[0])[:2]))
    return str(next(block for block in blocks if ("vim.lsp.config(" in block) == (number >= (0, 11))))


def neovim(root: Path, page: str, steps: str) -> dict[str, Any]:
    """Open a page in Neovim, walk through *steps* (Lua; ``e`` is the driver), and return what was seen."""
    home = root.parent / "home"
    home.mkdir(exist_ok=True)
    (home / "init.lua").write_text(settings(), "utf-8")
    (home / "steps.lua").write_text(f"return function(e)\n{steps}\nend\n", "utf-8")
    folders = ("HOME", *(f"XDG_{name}_HOME" for name in ("CONFIG", "DATA", "STATE", "CACHE")))
    found = dict.fromkeys(folders, home) | {"STEPS": home / "steps.lua", "RECORD": home / "record.json"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [str(NVIM), "--headless", "-n", "-i", "NONE", "-u", str(home / "init.lua"), page,
               "-c", f"luafile {DRIVER}"]  # fmt: skip
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, **{name: str(value) for name, value in found.items()}, "PATH": path},
        capture_output=True,
        timeout=400,
    )
    record = home / "record.json"
    assert record.exists(), done.stderr.decode("utf-8", "replace")
    seen: dict[str, Any] = json.loads(record.read_text("utf-8"))
    assert "error" not in seen, seen["error"]
    return seen


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a page, its source, and a baseline that accepts nothing of it yet."""
    root = tmp_path / "project"
    for folder, text in (("en", PAGE), ("zh", SOURCE)):
        (root / "docs" / folder).mkdir(parents=True)
        (root / "docs" / folder / "page.md").write_text(text, "utf-8")
    (root / "stilted.toml").write_text('ignore = ["tagger", "adequacy"]\nbaseline = "known.json"\n', "utf-8")
    (root / "clean.txt").write_text("The ferry leaves the harbour at noon and reaches the island later.\n", "utf-8")
    monkeypatch.chdir(root)
    assert main(["baseline", "write", "clean.txt", "--baseline", "known.json"]) == 0
    return root


def words(finding: dict[str, Any], text: str) -> str:
    """Return what a finding marks; Neovim counts columns in bytes."""
    line = text.split("\n")[finding["line"]].encode()
    return line[finding["start"] : finding["stop"]].decode()


def test_findings_stand_where_they_are_and_say_why(project: Path) -> None:
    seen = neovim(project, "docs/en/page.md", f"""
        e.go_to("{OFFLINE}")
        e.record.findings = e.findings()
        e.record.hover = e.hover("{OFFLINE}")
    """)  # fmt: skip
    marked = {finding["rule"]: words(finding, PAGE) for finding in seen["findings"]}
    assert marked[DOUBLED] == "the the"
    assert marked[OFFLINE] == "production line officially went offline"
    checker = Checker(project, {"translation": "docs/en", "source": "docs/zh", "source_language": "zh"})
    fresh = checker.check(project / "docs" / "en" / "page.md", PAGE)
    assert marked == {remark.finding.rule: remark.finding.text for remark in fresh.remarks}
    shown = seen["hover"]["contents"]["value"]
    for part in ("Why: ", "Source: ", "下线", f"[`{OFFLINE}`]"):
        assert part in shown


def test_what_is_chosen_from_the_menu_ends_in_the_files(project: Path) -> None:
    seen = neovim(project, "docs/en/page.md", f"""
        e.choose("{OFFLINE}", "Open the page of {OFFLINE}")
        e.wait("page", function() return #e.heard > 0 end)
        e.choose("{DOUBLED}", "Write “the”")
        e.wait("written", function() return not e.find("{DOUBLED}") end)
        e.choose("{AGREEMENT}", "Accept {AGREEMENT} here")
        e.wait("remarked", function() return not e.find("{AGREEMENT}") end)
        e.choose("{OFFLINE}", "Accept “")
        e.wait("listed", function() return not e.find("{OFFLINE}") end)
        e.choose("{SPACE}", "Add to the baseline")
        e.wait("put down", function() return not e.find("{SPACE}") end)
        vim.cmd("silent! wall!")
    """)  # fmt: skip
    written = PAGE.replace("the the", "the").replace(
        "four floors.", f"four floors. <!-- stilted-ignore: {AGREEMENT} -->"
    )
    page = project / "docs" / "en" / "page.md"
    assert page.read_bytes() == written.encode()
    accepted = f"{OFFLINE}: production line officially went offline\n"
    assert (project / ".stilted-ignore").read_bytes() == accepted.encode()
    (entry,) = json.loads((project / "known.json").read_text("utf-8"))["files"]["docs/en/page.md"]
    assert entry["rule"] == SPACE
    shown = Path(unquote(urlsplit(address_shown(seen)).path))
    assert shown.read_text("utf-8").startswith(f"# {OFFLINE}\n")
    said = ["check", "docs/en/page.md", "--source", "docs/zh/page.md", "--source-language", "zh"]
    assert main([*said, "--fail-on", "neutral"]) == 0  # CI sees the same files


def address_shown(seen: dict[str, Any]) -> str:
    """Return the address that the editor was asked to show, or, where it cannot, that the user was told."""
    result = seen["heard"][0]["result"]
    return str(result.get("uri") or result["message"])


KEYS = (
    "3Gf:a 🙂 the the", "3GA e\u0301", "3GJ", "5GJJ", "u", "7Gdd", "3G0x", "P", "GA<CR>of of 🙂 the the", "ggO🙂",
    "3GI\u2028 and and ", "3GxP", "5GA the the",
)  # fmt: skip
"""What is typed: after faces and accents, on new lines, over lines that are joined, split, deleted and put back."""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_typing_ends_in_what_a_fresh_look_finds(project: Path, end: str) -> None:
    page = project / "docs" / "en" / "page.md"
    page.write_bytes(PAGE.replace("\n", end).encode())
    seen = neovim(project, "docs/en/page.md", f"""
        e.go_to("{DOUBLED}")
        local keys = vim.json.decode([==[{json.dumps(KEYS)}]==])
        for _, each in ipairs(keys) do
          local typed = vim.api.nvim_replace_termcodes(each .. "<Esc>", true, false, true)
          vim.api.nvim_feedkeys(typed, "xt", false)
          vim.wait(30)
        end
        vim.cmd("silent write")
        e.wait("all", function() return e.stands_still() end)
        e.record.findings = e.findings()
    """)  # fmt: skip
    text = page.read_bytes().decode()
    assert "\r" not in text.replace(end, "")
    assert text.count("🙂") > PAGE.count("🙂")
    checker = Checker(project, {"translation": "docs/en", "source": "docs/zh", "source_language": "zh"})
    fresh = checker.check(page, text).remarks
    assert len(fresh) > 5
    told = sorted((finding["rule"], words(finding, text)) for finding in seen["findings"])
    assert told == sorted((remark.finding.rule, remark.finding.text) for remark in fresh)
