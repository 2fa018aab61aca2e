"""What others wrote, wherever it is shown: a terminal does nothing with it, and neither does the log of a build."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import stilted.render
from layout import SRC
from stilted.cli import main
from stilted.core.foreign import Syntax, clean, clean_line, disarm

EVIL = "\x1b[2J\x1b]0;title\x07 \r::error::stolen\u202e##[error]stolen ##vso[task.setvariable variable=x]y"
"""What a terminal, GitHub and Azure would act on."""

NAME = "::error::a ##[group]b\x1b[31m\u202e.md"
BAD = "She walked to the the station and waited there for two hours without a book."
WRAPPED = " ".join(f"word{n:02d}" for n in range(10))


def require_harmless(shown: str) -> None:
    """Fail on what moves a cursor, hides text, or is a command to a build server."""
    assert not re.findall(r"[^\S\n\t ]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", shown)
    for line in shown.split("\n"):
        assert not re.match(r"\s*::[\w-]+.*?::", line), line
        assert "##[" not in line, line
        assert not re.search(r"##(?:vso|teamcity)\[", line), line


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which everything that can be named, said or accepted is hostile."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    text = f"# News\n\n{BAD}\n\n{WRAPPED} {EVIL.replace(chr(13), '')} It is the the end.\n\n::error::stolen the the.\n"
    (tmp_path / NAME).write_text(text, "utf-8")
    (tmp_path / "human").mkdir()
    human = text.replace("the the", "the").replace(WRAPPED, f"{WRAPPED} ::error::stolen ::notice::stolen")
    (tmp_path / "human" / NAME).write_text(human, "utf-8")
    (tmp_path / ".stilted-ignore").write_text(f"no such words {EVIL.replace(chr(13), '')} # {EVIL}\n", "utf-8")
    known = {"fingerprint": "0" * 16, "rule": "mechanics/doubled-word", "text": EVIL}
    baseline = {"schema": 1, "files": {NAME: [known], f"gone {EVIL}": [known]}}
    (tmp_path / "known.json").write_text(json.dumps(baseline), "utf-8")
    (tmp_path / "link.md").symlink_to("/etc/hostname")
    (tmp_path / f"empty {NAME}").write_text("\n", "utf-8")
    note = EVIL.replace("\r", " ")
    po = f'#. {note}\nmsgctxt "{NAME[:8]}"\nmsgid "##[error]"\nmsgstr "{BAD}"\n'
    (tmp_path / "a.po").write_text(po, "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", [name for name in stilted.render.list_formats() if name != "github"])
def test_no_report_acts_on_a_screen_or_in_a_log(hostile: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    options = ["--baseline", "known.json", "--reference", "human", "--select=mechanics,coverage", "--no-cache"]
    main(["check", ".", "--format", name, *options])
    shown = capsys.readouterr()
    require_harmless(shown.out)
    require_harmless(shown.err)
    assert "group" in shown.out
    assert "suppresses nothing" in shown.err


def test_what_is_read_by_programs_means_what_it_meant(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check = ["check", NAME, "--select=mechanics", "--no-cache"]
    main([*check, "--format=json"])
    report = json.loads(capsys.readouterr().out)
    assert report["file"] == NAME
    main([*check, "--format=junit"])
    root = ElementTree.fromstring(capsys.readouterr().out)
    assert "##[group]" in "".join(root.itertext()) + str([each.attrib for each in root.iter()])


@pytest.mark.parametrize(
    "arguments",
    [
        ["fix", ".", "--diff"],
        ["fix", "."],
        ["baseline", "write", ".", "--baseline", "::error::new ##[x]\x1b.json"],
        ["baseline", "write", ".", "--baseline", "known.json"],
        ["check", NAME + "\nmissing"],
        ["check", NAME, "--" + EVIL],
        ["check", NAME, "--select", EVIL],
        ["check", NAME, "--format", EVIL],
        ["check", NAME, "--changed-since", EVIL],
        ["compare", NAME, f"human/{NAME}", "--reference", f"human/{NAME}"],
        ["compare", NAME, f"human/{NAME}", "--reference", f"human/{NAME}", "--format=markdown"],
        ["rules", "test", NAME],
        ["rules", "show", EVIL],
        ["batch", NAME, "out.jsonl"],
        [EVIL],
    ],
    ids=repr,
)
def test_no_command_acts_on_a_screen_or_in_a_log(
    hostile: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    main(arguments)
    shown = capsys.readouterr()
    assert shown.out + shown.err
    require_harmless(shown.out)
    require_harmless(shown.err)


def test_packs_and_summaries_are_foreign_too(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = (
        '[[rule]]\nid = "ours/one"\npattern = "walked ::error::"\nmessage = "{0}"\nsuggest = ["went"]\n'
        'category = "style/awkward"\nseverity = "minor"\nwhy = "{0}"\nbad = [["She <v>walked ::error::</v>.", "{0}"]]\n'
    )
    said = EVIL.encode("unicode_escape").decode("ascii").replace("\\x", "\\u00")
    Path("ours.toml").write_text(pack.replace("{0}", said), "utf-8")
    main(["rules", "test", "ours.toml"])
    rows = [{"target": BAD, "document": EVIL, "file": NAME, "system": EVIL} for _ in range(3)]
    Path("rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    main(["batch", "rows.jsonl", "done.jsonl", "--select=mechanics", "--workers=1"])
    for name in ("terminal", "json", "markdown", "html"):
        assert main(["summary", "done.jsonl", "--format", name]) == 0
    shown = capsys.readouterr()
    require_harmless(shown.out)
    require_harmless(shown.err)


def test_the_fixed_lines_of_a_file_with_other_ends_of_lines_are_shown(
    hostile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.txt").write_bytes(f"One\x0cpage.\r\n{BAD}\tx.\rOver.\r\n ::error::x".encode())
    assert main(["fix", "a.txt", "--diff"]) == 1
    lines = capsys.readouterr().out.split("\n")
    fixed = BAD.replace("the the", "the")
    assert [line for line in lines if line.startswith(("+", "-"))][2:] == [
        f"-{BAD}\tx.␍Over.\r",
        f"+{fixed}\tx.␍Over.\r",
    ]
    assert lines[3] == " One␌page.\r"
    assert lines[-3:] == ["  :\\:error::x", "\\ No newline at end of file", ""]


def test_the_ways_to_show_a_text() -> None:
    assert clean("a\tb\nc\x1bd\u202e") == "a b c␛d⟨U+202E⟩"
    assert clean_line("a\tb\nc\rd") == "a␉b␊c␍d"
    assert (
        disarm("see ::before\n  ::error file=a::b\n## [x] ##[x]")
        == "see ::before\n  :\\:error file=a::b\n## [x] ##\\[x]"
    )
    assert json.loads(disarm('{"a": "##[x] ##vso[y]"}', Syntax.JSON)) == {"a": "##[x] ##vso[y]"}
    assert disarm("\n::a b::c ##[", Syntax.XML) == "\n&#58;:a b::c #&#35;["
    assert disarm("::selection { color: red }", Syntax.XML) == "::selection { color: red }"


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda path: path.relative_to(SRC).as_posix())
def test_one_module_prints(path: Path) -> None:
    """The workshop may print its tables; of the product, `cli/_screen.py` alone does."""
    room = path.relative_to(SRC).parts[0]
    if room == "lab" or path.name == "_screen.py":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not (isinstance(node, ast.Name) and node.id == "print"), f"{path}:{node.lineno}"
        assert not (isinstance(node, ast.Attribute) and node.attr in ("print_exc", "print_exception")), path
        written = isinstance(node, ast.Attribute) and node.attr == "write" and isinstance(node.value, ast.Attribute)
        assert not (written and node.value.attr in ("stdout", "stderr")), path
