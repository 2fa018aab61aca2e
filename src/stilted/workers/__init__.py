"""Processes that work beside this one: begun afresh, ended with it, replaced when they are killed.

A pool of `concurrent.futures` is lost as a whole when one of its processes dies, and nobody can tell whose work it died
of. So what may have been under way is done again with a process to itself for each piece, and all else by a new pool: a
piece that kills its process is known, and stops nothing but itself.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from stilted import tagger

Result = TypeVar("Result")

_NONE_TO_BE_HAD: Final = (OSError, EOFError, ImportError, NotImplementedError, RuntimeError)
"""What systems say that have no semaphores, or no room for another process or thread."""

_WARM: Final = "stilted.workers.warm"


class KilledError(Exception):
    """The process that worked on a piece was killed, also when it had a process to itself."""


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(eq=False, slots=True)
class Task(Generic[Result]):
    """A piece of work that was handed over; without a future it waits for a process to itself."""

    arguments: tuple[Any, ...]
    future: Future[Result] | None = None

    @property
    def is_lost(self) -> bool:
        """Tell whether it was in a pool that is lost."""
        return isinstance(_end(self.future), BrokenProcessPool)

    @property
    def is_done(self) -> bool:
        """Tell whether `Workers.result` answers at once, and with a result."""
        return self.future is not None and self.future.done() and _end(self.future) is None


def _end(future: Future[Any] | None) -> BaseException | None:
    """Return what a piece of work ended in, None if in a result, or not at all."""
    if future is None or not future.done():
        return None
    return CancelledError() if future.cancelled() else future.exception()


class Workers(Generic[Result]):
    """A number of processes that do the same *work* on piece after piece; *begin* is called once in each.

    As a context manager it ends them: at once if it is left by an exception, such as Ctrl-C.
    """

    def __init__(self, number: int, work: Callable[..., Result], begin: Callable[[], None] | None = None) -> None:
        self.number = number
        self._work, self._begin = work, begin
        self._pool: _Processes | None = None
        self._open: dict[Task[Result], None] = {}

    def __enter__(self) -> Workers[Result]:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is not None:
            self._pool.end(at_once=kind is not None)
            self._pool = None

    def submit(self, *arguments: Any) -> Task[Result] | None:
        """Hand over a piece of work; None where there are no processes to be had, and it is better done here."""
        task = Task[Result](arguments)
        if self.number < 2 or not self._send(task):
            self.number = 1
            return None
        self._open[task] = None
        return task

    def _send(self, task: Task[Result]) -> bool:
        try:
            with uninterrupted():
                self._pool = self._pool or _Processes(self.number, self._work.__module__, self._begin)
                task.future = self._pool.executor.submit(self._work, *task.arguments)
        except BrokenProcessPool as error:  # whoever wants a result will see to it
            task.future = Future()
            task.future.set_exception(error)
        except _NONE_TO_BE_HAD:
            return False
        return True

    def result(self, task: Task[Result]) -> Result:
        """Return what became of a piece of work, or raise what it raised.

        Raises:
            KilledError: its process was killed, and so was one that it had to itself.
        """
        try:
            while task.future is not None:
                try:
                    return task.future.result()
                except BrokenProcessPool:
                    self._mend()
            return self._alone(task)
        finally:
            self._open.pop(task, None)

    def _mend(self) -> None:
        """Begin anew with all that was lost, without what may have been under way.

        A pool works in the order of its tasks, so that was among the first; some may have been done and not yet told.
        """
        if self._pool is not None:
            self._pool.end(at_once=True)
            self._pool = None
        lost = [task for task in self._open if task.is_lost]
        for place, task in enumerate(lost):
            task.future = None
            if place >= 2 * self.number:
                self._send(task)

    def _alone(self, task: Task[Result]) -> Result:
        with uninterrupted():
            own = _Processes(1, self._work.__module__, self._begin)
        at_once = True
        try:
            with uninterrupted():
                future = own.executor.submit(self._work, *task.arguments)
            found = future.result()
            at_once = False
            return found
        except BrokenProcessPool as error:
            raise KilledError from error
        finally:
            own.end(at_once)


class _Processes:
    """A pool, and which processes are its own."""

    def __init__(self, number: int, home: str, begin: Callable[[], None] | None) -> None:
        self._others = set(multiprocessing.active_children())
        self.executor = ProcessPoolExecutor(number, _context(home), _begun, (begin,))

    def end(self, at_once: bool) -> None:
        """End the processes: when they have done what they are at, or at once."""
        with uninterrupted():
            if at_once:
                for process in set(multiprocessing.active_children()) - self._others:
                    process.terminate()
            self.executor.shutdown(wait=True, cancel_futures=True)


def _context(home: str) -> multiprocessing.context.BaseContext:
    """Return how processes are begun: afresh, so that no lock or thread of this one comes along.

    Where there is a server that they are forked from, it has read the rules and the module *home* already, and no
    Ctrl-C reaches it or them.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_WARM, home])
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # again: the tracker has let it through
    forkserver.ensure_running()
    return context


def _begun(begin: Callable[[], None] | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that was started decides when to stop
    threading.Thread(target=_end_with_parent, daemon=True).start()
    tagger.use_threads(1)
    if begin is not None:
        begin()


def _end_with_parent() -> None:
    """End when the process that began this one is gone, however it went: nobody else would say so."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off to the end of this; processes that are begun in it never see any."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    has_mask = hasattr(signal, "pthread_sigmask")
    if has_mask:
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if has_mask:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
        if came:
            signal.raise_signal(signal.SIGINT)
