"""Links that a repository brings, and paths that its configuration names, lead nowhere outside it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stilted.cli import main

BAD = "She walked to the the station and waited there for two hours without a book.\n"
SECRET = "The pass phrase of the the cellar is a swordfish, and nobody else may hear of it.\n"

CHECK = ["check", "--select=mechanics", "--no-cache", "--workers=1"]


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder beside the repository that the command runs in."""
    folder, repository = tmp_path / "outside", tmp_path / "repository"
    folder.mkdir()
    (folder / "secret.txt").write_text(SECRET, "utf-8")
    (repository / "docs").mkdir(parents=True)
    (repository / ".git").mkdir()
    (repository / "docs" / "a.txt").write_text(BAD, "utf-8")
    monkeypatch.chdir(repository)
    return folder


def read_errors(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_a_folder_is_not_left_through_links(outside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("docs/b.txt").symlink_to(outside / "secret.txt")
    Path("docs/deep").symlink_to(outside)
    Path("docs/c.txt").symlink_to("/proc/self/environ")
    for files in (["docs"], ["docs/**/*.txt"]):
        assert main([*CHECK, *files]) == 0
        said = read_errors(capsys)
        assert "swordfish" not in said
        assert "b.txt: passed over, a link leads out of" in said
    assert main([*CHECK, "--allow-outside", "docs/b.txt"]) == 0
    assert "swordfish" in read_errors(capsys)


def test_a_fix_leaves_what_lies_outside_alone(outside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("docs/b.txt").symlink_to(outside / "secret.txt")
    assert main(["fix", "docs"]) == 0
    assert main(["fix", "docs/*.txt"]) == 0
    assert main(["fix", "docs/a.txt", "docs/b.txt"]) == 2
    said = read_errors(capsys)
    assert "docs/b.txt: a link leads out of" in said
    assert "--allow-outside" in said
    assert (outside / "secret.txt").read_text("utf-8") == SECRET
    assert main(["fix", "docs/b.txt", "--allow-outside"]) == 0
    assert (outside / "secret.txt").read_text("utf-8") == SECRET.replace("the the", "the")


@pytest.mark.parametrize(
    "arguments",
    [
        [*CHECK, "docs/link"],
        [*CHECK, "docs/a.txt", "--reference", "docs/link"],
        [*CHECK, "docs/a.txt", "--source", "docs/link"],
        [*CHECK, "docs/a.txt", "--glossary", "docs/link"],
        [*CHECK, "docs/a.txt", "--pack", "docs/link"],
        [*CHECK, "docs/a.txt", "--baseline", "docs/link"],
        [*CHECK, "docs/a.txt", "--output", "html=docs/link"],
        ["baseline", "write", "docs/a.txt", "--baseline", "docs/link"],
        ["compare", "docs/link", "docs/a.txt", "--reference", "docs/a.txt"],
        ["compare", "docs/a.txt", "rows.jsonl", "--reference", "docs/a.txt", "--output", "html=docs/link"],
        ["batch", "docs/link", "out.jsonl"],
        ["batch", "rows.jsonl", "docs/link"],
        ["summary", "docs/link"],
        ["summary", "rows.jsonl", "--against", "docs/link"],
        ["rules", "test", "docs/link"],
        ["rules", "list", "--pack", "docs/link"],
        ["evaluate", "docs/link"],
    ],
    ids=" ".join,
)
def test_no_argument_is_followed_out_of_the_repository(
    outside: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    Path("docs/link").symlink_to(outside / "secret.txt")
    Path("rows.jsonl").write_text(json.dumps({"target": BAD}) + "\n", "utf-8")
    assert main(arguments) == 2
    assert "docs/link: a link leads out of" in read_errors(capsys)
    assert sorted(os.listdir(outside)) == ["secret.txt"]
    assert (outside / "secret.txt").read_text("utf-8") == SECRET


@pytest.mark.parametrize(
    ("planted", "arguments"),
    [
        ("stilted-demo.html", ["demo", "--no-open"]),
        (".stilted-baseline.json", ["baseline", "write", "docs/a.txt"]),
        (".github/workflows", ["init", "--translation=docs", "--write"]),
        (".github/workflows/translations.yml", ["init", "--translation=docs", "--write"]),
        ("stilted.toml", ["init", "--translation=docs", "--write"]),
    ],
)
def test_nothing_is_written_through_a_link_of_the_name_it_has_by_default(
    outside: Path, capsys: pytest.CaptureFixture[str], planted: str, arguments: list[str]
) -> None:
    Path(planted).parent.mkdir(parents=True, exist_ok=True)
    Path(planted).symlink_to(outside / ("new" if "." in Path(planted).name else ""))
    assert main(arguments) in (0, 2)
    assert sorted(os.listdir(outside)) == ["secret.txt"]


def test_references_in_a_folder_are_its_own(outside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("human").mkdir()
    Path("human/a.txt").symlink_to(outside / "secret.txt")
    for role in ("reference", "source"):
        assert main([*CHECK, "docs/a.txt", f"--{role}=human"]) == 2
        said = read_errors(capsys)
        assert "human/a.txt: a link leads out of human" in said
        assert "swordfish" not in said


def test_a_link_within_the_repository_is_followed(outside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("human.txt").symlink_to("docs/human.txt")
    Path("docs/human.txt").write_text(BAD.replace("the the", "the"), "utf-8")
    assert main([*CHECK, "docs/a.txt", "--reference", "human.txt"]) == 0
    Path("report.html").symlink_to("docs/report.html")
    assert main([*CHECK, "docs/a.txt", "--output", "report.html"]) == 0
    assert Path("report.html").is_symlink()
    assert "html" in Path("docs/report.html").read_text("utf-8")


def test_a_file_and_links_to_it_are_one_file(outside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("docs/A.txt").symlink_to("a.txt")
    Path("docs/z.txt").symlink_to("a.txt")
    for files in (["docs"], ["docs/z.txt", "docs/a.txt", "docs/A.txt"], ["docs/*.txt", "./docs/a.txt"]):
        assert main([*CHECK, *files, "--format=jsonl"]) == 0
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [line["file"] for line in lines if line["type"] == "finding"] == ["docs/a.txt"]


CONFIGURED = {
    "baseline": 'baseline = "{}"',
    "ignore-file": 'ignore-file = "{}"',
    "packs": 'packs = ["{}"]',
    "glossary": 'glossary = ["{}"]',
    "per-path 1: packs": '[[per-path]]\npaths = ["docs"]\npacks = ["{}"]',
    "per-path 1: glossary": '[[per-path]]\npaths = ["docs"]\nglossary = ["{}"]',
}


@pytest.mark.parametrize("key", CONFIGURED)
@pytest.mark.parametrize("way", ["above", "absolute", "link"])
def test_a_configuration_names_nothing_outside_its_repository(
    outside: Path, capsys: pytest.CaptureFixture[str], key: str, way: str
) -> None:
    Path("link").symlink_to(outside / "secret.txt")
    path = {"above": "../outside/secret.txt", "absolute": str(outside / "secret.txt"), "link": "link"}[way]
    Path("stilted.toml").write_text(CONFIGURED[key].format(path) + "\n", "utf-8")
    for arguments in ([*CHECK, "docs"], ["fix", "docs"], ["rules", "list"], ["baseline", "write", "docs"]):
        assert main(arguments) == 2
        said = read_errors(capsys)
        assert said.startswith(f"stilted: stilted.toml: {key}: '")
        assert "leads out of" in said
        assert "swordfish" not in said
    assert main([*CHECK, "docs", "--allow-outside"]) in (0, 2)
    assert "leads out of" not in read_errors(capsys)


@pytest.mark.parametrize("name", ["stilted.toml", "pyproject.toml", ".stilted-ignore"])
def test_a_file_of_settings_is_no_link_out(outside: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (outside / "settings").write_text('[tool.stilted]\nswordfish = "swordfish"\n', "utf-8")
    Path(name).symlink_to(outside / "settings")
    assert main([*CHECK, "docs"]) == 2
    said = read_errors(capsys)
    assert f"{name}: a link leads out of" in said
    assert "swordfish" not in said


def test_what_is_not_done_yet_follows_no_link(outside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The name that a run of the past gave its unfinished file could be guessed, and a link of that name planted."""
    Path(f".stilted-{os.getpid()}.part").symlink_to(outside / "new.txt")
    assert main([*CHECK, "docs", "--output", "report.html"]) == 0
    assert sorted(os.listdir(outside)) == ["secret.txt"]


@pytest.mark.parametrize("name", ["lock", "manifest.json", "manifest.json.tmp", "whole"])
def test_parts_of_a_batch_follow_no_link(outside: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    Path("rows.jsonl").write_text(json.dumps({"target": BAD}) + "\n", "utf-8")
    Path("out.jsonl.parts").mkdir()
    Path("out.jsonl.parts", name).symlink_to(outside / "secret.txt")
    for more in ([], ["--restart"]):
        assert main(["batch", "rows.jsonl", "out.jsonl", "--select=mechanics", "--workers=1", *more]) == 2
        assert (outside / "secret.txt").read_text("utf-8") == SECRET
    Path("out.jsonl.parts", name).unlink()
    Path("out.jsonl.parts").rename("elsewhere")
    Path("out.jsonl.parts").symlink_to(outside)
    assert main(["batch", "rows.jsonl", "out.jsonl", "--select=mechanics", "--workers=1"]) == 2
    assert sorted(os.listdir(outside)) == ["secret.txt"]


KILLED = """
import os, signal, sys
from pathlib import Path
from stilted.core import whole_files
os.fsync = lambda number: os.kill(os.getpid(), signal.SIGKILL)
whole_files.replace_file(Path(sys.argv[1]), b"new")
"""


def test_what_a_killed_run_leaves_is_cleared_and_what_is_being_written_is_not(outside: Path) -> None:
    from fcntl import LOCK_EX, flock

    from stilted.core.whole_files import replace_file

    Path("a.bin").write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", KILLED, "a.bin"], check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = Path().glob(".stilted-*.part")
    assert Path("a.bin").read_bytes() == b"old"
    Path(".stilted-ignore").write_text("# no part\n", "utf-8")
    Path(".stilted-12.part").symlink_to(outside / "secret.txt")
    with open(".stilted-ab.part", "xb") as file:
        flock(file, LOCK_EX)  # as whoever writes it does
        replace_file(Path("b.bin"), b"other")
        assert not left.exists()
        assert sorted(Path().glob(".stilted-*")) == sorted(
            map(Path, [".stilted-12.part", ".stilted-ignore", file.name])
        )
    replace_file(Path("b.bin"), b"other")
    assert not Path(file.name).exists()
    assert (outside / "secret.txt").read_text("utf-8") == SECRET


def test_writers_of_one_folder_do_not_clear_each_other(outside: Path) -> None:
    """A part is new before it is locked; a writer whose part was cleared in between makes another."""
    code = "import sys\nfrom pathlib import Path\nfrom stilted.core.whole_files import replace_file\n"
    code += "for n in range(200):\n    replace_file(Path(sys.argv[1]), str(n).encode())\n"
    writers = [subprocess.Popen([sys.executable, "-c", code, f"{n}.bin"]) for n in range(4)]
    assert [writer.wait() for writer in writers] == [0] * 4
    assert [Path(f"{n}.bin").read_bytes() for n in range(4)] == [b"199"] * 4
    assert not list(Path().glob(".stilted-*.part"))
