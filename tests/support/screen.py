"""A terminal to run code on."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import threading


def on_a_terminal(code: str, *, term: str = "xterm", stdout: bool = False, columns: int = 120) -> tuple[str, str]:
    """Run *code* with standard error, and if asked standard output, on a terminal; return (output, terminal)."""
    ours, terminal = pty.openpty()
    seen: list[bytes] = []

    def read() -> None:
        while True:
            try:
                data = os.read(ours, 65536)
            except OSError:  # Linux says so when the other end is closed
                return
            if not data:
                return
            seen.append(data)

    reader = threading.Thread(target=read)
    reader.start()
    environment = {**os.environ, "TERM": term, "COLUMNS": str(columns)}
    environment.pop("NO_COLOR", None)
    done = subprocess.run(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        stdout=terminal if stdout else subprocess.PIPE,
        stderr=terminal,
        env=environment,
        timeout=60,
        check=True,
    )
    os.close(terminal)
    reader.join(timeout=10)
    os.close(ours)
    return (done.stdout or b"").decode(), b"".join(seen).decode()


def plain(shown: str) -> str:
    """Return what was written to a terminal without its escape sequences."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
