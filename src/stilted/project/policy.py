"""A project's own view of a report: what it accepts, what its baseline knows, what has changed, and its gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from stilted import api
from stilted.core.errors import UserError
from stilted.core.model import Analysis, Report, get_family
from stilted.core.options import PATHS, Settings, make_settings
from stilted.core.repeats import group_kinds
from stilted.pipeline import ignores, run, verdict
from stilted.pipeline.ignores import IgnoredPhrase
from stilted.project import baseline, git_changes
from stilted.project.baseline import Baseline, BaselineEntry
from stilted.project.baseline.figures import Figures
from stilted.project.config import Config


@dataclass(frozen=True, slots=True)
class Project:
    """What is configured, read once a run.

    Attributes:
        ignored_phrases: phrases accepted for good.
        baseline_path: the baseline's file, None without one. baseline: what it holds.
        gone: the names in it of files that are no longer there.
    """

    config: Config
    ignored_phrases: Sequence[IgnoredPhrase] = ()
    baseline_path: Path | None = None
    baseline: Baseline = field(default_factory=Baseline)
    gone: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """A report as the project sees it, the accepted phrases it has use for, and the baseline's entries it has not.

    A phrase that is accepted of a rule that did not run may yet be of use.
    """

    report: Report
    used: frozenset[IgnoredPhrase] = frozenset()
    stale: tuple[BaselineEntry, ...] = ()


def read_project(config: Config, baseline_path: Path | None = None) -> Project:
    """Read the ignore list and the baseline: the one given, else the one configured.

    Raises:
        UserError: one of them is missing or faulty.
    """
    path = baseline_path or config.baseline
    if path is None:
        return read_without_baseline(config)
    entries = baseline.read_baseline(path)
    return Project(config, read_ignored_phrases(config), path, entries, baseline.list_missing_files(entries, path))


def read_without_baseline(config: Config) -> Project:
    """Read the ignore list only: the baseline is about to be written."""
    return Project(config, read_ignored_phrases(config))


def read_ignored_phrases(config: Config) -> tuple[ignores.IgnoredPhrase, ...]:
    """Return the phrases that a configuration's ignore list accepts; none without such a list.

    Raises:
        UserError: the list named in the configuration is missing, or a line of it is faulty.
    """
    path = config.phrases_file
    if config.ignore_file is None and not path.is_file():
        return ()
    files = make_settings(**{name: value for name, value in config.options.items() if name in PATHS})
    return ignores.read_ignored_phrases(path, (rule.id for rule in api.list_rules(files)))


def choose_options(project: Project, file: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that *file* is judged by: those *given* over those configured; None is "not given".

    Raises:
        UserError: an option is faulty, or the gate asks for figures that the baseline does not hold.
    """
    options = project.config.choose_options(file) | {name: value for name, value in given.items() if value is not None}
    if make_settings(**options).gate.no_worse_than_baseline:
        _require_figures(project, file)
    return options


def apply_policy(
    project: Project,
    file: Path,
    analysis: Analysis,
    chosen: Settings,
    ranges: git_changes.Ranges = git_changes.WHOLE,
) -> PolicyResult:
    """Leave out what is accepted, mark what the baseline knows, keep what has changed, and judge what is left.

    Args:
        file: whose entries in the baseline count. analysis: of the file, see `stilted.api.analyse_parsed`.
        chosen: the settings it was analysed with. ranges: report only what lies in these stretches.

    Raises:
        UserError: a figure of the gate cannot be had.
    """
    analysis, used = ignores.apply_ignored_phrases(analysis, project.ignored_phrases)
    names = {"", *analysis.ran, *map(get_family, analysis.ran)}
    used |= {phrase for phrase in project.ignored_phrases if phrase.rule not in names}
    stale: tuple[BaselineEntry, ...] = ()
    name = baseline.make_file_key(file, project.baseline_path) if project.baseline_path else ""
    if project.baseline_path:
        own = dict.fromkeys(project.baseline.entries.get(name, ()))
        moved = (entry for other in project.gone for entry in project.baseline.entries.get(other, ()))
        marked, unused = baseline.mark_accepted(analysis.findings, (*moved, *own))
        stale = _find_gone(analysis, tuple(entry for entry in unused if entry in own), chosen)
        notes = (f"The baseline still holds {entry.rule} “{entry.text}”, which is gone." for entry in stale)
        analysis = replace(analysis, findings=marked, notes=(*analysis.notes, *notes))
    measured = _compare_with_baseline(project, name, analysis) if chosen.gate.no_worse_than_baseline else ()
    analysis = replace(analysis, findings=git_changes.keep(analysis.document, analysis.findings, ranges))
    return PolicyResult(run.finish(analysis, chosen, measured), used, stale)


def _find_gone(analysis: Analysis, stale: tuple[BaselineEntry, ...], chosen: Settings) -> tuple[BaselineEntry, ...]:
    """Return the entries of which nothing is left; nothing is known of those whose rule exists and did not run."""
    ran = analysis.ran
    if all(entry.rule in ran for entry in stale):
        return stale
    known = {rule.id for rule in api.list_rules(chosen)}
    return tuple(entry for entry in stale if entry.rule in ran or entry.rule not in known)


def _require_figures(project: Project, file: Path) -> None:
    what = "the gate asks for no-worse-than-baseline, and "
    hint = "Write one with 'stilted baseline write --reference PATH', and name it."
    if project.baseline_path is None:
        raise UserError(f"{what}there is no baseline", str(file), hint)
    if not project.baseline.figures:
        raise UserError(f"{what}this baseline holds no scores", str(project.baseline_path), hint)


def _compare_with_baseline(project: Project, name: str, analysis: Analysis) -> tuple[tuple[bool, str], ...]:
    """Return what the scores of the baseline make of today's; findings it knows count on both sides."""
    if not analysis.document.has_reference:
        what = "the gate asks for no-worse-than-baseline, which only a reference can give"
        raise UserError(what, analysis.document.name, "Add a reference, or take the figure out of the gate.")
    before = project.baseline.figures.get(name)
    if before is None:
        return ((True, "The baseline holds no scores of this file, so it cannot be worse."),)
    return baseline.figures.compare_figures(before, _measure_figures(analysis), f"{project.baseline_path}: {name}")


def _measure_figures(analysis: Analysis) -> Figures:
    counted = group_kinds(analysis, verdict.list_shown(analysis, analysis.findings))
    return baseline.figures.measure_figures(analysis, (kind.first.severity for kind in counted))


def make_baseline_text(reports: Sequence[Report], path: Path, others: Baseline | None = None) -> str:
    """Return the text of a baseline at *path* that accepts all findings of *reports* and keeps their scores.

    Args:
        others: what it also holds, of files that are not among the reports.
    """
    names = [baseline.make_file_key(Path(report.document.name), path) for report in reports]
    entries = {
        name: tuple(map(baseline.make_entry, report.findings)) for name, report in zip(names, reports, strict=True)
    }
    figures = {
        name: _measure_figures(report)
        for name, report in zip(names, reports, strict=True)
        if report.document.has_reference
    }
    return baseline.write_baseline_text(baseline.join(others or Baseline(), Baseline(entries, figures)))


def make_pruned_baseline_text(
    project: Project, known: Mapping[str, Sequence[BaselineEntry]], stale: Mapping[str, Sequence[BaselineEntry]]
) -> str:
    """Return the text of the baseline without what is gone.

    What was accepted in a file that is gone and has turned up in another is put down there. The rest of it is
    dropped when all other files of the baseline were checked; else it may yet turn up in one that was not.

    Args:
        known: the entries that accepted something, by file, for all files checked. stale: those that did not.
    """
    current = Baseline({name: tuple(entries) for name, entries in known.items()})
    left = baseline.join(baseline.prune(project.baseline, stale), current)
    if not left.entries.keys() - known.keys() - set(project.gone):
        left = baseline.drop_files(left, project.gone)
    return baseline.write_baseline_text(left)
