"""JSON with the place of every string; standard library decoders tell values alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import Any, Final

from stilted.core.errors import UserError
from stilted.core.offsets import MapBuilder, OffsetMap
from stilted.formats.faults import Faults
from stilted.formats.units import Text

HINT: Final = "Check it with a JSON validator."
MAX_DEPTH: Final = 200
MAX_VALUES: Final = 1_000_000
"""Most objects, lists and strings of a file: each takes up to a hundred times its bytes."""


ROWS: Final = re.compile(r'\s*\{\s*"[^\n]*\}[ \t\r]*\n\s*\{')
"""How a file with an object on each line begins."""

_BLANK: Final = re.compile(r"[ \t\r\n]*")
_SCALAR: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])|(?:true|false|null)\b")
_ESCAPE: Final = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.S)


@dataclass(frozen=True, slots=True)
class String:
    """A string, spelt at ``[start, end)`` of the file, without its quotation marks."""

    value: str
    start: int
    end: int

    def text(self, file: str) -> Text:
        """Return it with the place of each character."""
        if len(self.value) == self.end - self.start:
            return Text(self.value, OffsetMap.verbatim(len(self.value), self.start))
        built, last = MapBuilder(), self.start
        for escape in _ESCAPE.finditer(file, self.start, self.end):
            built.add(file[last : escape.start()], last)
            built.add(scanstring(f'{escape.group()}"', 0)[0], escape.start(), escape.end())
            last = escape.end()
        built.add(file[last : self.end], last)
        return Text.of(built)


@dataclass(slots=True)
class Table:
    """An object: its values by their keys, with the place of each key, and its own."""

    values: dict[str, Value]
    keys: dict[str, int]
    start: int
    end: int = 0

    def table(self, key: str) -> Table | None:
        """Return the object under *key*, None if there is none."""
        value = self.values.get(key)
        return value if isinstance(value, Table) else None

    def string(self, key: str) -> String | None:
        """Return the string under *key*, None if there is none."""
        value = self.values.get(key)
        return value if isinstance(value, String) else None


Value = String | Table | list[Any] | None
"""A value: strings and what holds them; all else is None."""


def parse(text: str, faults: Faults, at: int = 0, end: int | None = None) -> Table | list[Any]:
    """Return the object or list in *text*.

    Raises:
        UserError: not JSON, a key twice in one object, or nested deeper than `MAX_DEPTH`.
    """
    scan = _Scan(text, len(text) if end is None else end, faults)
    at = scan.skip(at)
    if at >= scan.end or text[at] not in "{[":
        raise faults.at("not a JSON object or list", at, "Give a file that begins with { or [.")
    root, at = scan.open(at)
    while scan.stack:
        at = scan.step(at)
    if scan.skip(at) < scan.end:
        raise faults.at("something follows the end of the JSON", scan.skip(at))
    return root


class _Scan:
    """Reads one token after the other; ``stack`` are the objects and lists that are open."""

    def __init__(self, text: str, end: int, faults: Faults) -> None:
        self.text, self.end, self.faults = text, end, faults
        self.stack: list[Table | list[Any]] = []
        self.values = 0

    def skip(self, at: int) -> int:
        """Return the place after blanks."""
        blank = _BLANK.match(self.text, at, self.end)
        return blank.end() if blank else at

    def char(self, at: int) -> str:
        """Return the character there, "" at the end."""
        return self.text[at] if at < self.end else ""

    def open(self, at: int) -> tuple[Table | list[Any], int]:
        """Open an object or list."""
        self.count(at)
        if len(self.stack) >= MAX_DEPTH:
            raise self.faults.at(f"values nest deeper than {MAX_DEPTH}", at, "This is no file of translations.")
        opened: Table | list[Any] = Table({}, {}, at) if self.text[at] == "{" else []
        self.stack.append(opened)
        at = self.skip(at + 1)
        if self.char(at) == ("}" if isinstance(opened, Table) else "]"):
            return opened, self.close(at)
        return opened, at

    def count(self, at: int) -> None:
        """Count one more value; raises `UserError` for one too many."""
        self.values += 1
        if self.values > MAX_VALUES:
            raise self.faults.at(f"more than {MAX_VALUES:,} values", at, "Split the file.")

    def close(self, at: int) -> int:
        """Close what is open, and all that ends with it; return the place of the next member."""
        while True:
            closed = self.stack.pop()
            if isinstance(closed, Table):
                closed.end = at + 1
            at = self.skip(at + 1)
            if not self.stack:
                return at
            if self.char(at) == ",":
                return self.skip(at + 1)
            if self.char(at) != ("}" if isinstance(self.stack[-1], Table) else "]"):
                raise self.unexpected(at)

    def unexpected(self, at: int) -> UserError:
        """Return the error for what stands where it must not."""
        what = f"unexpected '{self.text[at]}'" if at < self.end else "cut off in the middle"
        return self.faults.at(f"not JSON: {what}", at)

    def step(self, at: int) -> int:
        """Read one member of the object or list that is open; return the place of the next."""
        holder = self.stack[-1]
        key = ""
        if isinstance(holder, Table):
            key, at = self.key(holder, at)
        value: Value = None
        if self.char(at) in ("{", "["):
            value, at = self.open(at)
            self.put(holder, key, value)
            return at
        if self.char(at) == '"':
            value, at = self.string(at)
        else:
            scalar = _SCALAR.match(self.text, at, self.end)
            if scalar is None:
                raise self.unexpected(at)
            at = scalar.end()
        self.put(holder, key, value)
        at = self.skip(at)
        if self.char(at) == ",":
            return self.skip(at + 1)
        if self.char(at) == ("}" if isinstance(holder, Table) else "]"):
            return self.close(at)
        raise self.unexpected(at)

    def key(self, holder: Table, at: int) -> tuple[str, int]:
        """Read the key of a member."""
        if self.char(at) != '"':
            raise self.unexpected(at)
        named, after = self.string(at)
        if named.value in holder.values:
            first = self.faults.line(holder.keys[named.value])
            hint = "One of them would be lost; rename or remove it."
            raise self.faults.at(f"the key '{named.value}' is there twice, first on line {first}", at, hint)
        holder.keys[named.value] = at
        after = self.skip(after)
        if self.char(after) != ":":
            raise self.unexpected(after)
        return named.value, self.skip(after + 1)

    def put(self, holder: Table | list[Any], key: str, value: Value) -> None:
        """Keep a value."""
        if isinstance(holder, Table):
            holder.values[key] = value
        else:
            holder.append(value)

    def string(self, at: int) -> tuple[String, int]:
        """Read a string; return it and the place after its closing mark."""
        self.count(at)
        try:
            value, end = scanstring(self.text, at + 1)
        except JSONDecodeError as error:
            raise self.faults.at(f"not JSON: {error.msg.lower()}", error.pos) from error
        if end > self.end:
            raise self.faults.at("not JSON: a string is not closed", at)
        return String(value, at + 1, end - 1), end
