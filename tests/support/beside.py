"""The processes that a run of the command begins, as the system lists them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60.0


def begun(arguments: list[str], folder: Path, **more: str) -> subprocess.Popen[bytes]:
    """Begin ``stilted`` in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "stilted", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **more},
        start_new_session=True,
    )


def family(process: subprocess.Popen[bytes]) -> dict[int, int]:
    """Return the processes of its session that live: number to parent."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,sess=,stat="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in listed.splitlines())
    return {
        int(pid): int(parent) for pid, parent, session, state in rows if int(session) == process.pid and state[0] != "Z"
    }


def workers(process: subprocess.Popen[bytes]) -> list[int]:
    """Return those that work for it: they are forked by a server that it began, or begun by it on other systems."""
    known = family(process)
    return [pid for pid, parent in known.items() if parent != process.pid and pid != process.pid and parent in known]


def is_alive(pid: int) -> bool:
    """Tell whether a process runs still; one that nobody has asked for its end does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, check=False).stdout
    return bool(state) and not state.startswith(b"Z")


def cpu_seconds(pid: int) -> int:
    """Return for how long a process has worked."""
    return int(subprocess.run(["ps", "-o", "cputimes=", "-p", str(pid)], capture_output=True, check=True).stdout)


def until(wanted: Callable[[], object]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not wanted():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)


def kill(pid: int) -> None:
    """Kill a process that may be gone already."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
