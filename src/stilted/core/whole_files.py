"""Files that are there whole or not at all, written past whatever lies in their folder already.

What is not done yet lies beside its target under a name of its own, which must be new: mode ``x`` follows no link that
was planted there. Whoever writes it holds a lock on it, so that what a killed run has left can be told from what is
being written, and is removed by the next run that writes into the folder.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

_PART: Final = re.compile(r"\.stilted-[0-9a-f]+\.part")


def create_anew(path: Path) -> BinaryIO:
    """Open a file for writing in a folder of our own: what an earlier run has left there, or a link, goes first.

    Raises:
        OSError: it cannot be made.
    """
    path.unlink(missing_ok=True)
    return path.open("xb")


def open_lock(path: Path) -> BinaryIO:
    """Open a file to hold a lock on; what is in it stays.

    Raises:
        OSError: it cannot be made, or it is a link.
    """

    def open_it(name: str, _: int) -> int:
        return os.open(name, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)

    return open(path, "rb+", opener=open_it)


def is_write_protected(path: Path) -> bool:
    """Tell whether nobody may write to a file; whoever may write to its folder can replace it all the same."""
    return not (path.stat().st_mode & _WRITABLE and os.access(path, os.W_OK))


_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def replace_file(path: Path, data: bytes) -> None:
    """Put *data* in place of a file, which keeps its mode; it is on the disk before the old content is gone.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    _remove_parts(path.parent)
    while not _replace_by_part(path, data):
        pass


def _replace_by_part(path: Path, data: bytes) -> bool:
    """Write *data* beside a file and put it in its place; False if the part was removed before it was locked.

    The name of the part is known before there is one, so that an interrupt at any time leaves none behind.
    """
    part = path.parent / f".stilted-{secrets.token_hex(8)}.part"  # short: a file's name may be as long as names can be
    try:
        with part.open("xb") as file:
            if _lock(file, wait=True) and not _is_there(part, file):
                return False  # another process took it for a leftover
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if os.path.exists(path):
                part.chmod(path.stat().st_mode)
            part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return True


def _remove_parts(folder: Path) -> None:
    """Remove the parts that killed runs left in *folder*: those that no process has locked."""
    for name in os.listdir(folder):
        if not _PART.fullmatch(name):
            continue
        with suppress(OSError), open_lock(folder / name) as file:
            if _lock(file, wait=False) and _is_there(folder / name, file):
                (folder / name).unlink()


def _is_there(path: Path, file: BinaryIO) -> bool:
    """Tell whether *file* is still what *path* names."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _lock(file: BinaryIO, *, wait: bool) -> bool:
    """Lock a file until it is closed or this process ends; False where another holds it, or there are no such locks."""
    try:
        import fcntl
    except ImportError:  # Windows
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True
