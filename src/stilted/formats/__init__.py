"""Readers of files: bytes on disk -> text, or a clear refusal."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from stilted.errors import UserError

MAX_BYTES: Final = 64_000_000
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_text(path: Path, role: str = "file") -> str:
    """Return the text of *path* without its byte order mark; line ends are kept as they are.

    Args:
        path: a plain text file in UTF-8, or in UTF-16/32 with a byte order mark.
        role: what the file is to the user ("translation", "reference"), for messages.

    Raises:
        UserError: missing, a directory, unreadable, over `MAX_BYTES`, binary, undecodable, or without text.
    """
    return text_of(_bytes(path, role), str(path), role)


def text_of(data: bytes, where: str, role: str = "file") -> str:
    """Return the text in *data*, read from *where*; raises like `read_text`."""
    if len(data) > MAX_BYTES:
        raise UserError(f"the {role} is larger than {MAX_BYTES // 1_000_000} MB", where, "Split it into several files.")
    encoding, skip = next(((name, len(bom)) for bom, name in _BOMS if data.startswith(bom)), ("utf-8", 0))
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start + skip].count(b"\n") + 1
        what = f"byte {error.start + skip} (line {line}) is not {encoding.upper()}"
        raise UserError(what, where, f"Save the {role} as UTF-8.") from error
    if "\0" in text:
        raise UserError(f"the {role} is a binary file", where, "Give a plain text file.")
    if not text.strip():
        raise UserError(f"the {role} is empty", where, "Give a file with text in it.")
    return text


def _bytes(path: Path, role: str) -> bytes:
    where = str(path)
    if path.is_dir():
        raise UserError(f"the {role} is a directory", where, "Name a file in it.")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise UserError(f"there is no such {role}", where, "Check the path.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"cannot read the {role}: {reason}", where) from error
    return data
