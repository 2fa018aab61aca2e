"""The bench of rated translations: raters are put together, machines and people apart."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from stilted.lab.benches import rated
from stilted.lab.evaluation import rated_rows

SENTENCE = "They carry out inspection and inspection."


def _row(**changes: object) -> dict[str, object]:
    row: dict[str, object] = {
        "set": "news",
        "doc": "paper.1",
        "seg": "1",
        "system": "engine",
        "human": False,
        "source": "他们开展检查和督查。",
        "target": SENTENCE,
        "refs": ["They carry out inspections."],
        "raters": [
            {"rater": "one", "spans": [], "missing": []},
            {"rater": "two", "spans": [[15, 25, "minor", "Style/Awkward"]], "missing": []},
        ],
    }
    return row | changes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [
        _row(),
        _row(system="person", human=True, target="They carry out inspections."),
        _row(doc="paper.2", system="engine", target="Nothing is wrong here."),
    ]
    path = tmp_path / "rows.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows).encode("utf-8")))
    return path


def test_a_mark_of_one_rater_is_enough(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rated.main([str(file), "--select", "mechanics", "--show", "mechanics"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "machine + engine: They carry out [inspection and inspection]."
    assert lines[2].split() == ["mechanics/repeated-conjunct", "1", "100%", "1", "0"]
    assert lines[-2] == "machines: 1 findings in 10 words, one for each 10 words, 100% touch a mark"
    assert lines[-1] == "people: 0 findings in 4 words, none"


def test_halves_share_no_document_and_miss_none(file: Path) -> None:
    rows = list(rated_rows.read_rated_rows(file))
    halves = [{work.document for work in rated.read_works(rows, half)} for half in ("mine", "held")]
    assert not halves[0] & halves[1]
    assert halves[0] | halves[1] == {"paper.1", "paper.2"}
