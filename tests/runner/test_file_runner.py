"""Many files on several processes: the same bytes as on one, whatever happens to the processes."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import beside
from articles import BAD, GOOD, article, folder_of, job
from screen import on_a_terminal, plain
from stilted.api import Report
from stilted.cli import main
from stilted.core.errors import UserError
from stilted.runner import file_runner
from stilted.runner.cache import Cache
from stilted.runner.process_pool import KilledError, Workers, put_off_interrupts


def ran(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


# the same as on one


@pytest.mark.long
def test_reports_are_those_of_one_process_and_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder_of(Path("docs"), 9)
    Path("docs/003.txt").write_text(article(3, 400), "utf-8")  # the others are done long before it
    Path("docs/005.txt").write_bytes(b"\xff\xfe\x00")
    Path("docs/006.txt").write_text("Die Boote verlassen den Hafen am Morgen, und sie kehren am Abend zurück.", "utf-8")
    Path("docs/007.md").write_text(f"# One\n\n<!-- stilted-ignore: zh -->\n{BAD}\n\n<v>{BAD}</v>\n", "utf-8")
    names = [*map(str, sorted(Path("docs").iterdir())), "docs/missing.txt"]
    more = ["--no-cache", "--ignore", "tagger"]
    for form in ("json", "sarif", "terminal"):
        one, two, three = (
            ran(["check", *names, *more, "--format", form, "--workers", str(n)], capsys) for n in (1, 2, 3)
        )
        assert one == two == three
        assert one[0] == 2
        assert [line.partition(":")[0] for line in one[2].splitlines() if "docs/" in line] == ["stilted"] * 3
        assert len(re.findall("docs/00[0-9]", one[2])) == 2
    read = json.loads(ran(["check", *names, *more, "--format", "json", "--workers", "2"], capsys)[1])
    assert [report["file"] for report in read["reports"]] == [n for n in names if n[5:8] not in ("005", "006", "mis")]


def test_the_tagger_reads_alike_in_a_process_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [str(path) for path in folder_of(tmp_path / "docs", 3).iterdir()]
    options = ["--sensitivity", "high", "--no-cache", "--format", "json"]
    one, two = (ran(["check", *names, *options, "--workers", n], capsys) for n in ("1", "2"))
    assert one == two
    assert "tagger/likely-error" in one[1]


def test_what_a_project_accepts_and_knows_counts_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names = [str(path) for path in sorted(folder_of(Path("docs"), 6).iterdir())]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *command], check=True)
    Path(".stilted-ignore").write_text("officially  # our style\nnowhere at all  # stale\n", "utf-8")
    assert main(["baseline", "write", *names[:3], "--baseline", "known.json", "--workers", "2"]) == 0
    Path("docs/001.txt").write_text(article(1) + f"\n{BAD} And the the boats left.\n", "utf-8")
    Path("docs/004.txt").write_text(article(4) + "\nAnd the the boats left.\n", "utf-8")
    capsys.readouterr()
    for more in (["--baseline", "known.json"], ["--changed-since", "HEAD"], ["--fail-on", "minor"]):
        arguments = ["check", *names, *more, "--format", "json", "--no-cache"]
        one, two = (ran([*arguments, "--workers", n], capsys) for n in ("1", "2"))
        assert one == two
        assert "the the" in one[1]


@pytest.mark.long
def test_standard_input_is_one_of_the_files(tmp_path: Path) -> None:
    folder_of(tmp_path / "docs", 3)
    names = [f"docs/00{i}.txt" for i in range(3)]
    outputs = []
    for workers in ("1", "2"):
        command = [sys.executable, "-m", "stilted", "check", names[0], "-", *names[1:], "--format", "json"]
        command += ["--workers", workers, "--no-cache"]
        done = subprocess.run(command, input=BAD.encode(), capture_output=True, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert [report["file"] for report in json.loads(outputs[0])["reports"]] == [names[0], "<stdin>", *names[1:]]


def test_processes_are_begun_when_there_is_work_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    send = Workers.submit
    monkeypatch.setattr(Workers, "submit", lambda self, *given: begun.append(1) or send(self, *given))
    assert len(list(file_runner.report_all(job(article(i)) for i in range(4)))) == 4
    assert not begun
    monkeypatch.setattr(file_runner, "WORTH_IT", 3 * len(article(0).encode()))
    assert len(list(file_runner.report_all((job(article(i)) for i in range(9)), cache=None))) == 9
    assert len(begun) == 9 if os.cpu_count() != 1 else True


def test_a_long_file_that_is_alone_is_checked_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_runner, "WORTH_IT", 10)
    alone = file_runner.report_all([job(article(1))])
    assert isinstance(next(alone), Report)
    assert multiprocessing.active_children() == []
    assert list(alone) == []
    both = file_runner.report_all([job(article(1)), job(article(2))])
    next(both)
    assert multiprocessing.active_children() != []
    assert len(list(both)) == 1


def test_a_job_that_makes_no_sense_is_told_and_stops_no_other() -> None:
    wrong = file_runner.Job(("b.txt", BAD.encode()), ("r.txt", "no bytes"), None, None, ())  # type: ignore[arg-type]
    for workers in (1, 2):
        first, second, third, fourth = file_runner.report_all(
            [job(GOOD), wrong, UserError("gone", "c.txt"), job(BAD)], workers=workers
        )
        assert isinstance(first, Report)
        assert isinstance(second, UserError)
        assert (second.where, second.what[:14]) == ("b.txt", "internal error")
        assert isinstance(third, UserError)
        assert isinstance(fourth, Report)
        assert fourth.findings


@pytest.mark.parametrize("workers", [1, 2])
def test_a_pack_that_is_faulty_is_told_for_each_file(tmp_path: Path, workers: int) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[[rule]]\n", "utf-8")
    with Cache(tmp_path) as cache:
        read = list(file_runner.report_all([job(GOOD, packs=[broken]), job(GOOD)], workers=workers, cache=cache))
    assert [type(one) for one in read] == [UserError, Report]


def test_few_files_are_read_ahead() -> None:
    taken: list[int] = []

    def jobs(size: int) -> Iterator[file_runner.Job]:
        for number in range(10_000):
            taken.append(number)
            yield job(GOOD + " " * size)

    for size, most in ((0, 2 * 16 + 1), (file_runner._HELD // 2, 3)):
        taken.clear()
        read = file_runner.report_all(jobs(size), workers=2)
        for _ in range(2):
            assert isinstance(next(read), Report)
        read.close()
        assert len(taken) <= most + 2


# processes that die


def odd(number: int) -> int:
    """Do work that kills whoever does it, for numbers from 100 on."""
    if number >= 100:
        os.kill(os.getpid(), signal.SIGKILL)
    if number < 0:
        raise ValueError(number)
    return number * 2 + 1


def answers(workers: Workers[int], numbers: list[int]) -> list[int | str]:
    results: list[int | str] = []
    tasks = [workers.submit(number) for number in numbers]
    for task in tasks:
        assert task is not None
        try:
            results.append(workers.result(task))
        except KilledError:
            results.append("killed")
        except ValueError:
            results.append("wrong")
    return results


def test_what_kills_every_worker_stops_nothing_else() -> None:
    numbers = [*range(8), 100, *range(8, 20), -1, 101, 102, *range(20, 30), 103]
    with Workers(2, odd) as workers:
        results = answers(workers, numbers)
        assert results == ["killed" if n >= 100 else "wrong" if n < 0 else 2 * n + 1 for n in numbers]
        assert answers(workers, [1, 2]) == [3, 5]


def test_half_a_result_is_none_and_nobody_waits_for_the_rest(tmp_path: Path) -> None:
    with Workers(2, dying) as workers:
        task = workers.submit(tmp_path / "died")
        beside.until((tmp_path / "died").exists)
        beside.until(lambda: not beside.is_alive(int((tmp_path / "died").read_text() or os.getpid())))
        assert task is not None
        assert workers.result(task) == b"whole"
        assert task.deaths == 1


def dying(mark: Path) -> bytes:
    """Die, the first time, with a result half written: nobody reads yet, and a pipe does not hold as much."""
    if mark.exists():
        return b"whole"
    mark.write_text(str(os.getpid()))
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGKILL)).start()
    return wide()


def test_a_run_that_is_left_while_results_are_on_their_way_ends() -> None:
    def left() -> None:
        with Workers(2, wide) as workers:
            first, *_ = [workers.submit() for _ in range(5)]
            assert first is not None
            workers.result(first)  # the others write by now, or wait for somebody who reads
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        left()
    assert not multiprocessing.active_children()


def wide() -> bytes:
    return bytes(10**7)


@pytest.mark.long
def test_a_worker_that_is_killed_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder_of(Path("docs"), 60, 60)
    arguments = ["check", "docs", "--format", "json", "--ignore", "tagger"]
    calm = ran([*arguments, "--no-cache"], capsys)
    cache = tmp_path / "cache"
    process = beside.begun([*arguments, "--workers", "2"], tmp_path, STILTED_CACHE_DIR=str(cache))
    for _ in range(2):
        done = entries(cache)
        beside.until(lambda done=done: entries(cache) > done or process.poll() is not None)
        for pid in beside.workers(process)[:1]:
            beside.kill(pid)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out.decode(), err.decode()) == calm


@pytest.mark.long
def test_files_that_kill_their_workers_are_told_and_the_run_ends(tmp_path: Path) -> None:
    folder_of(tmp_path / "docs", 3, 150)
    process = beside.begun(["check", "docs", "--workers", "2"], tmp_path)
    while process.poll() is None:
        for pid in beside.workers(process):
            beside.kill(pid)
    err = process.communicate()[1].decode()
    assert process.returncode == 2
    assert err.count("the process that checked it was killed") == 3
    assert "Traceback" not in err


@pytest.mark.long
def test_a_file_that_wants_too_much_memory_is_told(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text(article(1, 16_000), "utf-8")
    (tmp_path / "small.txt").write_text(article(2), "utf-8")
    code = (
        "import resource, sys; from stilted.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_DATA, (165_000_000, 165_000_000))\n"
        "sys.exit(main(['check', 'small.txt', 'large.txt', '--workers', sys.argv[1], '--ignore', 'tagger']))"
    )
    done = subprocess.run([sys.executable, "-c", code, "2"], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert "small.txt" in done.stdout
    assert "large.txt: it needs more memory than there is" in done.stderr


@pytest.mark.long
def test_without_room_for_processes_one_does_it_all(tmp_path: Path) -> None:
    folder_of(tmp_path / "docs", 4)
    code = (
        "import resource, sys; from stilted.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))\n"
        "sys.exit(main(['check', 'docs', '--workers', '2', '--ignore', 'tagger', '--no-cache']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    plenty = subprocess.run([sys.executable, "-c", code.replace("8, 8", "80, 80")], capture_output=True, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == plenty.stdout.decode()


# stopped


@pytest.mark.long
@pytest.mark.parametrize("is_group", [True, False], ids=["group", "alone"])
@pytest.mark.parametrize("is_begun", [False, True])
def test_stopped_by_hand_it_ends_at_once_and_keeps_what_is_done(tmp_path: Path, is_group: bool, is_begun: bool) -> None:
    folder_of(tmp_path / "docs", 400, 30)
    process = beside.begun(["check", "docs", "--workers", "2"], tmp_path, STILTED_CACHE_DIR=str(tmp_path / "cache"))
    beside.until(lambda: len(beside.family(process)) > 1)
    if is_begun:
        beside.until(lambda: entries(tmp_path / "cache"))
    (os.killpg if is_group else os.kill)(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert err.decode() in (
        "stilted: stopped.\n",
        "stilted: stopped; what is done is kept and not checked again.\n",
    )
    beside.until(lambda: not beside.family(process))
    assert entries(tmp_path / "cache") >= max(out.count(b"\xe2\x94\x80\xe2\x94\x80 docs"), is_begun)


def entries(folder: Path) -> int:
    with Cache(folder) as cache:
        return cache.size()[0]


@pytest.mark.long
def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    folder_of(tmp_path / "docs", 400, 30)
    process = beside.begun(["check", "docs", "--workers", "2", "--no-cache"], tmp_path)
    beside.until(lambda: len(beside.workers(process)) == 2)
    process.kill()
    process.communicate()
    beside.until(lambda: not beside.family(process))


def test_ctrl_c_is_put_off_and_not_lost() -> None:
    done: list[str] = []

    def busy() -> None:
        with put_off_interrupts():
            signal.raise_signal(signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            done.append("all of it")

    with pytest.raises(KeyboardInterrupt):
        busy()
    assert done
    elsewhere = threading.Thread(target=lambda: put_off_interrupts().__enter__())
    elsewhere.start()
    elsewhere.join()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.long
def test_progress_is_shown_with_rate_and_time_left(tmp_path: Path) -> None:
    folder_of(tmp_path / "docs", 60, 20)
    code = (
        "from stilted.cli import _progress, main; _progress.DELAY = 0.2\n"
        f"main(['check', {str(tmp_path / 'docs')!r}, '--workers', '2', '--no-cache', '--output', '/dev/null'])"
    )
    output, shown = on_a_terminal(code)
    assert output == ""
    assert re.search(
        r"files .*\d+/60 (\d+\.\d a second|\d+\.\d s each), \d+:\d\d left docs/0|/60 .* left …", plain(shown)
    )
