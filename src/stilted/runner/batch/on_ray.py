"""The same shards over a Ray cluster: actors load rules and model once, and one that dies is replaced.

What a shard becomes does not depend on where it is worked on, so the output is that of a single machine.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from stilted.core.errors import UserError, explain_refusal
from stilted.rules import tagger
from stilted.runner.batch.inputs import Shard
from stilted.runner.batch.row_checker import Checker
from stilted.runner.batch.shard import Job, Part, judge_shard, make_killed_error

if TYPE_CHECKING:
    from stilted.runner.batch.run import Engine

_AHEAD: Final = 2
_RESTARTS: Final = 99
_RETRIES: Final = 9
"""How often an actor is begun again, and a shard given to it: machines come and go, but the shard may be why."""


class Worker:
    """Judges shards; an actor of Ray."""

    def __init__(self, job: Job) -> None:
        tagger.use_threads(1)
        self._job = job
        self._checker = Checker.of(job.settings)

    def work(self, shard: Shard) -> Part:
        """Return the part that a shard becomes."""
        return judge_shard(self._checker, shard, self._job)


def start_cluster(address: str | None) -> Engine:
    """Return the engine that works on a Ray cluster; without an *address*, one that is started on this machine.

    Raises:
        UserError: ray is not installed, or the cluster cannot be reached.
    """
    try:
        import ray
    except ImportError as error:
        raise UserError("ray is not installed", "--engine ray", "Run: pip install 'stilted[ray]'") from error

    if address:
        _require_reachable(address)
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing here calls home unless it is told to

    def engine(job: Job, left: Iterator[tuple[int, Shard]]) -> Generator[tuple[int, Part], None, None]:
        try:
            cores = None if address else job.workers
            ray.init(
                address=address,
                num_cpus=cores,
                include_dashboard=False,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        except (ConnectionError, RuntimeError, ValueError) as error:
            reason = str(error).split("\n")[0]
            raise UserError(f"no Ray cluster: {reason}", "--address", "Start one with 'ray start --head'.") from error
        try:
            yield from _work(ray, job, left)
        finally:
            ray.shutdown()

    return engine


def _require_reachable(address: str) -> None:
    """Raise `UserError` where nothing listens at ``host:port``; Ray itself tries for minutes."""
    place = urlsplit(address if "://" in address else f"ray://{address}")
    try:
        if place.hostname is None or place.port is None:  # such as "auto", which Ray finds by itself
            return
        socket.create_connection((place.hostname, place.port), timeout=10).close()
    except (OSError, ValueError) as error:
        what = f"no Ray cluster: {explain_refusal(error)}"
        raise UserError(what, f"--address {address}", "Start one with 'ray start --head'.") from error


def _work(ray: Any, job: Job, left: Iterator[tuple[int, Shard]]) -> Generator[tuple[int, Part], None, None]:
    """Keep every actor busy with a few shards; yield parts as they are done.

    Raises:
        UserError: the actors that a shard is given to die, one after the other.
    """
    actor = ray.remote(max_restarts=_RESTARTS, max_task_retries=_RETRIES, num_cpus=1)(Worker)
    free = [worker for worker in [actor.remote(job) for _ in range(job.workers)] for _ in range(_AHEAD)]
    running: dict[Any, tuple[int, Any]] = {}
    more = True
    while more or running:
        while more and free:
            taken = next(left, None)
            more = taken is not None
            if taken is not None:
                worker = free.pop(0)
                running[worker.work.remote(taken[1])] = (taken[0], worker)
        for done in ray.wait(list(running), num_returns=1)[0] if running else ():
            number, worker = running.pop(done)
            free.append(worker)
            try:
                part = ray.get(done)
            except ray.exceptions.RayActorError as error:
                raise make_killed_error(number) from error
            yield number, part
