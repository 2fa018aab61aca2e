"""The README is true: its commands run, its sample is the output, its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from stilted import render
from stilted.cli import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "src" / "stilted" / "docs").glob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in PAGES}
README = TEXTS["README.md"]
XPENG = ROOT / "corpora" / "xpeng"


def blocks(kind: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    lines = (line for text in TEXTS.values() for block in blocks("sh", text) for line in block.split("\n"))
    return [shlex.split(line, comments=True) for line in lines if line.startswith("stilted ")]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(XPENG / "translation.en.txt", tmp_path / "article.txt")
    shutil.copytree(ROOT / "corpora" / "formats", tmp_path / "corpora" / "formats")
    shutil.copy(XPENG / "reference.en.txt", tmp_path / "human.txt")
    text = (XPENG / "translation.en.txt").read_text("utf-8")
    for name, words in (("old.txt", text), ("new.txt", text.replace("production line officially went", "car came"))):
        (tmp_path / name).write_text(words, "utf-8")
    for folder in ("docs", "human"):
        (tmp_path / folder).mkdir()
    (tmp_path / "docs" / "page.md").write_text("# News\n\nShe walked to the the station.\n", "utf-8")
    (tmp_path / "human" / "page.md").write_text("# News\n\nShe walked to the station.\n", "utf-8")
    (tmp_path / "rows.jsonl").write_text('{"target": "She walked to the the station."}\n', "utf-8")
    assert main(["batch", "rows.jsonl", "checked.jsonl", "--workers", "1"]) == 0
    pack = (ROOT / "src" / "stilted" / "rules" / "packs" / "de.toml").read_text("utf-8")
    (tmp_path / "my-pack.toml").write_text(pack.replace('id = "de/', 'id = "ours/'), "utf-8")
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations" / "ours.jsonl").write_text(
        '{"target": "She walked to the the station.", "reference": "She walked to the station.",'
        ' "spans": [{"start": 14, "end": 21, "severity": "minor", "category": "Accuracy"}]}\n',
        "utf-8",
    )
    return tmp_path


@pytest.mark.long
@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_commands_of_the_readme_run(command: list[str], workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command[1:]) in (0, 1)
    captured = capsys.readouterr()
    assert captured.out or " checked: " in captured.err
    assert "Traceback" not in captured.err


def test_the_main_job_is_the_readmes_and_prints_its_sample(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    line = next(line for block in blocks("sh") for line in block.split("\n") if line.startswith("pip install . &&"))
    assert main(shlex.split(line)[5:]) == 1
    out = capsys.readouterr().out
    sample = blocks("")[0]
    assert "zh/mix-it" in sample
    assert sample.strip("\n") in out


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for block in blocks("python"):
        exec(block, names)
    assert "production line officially went offline" in capsys.readouterr().out
    assert "the the" in str(names["rows"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_the_readme_is_read_to_its_end() -> None:
    assert len(README.splitlines()) <= 150


def test_every_format_is_named() -> None:
    line = re.search(r"^Formats: (.*)\.$", TEXTS["src/stilted/docs/ci.md"], re.MULTILINE)
    assert line
    assert sorted(re.findall(r"`(\w+)`", line[1])) == sorted(render.list_formats())


def test_ci_runs_the_readmes_test_line() -> None:
    lines = [line for block in blocks("sh") for line in block.split("\n") if "pytest" in line]
    assert len(lines) == 1
    assert lines[0].startswith("pip install")
    assert "README.md" in (ROOT / ".ci" / "run").read_text("utf-8")
