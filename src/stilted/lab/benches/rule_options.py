"""What benches that measure rules have in common: which rules, which half of the data, and how findings are shown."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from stilted import api
from stilted.core.model import Finding, Rule, get_family
from stilted.core.options import make_settings

HALVES: Final = ("all", "mine", "held")
"""All the data, the half that rules are made from, and the other one."""

_AROUND: Final = 50
"""Characters that are shown on either side of a finding."""


def is_held(name: str) -> bool:
    """Tell whether a repository or document belongs to the half that rules are not to be made from."""
    return sha256(name.encode("utf-8")).digest()[0] % 2 == 1


def is_in_half(name: str, half: str) -> bool:
    """Tell whether a repository or document belongs to one of `HALVES`."""
    return half == "all" or is_held(name) == (half == "held")


def add_options(parser: argparse.ArgumentParser, halved: str) -> None:
    """Add the options that choose rules, half of the *halved*, and what is printed."""
    parser.add_argument("--half", choices=HALVES, default="all", help=f"half of the {halved}, or all of them")
    parser.add_argument("--show", default="", metavar="RULE", help="print the findings of a rule or family")
    parser.add_argument("--select", action="append", default=[], metavar="RULE")
    parser.add_argument("--ignore", action="append", default=[], metavar="RULE")
    parser.add_argument("--preview", action="store_true")


def choose_rules(given: argparse.Namespace, **options: Any) -> tuple[Rule, ...]:
    """Return the rules that `add_options` let the user choose; *options* are further ones of `make_settings`."""
    chosen = make_settings(**{"select": given.select, "ignore": given.ignore, "preview": given.preview} | options)
    return api.select(api.list_rules(chosen), chosen)


def is_shown(finding: Finding, show: str) -> bool:
    """Tell whether ``--show`` asks for findings like this one."""
    return show in (finding.rule, get_family(finding.rule))


def quote(text: str, finding: Finding) -> str:
    """Return what is marked in a segment's *text*, in brackets, with what stands around it."""
    start, end = finding.segment_start, finding.segment_end
    return f"{text[max(0, start - _AROUND) : start]}[{text[start:end]}]{text[end : end + _AROUND]}"


def print_shown(shown: Mapping[str, Sequence[str]]) -> None:
    """Print the findings to read, a line each behind the name of the texts that they stand in."""
    for name, lines in shown.items():
        for line in lines:
            print(name, line)
