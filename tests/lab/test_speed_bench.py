from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from stilted.lab.benches import speed
from stilted.lab.benches.speed import PARTS, main, read_rows
from stilted.rules.tagger import inference

SENTENCES = (
    "She walked to the the station.",
    "The production line officially went offline in March.",
    "He took the bus to work yesterday.",
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    lines = [
        {
            "doc": "d",
            "segment": str(n),
            "system": system,
            "target": text,
            "reference": "Yes.",
            "source": "是。",
            "spans": [],
        }
        for n, text in enumerate(SENTENCES)
        for system in ("a", "refA")
    ]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return tmp_path


def test_machine_translations_are_taken_in_a_fixed_order(data: Path) -> None:
    taken = read_rows(data, 7)
    assert taken == read_rows(data, 7)
    assert {row.target for row in taken} == set(SENTENCES)
    assert len(taken) == 7


@pytest.mark.long
def test_every_part_prints_figures(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inference, "_threads", inference._threads)  # the bench sets it for its process
    quick = [one for one in speed.list_contestants(["diff"]) if one.name in {"packs and checks, with source", "diff"}]
    monkeypatch.setattr(speed, "list_contestants", lambda peers: quick)  # the others load models, each anew
    monkeypatch.setattr(speed, "WARMING", 1)
    assert (
        main([str(data), "--segments", "3", "--rows", "60", "--sizes", "3", "--workers", "1", "--peers", "diff"]) == 0
    )
    out = capsys.readouterr().out
    heads = [line for line in out.splitlines() if line[0] != " "]
    assert len(heads) == len(PARTS)
    for line in out.splitlines():
        if line[0] == " ":
            numbers = [float(text.replace(",", "")) for text in re.findall(r"(?<= )[\d,.]*\d(?= |$)", line)]
            assert numbers
            assert numbers[-1] > 0 or "row (JSON)" in line, line
    assert "diff" in out
