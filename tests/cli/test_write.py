"""Files are written whole or not at all, whatever the disk, the signal or the path."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stilted.cli import main
from stilted.cli._write import require_writable, write
from stilted.core.errors import UserError

LOOP = """
import sys
from pathlib import Path
from stilted.cli._write import write
print("ready", flush=True)
while True:
    for char in "ab":
        write(Path(sys.argv[1]), char * 3_000_000)
"""
LIMITED = """
import resource, signal, sys
from stilted.cli import entry
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
sys.argv[1:] = {arguments!r}
entry()
"""
ENGLISH = "The ferry leaves the harbour at noon and reaches the island an hour later.\n"


@pytest.mark.parametrize("wait", [0.1, 0.2, 0.3])
def test_a_killed_process_leaves_the_old_file_or_the_new_one(tmp_path: Path, wait: float) -> None:
    target = tmp_path / "report.json"
    write(target, "b" * 3_000_000)
    with subprocess.Popen([sys.executable, "-c", LOOP, str(target)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
    content = target.read_bytes()
    assert content in (b"a" * 3_000_000, b"b" * 3_000_000)


def test_an_interrupt_leaves_nothing_else_behind(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    with subprocess.Popen(
        [sys.executable, "-c", LOOP, str(target)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert target.stat().st_size == 3_000_000


@pytest.mark.long
@pytest.mark.parametrize("name", ["html", "json", "sarif", "markdown"])
def test_a_disk_that_fills_up_leaves_the_good_file(tmp_path: Path, name: str) -> None:
    """A limit on the size of files stands in for the disk: it stops the write in the middle, as a full disk does."""
    text = tmp_path / "a.txt"
    text.write_text(ENGLISH + "She walked to the the station.\n" * 30, "utf-8")
    good = tmp_path / "report"
    good.write_text("the good one", "utf-8")
    arguments = ["check", str(text), "--select", "mechanics", "--output", f"{name}={good}"]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED.format(arguments=arguments)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"stilted: {good}: cannot write: File too large. Check folder, space and rights.\n"
    assert good.read_text("utf-8") == "the good one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "report"]


def test_a_link_stays_a_link_and_a_mode_stays_a_mode(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old", "utf-8")
    real.chmod(0o640)
    link.symlink_to("real.txt")
    write(link, "new")
    assert link.is_symlink()
    assert real.read_text("utf-8") == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    (tmp_path / "new.txt").symlink_to("later.txt")
    write(tmp_path / "new.txt", "made")
    assert (tmp_path / "later.txt").read_text("utf-8") == "made"


def test_a_device_or_pipe_is_not_replaced(tmp_path: Path) -> None:
    write(Path(os.devnull), "gone")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)
    with pytest.raises(UserError, match="/dev/full: cannot write: No space left on device"):
        write(Path("/dev/full"), "x")
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        write(pipe, "through")
        assert reader.communicate(timeout=10)[0] == b"through"
    assert pipe.is_fifo()


def test_the_longest_name_there_can_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    write(path, "kept")
    assert path.read_text("utf-8") == "kept"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        (".", "the output is a directory"),
        ("none/x", "cannot write: No such file or directory"),
        ("a.txt/x", "cannot write: Not a directory"),
        ("n" * 256, "cannot write: File name too long"),
    ],
)
def test_paths_that_cannot_be_are_told(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "a.txt").write_text("kept", "utf-8")
    with pytest.raises(UserError, match=what):
        write(tmp_path / name, "x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("name", [".", "none/x", "a.txt/x", "n" * 256, "loop", "a\0b", ""])
def test_paths_that_cannot_be_are_told_beforehand_in_the_same_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("kept", "utf-8")
    Path("loop").symlink_to("loop")
    path = Path(name)
    with pytest.raises(UserError) as before:
        require_writable(path)
    with pytest.raises(UserError) as after:
        write(path, "x")
    assert str(before.value) == str(after.value)


@pytest.mark.parametrize("name", ["new.txt", "a.txt", "link", "dangling", "-", "/dev/full", "n" * 255])
def test_paths_that_can_be_are_let_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("kept", "utf-8")
    Path("link").symlink_to("a.txt")
    Path("dangling").symlink_to("later.txt")
    before = sorted(os.listdir())
    require_writable(Path(name))
    assert sorted(os.listdir()) == before


@pytest.mark.parametrize(
    "command",
    [
        ["check", "a.txt", "--output", "none/x.html"],
        ["check", "a.txt", "--output", "ok.json", "--output", "none/x.html"],
        ["compare", "a.txt", "a.txt", "--reference", "a.txt", "--output", "none/x.html"],
        ["baseline", "write", "a.txt", "--baseline", "none/x.json"],
        ["summary", "a.txt", "--output", "none/x.html"],
        ["demo", "--no-open", "--output", "none/x.html"],
    ],
    ids=lambda command: command[0],
)
def test_nothing_is_checked_for_a_report_that_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_bytes(b"\xff\xfe\xff")  # would be an error, too, were it read first
    assert main(command) == 2
    where = command[-1]
    expected = f"stilted: {where}: cannot write: No such file or directory. Check folder, space and rights.\n"
    assert capsys.readouterr().err == expected
    assert os.listdir() == ["a.txt"]


def test_a_loop_of_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(UserError, match="cannot write"):
        write(tmp_path / "a", "x")
    assert sorted(os.listdir(tmp_path)) == ["a", "b"]


@pytest.mark.parametrize("path", ["loop", "n" * 256, "none/x", "."])
def test_an_output_that_cannot_be_is_told_by_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("pool")
    Path("pool").symlink_to("loop")
    for name, text in {"a.txt": ENGLISH, "b.txt": ENGLISH.replace("noon", "ten"), "c.txt": "A ferry sails.\n"}.items():
        Path(name).write_text(text, "utf-8")
    before = sorted(os.listdir())
    for command in (
        ["check", "a.txt", "--output", path],
        ["check", "a.txt", "--output", f"sarif={path}", "--output", "junit=ok.xml"],
        ["compare", "a.txt", "b.txt", "--reference", "c.txt", "--output", path],
        ["compare", "a.txt", "loop", "--reference", "c.txt"],
        ["baseline", "write", "a.txt", "--baseline", path],
    ):
        assert main([*command, "--select", "mechanics"]) == 2
        errors = capsys.readouterr().err
        assert len(errors.splitlines()) == 1
        assert "internal error" not in errors
    assert sorted(os.listdir()) == before


def test_a_name_with_a_null_character_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"cannot write: .*null"):
        write(tmp_path / "a\0b", "x")
