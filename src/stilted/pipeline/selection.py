"""Which rules there are, and which of them run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Final

from stilted.core import mqm, profiles
from stilted.core.errors import UserError, did_you_mean, find_closest
from stilted.core.model import Rule, Skipped, Status
from stilted.core.options import Settings
from stilted.pipeline import kept_terms
from stilted.rules import checks, glossary, packs, tagger

ALL_RULES: Final = "Run 'stilted rules list' for all there are."


def make_rule_hint(name: str, known: Iterable[str]) -> str:
    """Return a hint for a *name* that no rule or family has: within its family, where there is one of that name.

    What rules of one family share in their names says nothing about which of them is meant.

    Args:
        known: ids of rules; also names of families and other words, where they are allowed.
    """
    words = sorted(set(known))
    family, slash, rest = name.partition("/")
    within = [word.removeprefix(f"{family}/") for word in words if slash and word.startswith(f"{family}/")]
    if not within and family == "glossary":
        return "The rules of glossaries come with one: add --glossary FILE."
    if not within:
        return did_you_mean(name, words, ALL_RULES)
    near = find_closest(rest, within)
    return f"Did you mean '{family}/{near}'?" if near else f"Run 'stilted rules list {family}' for the rules there are."


def list_rules(chosen: Settings | None = None) -> tuple[Rule, ...]:
    """Return every rule there is, whatever its status: packs, checks, the tagger and the glossaries."""
    chosen = chosen or Settings()
    kept_terms.require_patterns(chosen.do_not_translate)
    available = (
        *packs.list_rules(chosen.packs, chosen.sensitivity),
        *checks.list_rules(chosen.sensitivity),
        *tagger.list_rules(chosen.sensitivity),
        *glossary.list_rules(chosen.glossary),
        *glossary.names.make_rules(chosen.do_not_translate),
    )
    seen: set[str] = set()
    for rule in available:
        if rule.id in seen:
            raise UserError(f"two rules are called '{rule.id}'", "rules", "Rename the one in your pack.")
        seen.add(rule.id)
    severities = dict(chosen.severity)
    return tuple(_apply_severity(rule, severities) for rule in available) if severities else available


def _apply_severity(rule: Rule, severities: Mapping[str, str]) -> Rule:
    """Return the rule with the severity that the user gave it or its family, if any."""
    level = severities.get(rule.id) or severities.get(rule.family)
    return rule if level is None else replace(rule, severity=level, severity_is_set=True)


def select(available: Sequence[Rule], chosen: Settings) -> tuple[Rule, ...]:
    """Return the rules to run: the selected ones, or all stable ones, less the ignored.

    A name is a rule id (``zh/line-goes-offline``) or a family (``zh``); naming a rule is asking for it, so a
    selected rule runs even in preview.

    Raises:
        UserError: a name fits no rule.
    """
    families = {rule.family for rule in available}
    known = families | {rule.id for rule in available}
    for option in ("select", "ignore", "severity"):
        for name in dict(chosen.severity) if option == "severity" else getattr(chosen, option):
            if name not in known:
                raise UserError(f"no rule is called '{name}'", option, make_rule_hint(name, known))
    for name in chosen.gate.fail_on:
        if name not in known and name not in mqm.SEVERITIES:
            hint = make_rule_hint(name, known | set(mqm.SEVERITIES))
            raise UserError(f"no severity or rule is called '{name}'", "fail-on", hint)

    selected, ignored = frozenset(chosen.select), frozenset(chosen.ignore)

    def is_wanted(rule: Rule) -> bool:
        if rule.id in selected:
            return True
        return (chosen.preview or rule.status == Status.STABLE) and (not selected or _is_named(rule, selected))

    return tuple(rule for rule in available if is_wanted(rule) and not _is_named(rule, ignored))


def _is_named(rule: Rule, names: Set[str]) -> bool:
    return bool(names) and (rule.id in names or rule.family in names)


def drop_for_profile(
    running: Sequence[Rule], chosen: Settings, form: str
) -> tuple[tuple[Rule, ...], tuple[Skipped, ...]]:
    """Leave out the rules that have nothing to say about this kind of text, but for those that were selected."""
    profile = profiles.choose_profile(chosen, form)
    selected = frozenset(chosen.select)
    unfit = [rule for rule in running if profile.name in rule.not_for and not _is_named(rule, selected)]
    names = {rule.id for rule in unfit}
    reason = f"left out of the profile '{profile.name}'"
    fit = tuple(rule for rule in running if rule.id not in names)
    return fit, tuple(Skipped(rule.id, reason) for rule in unfit)
