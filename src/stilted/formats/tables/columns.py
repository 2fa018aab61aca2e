"""What the columns of a table, or the fields of a row, are called by those who make them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from stilted.core.errors import UserError, did_you_mean
from stilted.core.options import LANGUAGES
from stilted.formats.units import FUZZY, LOCKED, TRANSLATED, UNTRANSLATED

NAMES: Final = {
    "target": "target translation hypothesis hyp mt output english targettext",
    "source": "source src original sourcetext sourcephrase sourcestring",
    "reference": "reference ref human humantranslation",
    "id": "id key name keyname identifier stringid segmentid",
    "notes": "notes note comment comments context description",
    "state": "state status",
    "fuzzy": "fuzzy",
}
"""Names of each role, in lower case without blanks, hyphens and underscores."""

_ROLES: Final = {name: role for role, names in NAMES.items() for name in names.split()}
_STATES: Final = {
    **dict.fromkeys("fuzzy draft needsreview needswork unreviewed rejected".split(), FUZZY),
    **dict.fromkeys("untranslated new empty missing todo".split(), UNTRANSLATED),
    **dict.fromkeys("locked nottranslatable donottranslate".split(), LOCKED),
}
_NO: Final = frozenset({"", "0", "false", "no", "n"})
_TAG: Final = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*", re.I)


@dataclass(frozen=True, slots=True)
class Roles:
    """The column of each role but notes, the columns of notes, and the language that the source column is named after.

    A column named after a language is the target where that is English, else the source. Of several languages beside
    English none is known to be the source.
    """

    column: Mapping[str, int]
    notes: tuple[int, ...] = ()
    language: str | None = None


def find_roles(header: Iterable[str], where: str) -> Roles:
    """Return what the columns of a table hold.

    Raises:
        UserError: no column is the target, or two have one role; but there may be several of ids, which the first
            gives, and of notes.
    """
    columns: dict[str, int] = {}
    notes: list[int] = []
    spoken: dict[str, int] = {}
    given = [name.strip() for name in header]
    for column, name in enumerate(given):
        named = _ROLES.get(_fold(name))
        role = named or _find_language_role(name)
        if role == "notes":
            notes.append(column)
        elif role == "source" and not named:
            spoken[name] = column
        elif role in columns and role != "id":
            what = f"two columns are the {role}: '{given[columns[role]]}' and '{name}'"
            raise UserError(what, where, "Name only one so; others can have any other name.")
        elif role:
            columns.setdefault(role, column)
    if "target" not in columns:
        near = did_you_mean(next(iter(given), ""), NAMES["target"].split())
        what = f"no column holds the translation; there are {', '.join(repr(name) for name in given[:8]) or 'none'}"
        raise UserError(what, where, near if "mean" in near else "Call it 'target' in the first row.")
    language = next(iter(spoken)) if len(spoken) == 1 and "source" not in columns else None
    return Roles({**columns, **({"source": spoken[language]} if language else {})}, tuple(notes), language)


def is_header(cells: Iterable[str]) -> bool:
    """Tell whether *cells* surely name columns: the translation, and something that belongs to it."""
    names = {_ROLES.get(_fold(cell)) or _find_language_role(cell.strip()) for cell in cells} - {None}
    return "target" in names and len(names) > 1


def read_state(cells: Mapping[str, str]) -> str:
    """Return the state that cells name, by role; one that is not known leaves the text translated."""
    state_name = _STATES.get(_fold(cells.get("state", "")), TRANSLATED)
    return FUZZY if state_name == TRANSLATED and _fold(cells.get("fuzzy", "")) not in _NO else state_name


def _fold(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()


def _find_language_role(name: str) -> str | None:
    tag = _TAG.fullmatch(name)
    if tag is None or tag[1].lower() not in ("en", *LANGUAGES):
        return None
    return "target" if tag[1].lower() == "en" else "source"
