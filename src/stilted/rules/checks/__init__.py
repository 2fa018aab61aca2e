"""Rules in code, one file each; a check exists by being a module here that keeps `Check`."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from stilted.core import discovery
from stilted.core.model import Rule


@runtime_checkable
class Check(Protocol):
    """What a module of this folder is to the others."""

    RULES: tuple[Rule, ...]
    """Several rules may share a finder."""


def list_rules(sensitivity: str = "medium") -> tuple[Rule, ...]:
    """Return the rules of every module of this folder, in order of module name, each as *sensitivity* has it."""
    every: list[Rule] = []
    for name in discovery.list_modules(__name__):
        check: Check = discovery.load_module(__name__, name)
        every += (rule.at(sensitivity) for rule in check.RULES)
    return tuple(every)
