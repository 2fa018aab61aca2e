"""A whole file of rows, over worker processes: bounded memory, shards in any order, output in the order of the rows."""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, fields
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

from stilted import __version__
from stilted.core.bounded import read_bounded
from stilted.core.errors import UserError
from stilted.core.options import Settings
from stilted.formats import MAX_BYTES
from stilted.runner.batch.arrow import require_columns
from stilted.runner.batch.checkpoint import Parts
from stilted.runner.batch.inputs import (
    PARQUET,
    SHARD,
    Input,
    Shard,
    get_kind,
    is_as_it_was,
    open_input,
    read_shards,
    require_named,
)
from stilted.runner.batch.row_checker import Checker
from stilted.runner.batch.shard import Job, Part, judge_shard, make_killed_error, make_output_schema
from stilted.runner.cache import identify_program
from stilted.runner.process_pool import KilledError, Task, Workers, count_cores

_AHEAD: Final = 2
"""Shards a worker has waiting: enough that none is idle, few enough that memory stays flat."""

Engine = Callable[[Job, Iterator[tuple[int, Shard]]], Generator[tuple[int, Part], None, None]]
"""Works on shards and yields their parts in any order."""


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
        started, advanced: called with how many shards there are and are done, and of each that is.

    Raises:
        UserError: a file cannot be read or written, its columns do not fit, another run is at it, an unfinished one was
            over other rows or settings, the rows changed meanwhile, or a worker was killed.
    """
    named = dict(columns or {})
    given = open_input(source)
    require_named(given, named)
    if given.schema is not None:
        require_columns([named.get(name, name) for name in given.schema.names], str(source))
    kind = get_kind(output)
    output = Path(os.path.realpath(output))  # a link stays one
    if source.resolve() == output:
        raise UserError("the output is the input", str(output), "Name another file.")
    Checker.of(settings)  # a faulty setting is reported here, not by every worker
    schema = make_output_schema(given.schema, named) if kind == PARQUET else None
    job = Job(settings, kind, schema, named, workers or count_cores())
    parts = Parts(output, kind, schema)
    with parts.opened(_describe_job(given, named, kind, settings), restart=restart):
        resumed = len(parts.done)
        started(given.shards, resumed)
        left = ((number, shard) for number, shard in read_shards(given, named) if number not in parts.done)
        with closing((engine or work_in_processes)(job, left)) as done:
            for number, part in done:
                parts.add(number, part.data, part.errors)
                advanced(number)
        _require_as_it_was(given, parts)
        errors = parts.assemble(given.shards)
    return Done(given.rows, errors, min(resumed * SHARD, given.rows))


def _require_as_it_was(given: Input, parts: Parts) -> None:
    """Refuse rows that were written while they were read, and forget what came of them; raises `UserError`."""
    if not is_as_it_was(given):
        parts.drop()
        hint = "Run it again when nobody writes them; nothing of this run is kept."
        raise UserError("the rows have changed while they were read", str(given.path), hint)


def _describe_job(given: Input, columns: Mapping[str, str], kind: str, settings: Settings) -> dict[str, Any]:
    """Return all that the output depends on."""
    chosen = {
        field.name: getattr(settings, field.name)
        for field in fields(settings)
        if field.name not in ("gate", "gate_given")
    }
    for name in ("packs", "glossary"):
        files = (read_bounded(Path(path), name, MAX_BYTES) for path in chosen[name])
        chosen[name] = [hashlib.sha256(data).hexdigest() for data in files]
    return {
        "stilted": f"{__version__} {identify_program().hex()}",
        "rows": given.digest,
        "columns": dict(sorted(columns.items())),
        "shard": SHARD,
        "format": kind,
        "settings": json.loads(json.dumps(chosen, default=str)),
    }


def work_in_processes(job: Job, left: Iterator[tuple[int, Shard]]) -> Generator[tuple[int, Part], None, None]:
    """Work on shards in processes of this machine, few read ahead of them; with one worker, in this process.

    Raises:
        UserError: a shard kills every worker that it is given to.
    """
    with Workers(job.workers, _work, partial(_begin, job)) as workers:
        waiting: deque[tuple[int, Shard, Task[Part] | None]] = deque()
        for number, shard in left:
            waiting.append((number, shard, workers.submit(shard)))
            if len(waiting) > workers.number * _AHEAD or workers.number == 1:
                yield _finish(workers, job, *waiting.popleft())
        while waiting:
            yield _finish(workers, job, *waiting.popleft())


def _finish(workers: Workers[Part], job: Job, number: int, shard: Shard, task: Task[Part] | None) -> tuple[int, Part]:
    if task is None:
        return number, judge_shard(_get_checker(job.settings), shard, job)
    try:
        return number, workers.result(task)
    except KilledError as error:
        raise make_killed_error(number) from error


@lru_cache(maxsize=1)
def _get_checker(settings: Settings) -> Checker:
    return Checker.of(settings)


_job: Job | None = None
"""Of a worker process: what it was given when it began."""


def _begin(job: Job) -> None:
    global _job
    _job = job
    _get_checker(job.settings)


def _work(shard: Shard) -> Part:
    if _job is None:
        raise RuntimeError("a worker that was not begun")
    return judge_shard(_get_checker(_job.settings), shard, _job)
