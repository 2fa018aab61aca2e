"""YAML with the place of every scalar, from the events of PyYAML: nothing is constructed, no alias is followed.

As https://yaml.org/spec/1.1/ says; only what is a string there is one here: ``on``, ``12:30`` and ``~`` are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from stilted.core.foreign import shorten
from stilted.core.offsets import MapBuilder, OffsetMap
from stilted.formats.faults import Faults
from stilted.formats.units import Text

MAX_DEPTH: Final = 200
MAX_VALUES: Final = 1_000_000
MAX_CHARACTERS: Final = 4_000_000
"""Most characters of a file: PyYAML takes some seconds for a million."""

_MARK: Final = "\ufeff"
"""The byte order mark of a file."""

_STRING: Final = "tag:yaml.org,2002:str"
_TAGS: Final = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in "binary bool float int map merge null omap pairs seq set str timestamp value".split()
)
_MERGE: Final = "<<"
HINT: Final = "Check it with yamllint."

_HEADER: Final = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\n\r]*)?(?:\r\n|[\r\n\x85\u2028\u2029])")
_BLANKS: Final = " \t\r\n\x85\u2028\u2029"
_BLANK: Final = re.compile(rf"[{_BLANKS}]*+")
_BREAKS: Final = "\r\n\x85\u2028\u2029"
_BLANK_ESCAPE: Final = re.compile(
    r"\\(?:[ntrNLP \t]|x(?:09|0[aAdD]|20|85)|(?:u|U0000)(?:0009|000[aAdD]|0020|0085|202[89]))"
)
"""An escape that says a blank."""
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_SURROGATES: Final = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_PAIR: Final = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_TOKENS: Final = {
    '"': re.compile(
        rf"(?P<blank>[{_BLANKS}]+|\\[\r\n\x85\u2028\u2029])|(?P<escape>{_PAIR}"
        rf"|\\(?:x[0-9a-fA-F]{{2}}|u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}}|.))|[^\\{_BLANKS}]+",
        re.S,
    ),
    "'": re.compile(rf"(?P<blank>[{_BLANKS}]+)|(?P<escape>'')|[^'{_BLANKS}]+"),
    "": re.compile(rf"(?P<blank>[{_BLANKS}]+)|(?P<escape>(?!))|[^{_BLANKS}]+"),
}
"""What a scalar is spelt with, by its quotation mark: blanks, which may be folded, escapes, and what says itself."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar that is spelt at ``[start, end)`` of the file, with its marks; ``style`` is the first of them."""

    value: str
    start: int
    end: int
    style: str
    is_string: bool

    def text(self, file: str) -> Text:
        """Return it with the place of each character; the line breaks at the end of a block are none of its text."""
        value = _SURROGATES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), self.value)
        if self.style in ("|", ">"):
            header = _HEADER.match(file, self.start, self.end)
            return _place(value.rstrip(_BREAKS), file, header.end() if header else self.end, self.end, "")
        if self.style:
            return _place(value, file, self.start + 1, self.end - 1, self.style)
        return _place(value, file, self.start, self.end, "")


@dataclass(slots=True)
class Table:
    """A mapping: its values by their keys, and where each key begins; ``notes`` are the comments right above a key."""

    values: dict[str, Value] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def scalar(self, key: str) -> Scalar | None:
        """Return the scalar under *key*, None if there is none."""
        value = self.values.get(key)
        return value if isinstance(value, Scalar) else None


Value = Scalar | Table | list[Any] | None
"""A value; what an alias stands for is None, since it is checked where it is written."""


def _place(value: str, file: str, start: int, end: int, mark: str) -> Text:
    """Return *value*, which is spelt at ``[start, end)``, with its places.

    Words stand in the file as they are and in their order, so that blanks and escapes alone need be looked at: a run of
    blanks in the file is one in the value, shorter or as long, or none behind an escaped line break.
    """
    if len(value) == end - start:
        return Text(value, OffsetMap.verbatim(len(value), start))
    built, at = MapBuilder(), 0
    blanks: list[re.Match[str]] = []
    for token in _TOKENS[mark].finditer(file, start, end):
        if token["blank"] is not None or (token["escape"] and _BLANK_ESCAPE.fullmatch(token[0])):
            blanks.append(token)
            continue
        at = _add_blanks(built, value, at, blanks)
        length = 1 if token["escape"] else len(token[0])
        built.add(value[at : at + length], *token.span())
        at += length
    _add_blanks(built, value, at, blanks)
    text = Text.of(built)
    return text if text.text == value else Text(value, OffsetMap(((0, len(value), start, end),)))


def _add_blanks(built: MapBuilder, value: str, at: int, blanks: list[re.Match[str]]) -> int:
    """Add the blanks at *at* of the value, which *blanks* spell; return where they end, and drop these."""
    run = _BLANK.match(value, at)
    end = run.end() if run and blanks else at
    if end > at and end - at == len(blanks) and all(token["escape"] for token in blanks):
        for char, token in zip(value[at:end], blanks, strict=True):
            built.add(char, *token.span())
    elif end > at:
        built.add(value[at:end], blanks[0].start(), blanks[-1].end())
    blanks.clear()
    return end


def parse(text: str, faults: Faults) -> Value:
    """Return the only document in *text*.

    PyYAML's loader in C reads twenty times as fast, where it is there; what it cannot read is told by the other.

    Raises:
        UserError: not YAML, more than one document, a key twice in one mapping or that is none, a tag that is not one
            of YAML's own, nested deeper than `MAX_DEPTH`, more than `MAX_VALUES` values or `MAX_CHARACTERS`.
    """
    import yaml

    if len(text) > MAX_CHARACTERS:
        raise faults.at(f"more than {MAX_CHARACTERS:,} characters of YAML", 0, "Split the file.")
    quick = getattr(yaml, "CSafeLoader", None)
    if quick is not None and not text.startswith(_MARK):  # which it does not count
        try:
            return _grow(_Tree(text, faults), quick)
        except (yaml.YAMLError, ValueError, OverflowError):
            pass  # in the words of the loader that is there everywhere
    tree = _Tree(text, faults)
    try:
        return _grow(tree, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.index if error.problem_mark else 0
        raise faults.at(f"not YAML: {error.problem or error.context}", at) from error
    except yaml.reader.ReaderError as error:
        raise faults.at(f"not YAML: U+{error.character:04X} may not stand there", error.position) from error
    except (ValueError, OverflowError) as error:
        raise faults.at("not YAML: a number in an escape or a directive is too large", tree.last) from error


def _grow(tree: _Tree, loader: Any) -> Value:
    """Return the document as *loader* reads it; its errors are those of PyYAML."""
    import yaml

    for event in yaml.parse(tree.text, Loader=loader):
        tree.grow(event)
    return tree.root


class _Tree:
    """Takes in one event after the other; ``root`` is what they make."""

    def __init__(self, text: str, faults: Faults) -> None:
        from yaml.resolver import Resolver

        self.root: Value = None
        self.last = 0
        self.text, self._faults = text, faults
        self._resolve = Resolver().resolve
        self._open: list[Table | list[Any]] = []
        self._keys: list[str | None] = []
        self._values = 0

    def grow(self, event: Any) -> None:
        """Take in an event of PyYAML."""
        kind = type(event).__name__
        start = event.start_mark.index
        if kind == "ScalarEvent":
            self._put(self._read_scalar(event), start)
            self.last = event.end_mark.index
        elif kind == "AliasEvent":
            self._put(None, start)
            self.last = event.end_mark.index
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._require_own_tag(event)
            if len(self._open) >= MAX_DEPTH:
                raise self._faults.at(f"values nest deeper than {MAX_DEPTH}", start, "This is no file of translations.")
            opened: Table | list[Any] = Table() if kind == "MappingStartEvent" else []
            self._put(opened, start)
            self._open.append(opened)
            self._keys.append(None)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._open.pop()
            self._keys.pop()

    def _read_scalar(self, event: Any) -> Scalar:
        from yaml import ScalarNode

        self._require_own_tag(event)
        tag = event.tag if event.tag not in (None, "!") else self._resolve(ScalarNode, event.value, event.implicit)
        is_string = tag == _STRING or event.tag == "!"
        return Scalar(event.value, event.start_mark.index, event.end_mark.index, event.style or "", is_string)

    def _require_own_tag(self, event: Any) -> None:
        if event.tag not in (None, "!") and event.tag not in _TAGS:
            what = f"the tag '{shorten(event.tag, 60)}' is not one of YAML's own"
            raise self._faults.at(what, event.start_mark.index, "A catalogue needs none; leave it out.")

    def _put(self, value: Value, at: int) -> None:
        """Put a value, a key or the root where it belongs."""
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._faults.at(f"more than {MAX_VALUES:,} values", at, "Split the file.")
        if not self._open:
            if self.root is not None and not (isinstance(value, Scalar) and not value.value):
                raise self._faults.at("a second document begins here", at, "Give a file of one catalogue.")
            self.root = value if self.root is None else self.root
            return
        holder, key = self._open[-1], self._keys[-1]
        if isinstance(holder, list):
            holder.append(value)
        elif key is None:
            self._keys[-1] = self._read_key(holder, value, at)
        else:
            if key != _MERGE:
                holder.values[key] = value
            self._keys[-1] = None

    def _read_key(self, holder: Table, value: Value, at: int) -> str:
        if not isinstance(value, Scalar):
            raise self._faults.at("a key is no text", at, "Write it as one; a catalogue has names for keys.")
        key = value.value
        if key in holder.keys and key != _MERGE:
            first = self._faults.line(holder.keys[key])
            what = f"the key '{shorten(key, 60)}' is there twice, first on line {first}"
            raise self._faults.at(what, at, "One of them would be lost; rename or remove it.")
        holder.keys[key] = at
        notes = tuple(
            _read_comments(self.text[self.last : at], is_line=self.last == 0 or self.text[self.last - 1] in "\r\n")
        )
        if notes:
            holder.notes[key] = notes
        return key


def _read_comments(between: str, *, is_line: bool) -> list[str]:
    """Return the comments right above a key, from what stands between it and the scalar before.

    Args:
        is_line: it begins with a line of its own.
    """
    if "#" not in between:
        return []
    *lines, _ = _LINE_END.split(between)
    comments: list[str] = []
    for line in reversed(lines if is_line else lines[1:]):
        said = line.strip(" \t")
        if not said.startswith("#"):
            break
        comments.append(said.lstrip("#").strip())
    return [comment for comment in reversed(comments) if comment]
