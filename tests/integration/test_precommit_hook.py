"""The hook as pre-commit reads it, and as it runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

MANIFEST = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
GOOD = "The ferry leaves the harbour at noon and reaches the island an hour later.\n"
BAD = "She walked to the the station and waited there for two hours without a book.\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that uses the hook of the manifest; the environment is the one that the tests run in."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    (hook,) = yaml.safe_load(MANIFEST.read_text("utf-8"))
    assert hook["language"] == "python"
    local = {
        "repo": "local",
        "hooks": [hook | {"language": "system", "args": ["--fail-on=minor", "--select=mechanics"]}],
    }
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [local]}), "utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


def pre_commit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_pre_commit_accepts_the_manifest() -> None:
    done = pre_commit(MANIFEST.parent, "validate-manifest", MANIFEST.name)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.long
def test_a_commit_with_a_bad_sentence_is_stopped(repository: Path) -> None:
    files = {"a.md": GOOD, "b c.txt": GOOD, "code.py": f'"""{BAD}"""\n'}
    for name, text in files.items():
        (repository / name).write_text(text, "utf-8")
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    done = pre_commit(repository, "run")
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout

    (repository / "b c.txt").write_text(GOOD + BAD, "utf-8")
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    done = pre_commit(repository, "run")
    assert done.returncode == 1
    assert "- exit code: 1" in done.stdout
    assert "b c.txt:2:15" in done.stdout
    assert "code.py" not in done.stdout


@pytest.mark.long
def test_many_files_in_many_processes_share_one_cache(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hook asks for one process; one that does not is started as often as there are cores, on parts of the files.

    Each fault is told once, the same whether what was found before is known or not, and nobody trips over the cache.
    """
    monkeypatch.setenv("STILTED_CACHE_DIR", str(repository.parent / "cache"))
    settings = repository / ".pre-commit-config.yaml"
    config = yaml.safe_load(settings.read_text("utf-8"))
    (hook,) = config["repos"][0]["hooks"]
    assert hook["require_serial"] is True
    for n in range(60):
        (repository / f"{n:02} page.md").write_text(f"# Page {n}\n\n{GOOD}" + (BAD if n % 6 == 0 else ""), "utf-8")
    places = []
    for serial in (True, False, False):
        hook["require_serial"] = serial
        settings.write_text(yaml.safe_dump(config), "utf-8")
        subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
        done = pre_commit(repository, "run")
        assert done.returncode == 1
        assert "cache" not in done.stdout + done.stderr
        places.append(sorted(re.findall(r"(\d\d page\.md:\d+:\d+) ", done.stdout)))
    assert places[0] == [f"{n:02} page.md:4:15" for n in range(0, 60, 6)]
    assert places[1] == places[2] == places[0]
