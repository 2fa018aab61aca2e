"""What was found before, kept under a key of all that it depends on; losing it costs time and nothing else.

One SQLite file. Whatever is wrong with it (damaged, locked, read-only, a full disk), the run goes on without what
cannot be had, and says so once. An entry that is not byte for byte what was kept under its key is no entry. Nothing is
dated: entries carry the number of the run that used them last, and the lowest go first, whatever a clock does.
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
from typing import Any, Final

from stilted import __version__

LIMIT: Final = 512_000_000
"""Most bytes the file takes; beyond, the least recently used entries go."""

VARIABLE: Final = "STILTED_CACHE_DIR"
FILE: Final = "stilted-cache-1.sqlite3"
"""Its number is that of the layout, so that versions with different layouts leave each other alone."""

LIBRARIES: Final = ("langdetect", "markdown-it-py", "numpy", "onnxruntime", "pyyaml", "sacrebleu", "sentencex", "tomli")
"""Libraries that what is found depends on."""

_PATIENCE: Final = 1.0
"""Seconds to wait for another process, once, before doing without."""
_LARGEST: Final = 256_000_000
"""Most bytes of one entry, unpacked."""
_OURS: Final = 0x5374_6C74
"""Stands in the head of the file, where SQLite keeps a place for it: this is no other program's database."""
_TABLE: Final = """
begin immediate;
create table if not exists entries
    (key text primary key, used integer not null, size integer not null, digest blob not null, data blob not null);
create index if not exists entries_used on entries (used);
pragma application_id = {};
commit;
"""


def get_folder() -> Path:
    """Return where the cache is: ``STILTED_CACHE_DIR``, else the user's cache folder.

    A ``~`` is the home folder: no shell has seen what the settings of a CI job say.
    """
    if given := os.environ.get(VARIABLE):
        return Path(os.path.expanduser(given))
    import platformdirs

    return Path(platformdirs.user_cache_dir("stilted", appauthor=False))


def make_key(parts: Iterable[bytes]) -> str:
    """Return the key of what depends on *parts*, and on this program as it is."""
    digest = hashlib.sha256(identify_program())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def identify_program() -> bytes:
    """Return what names this very program: its files, packs and model included, and what it runs on.

    The files' bytes count and not their times, which are those of an installation or of a clock: a cache that a CI
    job restores fits the program that it has just installed.
    """
    from importlib.metadata import PackageNotFoundError, version

    machine = os.uname().machine if hasattr(os, "uname") else ""
    facts = [__version__, sys.version, sys.platform, machine]
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            facts.append(f"{name} {version(name)}")
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*")):
        if not {"__pycache__", "docs"} & set(path.relative_to(root).parts) and path.is_file():
            facts.append(f"{path.relative_to(root).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return hashlib.sha256("\n".join(facts).encode("utf-8", "surrogateescape")).digest()


class Cache:
    """The open cache.

    Attributes:
        path: its file. trouble: what is wrong with it, as the end of a sentence; empty if nothing is.
        limit: most bytes the file takes.
    """

    def __init__(self, where: Path | None = None, limit: int = LIMIT) -> None:
        self.path = (where or get_folder()) / FILE
        self.limit = limit
        self.trouble = ""
        self._base: sqlite3.Connection | None = None
        self._writable = True
        self._touched: list[str] = []
        self._now = 0
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._base = _open(self.path)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    @property
    def fault(self) -> str:
        """Return what is wrong with it, and with which, as a sentence to tell; empty if nothing is."""
        return f"{self.path}: {self.trouble}" if self.trouble else ""

    @property
    def is_open(self) -> bool:
        """Tell whether it can be read at all."""
        return self._base is not None

    def get(self, name: str) -> bytes | None:
        """Return what is kept under a key, None if nothing is, or not whole."""
        rows = self._run("select digest, data from entries where key = ? and length(data) <= ?", name, _LARGEST)
        try:
            digest, packed = rows[0]
            unpacking = zlib.decompressobj()
            data = unpacking.decompress(packed, _LARGEST)
        except (IndexError, TypeError, zlib.error):
            return None
        if not unpacking.eof or digest != _make_digest(name, data):
            return None
        self._touched.append(name)
        return data

    def put(self, name: str, data: bytes) -> None:
        """Keep *data* under a key; where that fails, or it is very large, nothing is kept."""
        packed = zlib.compress(data, 1)
        if not self._writable or len(data) > _LARGEST or len(packed) > self.limit // 4:
            return
        row = (name, self._run_number(), len(packed), _make_digest(name, data), packed)
        self._run("insert or replace into entries values (?, ?, ?, ?, ?)", *row, writes=True)
        self._make_room()

    def _make_room(self) -> None:
        """Drop the least recently used until the file has a tenth of its room again."""
        excess = self.size()[1] - self.limit
        if excess <= 0:
            return
        excess += self.limit // 10
        oldest = "select key, size from entries order by used, key limit 1000"
        while excess > 0 and (rows := self._run(oldest)):
            for name, size in rows:
                self._run("delete from entries where key = ?", name, writes=True)
                excess -= size
                if excess <= 0 or not self._writable:
                    return

    def _run_number(self) -> int:
        """Return the number of this run: one more than that of any before it."""
        if not self._now:
            rows = self._run("select coalesce(max(used), 0) + 1 from entries")
            self._now = rows[0][0] if rows else 1
        return self._now

    def size(self) -> tuple[int, int]:
        """Return how many entries there are, and the bytes of the file that are in use."""
        pages = "from pragma_page_count, pragma_freelist_count, pragma_page_size"
        used = self._run(f"select (page_count - freelist_count) * page_size {pages}")
        entries = self._run("select count(*) from entries")
        return (entries[0][0], used[0][0]) if entries and used else (0, 0)

    def close(self) -> None:
        """Note what was used, and let go of the file."""
        if self._touched and self._writable:
            now = self._run_number()
            names = list(dict.fromkeys(self._touched))
            with suppress(sqlite3.Error):  # it stays as old as it was
                if self._base is not None:
                    self._base.execute("begin immediate")
                    self._base.executemany("update entries set used = ? where key = ?", [(now, name) for name in names])
                    self._base.execute("commit")
        if self._base is not None:
            self._base.close()
            self._base = None

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, statement: str, *values: Any, writes: bool = False) -> list[Any]:
        """Run one statement and return its rows; none where that fails."""
        if self._base is None:
            return []
        try:
            return self._base.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            code = _get_code(error)
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):  # somebody else is at it: what is lost is an entry
                self._base.execute("pragma busy_timeout = 0")
            elif code in _DAMAGE:
                self._begin_anew()
            elif writes:
                self._writable = False
                self.trouble = f"what is found now is not kept ({error})"
            else:
                self._give_up(error)
            return []

    def _begin_anew(self) -> None:
        """Throw a damaged file away."""
        self.trouble = "the cache was damaged and is begun anew"
        if self._base is not None:
            self._base.close()
            self._base = None
        try:
            _remove(self.path)
            self._base = _open(self.path)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self.trouble = f"the cache cannot be used ({error}); everything is checked anew"
        if self._base is not None:
            self._base.close()
            self._base = None


_DAMAGE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _get_code(error: sqlite3.Error) -> int:
    """Return the primary code of an error, which is in its lowest byte."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _make_digest(name: str, data: bytes) -> bytes:
    """Return what an entry is known again by; the key is in it, for an index that is damaged leads to others."""
    return hashlib.sha256(name.encode() + data).digest()


def _open(path: Path) -> sqlite3.Connection:
    """Open the file, and make it if there is none; one that is no database is thrown away.

    Raises:
        sqlite3.Error, OSError: it cannot be opened, or it is some other program's.
    """
    try:
        return _connect(path)
    except sqlite3.DatabaseError as error:
        if _get_code(error) not in _DAMAGE:
            raise
        _remove(path)
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        base.execute("pragma synchronous = off")  # what is lost in a crash of the machine is found again
        if base.execute("pragma application_id").fetchone()[0] != _OURS:
            if base.execute("select count(*) from sqlite_master").fetchone()[0]:
                raise sqlite3.OperationalError("it is a database of another program")
            base.executescript(_TABLE.format(_OURS))
    except sqlite3.Error:
        base.close()
        raise
    return base


def _remove(path: Path) -> int:
    """Remove the file with what SQLite keeps beside it; return how many bytes it took."""
    size = 0
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        with suppress(FileNotFoundError):
            size += path.with_name(name).stat().st_size
            path.with_name(name).unlink()
    return size


def clear(where: Path | None = None) -> int:
    """Remove the cache; return how many bytes it took.

    Raises:
        OSError: it cannot be removed.
    """
    return _remove((where or get_folder()) / FILE)
