"""A folder of modules is a table of things: a reader, check or renderer exists by being a file there."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any


def list_modules(package: str) -> tuple[str, ...]:
    """Return the public module names of *package*, sorted; nothing but the package itself is imported."""
    path = importlib.import_module(package).__path__
    return tuple(sorted(info.name for info in pkgutil.iter_modules(path) if not info.name.startswith("_")))


def load_module(package: str, name: str) -> Any:
    """Import and return ``package.name``; whoever asks says which `Protocol` the modules of that folder keep."""
    return importlib.import_module(f"{package}.{name}")
