"""Rules in code, one file each; a check exists by being a module here with ``RULES``."""

from __future__ import annotations

from dataclasses import replace

from stilted.core import discovery
from stilted.core.model import Rule


def rules(sensitivity: str = "medium") -> tuple[Rule, ...]:
    """Return the rules of every module of this folder, in order of module name.

    A module may name rules of its own that guess, ``AT_HIGH_SENSITIVITY``: they run then as if they were stable.
    """
    every: list[Rule] = []
    is_high = sensitivity == "high"
    for name in discovery.names(__name__):
        check = discovery.module(__name__, name)
        guesses: frozenset[str] = getattr(check, "AT_HIGH_SENSITIVITY", frozenset())
        every += (replace(rule, status="stable") if is_high and rule.id in guesses else rule for rule in check.RULES)
    return tuple(every)
