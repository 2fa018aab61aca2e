"""How far one check has come, reported to whoever listens; where nobody does, nothing is counted."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The part of the whole, ``[low, low + width)`` of 0 to 1, that is under way, and who hears of it."""

    listener: Callable[[float], None]
    low: float
    width: float


_heard: ContextVar[_Stretch | None] = ContextVar("heard", default=None)


@contextmanager
def on_progress(listener: Callable[[float], None]) -> Iterator[None]:
    """Tell *listener* the share that is done, from 0 to below 1, whenever a step of `track` begins."""
    token = _heard.set(_Stretch(listener, 0.0, 1.0))
    try:
        yield
    finally:
        _heard.reset(token)


def track(things: Sequence[Thing]) -> Generator[Thing, None, None]:
    """Yield *things*, one step each; steps that are taken within a step divide it."""
    listener = _heard.get()
    if listener is None:
        yield from things
        return
    width = listener.width / max(1, len(things))
    try:
        for number, thing in enumerate(things):
            stretch = _Stretch(listener.listener, listener.low + number * width, width)
            listener.listener(stretch.low)
            _heard.set(stretch)
            yield thing
    finally:
        _heard.set(listener)
