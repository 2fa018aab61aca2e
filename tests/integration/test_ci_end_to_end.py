"""A team's repository from configuration to the pull request: one new bad sentence is one new finding, everywhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from markdown_it import MarkdownIt

from stilted.cli import main
from stilted.render import list_formats

FERRY = """\
---
title: The the ferry
---

# Crossing to the island

The ferry leaves the harbour at noon and reaches the island an hour later. *Passengers* with bicycles board
first. She walked to the the **station** and waited there for two hours without a [book](https://example.org).

```sh
echo the the
```
"""
MARKET = """\
# The market\r
\r
| Stall | Opens |\r
| --- | --- |\r
| Fish from the the bay | six |\r
\r
- Bread is baked before dawn, and the first loaves are gone by seven.\r
- In winter 🚢 the stalls close **at noon**, and nobody minds.\r
"""
LIBRARY = """\
The library lends boats as well as books. Ask at the desk, and bring something with your address on it.

> Readers who return a boat late pay in cake.
"""
FILES = {"docs/en/ferry.md": FERRY, "docs/en/market.md": MARKET, "docs/en/library.md": LIBRARY}

BAD = "- 𝒳 Die 🚢 naïve clerk *stamped `x` the the* form.\r\n"
"""One new sentence, in which code points, UTF-16 units and bytes differ before the fault."""
LINE, COLUMN, END = 9, 36, 43

CONFIG = """\
[tool.stilted]
select = ["mechanics"]
fail-on = ["minor"]
baseline = ".stilted-baseline.json"

[tool.pytest.ini_options]
stilted_files = ["docs/**/*.md"]
"""
ALL = [word for name in list_formats() for word in ("--output", f"{name}=out/{name}")]
CHECK = ["check", "docs", *ALL]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A git repository with three translations, a configuration, and a baseline of the three old faults."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "GITHUB_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    folder = tmp_path / "repository"
    (folder / "docs" / "en").mkdir(parents=True)
    monkeypatch.chdir(folder)
    for name, text in FILES.items():
        put(name, text)
    put("pyproject.toml", CONFIG)
    assert main(["baseline", "write", "docs"]) == 0
    assert "3 findings of 3 files accepted." in capsys.readouterr().out
    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "Texts")
    Path("out").mkdir()
    return folder


def git(*arguments: str) -> None:
    who = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def put(name: str, text: str) -> None:
    Path(name).write_bytes(text.encode())


def outputs() -> dict[str, str]:
    return {name: Path("out", name).read_text("utf-8") for name in list_formats()}


# Each takes what one format wrote and returns the new findings in it: (path, line, column).

Found = list[tuple[str, int, int]]


def in_terminal(text: str) -> Found:
    places = re.findall(r"╭─ (docs/en/\w+\.md):(\d+):(\d+)\s", text)
    return [(path, int(line), int(column)) for path, line, column in places]


def in_json(text: str) -> Found:
    reports = json.loads(text)["reports"]
    return [(r["file"], f["line"], f["column"]) for r in reports for f in r["findings"] if not f["known"]]


def in_jsonl(text: str) -> Found:
    findings = [json.loads(line) for line in text.splitlines()]
    return [(f["file"], f["line"], f["column"]) for f in findings if f["type"] == "finding" and not f["known"]]


class _Page(HTMLParser):
    """Collect the places of the findings, each under the anchor of its file."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: dict[str, str] = {}
        self.found: list[tuple[str, str]] = []
        self.report = self.link = ""
        self.in_place = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if given.get("class") == "report":
            self.report = given["id"]
        self.link = given.get("href", "")[1:] if tag == "a" else self.link
        self.in_place = given.get("class") == "place"

    def handle_endtag(self, tag: str) -> None:
        self.link = "" if tag == "a" else self.link

    def handle_data(self, data: str) -> None:
        if self.in_place:
            self.found.append((self.report, data))
            self.in_place = False
        if self.link and not self.report:
            self.titles[self.link] = self.titles.get(self.link, "") + data


def in_html(text: str) -> Found:
    page = _Page()
    page.feed(text)
    return [(page.titles[report], *map(int, place.split(":"))) for report, place in page.found]  # type: ignore[misc]


def in_markdown(text: str) -> Found:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    headings = [
        after.content for token, after in pairwise(tokens) if token.type == "heading_open" and token.tag == "h3"
    ]
    places = [re.fullmatch(r"(\d+):(\d+)", token.content) for token in tokens if token.type == "inline"]
    positions = [(int(place[1]), int(place[2])) for place in places if place]
    assert len(headings) == len(positions)
    return [(heading, *place) for heading, place in zip(headings, positions, strict=True)]


def in_sarif(text: str) -> Found:
    (run,) = json.loads(text)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    physical = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    return [(p["artifactLocation"]["uri"], p["region"]["startLine"], p["region"]["startColumn"]) for p in physical]


def in_github(text: str) -> Found:
    places = re.findall(r"^::(?:error|warning) file=([^,]*),line=(\d+),endLine=\d+,col=(\d+),", text, re.M)
    return [(path, int(line), int(column)) for path, line, column in places]


def in_gitlab(text: str) -> Found:
    places = [(issue["location"]["path"], issue["location"]["positions"]["begin"]) for issue in json.loads(text)]
    return [(path, begin["line"], begin["column"]) for path, begin in places]


def in_junit(text: str) -> Found:
    root = ElementTree.fromstring(text)
    said = [element.text or "" for element in root.iter() if element.tag in ("failure", "system-out")]
    places = [re.match(r"(docs/en/\w+\.md):(\d+):(\d+): minor: ", line) for line in "\n".join(said).splitlines()]
    (verdict,) = root.findall(".//failure[@type='verdict']") or [None]
    assert (verdict is None) == (not any(places))
    return [(place[1], int(place[2]), int(place[3])) for place in places if place]


def in_checkstyle(text: str) -> Found:
    files = ElementTree.fromstring(text).findall("file")
    return [(f.get("name", ""), int(e.get("line", "")), int(e.get("column", ""))) for f in files for e in f]


def in_rdjson(text: str) -> Found:
    """Columns count bytes here: they are turned into code points of the line."""
    positions = []
    for diagnostic in json.loads(text)["diagnostics"]:
        path, start = diagnostic["location"]["path"], diagnostic["location"]["range"]["start"]
        line = Path(path).read_bytes().splitlines()[start["line"] - 1]
        positions.append((path, start["line"], len(line[: start["column"] - 1].decode()) + 1))
    return positions


READERS: dict[str, Callable[[str], Found]] = {
    "terminal": in_terminal, "json": in_json, "jsonl": in_jsonl, "html": in_html, "markdown": in_markdown,
    "sarif": in_sarif, "github": in_github, "gitlab": in_gitlab, "junit": in_junit, "checkstyle": in_checkstyle,
    "rdjson": in_rdjson,
}  # fmt: skip


def everywhere() -> dict[str, Found]:
    return {name: READERS[name](text) for name, text in outputs().items()}


def same(*positions: tuple[str, int, int]) -> dict[str, Found]:
    """The same findings in every format."""
    return {name: list(positions) for name in list_formats()}


def test_every_format_has_a_reader_here() -> None:
    assert READERS.keys() == set(list_formats())


def test_what_the_baseline_knows_is_no_finding(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(CHECK) == 0
    assert capsys.readouterr().err == ""
    assert everywhere() == same()
    known = [f for r in json.loads(outputs()["json"])["reports"] for f in r["findings"]]
    assert len(known) == 3
    assert all(finding["known"] for finding in known)


def test_one_new_bad_sentence_is_one_new_finding_in_every_output(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put("docs/en/market.md", MARKET + BAD)
    assert main(CHECK) == 1
    assert capsys.readouterr().err == ""
    line = BAD.removesuffix("\r\n")
    assert line[COLUMN - 1 : END - 1] == "the the"
    place = ("docs/en/market.md", LINE, COLUMN)
    assert everywhere() == same(place)
    shown = outputs()
    (diagnostic,) = json.loads(shown["rdjson"])["diagnostics"]
    start = diagnostic["location"]["range"]["start"]["column"]
    assert start == len(line[: COLUMN - 1].encode()) + 1 == COLUMN + 3 + 3 + 1
    assert line.encode()[start - 1 : diagnostic["location"]["range"]["end"]["column"] - 1] == b"the the"
    (result,) = json.loads(shown["sarif"])["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["endLine"], region["endColumn"]) == (LINE, END)


def identities() -> tuple[Any, ...]:
    """What code hosts and the baseline know a finding by."""
    shown = outputs()
    return (
        [result["partialFingerprints"] for result in json.loads(shown["sarif"])["runs"][0]["results"]],
        [issue["fingerprint"] for issue in json.loads(shown["gitlab"])],
        [f["fingerprint"] for r in json.loads(shown["json"])["reports"] for f in r["findings"] if not f["known"]],
    )


def test_editing_elsewhere_changes_nothing(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("docs/en/market.md", MARKET + BAD)
    assert main(CHECK) == 1
    before = identities()
    edited = MARKET.replace("# The market", "# Our market\r\n\r\nIt rains less than people say.")
    edited = edited.replace("are gone by seven", "are gone by half past seven")
    put("docs/en/market.md", edited + BAD)
    put("docs/en/ferry.md", FERRY.replace("board\nfirst", "board first").replace("to the the", "to the\nthe"))
    assert main(CHECK) == 1
    assert capsys.readouterr().err == ""
    assert everywhere() == same(("docs/en/market.md", LINE + 2, COLUMN))
    assert identities() == before


@pytest.mark.long
def test_the_same_twice_gives_the_same_bytes(repository: Path) -> None:
    put("docs/en/market.md", MARKET + BAD)
    assert main(CHECK) == 1
    before = {name: Path("out", name).read_bytes() for name in list_formats()}
    shutil.rmtree("out")
    Path("out").mkdir()
    seeds = {**os.environ, "PYTHONHASHSEED": "77"}
    done = subprocess.run([sys.executable, "-m", "stilted", *CHECK], env=seeds, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
    assert {name: Path("out", name).read_bytes() for name in list_formats()} == before
    assert all(b"\r" not in data for data in before.values())
    assert all(str(repository).encode() not in data for data in before.values())


def test_a_remark_accepts_it_and_one_that_is_of_no_use_is_told(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remark = "<!-- stilted-ignore: mechanics -- a stutter -->\r\n\r\n"
    put("docs/en/market.md", f"{MARKET}\r\n{remark}{BAD}")
    assert main(CHECK) == 0
    assert everywhere() == same()
    put("docs/en/market.md", f"{MARKET}\r\n{remark}{BAD.replace('the the', 'the')}")
    assert main(CHECK) == 0
    notes = [note for report in json.loads(outputs()["json"])["reports"] for note in report["notes"]]
    assert sum("suppresses nothing" in note for note in notes) == 1


def test_what_is_fixed_is_gone_from_the_baseline_when_asked(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put("docs/en/market.md", MARKET.replace("the the", "the"))
    assert main(CHECK) == 0
    errors = capsys.readouterr().err
    assert errors.count("market.md: the baseline still holds 1 finding that is gone; --baseline-prune drops it.") == 1
    assert outputs()["markdown"].count("The baseline still holds mechanics/doubled-word “the the”, which is gone.") == 1
    assert main(["check", "docs", "--baseline-prune"]) == 0
    capsys.readouterr()
    assert main(CHECK) == 0
    assert capsys.readouterr().err == ""


def test_only_what_changed_since_a_revision(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a baseline: the old faults lie in paragraphs that nobody has touched."""
    put("pyproject.toml", CONFIG.replace('baseline = ".stilted-baseline.json"\n', ""))
    put("docs/en/market.md", MARKET + BAD)
    put("docs/en/library.md", LIBRARY.replace("cake", "cakes"))
    assert main([*CHECK, "--changed-since", "HEAD"]) == 1
    findings = everywhere()
    assert findings == same(("docs/en/market.md", LINE, COLUMN))
    assert "ferry" not in outputs()["checkstyle"]


@pytest.mark.long
def test_pytest_fails_likewise(repository: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-p", "stilted.pytest_plugin", "-p", "no:cacheprovider", "-q"]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)

    done = run()
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout
    put("docs/en/market.md", MARKET + BAD)
    done = run()
    assert done.returncode == 1
    assert "1 failed, 2 passed" in done.stdout
    assert in_terminal(done.stdout) == [("docs/en/market.md", LINE, COLUMN)]


@pytest.mark.long
def test_pre_commit_fails_likewise(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hook of the manifest, in the environment that the tests run in: nothing is fetched."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    manifest = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
    (hook,) = yaml.safe_load(manifest.read_text("utf-8"))
    local = {"repo": "local", "hooks": [hook | {"language": "system"}]}
    put(".pre-commit-config.yaml", yaml.safe_dump({"repos": [local]}))

    def commit() -> subprocess.CompletedProcess[str]:
        git("add", "-A")
        command = [sys.executable, "-m", "pre_commit", "run"]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    put("docs/en/market.md", MARKET + "\r\nA good sentence does no harm to anybody.\r\n")
    done = commit()
    assert done.returncode == 0, done.stdout
    put("docs/en/market.md", MARKET + BAD)
    done = commit()
    assert done.returncode == 1
    assert in_terminal(done.stdout) == [("docs/en/market.md", LINE, COLUMN)]


# what is wrong is told, and nothing is written


def config(text: str) -> Callable[[], list[str]]:
    def change() -> list[str]:
        put("pyproject.toml", text)
        return []

    return change


def known(data: str) -> Callable[[], list[str]]:
    def change() -> list[str]:
        put(".stilted-baseline.json", data)
        return []

    return change


def file(name: str, text: str) -> Callable[[], list[str]]:
    def change() -> list[str]:
        put(name, text)
        return []

    return change


def option(*words: str) -> Callable[[], list[str]]:
    return lambda: list(words)


@pytest.mark.parametrize(
    ("change", "where", "what", "hint"),
    [
        (config("[tool.stilted\n"), "pyproject.toml", "not TOML", ""),
        (config("[tool.stilted]\nfailon = []\n"), "pyproject.toml", "unknown key 'failon'", "Did you mean 'fail-on'?"),
        (config("[tool.stilted]\nselect = 5\n"), "pyproject.toml: select", "'5' is not a list", "Write ["),
        (
            config('[tool.stilted]\nselect = ["mechanic"]\n'),
            "pyproject.toml: select", "no rule is called 'mechanic'", "Did you mean",
        ),
        (
            config('[tool.stilted]\nfail-on = "critical, mnor"\n'),
            "pyproject.toml: fail-on", "no severity or rule", "Did you mean 'minor'?",
        ),
        (
            config('[[tool.stilted.per-path]]\npaths = "docs/*"\nignore = ["mechanic"]\n'),
            "pyproject.toml: per-path 1: ignore", "no rule is called", "Did you mean 'mechanics'?",
        ),
        (config('[tool.stilted]\nmin-score = "95"\n'), "pyproject.toml: min-score", "not a number", "such as 95"),
        (config('[tool.stilted]\nbaseline = "x"\n'), "x", "there is no such baseline", "stilted baseline write"),
        (config("[tool.stilted]\nper-path = 1\n"), "pyproject.toml", "not a list of tables", "[[tool.stilted.per-"),
        (config("[tool.stilted]\nmin-bleu = 30\n"), "ferry.md", "only a reference can give", "Add a reference"),
        (known("{"), ".stilted-baseline.json", "not JSON", "stilted baseline write"),
        (known('{"schema": 9, "files": {}}'), ".stilted-baseline.json", "not a baseline of schema 1", "stilted bas"),
        (known('{"schema": 1, "files": {"a": 1}}'), ".stilted-baseline.json: a", "not a list", "stilted baseline"),
        (
            known('{"schema": 1, "files": {}, "scores": {"a": 1}}'),
            ".stilted-baseline.json: a", "not those of a baseline", "stilted baseline write",
        ),
        (
            file(".stilted-ignore", "mechanics/doubled: y\n"),
            ".stilted-ignore:1", "no rule is called", "Did you mean 'mechanics/doubled-word'?",
        ),
        (
            file(".stilted-ignore", "mechanics/x: y\n"),
            ".stilted-ignore:1", "no rule is called", "Run 'stilted rules list mechanics'",
        ),
        (file(".stilted-ignore", "# a\n  # b\nzh/ppt-product: # c\n"), ".stilted-ignore:3", "no phrase", "Write: "),
        (
            file("docs/en/library.md", f"{LIBRARY}\n<!-- stilted-ignore: mechanic -->\n\nA word.\n"),
            "docs/en/library.md:5", "no rule is called 'mechanic'", "Did you mean 'mechanics'?",
        ),
        (
            file("docs/en/library.md", f"{LIBRARY}\n<!-- stilted-ignroe -->\n\nA word.\n"),
            "docs/en/library.md:5", "stilted-ignroe", "Did you mean 'stilted-ignore'?",
        ),
        (option("--select", "mechanics/doubled-wrd"), "select", "no rule is called", "'mechanics/doubled-word'"),
        (option("--format", "sarfi"), "", "unknown format 'sarfi'", "Did you mean 'sarif'?"),
        (option("--output", "jnit=x"), "", "unknown format 'jnit'", "Did you mean 'junit'?"),
        (option("--output", "json=none/x"), "none/x", "cannot write", "Check folder"),
        (option("--output", "json=docs"), "docs", "the output is a directory", "Name a file"),
        (option("--output", "json=/dev/full"), "/dev/full", "cannot write: No space left", "space"),
        (option("--output", "json=x", "--output", "html=./x"), "./x", "two reports go to this file", ""),
        (option("--baseline", "docs"), "docs", "cannot read the baseline", ""),
        (option("--changed-since", "no-such-revision"), "no-such-revision", "", ""),
        (option("--glossary", "none.csv"), "none.csv", "there is no such glossary", "Check the path"),
        (option("docs/de"), "docs/de", "no such translation", "Check the path"),
    ],
)  # fmt: skip
def test_whatever_is_malformed_is_exit_2_with_what_where_and_hint(
    repository: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[], list[str]],
    where: str,
    what: str,
    hint: str,
) -> None:
    put("docs/en/market.md", MARKET + BAD)
    words = change()
    assert main(["check", *(words or []), "docs"]) == 2
    shown = capsys.readouterr()
    lines = [line for line in shown.err.splitlines() if what in line and where in line and hint in line]
    assert len(lines) == 1 or "reference" in what, shown.err
    assert all(line.startswith("stilted: ") for line in shown.err.splitlines())
    assert "internal error" not in shown.err
    assert not [path for path in repository.rglob("*") if path.name == "x" or path.suffix == ".part"]
