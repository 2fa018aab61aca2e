"""What was found before: found again at once, under a key of all it depends on, and harmless whatever becomes of it."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

import stilted
from articles import BAD, GOOD, folder_of, job
from layout import HEAVY, SRC
from rights import bound_by_rights
from stilted import api
from stilted.api import Report
from stilted.cli import main
from stilted.core import options
from stilted.core.model import (
    Analysis,
    Coverage,
    Document,
    Finding,
    Score,
    Segment,
    Skipped,
    Span,
    Suppression,
    Verdict,
)
from stilted.core.mqm import Scorecard
from stilted.core.offsets import OffsetMap
from stilted.runner import cache, file_runner
from stilted.runner.cache import FILE, Cache
from stilted.runner.report_codec import dumps, loads

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a cache of this test's own, in a working folder with some files in docs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    folder_of(tmp_path / "docs", 3)
    return tmp_path / "cache"


def checked(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    code = main(["check", "docs", "--ignore", "tagger", "--format", "json", *more])
    return code, *capsys.readouterr()


def entries(folder: Path) -> int:
    with Cache(folder) as kept:
        return kept.size()[0]


# the key


def test_the_key_is_of_all_that_a_report_depends_on(tmp_path: Path) -> None:
    pack, terms = tmp_path / "pack.toml", tmp_path / "terms.csv"
    pack.write_bytes(b"one")
    terms.write_bytes(b"one")
    basic = job(GOOD)
    other = [
        job(BAD),
        job(GOOD, "b.txt"),
        replace(basic, form="text"),
        replace(basic, reference=("r.txt", b"x")),
        replace(basic, reference=("s.txt", b"x")),
        replace(basic, reference=("r.txt", b"")),
        replace(basic, source=("r.txt", b"x")),
        replace(basic, source=("r.txt", b"y")),
        *(job(GOOD, **{name: value}) for name, value in OPTIONS.items()),
        job(GOOD, packs=[pack]),
        job(GOOD, glossary=[pack]),
        job(GOOD, packs=[pack], glossary=[terms]),
    ]
    before = [one.key() for one in (basic, *other)]
    assert None not in before
    assert len(set(before)) == len(before)
    assert before == [one.key() for one in (basic, *other)]
    for path, changed in ((pack, 3), (terms, 1)):
        path.write_bytes(b"two")
        after = [one.key() for one in (basic, *other)]
        assert sum(a != b for a, b in zip(before, after, strict=True)) == changed
        before = after


OPTIONS: dict[str, Any] = {
    "align": "lines",
    "select": "zh",
    "ignore": "zh",
    "preview": True,
    "source_language": "zh",
    "sensitivity": "high",
    "severity": {"mechanics": "neutral"},
    "do_not_translate": "Zeta",
    "profile": "ui",
    "rule_pages": "https://example.org",
    "fail_on": "minor",
    "min_score": 50,
    "max_penalty_per_1000_words": 3,
    "min_bleu": 1,
    "min_chrf": 1,
}


def test_every_option_is_among_those_that_were_tried() -> None:
    assert OPTIONS.keys() == set(options.OPTIONS) - {"packs", "glossary", "no_worse_than_baseline"}


def test_what_is_not_there_has_no_key(tmp_path: Path) -> None:
    assert job(GOOD, packs=[tmp_path / "none.toml"]).key() is None
    assert job(GOOD, sensitivity="very").key() is None


@pytest.mark.long
def test_the_key_is_of_the_program_and_not_of_its_times(tmp_path: Path) -> None:
    """A copy with other times is the same program; one other byte, in code, packs or model, makes it another."""
    shutil.copytree(SRC, tmp_path / "stilted", ignore=shutil.ignore_patterns("__pycache__", "lab"))
    code = "from stilted.runner import cache; print(cache.__file__, cache.identify_program().hex())"

    def program() -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
        where, key = done.stdout.split()
        assert Path(where).is_relative_to(tmp_path)
        return key

    seen = {program()}
    for path in (tmp_path / "stilted").rglob("*"):
        os.utime(path, (0, 0))
    assert program() in seen
    for name in (
        "core/tokens.py",
        "rules/packs/de.toml",
        "rules/tagger/lower.onnx",
        "rules/tagger/model.onnx",
        "rules/tagger/slips/model.onnx",
        "rules/tagger/model.json",
        "rules/tagger/vocab.txt",
    ):
        path = tmp_path / "stilted" / name
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        times = path.stat()
        path.write_bytes(data) if path.suffix != ".py" else path.write_bytes(path.read_bytes() + b"#")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        key = program()
        assert key not in seen, name
        seen.add(key)


def test_libraries_that_a_report_depends_on_are_those_that_are_needed() -> None:
    known = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {name.partition(">")[0] for name in known}
    assert names - {"jinja2", "platformdirs", "portalocker", "rich"} == set(cache.LIBRARIES)


def test_a_pack_that_changes_while_it_is_used_leaves_nothing(tmp_path: Path, folder: Path) -> None:
    pack = tmp_path / "pack.toml"
    shutil.copy(SRC / "rules" / "packs" / "it.toml", pack)
    data = pack.read_bytes().replace(b'"it/', b'"our/')
    pack.write_bytes(data)
    with Cache(folder) as kept:
        running = file_runner.report_all([job(GOOD, packs=[pack]), job(BAD, packs=[pack])], workers=1, cache=kept)
        assert isinstance(next(running), Report)
        assert kept.size()[0] == 1
        queue = file_runner._Queue(file_runner.Workers(1, file_runner._work), 0, kept)
        queue.add(job(BAD, packs=[pack]))
        pack.write_bytes(data + b"# changed\n")
        assert isinstance(queue.next(), Analysis)
        assert kept.size()[0] == 1
        running.close()


# the second run


@pytest.mark.long
def test_the_second_run_says_the_same_and_checks_nothing(folder: Path) -> None:
    code = (
        "import sys; from stilted.cli import main\n"
        "code = [main(['check', 'docs', '--format', form]) for form in ('json', 'sarif')]\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
        "sys.exit(sum(code))"
    )
    first, second = (subprocess.run([sys.executable, "-c", code], capture_output=True, text=True) for _ in range(2))
    assert (first.returncode, first.stdout) == (second.returncode, second.stdout)
    assert "sarif" in first.stdout
    assert second.stderr == "[]\n"
    assert entries(folder) == 3


@pytest.mark.parametrize("workers", ["1", "2"])
def test_only_what_has_changed_is_checked(
    folder: Path, capsys: pytest.CaptureFixture[str], workers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(capsys, "--workers", workers)
    Path("docs/001.txt").write_text(BAD, "utf-8")
    fresh = checked(capsys, "--no-cache")
    done: list[str] = []
    monkeypatch.setattr(Cache, "put", lambda self, name, data: done.append(name))
    assert checked(capsys, "--workers", workers) == fresh
    assert len(done) == 1


def test_a_baseline_is_written_from_it_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["check", "docs", "--ignore", "tagger"]) == 0

    def never(*_: object) -> None:
        raise AssertionError("checked again")

    monkeypatch.setattr(file_runner, "analyse", never)
    assert main(["baseline", "write", "docs", "--ignore", "tagger"]) == 0
    assert main(["check", "docs", "--ignore", "tagger", "--baseline", ".stilted-baseline.json"]) == 0


def test_what_cannot_be_judged_is_not_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("docs/001.txt").write_bytes(b"\xff")
    Path("docs/002.txt").write_text("", "utf-8")
    first = checked(capsys)
    assert (first[0], entries(folder)) == (2, 1)
    assert checked(capsys) == first


def test_without_it_nothing_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(capsys, "--no-cache")
    assert not folder.exists()


# what is kept of a report


CORPUS = sorted(path for path in (ROOT / "corpora" / "formats").iterdir() if path.is_file() and path.suffix != ".md")


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_a_report_of_any_format_comes_back_equal(path: Path) -> None:
    report = stilted.check_file(path, ignore="tagger")
    read = loads(dumps(report), report.rules)
    assert read == report
    assert list(read.rules) == list(report.rules)


def test_a_report_with_scores_comes_back_equal_and_reads_alike() -> None:
    folder = ROOT / "corpora" / "xpeng"
    report = stilted.check_file(folder / "translation.en.txt", folder / "reference.en.txt")
    known = {rule.id: rule for rule in api.list_rules()}
    read = loads(dumps(report), known)
    assert replace(read, rules=report.rules) == report
    assert (read.to_json(), read.to_html(), read.to_text()) == (report.to_json(), report.to_html(), report.to_text())


texts = st.text(st.characters(exclude_categories=()), max_size=9)  # half surrogate pairs too
numbers = st.integers(0, 2**40)
figures = st.floats(allow_nan=False)
spans = st.builds(lambda a, b: Span(min(a, b), max(a, b)), numbers, numbers)


def tuples(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(of, max_size=3).map(tuple)


maps = st.builds(OffsetMap, tuples(st.tuples(numbers, numbers, numbers, numbers)).filter(bool))
objects = st.tuples(tuples(texts), tuples(texts), tuples(texts))
maybe = st.none() | texts
segments = st.builds(
    Segment, texts, maybe, maybe, maybe, *[st.none() | spans] * 3, st.none() | maps, objects, tuples(texts)
)
suppressions = st.builds(Suppression, spans, numbers, tuples(texts), texts)
documents = st.builds(
    Document, texts, tuples(segments), maybe, maybe, maybe, maybe, st.booleans(), st.booleans(), maybe,
    st.none() | maps, texts, tuples(texts), tuples(suppressions),
)  # fmt: skip
findings = st.builds(
    Finding, texts, texts, texts, figures, numbers, numbers, numbers, st.none() | numbers, st.none() | numbers,
    texts, texts, texts, tuples(texts), texts, tuples(texts), st.booleans(),
)  # fmt: skip
reports = st.builds(
    Report,
    document=documents,
    language=texts,
    coverage=st.builds(Coverage, st.none() | figures, st.none() | figures),
    findings=tuples(findings),
    scores=tuples(
        st.builds(Score, texts, figures, st.none() | figures, st.none() | figures, texts, texts, texts, texts)
    ),
    scorecard=st.builds(Scorecard, numbers, numbers, tuples(st.tuples(texts, numbers)), figures, figures),
    verdict=st.builds(Verdict, st.none() | st.booleans(), tuples(texts)),
    skipped=tuples(st.builds(Skipped, texts, texts, tuples(texts))),
    rules=st.lists(st.sampled_from(api.list_rules()), max_size=3).map(lambda rules: {rule.id: rule for rule in rules}),
    notes=tuples(texts),
)


@bounded(deadline=None)
@given(reports)
def test_any_report_comes_back_equal(report: Report) -> None:
    read = loads(dumps(report), {rule.id: rule for rule in report.rules.values()})
    assert read == report
    assert repr(read) == repr(report)  # 1 is not 1.0, and not True


@bounded(deadline=None)
@given(
    st.recursive(st.none() | st.booleans() | figures | texts, lambda inner: st.lists(inner, max_size=4), max_leaves=9)
)
def test_what_is_no_report_is_refused(data: Any) -> None:
    for damaged in (data, [[], data], [["zh/no-such-rule"], data], ["__import__", "os"]):
        with pytest.raises(ValueError, match="no report"):
            loads(json.dumps(damaged).encode(), {})


# whatever becomes of it


def noise(path: Path) -> None:
    path.write_bytes(random.Random(3).randbytes(50_000))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def holes(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 3000):
        data[at : at + 300] = b"\xa5" * len(data[at : at + 300])
    path.write_bytes(data)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def stale_journal(path: Path) -> None:
    noise(path)
    noise(path.with_name(path.name + "-journal"))


@pytest.mark.parametrize("damage", [noise, cut, holes, empty, stale_journal])
def test_a_damaged_file_is_begun_anew(
    folder: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None]
) -> None:
    calm = checked(capsys, "--no-cache")
    assert checked(capsys) == calm
    damage(folder / FILE)
    code, out, err = checked(capsys)
    assert (code, out) == calm[:2]
    assert err == "" if damage is empty else "Traceback" not in err
    for _ in range(2):
        assert checked(capsys) == calm
    assert entries(folder) == 3


def test_entries_that_are_not_what_was_kept_are_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calm = checked(capsys)
    changes = (
        "update entries set data = x'00'",
        "update entries set data = 5, digest = 'text'",
        "update entries set digest = zeroblob(32)",
        "update entries set data = (select data from entries order by size limit 1)",
        # each under the key of another, as an index that is damaged may have it
        "update entries set (digest, data) = (select digest, data from entries e where e.key <> entries.key limit 1)",
    )
    for change in changes:
        base = sqlite3.connect(folder / FILE)
        base.executescript(change)
        base.close()
        assert checked(capsys) == calm
        assert entries(folder) == 3


def test_an_entry_of_another_make_is_done_again(folder: Path) -> None:
    """Its digest is right, as nothing but another program that made the same key could have it."""
    one = job(BAD)
    (fresh,) = file_runner.report_all([one])
    for data in (b"", b"[]", b'[[],["Report"]]', b"\xff", b"[" * 100_000, b'[["no/rule"],null]'):
        with Cache(folder) as kept:
            kept.put(str(one.key()), data)
            assert kept.get(str(one.key())) == data
            (read,) = file_runner.report_all([one], cache=kept)
            assert replace(read, rules={}) == replace(fresh, rules={})  # type: ignore[type-var]


def test_an_entry_that_swells_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = b"\0" * 3_000_000
    with Cache(folder) as kept:
        kept.put("k", bomb)
        assert kept.get("k") == bomb
        monkeypatch.setattr(cache, "_LARGEST", 2_000_000)
        assert kept.get("k") is None
        kept.put("l", bomb)
        assert kept.get("l") is None
    assert len(zlib.compress(bomb, 1)) < 20_000


def test_another_programs_database_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calm = checked(capsys, "--no-cache")
    folder.mkdir()
    base = sqlite3.connect(folder / FILE)
    base.executescript("create table entries (name text); insert into entries values ('theirs')")
    base.close()
    before = (folder / FILE).read_bytes()
    code, out, err = checked(capsys)
    assert (code, out) == calm[:2]
    assert "the cache cannot be used (it is a database of another program); everything is checked anew" in err
    assert (folder / FILE).read_bytes() == before


@pytest.mark.parametrize("what", ["directory", "file"])
def test_something_else_in_its_place_is_told(folder: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    calm = checked(capsys, "--no-cache")
    (folder / FILE / "more").mkdir(parents=True) if what == "directory" else folder.write_text("a file")
    code, out, err = checked(capsys)
    assert (code, out) == calm[:2]
    assert err.count("the cache cannot be used") == 1
    assert main(["cache", "info"]) == 2
    assert "Check folder and rights" in capsys.readouterr().err


@pytest.mark.long
def test_a_folder_that_is_read_only_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calm = checked(capsys)
    Path("docs/003.txt").write_text(f"{BAD}\n", "utf-8")
    Path("docs/000a.txt").write_text(f"{BAD}\n", "utf-8")
    more = checked(capsys, "--no-cache")
    (folder / FILE).chmod(0o444)
    folder.chmod(0o555)
    arguments = ["check", "docs", "--ignore", "tagger", "--format", "json"]
    done = bound_by_rights(*arguments)
    assert (done.returncode, done.stdout) == more[:2], done.stderr
    assert done.stderr.count("what is found now is not kept (attempt to write a readonly database)") == 1
    assert done.stderr.count("\n") == 1
    Path("docs/003.txt").unlink()
    Path("docs/000a.txt").unlink()
    done = bound_by_rights(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == calm
    done = bound_by_rights("cache", "clear")
    assert done.returncode == 2
    assert "cannot remove the cache: Permission denied" in done.stderr
    folder.chmod(0o755)
    assert entries(folder) == 3


def test_reading_goes_on_when_writing_fails(folder: Path) -> None:
    with Cache(folder) as kept:
        kept.put("old", b"1" * 1000)
    code = (
        "import random, resource, signal; from stilted.runner.cache import Cache\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        "with Cache() as kept:\n"
        "    for i in range(9): kept.put(str(i), random.Random(i).randbytes(20_000))\n"
        "    print(kept.get('old') == b'1' * 1000, kept.fault)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("True ")
    assert "what is found now is not kept" in done.stdout
    with Cache(folder) as kept:
        assert kept.get("old") == b"1" * 1000
        assert kept.fault == ""


@pytest.mark.long
def test_two_runs_share_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder_of(Path("docs"), 20)
    calm = checked(capsys, "--no-cache")
    command = [sys.executable, "-m", "stilted", "check", "docs", "--ignore", "tagger", "--format", "json"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for run in runs:
        out, err = run.communicate(timeout=60)
        assert (run.returncode, out, err) == calm
    assert entries(folder) == 20


def test_one_that_is_held_by_somebody_is_done_without(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calm = checked(capsys)
    Path("docs/003.txt").write_text(BAD, "utf-8")
    more = checked(capsys, "--no-cache")
    base = sqlite3.connect(folder / FILE, isolation_level=None)
    base.execute("begin exclusive")
    assert checked(capsys)[:2] == more[:2]
    base.execute("rollback")
    base.execute("begin immediate")
    assert checked(capsys) == more
    base.execute("rollback")
    base.close()
    Path("docs/003.txt").unlink()
    assert checked(capsys) == calm


def test_killed_while_it_writes_it_is_whole(folder: Path) -> None:
    code = (
        "import random; from stilted.runner.cache import Cache\n"
        "kept = Cache(); i = 0\n"
        "while True: i += 1; kept.put(str(i % 50), random.Random(i % 50).randbytes(30_000)); print(i, flush=True)"
    )
    for number in range(6):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(20 + 7 * number):
            process.stdout.readline()
        process.kill()
        process.communicate()
        with Cache(folder) as kept:
            assert kept.get("1") == random.Random(1).randbytes(30_000)
            assert kept.fault == ""


def test_no_clock_counts(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    calm = checked(capsys)
    for moment in (0, 4_000_000_000):
        for path in (folder / FILE, folder, *Path("docs").iterdir()):
            os.utime(path, (moment, moment))
        monkeypatch.setattr(Cache, "put", None)  # it would be an error to call it
        assert checked(capsys) == calm


def test_the_least_recently_used_go_first_and_the_file_stays_small(folder: Path) -> None:
    limit = 1_000_000
    chance = random.Random(1)
    for turn in range(30):
        with Cache(folder, limit) as kept:
            for number in range(4):
                kept.put(f"{turn}/{number}", chance.randbytes(20_000))
            assert kept.get("0/0") is not None  # used in every run
            kept.put("large", chance.randbytes(limit // 3))
            assert kept.get("large") is None
            assert kept.size()[1] <= limit
    with Cache(folder, limit) as kept:
        assert kept.get("0/1") is None
        assert kept.get("29/3") is not None
        assert kept.size()[0] > 35
    assert (folder / FILE).stat().st_size <= 1.2 * limit


# the command


def test_info_and_clear(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(capsys)
    foreign = folder / "reports.csv"
    foreign.write_text("theirs", "utf-8")
    assert main(["cache", "info"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{folder / FILE}: 3 entries, ")
    assert main(["cache", "clear"]) == 0
    assert [path.name for path in folder.iterdir()] == ["reports.csv"]
    assert main(["cache", "info"]) == 0
    assert capsys.readouterr().out.partition("\n")[2].startswith(f"{folder / FILE}: 0 entries, ")
    assert main(["cache", "clear"]) == main(["cache", "clear"]) == 0


def test_its_place_is_the_users_own_unless_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv(cache.VARIABLE, "")
    assert cache.get_folder().name == "stilted"
    assert sys.platform != "linux" or cache.get_folder() == tmp_path / "stilted"
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "mine"))
    assert cache.get_folder() == tmp_path / "mine"
    monkeypatch.setenv(cache.VARIABLE, "~/.cache/ours")
    assert cache.get_folder() == Path.home() / ".cache/ours"


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        ('"a.txt"', '["","a.txt"]'),
        ('["Coverage",null,null]', '["Coverage","much",null]'),
        ('["Coverage",null,null]', "null"),
        ('["Span",0,', '["Span",-7,'),
        ('"the the"', '"quite another"'),
        (",0,14,21,14,21,", ",1e999,14,21,14,21,"),
        (",0,14,21,14,21,", ",9,14,21,14,21,"),
        (",0,14,21,14,21,", ",0,14,21,-1,21,"),
        (",0,14,21,14,21,", ",0,14,21,14,99,"),
        ('"minor"', '"grave"'),
    ],
)
def test_an_entry_of_other_types_is_no_entry(what: str, instead: str) -> None:
    given = file_runner.Job(("a.txt", b"She walked to the the station."), None, None, None, (("ignore", ("tagger",)),))
    rules = {rule.id: rule for rule in api.list_rules(given.settings())}
    data = dumps(file_runner.analyse(given)).decode()
    assert loads(data.encode(), rules, doubted=True).findings
    assert what in data
    with pytest.raises(ValueError, match="no report"):
        loads(data.replace(what, instead).encode(), rules, doubted=True)
