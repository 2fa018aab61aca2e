"""Rules in code, one file each; a check exists by being a module here with ``RULES``."""

from __future__ import annotations

from stilted.core import discovery
from stilted.core.model import Rule


def rules() -> tuple[Rule, ...]:
    """Return the rules of every module of this folder, in order of module name."""
    found = (discovery.module(__name__, name) for name in discovery.names(__name__))
    return tuple(rule for check in found for rule in check.RULES)
