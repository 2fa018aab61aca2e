"""Checkstyle XML, which Jenkins, SonarQube and many annotators read.

The format has no place for a verdict or for rules that did not run; a file that could not be judged has an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree

from stilted import __version__
from stilted.core.foreign import Syntax
from stilted.core.model import Report, Unjudged
from stilted.render.annotations import UNJUDGED, describe_issue, list_issues, make_path
from stilted.render.format import Format
from stilted.render.wording import describe_unjudged
from stilted.render.xml_text import clean_for_xml, write_document

FORMAT: Final = Format(syntax=Syntax.XML, has_notes=False)
SEVERITIES: Final = {"error": "error", "warning": "warning", "note": "info"}


def render(report: Report) -> str:
    """Return the findings of one file."""
    return render_all([report])


def render_all(reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Return one ``file`` for each, also for those without findings, with columns in code points."""
    root = ElementTree.Element("checkstyle", version=f"stilted {__version__}")
    for report in reports:
        file = ElementTree.SubElement(root, "file", name=clean_for_xml(make_path(report.document.name)))
        for issue in list_issues([report]):
            attributes = {"line": "1"}
            if issue.place is not None:
                attributes = {"line": str(issue.place.line), "column": str(issue.place.column)}
            attributes["severity"] = SEVERITIES[issue.level]
            attributes["message"] = clean_for_xml(describe_issue(issue))
            attributes["source"] = f"stilted.{clean_for_xml(issue.finding.rule).replace('/', '.')}"
            ElementTree.SubElement(file, "error", attributes)
    for each in unjudged:
        file = ElementTree.SubElement(root, "file", name=clean_for_xml(make_path(each.file)))
        said = clean_for_xml(describe_unjudged(each))
        source = f"stilted.{UNJUDGED}"
        ElementTree.SubElement(file, "error", line="1", severity="error", message=said, source=source)
    return write_document(root)
