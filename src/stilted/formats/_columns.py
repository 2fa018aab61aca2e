"""What the columns of a table, or the fields of a row, are called by those who make them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from stilted.errors import UserError, did_you_mean
from stilted.formats._nouns import FUZZY, LOCKED, TRANSLATED, UNTRANSLATED
from stilted.settings import LANGUAGES

NAMES: Final = {
    "target": "target translation hypothesis hyp mt output english targettext",
    "source": "source src original sourcetext",
    "reference": "reference ref human humantranslation",
    "id": "id key name keyname identifier stringid segmentid",
    "notes": "notes note comment comments context description",
    "state": "state status",
}
"""Names of each role, in lower case without blanks, hyphens and underscores."""

_ROLES: Final = {name: role for role, names in NAMES.items() for name in names.split()}
_STATES: Final = {
    **dict.fromkeys("fuzzy draft needsreview needswork unreviewed rejected".split(), FUZZY),
    **dict.fromkeys("untranslated new empty missing todo".split(), UNTRANSLATED),
    **dict.fromkeys("locked nottranslatable donottranslate".split(), LOCKED),
}
_TAG: Final = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*", re.I)


def roles(header: Iterable[str], where: str) -> tuple[dict[str, int], str | None]:
    """Return the column of each role, and the source language that a column is named after, if one is.

    A column named after a language is the target where that is English, and else the source.

    Raises:
        UserError: no column is the target, or two have one role.
    """
    found: dict[str, int] = {}
    spoken: str | None = None
    given = [name.strip() for name in header]
    for column, name in enumerate(given):
        role = _ROLES.get(_folded(name)) or _by_language(name)
        if role is None:
            continue
        if role in found:
            what = f"two columns are the {role}: '{given[found[role]]}' and '{name}'"
            raise UserError(what, where, "Name only one so; others can have any other name.")
        found[role] = column
        if role == "source" and _folded(name) not in _ROLES:
            spoken = name
    if "target" not in found:
        near = did_you_mean(next(iter(given), ""), NAMES["target"].split())
        what = f"no column holds the translation; there are {', '.join(repr(name) for name in given[:8]) or 'none'}"
        raise UserError(what, where, near if "mean" in near else "Call it 'target' in the first row.")
    return found, spoken


def is_header(cells: Iterable[str]) -> bool:
    """Tell whether *cells* surely name columns: the translation, and something that belongs to it."""
    found = {_ROLES.get(_folded(cell)) or _by_language(cell.strip()) for cell in cells} - {None}
    return "target" in found and len(found) > 1


def state(told: str) -> str:
    """Return the state that a cell names; one that is not known leaves the text translated."""
    return _STATES.get(_folded(told), TRANSLATED)


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()


def _by_language(name: str) -> str | None:
    tag = _TAG.fullmatch(name)
    if tag is None or tag[1].lower() not in ("en", *LANGUAGES):
        return None
    return "target" if tag[1].lower() == "en" else "source"
