"""What people have accepted: remarks in the files themselves, and phrases in ``.stilted-ignore``.

A remark is read with its file (`stilted.formats`). The list holds phrases, one a line, each with an optional reason.

::

    application scenarios            # our product term since 2019
    zh/ppt-product: PPT car          # only this rule
    zh: flagship store               # only the rules of this family
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from stilted.core.errors import UserError
from stilted.core.model import Analysis, Finding, Rule, Span, Suppression, find_place, get_family
from stilted.core.offsets import Lines
from stilted.formats import read_text
from stilted.pipeline.selection import make_rule_hint

FILE: Final = ".stilted-ignore"

_RULE: Final = re.compile(r"([a-z][a-z0-9-]*(?:/[a-z0-9-]+)?):")
_REASON: Final = re.compile(r"(?:^|\s)#")
_EDGES: Final = ' .,;:!?…"“”„‘«»()[]–—、。，；：！？（）'
"""What may stand before or behind a phrase and is no part of it; an apostrophe or a sign may be."""


@dataclass(frozen=True, slots=True)
class IgnoredPhrase:
    """One accepted phrase: which rule or family may not remark on it (empty: none may), where it stands, and why."""

    phrase: str
    rule: str
    reason: str
    where: str


def _fold(text: str) -> str:
    """Return what is compared; a text of nothing but marks is compared as it is."""
    plain = " ".join(text.split()).casefold().replace("’", "'")
    return plain.strip(_EDGES) or plain


def read_ignored_phrases(path: Path, rules: Iterable[str]) -> tuple[IgnoredPhrase, ...]:
    """Read a list of accepted phrases; blank lines and lines that begin with ``#`` say nothing.

    A word with a colon is a family if there is one of that name, else the beginning of a phrase.

    Raises:
        UserError: the file cannot be read, or a line names a rule that does not exist.
    """
    known = set(rules)
    families = {get_family(rule) for rule in known}
    ignored = []
    for number, line in enumerate(read_text(path, "list of accepted phrases").split("\n"), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        where = f"{path}:{number}"
        named = _RULE.match(text)
        if named and "/" not in named[1] and named[1] not in families:
            named = None
        rule = named[1] if named else ""
        phrase, *reason = _REASON.split(text[named.end() :] if named else text, maxsplit=1)
        if not phrase.strip():
            raise UserError("no phrase on this line", where, "Write: phrase  # reason")
        if rule and rule not in known | families:
            raise UserError(f"no rule is called '{rule}'", where, make_rule_hint(rule, known))
        ignored.append(IgnoredPhrase(phrase.strip(), rule, "".join(reason).strip(), where))
    return tuple(ignored)


def apply_ignored_phrases(
    analysis: Analysis, accepted: Sequence[IgnoredPhrase]
) -> tuple[Analysis, frozenset[IgnoredPhrase]]:
    """Leave out the findings that are accepted; return what is left and the phrases that accepted something."""
    table: dict[tuple[str, str], list[IgnoredPhrase]] = {}
    for phrase in accepted:
        table.setdefault((_fold(phrase.phrase), phrase.rule), []).append(phrase)
    kept: list[Finding] = []
    used: set[tuple[str, str]] = set()
    for finding in analysis.findings:
        text = _fold(finding.text)
        keys = {(text, rule) for rule in ("", finding.rule, get_family(finding.rule))} & table.keys()
        used |= keys
        if not keys:
            kept.append(finding)
    return replace(analysis, findings=tuple(kept)), frozenset(phrase for name in used for phrase in table[name])


def apply_remarks(analysis: Analysis, rules: Iterable[Rule]) -> Analysis:
    """Leave out the findings that remarks in the file accept.

    Args:
        rules: all there are, to check the names in the remarks.

    Returns:
        What is left, with a note for each remark that accepted nothing although its rules ran.

    Raises:
        UserError: a remark names a rule or family that does not exist.
    """
    document = analysis.document
    if not document.suppressions:
        return analysis
    lines = Lines.of(document.origin or "")
    ids = analysis.ran
    known, ran = _list_names(rules), _list_names(rule for rule in analysis.rules.values() if rule.id in ids)
    placed = sorted(_list_placed(analysis))
    gone: set[int] = set()
    unused = []
    looked_at: dict[tuple[Span, tuple[str, ...]], bool] = {}
    for remark in sorted(document.suppressions, key=lambda remark: (remark.at, remark.span)):
        line = lines.locate(remark.at)[0]
        for name in remark.rules:
            if name not in known:
                raise UserError(f"no rule is called '{name}'", f"{document.name}:{line}", make_rule_hint(name, known))
        about = (remark.span, remark.rules)
        if about not in looked_at:
            first, last = bisect_left(placed, (remark.span.start, 0, 0)), bisect_right(placed, (remark.span.end + 1,))
            within = [n for _, end, n in placed[first:last] if end <= remark.span.end]
            covered = {n for n in within if _speaks_of(remark, analysis.findings[n].rule)}
            gone |= covered
            looked_at[about] = bool(covered)
        if not looked_at[about] and (not remark.rules or ran & set(remark.rules)):
            why = f" ({remark.reason})" if remark.reason else ""
            unused.append(f"The remark on line {line:,}{why} suppresses nothing.")
    kept = tuple(finding for number, finding in enumerate(analysis.findings) if number not in gone)
    return replace(analysis, findings=kept, notes=(*analysis.notes, *unused))


def _list_placed(report: Analysis) -> Iterator[tuple[int, int, int]]:
    """Yield ``(start, end, number)`` of the findings that have a place in the file."""
    for number, finding in enumerate(report.findings):
        place = find_place(report.document, finding)
        if place is not None:
            yield place.start, place.end, number


def _speaks_of(remark: Suppression, rule: str) -> bool:
    return not remark.rules or not {rule, get_family(rule)}.isdisjoint(remark.rules)


def _list_names(rules: Iterable[Rule]) -> set[str]:
    return {name for rule in rules for name in (rule.id, rule.family)}
