"""Rows in, rows with findings out: alike however they are cut, and after a kill as if nothing had happened."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

import stilted
from stilted.batch import inputs, run
from stilted.batch import schema as schema_of
from stilted.batch.parts import Parts
from stilted.cli import main
from stilted.errors import UserError
from stilted.settings import settings

NO_TAGGER = settings(ignore="tagger")
GOOD = "The boats leave the harbour at six in the morning."
BAD = "On Monday the carmaker’s production line officially went offline."
ROWS = [
    {"id": 1, "target": BAD, "reference": "On Monday the carmaker’s first car rolled off the production line."},
    {"id": 2, "target": GOOD},
    {"id": 3, "target": "The crew waits for the the tide.", "source": "Die Mannschaft wartet auf die Flut."},
    {"id": 4, "target": ""},
    {"id": 5, "target": None},
    {"id": 6, "target": f"{GOOD} 3𝒳 {BAD}", "reference": GOOD},
]


def table(rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(
        rows, schema=pa.schema([("id", pa.int64()), *((n, pa.string()) for n in inputs_of(rows))])
    )


def inputs_of(rows: list[dict[str, Any]]) -> list[str]:
    return [name for name in ("target", "reference", "source") if any(name in row for row in rows)]


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def many(number: int) -> list[dict[str, Any]]:
    return [{"id": i, "target": f"{(GOOD, BAD)[i % 7 == 0]} It is day {i}."} for i in range(number)]


# Arrow


def test_findings_are_what_check_segments_finds() -> None:
    found = stilted.check_batches(table(ROWS)).to_pylist()
    judged = [row for row in ROWS if row["target"]]
    for row in judged:
        one = stilted.check_segments(
            [row["target"]],
            None if "reference" not in row else [row["reference"]],
            None if "source" not in row else [row["source"]],
        )
        mine = next(result for result in found if result["id"] == row["id"])
        assert [(f["rule"], f["start"], f["end"], f["text"], f["fingerprint"]) for f in mine["findings"]] == [
            (f.rule, f.segment_start, f.segment_end, f.text, f.fingerprint) for f in one.findings
        ]
        assert mine["penalty"] == one.scorecard.penalty
        assert mine["words"] == one.scorecard.words
        assert all(row["target"][f["start"] : f["end"]] == f["text"] for f in mine["findings"])
        assert (mine["bleu"] is None) == ("reference" not in row)
        assert mine["error"] is None
    assert [row["error"] for row in found if row["id"] in (4, 5)] == [
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
    whole = {row["id"]: row for row in stilted.check_batches(table(ROWS), ignore="tagger", preview=True).to_pylist()}
    shuffled = table([ROWS[i] for i in order])
    at = 0
    for size in sizes:
        piece = stilted.check_batches(shuffled.slice(at, size), ignore="tagger", preview=True).to_pylist()
        assert piece == [whole[row["id"]] for row in piece]
        at += size


def test_the_tagger_reads_a_row_alike_beside_any_other() -> None:
    whole = stilted.check_batches(table(ROWS), sensitivity="high").to_pylist()
    alone = [
        stilted.check_batches(table(ROWS).slice(i, 1), sensitivity="high").to_pylist()[0] for i in range(len(ROWS))
    ]
    assert alone == whole
    assert [row["estimate"] is None for row in whole] == [not row["target"] for row in ROWS]


@pytest.mark.parametrize(
    ("names", "what"),
    [(["text"], "no column is called 'target'"), (["target", "findings"], "a column is called 'findings' already")],
)
def test_columns_that_do_not_fit_are_refused(names: list[str], what: str) -> None:
    with pytest.raises(UserError, match=what):
        stilted.check_batches(pa.table({name: ["a"] for name in names}))


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


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


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
        "line 7 is not JSON",
    ]


def test_workers_and_their_number_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", many(2500))
    for workers in (1, 2):
        run.run(source, tmp_path / f"{workers}.jsonl", NO_TAGGER, workers=workers)
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert [row["id"] for row in read(tmp_path / "1.jsonl")] == list(range(2500))


# what goes wrong


def started(tmp_path: Path, source: Path, output: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "stilted", "batch", str(source), str(output), "--ignore", "tagger", *more]
    return subprocess.Popen(command, stderr=subprocess.PIPE, cwd=tmp_path, start_new_session=True)


def parts_of(output: Path) -> list[Path]:
    folder = output.with_name(f"{output.name}.parts")
    return sorted(folder.glob("0*")) if folder.exists() else []


def waited_for(parts: int, output: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while len(parts_of(output)) < parts and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_killed_at_random_it_goes_on_and_nothing_shows(tmp_path: Path, kind: str) -> None:
    chance = random.Random(7)
    source = write_jsonl(tmp_path / "rows.jsonl", many(9000))
    calm, output = tmp_path / f"calm.{kind}", tmp_path / f"out.{kind}"
    run.run(source, calm, NO_TAGGER, workers=2)
    kills = 0
    for kill in range(1, 4):
        process = started(tmp_path, source, output, "--workers", "2")
        waited_for(len(parts_of(output)) + chance.randint(0, 2), output, process)
        time.sleep(chance.random() * 0.1)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            kills += 1
        process.communicate()
        assert output.exists() == (process.returncode == 0), kill
    assert kills
    run.run(source, output, NO_TAGGER, workers=2)
    assert output.read_bytes() == calm.read_bytes()


def test_stopped_by_hand_it_says_how_to_go_on(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", many(40_000))
    output = tmp_path / "out.jsonl"
    process = started(tmp_path, source, output, "--workers", "2")
    waited_for(1, output, process)
    os.kill(process.pid, signal.SIGINT)
    told = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 130
    assert "the same command goes on with it" in told
    assert parts_of(output)


def test_a_dead_worker_is_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", many(40_000))
    output = tmp_path / "out.jsonl"
    process = started(tmp_path, source, output, "--workers", "2")
    waited_for(1, output, process)
    workers = subprocess.run(["pgrep", "-f", "forkserver|spawn_main"], capture_output=True, text=True, check=False)
    mine = [
        int(pid) for pid in workers.stdout.split() if os.getpgid(int(pid)) == process.pid and int(pid) != process.pid
    ]
    os.kill(max(mine), signal.SIGKILL)
    told = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 2, told
    assert "a worker was killed" in told
    assert parts_of(output)


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
    with pytest.raises(UserError, match="other rows, or with other settings"):
        run.run(source, output, settings(ignore=["tagger", "zh"]), workers=1)
    write_jsonl(source, ROWS[:3])
    with pytest.raises(UserError, match="other rows, or with other settings"):
        run.run(source, output, NO_TAGGER, workers=1)
    assert run.run(source, output, NO_TAGGER, workers=1, restart=True).rows == 3


def test_one_run_at_a_time(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", ROWS)
    parts = Parts(tmp_path / "out.jsonl", "jsonl", None)
    with parts.opened({}, restart=False), pytest.raises(UserError, match="another run is writing this output"):
        run.run(source, tmp_path / "out.jsonl", NO_TAGGER, workers=1)


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
        (["rows.txt", "out.jsonl"], "neither Parquet nor JSONL"),
        (["rows.jsonl", "out.csv"], "neither Parquet nor JSONL"),
        (["missing.jsonl", "out.jsonl"], "cannot read the rows"),
        (["empty.jsonl", "out.jsonl"], "the file has no rows"),
        (["rows.jsonl", "rows.jsonl"], "the output is the input"),
        (["rows.jsonl", "nowhere/out.jsonl"], "cannot write"),
        (["rows.jsonl", "folder.jsonl"], "the output is a directory"),
        (["broken.parquet", "out.jsonl"], "no Parquet file"),
        (["notarget.parquet", "out.jsonl"], "no column is called 'target'"),
        (["rows.jsonl", "out.jsonl", "--column", "mt"], "names no column"),
        (["rows.jsonl", "out.jsonl", "--engine", "spark"], "unknown engine"),
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
    Path("folder.jsonl").mkdir()
    Path("broken.parquet").write_bytes(b"PAR1 nothing PAR1")
    pq.write_table(pa.table({"text": ["a"]}), "notarget.parquet")
    assert main(["batch", *arguments]) == 2
    assert what in capsys.readouterr().err


def test_columns_can_have_other_names(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", [{"mt": BAD, "human": GOOD}])
    output = tmp_path / "out.jsonl"
    columns = ["--column", "target=mt", "--column", "reference=human"]
    assert main(["batch", str(source), str(output), *columns, "--ignore", "tagger", "--workers", "1"]) == 0
    (row,) = read(output)
    assert row["target"] == BAD
    assert row["chrf"] is not None


# Ray


def test_two_workers_of_ray_make_the_same_bytes_though_one_is_killed(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", many(12_000))
    calm, output = tmp_path / "calm.parquet", tmp_path / "out.parquet"
    run.run(source, calm, NO_TAGGER, workers=2)
    process = started(tmp_path, source, output, "--workers", "2", "--engine", "ray")
    waited_for(1, output, process)
    actors = subprocess.run(["pgrep", "-f", "ray::Worker"], capture_output=True, text=True, check=False).stdout.split()
    for pid in actors[:1]:
        os.kill(int(pid), signal.SIGKILL)
    told = process.communicate(timeout=240)[1].decode()
    assert process.returncode == 0, told
    assert actors
    assert output.read_bytes() == calm.read_bytes()
