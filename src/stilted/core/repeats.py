"""The same thing many times over: it is reported once, with all its places, and costs once."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final

from stilted.core.model import Analysis, Finding, Need

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Kind:
    """Findings of the same thing in one document, in the order in which they were given; at least one."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for all."""
        return self.findings[0]

    @property
    def others(self) -> tuple[Finding, ...]:
        """The findings beyond the first."""
        return self.findings[1:]


def group_kinds(report: Analysis, findings: Iterable[Finding]) -> tuple[Kind, ...]:
    """Group findings of one document by what they are about, in the order of the first of each kind.

    Findings are the same thing when rule, severity, message, quoted words and first suggestion are; marks without any
    letter or digit are all alike. Where a rule compares with a source or reference, the same words are another fault in
    another sentence: what they stand against must be the same too.
    """
    groups: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_make_kind_key(report, finding), []).append(finding)
    return tuple(Kind(tuple(same)) for same in groups.values())


def _make_kind_key(report: Analysis, finding: Finding) -> Hashable:
    segment = report.document.segments[finding.segment]
    rule = report.rules.get(finding.rule)
    compared = rule is not None and bool(rule.needs & {Need.REFERENCE, Need.SOURCE})
    against = (segment.reference, segment.source) if compared or not finding.text else ()
    words = tuple(_WORD.findall(finding.text.casefold()))
    suggestion = finding.suggestions[0].casefold() if words and finding.suggestions else ""
    return finding.rule, finding.severity, finding.message.casefold(), words, suggestion, against
