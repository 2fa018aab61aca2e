"""What is read, and what is remembered, up to a bound: no file and no text takes all the memory there is."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from stilted.core.errors import UserError

Value = TypeVar("Value")

_PIECE = 1 << 20
"""Bytes that are asked for at once: a buffer for the largest file is more than a limit on memory may allow."""

_SUBSTITUTED = ("/dev/fd/", "/proc/")
"""Where shells put the pipe of ``<(command)``, at whose other end somebody writes."""


def read_bounded(path: Path, role: str, most: int) -> bytes:
    """Return the bytes of a file that says how something is checked: a pack, a list, a configuration.

    Args:
        role: what the file is to the user ("pack", "baseline"), for messages. most: bytes it may have.

    Raises:
        OSError, ValueError: it cannot be opened or read.
        UserError: it is larger, or no file at all: a pipe may never end, and a device is without end.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(21, "Is a directory")
        if stat.S_ISFIFO(status.st_mode) and os.path.abspath(path).startswith(_SUBSTITUTED):
            os.set_blocking(file.fileno(), True)
        elif not stat.S_ISREG(status.st_mode):
            raise UserError(f"the {role} is a pipe or a device", str(path), "Name a file on the disk.")
        data = bytearray()
        while len(data) <= most and (piece := file.read(min(_PIECE, most + 1 - len(data)))):
            data += piece
    if len(data) > most:
        raise UserError(f"the {role} is larger than {most:,} bytes", str(path), "Split it, or name another file.")
    return bytes(data)


def remember(characters: int) -> Callable[[Callable[[str], Value]], TextCache[Value]]:
    """Decorate a function of one text: what it has made is remembered, see `TextCache`."""
    return lambda function: TextCache(function, characters)


class TextCache(Generic[Value]):
    """Remembers what a function has made of texts, up to so many characters: entries say nothing of memory.

    What was asked for lately is kept: when half the room is full, what is older than that half goes.
    """

    def __init__(self, function: Callable[[str], Value], characters: int) -> None:
        self._function = function
        self._room = characters // 2
        self._young: dict[str, Value] = {}
        self._old: dict[str, Value] = {}
        self._held = 0

    def __call__(self, text: str) -> Value:
        """Return what the function makes of *text*."""
        try:
            return self._young[text]
        except KeyError:
            pass
        old = self._old  # another thread may put another one in its place meanwhile
        value = old[text] if text in old else self._function(text)
        if len(text) <= self._room:
            self._held += len(text)
            if self._held > self._room:
                self._old, self._young, self._held = self._young, {}, len(text)
            self._young[text] = value
        return value

    def __len__(self) -> int:
        """Return how many characters are held, those held twice counted twice."""
        return sum(map(len, self._young)) + sum(map(len, self._old))
