"""What a project makes of a file that is open in an editor: the findings that CI would show, and no protocol."""

from __future__ import annotations

import codecs
import contextlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from stilted import api, formats
from stilted.core.boundary import require_inside
from stilted.core.errors import NothingToCheckError, UserError, did_you_mean
from stilted.core.model import Document, Finder, Finding, Hit, Report, Rule, Span, find_place
from stilted.core.options import OPTIONS, Settings, make_settings
from stilted.pipeline import explain, ignores, run
from stilted.pipeline.memory import Memory
from stilted.project import config, policy
from stilted.project.fix_guards import is_vouched_for
from stilted.project.policy import Project
from stilted.render import rule_page, wording
from stilted.render.markdown_text import escape, quote_code
from stilted.rules import tagger
from stilted.rules.packs import PATTERNS

ROLES: Final = ("reference", "source")
"""What a rule needs that takes longer than a keystroke."""
BINARY: Final = frozenset({".docx", ".docm"})
"""Endings of files that no editor shows as text."""

_FOLDERS: Final = ("translation", *ROLES)
_EDITOR: Final = "settings of the editor"

MOST_CHARACTERS: Final = 2_000_000
"""Longest text that is checked while it is written; what is longer is for ``stilted check``."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding in its file, with all that an editor shows of it."""

    finding: Finding
    span: Span
    is_safe: bool
    page: str = ""
    """Address of the rule's page: where it is published, else in this package."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of one version of a file.

    Attributes:
        text: the version. report: what is said of it, where it could be checked.
        error: why there is nothing. is_misconfigured: that is the fault of the project's settings, not of the file's.
    """

    text: str
    report: Report | None = None
    remarks: tuple[Remark, ...] = ()
    error: UserError | None = None
    is_misconfigured: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """One version of a file, read and joined, and what is to run over it: rules speak of it first, then the model."""

    path: Path
    text: str
    project: Project
    chosen: Settings
    rules: Rules
    document: Document
    memory: Memory


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of some settings: all there are, those to run, and of these those that need a model."""

    known: tuple[Rule, ...]
    quick: tuple[Rule, ...]
    slow: tuple[Rule, ...]


@dataclass(slots=True)
class _Remembered:
    """What is remembered of a file that is open, as long as the same rules run over it."""

    rules: Rules
    memory: Memory = field(default_factory=Memory)


@dataclass(slots=True)
class Checker:
    """Checks files of one workspace as its configuration says; what is configured is read again when it changes.

    Of a file that changes only what has changed is looked at again. `findings` and `prepare` are for one thread at a
    time; `read` may run beside them in another.

    Attributes:
        root: the folder that is open. options: over those configured, named as in Python; also ``translation``,
            ``reference`` and ``source``: folders whose files go together, from *root*.
    """

    root: Path
    options: Mapping[str, Any] = field(default_factory=dict)
    _projects: dict[Path, tuple[object, Project]] = field(default_factory=dict)
    _rules: dict[Settings, tuple[object, Rules]] = field(default_factory=dict)
    _beside: dict[tuple[Path, str], tuple[object, formats.Parsed]] = field(default_factory=dict)
    _files: dict[Path, _Remembered] = field(default_factory=dict)

    def check(self, path: Path, text: str, *, with_model: bool = True) -> Checked:
        """Check the *text* of the file at *path*; the same rules as in CI, or without those that need the model."""
        prepared = self.prepare(path, text)
        return prepared if isinstance(prepared, Checked) else self.findings(prepared, with_model=with_model)

    def prepare(self, path: Path, text: str) -> Prepared | Checked:
        """Read a file; what cannot be checked has been by that."""
        if path.suffix.lower() in BINARY:
            return Checked(text)
        if len(text) > MOST_CHARACTERS:
            what = f"longer than {MOST_CHARACTERS:,} characters, and not checked while it is written"
            return Checked(text, error=UserError(what, str(path), "Check it with 'stilted check'."))
        try:
            project, chosen, rules = self._configure(path)
        except UserError as error:
            return Checked(text, error=error, is_misconfigured=True)
        try:
            document = self._read_document(path, text, chosen)
        except NothingToCheckError:
            return Checked(text)
        except UserError as error:
            return Checked(text, error=error)
        known = self._files.get(path)
        if known is None or known.rules is not rules:
            known = self._files[path] = _Remembered(rules)
        return Prepared(path, text, project, chosen, rules, document, known.memory)

    def read(self, prepared: Prepared) -> None:
        """Let the model read what it has not read yet, so that `findings` need not wait for it."""
        with contextlib.suppress(UserError):  # findings tell it
            run.find(prepared.document, prepared.rules.slow, prepared.chosen, prepared.memory.ask)

    def findings(self, prepared: Prepared, *, with_model: bool) -> Checked:
        """Find what the rules find, and the model, too, if wanted.

        Otherwise what the model said of the segments that are as they were still stands: it does not come and go with
        every key.
        """
        try:
            return self._check_prepared(prepared, with_model)
        except UserError as error:
            return Checked(prepared.text, error=error)

    def forget(self, path: Path) -> None:
        """Forget what was found in a file that is no longer open."""
        self._files.pop(path, None)

    def project(self, path: Path) -> Project:
        """Return what is configured for the file at *path*.

        Raises:
            UserError: configuration, baseline or ignore list is faulty.
        """
        folder = path.parent
        configuration = config.find(folder)
        if configuration.path is None and folder.is_relative_to(self.root):
            configuration = config.find(self.root)  # where the command would be run: what is accepted is listed there
        stamp = tuple(map(_get_stamp, (configuration.path, configuration.baseline, configuration.phrases_file)))
        known = self._projects.get(folder)
        if known is None or known[0] != stamp:
            known = self._projects[folder] = (stamp, policy.read_project(configuration))
        return known[1]

    def _configure(self, path: Path) -> tuple[Project, Settings, Rules]:
        project = self.project(path)
        given = {name: value for name, value in self.options.items() if name not in _FOLDERS}
        _require_known(given)
        options = policy.choose_options(project, path, given | {"no_worse_than_baseline": False})
        chosen = make_settings(_EDITOR, **options)
        return project, chosen, self._choose_rules(chosen)

    def _read_document(self, path: Path, text: str, chosen: Settings) -> Document:
        # A byte order mark says that the bytes are UTF-8, whatever the text declares: the editor has decoded it.
        target = formats.parse(codecs.BOM_UTF8 + text.encode("utf-8", "replace"), str(path), "translation")
        return api.join_parsed(chosen, target, *(self._read_counterpart(path, role) for role in ROLES))

    def _choose_rules(self, chosen: Settings) -> Rules:
        stamp = tuple(map(_get_stamp, (*chosen.packs, *chosen.glossary)))
        held = self._rules.get(chosen)
        if held is None or held[0] != stamp:
            known = api.list_rules(chosen)
            running = api.select(known, chosen)
            slow = tuple(rule for rule in running if rule.needs.intersection(tagger.MODELS))
            quick = tuple(rule for rule in running if not rule.needs.intersection(tagger.MODELS))
            held = self._rules[chosen] = (stamp, Rules(known, quick, slow))
        return held[1]

    def _check_prepared(self, prepared: Prepared, with_model: bool) -> Checked:
        document, rules, chosen = prepared.document, prepared.rules, prepared.chosen
        slow = {rule.find for rule in rules.slow} - {rule.find for rule in rules.quick}

        def ask(find: Finder, document: Document) -> Iterable[Hit]:
            again = find in slow and not with_model
            return prepared.memory.recall(find, document) if again else prepared.memory.ask(find, document)

        analysis = run.find(document, (*rules.quick, *rules.slow), chosen, ask)
        analysis = ignores.apply_remarks(analysis, rules.known)
        report = policy.apply_policy(prepared.project, prepared.path, analysis, chosen).report
        remarks = (_make_remark(report, finding) for finding in report.findings if not finding.in_baseline)
        return Checked(prepared.text, report, tuple(remark for remark in remarks if remark is not None))

    def _read_counterpart(self, path: Path, role: str) -> formats.Parsed | None:
        """Return what the file stands against: a file that is named, or the one of its place in a folder."""
        named = self.options.get(role)
        if not named:
            return None
        other = self.root / str(named)
        if os.path.isdir(other):
            base = self.root / str(self.options.get("translation", ""))
            if not path.is_relative_to(base):
                return None
            other /= path.relative_to(base)
        if not os.path.isfile(other) or other == path:
            return None
        require_inside(other)
        stamp, held = _get_stamp(other), self._beside.get((other, role))
        if held is None or held[0] != stamp:
            held = self._beside[other, role] = (stamp, formats.read(other, role))
        return held[1]


def _require_known(given: Mapping[str, Any]) -> None:
    """Refuse what an editor gives and nobody knows, spelt as its settings have it, and values that do not fit."""
    known = [name.replace("_", "-") for name in (*OPTIONS, *_FOLDERS)]
    for name in given:
        if name not in OPTIONS:
            spelt = name.replace("_", "-")
            hint = did_you_mean(spelt, known, f"Known here: {', '.join(sorted(known))}.")
            raise UserError(f"unknown option '{spelt}'", _EDITOR, hint)
    make_settings(_EDITOR, **given)


def _get_stamp(path: Path | None) -> tuple[int, int] | None:
    try:
        known = path.stat() if path else None
    except OSError:
        return None
    return known and (known.st_mtime_ns, known.st_size)


def _make_remark(report: Report, finding: Finding) -> Remark | None:
    span = find_place(report.document, finding)
    if span is None:
        return None
    rule = report.rules.get(finding.rule)
    page = rule_page.get_address(report.rule_pages, finding.rule) or rule_page.get_packaged(finding.rule)
    is_safe = rule is not None and rule.safe_fix and bool(finding.suggestions) and is_vouched_for(report, finding, span)
    return Remark(finding, span, is_safe, page)


def explain_remark(report: Report, remark: Remark) -> str:
    """Return all that is known of a finding, as Markdown: why, what to write, what it was compared with, evidence."""
    finding, page = remark.finding, remark.page
    segment = report.document.segments[finding.segment]
    lines = [f"**{escape(finding.message)}**", "", f"Why: {escape(finding.why)}"]
    if finding.suggestions:
        lines += ["", "Write: " + ", or ".join(f"“{escape(each)}”" for each in finding.suggestions)]
    for role in ROLES:
        beside = getattr(segment, role)
        if beside:
            lines += ["", f"{role.capitalize()}: {escape(beside)}"]
    for label, fact in explain.list_evidence(report, finding):
        if label != "rule":
            lines += ["", f"{label.capitalize()}: {quote_code(fact) if label in PATTERNS else escape(fact)}"]
    status = report.rules[finding.rule].status if finding.rule in report.rules else ""
    preview = " (preview)" if status == "preview" else ""
    facts = f"{finding.severity}, {finding.category}, {wording.describe_certainty(report, finding)}"
    name = f"[`{finding.rule}`]({page})" if page else f"`{finding.rule}`"
    return "\n".join([*lines, "", f"{name}{preview}: {facts}"])
