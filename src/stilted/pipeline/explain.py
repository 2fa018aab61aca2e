"""What was compared: all that is known of one finding, for a reader who doubts it."""

from __future__ import annotations

from collections.abc import Iterator

from stilted.core import mqm
from stilted.core.model import Finding, Report, Rule
from stilted.core.repeats import group_kinds
from stilted.pipeline import verdict
from stilted.render.wording import FIX
from stilted.rules import packs

Fact = tuple[str, str]
"""A label of at most ten letters, and a sentence or list."""


def explain(report: Report, finding: Finding) -> Iterator[Fact]:
    """Yield what the finding was compared with, what the rule read, what speaks for the rule, and what it costs."""
    segment = report.document.segments[finding.segment]
    if segment.source is None:
        none = "nothing beside this sentence" if report.document.has_source else "none was given"
        yield "source", none
    if not report.document.has_reference:
        yield "reference", "none was given"
    yield from list_evidence(report, finding)
    rule = report.rules.get(finding.rule)
    yield "costs", _describe_cost(report, finding)
    if rule is not None and rule.safe_fix and finding.suggestions:
        yield "fix", f"'stilted fix' {FIX}"
    yield "id", finding.fingerprint
    if any(map(str.isalnum, finding.text)):
        yield "accept", f"'{finding.rule}: {' '.join(finding.text.split())}' on a line of .stilted-ignore"


def list_evidence(report: Report, finding: Finding) -> Iterator[Fact]:
    """Yield what the rule read to come to the finding, and what speaks for the rule."""
    rule = report.rules.get(finding.rule)
    if rule is None:
        return
    if rule.evidence is not None:
        yield from rule.evidence(report.document, finding)
    yield "rule", _describe_rule(rule)
    yield "measured", _describe_evidence(rule, finding)


def _describe_rule(rule: Rule) -> str:
    facts = [rule.status, f"{rule.severity} {'as configured' if rule.severity_is_set else 'by itself'}"]
    if rule.languages:
        facts.append(f"about translations from {', '.join(sorted(rule.languages))}")
    if rule.needs:
        facts.append(f"needs a {' and a '.join(sorted(rule.needs))}")
    return f"{rule.id}: {'; '.join(facts)}"


def _describe_evidence(rule: Rule, finding: Finding) -> str:
    chance = f"confidence {finding.confidence:.2f}"
    if not packs.is_measured(rule):
        return "argued: no hit on annotated data"
    record = packs.read_measurements().get(rule.id)
    if record is None:
        return f"{chance}; see 'stilted tagger info'"
    if not record["hits"]:
        return f"{chance}; {record['edited']} of {record['edits']} hits on edited sentences touch what was changed"
    return f"{chance}; {record['touching']} of {record['hits']} hits on annotated data touch a mark of a reviewer"


def _describe_cost(report: Report, finding: Finding) -> str:
    if finding.in_baseline:
        return "nothing: the baseline accepts it"
    counted = verdict.list_shown(report, (each for each in report.findings if not each.in_baseline))
    if not any(each is finding for each in counted):
        return "nothing: what the model marks is a guess"
    for kind in group_kinds(report, counted):
        if any(each is finding for each in kind.others):
            return "nothing: it repeats another finding of this document"
    points = mqm.PENALTIES[finding.severity]
    return f"{points} penalty point{'s' * (points != 1)}"
