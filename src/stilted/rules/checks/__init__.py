"""Rules in code, one file each; a check exists by being a module here that keeps `Check`."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol, runtime_checkable

from stilted.core import discovery
from stilted.core.model import Rule, Status


@runtime_checkable
class Check(Protocol):
    """What a module of this folder is to the others."""

    RULES: tuple[Rule, ...]
    """Several rules may share a finder."""


def rules(sensitivity: str = "medium") -> tuple[Rule, ...]:
    """Return the rules of every module of this folder, in order of module name, each as *sensitivity* has it."""
    every: list[Rule] = []
    is_high = sensitivity == "high"
    for name in discovery.names(__name__):
        check: Check = discovery.module(__name__, name)
        every += (
            replace(rule, status=Status.STABLE) if is_high and rule.stable_at_high else rule for rule in check.RULES
        )
    return tuple(every)
