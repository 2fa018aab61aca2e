"""Edits and false alarms, counted on sentences written for it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from stilted.core.foreign import OBJECT
from stilted.lab.benches import edits, rule_options


def write(folder: Path) -> None:
    pairs = [
        {"repo": "a/docs", "path": "one.md", "licence": "GPL", "before": "Open CODE and and the the door.",
         "after": "Open CODE and the door.", "spans": [[10, 17]], "minor": [[18, 25]]},
        {"repo": "b/docs", "path": "two.md", "licence": "MIT", "before": "The lid lift.", "after": "The lid lifts.",
         "spans": [[8, 12]]},
    ]  # fmt: skip
    negatives = [{"repo": "a/docs", "path": "one.md", "licence": "GPL", "text": "Close the the lid."}]
    for name, rows in (("pairs", pairs), ("negatives", negatives)):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)


def test_touched_edits_and_false_alarms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path)
    plain = tmp_path / "plain.txt"
    plain.write_text("He walked to the the station.\n\nShe waited.\n", "utf-8")
    rule = "mechanics/doubled-word"
    assert edits.main([str(tmp_path), "--native", str(plain), "--select", rule, "--show", "mechanics"]) == 0
    shown, *lines = capsys.readouterr().out.partition("rule  ")
    assert "before + mechanics/doubled-word Open CODE [and and] the the door. -> 'and'" in shown
    row, touched, right, confidences, after, negatives, native = "".join(lines).splitlines()[1:]
    assert row.split() == [rule, "2", "2", "100%", "0", "1", "1"]
    assert touched == "edits touched: 1 of 2, 50.0%"
    assert right == "findings that touch an edit: 2 of 2, 100%"
    assert confidences == "confidences err by 0.100 (expected calibration error)"
    assert after.endswith("after: 0.00 (7 words)")
    assert negatives.endswith("negatives: 250.00 (4 words)")
    assert native.endswith("plain.txt: 125.00 (8 words)")


def test_spans_move_with_the_code_before_them() -> None:
    text, spans = edits.mask_code("CODE is CODE or CODES", [[0, 4], [5, 7], [8, 12], [13, 15], [8, 8]])
    assert text == f"{OBJECT} is {OBJECT} or CODES"
    assert [text[start:end] for start, end in spans] == [OBJECT, "is", OBJECT, "or", OBJECT]


def test_halves_share_no_repository(tmp_path: Path) -> None:
    write(tmp_path)
    halves = [edits.read_rows(tmp_path, half) for half in rule_options.HALVES]
    repositories = [{row.place[0] for rows in half.values() for row in rows} for half in halves]
    assert repositories[0] == {"a/docs", "b/docs"} == repositories[1] | repositories[2]
    assert not repositories[1] & repositories[2]


def test_unseen_repositories_are_those_that_licences_kept_out_of_training(tmp_path: Path) -> None:
    write(tmp_path)
    rows = edits.read_rows(tmp_path, unseen=True)
    assert [row.place[0] for row in rows["before"]] == ["a/docs"]
    assert len(rows["negatives"]) == 1


def test_a_sample_is_always_the_same_and_keeps_the_order() -> None:
    rows = [edits.Row(str(number), ("a", "b")) for number in range(50)]
    drawn = edits.sample(rows, 7)
    assert len(drawn) == 7
    assert drawn == edits.sample(rows, 7)
    assert drawn == sorted(drawn, key=rows.index)
    assert edits.sample(rows, 99) == edits.sample(rows, None) == rows
