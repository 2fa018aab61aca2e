"""Whether data that somebody may have written by hand is of the kind that a type says: caches, old summaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

MOST: Final = 10**12
"""Largest number that is believed; larger ones are no count of anything, and some cannot be computed with."""


def fits(value: object, kind: Any) -> bool:
    """Tell whether *value* is of *kind*: a plain type, a union, a tuple, or a dataclass of these, all the way down."""
    if kind is Any or (isinstance(kind, type) and issubclass(kind, Mapping)):
        return True
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return any(fits(value, each) for each in get_args(kind))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return isinstance(value, Mapping)
    if origin is tuple:
        return isinstance(value, tuple) and _has_fitting_members(value, get_args(kind))
    if kind is None or kind is type(None):
        return value is None
    if kind is bool:
        return isinstance(value, bool)
    if kind in (int, float):
        return _is_number(value, kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return isinstance(value, kind) and all(
            fits(getattr(value, name), hint) for name, hint in _list_hints(type(value))
        )
    return isinstance(kind, type) and isinstance(value, kind)


def _has_fitting_members(value: tuple[object, ...], kinds: tuple[Any, ...]) -> bool:
    if len(kinds) == 2 and kinds[1] is ...:
        return all(fits(each, kinds[0]) for each in value)
    return len(value) == len(kinds) and all(map(fits, value, kinds))


def _is_number(value: object, kind: type) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float if kind is float else int):
        return False
    return -MOST < value < MOST  # neither of what is infinite nor of what is no number


@cache
def _list_hints(kind: type) -> tuple[tuple[str, Any], ...]:
    known = get_type_hints(kind)
    return tuple((each.name, known[each.name]) for each in fields(kind))
