"""One bad row loses none of the others: whatever is wrong with it stands in its column ``error``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stilted.core.options import make_settings
from stilted.runner.batch import run
from stilted.runner.batch.row_checker import MAX_ROW, Checker, Row

NO_TAGGER = make_settings(ignore="tagger")
GOOD, BROKEN = b"She walked to the station.", b"She \xffwalked."


def write_rows(path: Path, **columns: list[bytes | None]) -> Path:
    arrays = [pa.array(values, pa.binary()).view(pa.string()) for values in columns.values()]
    pq.write_table(pa.table(arrays, names=list(columns)), path)
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_broken_utf8_is_the_fault_of_its_row(tmp_path: Path) -> None:
    source = write_rows(
        tmp_path / "rows.parquet",
        target=[GOOD, BROKEN, GOOD, b"She took the the bus."],
        reference=[None, GOOD, BROKEN, None],
        id=[b"1", b"2", b"3", b"\xfe4"],
    )
    for kind in ("jsonl", "parquet"):
        output = tmp_path / f"out.{kind}"
        done = run.run(source, output, NO_TAGGER, workers=1)
        assert (done.rows, done.errors) == (4, 2)
    rows = read(tmp_path / "out.jsonl")
    assert [row["error"] for row in rows] == [
        None, "the target is not UTF-8 at byte 4", "the reference is not UTF-8 at byte 4", None,
    ]  # fmt: skip
    assert [row["id"] for row in rows] == ["1", "2", "3", "\ufffd4"]
    assert rows[1]["target"] == "She \ufffdwalked."
    assert [finding["text"] for finding in rows[3]["findings"]] == ["the the"]
    written = pq.read_table(tmp_path / "out.parquet", columns=["error"]).to_pylist()
    assert [row["error"] for row in written] == [row["error"] for row in rows]


def test_a_row_without_end_is_told_and_not_judged() -> None:
    checker = Checker.of(NO_TAGGER)
    long, fine = checker.judge([Row("x" * (MAX_ROW + 1)), Row("She took the the bus.")])
    assert (
        long.error == f"the target has {MAX_ROW + 1:,} characters, more than the {MAX_ROW:,} that are judged as one row"
    )
    assert len(fine.findings) == 1


@pytest.mark.parametrize("error", [ZeroDivisionError("secret"), MemoryError(), RecursionError("secret")])
def test_what_nobody_foresaw_is_the_fault_of_its_row(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    checker = Checker.of(NO_TAGGER)
    judge = Checker._judge

    def judged(self: Checker, row: Row) -> Any:
        if row.target == "bad":
            raise error
        return judge(self, row)

    monkeypatch.setattr(Checker, "_judge", judged)
    bad, fine = checker.judge([Row("bad"), Row("She took the the bus.")])
    assert bad.error is not None
    assert type(error).__name__ in bad.error or "more memory" in bad.error
    assert "secret" not in bad.error
    assert len(fine.findings) == 1
