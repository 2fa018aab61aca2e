"""Many files over all cores: reports in the order of the files, from the cache where nothing has changed.

Files travel to workers as bytes, so that what is checked is what the key of the cache was made of. A worker keeps rules
and model; few results are waiting at any time.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stilted import api, formats
from stilted.core.bounded import read_bounded
from stilted.core.errors import UserError, is_debugging, make_internal_error
from stilted.core.model import Analysis, Report, Rule
from stilted.core.options import Settings, make_settings
from stilted.pipeline import run
from stilted.runner import cache as caching
from stilted.runner.cache import Cache
from stilted.runner.process_pool import KilledError, Task, Workers, count_cores
from stilted.runner.report_codec import dumps, loads

WORTH_IT: Final = 150_000
"""Bytes to check from which more processes than one save more time than they take to begin."""

_AHEAD: Final = 16
"""Files a worker has waiting at most: enough that one long file does not make the others idle."""
_HELD: Final = 32_000_000
"""Bytes that may wait beyond a file a worker."""

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
        return make_settings(**dict(self.options))

    def size(self) -> int:
        """Return the bytes of all that is read."""
        return sum(len(side[1]) for side in (self.target, self.reference, self.source) if side is not None)

    def key(self) -> str | None:
        """Return the key of its report: all that the report depends on; None where that cannot be read."""
        try:
            chosen = self.settings()
            files = [read_bounded(Path(path), "file", formats.MAX_BYTES) for path in (*chosen.packs, *chosen.glossary)]
        except (UserError, OSError, ValueError):  # whoever checks the file will say so
            return None
        description = json.dumps(
            [self.form, repr(chosen), [s and s[0] for s in (self.target, self.reference, self.source)]]
        )
        sides = [b"-" if side is None else b"+" + side[1] for side in (self.target, self.reference, self.source)]
        return caching.make_key([description.encode(), *sides, *files])


def analyse(job: Job) -> Analysis:
    """Analyse one file here and now; raises `UserError` where it cannot be read or checked."""
    target = formats.parse(job.target[1], job.target[0], "translation", job.form)
    beside = (
        None if side is None else formats.parse(side[1], side[0], role)
        for role, side in (("reference", job.reference), ("source", job.source))
    )
    return api.analyse_parsed(job.settings(), target, *beside)


def analyse_all(
    jobs: Iterable[Job | UserError], *, workers: int = 0, cache: Cache | None = None
) -> Generator[Analysis | UserError, None, None]:
    """Yield the report of every job, or the error that stands in its place, in the order of the jobs.

    Left before its end, for instance by Ctrl-C, it ends its processes and keeps what they have done.

    Args:
        jobs: taken one after the other, only a few ahead of what has been yielded; errors are passed on.
        workers: processes; with 1 everything happens in this one, 0 is one a core as soon as there is work enough.
        cache: where reports are kept, None for nowhere.
    """
    with ExitStack() as stack:
        queue = _Queue(stack.enter_context(Workers(workers or count_cores(), _work)), 0 if workers else WORTH_IT, cache)
        stack.callback(queue.save)
        for job in jobs:
            queue.add(job)
            while queue.is_full():
                yield queue.next()
        while queue.waiting:
            yield queue.next()


def report_all(
    jobs: Iterable[Job | UserError], *, workers: int = 0, cache: Cache | None = None
) -> Generator[Report | UserError, None, None]:
    """Yield what `analyse_all` does, each judged by the gate of its own job."""
    choices: deque[Settings | None] = deque()

    def note_jobs() -> Iterator[Job | UserError]:
        for job in jobs:
            choices.append(_read_settings(job))
            yield job

    with closing(analyse_all(note_jobs(), workers=workers, cache=cache)) as outcomes:
        for each in outcomes:
            chosen = choices.popleft()
            if isinstance(each, UserError):
                yield each
            elif chosen is not None:
                yield run.finish(each, chosen)


def _read_settings(job: Job | UserError) -> Settings | None:
    if isinstance(job, UserError):
        return None
    try:
        return job.settings()
    except UserError:  # whoever analyses the file will say so
        return None


@dataclass(slots=True)
class _Pending:
    """A job on its way: what is known of it already, or who works on it; neither, and it is still to be done."""

    job: Job | UserError
    key: str | None = None
    known: bytes | None = None
    task: Task[bytes] | None = None
    size: int = 0


class _Queue:
    """Jobs in their order, of which the first is due next."""

    def __init__(self, workers: Workers[bytes], least: int, cache: Cache | None) -> None:
        self.waiting: deque[_Pending] = deque()
        self._workers, self._cache = workers, cache
        self._least, self._work, self._held = least, 0, 0
        self._jobs = 0

    def add(self, job: Job | UserError) -> None:
        """Take one more job; it is begun at once where there is work enough for several processes."""
        if isinstance(job, UserError):
            self.waiting.append(_Pending(job))
            return
        pending = _Pending(job, job.key() if self._cache else None, size=job.size())
        if self._cache and pending.key:
            pending.known = self._cache.get(pending.key)
        self.waiting.append(pending)
        self._held += pending.size
        if pending.known is None:
            self._work += pending.size
            self._jobs += 1
            # One alone is better checked here, however long: with all threads, and telling how far it is.
            if self._work >= self._least and (self._jobs > 1 or not self._least):
                self._begin()

    def _begin(self) -> None:
        for pending in self.waiting:
            if pending.task is None and pending.known is None and isinstance(pending.job, Job):
                pending.task = self._workers.submit(pending.job)

    def is_full(self) -> bool:
        """Tell whether the first job must be finished before another is taken."""
        number, most = len(self.waiting), self._workers.number
        return number > most * _AHEAD or (self._held > _HELD and number > most) or (most == 1 and number > 0)

    def next(self) -> Analysis | UserError:
        """Return what became of the first job."""
        pending = self.waiting[0]
        try:
            outcome: Analysis | UserError = self._make_report(pending)
        except Exception as error:  # whatever goes wrong with a file is its own affair, and the others are checked
            outcome = _explain_fault(pending.job, error)
        self.waiting.popleft()
        self._held -= pending.size
        return outcome

    def _make_report(self, pending: _Pending) -> Analysis:
        job = pending.job
        if isinstance(job, UserError):
            raise job
        if pending.known is not None:
            with suppress(ValueError):  # of another make, by a key that should have told them apart
                return loads(pending.known, _get_rules(job), doubted=True)
        if pending.task is None:
            report = analyse(job)
            self._keep(pending, dumps(report) if pending.key else b"")
            return report
        data = self._workers.result(pending.task)
        self._keep(pending, data)
        return loads(data, _get_rules(job))

    def _keep(self, pending: _Pending, data: bytes) -> None:
        """Keep a report, unless a pack or glossary was changed while it was made."""
        if self._cache and pending.key and isinstance(pending.job, Job) and pending.job.key() == pending.key:
            self._cache.put(pending.key, data)

    def save(self) -> None:
        """Keep what is done and will not be asked for any more."""
        for pending in self.waiting:
            if pending.task and pending.task.is_done:
                self._keep(pending, self._workers.result(pending.task))


def _explain_fault(job: Job | UserError, error: Exception) -> UserError:
    """Say why there is no report."""
    if isinstance(error, UserError) or isinstance(job, UserError):
        return error if isinstance(error, UserError) else UserError(str(error))
    name = job.target[0]
    if isinstance(error, KilledError):
        return UserError("the process that checked it was killed", name, "It may need more memory than there is.")
    if isinstance(error, MemoryError):
        return UserError("it needs more memory than there is", name, "Split the file, or use fewer --workers.")
    if is_debugging():
        raise error
    return make_internal_error(error, name)


def _get_rules(job: Job) -> Mapping[str, Rule]:
    return _load_rules(job.settings())


@lru_cache(maxsize=8)
def _load_rules(chosen: Settings) -> Mapping[str, Rule]:
    return {rule.id: rule for rule in api.list_rules(chosen)}


def _work(job: Job) -> bytes:
    try:
        return dumps(analyse(job))
    except Exception as error:  # of a kind that can travel
        raise _explain_fault(job, error) from error
