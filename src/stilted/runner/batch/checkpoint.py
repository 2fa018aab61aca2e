"""What is done already: one file a shard beside the output, each whole or not there, and all in one at the end.

Part files are named ``NUMBER-ERRORS-DIGEST``: one that does not have the digest it is named after is done again.
Nothing here depends on a clock, and the output depends on nothing but the rows and the settings.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stilted.core.errors import UserError, explain_refusal
from stilted.core.whole_files import create_anew, open_lock
from stilted.runner.batch.inputs import JSONL, import_arrow

if TYPE_CHECKING:
    import pyarrow as pa

_NAME: Final = re.compile(r"(\d{9})-(\d+)-([0-9a-f]{32})\.(parquet|jsonl)")
_MANIFEST: Final = "manifest.json"
_LOCK: Final = "lock"
_WHOLE: Final = "whole"
_UNFINISHED: Final = ".tmp"
_BESIDE: Final = frozenset({_MANIFEST, _MANIFEST + _UNFINISHED, _LOCK, _WHOLE})
_SPACE: Final = "Check folder, space and rights; what is done is kept, and the same command goes on with it."


@dataclass(slots=True)
class Parts:
    """The parts of one output. ``done`` maps the numbers of shards to ``(file, rows in error)``."""

    output: Path
    kind: str
    schema: pa.Schema | None
    done: dict[int, tuple[Path, int]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where the parts are."""
        return self.output.with_name(f"{self.output.name}.parts")

    @contextlib.contextmanager
    def opened(self, identity: Mapping[str, Any], *, restart: bool) -> Iterator[None]:
        """Hold the folder for this run alone, and find what an earlier one has done.

        Raises:
            UserError: another run holds it, it cannot be written, or it was begun with other rows or settings.
        """
        if not self.output.name or self.output.is_dir():
            raise UserError("the output is a directory", str(self.output), "Name a file in it.")
        with self._explain_failed_writing():
            self.folder.mkdir(exist_ok=True)
            if self.folder.is_symlink():
                raise UserError("the folder for what is done is a link", str(self.folder), "Remove it.")
            lock = open_lock(self.folder / _LOCK)
        with lock:
            _hold(lock, self.folder)
            self._require_own()
            if restart:
                self.drop()
            self._require_same(identity)
            self._find()
            yield

    def _require_own(self) -> None:
        """Refuse a folder that holds files which no run wrote: a run removes its own files, and nothing else."""
        for path in sorted(self.folder.iterdir()):
            if path.is_symlink() or (
                path.name not in _BESIDE and not _NAME.fullmatch(path.name.removesuffix(_UNFINISHED))
            ):
                what = f"the folder for what is done holds '{path.name}', which is no part of a run"
                raise UserError(what, str(self.folder), "Move it, or name another output.")

    def drop(self) -> None:
        """Remove what is done; the manifest first, since without one nothing counts as done."""
        for name in (_MANIFEST, *(path.name for path in sorted(self.folder.iterdir()) if path.name != _LOCK)):
            (self.folder / name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def _explain_failed_writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise UserError(f"cannot write: {explain_refusal(error)}", str(self.output), _SPACE) from error

    def _require_same(self, identity: Mapping[str, Any]) -> None:
        path = self.folder / _MANIFEST
        text = json.dumps(identity, sort_keys=True, indent=1) + "\n"
        try:
            known = path.read_text("utf-8")
        except FileNotFoundError:
            with self._explain_failed_writing():
                self.drop()
                _write(path, text.encode())
            return
        except (OSError, UnicodeDecodeError):
            known = ""
        if known != text:
            what = "an earlier run over other rows, with other settings or by another stilted was not finished"
            hint = "Run it again as it was to go on, or add --restart to begin anew."
            raise UserError(what, str(self.folder), hint)

    def _find(self) -> None:
        for path in sorted(self.folder.iterdir()):
            named = _NAME.fullmatch(path.name)
            if named and named[4] == self.kind and _make_digest(path.read_bytes()) == named[3]:
                self.done[int(named[1])] = (path, int(named[2]))
            elif path.name not in (_MANIFEST, _LOCK):
                path.unlink()

    def add(self, number: int, data: bytes, errors: int) -> None:
        """Keep the part of a shard; raises `UserError` where it cannot be written."""
        path = self.folder / f"{number:09d}-{errors}-{_make_digest(data)}.{self.kind}"
        with self._explain_failed_writing():
            _write(path, data)
        self.done[number] = (path, errors)

    def assemble(self, shards: int) -> int:
        """Put the output together and remove the parts; return how many rows are in error."""
        paths = [self.done[number][0] for number in range(shards)]
        part = self.folder / _WHOLE
        with self._explain_failed_writing():
            try:
                self._write_jsonl(part, paths) if self.kind == JSONL else self._write_parquet(part, paths)
                part.replace(self.output)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
            _flush_folder(self.output.parent)  # the output is there before its parts are gone
            self.drop()
            shutil.rmtree(self.folder)
        return sum(errors for _, errors in self.done.values())

    def _write_jsonl(self, part: Path, paths: Sequence[Path]) -> None:
        with create_anew(part) as output:
            for path in paths:
                with path.open("rb") as file:
                    shutil.copyfileobj(file, output)
            _flush(output)

    def _write_parquet(self, part: Path, paths: Sequence[Path]) -> None:
        pyarrow = import_arrow()
        with create_anew(part) as output, pyarrow.parquet.ParquetWriter(output, self.schema) as writer:
            for path in paths:
                writer.write_table(pyarrow.parquet.read_table(BytesIO(path.read_bytes()), schema=self.schema))
        with part.open("rb+") as written:
            _flush(written)


def _make_digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _write(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all, also after a crash of the machine."""
    part = path.with_name(path.name + _UNFINISHED)
    try:
        with create_anew(part) as file:
            file.write(data)
            _flush(file)
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _flush(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """See to it that names are on the disk too, where a system lets folders be opened for that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _hold(lock: Any, folder: Path) -> None:
    """Lock a file until it is closed or this process ends, however it ends.

    Raises:
        UserError: another process holds it.
    """
    import portalocker

    try:
        portalocker.lock(lock, portalocker.LOCK_EX | portalocker.LOCK_NB)
        if os.stat(lock.name).st_ino != os.fstat(lock.fileno()).st_ino:
            raise OSError("the other run has just ended and taken its folder along")
    except (OSError, portalocker.LockException) as error:
        what = "another run is writing this output"
        raise UserError(what, str(folder), "Wait for it, or name another output.") from error
