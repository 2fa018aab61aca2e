"""A bar for people who wait: on a terminal, after a while, gone at the end; nowhere else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from screen import on_a_terminal, plain
from stilted.cli._progress import describe_pace

HEAD = """
import sys, time
from stilted.cli import _progress
_progress.DELAY = 0.1
"""
LONG = """
with _progress.show_meter(3, "checking", quiet=QUIET) as meter:
    time.sleep(0.6)
    meter.advance("docs/one.md")
    with meter.hide():
        print("a report", flush=True)
        time.sleep(0.3)
    time.sleep(0.4)
    meter.advance("docs/[bold]two\\x1b[31m.md")
    time.sleep(0.4)
"""
SHORT = """
with _progress.show_meter(3, "checking") as meter:
    meter.advance("docs/one.md")
    meter.advance("docs/two.md")
"""
LOADED = "\nprint('rich' in sys.modules)\n"


def test_a_long_run_shows_count_rate_and_time_left() -> None:
    output, shown = on_a_terminal(HEAD + LONG.replace("QUIET", "False") + LOADED)
    assert output == "a report\nTrue\n"
    assert re.search(r"checking .*0/3 … ", plain(shown))
    assert re.search(
        r"1/3 1\.\d a second, 0:0\d left docs/one\.md|1/3 \d\.\d s each, 0:0\d left docs/one\.md", plain(shown)
    )
    assert re.search(r"2/3 .*docs/\[bold\]two␛\[31m\.md", plain(shown))
    assert "two\x1b[31m" not in shown


def test_what_was_shown_is_gone_at_the_end() -> None:
    _, shown = on_a_terminal(HEAD + LONG.replace("QUIET", "False"))
    erased = max(shown.rfind("\x1b[2K"), shown.rfind("\x1b[1A"))
    assert erased > shown.rfind("checking") > 0
    assert shown.rfind("\x1b[?25h") > shown.rfind("\x1b[?25l")  # the cursor is back


def test_a_report_on_the_same_terminal_stands_on_a_line_of_its_own() -> None:
    _, shown = on_a_terminal(HEAD + LONG.replace("QUIET", "False"), stdout=True)
    before, _, after = shown.partition("a report\r\n")
    assert max(before.rfind("\x1b[2K"), before.rfind("\x1b[1A")) > before.rfind("checking") > 0
    assert "checking" in after


@pytest.mark.parametrize(
    ("code", "term"),
    [
        (HEAD.replace("0.1", "60") + SHORT + LOADED, "xterm"),
        (HEAD + LONG.replace("QUIET", "True") + LOADED, "xterm"),
        (HEAD + LONG.replace("QUIET", "False") + LOADED, "dumb"),
    ],
    ids=["short", "quiet", "dumb"],
)
def test_nothing_is_shown_or_loaded(code: str, term: str) -> None:
    output, shown = on_a_terminal(code, term=term)
    assert shown == ""
    assert output.endswith("False\n")


@pytest.mark.parametrize("stderr", ["", "sys.stderr = None\n", "sys.stderr.close()\n"], ids=["pipe", "none", "closed"])
def test_nothing_happens_without_a_terminal(stderr: str) -> None:
    code = HEAD + stderr + LONG.replace("QUIET", "False") + LOADED
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("a report\nFalse\n", "")


INTERRUPTED = """
try:
    with _progress.show_meter(3, "checking"):
        time.sleep(0.6)
        raise KeyboardInterrupt
except KeyboardInterrupt:
    pass
"""


def test_an_interrupted_run_leaves_a_clean_line() -> None:
    _, shown = on_a_terminal(HEAD + INTERRUPTED)
    assert max(shown.rfind("\x1b[2K"), shown.rfind("\x1b[1A")) > shown.rfind("checking") > 0


NAMED = """
with _progress.show_meter(3000, "files") as meter:
    time.sleep(0.6)
    for number in range(1234):
        meter.advance("content/" + "深い" * 40 + f"/page-{number}.md")
    time.sleep(0.4)
"""


@pytest.mark.parametrize(("columns", "name"), [(120, "….*い/page-1233.md"), (100, "….*page-1233.md"), (74, "…")])
def test_what_is_shown_stays_on_one_line(columns: int, name: str) -> None:
    _, shown = on_a_terminal(HEAD + NAMED, columns=columns)
    rows = [row for row in re.split("[\r\n]+", plain(shown)) if row.strip()]
    assert all(row.startswith("files") for row in rows)
    assert re.search(rf"1234/3000 [\d.]+ a second, 0:0\d left {name} *\Z", rows[-1])


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        (0, 9, 3.0, "…"),
        (5, 9, 0.0, "…"),
        (10, 100, 2.0, "5.0 a second, 0:18 left"),
        (1, 3, 75.0, "75.0 s each, 2:30 left"),
        (1, 100, 60.0, "60.0 s each, 1:39:00 left"),
        (7, 7, 7.0, "1.0 a second, 0:00 left"),
        (8, 7, 8.0, "1.0 a second, 0:00 left"),
    ],
)
def test_pace(done: int, total: int, seconds: float, said: str) -> None:
    assert describe_pace(done, total, seconds) == said


ONE_FILE = """
from stilted.cli import main
with open(NAME, "w") as file:
    file.write("She walked to the station and took the train home that evening. " * 600)
main(["check", NAME, "--no-cache", "--select", "tagger", "--output", NAME + ".json"])
"""


@pytest.mark.long
def test_a_single_long_file_shows_how_far_it_is(tmp_path: Path) -> None:
    _, shown = on_a_terminal(HEAD + ONE_FILE.replace("NAME", repr(str(tmp_path / "long.txt"))))
    shares = [int(share) for share in re.findall(r" (\d+)% 0/1 ", plain(shown))]
    assert len(set(shares)) > 2
    assert re.search(r"0/1 .*left", plain(shown))
