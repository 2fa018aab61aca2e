"""Rows in, rows with findings out: alike however they are cut, and after a kill as if nothing had happened."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

import stilted
from batch_rows import BAD, GOOD, NO_TAGGER, ROWS, many, parts_of, read, write_jsonl
from stilted import batch_schema as schema_of
from stilted.cli import main
from stilted.core.errors import UserError
from stilted.core.options import make_settings
from stilted.runner.batch import inputs, run
from stilted.runner.batch.checkpoint import Parts
from stilted.runner.batch.row_checker import ADDED


def table(rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(
        rows, schema=pa.schema([("id", pa.int64()), *((n, pa.string()) for n in inputs_of(rows))])
    )


def inputs_of(rows: list[dict[str, Any]]) -> list[str]:
    return [name for name in ("target", "reference", "source") if any(name in row for row in rows)]


# Arrow


def test_findings_are_what_check_segments_finds() -> None:
    results = stilted.check_batches(table(ROWS)).to_pylist()
    judged = [row for row in ROWS if row["target"]]
    for row in judged:
        one = stilted.check_segments(
            [row["target"]],
            None if "reference" not in row else [row["reference"]],
            None if "source" not in row else [row["source"]],
        )
        row_result = next(result for result in results if result["id"] == row["id"])
        assert [(f["rule"], f["start"], f["end"], f["text"], f["fingerprint"]) for f in row_result["findings"]] == [
            (f.rule, f.segment_start, f.segment_end, f.text, f.fingerprint) for f in one.findings
        ]
        assert row_result["penalty"] == one.scorecard.penalty
        assert row_result["words"] == one.scorecard.words
        assert all(row["target"][f["start"] : f["end"]] == f["text"] for f in row_result["findings"])
        assert (row_result["bleu"] is None) == ("reference" not in row)
        assert row_result["error"] is None
    assert [row["error"] for row in results if row["id"] in (4, 5)] == [
        "the target is empty",
        "the target is missing, not a string",
    ]


def test_the_schema_is_as_described_for_every_kind_of_input() -> None:
    rows = table(ROWS)
    wanted = schema_of(rows.schema)
    assert stilted.check_batches(rows, ignore="tagger").schema == wanted
    (batch,) = rows.combine_chunks().to_batches()
    assert stilted.check_batches(batch, ignore="tagger").schema == wanted
    assert [b.schema for b in stilted.check_batches(iter([batch, batch]), ignore="tagger")] == [wanted, wanted]


@bounded(max_examples=25, deadline=None)
@given(st.permutations(range(len(ROWS))), st.lists(st.integers(1, 4), min_size=6, max_size=6))
def test_rows_do_not_depend_on_their_neighbours(order: list[int], sizes: list[int]) -> None:
    together = {row["id"]: row for row in stilted.check_batches(table(ROWS), ignore="tagger", preview=True).to_pylist()}
    shuffled = table([ROWS[i] for i in order])
    at = 0
    for size in sizes:
        piece = stilted.check_batches(shuffled.slice(at, size), ignore="tagger", preview=True).to_pylist()
        assert piece == [together[row["id"]] for row in piece]
        at += size


def test_the_tagger_reads_a_row_alike_beside_any_other() -> None:
    together = stilted.check_batches(table(ROWS), sensitivity="high").to_pylist()
    alone = [
        stilted.check_batches(table(ROWS).slice(i, 1), sensitivity="high").to_pylist()[0] for i in range(len(ROWS))
    ]
    assert alone == together
    assert [row["estimate"] is None for row in together] == [row["bleu"] is None for row in together]


@pytest.mark.parametrize(
    ("names", "what"),
    [(["text"], "no column is called 'target'"), (["target", "findings"], "a column is called 'findings' already")],
)
def test_columns_that_do_not_fit_are_refused(names: list[str], what: str) -> None:
    with pytest.raises(UserError, match=what):
        stilted.check_batches(pa.table({name: ["a"] for name in names}))


@pytest.mark.parametrize(
    "options", [{"fail_on": "minor"}, {"min_score": 99}, {"align": "lines"}, {"no_worse_than_baseline": True}]
)
def test_options_that_would_do_nothing_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="has no effect on rows") as error:
        stilted.check_batches(pa.table({"target": ["a"]}), **options)
    assert "select, ignore, preview, source_language, sensitivity, packs, glossary, severity," in error.value.hint


class Stream:
    """What Polars, DuckDB and pandas have in common: Arrow's C stream protocol."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


def test_readers_lists_and_streams_of_arrow_are_taken_too() -> None:
    rows = table(ROWS)
    wanted = stilted.check_batches(rows, ignore="tagger")
    batches = rows.to_batches(max_chunksize=2)
    reader = stilted.check_batches(pa.RecordBatchReader.from_batches(rows.schema, iter(batches)), ignore="tagger")
    assert isinstance(reader, pa.RecordBatchReader)
    assert reader.schema == wanted.schema
    assert reader.read_all() == wanted
    assert pa.Table.from_batches(stilted.check_batches(batches, ignore="tagger")) == wanted
    assert stilted.check_batches(Stream(rows), ignore="tagger") == wanted


def test_batches_are_taken_one_at_a_time() -> None:
    taken: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for number in range(1000):
            taken.append(number)
            yield pa.RecordBatch.from_pylist([{"target": BAD}])

    results = stilted.check_batches(batches(), ignore="tagger")
    assert taken == []
    next(results)
    assert taken == [0]


@pytest.mark.parametrize("given", ["text", b"text", {"target": ["a"]}, 5, None, [{"target": "a"}], ["a"]])
def test_what_is_no_arrow_data_is_refused(given: object) -> None:
    with pytest.raises(UserError, match="is no Arrow data"):
        list(stilted.check_batches(given))


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())], ids=str)
def test_strings_of_any_kind_are_read(kind: pa.DataType) -> None:
    rows = table(ROWS)
    wanted = stilted.check_batches(rows, ignore="tagger")
    other = rows
    for name in inputs_of(ROWS):
        place = rows.schema.get_field_index(name)
        cast = pa.array(rows.column(name).to_pylist(), pa.string()).cast(kind) if kind != pa.string_view() else None
        column = pa.array(rows.column(name).to_pylist(), kind) if cast is None else cast
        other = other.set_column(place, name, column)
    results = stilted.check_batches(other, ignore="tagger")
    assert results.schema == schema_of(other.schema)
    assert results.select(list(ADDED)).to_pylist() == wanted.select(list(ADDED)).to_pylist()


def test_a_column_that_is_no_text_is_told_row_by_row() -> None:
    results = stilted.check_batches(pa.table({"target": [1, None]}), ignore="tagger")
    assert results["error"].to_pylist() == ["the target is int, not a string", "the target is missing, not a string"]
    assert results["findings"].to_pylist() == [None, None]


def test_batches_without_rows_have_the_columns_too() -> None:
    for rows in (table(ROWS).slice(0, 0), pa.table({"target": pa.array([], pa.null())})):
        results = stilted.check_batches(rows)
        assert results.schema == schema_of(rows.schema)
        assert len(results) == 0


STRANGE = pa.table(
    {
        "at": pa.array([1, None, 2**62 + 1], pa.timestamp("ns", "UTC")),
        "took": pa.array([1, None, 3], pa.duration("ns")),
        "price": pa.array([None, Decimal("1.10"), Decimal("-2.00")], pa.decimal128(9, 2)),
        "raw": pa.array([b"\x00\xff", None, b""]),
        "large": pa.array([2**64 - 1, None, 0], pa.uint64()),
        "share": pa.array([float("inf"), float("-inf"), None]),
        "tags": pa.array([[("a", [1, None])], None, []], pa.map_(pa.string(), pa.list_(pa.int8()))),
        "nest": pa.array([{"x": [{"y": None}]}, None, {"x": None}]),
        "kind": pa.array(["a", "b", None]).dictionary_encode(),
        "target": pa.array([BAD, None, GOOD], pa.large_string()),
        "none": pa.nulls(3),
    }
).replace_schema_metadata({"made by": "us"})


@pytest.mark.long
def test_other_columns_are_passed_through_as_they_are(tmp_path: Path) -> None:
    results = stilted.check_batches(STRANGE, ignore="tagger")
    assert results.select(STRANGE.schema.names).equals(STRANGE, check_metadata=True)
    source, output = tmp_path / "rows.parquet", tmp_path / "out.parquet"
    many_groups = pa.concat_tables([STRANGE] * 900)
    pq.write_table(many_groups, source, row_group_size=700)
    for workers in (1, 2):
        assert run.run(source, output, NO_TAGGER, workers=workers).rows == 2700
        given, results = pq.read_table(source), pq.read_table(output)
        assert results.select(given.schema.names).equals(given)
        assert results["penalty"].to_pylist()[:3] == [5, None, 0]
        assert results.schema.metadata[b"made by"] == b"us"


def test_a_parquet_file_that_holds_other_rows_than_it_counts_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"target": ["He took the boat.", "It was late."]}), source)
    data = source.read_bytes()
    assert data.count(b"\x16\x04\x19") == 1  # in the footer: two rows
    source.write_bytes(data.replace(b"\x16\x04\x19", b"\x16\x06\x19"))
    assert pq.read_metadata(source).num_rows == 3
    with pytest.raises(UserError, match="it counts 3, and holds other than that"):
        run.run(source, tmp_path / "out.jsonl", NO_TAGGER, workers=1)


def test_parquet_is_told_in_json_where_json_has_words(tmp_path: Path) -> None:
    source = tmp_path / "rows.parquet"
    pq.write_table(STRANGE.drop_columns(["took"]), source)
    run.run(source, tmp_path / "out.jsonl", NO_TAGGER, workers=1)
    first, second, third = read(tmp_path / "out.jsonl")
    assert first["share"] is second["share"] is None  # JSON knows neither NaN nor infinity
    assert (first["at"], second["price"], first["large"]) == ("1970-01-01 00:00:00.000000001Z", "1.10", 2**64 - 1)
    assert (first["tags"], first["nest"]) == ([["a", [1, None]]], {"x": [{"y": None}]})
    assert third["error"] is None
    pq.write_table(STRANGE, source)
    with pytest.raises(UserError, match=r"the column 'took' .* cannot be written as JSON"):
        run.run(source, tmp_path / "other.jsonl", NO_TAGGER, workers=1)


# files


@pytest.mark.parametrize("given_kind", ["jsonl", "parquet"])
@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_any_kind_becomes_any_kind(tmp_path: Path, given_kind: str, kind: str) -> None:
    source = tmp_path / f"rows.{given_kind}"
    if given_kind == "jsonl":
        write_jsonl(source, ROWS)
    else:
        pq.write_table(table(ROWS), source)
    output = tmp_path / f"out.{kind}"
    done = run.run(source, output, NO_TAGGER, workers=1)
    assert (done.rows, done.errors) == (6, 2)
    rows = pq.read_table(output).to_pylist() if kind == "parquet" else read(output)
    assert [str(row["id"]) for row in rows] == list("123456")
    assert [len(row["findings"] or ()) for row in rows] == [1, 0, 1, 0, 0, 1]
    assert not (tmp_path / f"out.{kind}.parts").exists()


def test_a_line_that_is_no_row_is_told_and_the_others_are_judged(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_bytes(
        b'{"target": "It is late."}\n\n{"target": \n[1]\n{"target": "\\ud800 half"}\n\xff\xfe\n' + b"[" * 10**5
    )
    output = tmp_path / "out.jsonl"
    assert main(["batch", str(source), str(output), "--ignore", "tagger", "--workers", "1"]) == 2
    assert [row["error"] for row in read(output)] == [
        None,
        "line 3 is not JSON",
        "line 4 is not a JSON object",
        "the target holds half a surrogate pair, U+D800, at character 0",
        "line 6 is not JSON",
        f"line 7 nests deeper than {inputs.MAX_DEPTH} levels",
    ]


def test_numbers_and_depths_that_json_cannot_hold_are_the_fault_of_their_row(tmp_path: Path) -> None:
    source, output = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    lines = ['{"target": "One.", "x": NaN}', '{"target": "Two.", "x": 1e999}']
    depths = (inputs.MAX_DEPTH - 1, inputs.MAX_DEPTH, 950, 100_000)
    lines += [f'{{"target": "Three.", "x": {"[" * depth + "]" * depth}}}' for depth in depths]
    source.write_text("\n".join([*lines, '{"target": "Four.", "x": 0.1}']), "utf-8")
    for workers in (1, 2):
        run.run(source, output, NO_TAGGER, workers=workers)
        rows = read(output)
        assert rows[0] == {"error": "line 1 is not JSON"} | dict.fromkeys(ADDED[:-1])
        assert (rows[1]["x"], rows[1]["error"]) == (None, None)
        assert rows[2]["error"] is None
        for number in (4, 5, 6):
            assert rows[number - 1]["error"] == f"line {number} nests deeper than {inputs.MAX_DEPTH} levels"
        assert (rows[6]["x"], rows[6]["error"]) == (0.1, None)


def test_columns_that_are_taken_are_the_fault_of_their_row(tmp_path: Path) -> None:
    rows = [{"target": GOOD, "words": 5}, {"mt": GOOD, "target": BAD}, {"mt": GOOD}, {"error": "x", "target": GOOD}]
    source = write_jsonl(tmp_path / "rows.jsonl", rows)
    run.run(source, tmp_path / "out.jsonl", NO_TAGGER, columns={"mt": "target"}, workers=1)
    assert [row["error"] for row in read(tmp_path / "out.jsonl")] == [
        "a column is called 'words' already, and what stood there is replaced",
        "there is a column 'mt', and one called 'target' too",
        None,
        "a column is called 'error' already, and what stood there is replaced",
    ]
    source = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"mt": ["a"], "target": ["b"]}), source)
    with pytest.raises(UserError, match="two columns are called 'target'"):
        run.run(source, tmp_path / "out.parquet", NO_TAGGER, columns={"mt": "target"})


def test_what_has_no_column_of_its_own_in_parquet_stands_in_one_for_all(tmp_path: Path) -> None:
    rows = [{"id": 7, "target": GOOD, "x": {"y": [1]}, "id2": "\ud800"}, {"target": GOOD, "document": "\udfff"}]
    source = tmp_path / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    run.run(source, tmp_path / "out.parquet", NO_TAGGER, workers=1)
    first, second = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert (first["id"], json.loads(first["other"])) == ("7", {"x": {"y": [1]}, "id2": "?"})
    assert (second["other"], second["document"], second["error"]) == (None, "?", None)


# what goes wrong


def test_what_is_not_installed_is_named_where_it_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = write_jsonl(tmp_path / "rows.jsonl", ROWS)
    for name in ("ray", "pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    plain = ["batch", str(rows), str(tmp_path / "out.jsonl"), "--ignore", "tagger", "--workers", "1"]
    assert main(plain) == 2
    assert len(read(tmp_path / "out.jsonl")) == 6
    capsys.readouterr()
    assert main([*plain, "--engine", "ray"]) == 2
    assert "ray is not installed. Run: pip install 'stilted[ray]'" in capsys.readouterr().err
    assert main(["batch", str(rows), str(tmp_path / "out.parquet"), "--workers", "1"]) == 2
    assert "pyarrow is not installed. Run: pip install 'stilted[arrow]'" in capsys.readouterr().err
    with pytest.raises(UserError, match="pyarrow is not installed"):
        stilted.check_batches([])


@pytest.mark.long
def test_a_part_that_is_damaged_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", many(3000))
    calm, output = tmp_path / "calm.jsonl", tmp_path / "out.jsonl"
    run.run(source, calm, NO_TAGGER, workers=1)
    interrupted(source, output, monkeypatch)
    first, *others = parts_of(output)
    first.write_bytes(first.read_bytes()[:-10])
    assert others
    done = run.run(source, output, NO_TAGGER, workers=1)
    assert done.resumed == len(others) * inputs.SHARD
    assert output.read_bytes() == calm.read_bytes()


def interrupted(source: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave all the parts behind, as a run does that is stopped before the last step."""

    def stop(self: Parts, shards: int) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Parts, "assemble", stop)
        with pytest.raises(KeyboardInterrupt):
            run.run(source, output, NO_TAGGER, workers=1)


def test_other_rows_or_settings_do_not_go_on_with_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", ROWS)
    output = tmp_path / "out.jsonl"
    interrupted(source, output, monkeypatch)
    with pytest.raises(UserError, match="other rows, with other settings or by another stilted"):
        run.run(source, output, make_settings(ignore=["tagger", "zh"]), workers=1)
    write_jsonl(source, ROWS[:3])
    with pytest.raises(UserError, match="other rows, with other settings or by another stilted"):
        run.run(source, output, NO_TAGGER, workers=1)
    assert run.run(source, output, NO_TAGGER, workers=1, restart=True).rows == 3


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", ROWS)
    foreign = tmp_path / "out.jsonl.parts" / "thesis.txt"
    foreign.parent.mkdir()
    foreign.write_text("years of work", "utf-8")
    for restart in (False, True):
        with pytest.raises(UserError, match=r"holds 'thesis\.txt', which is no part of a run"):
            run.run(source, tmp_path / "out.jsonl", NO_TAGGER, workers=1, restart=restart)
    assert foreign.read_text("utf-8") == "years of work"


def test_parts_that_nobody_vouches_for_are_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is killed while it clears up leaves parts of what may then be asked for otherwise."""
    source = write_jsonl(tmp_path / "rows.jsonl", ROWS)
    output = tmp_path / "out.jsonl"
    interrupted(source, output, monkeypatch)
    (tmp_path / "out.jsonl.parts" / "manifest.json").unlink()
    assert parts_of(output)
    assert run.run(source, output, make_settings(ignore=["tagger", "zh"]), workers=1).resumed == 0
    assert [len(row["findings"] or ()) for row in read(output)] == [0, 0, 1, 0, 0, 0]


def test_a_link_stays_one(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", ROWS)
    (tmp_path / "far").mkdir()
    (tmp_path / "out.jsonl").symlink_to(tmp_path / "far" / "real.jsonl")
    run.run(source, tmp_path / "out.jsonl", NO_TAGGER, workers=1)
    assert (tmp_path / "out.jsonl").is_symlink()
    assert len(read(tmp_path / "far" / "real.jsonl")) == 6


@pytest.mark.long
def test_a_full_disk_is_told_and_leaves_no_half_file(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", many(3000))
    output = tmp_path / "out.jsonl"
    code = (
        "import resource, signal, sys; from stilted.cli import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        f"sys.exit(main(['batch', {str(source)!r}, {str(output)!r}, '--ignore', 'tagger', '--workers', '1']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cannot write: File too large" in done.stderr
    assert not output.exists()
    assert parts_of(output) == []
    assert run.run(source, output, NO_TAGGER, workers=1).rows == 3000


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["empty.txt", "out.jsonl"], "neither Parquet nor JSONL"),
        (["rows.jsonl", "out.csv"], "neither Parquet nor JSONL"),
        (["missing.jsonl", "out.jsonl"], "there is no such file"),
        (["empty.jsonl", "out.jsonl"], "the file has no rows"),
        (["rows.jsonl", "rows.jsonl"], "the output is the input"),
        (["rows.jsonl", "nowhere/out.jsonl"], "cannot write"),
        (["rows.jsonl", "folder.jsonl"], "the output is a directory"),
        (["broken.parquet", "out.jsonl"], "no Parquet file"),
        (["notarget.parquet", "out.jsonl"], "no column is called 'target'"),
        (["rows.jsonl", "out.jsonl", "--column", "mt"], "names no column"),
        (["rows.jsonl", "out.jsonl", "--column", "target=targte"], "'targte'. Did you mean 'target'?"),
        (["rows.jsonl", "out.jsonl", "--column", "reference=nonsuch"], "no column is called 'nonsuch'"),
        (["named.parquet", "out.jsonl", "--column", "source=orignal"], "'orignal'. Did you mean 'original'?"),
        (["rows.jsonl", "out.jsonl", "--column", "target=id", "--column", "target=source"], "the second for"),
        (["rows.jsonl", "out.jsonl", "--column", "target=id", "--column", "source=id"], "the second for"),
        (["rows.jsonl", "out.jsonl", "--engine", "spark"], "unknown engine"),
        (["rows.jsonl", "out.jsonl", "--address", "auto"], "an address without a cluster"),
        (["rows.jsonl", "out.jsonl", "--engine", "ray", "--address", "127.0.0.1:9"], "no Ray cluster: "),
        (["rows.jsonl", "out.jsonl", "--engine", "ray", "--address", "ray://localhost:9"], "no Ray cluster: "),
        (["rows.jsonl", "out.jsonl", "--workers", "-1"], "fewer than no workers"),
        (["rows.jsonl", "out.jsonl", "--select", "nothing"], "no rule is called 'nothing'"),
    ],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], what: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_jsonl(Path("rows.jsonl"), ROWS)
    Path("empty.jsonl").write_text("\n\n")
    Path("empty.txt").write_text("\n\n")
    Path("folder.jsonl").mkdir()
    Path("broken.parquet").write_bytes(b"PAR1 nothing PAR1")
    pq.write_table(pa.table({"text": ["a"]}), "notarget.parquet")
    pq.write_table(pa.table({"target": [GOOD], "original": ["Die Boote"]}), "named.parquet")
    assert main(["batch", *arguments]) == 2
    assert what in capsys.readouterr().err
    assert not Path("out.jsonl").exists()


def test_a_column_that_begins_late_in_jsonl_is_refused_by_the_rows_looked_at(tmp_path: Path) -> None:
    plain = {"target": GOOD}
    source = write_jsonl(tmp_path / "rows.jsonl", [plain] * inputs.SHARD + [{"target": GOOD, "human": GOOD}])
    with pytest.raises(UserError, match="no column is called 'human' in the first 1,024 rows"):
        run.run(source, tmp_path / "out.jsonl", NO_TAGGER, columns={"human": "reference"}, workers=1)
    write_jsonl(source, [plain, {"target": GOOD, "human": GOOD}])
    assert run.run(source, tmp_path / "out.jsonl", NO_TAGGER, columns={"human": "reference"}, workers=1).rows == 2


def test_one_row_is_told_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", [{"target": ""}])
    output = tmp_path / "out.jsonl"
    assert main(["batch", str(source), str(output), "--ignore", "tagger", "--workers", "1"]) == 2
    errors = capsys.readouterr().err
    assert f"1 row checked: {output}" in errors
    assert "1 row could not be judged; the column 'error' says why." in errors


def test_columns_can_have_other_names(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", [{"mt": BAD, "human": GOOD}])
    output = tmp_path / "out.jsonl"
    columns = ["--column", "target=mt", "--column", "reference=human"]
    assert main(["batch", str(source), str(output), *columns, "--ignore", "tagger", "--workers", "1"]) == 0
    (row,) = read(output)
    assert row["target"] == BAD
    assert row["chrf"] is not None


@pytest.mark.parametrize("size", [0.4, 2])
def test_rows_that_change_while_they_are_read_are_refused(
    size: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "SHARD", 4)
    source, output = write_jsonl(tmp_path / "rows.jsonl", many(40)), tmp_path / "checked.jsonl"
    data = source.read_bytes()

    def changed(shards: int, before: int) -> None:
        source.write_bytes((data * 2)[: int(len(data) * size)])

    options = make_settings(ignore="tagger")
    with pytest.raises(UserError, match="the rows have changed while they were read"):
        run.run(source, output, options, workers=1, started=changed)
    assert not output.exists()
    source.write_bytes(data)
    assert run.run(source, output, options, workers=1).resumed == 0
    assert len(output.read_text("utf-8").splitlines()) == 40


def test_a_parquet_file_that_is_damaged_within_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "rows.parquet"
    written = pa.table({"target": [f"She went to market {n}." for n in range(3000)]})
    pq.write_table(written, source, compression="none", use_dictionary=False)
    data = bytearray(source.read_bytes())
    data[40_000:40_400] = b"\xff" * 400
    source.write_bytes(data)
    assert main(["batch", str(source), str(tmp_path / "out.jsonl"), "--ignore", "tagger", "--workers", "1"]) == 2
    said = capsys.readouterr().err
    assert f"{source}: the rows cannot be read: " in said
    assert "internal error" not in said
