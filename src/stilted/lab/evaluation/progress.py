"""A progress bar on standard error, only where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int], None]


class Progress:
    """Shows what is being done; silent when *show* is False."""

    def __init__(self, show: bool | None = None) -> None:
        self._show = sys.stderr.isatty() if show is None else show

    @contextmanager
    def task(self, label: str, total: int) -> Iterator[Advance]:
        """Yield a function to call with how many further steps of *total* are done."""
        if not self._show:
            yield lambda _: None
            return
        from rich.console import Console
        from rich.progress import Progress as Bar

        with Bar(console=Console(stderr=True), transient=True) as bar:
            number = bar.add_task(label, total=total)
            yield lambda steps: bar.advance(number, steps)
