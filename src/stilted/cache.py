"""What was found before, kept under a key of all that it depends on; losing it costs time and nothing else.

One SQLite file. Whatever is wrong with it (damaged, locked, read-only, a full disk), the run goes on without it and
says so once. Entries are counted, not dated: the least recently used go first, whatever a clock does.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from stilted import __version__

LIMIT: Final = 512_000_000
"""Most bytes of entries; beyond, the least recently used go."""

_FILE: Final = "reports.sqlite3"
_PATIENCE: Final = 1.0
"""Seconds to wait for another process before doing without."""
_VARIABLE: Final = "STILTED_CACHE_DIR"
_LIBRARIES: Final = ("langdetect", "markdown-it-py", "numpy", "onnxruntime", "sacrebleu", "sentencex")
_TABLE: Final = (
    "create table if not exists entries"
    " (key text primary key, used integer not null, size integer not null, digest blob not null, data blob not null)"
)


def folder() -> Path:
    """Return where the cache is: ``STILTED_CACHE_DIR``, else the user's cache folder."""
    if given := os.environ.get(_VARIABLE):
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_cache_dir("stilted", appauthor=False))


def key(parts: Iterable[bytes]) -> str:
    """Return the key of what depends on *parts*, and on this program as it is."""
    digest = hashlib.sha256(program())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def program() -> bytes:
    """Return what names this very program: versions, and sizes and times of its own files, packs and model included."""
    from importlib.metadata import PackageNotFoundError, version

    told = [__version__, ".".join(map(str, sys.version_info[:3]))]
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            told.append(f"{name} {version(name)}")
    root = Path(__file__).parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            stat = path.stat()
            told.append(f"{path.relative_to(root).as_posix()} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).digest()


class Cache:
    """The open cache. `fault` is the sentence to tell about what is wrong with it, empty if nothing is."""

    def __init__(self, where: Path | None = None, limit: int = LIMIT) -> None:
        self.path = (where or folder()) / _FILE
        self.fault = ""
        self._limit = limit
        self._bytes = -1
        self._base: sqlite3.Connection | None = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._base = self._opened()
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def _opened(self) -> sqlite3.Connection:
        """Open the file; one that is damaged is put aside, once."""
        try:
            return _connected(self.path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self.path.replace(self.path.with_suffix(".damaged"))
            return _connected(self.path)

    def _give_up(self, error: Exception) -> None:
        self.fault = f"{self.path}: the cache cannot be used ({error}); everything is checked anew"
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
        self._base = None

    def get(self, name: str) -> bytes | None:
        """Return what is kept under a key, None if nothing is, or not whole."""
        if self._base is None:
            return None
        try:
            row = self._base.execute("select digest, data from entries where key = ?", (name,)).fetchone()
            if row is None:
                return None
            data = zlib.decompress(row[1])
            if hashlib.sha256(data).digest() != row[0]:
                return None
            with suppress(sqlite3.OperationalError):  # read-only, or another process writes: it stays as old as it was
                self._touch(name)
        except sqlite3.OperationalError:
            return None
        except (sqlite3.DatabaseError, zlib.error, TypeError) as error:
            if isinstance(error, sqlite3.DatabaseError):
                self._give_up(error)
            return None
        return data

    def _touch(self, name: str) -> None:
        if self._base is not None:
            with self._base:
                last = self._base.execute("select coalesce(max(used), 0) from entries").fetchone()[0]
                self._base.execute("update entries set used = ? where key = ? and used < ?", (last + 1, name, last))

    def put(self, name: str, data: bytes) -> None:
        """Keep *data* under a key; where that fails, nothing is kept."""
        packed = zlib.compress(data, 1)
        if self._base is None or len(packed) > self._limit // 4:
            return
        try:
            with self._base:
                last = self._base.execute("select coalesce(max(used), 0) from entries").fetchone()[0]
                row = (name, last + 1, len(packed), hashlib.sha256(data).digest(), packed)
                self._base.execute("insert or replace into entries values (?, ?, ?, ?, ?)", row)
                self._make_room(self._base, len(packed))
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                self._give_up(error)
        except sqlite3.DatabaseError as error:
            self._give_up(error)

    def _make_room(self, base: sqlite3.Connection, more: int) -> None:
        """Drop the least recently used until the rest is within the limit; what others write is counted then too."""
        self._bytes = self.size()[1] if self._bytes < 0 else self._bytes + more
        if self._bytes <= self._limit:
            return
        left = self.size()[1]
        for name, length in base.execute("select key, size from entries order by used, key").fetchall():
            if left <= self._limit * 9 // 10:
                break
            base.execute("delete from entries where key = ?", (name,))
            left -= length
        self._bytes = left

    def size(self) -> tuple[int, int]:
        """Return how many entries there are, and their bytes."""
        if self._base is None:
            return 0, 0
        row = self._base.execute("select count(*), coalesce(sum(size), 0) from entries").fetchone()
        return int(row[0]), int(row[1])

    def close(self) -> None:
        """Let go of the file."""
        if self._base is not None:
            self._base.close()
            self._base = None


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        base.execute("pragma synchronous = off")  # what is lost in a crash of the machine is found again
        base.execute(_TABLE)
        base.execute("select count(*) from entries").fetchone()
    except sqlite3.Error:
        base.close()
        raise
    return base


def clear(where: Path | None = None) -> int:
    """Remove the cache; return how many bytes it took.

    Raises:
        OSError: it cannot be removed.
    """
    size = 0
    for path in sorted((where or folder()).glob("reports.*")):
        size += path.stat().st_size
        path.unlink()
    return size
