"""Readers of files: bytes on disk -> units of text with their places, or a clear refusal.

`READERS` lists the formats and their modules. Each has a ``READER``, which `stilted.formats.reader` describes.
"""

from __future__ import annotations

import codecs
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from stilted.core import discovery
from stilted.core.bounded import read_bounded
from stilted.core.errors import NothingToCheckError, UserError, did_you_mean, explain_refusal
from stilted.formats.conflicts import tell_conflict
from stilted.formats.reader import BinaryReader, Reader, TextReader
from stilted.formats.units import FUZZY, LOCKED, OBJECT, STATES, TRANSLATED, UNTRANSLATED, Parsed, Text, Unit

__all__ = [
    "FUZZY",
    "HEAD",
    "LOCKED",
    "MAX_BYTES",
    "OBJECT",
    "STATES",
    "TRANSLATED",
    "UNTRANSLATED",
    "Parsed",
    "Text",
    "Unit",
    "decode_text",
    "find_codec",
    "find_reader",
    "list_endings",
    "list_formats",
    "parse",
    "read",
    "read_bytes",
    "read_text",
]  # fmt: skip

MAX_BYTES: Final = 64_000_000
HEAD: Final = 4096
_PLAIN: Final = "text"
_ANYTHING: Final = frozenset(
    {".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".xml", ".properties", ".ts", ".yaml", ".yml"}
)
"""Endings of files that may well hold no text."""
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHARED: Final = frozenset({".xml"})
"""Endings that say nothing about the format."""
_BEGINNINGS: Final = {".ts": "<"}
"""How a file must begin where those of another kind have its ending more often: TypeScript, which is read as text."""
_WIDE: Final = ("utf-16", "utf-32", "utf_16", "utf_32")
_NO_CHARSET: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Codecs of Python that turn text into other text; none is the character set of a file."""

_PIECE: Final = 1 << 20
"""Bytes that are asked for at once: a buffer for the largest file is more than a limit on memory may allow."""
_TEXT_ONLY: Final = "Give a plain text file, saved as UTF-8."
_RIGHTS: Final = "Check its rights."

READERS: Final = {
    "android": "android",
    "csv": "tables.csv",
    "docx": "docx",
    "html": "html",
    "json": "json",
    "jsonl": "tables.jsonl",
    "markdown": "markdown",
    "po": "po",
    "properties": "properties",
    "qt": "qt",
    "resx": "resx",
    "strings": "strings",
    "stringsdict": "stringsdict",
    "subtitles": "subtitles",
    "text": "text",
    "tmx": "tmx",
    "xliff": "xliff",
    "yaml": "yaml",
}
"""The formats that are read, and the module of each below this folder."""


def find_reader(name: str) -> Reader:
    """Return the reader of the format of that name; its module is imported when it is first asked for."""
    own: Reader = discovery.load_module(__name__, READERS[name]).READER
    return own


def list_formats() -> tuple[str, ...]:
    """Return the names of all formats that can be read, sorted, without importing their readers."""
    return tuple(READERS)


def list_endings() -> frozenset[str]:
    """Return the endings, in lower case, of files that surely hold text for people."""
    return frozenset(ending for name in list_formats() for ending in find_reader(name).suffixes) - _ANYTHING


def read(path: Path, role: str = "file", form: str | None = None) -> Parsed:
    """Read the units of a file.

    Args:
        path: the file. role: what it is to the user ("translation", "reference"), for messages.
        form: the name of its format; None to tell from its name and content.

    Raises:
        UserError: missing, a directory, unreadable, over `MAX_BYTES`, undecodable, malformed, or without text.
    """
    return parse(read_bytes(path, role), str(path), role, form)


def parse(data: bytes, name: str, role: str = "file", form: str | None = None) -> Parsed:
    """Read the units in *data*, which came from *name*; raises like `read`, `NothingToCheckError` without text."""
    _require_size(data, name, role)
    if form is not None and form not in list_formats():
        raise UserError(f"no format is called '{form}'", "--format-in", did_you_mean(form, list_formats()))
    own = find_reader(form) if form else _choose_reader(data, name)
    try:
        with _pause_collection():
            parsed = _parse_with(own, data, name, role)
    except NothingToCheckError as error:
        if role in ("reference", "source"):  # no reason to pass over the translation that it stands beside
            raise UserError(error.what, error.where, error.hint) from error
        raise
    except UserError as error:
        conflict = tell_conflict(_show_text(data))
        if conflict:
            hint = "Resolve it; what is between its marks belongs to two versions."
            raise UserError(f"{error.what}; {conflict} that nobody has resolved", error.where, hint) from error
        raise
    return parsed


def _parse_with(own: Reader, data: bytes, name: str, role: str) -> Parsed:
    match own:
        case BinaryReader():
            return own.read(data, name)
        case TextReader():
            return own.read(decode_text(data, name, role, _find_declared_encoding(own, data)), name)


def _show_text(data: bytes) -> str:
    """Return what can be read of a file that could not be."""
    encoding, skip = _find_marked_encoding(data)
    return data[skip:].decode(encoding, "replace")


@contextmanager
def _pause_collection() -> Iterator[None]:
    """Keep the collector of cycles away: readers make none, but so many objects that it takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def find_codec(data: bytes, name: str, form: str | None = None) -> tuple[str, bytes]:
    """Return the encoding that *data* is read in and the byte order mark it begins with, to write it back."""
    encoding, skip = _find_marked_encoding(data)
    declared = _find_declared_encoding(find_reader(form) if form else _choose_reader(data, name), data)
    return (encoding if skip or not declared else declared), data[:skip]


def _find_declared_encoding(own: Reader, data: bytes) -> str | None:
    """Return the encoding that a file declares; a wide one that could be read in single bytes is a mistake."""
    declared = own.find_encoding(data) if isinstance(own, TextReader) and own.find_encoding else None
    return None if declared and declared.lower().startswith(_WIDE) and b"\0" not in data[:HEAD] else declared


def _choose_reader(data: bytes, name: str) -> Reader:
    """Return the reader for a file: by the ending of its name, else by how it begins, else plain text."""
    readers = [find_reader(known) for known in list_formats()]
    ending = "".join(Path(name).suffixes[-1:]).lower()
    head = _read_head(data)
    is_other = ending in _SHARED or not head.lstrip().startswith(_BEGINNINGS.get(ending, ""))
    by_name = [] if is_other else [each for each in readers if ending in each.suffixes]
    if len(by_name) == 1:
        return by_name[0]
    for each in by_name or readers:
        if each.recognises and each.recognises(head):
            return each
    if by_name or ending in _SHARED or head.lstrip().startswith("<?xml"):
        known = ", ".join(each.name for each in by_name or readers)
        hint = f"Name its format with --format-in: {known}."
        raise UserError("cannot tell what kind of file this is", name, hint)
    return find_reader(_PLAIN)


def _read_head(data: bytes) -> str:
    """Return how a file begins, also one in UTF-16 that has no byte order mark."""
    encoding, skip = _find_marked_encoding(data)
    return data[skip : skip + 4 * HEAD].decode(encoding, "replace").replace("\0", "")[:HEAD]


def _find_marked_encoding(data: bytes) -> tuple[str, int]:
    """Return the encoding that the byte order mark names and the mark's length; UTF-8 without one."""
    return next(((name, len(bom)) for bom, name in _BOMS if data.startswith(bom)), ("utf-8", 0))


def _require_size(data: bytes, where: str, role: str) -> None:
    if len(data) > MAX_BYTES:
        raise UserError(f"the {role} is larger than {MAX_BYTES // 1_000_000} MB", where, "Split it into several files.")


def read_text(path: Path, role: str = "file") -> str:
    """Return the text of *path* without its byte order mark; line ends are kept as they are.

    Args:
        path: a plain text file in UTF-8, or in UTF-16/32 with a byte order mark.
        role: what the file is to the user ("translation", "reference"), for messages.

    Raises:
        UserError: missing, a directory, unreadable, over `MAX_BYTES`, binary, undecodable, or without text.
    """
    where = str(path)
    try:
        data = read_bounded(path, role, MAX_BYTES)
    except FileNotFoundError as error:
        raise UserError(f"there is no such {role}", where, "Check the path.") from error
    except IsADirectoryError as error:
        raise UserError(f"the {role} is a directory", where, "Name a file in it.") from error
    except (OSError, ValueError) as error:
        raise UserError(f"cannot read the {role}: {explain_refusal(error)}", where, _RIGHTS) from error
    return decode_text(data, where, role)


def decode_text(data: bytes, where: str, role: str = "file", declared: str | None = None) -> str:
    """Return the text in *data*, read from *where*; raises like `read_text`.

    A byte order mark outranks the encoding that is *declared*.
    """
    _require_size(data, where, role)
    encoding, skip = _find_marked_encoding(data)
    if not skip and declared:
        encoding = declared
    hint = f"Save the {role} as UTF-8."
    try:
        _require_charset(encoding)
        text = data[skip:].decode(encoding)
    except LookupError as error:
        raise UserError(f"unknown encoding '{encoding}'", where, hint) from error
    except UnicodeDecodeError as error:
        if not skip and b"\0" in data:
            raise UserError(f"the {role} is a binary file", where, _TEXT_ONLY) from error
        line = data[: error.start + skip].count(b"\n") + 1
        raise UserError(f"byte {error.start + skip} (line {line}) is not {encoding.upper()}", where, hint) from error
    if "\0" in text:
        raise UserError(f"the {role} is a binary file", where, _TEXT_ONLY)
    if not text.strip():
        raise NothingToCheckError(f"the {role} is empty", where, "Give a file with text in it.")
    return text


def _require_charset(encoding: str) -> None:
    """Raise `LookupError` for what is no character set."""
    if codecs.lookup(encoding).name.replace("_", "-") in _NO_CHARSET:
        raise LookupError(encoding)


def read_bytes(path: Path, role: str = "file") -> bytes:
    """Return the first `MAX_BYTES` + 1 bytes of a file; raises like `read_text` where there are none to have."""
    where = str(path)
    if os.path.isdir(path):  # unlike Path.is_dir, this takes any name
        raise UserError(f"the {role} is a directory", where, "Name a file in it.")
    try:
        with path.open("rb") as file:
            data = bytearray()
            while (room := MAX_BYTES + 1 - len(data)) and (piece := file.read(min(room, _PIECE))):
                data += piece
    except FileNotFoundError as error:
        raise UserError(f"there is no such {role}", where, "Check the path.") from error
    except (OSError, ValueError) as error:
        raise UserError(f"cannot read the {role}: {explain_refusal(error)}", where, _RIGHTS) from error
    return bytes(data)
