"""``stilted rules``: what there is, what one is about, and whether your own pack keeps its promises."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stilted.cli._parser import FAILED, PASSED, Commands, Parser, add_command, add_outside
from stilted.cli._screen import show_lines
from stilted.core.errors import UserError, did_you_mean

if TYPE_CHECKING:
    from stilted.core.model import Rule


_EPILOG = """\
examples:
  stilted rules list                      every rule, a line each
  stilted rules list zh mechanics         those of two families
  stilted rules show zh/line-goes-offline message, why, suggestions and examples
  stilted rules list --pack style/ours.toml --glossary terms.csv
  stilted rules test style/ours.toml      does every example of a pack hold? exit 1 if not

Packs and glossaries of the configuration are known to list and show, whatever path they are configured for.
"""


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand with its own three."""
    top = add_command(commands, "rules", "list, explain and test rules", "List, explain and test rules.", _EPILOG)
    inner = top.add_subparsers(dest="what", metavar="list|show|test", required=True, parser_class=Parser)
    listing = add_command(inner, "list", "every rule, a line each", "List the rules, a line each.")
    listing.add_argument("families", metavar="FAMILY", nargs="*", help="only these families")
    listing.set_defaults(run=_list)
    _add_files(listing)
    show = add_command(inner, "show", "one rule with its examples", "Explain one rule with its examples.")
    show.add_argument("id", metavar="ID", help="e.g. zh/line-goes-offline")
    show.set_defaults(run=_show)
    _add_files(show)
    test = add_command(inner, "test", "test the examples of a pack", "Test every example of phrase packs.")
    test.add_argument("packs", metavar="PACK.toml", nargs="+", type=Path, help="phrase packs")
    add_outside(test)
    test.set_defaults(run=_test)


def _add_files(parser: Parser) -> None:
    add_outside(parser)
    option = parser.add_argument
    option("--pack", metavar="FILE", type=Path, action="append", dest="packs", help="also this phrase pack")
    option("--glossary", metavar="FILE", type=Path, action="append", help="the rules of this glossary, CSV or TBX")


def _list_known_rules(arguments: argparse.Namespace) -> tuple[Rule, ...]:
    """Return every rule a check here could run: those given, else those configured for some path."""
    from stilted import api
    from stilted.core.options import PATHS, make_settings
    from stilted.project import config

    configuration = config.find(Path(), outside=arguments.allow_outside)
    configured = (configuration.options, *(options for _, options in configuration.sections))
    files = {
        name: getattr(arguments, name) or list(dict.fromkeys(path for o in configured for path in o.get(name, ())))
        for name in PATHS
    }
    rules = api.list_rules(make_settings("rules", **files))
    known = {rule.id for rule in rules}
    return (*rules, *(rule for rule in _make_glossary_rules() if rule.id not in known))


def _make_glossary_rules() -> tuple[Rule, ...]:
    """Return the rules of a made-up glossary, so that they can be explained without one."""
    from stilted.rules.glossary import names
    from stilted.rules.glossary.entries import Entry
    from stilted.rules.glossary.rules import make_rules

    sample = Entry("sample", ("new energy vehicle",), ("new power car",), ("新能源汽车",))
    return (*make_rules([sample]), *names.make_rules(("Lighthouse",)))


def _list(arguments: argparse.Namespace) -> int:
    from stilted.rules.packs import is_measured

    rules = _list_known_rules(arguments)
    families = {rule.family for rule in rules}
    hint = "Run 'stilted rules list' for all there are."
    for name in arguments.families:
        if name not in families:
            raise UserError(f"no family is called '{name}'", "rules list", did_you_mean(name, families, hint))
    shown = [r for r in rules if not arguments.families or r.family in arguments.families]
    width = max(len(rule.id) for rule in shown)
    show_lines(
        f"{rule.id:{width}}  {rule.status:7}  {'measured' if is_measured(rule) else 'argued':8}  {rule.severity:8}"
        f"  {rule.category}"
        for rule in shown
    )
    return PASSED


def _show(arguments: argparse.Namespace) -> int:
    from stilted.pipeline.selection import make_rule_hint
    from stilted.render.rule_page import write_page

    rules = {rule.id: rule for rule in _list_known_rules(arguments)}
    if arguments.id in {rule.family for rule in rules.values()}:
        hint = f"Run 'stilted rules list {arguments.id}' for its rules."
        raise UserError(f"'{arguments.id}' is a family, not a rule", "rules show", hint)
    if arguments.id not in rules:
        raise UserError(f"no rule is called '{arguments.id}'", "rules show", make_rule_hint(arguments.id, rules))
    show_lines(write_page(rules[arguments.id]).splitlines())
    return PASSED


def _require_own_names(path: Path, rules: Sequence[Rule]) -> None:
    """Refuse a pack, unless it is a built-in one, whose ids other rules have or whose family is code.

    Raises:
        UserError: the first such id.
    """
    from stilted import api
    from stilted.core.model import get_family
    from stilted.rules import packs

    if path.resolve().parent == Path(packs.__file__).resolve().parent:
        return
    phrases = {rule.id for rule in packs.list_rules()}
    taken = {rule.id for rule in api.list_rules()}
    code = {get_family(name) for name in taken - phrases} | {rule.family for rule in _make_glossary_rules()}
    for rule in rules:
        if rule.id in taken or rule.family in code:
            what = "a built-in rule has this id" if rule.id in taken else f"the family '{rule.family}' is built in"
            raise UserError(what, f"{path}: rule {rule.id}", "Choose a family name of your own.")


def _test(arguments: argparse.Namespace) -> int:
    from stilted.pipeline import rule_selftest
    from stilted.render.wording import format_count
    from stilted.rules import packs

    broken = 0
    for path in arguments.packs:
        rules = packs.load(path)
        _require_own_names(path, rules)
        breaches = [breach for rule in rules for breach in rule_selftest.list_failures(rule)]
        broken += len(breaches)
        show_lines(f"{path}: {breach}" for breach in breaches)
        show_lines([f"{path}: {format_count(len(rules), 'rule')}, {format_count(len(breaches), 'broken promise')}"])
    return FAILED if broken else PASSED
