"""Many files over all cores: reports in the order of the files, from the cache where nothing has changed.

Files travel to workers as bytes, so that what is checked is what the key of the cache was made of. A worker keeps rules
and model; few results are waiting at any time.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stilted import api, formats, tagger
from stilted import cache as caching
from stilted.api import Report
from stilted.cache import Cache
from stilted.errors import UserError
from stilted.model import Rule
from stilted.settings import Settings, settings
from stilted.shelf import packed, unpacked

WORTH_IT: Final = 150_000
"""Bytes of translation from which more processes than one save more time than they take to begin."""

_AHEAD: Final = 2

Source = tuple[str, bytes]
"""Name and bytes of a file."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to check, with what it stands against and how."""

    target: Source
    reference: Source | None
    source: Source | None
    form: str | None
    options: tuple[tuple[str, Any], ...]

    def settings(self) -> Settings:
        """Return the options as settings; raises `UserError` where they do not fit."""
        return settings(**dict(self.options))

    def key(self) -> str:
        """Return the key of its report: all that the report depends on."""
        chosen = self.settings()
        files = [Path(path).read_bytes() for path in (*chosen.packs, *chosen.glossary) if Path(path).is_file()]
        told = json.dumps([self.form, repr(chosen), [s and s[0] for s in (self.target, self.reference, self.source)]])
        sides = [b"-" if side is None else b"+" + side[1] for side in (self.target, self.reference, self.source)]
        return caching.key([told.encode(), *sides, *files])


def check(job: Job) -> Report:
    """Check one file here and now; raises `UserError` where it cannot be judged."""
    target = formats.parse(job.target[1], job.target[0], "translation", job.form)
    beside = (
        None if side is None else formats.parse(side[1], side[0], role)
        for role, side in (("reference", job.reference), ("source", job.source))
    )
    return api.check_parsed(target, *beside, **dict(job.options))


def reports(
    jobs: Iterable[Job | UserError], *, workers: int = 1, cache: Cache | None = None
) -> Generator[Report | UserError, None, None]:
    """Yield the report of every job, or the error that stands in its place, in the order of the jobs.

    Args:
        jobs: taken one after the other, only a few ahead of what has been yielded; errors are passed on.
        workers: processes; with 1 everything happens in this one. cache: where reports are kept, None for nowhere.
    """
    with ExitStack() as stack:
        pool = stack.enter_context(_Workers(workers)) if workers > 1 else None
        waiting: deque[_Pending] = deque()
        for job in jobs:
            waiting.append(_begun(job, pool, cache))
            if len(waiting) > workers * _AHEAD or pool is None:
                yield _finished(waiting.popleft(), pool, cache)
        while waiting:
            yield _finished(waiting.popleft(), pool, cache)


@dataclass(slots=True)
class _Pending:
    """A job on its way: what is known of it already, or the worker's promise."""

    job: Job | UserError
    key: str = ""
    known: bytes | None = None
    future: Future[bytes] | None = None


def _begun(job: Job | UserError, pool: _Workers | None, cache: Cache | None) -> _Pending:
    if isinstance(job, UserError):
        return _Pending(job)
    try:
        name = job.key() if cache else ""
    except (UserError, OSError) as error:
        return _Pending(error if isinstance(error, UserError) else UserError(str(error), job.target[0]))
    known = cache.get(name) if cache else None
    return _Pending(job, name, known, pool.submit(job) if pool and known is None else None)


def _finished(pending: _Pending, pool: _Workers | None, cache: Cache | None) -> Report | UserError:
    job = pending.job
    if isinstance(job, UserError):
        return job
    if pending.known is not None:
        try:
            return unpacked(pending.known, _rules(job.settings()))
        except ValueError:  # of another version, by a key that should have told them apart
            pending.future = None
    found = _checked(job) if pool is None or pending.future is None else pool.result(pending.future, job)
    if cache and not isinstance(found, UserError):
        cache.put(pending.key, packed(found))
    return found


def _checked(job: Job) -> Report | UserError:
    try:
        return check(job)
    except UserError as error:
        return error


@lru_cache(maxsize=8)
def _rules(chosen: Settings) -> Mapping[str, Rule]:
    return {rule.id: rule for rule in api.rules(chosen)}


class _Workers:
    """Processes that check files; when one dies, what was under way is done again, file by file, each in its own."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, job: Job) -> Future[bytes] | None:
        """Promise the report of a job; None where no worker can be had."""
        try:
            self._pool = self._pool or _pool(self._number)
            return self._pool.submit(_work, job)
        except BrokenProcessPool:
            self._pool = _pool(self._number)
            return self._pool.submit(_work, job)

    def result(self, future: Future[bytes], job: Job) -> Report | UserError:
        """Return the report of a job, or the error that stands in its place."""
        try:
            data = future.result()
        except BrokenProcessPool:
            try:
                with _alone() as alone:
                    data = alone.submit(_work, job).result()
            except BrokenProcessPool:
                hint = "It may need more memory than there is; split the file."
                return UserError("the process that checked it was killed", job.target[0], hint)
        return unpacked(data, _rules(job.settings()))


@contextmanager
def _alone() -> Iterator[ProcessPoolExecutor]:
    pool = _pool(1)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(number: int) -> ProcessPoolExecutor:
    """Return processes that are begun afresh, so that no lock or thread of this one comes along."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(number, mp_context=context, initializer=_begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that was started decides when to stop
    tagger.use_threads(1)


def _work(job: Job) -> bytes:
    return packed(_checked(job))


def workers_for(size: int, files: int, asked: int = 0) -> int:
    """Return how many processes to use: those *asked* for, else one a core where there is work enough for it."""
    if asked:
        return min(asked, max(files, 1))
    return min(os.cpu_count() or 1, files) if files > 1 and size >= WORTH_IT else 1
