"""JUnit XML: a file is a suite, a sentence with findings a test, and the verdict on the file one more.

A file that could not be judged is a suite of one test, its verdict, with an error.

In a file that failed, a sentence fails when a finding in it is major or critical, and where there is none of these,
when one is as severe as any in the file: whoever sees only what failed must see the words. All other findings stand
in the output of their test, so that the file is red only when the exit code is. There is no time in it: the same texts
give the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from stilted.core.foreign import Syntax, shorten
from stilted.core.model import Report, Span, Unjudged
from stilted.render.annotations import (
    Issue,
    describe_issue,
    describe_verdict,
    list_issues,
    list_remarks,
    make_path,
    sort_worst_first,
)
from stilted.render.format import Format
from stilted.render.wording import describe_unjudged, fill_objects
from stilted.render.xml_text import clean_for_xml, write_document

FORMAT: Final = Format(syntax=Syntax.XML)
FAILING: Final = ("critical", "major")
_NAME: Final = 80


def render(report: Report) -> str:
    """Return the suite of one file."""
    return render_all([report])


def render_all(reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Return one suite for each file, each with at least one test: its verdict."""
    root = Element("testsuites", name="stilted")
    root.extend(_make_suite(report) for report in reports)
    root.extend(map(_make_error_suite, unjudged))
    _count_cases(root)
    return write_document(root)


def _make_suite(report: Report) -> Element:
    name = clean_for_xml(make_path(report.document.name))
    suite = Element("testsuite", name=name)
    every = list_issues([report])
    failing = _choose_failing(report, every)
    for _, same_segment in groupby(every, key=lambda issue: issue.finding.segment):
        suite.append(_make_case(name, sort_worst_first(same_segment), failing))
    suite.append(_make_verdict_case(name, report))
    _count_cases(suite)
    return suite


def _make_error_suite(file: Unjudged) -> Element:
    name = clean_for_xml(make_path(file.file))
    suite = Element("testsuite", name=name)
    case = SubElement(suite, "testcase", classname=name, name="verdict", file=name)
    said = clean_for_xml(describe_unjudged(file))
    SubElement(case, "error", type="unjudged", message=said).text = said
    _count_cases(suite)
    return suite


def _choose_failing(report: Report, listed: Sequence[Issue]) -> Collection[str]:
    """Return the severities that make a sentence fail."""
    if report.verdict.passed is not False or not listed:
        return ()
    worst = sort_worst_first(listed)[0].finding.severity
    return FAILING if worst in FAILING else (worst,)


def _make_case(suite: str, listed: Sequence[Issue], kinds: Collection[str]) -> Element:
    """Return the test of one sentence, named by its number and first words."""
    worst = listed[0]
    segment = worst.report.document.segments[worst.finding.segment]
    target, _ = fill_objects(segment.target or "", segment.objects[0], Span(0, 0))
    words = shorten(clean_for_xml(" ".join((target or segment.reference or "").split())), _NAME)
    case = Element("testcase", classname=suite, name=f"{clean_for_xml(segment.id)}: {words}", file=suite)
    if worst.place is not None:
        case.set("line", str(worst.place.line))
    failing = [issue for issue in listed if issue.finding.severity in kinds]
    others = [issue for issue in listed if issue.finding.severity not in kinds]
    if failing:
        kind = failing[0].finding.severity
        SubElement(case, "failure", type=kind, message=clean_for_xml(describe_issue(failing[0]))).text = _write_lines(
            failing
        )
    if others:
        SubElement(case, "system-out").text = _write_lines(others)
    return case


def _write_lines(listed: Sequence[Issue]) -> str:
    return "\n".join(
        clean_for_xml(f"{i.path}:{i.where}: {i.finding.severity}: {describe_issue(i)} ({i.finding.rule})")
        for i in listed
    )


def _make_verdict_case(suite: str, report: Report) -> Element:
    """Return the test of the whole file; where no verdict can be given it is skipped, and says why."""
    case = Element("testcase", classname=suite, name="verdict", file=suite)
    said = clean_for_xml(describe_verdict(report))
    if report.verdict.passed is False:
        SubElement(case, "failure", type="verdict", message=said).text = said
    elif report.verdict.passed is None:
        SubElement(case, "skipped", message=said)
    if notes := list_remarks([report]):
        SubElement(case, "system-out").text = "\n".join(map(clean_for_xml, notes))
    return case


def _count_cases(element: Element) -> None:
    for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped"), ("errors", "error")):
        element.set(attribute, str(len(element.findall(f".//{tag}"))))
