"""What a project makes of a file that is open in an editor: the findings that CI would show, and no protocol."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from stilted import api, formats
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.model import Finding, Report, Span, family_of, placed
from stilted.core.options import settings
from stilted.project import config, policy
from stilted.project.fix_guards import is_vouched_for
from stilted.project.policy import Project
from stilted.render import rule_page
from stilted.server.positions import Utf16Lines

ROLES: Final = ("reference", "source")
BINARY: Final = frozenset({".docx", ".docm"})
"""Endings of files that no editor shows as text."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding in its file, with all that an editor shows of it."""

    finding: Finding
    span: Span
    explanation: str
    """Markdown."""
    is_safe: bool
    page: str = ""
    """Address of the rule's page: where it is published, else in this package."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of one version of a file; *error* says why there is nothing."""

    lines: Utf16Lines
    format: str = ""
    remarks: tuple[Remark, ...] = ()
    error: UserError | None = None


@dataclass(slots=True)
class Checker:
    """Checks files of one workspace as its configuration says; what is configured is read again when it changes.

    Attributes:
        root: the folder that is open. options: over those configured, named as in Python; also ``translation``,
            ``reference`` and ``source``: folders whose files go together, from *root*.
    """

    root: Path
    options: Mapping[str, Any] = field(default_factory=dict)
    _projects: dict[Path, tuple[object, Project]] = field(default_factory=dict)

    def check(self, path: Path, text: str, *, with_model: bool = True) -> Checked:
        """Check the *text* of the file at *path*; the same rules as in CI, or without those that need the model."""
        lines = Utf16Lines.of(text)
        try:
            return self._checked(path, text, lines, with_model)
        except NothingToCheckError:
            return Checked(lines)
        except UserError as error:
            return Checked(lines, error=error)

    def project(self, path: Path) -> Project:
        """Return what is configured for the file at *path*.

        Raises:
            UserError: configuration, baseline or ignore list is faulty.
        """
        folder = path.parent
        found = config.find(folder)
        stamp = tuple(map(_stamp, (found.path, found.baseline, found.ignore_file or found.root / ".stilted-ignore")))
        known = self._projects.get(folder)
        if known is None or known[0] != stamp:
            known = self._projects[folder] = (stamp, policy.read_project(found))
        return known[1]

    def _checked(self, path: Path, text: str, lines: Utf16Lines, with_model: bool) -> Checked:
        if path.suffix.lower() in BINARY:
            return Checked(lines)
        project = self.project(path)
        given = {name: value for name, value in self.options.items() if name not in ("translation", *ROLES)}
        options = policy.options_for(project, path, given | {"no_worse_than_baseline": False})
        chosen = settings("settings of the editor", **options)
        if not with_model:
            slow = {rule.family for rule in api.rules(chosen) if "model" in rule.needs}
            kept = tuple(name for name in chosen.select if family_of(name) not in slow)
            if chosen.select and not kept:
                return Checked(lines)
            chosen = settings("settings of the editor", **options | {"select": kept, "ignore": (*chosen.ignore, *slow)})
        # A byte order mark says that the bytes are UTF-8, whatever the text declares: the editor has decoded it.
        target = formats.parse(codecs.BOM_UTF8 + text.encode("utf-8", "replace"), str(path), "translation")
        beside = (self._counterpart(path, role) for role in ROLES)
        analysis = api.analyse_parsed(chosen, target, *beside)
        report = policy.apply_policy(project, path, analysis, chosen).report
        remarks = (_remark(report, finding) for finding in report.findings if not finding.in_baseline)
        return Checked(lines, target.format, tuple(remark for remark in remarks if remark is not None))

    def _counterpart(self, path: Path, role: str) -> formats.Parsed | None:
        """Return what the file stands against: a file that is named, or the one of its place in a folder."""
        named = self.options.get(role)
        if not named:
            return None
        other = self.root / str(named)
        if other.is_dir():
            base = self.root / str(self.options.get("translation", ""))
            if not path.is_relative_to(base):
                return None
            other /= path.relative_to(base)
        return formats.read(other, role) if other.is_file() and other != path else None


def _stamp(path: Path | None) -> tuple[int, int] | None:
    try:
        known = path.stat() if path else None
    except OSError:
        return None
    return known and (known.st_mtime_ns, known.st_size)


def _remark(report: Report, finding: Finding) -> Remark | None:
    span = placed(report.document, finding)
    if span is None:
        return None
    rule = report.rules.get(finding.rule)
    page = rule_page.address(report.rule_pages, finding.rule) or rule_page.packaged(finding.rule)
    is_safe = rule is not None and rule.safe_fix and bool(finding.suggestions) and is_vouched_for(report, finding, span)
    return Remark(finding, span, _explained(report, finding, page), is_safe, page)


def _explained(report: Report, finding: Finding, page: str) -> str:
    segment = report.document.segments[finding.segment]
    lines = [f"**{_escaped(finding.message)}**", "", f"Why: {_escaped(finding.why)}"]
    if finding.suggestions:
        lines += ["", "Write: " + ", or ".join(f"“{_escaped(each)}”" for each in finding.suggestions)]
    for role in ROLES:
        beside = getattr(segment, role)
        if beside:
            lines += ["", f"{role.capitalize()}: {_escaped(beside)}"]
    status = report.rules[finding.rule].status if finding.rule in report.rules else ""
    preview = " (preview)" if status == "preview" else ""
    told = f"{finding.severity}, {finding.category}, confidence {finding.confidence:.2f}"
    name = f"[`{finding.rule}`]({page})" if page else f"`{finding.rule}`"
    return "\n".join([*lines, "", f"{name}{preview}: {told}"])


def _escaped(text: str) -> str:
    from stilted.render.markdown_text import escape

    return escape(text)
