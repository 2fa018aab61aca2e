"""Merge conflicts in files that are checked, and in files that cannot be read because of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import stilted
from stilted.cli import main
from stilted.core.errors import UserError
from stilted.formats.conflicts import find_conflict

ONE, TWO = "The ferry leaves the harbour at noon.", "The ferry leaves the harbour at midday."
CONFLICT = f"<<<<<<< HEAD\n{ONE}\n=======\n{TWO}\n>>>>>>> branch\n"
GOOD = "The committee met on Tuesday and agreed to publish the report before the end of the month.\n\n"
NOTE = "Lines 3 to 7 are a merge conflict that nobody has resolved; both versions were checked."


def notes(tmp_path: Path, name: str, text: str) -> tuple[str, ...]:
    (tmp_path / name).write_bytes(text.encode())
    return stilted.check_file(tmp_path / name, select=["mechanics"]).notes


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.srt"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_conflict_is_told(tmp_path: Path, name: str, end: str) -> None:
    head = "1\n00:00:01,000 --> 00:00:02,000\n" if name.endswith("srt") else GOOD
    assert NOTE in notes(tmp_path, name, (head + CONFLICT).replace("\n", end))


def test_a_conflict_of_three_versions_in_a_catalogue_is_told(tmp_path: Path) -> None:
    cell = f"<<<<<<< HEAD\n{ONE}\n||||||| base\nOne.\n=======\n{TWO}\n>>>>>>> branch\n"
    rows = f'id,target\n1,"Good.\n{cell}"\n'
    assert "Lines 3 to 9 are a merge conflict" in " ".join(notes(tmp_path, "a.csv", rows))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", f"{GOOD}```\n{CONFLICT}```\n"),
        ("a.html", f"<p>{GOOD}</p><pre>\n{CONFLICT}</pre>\n"),
        ("a.md", f"{GOOD}Title\n=======\n\n>>>>>>> quoted\n"),
        ("a.txt", f"{GOOD}<<<<<<< not a mark of two versions\n{ONE}\n"),
        ("a.txt", f"{GOOD}<<<<<<<< HEAD\n{ONE}\n=======\n{TWO}\n>>>>>>>> branch\n"),
        ("a.txt", GOOD + CONFLICT.replace("\n<", "\n  <").replace("<<<<<<< H", "  <<<<<<< H")),
    ],
)
def test_what_only_looks_like_one_is_not(tmp_path: Path, name: str, text: str) -> None:
    assert "conflict" not in " ".join(notes(tmp_path, name, text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{\n<<<<<<< HEAD\n"a": "One",\n=======\n"a": "Two",\n>>>>>>> branch\n"b": "c"}\n'),
        ("a.csv", f"id,target\n<<<<<<< HEAD\n2,{ONE}\n=======\n2,{TWO}\n>>>>>>> branch\n"),
        ("a.po", f'msgid "a"\n<<<<<<< HEAD\nmsgstr "{ONE}"\n=======\nmsgstr "{TWO}"\n>>>>>>> branch\n'),
        ("strings.xml", "<resources>\n<<<<<<< HEAD\n<string/>\n=======\n<string/>\n>>>>>>> branch\n</resources>\n"),
    ],
)
def test_a_file_that_cannot_be_read_for_one_says_so(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(UserError, match="; lines 2 to 6 are a merge conflict that nobody has resolved") as error:
        notes(tmp_path, name, text)
    assert error.value.hint == "Resolve it; what is between its marks belongs to two versions."


def test_the_command_tells_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(GOOD + CONFLICT, "utf-8")
    assert main(["check", str(tmp_path / "a.txt"), "--select=mechanics"]) == 0
    assert "merge conflict that nobody has resolved" in " ".join(capsys.readouterr().out.split())


def test_the_first_of_several_is_found() -> None:
    conflict = find_conflict("=======\n>>>>>>> a\n" + CONFLICT + CONFLICT)
    assert conflict is not None
    assert (conflict.start, conflict.end) == (18, 18 + len(CONFLICT) - 1)
