"""Damage: bytes, marks, values and parts of archives, changed as a stream of chance says."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any, Final

Mutation = Callable[[random.Random, bytes], bytes]

_MARKS: Final[tuple[bytes, ...]] = tuple(
    mark.encode()
    for mark in (
        *"&<>\"'`*_~#|[](){}\\/-+=:;,.!?%$@^\t\r\n \0", "&#", "&#x", "&amp", "<!--", "-->", "<![CDATA[",
        "]]>", "<?xml", "<!",
        "</", "/>", "<a href='", "```", "---\n", "+++\n", ":::", "{{", "}}", "{%", "{0}", "%s", "%(x)s",
        "${", "{n, plural,",
        "other {", "''", "\r\n", "\n\n", "\n\n\n", "\u2028", "\u00a0", "\u200b", "\ufeff", "\u202e",
        "\ufffc", "\ufffd", "漢字",
        "de\u0301", "שלום", "\U0001f600", "\ue000", "1" * 400, "9" * 4301, "-1", "1e999", "NaN", "0x",
        "1.2.3", "the the ",
        "not not ", "production line went offline", "msgid \"", "msgstr[9] \"", "#~ ", "#, fuzzy", "-->",
        "00:00:00,000",
        "WEBVTT", "stilted-ignore", "stilted-off", "<!-- stilted-ignore: x/y -->", "<v>", "</v>",
        "::error::", "\x1b[2J", "=1+1",
        "\\u0000", "\\ud800", "\\x", "\\", "true", "null", "[]", "{}", "\"\"", "[[rule]]\n", "[a]\nb=1\n",
        "1979-05-27T07:32:00Z",
        "translate='no'", "xml:lang='de'", "state='final'", "² ½ ٣ ३", "one hundred thousand million ",
        "5 p.m. ", "$1.5bn ",
    )
)  # fmt: skip
_BYTES: Final = (b"\xff", b"\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80", b"\xef\xbb\xbf", b"\xff\xfe")
_ODD: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 10**30, 1.5, 1e308, float("nan"), float("inf"), "", "x", "\ud800", [], {}, [[]], {"a": 1},
    "1e9", "\0", "critical", "mechanics/doubled-word", 7,
)  # fmt: skip
_NUMBER: Final = re.compile(rb"\d+")
_VALUE: Final = re.compile(rb"=[ ]*[^\n]+")
_TAG: Final = re.compile(rb"<[^<>]*>")
_LITERALS: Final = (
    b"0", b"-1", b"1" + b"0" * 400, b"9" * 4301, b"nan", b"inf", b"true", b'""', b"'x'", b"[]", b"{}",
    b'["a", 1]', b"[[[]]]",
    b"1979-05-27", b"07:32:00", b'"\\u0000"', b'"' + b"x" * 5000 + b'"', b'["../../etc/passwd"]',
    b'"/dev/zero"', b"{a = 1}",
)  # fmt: skip


def damage(
    chance: random.Random, data: bytes, others: Sequence[bytes], kinds: Sequence[Mutation] = (), share: float = 0.6
) -> bytes:
    """Return *data* with one to six changes, a *share* of them by its own *kinds*; *others* lend pieces of theirs."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        if kinds and chance.random() < share:
            kind: Mutation = chance.choice(kinds)
            data = kind(chance, data)
        else:
            other: bytes = chance.choice(others)
            data = _change(chance, data, other)
    return data[:200_000]


def _change(chance: random.Random, data: bytes, other: bytes) -> bytes:
    at, end = sorted(chance.randint(0, len(data)) for _ in range(2))
    end = min(end, at + chance.choice((1, 4, 40, 400, 4000)))
    match chance.randrange(9):
        case 0:
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        case 1:
            return data[:at] + data[end:]
        case 2:
            return data[:end] + data[at:end] * chance.choice((1, 2, 30)) + data[end:]
        case 3:
            return data[:at]
        case 4:
            begin = chance.randint(0, len(other))
            return data[:at] + other[begin : begin + chance.choice((8, 80, 800))] + data[end:]
        case 5:
            return data[:at] + _BYTES[chance.randrange(len(_BYTES))] + data[at:]
        case 6:
            return data[:at] + chance.choice(_MARKS) * chance.choice((1, 1, 1, 3, 300)) + data[at:]
        case 7:
            return numbers(chance, data)
        case _:
            return data[:at] + chance.choice(_MARKS) + data[end:]


def texts(chance: random.Random, data: bytes) -> bytes:
    """Return a Parquet file whose texts hold what no text should; *data* only lends its bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def text() -> bytes | None:
        at = chance.randint(0, len(data))
        pieces = [chance.choice(_MARKS), chance.choice(_BYTES), data[at : at + 9], b"He took the the boat. "]
        return b"".join(chance.choice(pieces) for _ in range(chance.randrange(6))) if chance.random() < 0.9 else None

    rows = chance.randrange(1, 5)
    columns = {
        name: pa.array([text() for _ in range(rows)], pa.binary()).view(pa.string()) for name in ("target", "id")
    }
    columns["n"] = pa.array([chance.choice((None, 1.5, float("nan"))) for _ in range(rows)], pa.float64())
    columns["when"] = pa.array([chance.randrange(-(2**62), 2**62) for _ in range(rows)], pa.timestamp("us"))
    columns["long"] = pa.array([chance.randrange(-(2**62), 2**62) for _ in range(rows)], pa.duration("s"))
    made = io.BytesIO()
    pq.write_table(pa.table(columns), made)
    return made.getvalue()


def numbers(chance: random.Random, data: bytes) -> bytes:
    """Put another number in place of one."""
    matches = list(_NUMBER.finditer(data))
    if not matches:
        return data
    one = chance.choice(matches)
    return (
        data[: one.start()] + chance.choice((b"0", b"-1", b"9" * 25, b"9" * 4301, b"1.5", b"1e5")) + data[one.end() :]
    )


def values(chance: random.Random, data: bytes) -> bytes:
    """Put something of another type in place of a value of TOML."""
    matches = list(_VALUE.finditer(data))
    if not matches:
        return data
    one = chance.choice(matches)
    return data[: one.start()] + b"= " + chance.choice(_LITERALS) + data[one.end() :]


def tags(chance: random.Random, data: bytes) -> bytes:
    """Leave out, double, move or nest tags."""
    matches = list(_TAG.finditer(data))
    if len(matches) < 2:
        return data
    one, two = sorted(chance.sample(matches, 2), key=lambda tag: tag.start())
    inner = data[one.start() : two.end()]
    match chance.randrange(4):
        case 0:
            return data[: one.start()] + data[one.end() :]
        case 1:
            return data[: one.start()] + inner * chance.choice((2, 3, 50)) + data[two.end() :]
        case 2:
            return data[: one.start()] + two[0] + data[one.end() : two.start()] + one[0] + data[two.end() :]
        case _:
            return data[: one.start()] + one[0] * chance.choice((1, 3, 300)) + data[one.start() :]


def members(chance: random.Random, data: bytes) -> bytes:
    """Put something of another type in place of a value of JSON, or of each line of JSONL; or leave a member out."""
    try:
        if b"\n{" in data:
            lines = data.split(b"\n")
            at = chance.randrange(len(lines))
            return b"\n".join([*lines[:at], members(chance, lines[at]), *lines[at + 1 :]])
        root = json.loads(data)
    except (ValueError, RecursionError):
        return data
    holders = [each for each in _list_holders(root) if each]
    if not holders:
        return data
    holder = chance.choice(holders)
    key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    match chance.randrange(4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder *= chance.choice((2, 50))
        case 2 if isinstance(holder, dict):
            holder[chance.choice(("", "x", "type", "error", "schema", "\0", "id", "target"))] = holder[key]
        case _:
            holder[key] = chance.choice(_ODD)
    return json.dumps(root).encode()


def _list_holders(root: Any) -> list[Any]:
    holders, stack = [], [root]
    while stack:
        each = stack.pop()
        if isinstance(each, dict | list):
            holders.append(each)
            stack += each.values() if isinstance(each, dict) else each
    return holders


def change_archived(chance: random.Random, data: bytes) -> bytes:
    """Change a part within an archive, which stays one; most other damage to it ends at its door."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except (
        OSError,
        ValueError,
        RuntimeError,
        EOFError,
        NotImplementedError,
        zipfile.BadZipFile,
        MemoryError,
        KeyError,
    ):
        return data
    except Exception:  # damage of an earlier step; zlib, lzma and bz2 have errors of their own
        return data
    if not parts:
        return data
    at = chance.randrange(len(parts))
    name, xml = parts[at]
    kinds: tuple[Mutation, ...] = (tags, tags, numbers, lambda chance, data: _change(chance, data, xml))
    change = chance.choice(kinds)
    parts[at] = (name, change(chance, xml)[:200_000])
    if chance.random() < 0.1:
        parts.append(
            (chance.choice(("word/header1.xml", "word/footnotes.xml", name, "../x", "word/document2.xml")), xml)
        )
    made = io.BytesIO()
    kind = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    with zipfile.ZipFile(made, "w", kind) as archive:
        for number, (part, xml) in enumerate(parts):
            named = part if part not in dict(parts[:number]) else f"{part}{number}"
            # With a date of its own: a bare name is given the time of day, and the same seed would give other bytes.
            archive.writestr(zipfile.ZipInfo(named), xml, compress_type=kind)
    return made.getvalue()
