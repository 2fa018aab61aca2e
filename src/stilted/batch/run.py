"""A whole file of rows, over worker processes: bounded memory, shards in any order, output in the order of the rows."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from stilted import __version__, tagger
from stilted.batch.arrow import require_columns
from stilted.batch.inputs import PARQUET, SHARD, Input, Shard, kind_of, open_input, shards
from stilted.batch.parts import Parts
from stilted.batch.rows import Checker
from stilted.batch.work import Part, output_schema, work
from stilted.errors import UserError
from stilted.settings import Settings

_AHEAD: Final = 2
"""Shards a worker has waiting: enough that none is idle, few enough that memory stays flat."""

Engine = Callable[["Job", Iterator[tuple[int, Shard]]], Iterator[tuple[int, Part]]]
"""Works on shards and yields their parts in any order."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker must know."""

    settings: Settings
    kind: str
    schema: Any
    workers: int


@dataclass(frozen=True, slots=True)
class Done:
    """What a run has done: rows in all and in error, and how many had been done before it."""

    rows: int
    errors: int
    resumed: int


def run(
    source: Path,
    output: Path,
    settings: Settings,
    *,
    columns: Mapping[str, str] | None = None,
    workers: int = 0,
    restart: bool = False,
    engine: Engine | None = None,
    started: Callable[[int, int], None] = lambda shards, done: None,
    advanced: Callable[[int], None] = lambda number: None,
) -> Done:
    """Check every row of *source* and write it with what was found to *output*, both Parquet or JSONL.

    Killed at any moment, a run goes on where it was when it is called again; its output is byte for byte that of one
    that was never disturbed.

    Args:
        columns: names in the file of the columns ``target``, ``reference`` and ``source``, where they differ.
        workers: processes; 0 for one a core. restart: forget what an unfinished run has done.
        engine: what works on the shards; None for processes on this machine.
        started, advanced: told how many shards there are and are done, and of each that is.

    Raises:
        UserError: a file cannot be read or written, its columns do not fit, another run is at it, an unfinished one was
            over other rows or settings, or a worker was killed.
    """
    named = dict(columns or {})
    given = open_input(source)
    if given.schema is not None:
        require_columns([named.get(name, name) for name in given.schema.names], str(source))
    kind = kind_of(output)
    if source.resolve() == output.resolve():
        raise UserError("the output is the input", str(output), "Name another file.")
    Checker.of(settings)  # a faulty setting is told here, not by every worker
    schema = output_schema(given.schema, named) if kind == PARQUET else None
    job = Job(settings, kind, schema, workers or os.cpu_count() or 1)
    parts = Parts(output, kind, schema)
    with parts.opened(_identity(given, named, kind, settings), restart=restart):
        resumed = len(parts.done)
        started(given.shards, resumed)
        left = ((number, shard) for number, shard in shards(given, named) if number not in parts.done)
        for number, part in (engine or processes)(job, left):
            parts.add(number, part.data, part.errors)
            advanced(number)
        errors = parts.assemble(given.shards)
    return Done(given.rows, errors, min(resumed * SHARD, given.rows))


def _identity(given: Input, columns: Mapping[str, str], kind: str, settings: Settings) -> dict[str, Any]:
    """Return all that the output depends on."""
    chosen = {field.name: getattr(settings, field.name) for field in fields(settings) if field.name != "gate"}
    for name in ("packs", "glossary"):
        chosen[name] = [hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in chosen[name]]
    return {
        "stilted": __version__,
        "model": None if tagger.availability() else tagger.card()["id"],
        "rows": given.digest,
        "columns": dict(sorted(columns.items())),
        "shard": SHARD,
        "format": kind,
        "settings": json.loads(json.dumps(chosen, default=str)),
    }


def processes(job: Job, left: Iterator[tuple[int, Shard]]) -> Iterator[tuple[int, Part]]:
    """Work on shards in processes of this machine; few are read ahead of the workers.

    Raises:
        UserError: a worker was killed.
    """
    if job.workers == 1:
        checker = Checker.of(job.settings)
        for number, shard in left:
            yield number, work(checker, shard, job.kind, job.schema)
        return
    with _pool(job) as pool:
        running: dict[Future[Part], int] = {}
        more = True
        while more or running:
            while more and len(running) < job.workers * _AHEAD:
                taken = next(left, None)
                more = taken is not None
                if taken is not None:
                    running[pool.submit(_work, taken[1])] = taken[0]
            for future in wait(running, return_when=FIRST_COMPLETED).done if running else ():
                try:
                    yield running.pop(future), future.result()
                except BrokenProcessPool as error:
                    what = "a worker was killed, perhaps for want of memory"
                    raise UserError(
                        what, "batch", "Run the same again to go on; --workers 1 needs the least."
                    ) from error


@contextmanager
def _pool(job: Job) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes that are begun afresh, so that no lock or thread of this one comes along."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    pool = ProcessPoolExecutor(job.workers, mp_context=context, initializer=_begin, initargs=(job,))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_worker: tuple[Checker, Job] | None = None
"""Of a worker process: its rules and model, loaded once."""


def _begin(job: Job) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that was started decides when to stop
    tagger.use_threads(1)
    _worker = (Checker.of(job.settings), job)


def _work(shard: Shard) -> Part:
    if _worker is None:
        raise RuntimeError("a worker that was not begun")
    checker, job = _worker
    return work(checker, shard, job.kind, job.schema)
