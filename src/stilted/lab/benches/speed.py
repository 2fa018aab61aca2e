"""How many segments a second, over how many cores, in how much memory, and where the time goes.

``python -m stilted.lab.benches.speed DATA_DIR``. ``DATA_DIR`` holds annotated translations as ``stilted evaluate``
takes them; only their texts are used, machine translations with a reference and a source, each once, shuffled. All
contestants read the same segments; those of a segment's time do so in each of several rounds, of which the middle one
counts. Figures need a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any, Final

from stilted.core.options import make_settings
from stilted.lab.evaluation.peers import load_peer
from stilted.lab.evaluation.readers import read_corpus
from stilted.rules import checks, packs, tagger
from stilted.runner.batch.row_checker import Checker, Row, make_columns

PARTS: Final = ("rates", "stages", "cores", "memory")
_ROUNDS: Final = 3
_PAUSE: Final = 0.05
_RULES_ALONE: Final = ("--ignore", "tagger", "--ignore", "adequacy")
WARMING: Final = 100
"""Rows that are read before the clock starts: models are loaded, modules imported."""

Rows = Sequence[Row]
Work = Callable[[], object]


def read_rows(data: Path, number: int) -> list[Row]:
    """Return *number* segments of machine translation with reference and source, in a fixed shuffled order.

    None stands there twice, unless more are asked for than there are.
    """
    rows = {
        row.target: Row(row.target, row.reference, row.source)
        for row in read_corpus(data).rows
        if not row.human and row.reference and row.source
    }
    shuffled = list(rows.values())
    random.Random(1).shuffle(shuffled)
    return list(islice(cycle(shuffled), number))


def measure_seconds(contestants: dict[str, Work]) -> dict[str, float]:
    """Return the seconds that each takes: the middle one of `_ROUNDS` rounds, after one that does not count."""
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(_ROUNDS + 1):
        for name, work in contestants.items():
            began = time.perf_counter()
            work()
            if number:
                taken[name].append(time.perf_counter() - began)
    return {name: median(times) for name, times in taken.items()}


def _prepare_judging(given: Rows, **options: Any) -> Work:
    checker = Checker.of(make_settings("speed", **options))
    return lambda: checker.judge(given)


@dataclass(frozen=True, slots=True)
class Contestant:
    """Whoever reads segments: this product with *options*, shown *columns* of a row, or a *peer* shown the target."""

    name: str
    columns: Sequence[str] = ("target",)
    options: Mapping[str, Any] = field(default_factory=dict)
    peer: str = ""


def list_contestants(peers: Sequence[str]) -> list[Contestant]:
    """Return who is compared by `show_rates`."""
    families = {kind: sorted({rule.family for rule in rules})
                for kind, rules in (("packs", packs.list_rules()), ("checks", checks.list_rules()))}  # fmt: skip
    source, both = ("target", "source"), ("target", "reference", "source")
    rules_alone = {"ignore": ["tagger", "adequacy"]}
    return [
        Contestant("packs alone", options={"select": families["packs"]}),
        Contestant("checks alone", options={"select": families["checks"]}),
        Contestant("packs and checks", options=rules_alone),
        Contestant("packs and checks, with source", source, rules_alone),
        Contestant("packs and checks, with reference, source and scores", both, rules_alone),
        Contestant("wording model alone", options={"select": "tagger"}),
        Contestant("everything"),
        Contestant("everything, with source", source),
        Contestant("everything, with reference, source and scores", both),
        *(Contestant(peer, peer=peer) for peer in peers),
    ]


def show_rates(given: Rows, peers: Sequence[str]) -> None:
    """Print how many segments a second one process on one core reads for the first time, with what.

    Each contestant has a process of its own, so that none profits from what another has read, and starts with
    segments that do not count. Patterns and lists of words are read as texts ask for them, so that what follows
    goes faster and faster: both halves are shown.
    """
    words = sum(len(row.target.split()) for row in given) / len(given)
    number = (len(given) - WARMING) // 2
    print(f"Segments a second, one core, segments of {words:.1f} words, each read once")
    print(f"  {'':54}{f'first {number:,}':>14}{f'next {number:,}':>14}")
    for contestant in list_contestants(peers):
        with get_context("spawn").Pool(1) as process:
            taken = process.apply(time_first_reading, (contestant, given, WARMING))
        print(f"  {contestant.name:54}" + "".join(f"{number / seconds:14,.0f}" for seconds in taken), flush=True)


def time_first_reading(contestant: Contestant, given: Rows, warming: int) -> tuple[float, float]:
    """Return the seconds of CPU time that *contestant* takes to read either half of *given*.

    The first *warming* rows do not count, nor does the last one if the halves differ.
    """
    tagger.use_threads(1)
    shown = [Row(**{name: getattr(row, name) for name in contestant.columns}) for row in given]
    if contestant.peer:
        mark = load_peer(contestant.peer)

        def judge(rows: Rows) -> object:
            return [mark(row.target, None) for row in rows]
    else:
        checker = Checker.of(make_settings("speed", **contestant.options))

        def judge(rows: Rows) -> object:
            return checker.judge(rows)

    judge(shown[:warming])
    number = (len(shown) - warming) // 2
    places = [time.process_time()]
    for start in (warming, warming + number):
        judge(shown[start : start + number])
        places.append(time.process_time())
    return places[1] - places[0], places[2] - places[1]


def show_stages(given: Rows) -> None:
    """Print where the time of a segment goes, in milliseconds of one core, with reference and source."""
    from stilted.metrics.sentence import sentence_chrf
    from stilted.rules.tagger import inference, model_files
    from stilted.rules.tagger.encode import encode_side, list_windows
    from stilted.rules.tagger.quality_estimate import segment
    from stilted.rules.tagger.rule import Speaking, choose_marks

    tagger.use_threads(1)
    known = model_files.read_vocabulary()
    pairs = [(row.target, row.reference) for row in given]
    sides = [(encode_side(a, known), encode_side(b, known)) for a, b in pairs]
    cut = [list(list_windows(a, b, known)) for a, b in sides]
    readings = inference.infer(pairs)
    results = Checker.of(make_settings("speed")).judge(given)
    lines = [json.dumps({"target": row.target, "reference": row.reference, "source": row.source}) for row in given]
    families = [sorted({rule.family for rule in rules}) for rules in (packs.list_rules(), checks.list_rules())]
    contestants: dict[str, Work] = {
        "read the row (JSON)": lambda: [json.loads(line) for line in lines],
        "packs": _prepare_judging([Row(row.target) for row in given], select=families[0]),
        "checks": _prepare_judging([Row(row.target, None, row.source) for row in given], select=families[1]),
        "tagger: words and pieces": lambda: [
            list(list_windows(encode_side(a, known), encode_side(b, known), known)) for a, b in pairs
        ],
        "tagger: the encoder": lambda: [inference.run(window) for each in cut for window in each],
        "tagger: all of reading": lambda: inference.infer(pairs),
        "tagger: from reading to marks and estimate": lambda: [
            (choose_marks(r, Speaking()), segment(r)) for r in readings
        ],
        "chrF2 (sacrebleu)": lambda: [sentence_chrf(a, b) for a, b in pairs],
        "write the row (JSON)": lambda: [json.dumps(make_columns(result)) for result in results],
        "everything, as in a run": _prepare_judging(given),
    }
    print(f"Milliseconds a segment, one core, {len(given):,} segments with reference and source")
    for name, taken in measure_seconds(contestants).items():
        print(f"  {name:54}{1000 * taken / len(given):10.3f}")


def show_cores(given: Rows, workers: Sequence[int]) -> None:
    """Print how ``stilted batch`` scales over worker processes, its start included."""
    print(f"Segments a second of 'stilted batch', {len(given):,} rows, start included")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rows.jsonl"
        for name, options, columns in (("everything, with reference and source", (), ("reference", "source")),
                                       ("everything, with source", (), ("source",)), ("everything", (), ()),
                                       ("packs and checks", _RULES_ALONE, ())):  # fmt: skip
            _write(source, given, columns)
            for number in workers:
                taken, _ = _run_batch(source, "--workers", str(number), *options)
                print(f"  {name:44}{number} worker{'s' * (number != 1):1}{len(given) / taken:10,.0f}")


def show_memory(given: Rows, sizes: Sequence[int]) -> None:
    """Print time and peak memory of ``stilted batch`` with packs and checks alone, over corpora of these sizes."""
    print("Rows through 'stilted batch --ignore tagger': seconds, rows a second, peak MB of all its processes")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rows.jsonl"
        for size in sizes:
            _write(source, islice(cycle(given), size), ())
            taken, peak = _run_batch(source, *_RULES_ALONE)
            print(f"  {size:10,}{taken:10.1f}{size / taken:10,.0f}{peak / 1e6:10,.0f}")


def _write(path: Path, given: Sequence[Row] | Iterator[Row], columns: Sequence[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in given:
            file.write(json.dumps({name: getattr(row, name) for name in ("target", *columns)}) + "\n")


def _run_batch(source: Path, *options: str) -> tuple[float, int]:
    """Run ``stilted batch``; return its seconds and the most bytes that all its processes took together."""
    output = source.with_name("checked.jsonl")
    command = [sys.executable, "-m", "stilted", "batch", str(source), str(output), "--restart", *options]
    began = time.perf_counter()
    with subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL) as process:
        most = [0]
        watch = threading.Thread(target=_watch, args=(process, most), daemon=True)
        watch.start()
        code = process.wait()
        taken = time.perf_counter() - began
        watch.join()
    if code:
        raise RuntimeError(f"{' '.join(command)} exited with {code}")
    return taken, most[0]


def _watch(process: subprocess.Popen[bytes], most: list[int]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], _measure_session(process.pid))
        time.sleep(_PAUSE)


def _measure_session(session: int) -> int:
    """Return the proportional set size of all processes of a session (Linux), shared pages counted once."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            if os.getsid(int(folder.name)) == session:
                lines = (folder / "smaps_rollup").read_text().splitlines()
                total += sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m stilted.lab.benches.speed", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of annotated translations")
    parser.add_argument("--segments", type=int, default=1000, help="segments of either half and of the stages (1000)")
    parser.add_argument("--rows", type=int, default=8192, help="rows of the scaling over cores (8192)")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, os.cpu_count() or 1], help="processes to try")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10**3, 10**4, 10**5, 10**6], help="corpora to try")
    parser.add_argument("--peers", nargs="*", default=["harper", "languagetool"], help="others to run beside it")
    parser.add_argument("--only", nargs="*", default=PARTS, choices=PARTS, help="parts to run")
    options = parser.parse_args(argv)
    given = read_rows(options.data, max(2 * options.segments + WARMING, options.rows))
    parts: dict[str, Work] = {
        "rates": lambda: show_rates(given[: 2 * options.segments + WARMING], options.peers),
        "stages": lambda: show_stages(given[: options.segments]),
        "cores": lambda: show_cores(given[: options.rows], options.workers),
        "memory": lambda: show_memory(given, options.sizes),
    }
    for name in options.only:
        parts[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
