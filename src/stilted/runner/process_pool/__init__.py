"""Processes that work beside this one: begun afresh, ended with it, replaced when they are killed.

Each has a pipe of its own, so that one that dies, even in the middle of a word, is known at once with what it was
working on, and disturbs no other. `concurrent.futures` has one pipe for all results: a process that is killed while it
writes a long one leaves everybody waiting for the rest.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Final, Generic, TypeVar

from stilted.rules import tagger

Result = TypeVar("Result")

_LIVES: Final = 3
"""Processes that a piece of work may cost before it is taken to be the reason."""
_NONE_TO_BE_HAD: Final = (OSError, EOFError, ImportError, RuntimeError)
"""What systems say that have no room for another process or file."""
_WARM: Final = "stilted.runner.process_pool.warm"
_GRACE: Final = 10.0
"""Seconds that a process may take to end by itself."""


class KilledError(Exception):
    """Every process that worked on a piece was killed."""


def count_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(eq=False, slots=True)
class Task(Generic[Result]):
    """A piece of work that was handed over. ``outcome`` is ``(True, result)`` or ``(False, error)`` when it is done."""

    arguments: tuple[Any, ...]
    outcome: tuple[bool, Any] | None = None
    deaths: int = 0

    @property
    def is_done(self) -> bool:
        """Tell whether there is a result."""
        return self.outcome is not None and self.outcome[0]


@dataclass(eq=False, slots=True)
class _Process(Generic[Result]):
    """A process, this end of its pipe, and what it is working on."""

    process: BaseProcess
    pipe: Connection[Any, Any]
    task: Task[Result] | None = None


class Workers(Generic[Result]):
    """A number of processes that do the same *work* on piece after piece; *begin* is called once in each.

    As a context manager it ends them: at once if it is left by an exception, such as Ctrl-C.
    """

    def __init__(self, number: int, work: Callable[..., Result], begin: Callable[[], None] | None = None) -> None:
        self.number = number
        self._work, self._begin = work, begin
        self._waiting: deque[Task[Result]] = deque()
        self._processes: list[_Process[Result]] = []

    def __enter__(self) -> Workers[Result]:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with put_off_interrupts():
            for one in self._processes:
                one.pipe.close()  # one that waits for work ends of itself
                if kind is not None:
                    one.process.terminate()
            for one in self._processes:
                one.process.join(_GRACE)
                if one.process.is_alive():
                    one.process.kill()
                    one.process.join()
            self._processes.clear()

    def submit(self, *arguments: Any) -> Task[Result] | None:
        """Hand over a piece of work; None where there are no processes to be had, and it is better done here."""
        task = Task[Result](arguments)
        if self.number < 2:
            return None
        self._waiting.append(task)
        self._receive(0)
        if not self._processes:
            self._waiting.remove(task)
            self.number = 1
            return None
        return task

    def result(self, task: Task[Result]) -> Result:
        """Return what became of a piece of work, or raise what it raised.

        Raises:
            KilledError: every process that worked on it was killed.
        """
        while task.outcome is None:
            self._receive(None)
            if not self._processes and task.outcome is None:  # none can be had any more
                task.outcome = self._do_here(task)
        fine, value = task.outcome
        if fine:
            return value  # type: ignore[no-any-return]
        raise value

    def _receive(self, patience: float | None) -> None:
        """Take what is done, waiting for it if need be, and give out what is waiting."""
        self._give()
        busy = {one.pipe: one for one in self._processes if one.task is not None}
        if busy:
            for pipe in wait(list(busy), patience):
                self._take(busy[pipe])  # type: ignore[index]
            self._give()

    def _take(self, one: _Process[Result]) -> None:
        task, one.task = one.task, None
        if task is None:
            return
        try:
            task.outcome = one.pipe.recv()
        except (EOFError, OSError):  # also in the middle of a result
            self._bury(one, task)
        except Exception as error:  # it came, and cannot be read
            task.outcome = (False, error)

    def _give(self) -> None:
        with put_off_interrupts():
            while self._waiting:
                idle = next((one for one in self._processes if one.task is None), None) or self._begin_another()
                if idle is None:
                    return
                idle.task = self._waiting.popleft()
                try:
                    idle.pipe.send(idle.task.arguments)
                except OSError:
                    self._bury(idle, idle.task)

    def _bury(self, one: _Process[Result], task: Task[Result]) -> None:
        """Let go of a process that died; what it was working on is the next to be given out."""
        self._processes.remove(one)
        one.pipe.close()
        one.process.join(_GRACE)
        task.deaths += 1
        if task.deaths < _LIVES:
            self._waiting.appendleft(task)
        else:
            task.outcome = (False, KilledError())

    def _begin_another(self) -> _Process[Result] | None:
        """Begin another process; None where there are enough, or none can be had."""
        if len(self._processes) >= self.number:
            return None
        ends: list[Connection[Any, Any]] = []
        try:
            context = _get_context(self._work.__module__)
            ends += context.Pipe()
            process = context.Process(target=_serve, args=(ends[1], self._work, self._begin), daemon=True)  # type: ignore[attr-defined]
            process.start()
        except _NONE_TO_BE_HAD:
            for end in ends:
                end.close()
            return None
        ends[1].close()  # so that the other end is the only one, and its end is noticed
        self._processes.append(_Process(process, ends[0]))
        return self._processes[-1]

    def _do_here(self, task: Task[Result]) -> tuple[bool, Any]:
        if task in self._waiting:
            self._waiting.remove(task)
        if task.deaths:
            return False, KilledError()
        if self._begin is not None:
            self._begin()
        try:
            return True, self._work(*task.arguments)
        except Exception as error:
            return False, error


def _get_context(home: str) -> BaseContext:
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


def _serve(pipe: Connection[Any, Any], work: Callable[..., Any], begin: Callable[[], None] | None) -> None:
    """Do the work that comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that was started decides when to stop
    threading.Thread(target=_end_with_parent, daemon=True).start()
    tagger.use_threads(1)
    if begin is not None:
        begin()
    with suppress(EOFError, OSError, MemoryError):  # whoever gave the work sees that its answer does not come
        while True:
            pipe.send(_answer(work, pipe.recv()))


def _answer(work: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, work(*arguments)
    except Exception as error:
        return False, error


def _end_with_parent() -> None:
    """End when the process that began this one is gone, however it ended: no message says so."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def put_off_interrupts() -> Iterator[None]:
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
