"""A team switches the checker on today and fails only on what gets worse."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from stilted.cli import main
from stilted.core.errors import UserError
from stilted.core.model import Analysis, Coverage, Document, Finding
from stilted.pipeline import ignores
from stilted.project import baseline

GOOD = (
    "The ferry leaves the harbour at noon and reaches the island an hour later. Passengers with bicycles board first. "
    "In winter the crossing depends on the wind, and the company posts changes on its door.\n\n"
)
BAD = "She walked to the the station and waited there for two hours without a book.\n\n"
GERMAN = "Der Ausschuss traf sich am Dienstag und beschloss, den Bericht noch in diesem Monat zu veröffentlichen.\n"
WORSE = "The clerk stamped the the form and gave it back without a word to anyone.\n\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three translated files, a configuration and a baseline of today's one finding."""
    (tmp_path / "docs").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / "docs" / f"{name}.txt").write_text(GOOD + (BAD if name == "b" else ""), "utf-8")
    (tmp_path / "stilted.toml").write_text(
        'fail-on = ["minor"]\nbaseline = "known.json"\nignore = ["tagger"]\n', "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    assert main(["baseline", "write", *FILES]) == 0
    return tmp_path


FILES = ["docs/a.txt", "docs/b.txt", "docs/c.txt"]


def check(capsys: pytest.CaptureFixture[str], *extra: str) -> tuple[int, list[dict[str, object]], str]:
    capsys.readouterr()
    findings: list[dict[str, object]] = []
    code = 0
    errors = ""
    for file in FILES:
        code = max(code, main(["check", file, "--format", "json", *extra]))
        captured = capsys.readouterr()
        findings += [f | {"file": file} for f in json.loads(captured.out)["findings"] if not f["known"]]
        errors += captured.err
    return code, findings, errors


@pytest.mark.parametrize(
    ("name", "head", "folder", "said"),
    [
        (None, "", ".", "'baseline = \".stilted-baseline.json\"' in stilted.toml"),
        ("stilted.toml", "", ".", "'baseline = \".stilted-baseline.json\"' in stilted.toml"),
        ("pyproject.toml", "[tool.stilted]\n", ".",
         "'baseline = \".stilted-baseline.json\"' in [tool.stilted] of pyproject.toml"),
        ("stilted.toml", "", "docs", "'baseline = \"docs/.stilted-baseline.json\"' in {root}/stilted.toml"),
    ],
)  # fmt: skip
def test_who_writes_a_baseline_that_nothing_reads_learns_how_to_have_it_read(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str | None,
    head: str,
    folder: str,
    said: str,
) -> None:
    (project / "stilted.toml").unlink()
    settings = head + 'fail-on = ["minor"]\n'
    if name:
        (project / name).write_text(settings, "utf-8")
    monkeypatch.chdir(project / folder)
    files = [os.path.relpath(project / file) for file in FILES]
    capsys.readouterr()
    options = ("--ignore", "tagger")
    assert main(["baseline", "write", *files, *options]) == 0
    line = capsys.readouterr().out.splitlines()[1]
    expected = said.format(root=project)
    assert line == f"Nothing reads it yet: write {expected}, or check with --baseline .stilted-baseline.json."
    (project / (name or "stilted.toml")).write_text(f"{settings}{line.split(chr(39))[1]}\n", "utf-8")
    assert main(["check", *files, *options]) == 0
    assert main(["baseline", "write", *files, *options]) == 0
    assert "Nothing reads it" not in capsys.readouterr().out
    (project / (name or "stilted.toml")).write_text(settings, "utf-8")
    assert main(["check", *files, *options]) == 1
    capsys.readouterr()
    assert main(["baseline", "write", *files, *options, "--baseline", "other.json"]) == 0
    assert "Nothing reads it" not in capsys.readouterr().out


def test_known_findings_do_not_fail(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, findings, errors = check(capsys)
    assert (code, findings, errors) == (0, [], "")


def test_one_new_bad_sentence_is_the_one_new_finding(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "docs" / "c.txt"
    path.write_text(GOOD + WORSE, "utf-8")
    code, findings, _ = check(capsys)
    assert code == 1
    assert [(f["file"], f["text"], f["line"], f["column"]) for f in findings] == [("docs/c.txt", "the the", 3, 19)]


def test_moving_and_rewrapping_known_text_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "docs" / "b.txt"
    path.write_text("A new title\n\n" + BAD.replace("there for", "there\nfor") + GOOD, "utf-8")
    code, findings, errors = check(capsys)
    assert (code, findings, errors) == (0, [], "")


def test_stale_entries_are_told_and_pruned(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs" / "b.txt").write_text(GOOD, "utf-8")
    code, findings, errors = check(capsys)
    assert (code, findings) == (0, [])
    stale = "stilted: docs/b.txt: the baseline still holds 1 finding that is gone; "
    assert errors == f"{stale}--baseline-prune drops it.\n"
    assert main(["check", "docs/b.txt"]) == 0
    assert "The baseline still holds mechanics/doubled-word “the the”, which is gone." in capsys.readouterr().out
    assert check(capsys, "--baseline-prune")[2] == f"{stale}dropped now.\n"
    assert baseline.read_baseline(project / "known.json").entries == {}


def entries(project: Path) -> dict[str, list[str]]:
    written = baseline.read_baseline(project / "known.json")
    return {name: [entry.text for entry in known] for name, known in written.entries.items()}


def test_a_renamed_file_keeps_what_was_accepted_in_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs" / "b.txt").rename(project / "docs" / "d.txt")
    (project / "docs" / "e.txt").write_text(GOOD + WORSE, "utf-8")
    capsys.readouterr()
    assert main(["check", "docs/d.txt", "docs/a.txt"]) == 0
    errors = capsys.readouterr().err
    assert errors == (
        "stilted: docs/b.txt: the file is gone, and the baseline still holds 1 finding of it; "
        "1 turned up in another file.\n"
    )
    assert main(["check", "docs/e.txt"]) == 1
    assert main(["check", "docs", "--baseline-prune", "--exit-zero"]) == 0
    assert entries(project) == {"docs/d.txt": ["the the"]}
    capsys.readouterr()
    assert main(["check", "docs/d.txt"]) == 0
    assert capsys.readouterr().err == ""


def test_text_moved_out_of_a_file_that_is_gone_keeps_its_identity(project: Path) -> None:
    (project / "docs" / "b.txt").unlink()
    (project / "docs" / "a.txt").write_text(GOOD + BAD, "utf-8")
    assert main(["check", "docs"]) == 0
    (project / "docs" / "b.txt").write_text(GOOD, "utf-8")  # it is there: the copy in a.txt is new
    assert main(["check", "docs"]) == 1


def test_what_is_held_of_a_deleted_file_is_told_and_pruned(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs" / "a.txt").write_text(GOOD + WORSE, "utf-8")
    assert main(["baseline", "write", "docs"]) == 0
    (project / "docs" / "b.txt").unlink()
    capsys.readouterr()
    assert main(["check", "docs/c.txt", "--baseline-prune"]) == 0
    assert "docs/b.txt: the file is gone, and the baseline still holds 1 finding of it.\n" in capsys.readouterr().err
    # not all files were checked, and it may have been renamed to one of the others
    assert entries(project) == {"docs/a.txt": ["the the"], "docs/b.txt": ["the the"]}
    assert main(["check", "docs", "--baseline-prune"]) == 0
    assert entries(project) == {"docs/a.txt": ["the the"]}


def test_writing_for_some_files_keeps_what_is_held_of_the_others(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "docs" / "c.txt").write_text(GOOD + WORSE, "utf-8")
    capsys.readouterr()
    assert main(["baseline", "write", "docs/c.txt"]) == 0
    assert capsys.readouterr().out.endswith("1 finding of 1 file accepted; those of 1 other file kept.\n")
    assert entries(project) == {"docs/b.txt": ["the the"], "docs/c.txt": ["the the"]}
    assert main(["check", "docs"]) == 0
    (project / "docs" / "b.txt").unlink()
    assert main(["baseline", "write", "docs/c.txt"]) == 0
    assert entries(project) == {"docs/c.txt": ["the the"]}


def test_a_damaged_baseline_is_written_anew_and_no_other_file_is(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = project / "known.json"
    data = known.read_bytes()
    known.write_bytes(b"<<<<<<< HEAD\n" + data)
    capsys.readouterr()
    assert main(["baseline", "write", "docs"]) == 0
    assert "the baseline is not JSON, so it is written anew" in capsys.readouterr().err
    assert known.read_bytes() == data
    notes = project / "notes.json"
    notes.write_text("{}", "utf-8")
    assert main(["baseline", "write", "docs", "--baseline", "notes.json"]) == 2
    assert "notes.json: this is no baseline. Name another file, or delete it." in capsys.readouterr().err
    assert notes.read_text("utf-8") == "{}"


def test_a_baseline_of_nothing_is_not_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "leer").mkdir()
    (project / "leer" / "a.md").write_text("```\nx = 1\n```\n", "utf-8")
    before = (project / "known.json").read_bytes()
    capsys.readouterr()
    assert main(["baseline", "write", "leer"]) == 2
    errors = capsys.readouterr().err
    assert "leer/a.md: passed over" in errors
    assert "leer: none of the files holds English text" in errors
    (project / "leer" / "a.md").write_text(GERMAN, "utf-8")
    assert main(["baseline", "write", "leer"]) == 2
    assert "leer/a.md (translation): this looks like German" in capsys.readouterr().err
    assert (project / "known.json").read_bytes() == before


def test_writing_twice_gives_the_same_bytes(project: Path) -> None:
    before = (project / "known.json").read_bytes()
    assert main(["baseline", "write", *FILES]) == 0
    assert (project / "known.json").read_bytes() == before
    assert not list(project.glob("*.part"))


def test_a_file_whose_name_is_no_utf8_is_accepted_too(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = os.fsdecode(b"docs/b\xff.txt")
    Path(odd).write_text(GOOD + BAD, "utf-8")
    assert main(["baseline", "write", odd, *FILES]) == 0
    assert main(["check", odd, *FILES]) == 0
    assert "docs/b\\udcff.txt" in (project / "known.json").read_text("utf-8")


def test_several_files_in_one_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["check", *FILES]) == 0
    assert "3 files: 0 failed, 0 findings." in capsys.readouterr().out
    assert main(["check", *FILES, "docs/missing.txt"]) == 2
    captured = capsys.readouterr()
    assert "3 files: 0 failed" in captured.out
    assert "docs/missing.txt: there is no such translation" in captured.err


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xff", "not JSON"),
        (b"{", "not JSON"),
        (
            b'{\n<<<<<<< HEAD\n"schema": 1\n=======\n"schema": 1,\n>>>>>>> other\n}',
            "not JSON; lines 2 to 6 are a merge conflict that nobody has resolved",
        ),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not a baseline of schema 1"),
        (b'{"schema": 2, "files": {}}', "not a baseline of schema 1"),
        (b'{"schema": 1, "files": {"a": 5}}', "not a list"),
        (b'{"schema": 1, "files": {"a": [{"rule": "x"}]}}', "no fingerprint"),
    ],
)
def test_a_broken_baseline_is_told(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "known.json"
    path.write_bytes(content)
    with pytest.raises(UserError, match=what):
        baseline.read_baseline(path)


def test_accepted_phrases(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs" / "c.txt").write_text(GOOD + WORSE, "utf-8")
    ignore = project / ".stilted-ignore"
    ignore.write_text("# ours\n\nmechanics/doubled-word: The  the  # a band\nnever said\n", "utf-8")
    capsys.readouterr()
    assert main(["check", "docs/c.txt", "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["findings"] == []
    assert ".stilted-ignore:4: 'never said' suppresses nothing" in captured.err


def test_a_phrase_accepted_of_a_rule_that_did_not_run_is_not_called_useless(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ignore = project / ".stilted-ignore"
    said = "numbers/differs-from-source: 5 km\nmechanics/doubled-word: never said\ntagger: not asked\n"
    ignore.write_text(said, "utf-8")
    capsys.readouterr()
    assert main(["check", "docs"]) == 0
    useless = "stilted: .stilted-ignore:2: 'never said' suppresses nothing in what was checked.\n"
    assert capsys.readouterr().err == useless
    assert main(["check", "docs", "--ignore", "mechanics,tagger", "--baseline-prune"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("mechanics/doubled-wrd: x", "Did you mean 'mechanics/doubled-word'?"),
        ("mechanics/doubled-word: # why", "no phrase"),
    ],
)
def test_a_broken_ignore_list_is_told(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / ".stilted-ignore"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as error:
        ignores.read_ignored_phrases(path, ["mechanics/doubled-word"])
    assert what in error.value.sentence()
    assert ".stilted-ignore:1" in error.value.sentence()


def _is_accepted(phrase: ignores.IgnoredPhrase, rule: str, text: str) -> bool:
    finding = Finding(rule, "Style", "minor", 0.9, 0, 0, len(text), None, None, text, "It is so.", "Why.", (), "f")
    analysis = Analysis(Document("d", ()), "en", Coverage(None, None), (finding,), (), ())
    left, used = ignores.apply_ignored_phrases(analysis, [phrase])
    assert used == (frozenset() if left.findings else {phrase})
    return not left.findings


@pytest.mark.parametrize(
    ("line", "accepted"),
    [
        ("as is known to all", True),
        ("“As is  known to all”…", True),
        ("zh: as is known to all # ours", True),
        ("zh/known: As is known to all.", True),
        ("mechanics: as is known to all", False),
        ("zh/other: as is known to all", False),
        ("note: as is known to all", False),
        ("is known to all", False),
        ("-as is known to all", False),
    ],
)
def test_a_phrase_is_accepted_whatever_marks_stand_around_it(tmp_path: Path, line: str, accepted: bool) -> None:
    path = tmp_path / ".stilted-ignore"
    path.write_text(line, "utf-8")
    (phrase,) = ignores.read_ignored_phrases(path, ["mechanics/x", "zh/known", "zh/other"])
    text = "As is known to all,"
    assert _is_accepted(phrase, "zh/known", text) is accepted


def test_a_phrase_of_marks_accepts_these_alone(tmp_path: Path) -> None:
    path = tmp_path / ".stilted-ignore"
    path.write_text("!!", "utf-8")
    (phrase,) = ignores.read_ignored_phrases(path, ["mechanics/x"])
    accepted = [_is_accepted(phrase, "mechanics/x", text) for text in ("!!", "!", "", "a")]
    assert accepted == [True, False, False, False]


def test_a_gate_hinders_neither_a_baseline_nor_a_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("stilted.toml").write_text('min-bleu = 30\nfail-on = ["minor"]\nno-worse-than-baseline = true\n', "utf-8")
    Path("a.txt").write_text("She walked to the the station and took the train home.\n", "utf-8")
    assert main(["baseline", "write", "a.txt", "--ignore", "tagger"]) == 0
    assert main(["fix", "a.txt"]) == 0
    assert Path("a.txt").read_text("utf-8") == "She walked to the station and took the train home.\n"
    assert main(["fix", "a.txt", "--min-bleu", "3"]) == 2
    assert "unknown argument '--min-bleu'" in capsys.readouterr().err
