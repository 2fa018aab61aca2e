"""The runner of small cases says what the product says, each in a folder of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stilted.lab.benches import cases


def test_findings_stand_on_one_line_with_their_places() -> None:
    case = {"files": {"d/a.md": "To the the town.\n"}, "command": "stilted check d/a.md --no-cache --ignore tagger"}
    assert cases.run(case).startswith("exit 0; d/a.md:1:4 mechanics/doubled-word [minor] 'the the': ")


@pytest.mark.long
def test_silence_is_said() -> None:
    case = {"files": {"a.md": "To the town.\n"}, "command": "stilted check a.md --no-cache --ignore tagger"}
    assert cases.run(case) == "exit 0; no findings"


def test_errors_are_shown_with_their_exit_code() -> None:
    case = {"files": {}, "command": "stilted check none.md --no-cache"}
    assert cases.run(case).startswith("exit 2; no findings; stderr: stilted: none.md: there is no such")


@pytest.mark.long
def test_several_commands_scripts_and_links() -> None:
    files = {"a.md": "To the town.\n", "sym": "b.md->a.md"}
    check = "check b.md --no-cache --ignore tagger"
    assert cases.run({"files": files, "command": f"stilted {check} ;; {check}"}).count("exit 0; no findings") == 2
    script = "stilted SH stilted --version >/dev/null && cat b.md"
    assert cases.run({"files": files, "command": script}) == "exit 0; To the town."


@pytest.mark.long
def test_a_report_in_json_is_summed_up() -> None:
    case = {
        "files": {"a.txt": "One. To the the town.\n"},
        "command": "stilted check a.txt --ignore tagger --format json",
    }
    said = cases.run(case)
    assert said.startswith("exit 0; 2 segments | a.txt:1:9 mechanics/doubled-word [minor]")


@pytest.mark.long
def test_cases_are_chosen_by_number_or_word_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": number, "kind": kind, "files": {"a.md": "To the town.\n"}, "expected": "silence", "verdict": "PASS",
         "command": "stilted check a.md --ignore tagger"}
        for number, kind in (("1", "marks"), ("2", "numbers"), ("3", "numbers: units"))
    ]  # fmt: skip
    path, kept = tmp_path / "cases.jsonl", tmp_path / "now.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    assert cases.main([str(path), "numbers", "--output", str(kept)]) == 0
    data = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    assert [(row["id"], row["now"]) for row in data] == [("2", "exit 0; no findings"), ("3", "exit 0; no findings")]
    assert (
        "2  numbers\n    expected: silence\n    now:      exit 0; no findings\n    before:   PASS"
        in capsys.readouterr().out
    )
