"""How far a long run has come, on standard error and only where that is a terminal somebody may be looking at."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.progress import Progress, ProgressColumn, Task

DELAY: Final = 1.0
"""Seconds a run takes before it is called long; a shorter one shows nothing and does not import rich."""

_NAME: Final = 40
"""Columns that a name takes at most; on a narrow terminal, as many as the figures leave."""


class Meter:
    """Counts what is done. This one shows nothing: it stands where nobody looks."""

    def advance(self, name: str) -> None:
        """Note that one more is done, the one called *name*."""

    def within(self, share: float) -> None:
        """Note that this share, from 0 to 1, of the piece that is under way is done."""

    @contextmanager
    def hide(self) -> Iterator[None]:
        """Take the display away while something else is printed to the same terminal."""
        yield


class _Bar(Meter):
    """A bar that appears when the run turns out to be long, from a thread of its own: one file may take minutes.

    A lock keeps the late start, the end and the hiding apart; everything about the display happens under it.
    """

    def __init__(self, total: int, what: str) -> None:
        self._total, self._what = total, what
        self._done, self._share, self._name = 0, 0.0, ""
        self._bar: Progress | None = None
        self._task: Task | None = None
        self._away = self._ended = False
        self._lock = threading.RLock()
        self._timer = threading.Timer(DELAY, self._appear)
        self._timer.daemon = True
        self._timer.start()

    def advance(self, name: str) -> None:
        from stilted.core.foreign import clean

        with self._lock:
            self._done, self._share, self._name = self._done + 1, 0.0, clean(name)
            self._show()

    def within(self, share: float) -> None:
        with self._lock:
            self._share = share
            self._show()

    def _show(self) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task.id, completed=self._done + self._share, name=self._name)

    @contextmanager
    def hide(self) -> Iterator[None]:
        with self._lock:
            self._away = True
            if self._bar is not None:
                self._bar.stop()
        try:
            yield
        finally:
            with self._lock:
                self._away = False
                if self._bar is not None:
                    self._bar.start()

    def end(self) -> None:
        """Take the display away for good."""
        self._timer.cancel()
        with self._lock:
            self._ended = True
            if self._bar is not None:
                self._bar.stop()

    def _appear(self) -> None:
        bar = _make_bar()  # rich is imported before the lock is taken, so that the run need not wait for it
        with self._lock:
            if self._ended:
                return
            number = bar.add_task(self._what, total=self._total, completed=0, name=self._name)
            self._bar, self._task = bar, bar.tasks[0]
            # The clock started with the run, not with the display: rate and time left count from there.
            self._task.start_time = bar.get_time() - DELAY
            bar.update(number, completed=self._done + self._share)
            if not self._away:
                bar.start()


def _cut_to_end(name: str, width: int) -> str:
    """Return at most *width* columns of a name: its last part, which tells files apart better than the first."""
    from rich.cells import cell_len

    if cell_len(name) <= width:
        return name
    name = name[max(len(name) - width, 0) :]
    while name and cell_len(name) >= width:
        name = name[1:]
    return f"…{name}" if width > 0 else ""


def _make_bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn
    from rich.table import Column

    columns: tuple[str | ProgressColumn, ...] = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24, table_column=Column(no_wrap=True)),
        TaskProgressColumn(),
        MofNCompleteColumn(table_column=Column(no_wrap=True)),
        *_make_columns(),
    )
    # Standard output is the caller's, be it a file or this terminal: the display must not swallow it.
    return Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
    )


def _make_columns() -> tuple[ProgressColumn, ...]:
    """Return the pace and the name; the table takes from the name alone what is too wide, since only that may wrap."""
    from rich.cells import cell_len
    from rich.measure import Measurement
    from rich.progress import ProgressColumn
    from rich.table import Column
    from rich.text import Text

    class Pace(ProgressColumn):
        """Draws what `describe_pace` says of a task."""

        def render(self, task: Task) -> Text:
            return Text(describe_pace(task.completed, int(task.total or 0), task.elapsed or 0.0))

    class Cut:
        """A name as wide as there is room for."""

        def __init__(self, name: str) -> None:
            self._name = name

        def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
            yield Text(_cut_to_end(self._name, options.max_width), no_wrap=True)

        def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
            wide = cell_len(_cut_to_end(self._name, min(_NAME, options.max_width)))
            return Measurement(min(wide, 1), wide)

    class Name(ProgressColumn):
        """Draws the name of what was done last."""

        def render(self, task: Task) -> Cut:
            return Cut(task.fields["name"])

    return Pace(Column(no_wrap=True)), Name()


def describe_pace(done: float, total: int, seconds: float) -> str:
    """Return how fast it goes, over the whole run so far, and how long the rest will take at that rate.

    Args:
        done: pieces done, with the share of the one under way. total: pieces there are. seconds: what those done took.
    """
    if not done or seconds <= 0:
        return "…"
    rate = done / seconds
    speed = f"{rate:.1f} a second" if rate >= 1 else f"{1 / rate:.1f} s each"
    left = round(max(0, total - done) / rate)
    hours, minutes = divmod(left // 60, 60)
    clock = f"{hours}:{minutes:02}:{left % 60:02}" if hours else f"{minutes}:{left % 60:02}"
    return f"{speed}, {clock} left"


def _is_watched() -> bool:
    """Tell whether standard error is a terminal that can redraw a line."""
    try:
        is_terminal = sys.stderr is not None and sys.stderr.isatty()
    except ValueError:  # it was closed
        return False
    return is_terminal and os.environ.get("TERM") != "dumb"


@contextmanager
def show_meter(total: int, what: str, *, quiet: bool = False) -> Iterator[Meter]:
    """Show how many of *total* pieces are done, with rate and time left, once the run has taken `DELAY` seconds.

    Nothing is shown, nothing is started and rich is not imported when standard error is no terminal, when
    ``TERM`` is ``dumb``, or when *quiet* is set. What was shown is gone at the end.

    Args:
        total: how many times `Meter.advance` will be called.
        what: what is being done, a word or two, e.g. ``checking``.
    """
    if quiet or not _is_watched():
        yield Meter()
        return
    bar = _Bar(total, what)
    try:
        yield bar
    finally:
        bar.end()
