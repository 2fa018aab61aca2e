"""Glossaries in TBX, version 2 (``martif``, ISO 30042:2008) and 3 (``tbx``, ISO 30042:2019).

Of each concept, the English terms by their ``administrativeStatus`` (a ``termNote``, or an element of that name
in the DCT style), and the terms of all other languages as source terms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from stilted.core.errors import UserError, did_you_mean
from stilted.rules.glossary.entries import MAX_ENTRIES, Entry, make_entry, read_term

MAX_DEPTH: Final = 64

_ROOTS: Final = ("martif", "tbx")
_ENTRIES: Final = ("termEntry", "conceptEntry")
_LANGUAGES: Final = ("langSet", "langSec")
_TERMS: Final = ("tig", "ntig", "termSec")
_STATUS: Final = "administrativeStatus"
_RANKS: Final = {
    "preferredTerm": 0,
    "": 1,
    "standardizedTerm": 1,
    "legalTerm": 1,
    "regulatedTerm": 1,
    "admittedTerm": 2,
    "deprecatedTerm": 3,
    "supersededTerm": 3,
}
"""Best first; 3 is forbidden. A term without a status is a right one."""
_FORBIDDEN: Final = 3


def read_entries(text: str, where: str) -> tuple[Entry, ...]:
    """Return the entries of a TBX file that have an English term.

    Args:
        text: the file; what its XML declaration says about encoding is ignored, it is decoded already.
        where: the file, for messages.

    Raises:
        UserError: not well-formed, not TBX, nested deeper than `MAX_DEPTH`, with declarations or entities of its
            own, or a term or status is faulty; file and line are named.
    """
    reader = _Reader(where)
    try:
        reader.parser.Parse(text, True)
    except expat.ExpatError as error:
        what = f"not XML: {expat.ErrorString(error.code)} (column {error.offset + 1})"
        raise UserError(what, f"{where}:{error.lineno}", "Export the glossary again as TBX.") from error
    except UnicodeEncodeError as error:
        raise UserError("not XML: half of a surrogate pair", where, "Save the glossary as UTF-8.") from error
    return tuple(reader.entries)


@dataclass(slots=True)
class _Concept:
    line: int
    english: list[tuple[int, str]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


class _Reader:
    """Expat's handlers and what they have seen; lives for one call of `read_entries`."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.entries: list[Entry] = []
        self.path: list[str] = []
        self.concept = _Concept(0)
        self.language = self.text = self.term = self.status = ""
        self.pieces: list[str] | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_declarations
        self.parser.SkippedEntityHandler = self._refuse_entity
        self.parser.StartElementHandler = self._open_element
        self.parser.EndElementHandler = self._close_element
        self.parser.CharacterDataHandler = self._add_text

    def _describe_place(self) -> str:
        return f"{self.where}:{self.parser.CurrentLineNumber}"

    def _refuse_declarations(self, _name: str, _system: str | None, _public: str | None, own_declarations: int) -> None:
        # The usual <!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"> does nothing here: no DTD is ever fetched.
        if own_declarations:
            hint = "Take the part between [ and ] out of the <!DOCTYPE …>."
            raise UserError("the file brings its own declarations", self._describe_place(), hint)

    def _refuse_entity(self, name: str, _parameter: bool) -> None:
        raise UserError(f"the entity '&{name};' is not defined", self._describe_place(), "Write the character itself.")

    def _open_element(self, tag: str, attributes: dict[str, str]) -> None:
        name = _drop_prefix(tag)
        if not self.path and name not in _ROOTS:
            raise UserError(
                f"the root is <{tag}>, so this is no TBX", self._describe_place(), "TBX begins with <martif> or <tbx>."
            )
        if len(self.path) == MAX_DEPTH:
            raise UserError(
                f"elements nest deeper than {MAX_DEPTH}", self._describe_place(), "Export the glossary again as TBX."
            )
        self.path.append(name)
        if name in _ENTRIES:
            self.concept = _Concept(self.parser.CurrentLineNumber)
        elif name in _LANGUAGES:
            self.language = attributes.get("xml:lang", attributes.get("lang", "")).casefold()
            if not self.language:
                raise UserError(
                    f"<{tag}> names no language", self._describe_place(), 'Write xml:lang="en", for instance.'
                )
        elif name in _TERMS:
            self.term = self.status = ""
        elif name == "term" or name == _STATUS or attributes.get("type") == _STATUS:
            self.pieces = []

    def _add_text(self, text: str) -> None:
        if self.pieces is not None:
            self.pieces.append(text)

    def _close_element(self, _tag: str) -> None:
        name = self.path.pop()
        if self.pieces is not None and name in ("term", "termNote", _STATUS):
            text, self.pieces = "".join(self.pieces), None
            if name == "term":
                self.term = text
            else:
                self.status = text.strip()
        elif name in _TERMS and self.term:
            self._add_term()
        elif name in _ENTRIES:
            self._add_entry()

    def _add_term(self) -> None:
        at = f"{self._describe_place()}: <term>"
        if self.language.split("-")[0].split("_")[0] != "en":
            self.concept.sources.append(read_term(self.term, at, source=True))
            return
        status = self.status.removesuffix("-admn-sts")
        if status not in _RANKS:
            known = [f"{each}-admn-sts" for each in _RANKS if each]
            raise UserError(f"unknown status '{self.status}'", self._describe_place(), did_you_mean(self.status, known))
        self.concept.english.append((_RANKS[status], read_term(self.term, at)))

    def _add_entry(self) -> None:
        if not self.concept.english:
            return
        where = f"{self.where}:{self.concept.line}"
        if len(self.entries) == MAX_ENTRIES:
            raise UserError(f"more than {MAX_ENTRIES:,} entries", where, "Split the glossary.")
        ranked = sorted(self.concept.english, key=lambda pair: pair[0])
        preferred = [text for rank, text in ranked if rank < _FORBIDDEN]
        forbidden = [text for rank, text in ranked if rank == _FORBIDDEN]
        self.entries.append(make_entry(where, preferred, forbidden, self.concept.sources))


def _drop_prefix(tag: str) -> str:
    return tag.rpartition(":")[2]
