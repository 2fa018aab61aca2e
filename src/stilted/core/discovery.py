"""A folder of modules is a table of things: a reader, check or renderer exists by being a file there."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def names(package: str) -> tuple[str, ...]:
    """Return the public module names of *package*, sorted; nothing but the package itself is imported."""
    path = importlib.import_module(package).__path__
    return tuple(sorted(info.name for info in pkgutil.iter_modules(path) if not info.name.startswith("_")))


def module(package: str, name: str) -> ModuleType:
    """Import and return ``package.name``."""
    return importlib.import_module(f"{package}.{name}")
