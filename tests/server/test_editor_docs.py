"""The lines that the docs show for editors are well-formed, and the server heeds every option in them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from layout import SRC
from stilted import formats
from stilted.cli import make_parser
from stilted.server.checker import Checker

DOCS = (SRC / "docs" / "editors.md").read_text("utf-8")
OPTIONS = {"translation": "docs/en", "source": "docs/zh", "source-language": "zh"}
KEY = re.compile(r'\b(translation|source-language|source)"?\]? *[=:]? +"([^"]+)"')
BLOCKS = [(language, text) for language, text in re.findall(r"```(\w+)\n(.*?)```", DOCS, re.S) if "stilted" in text]


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


def shown_options(text: str) -> dict[str, str]:
    return dict(KEY.findall(text))


@pytest.mark.parametrize("language", ["lua", "toml", "lisp", "json", "js"])
def test_every_editor_is_given_the_same_options(language: str) -> None:
    given = [options for text in blocks(language) if (options := shown_options(text))]
    assert given
    assert all(options.items() <= OPTIONS.items() for options in given)
    assert OPTIONS in given


def test_the_server_heeds_the_options(tmp_path: Path) -> None:
    for folder, text in (("en", "The line officially went offline.\n"), ("zh", "生产线正式下线。\n")):
        (tmp_path / "docs" / folder).mkdir(parents=True)
        (tmp_path / "docs" / folder / "page.md").write_text(text, "utf-8")
    options = {name.replace("-", "_"): value for name, value in OPTIONS.items()}
    path = tmp_path / "docs" / "en" / "page.md"
    checked = Checker(tmp_path, options).check(path, path.read_text("utf-8"), with_model=False)
    assert checked.error is None
    assert checked.report is not None
    assert checked.report.document.has_source
    assert checked.report.document.source_language == "zh"


def test_the_command_exists() -> None:
    assert make_parser().parse_args(["lsp"]).command == "lsp"
    for text in blocks("lua"):
        assert 'cmd = { "stilted", "lsp" }' in text


def test_toml_is_toml() -> None:
    helix, zed, cargo = map(tomllib.loads, blocks("toml"))
    server = helix["language-server"]["stilted"]
    assert (server["command"], server["args"]) == ("stilted", ["lsp"])
    assert all("stilted" in language["language-servers"] for language in helix["language"])
    assert zed["id"] in zed["language_servers"]
    assert cargo["package"]["name"] == zed["id"]
    assert cargo["lib"]["crate-type"] == ["cdylib"]


def test_json_is_json() -> None:
    code, package, zed = map(json.loads, blocks("json"))
    assert (code["glspc.server.command"], code["glspc.server.commandArguments"]) == ("stilted", ["lsp"])
    assert list(zed["lsp"]) == ["stilted"]
    assert f"`{package['main']}`" in DOCS
    assert f"{package['name']}-{package['version']}.vsix" in DOCS
    (script,) = blocks("js")
    (languages,) = re.findall(r"documentSelector: (\[.*?\])", script)
    assert package["activationEvents"] == [f"onLanguage:{language}" for language in json.loads(languages)]


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node on the PATH: apt-get install nodejs")
def test_the_extension_starts_our_server_and_stops_it(tmp_path: Path) -> None:
    client = tmp_path / "node_modules" / "vscode-languageclient" / "node.js"
    client.parent.mkdir(parents=True)
    client.write_text(
        "exports.LanguageClient = class {\n"
        "  constructor(...given) { console.log(JSON.stringify(given)); }\n"
        "  start() { console.log('\"started\"'); }\n  stop() { console.log('\"stopped\"'); }\n};\n",
        "utf-8",
    )
    (tmp_path / "extension.js").write_text(blocks("js")[0], "utf-8")
    program = "const it = require('./extension.js'); it.activate(); it.deactivate();"
    done = subprocess.run(["node", "-e", program], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    (name, server, client_options), *said = map(json.loads, done.stdout.splitlines())
    assert (name, server) == ("stilted", {"command": "stilted", "args": ["lsp"]})
    assert client_options["initializationOptions"] == OPTIONS
    assert said == ["started", "stopped"]


@pytest.mark.parametrize("text", blocks("lisp") + blocks("rust"))
def test_brackets_are_closed(text: str) -> None:
    plain = re.sub(r'"[^"]*"', '""', text)
    for opening, closing in ("()", "{}", "[]"):
        assert plain.count(opening) == plain.count(closing)


@pytest.mark.skipif(shutil.which("nvim") is None, reason="there is no nvim on the PATH: apt-get install neovim")
@pytest.mark.parametrize("text", blocks("lua"), ids=["new", "old"])
def test_lua_is_lua(text: str, tmp_path: Path) -> None:
    (tmp_path / "settings.lua").write_text(text, "utf-8")
    program = f"lua assert(loadfile([==[{tmp_path / 'settings.lua'}]==]))"
    command = ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-c", program, "-c", "qall!"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0
    assert "E5108" not in done.stderr, done.stderr


def test_the_languages_named_are_read() -> None:
    endings: dict[str, Any] = {"markdown": ".md", "html": ".html", "json": ".json", "po": ".po", "text": ".txt"}
    lua = re.findall(r"(?:filetypes|pattern) = \{ (.*?) \}", "".join(blocks("lua")))
    assert lua
    assert all(set(re.findall(r'"(\w+)"', each)) == set(endings) for each in lua)
    read = {ending for name in formats.list_formats() for ending in formats.find_reader(name).suffixes}
    assert set(endings.values()) <= read
