"""Findings that overlap: one of them is kept, and names the rules of the others."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from stilted.core import mqm
from stilted.core.model import Finding, Precedence, Rule


def merge(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> tuple[Finding, ...]:
    """Keep one finding of those that overlap, and name the rules of the others in its ``merged_rules``.

    Its rule's precedence decides, then the severer, the longer, the earlier, and the rule id that sorts first win. A
    finding that overlaps two winners is named by both.

    Args:
        findings: of one document. rules: theirs, by id; one that is unknown has the precedence of a fault.
    """
    ordered = sorted(findings, key=_make_place_key)
    kept: list[Finding] = []
    for _, group in groupby(ordered, key=lambda f: f.segment):
        kept += _find_winners(group, rules)
    return tuple(sorted(kept, key=_make_place_key))


def _find_winners(group: Iterable[Finding], rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """Yield the winners of one segment; no two of them begin at the same place, so that names them."""
    winners: dict[int, Finding] = {}
    starts: list[int] = []
    beaten: dict[str, list[tuple[int, int]]] = {}
    for finding in sorted(group, key=lambda each: _make_rank(each, rules.get(each.rule))):
        if _has_rival(finding, winners, starts):
            for rule in {finding.rule, *finding.merged_rules}:
                beaten.setdefault(rule, []).append((finding.segment_start, finding.segment_end))
            continue
        winners[finding.segment_start] = finding
        if finding.segment_start < finding.segment_end:
            insort(starts, finding.segment_start)
    also = {at: set(winner.merged_rules) for at, winner in winners.items()}
    for rule, spans in beaten.items():
        for at in _find_touched(spans, winners, starts):
            also[at].add(rule)
    for at, winner in winners.items():
        yield replace(winner, merged_rules=tuple(sorted(also[at] - {winner.rule})))


def _has_rival(finding: Finding, winners: Mapping[int, Finding], starts: Sequence[int]) -> bool:
    """Tell whether a winner overlaps *finding*; *starts* holds, sorted, where those begin that are not empty."""
    start, end = finding.segment_start, finding.segment_end
    if start in winners:
        return True
    if start == end:
        return False
    after = bisect_right(starts, start)
    before = after > 0 and winners[starts[after - 1]].segment_end > start
    return before or (after < len(starts) and starts[after] < end)


def _find_touched(
    spans: Iterable[tuple[int, int]], winners: Mapping[int, Finding], starts: Sequence[int]
) -> Iterator[int]:
    """Yield where the winners begin that overlap one of *spans*; each is looked at once for all that overlap it."""
    reached = 0
    for start, end in sorted(spans):
        if start in winners:
            yield start
        if start == end:
            continue
        number = max(reached, bisect_right(starts, start) - 1, 0)
        while number < len(starts) and starts[number] < end:
            if winners[starts[number]].segment_end > start:
                yield starts[number]
            number += 1
        reached = max(reached, number - 1)


def _make_place_key(finding: Finding) -> tuple[int, int, int, str]:
    return finding.segment, finding.segment_start, finding.segment_end, finding.rule


def _make_rank(finding: Finding, rule: Rule | None) -> tuple[int, int, int, int, str]:
    kind = Precedence.FAULT if rule is None else rule.precedence
    length = finding.segment_end - finding.segment_start
    return kind, -mqm.rank_severity(finding.severity), -length, finding.segment_start, finding.rule
