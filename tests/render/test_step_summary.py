"""The summary page of a step on GitHub: written by the command itself, never too long, never half."""

from __future__ import annotations

import resource
import signal
from pathlib import Path

import pytest

from stilted.cli import main
from stilted.cli._write import add_step_summary
from stilted.core.errors import UserError
from stilted.render.github import SUMMARY_BYTES

GOOD = "The ferry leaves the harbour at noon and reaches the island an hour later.\n"
BAD = "She walked to the the <img src=x> station | and waited, @all, for `two` hours.\n"


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"a.txt": GOOD, "b.txt": GOOD + BAD}.items():
        Path(name).write_text(text, "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    return tmp_path / "summary.md"


CHECK = ["check", "a.txt", "b.txt", "--select", "mechanics", "--fail-on", "minor"]


def test_it_is_added_with_the_format_github_and_with_no_other(
    summary: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["--format", "markdown"], ["--output", "sarif=x.sarif"], []):
        assert main([*CHECK, *arguments]) == 1
        assert not summary.exists()
    assert main([*CHECK, "--format", "github"]) == 1
    page = summary.read_text("utf-8")
    assert page.startswith("## stilted: Failed\n")
    assert "the the" in page
    assert "<img" not in page
    assert main([*CHECK, "--output", "github=commands.log", "--output", "junit=x.xml"]) == 1
    assert summary.read_text("utf-8") == f"{page}\n\n{page}"
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert main([*CHECK, "--format", "github"]) == 1
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "")
    assert main([*CHECK, "--format", "github"]) == 1
    assert summary.read_text("utf-8") == f"{page}\n\n{page}"
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("left", [0, 3000, 5000, 100_000])
def test_it_never_makes_the_page_longer_than_github_takes(
    summary: Path, capsys: pytest.CaptureFixture[str], left: int
) -> None:
    before = b"x" * (SUMMARY_BYTES - left)
    summary.write_bytes(before)
    Path("b.txt").write_text((GOOD + BAD + "\n") * 200, "utf-8")
    assert main([*CHECK, "--format", "github"]) == 1
    after = summary.read_bytes()
    assert after.startswith(before)
    assert len(after) <= SUMMARY_BYTES
    assert (after == before) == (left < 4000)
    assert ("has no room left; nothing was added" in capsys.readouterr().err) == (left < 4000)


def test_a_page_that_does_not_keep_to_its_room_is_not_added(summary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_step_summary(lambda room: "é" * room)
    assert summary.read_bytes() == b""
    assert "nothing was added" in capsys.readouterr().err


def test_a_folder_in_its_place_is_told(summary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary.mkdir()
    assert main([*CHECK, "--format", "github"]) == 2
    assert "stilted: $GITHUB_STEP_SUMMARY: cannot write: Is a directory." in capsys.readouterr().err


def test_a_full_disk_leaves_what_was_there(summary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit on the size of files stands in for the disk: the write stops in the middle."""
    summary.write_bytes(b"before")
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, kept[1]))
        with pytest.raises(UserError, match="cannot write: File too large"):
            add_step_summary(lambda room: "y" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
        signal.signal(signal.SIGXFSZ, handler)
    assert summary.read_bytes() == b"before"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "/dev/full")
    with pytest.raises(UserError, match="cannot write: No space left on device"):
        add_step_summary(lambda room: "y" * 5000)
