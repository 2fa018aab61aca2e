"""Only what changed, asked of real repositories."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_repository import Git, make_repository
from stilted.cli import main
from stilted.core.errors import UserError
from stilted.core.model import Document, Finding
from stilted.project.git_changes import WHOLE, Ranges, _read_hunks, find_changed_lines, keep

TEXT = "Alpha one.\nAlpha two.\n\nBravo one.\nBravo two.\n\nCharlie one.\n"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Return a runner of git in an empty repository, above which git looks for no other."""
    run = make_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return run


def commit(git: Git, **texts: str) -> str:
    """Write and commit files named ``<key>.txt``; return the commit."""
    for name, text in texts.items():
        Path(f"{name}.txt").write_bytes(text.encode())
    git("add", "-A")
    git("commit", "-q", "-m", "Texts")
    return git("rev-parse", "HEAD")


def finding(text: str, quoted: str) -> Finding:
    start = text.index(quoted)
    return placed(start, start + len(quoted), quoted)


def document(text: str) -> Document:
    return Document("notes.txt", (), text)


def placed(start: int | None, end: int | None, quoted: str = "") -> Finding:
    return Finding("a/b", "Style", "minor", 0.5, 0, 0, 0, start, end, quoted, "m", "w", (), "f")


def kept(text: str, ranges: Ranges) -> str:
    """Return the initials of the paragraphs of *text* whose findings are kept."""
    names = [name for name in ("Alpha", "Bravo", "Charlie", "Delta") if name in text]
    return "".join(f.text[0] for f in keep(document(text), [finding(text, name) for name in names], ranges))


@pytest.mark.parametrize(
    ("now", "paragraphs"),
    [
        (TEXT, ""),
        (TEXT.replace("Bravo two", "Bravo 2"), "B"),
        (TEXT.replace("Alpha one", "Alpha 1").replace("Charlie one", "Charlie 1"), "AC"),
        (TEXT + "\nDelta one.\n", "D"),
        ("Delta one.\n\n" + TEXT, "D"),
        (TEXT.replace("\nBravo", "\nDelta one.\n\nBravo", 1), "D"),
        (TEXT.replace("Bravo two.\n", ""), "B"),
        (TEXT.replace("Alpha two.\n", ""), "A"),
        (TEXT.replace("Bravo one.\nBravo two.\n\n", ""), ""),
        (TEXT.replace("\nCharlie one.\n", ""), ""),
        (TEXT.replace("Bravo one.\nBravo", "Bravo"), "B"),
        (TEXT.replace("Bravo two.\n\n", "\n"), "B"),
        (TEXT.replace("Alpha two.\n\nBravo one.", "Bravo one."), "AB"),
        (TEXT.replace("\n\n", "\n\n\n"), ""),
        (TEXT.replace("\n", "\r\n"), ""),
        (TEXT.replace("\n", "\r\n").replace("Bravo two", "Bravo 2"), "B"),
        ("@@ -1 +1 @@\n" + TEXT, "A"),
        (TEXT.replace("Bravo one.", "-- a\n++ b\n@@ -1,9 +1,9 @@\nBravo one."), "B"),
        (TEXT.rstrip("\n"), ""),
    ],
)
def test_paragraphs_touched_since_a_commit(git: Git, now: str, paragraphs: str) -> None:
    then = commit(git, text=TEXT)
    file = Path("text.txt")
    file.write_bytes(now.encode())
    assert kept(now, find_changed_lines([file], then)[file]) == paragraphs
    git("commit", "-q", "-a", "-m", "Edit", "--allow-empty")
    assert kept(now, find_changed_lines([file], then)[file]) == paragraphs, "a commit is a change like any other"
    assert find_changed_lines([file], "HEAD") == {file: ()}


def test_what_is_missing_is_found_where_a_paragraph_was_deleted(git: Git) -> None:
    then = commit(git, text=TEXT)
    file = Path("text.txt")
    now = TEXT.replace("Bravo one.\nBravo two.\n\n", "")
    file.write_text(now, "utf-8")
    end = now.index("two.") + len("two.")
    ranges = find_changed_lines([file], then)[file]
    assert keep(document(now), [placed(end, end)], ranges) == (placed(end, end),)
    assert keep(document(now), [placed(end - 4, end)], ranges) == ()
    assert keep(document(now), [placed(len(now) - 1, len(now) - 1)], ranges) == ()


def test_untracked_ignored_new_and_missing_files(git: Git) -> None:
    then = commit(git, text=TEXT)
    Path(".gitignore").write_text("ignored.txt\n", "utf-8")
    for name in ("untracked", "ignored", "added"):
        Path(f"{name}.txt").write_text(TEXT.upper(), "utf-8")
    git("add", "added.txt")
    git("rm", "-q", "--cached", "text.txt")
    files = [Path(f"{name}.txt") for name in ("untracked", "ignored", "added", "text", "missing")]
    changed = find_changed_lines(files, then)
    assert list(changed) == files
    assert changed[Path("text.txt")] == (), "it is as it was, whatever the index says"
    assert {changed[file] for file in files if file.stem != "text"} == {WHOLE}


def test_utf16_is_binary_to_git_and_touched_as_a_whole(git: Git) -> None:
    commit(git, text=TEXT)
    file = Path("text.txt")
    file.write_bytes(TEXT.encode("utf-16"))
    assert find_changed_lines([file], "HEAD") == {file: WHOLE}


NAMES = ["a b.txt", "-x.txt", "“ü”.txt", 'quote".txt', "tab\t.txt", "line\n.txt", ":(top)*.txt", "*.txt", "漢字.txt"]


@pytest.mark.parametrize("name", NAMES)
def test_odd_names(git: Git, name: str) -> None:
    file = Path("docs") / name
    file.parent.mkdir()
    file.write_text(TEXT, "utf-8")
    other = Path("docs/other.txt")
    other.write_text(TEXT, "utf-8")
    commit(git)
    other.write_text("Changed.\n", "utf-8")
    file.write_text(TEXT.replace("Bravo two", "Bravo 2"), "utf-8")
    assert find_changed_lines([file], "HEAD") == {file: ((5, 5),)}
    assert find_changed_lines([file.absolute()], "HEAD") == {file.absolute(): ((5, 5),)}


def test_a_name_that_is_no_utf8(git: Git) -> None:
    file = Path(os.fsdecode(b"caf\xe9.txt"))
    file.write_text(TEXT, "utf-8")
    commit(git)
    file.write_text(TEXT + "More.\n", "utf-8")
    assert find_changed_lines([file], "HEAD") == {file: ((8, 8),)}


def test_files_are_those_of_the_repository_that_this_runs_in(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git, text=TEXT)
    inner = Path("inner")
    inner.mkdir()
    git("init", "-q", "inner")
    (inner / "a.txt").write_text(TEXT, "utf-8")
    with pytest.raises(UserError, match="not in the git repository that this runs in") as error:
        find_changed_lines([inner / "a.txt"], "HEAD")
    assert (error.value.where, error.value.hint) == (str(Path("inner/a.txt").resolve()), "Run it in that checkout.")
    monkeypatch.chdir(inner)
    commit(git, text=TEXT)
    Path("text.txt").write_text(TEXT + "More.\n", "utf-8")
    assert find_changed_lines([Path("text.txt")], "HEAD") == {Path("text.txt"): ((8, 8),)}
    with pytest.raises(UserError, match="not in the git repository that this runs in"):
        find_changed_lines([Path("../text.txt")], "HEAD")


def test_what_a_branch_changed_is_told_from_where_it_left(git: Git) -> None:
    commit(git, a=TEXT, b=TEXT)
    git("checkout", "-q", "-b", "branch")
    commit(git, a=TEXT.replace("Bravo one", "Bravo 1"))
    git("checkout", "-q", "-")
    main_ = commit(git, b=TEXT.replace("Alpha one", "Alpha 1"))
    git("checkout", "-q", "branch")
    a, b = Path("a.txt"), Path("b.txt")
    assert find_changed_lines([a, b], main_) == {a: ((4, 4),), b: ((1, 1),)}
    assert find_changed_lines([a, b], main_, merge_base=True) == {a: ((4, 4),), b: ()}
    git("checkout", "-q", "--orphan", "other")
    commit(git)
    with pytest.raises(UserError, match="in common") as error:
        find_changed_lines([a], main_, merge_base=True)
    assert error.value.where == "--merge-base"
    assert "fetch-depth" in error.value.hint


def test_what_git_tells_its_hooks_of_leads_nowhere_else(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("docs").mkdir()
    commit(git, **{"docs/a": TEXT, "docs/b": TEXT})
    git("worktree", "add", "-q", "../tree")
    monkeypatch.chdir("../tree")
    a, b = Path("docs/a.txt"), Path("docs/b.txt")
    a.write_text(TEXT + "Delta one.\n")
    monkeypatch.setenv("GIT_DIR", git("rev-parse", "--absolute-git-dir"))
    monkeypatch.setenv("GIT_INDEX_FILE", git("rev-parse", "--absolute-git-dir") + "/index")
    assert find_changed_lines([a, b], "HEAD") == {a: ((8, 8),), b: ()}
    monkeypatch.setenv("GIT_WORK_TREE", ".")
    assert find_changed_lines([a, b], "HEAD") == {a: ((8, 8),), b: ()}


def test_a_renamed_file_was_touched_where_it_was_edited(git: Git) -> None:
    text = TEXT + "".join(f"\nDelta {number} and some more.\n" for number in range(9))
    base = commit(git, a=text, b=text.replace("Delta", "Echo"), c="Short.\n")
    Path("docs").mkdir()
    git("mv", "a.txt", "docs/a.txt")
    git("mv", "b.txt", "docs/ü b.txt")
    a, b, c, new = (Path("docs", f"{name}.txt") for name in ("a", "ü b", "c", "new"))
    b.write_text(b.read_text("utf-8").replace("Alpha two", "Alpha 2"), "utf-8")
    git("mv", "c.txt", str(c))
    c.write_text("Nothing of it is left here.\n", "utf-8")
    new.write_text("New.\n", "utf-8")
    git("add", "-A")
    assert find_changed_lines([a, b, c, new], base) == {a: (), b: ((2, 2),), c: WHOLE, new: WHOLE}
    git("commit", "-q", "-m", "Moved")
    assert find_changed_lines([a, b], base) == {a: (), b: ((2, 2),)}


def test_what_git_dies_of_is_told_before_what_it_warns_of(git: Git) -> None:
    commit(git, a=TEXT)
    git("config", "core.bare", "perhaps")
    with pytest.raises(UserError, match=r"\(bad boolean config value 'perhaps' for 'core.bare'\)"):
        find_changed_lines([Path("a.txt")], "HEAD")


def test_a_text_that_git_keeps_with_other_ends_of_lines_is_as_it_was(git: Git) -> None:
    Path(".gitattributes").write_text("*.txt text eol=crlf\n", "utf-8")
    commit(git, text=TEXT.replace("\n", "\r\n"))
    assert git("cat-file", "-s", "HEAD:text.txt") == str(len(TEXT))
    assert find_changed_lines([Path("text.txt")], "HEAD") == {Path("text.txt"): ()}


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_any_kind_of_hash(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    git("init", "-q", f"--object-format={kind}", str(tmp_path / kind))
    monkeypatch.chdir(tmp_path / kind)
    commit(git, a=TEXT, b=TEXT)
    Path("b.txt").write_text(TEXT + "More.\n", "utf-8")
    assert find_changed_lines([Path("a.txt"), Path("b.txt")], "HEAD") == {Path("a.txt"): (), Path("b.txt"): ((8, 8),)}


def test_a_link_stands_for_what_it_leads_to(git: Git) -> None:
    commit(git, text=TEXT)
    Path("link.txt").symlink_to("text.txt")
    commit(git)
    Path("text.txt").write_text(TEXT + "More.\n", "utf-8")
    files = [Path("link.txt"), Path("text.txt"), Path("text.txt").absolute()]
    assert find_changed_lines(files, "HEAD") == dict.fromkeys(files, ((8, 8),))


def test_configuration_of_the_user_changes_nothing(git: Git, tmp_path: Path) -> None:
    commit(git, text=TEXT)
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\n", "utf-8")
    program.chmod(0o755)
    settings = {
        "color.ui": "always",
        "diff.noprefix": "true",
        "diff.external": str(program),
        "diff.mine.textconv": str(program),
        "diff.context": "9",
        "diff.interHunkContext": "9",
        "diff.relative": "true",
        "diff.wordRegex": ".",
        "core.pager": str(program),
    }
    for key, value in settings.items():
        git("config", key, value)
    Path(".gitattributes").write_text("*.txt diff=mine\n", "utf-8")
    Path("text.txt").write_text(TEXT.replace("one", "1"), "utf-8")
    assert find_changed_lines([Path("text.txt")], "HEAD") == {Path("text.txt"): ((1, 1), (4, 4), (7, 7))}
    assert not ran.exists()


@pytest.mark.parametrize("revision", ["nowhere", "", "--output=stolen", "-h", "HEAD:text.txt", "HEAD; ls", "a\0b", "é"])
def test_an_unknown_revision_is_told(git: Git, revision: str) -> None:
    commit(git, text=TEXT)
    with pytest.raises(UserError, match="revision") as error:
        find_changed_lines([Path("text.txt")], revision)
    assert error.value.where == "--changed-since"
    assert "shallow clone" in error.value.hint
    assert sorted(os.listdir()) == [".git", "text.txt"]


def test_a_file_in_no_repository_is_told(git: Git, tmp_path: Path) -> None:
    loose = tmp_path / "loose.txt"
    loose.write_text(TEXT, "utf-8")
    with pytest.raises(UserError, match="not in a git repository"):
        find_changed_lines([loose], "HEAD")


def test_missing_git_is_told(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git, text=TEXT)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UserError, match="cannot run git"):
        find_changed_lines([Path("text.txt")], "HEAD")


def test_loose_segments_and_whole_files_keep_every_finding() -> None:
    assert keep(document(""), [placed(None, None)], ()) == (placed(None, None),)
    assert kept(TEXT, WHOLE) == "ABC"
    assert kept(TEXT, ()) == ""


MARKDOWN = """\
# The the heading

- item the the one
- item the the two,
  wrapped
- item the the three

| A | B |
| --- | --- |
| cell the the four | x |
| cell the the five | y |
"""
HTML = "<ul>\n<li>An item the the one.</li>\n<li>An item\nthe the two.</li>\n</ul>\n<p>An item the the three.</p>\n"
JSON = '{\n  "a": "An item the the one",\n  "b": "An item the the two",\n  "c": "An item the the three"\n}\n'
PO = "".join(f'# {n}\nmsgid "Teil {n}"\nmsgstr "An item "\n"the the {n}"\n\n' for n in ("one", "two", "three"))
XLIFF = """<?xml version="1.0"?>
<xliff version="1.2"><file original="x" source-language="de" target-language="en" datatype="plaintext"><body>
<trans-unit id="1">
<source>Teil one</source>
<target>An item the the one</target>
</trans-unit>
<trans-unit id="2">
<source>Teil two</source>
<target>An item the the two</target>
</trans-unit>
<trans-unit id="3"><source>Teil three</source><target>An item the the three</target></trans-unit>
</body></file></xliff>
"""
CSV = "source,target\nTeil one,An item the the one\nTeil two,An item the the two\nTeil three,An item the the three\n"


@pytest.mark.parametrize(
    ("name", "text", "was", "now", "marked"),
    [
        ("a.md", MARKDOWN, "item the the two", "an item the the two", ["two"]),
        ("a.md", MARKDOWN, "  wrapped", "  wrapped well", ["two"]),
        ("a.md", MARKDOWN, "cell the the five", "a cell the the five", ["five"]),
        ("a.md", MARKDOWN, "| y |", "| z |", ["five"]),
        ("a.md", MARKDOWN, "# The the heading", "# A the the heading", ["heading"]),
        ("a.html", HTML, "the the two", "and the the two", ["two"]),
        ("a.html", HTML, "An item\n", "The item\n", ["two"]),
        ("a.json", JSON, "An item the the two", "The item the the two", ["two"]),
        ("a.json", JSON, '"c": ', '"d": ', ["three"]),
        ("a.po", PO, "# two", "# 2", ["two"]),
        ("a.po", PO, 'msgid "Teil three"', 'msgid "Teil 3"', ["three"]),
        ("a.po", PO, '"the the one"', '"and the the one"', ["one"]),
        ("a.xlf", XLIFF, "<source>Teil two", "<source>Teil zwei", ["two"]),
        ("a.xlf", XLIFF, "An item the the three", "The item the the three", ["three"]),
        ("a.csv", CSV, "Teil one,", "Teil eins,", ["one"]),
    ],
)
def test_a_paragraph_is_what_its_format_calls_one(
    git: Git, capsys: pytest.CaptureFixture[str], name: str, text: str, was: str, now: str, marked: list[str]
) -> None:
    """Lists, tables and catalogues have no blank lines, and one touched line of theirs touches one item."""
    Path(name).write_text(text, "utf-8")
    commit(git)
    assert was in text
    Path(name).write_text(text.replace(was, now), "utf-8")
    assert main(["check", name, "--select=mechanics/doubled-word", "--format=jsonl", "--changed-since=HEAD"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    places = [line["line"] for line in lines if line["type"] == "finding"]
    rows = Path(name).read_text("utf-8").split("\n")
    assert [next(word for word in marked if word in rows[place - 1]) for place in places] == marked


@given(st.lists(st.sampled_from(["", " ", "a", "b"]), max_size=12), st.integers(1, 14), st.integers(1, 14))
def test_keep_agrees_with_paragraphs_counted_by_hand(lines: list[str], one: int, other: int) -> None:
    low, high = sorted((one, other))
    text = "\n".join(lines)
    paragraph, paragraphs = 0, []
    for line in lines:
        paragraph += not line.strip()
        paragraphs.append(paragraph)
    touched = {paragraphs[i] for i in range(len(lines)) if low <= i + 1 <= high and lines[i].strip()}
    offsets = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    for i, offset in enumerate(offsets):
        if lines[i].strip():
            assert bool(keep(document(text), [placed(offset, offset + 1)], ((low, high),))) == (
                paragraphs[i] in touched
            )


@given(st.lists(st.text(alphabet="-+@ ,019\n", max_size=30), max_size=20))
def test_any_output_is_read_without_an_error(lines: list[str]) -> None:
    for low, high in _read_hunks(lines):
        assert low <= high


def test_the_command_reports_what_was_touched(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    good = "The ferry leaves the harbour at noon and reaches the island an hour later.\n\n"
    old = "She walked to the the station and waited there for two hours without a book.\n\n"
    new = "The clerk stamped the the form and gave it back without a word to anyone.\n"
    commit(git, a=good + old, b=good)
    check = ["check", "a.txt", "b.txt", "--select=mechanics", "--fail-on=minor", "--format=jsonl"]
    since = "--changed-since=HEAD"
    assert main([*check, since]) == 0
    assert capsys.readouterr() == ("", "stilted: none of the files was touched since HEAD.\n")
    Path("a.txt").write_text(good + old + new, "utf-8")
    assert main([*check, since]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["file"], line["line"]) for line in lines if line["type"] == "finding"] == [("a.txt", 5)]
    assert {line["file"] for line in lines} == {"a.txt"}
    assert main([*check, "--changed-since=nowhere"]) == 2
    assert "git knows no revision 'nowhere'" in capsys.readouterr().err


def test_the_command_takes_the_merge_base(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    bad = "She walked to the the station and waited there for two hours without a book.\n"
    base = commit(git, a=bad, b="Good.\n")
    git("checkout", "-q", "-b", "branch")
    commit(git, b=bad)
    git("checkout", "-q", "-")
    main_ = commit(git, a="She walked to the station.\n")
    assert base != main_
    git("checkout", "-q", "branch")
    check = ["check", "a.txt", "b.txt", "--select=mechanics", "--format=jsonl", f"--changed-since={main_}"]

    def find_with(*more: str) -> set[str]:
        assert main([*check, *more]) == 0
        return {json.loads(line)["file"] for line in capsys.readouterr().out.splitlines()}

    assert find_with() == {"a.txt", "b.txt"}
    assert find_with("--merge-base") == {"b.txt"}
    assert main(["check", "a.txt", "--merge-base"]) == 2
    assert "--merge-base: no revision to find it with. Add --changed-since REV." in capsys.readouterr().err
