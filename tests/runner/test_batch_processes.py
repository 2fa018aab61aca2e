"""Many rows in several processes: after a kill as if nothing had happened."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import beside
from batch_rows import NO_TAGGER, ROWS, many, parts_of, read, started, waited_for, write_jsonl
from stilted.core.errors import UserError
from stilted.runner.batch import run
from stilted.runner.batch.checkpoint import Parts


@pytest.mark.long
def test_workers_and_their_number_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", many(2500))
    for workers in (1, 2):
        run.run(source, tmp_path / f"{workers}.jsonl", NO_TAGGER, workers=workers)
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert [row["id"] for row in read(tmp_path / "1.jsonl")] == list(range(2500))


@pytest.mark.long
@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_killed_at_random_it_goes_on_and_nothing_shows(tmp_path: Path, kind: str) -> None:
    chance = random.Random(7)
    source = write_jsonl(tmp_path / "rows.jsonl", many(6000))
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


@pytest.mark.long
@pytest.mark.parametrize("is_group", [True, False], ids=["group", "alone"])
def test_stopped_by_hand_it_says_how_to_go_on(tmp_path: Path, is_group: bool) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", many(40_000))
    output = tmp_path / "out.jsonl"
    process = started(tmp_path, source, output, "--workers", "2")
    waited_for(1, output, process)
    (os.killpg if is_group else os.kill)(process.pid, signal.SIGINT)
    errors = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 130
    assert errors == "stilted: stopped; what is done is kept, and the same command goes on with it.\n"
    assert parts_of(output)
    beside.until(lambda: not beside.family(process))


@pytest.mark.long
def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    process = started(tmp_path, write_jsonl(tmp_path / "r.jsonl", many(40_000)), tmp_path / "o.jsonl", "--workers", "2")
    beside.until(lambda: len(beside.workers(process)) == 2)
    process.kill()
    process.communicate()
    beside.until(lambda: not beside.family(process))


@pytest.mark.long
def test_a_dead_worker_is_replaced_and_nothing_shows(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", many(9_000))
    calm, output = tmp_path / "calm.jsonl", tmp_path / "out.jsonl"
    run.run(source, calm, NO_TAGGER, workers=1)
    process = started(tmp_path, source, output, "--workers", "2")
    for parts in (1, 4):
        waited_for(parts, output, process)
        for pid in beside.workers(process)[:1]:
            beside.kill(pid)
    errors = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 0, errors
    assert output.read_bytes() == calm.read_bytes()


@pytest.mark.long
def test_rows_that_kill_every_worker_are_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", many(20_000))
    output = tmp_path / "out.jsonl"
    process = started(tmp_path, source, output, "--workers", "2")
    waited_for(1, output, process)
    while process.poll() is None:
        for pid in beside.workers(process):
            beside.kill(pid)
    errors = process.communicate()[1].decode()
    assert process.returncode == 2, errors
    assert re.search(r"the workers that were given rows [\d,]+ to [\d,]+ were killed", " ".join(errors.split()))
    assert parts_of(output)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_killed_while_it_puts_the_output_together_it_does_so_again(tmp_path: Path, kind: str) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", many(1100))
    calm, output = tmp_path / f"calm.{kind}", tmp_path / f"out.{kind}"
    run.run(source, calm, NO_TAGGER, workers=1)
    # Each system call that changes the disk from the last part on is one that the kill comes before. Every run is a
    # process of its own, forked from one that has loaded the rules.
    code = (
        "import os, signal, sys\n"
        "from stilted import api\n"
        "from stilted.cli import main\n"
        "from stilted.runner import cache\n"
        f"source, output, most, step = {str(source)!r}, {str(output)!r}, 60, {1 + 2 * (kind == 'parquet')}\n"
        "api.check('The the boats leave.', ignore='tagger'), cache.identify_program()\n"
        "def run(left):\n"
        "    def kill(event, given):\n"
        "        if event in ('os.rename', 'os.remove', 'os.rmdir') or event == 'open' and 'whole' in str(given[0]):\n"
        "            left[0] -= 1\n"
        "            if left[0] < 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    sys.addaudithook(kill)\n"
        "    os._exit(main(['batch', source, output, '--ignore', 'tagger', '--workers', '1']))\n"
        "for number in range(0, most, step):\n"
        "    child = os.fork() or run([number])\n"
        "    end = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])\n"
        "    whole = not os.path.exists(output) or open(output, 'rb').read() == open(sys.argv[1], 'rb').read()\n"
        "    print(end, whole)\n"
        "    if end == 0: break"
    )
    done = subprocess.run([sys.executable, "-c", code, str(calm)], capture_output=True, text=True, check=True)
    ends = [int(line.split()[0]) for line in done.stdout.splitlines()]
    assert {line.split()[1] for line in done.stdout.splitlines()} == {"True"}
    assert ends[-1] == 0
    assert ends.count(-signal.SIGKILL) == len(ends) - 1 >= 2
    assert output.read_bytes() == calm.read_bytes()
    assert not parts_of(output)


def test_one_run_at_a_time(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", ROWS)
    parts = Parts(tmp_path / "out.jsonl", "jsonl", None)
    with parts.opened({}, restart=False), pytest.raises(UserError, match="another run is writing this output"):
        run.run(source, tmp_path / "out.jsonl", NO_TAGGER, workers=1)


@pytest.mark.ray
def test_two_workers_of_ray_make_the_same_bytes_though_one_is_killed(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "rows.jsonl", many(12_000))
    calm, output = tmp_path / "calm.parquet", tmp_path / "out.parquet"
    run.run(source, calm, NO_TAGGER, workers=2)
    process = started(tmp_path, source, output, "--workers", "2", "--engine", "ray")
    waited_for(1, output, process)
    actors = subprocess.run(["pgrep", "-f", "ray::Worker"], capture_output=True, text=True, check=False).stdout.split()
    for pid in actors[:1]:
        os.kill(int(pid), signal.SIGKILL)
    errors = process.communicate(timeout=240)[1].decode()
    assert process.returncode == 0, errors
    assert actors
    assert output.read_bytes() == calm.read_bytes()
