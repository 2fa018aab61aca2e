"""What the checking commands share: from arguments and configuration to one judged report a file."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stilted.cli._files import DASH, File, expand, make_path
from stilted.cli._parser import Join, Parser, add_outside, read_number
from stilted.core.boundary import require_inside
from stilted.core.errors import NothingToCheckError, OtherLanguageError, SameTextError, UserError
from stilted.core.options import Gate, Settings, make_settings
from stilted.core.progress import on_progress
from stilted.project import config, pairing
from stilted.text.named_language import names_language

if TYPE_CHECKING:
    from stilted.core.model import Analysis, Report, Unjudged
    from stilted.formats import Parsed
    from stilted.pipeline.ignores import IgnoredPhrase
    from stilted.project import git_changes
    from stilted.project.baseline import BaselineEntry
    from stilted.project.policy import Project
    from stilted.runner.cache import Cache
    from stilted.runner.file_runner import Job

RULE_OPTIONS: Final = (
    "align",
    "select",
    "ignore",
    "preview",
    "source_language",
    "sensitivity",
    "packs",
    "glossary",
    "severity",
    "do_not_translate",
    "profile",
)
_GATE: Final = tuple(option.name for option in fields(Gate))


def add_options(parser: Parser, *, gated: bool = True, piped: bool = True) -> None:
    """Add the options that say what is checked and how; None stands for "as configured".

    Without a gate, what is found is neither passed nor failed, and the gate that is configured does not count.

    Args:
        piped: a dash stands for standard input.
    """
    option = parser.add_argument
    option(
        "files",
        metavar="FILE",
        type=make_path,
        nargs="+",
        help=f"translations: files, folders, globs{'; - is standard input' if piped else ''}",
    )
    option(
        "--reference", metavar="PATH", type=make_path, help="a human translation, or a folder of them by the same name"
    )
    option("--source", metavar="PATH", type=make_path, help="the source text, or a folder of them by the same name")
    add_rule_options(parser)
    option(
        "--workers", metavar="N", type=_read_count, default=0, help="processes (default: one a core, if there is much)"
    )
    option("--no-cache", action="store_true", help="check everything anew; see 'stilted cache'")
    parser.set_defaults(gated=gated)
    if gated:
        _add_gate(parser)


def _add_gate(parser: Parser) -> None:
    gate = parser.add_argument_group("gate")
    gate.add_argument("--fail-on", metavar="WHAT", action=Join, help="least severity, rules or families")
    gate.add_argument(
        "--min-score",
        metavar="N",
        type=read_number,
        help="least calibrated score (95)",
    )
    gate.add_argument("--max-penalty-per-1000-words", metavar="N", type=read_number, help="most penalty points")
    gate.add_argument("--min-bleu", metavar="N", type=read_number, help="least BLEU; needs a reference")
    gate.add_argument("--min-chrf", metavar="N", type=read_number, help="least chrF2; needs a reference")
    gate.add_argument(
        "--no-worse-than-baseline",
        action="store_true",
        default=None,
        help="scores and penalty no worse than in the baseline, beyond chance; needs a reference",
    )


def _read_count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of processes, 1 or more")
    return int(text)


def add_rule_options(parser: Parser) -> None:
    """Add the options that say how texts are read and which rules run; see `RULE_OPTIONS`."""
    option = parser.add_argument
    option(
        "--format-in", metavar="FORMAT", help="format of the translations: markdown, po, xliff, … (default: by name)"
    )
    option("--align", metavar="HOW", help="auto: align sentences (default); lines: pair line i with line i")
    add_choice_of_rules(parser)


def add_choice_of_rules(parser: Parser) -> None:
    """Add the options that say which rules run: `RULE_OPTIONS` but for ``align``."""
    option = parser.add_argument
    option("--source-language", metavar="CODE", help="language of the source: zh, pt-BR")
    option("--select", metavar="RULES", action=Join, help="run only these rules or families, comma-separated")
    option("--ignore", metavar="RULES", action=Join, help="leave these rules or families out")
    option("--sensitivity", metavar="LEVEL", help="low, medium (default) or high")
    option("--pack", metavar="FILE", type=Path, action="append", dest="packs", help="also use this phrase pack")
    option("--glossary", metavar="FILE", type=Path, action="append", help="preferred and forbidden terms, CSV or TBX")
    option(
        "--severity", metavar="RULE=LEVEL", action=Join, help="give rules or families another severity, numbers=minor"
    )
    option("--do-not-translate", metavar="NAMES", action=Join, help="names that stay as they are; /…/ is a pattern")
    option("--profile", metavar="KIND", help="kind of text: article, docs or ui (default: by format)")
    option("--preview", action="store_true", default=None, help="also run rules that have not earned 'stable' yet")
    add_outside(parser)


@dataclass(slots=True)
class Run:
    """One run over many files. The ignore list and the baseline are shared, so their leftovers are known at its end."""

    arguments: argparse.Namespace
    project: Project
    touched: Mapping[Path, git_changes.Ranges] = field(default_factory=dict)
    files: Sequence[File] = ()
    used: set[IgnoredPhrase] = field(default_factory=set)
    stale: dict[str, tuple[BaselineEntry, ...]] = field(default_factory=dict)
    errors: list[UserError] = field(default_factory=list)
    unjudged: list[Unjudged] = field(default_factory=list)
    passed_over: list[UserError] = field(default_factory=list)
    without_source: list[tuple[Path, Path]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def check_files(self) -> Iterator[Report]:
        """Check the files, as many at once as there are workers, and yield reports in the order of the files.

        One that cannot be judged goes to *errors*. One that was not touched since the revision asked for is left
        out, and so is one from a folder that holds no English text.
        """
        from stilted.cli._progress import show_meter
        from stilted.runner import file_runner

        files = [file for file in self.files if self.touched.get(file.path) != ()]
        with self._open_cache() as cache:
            analyses = file_runner.analyse_all(map(self._make_job, files), workers=self.arguments.workers, cache=cache)
            with closing(analyses), show_meter(len(files), "files") as bar, on_progress(bar.within):
                for file, analysis in zip(files, analyses, strict=True):
                    bar.advance(str(file.path))
                    report = self._try_report(file, analysis)
                    if report is not None:
                        with bar.hide():
                            yield report

    def _try_report(self, file: File, outcome: Analysis | UserError) -> Report | None:
        """Return the report of a file as the project sees it; None, and the reason noted, where there is none."""
        try:
            if isinstance(outcome, UserError):
                raise outcome
            return self._finish(file, outcome, make_settings(**self._choose_options(file)))
        except UserError as error:
            self.note_failure(file, error)
        return None

    def note_failure(self, file: File, error: UserError) -> None:
        """Note why a file cannot be judged: one that is no English text, and was not asked for, is passed over."""
        if file.found and isinstance(error, OtherLanguageError) and _is_no_wonder(file.inside, error.language):
            error = NothingToCheckError(error.what, str(file.path))
        among_others = isinstance(error, SameTextError) and len(self.files) > 1
        passed_over = among_others or (file.found and isinstance(error, NothingToCheckError))
        if passed_over:
            self.passed_over.append(error)
        else:
            self.note_error(str(file.path) if file.path != DASH else _INPUT, error)

    def note_error(self, name: str, error: UserError) -> None:
        """Note why there is no report of the file, or folder, of that name."""
        from stilted.core.model import Unjudged

        placed = self.project.config.place_error(error)
        is_told = placed.where in ("", name, f"{name} (translation)")
        what = placed.what if is_told else f"{placed.where}: {placed.what}"
        self.errors.append(error)
        self.unjudged.append(Unjudged(name, what, placed.hint))

    @contextmanager
    def _open_cache(self) -> Iterator[Cache | None]:
        """Open the cache, if it is wanted, and remember what is wrong with it."""
        if self.arguments.no_cache:
            yield None
            return
        from stilted.runner.cache import Cache

        with Cache() as cache:
            try:
                yield cache
            except KeyboardInterrupt:
                raise KeyboardInterrupt("what is done is kept and not checked again") from None
            finally:
                if cache.fault:
                    self.remarks.append(cache.fault)

    def list_leftovers(self) -> list[str]:
        """Say which suppressions and how many baseline entries were good for nothing, and what else is worth a remark.

        The entries themselves stand in the notes of their reports.
        """
        from stilted.render.wording import format_count

        pruning = getattr(self.arguments, "baseline_prune", False)
        unused = [] if () in self.touched.values() else [a for a in self.project.ignored_phrases if a not in self.used]
        lines = [f"{a.where}: '{a.phrase}' suppresses nothing in what was checked" for a in unused]
        for name, entries in self.stale.items():
            one = len(entries) == 1
            drop = "dropped now" if pruning else f"--baseline-prune drops {'it' if one else 'them'}"
            held = f"{format_count(len(entries), 'finding')} that {'is' if one else 'are'} gone"
            lines.append(f"{name}: the baseline still holds {held}; {drop}")
        passed_over = [(error.where, f"passed over, {error.what}", error.what) for error in self.passed_over]
        missing = {file.file for file in self.unjudged}
        without = [
            (str(path), f"checked without a source, there is no {source}", "")
            for path, source in self.without_source
            if str(path) not in missing
        ]
        return [*lines, *_gather(passed_over), *_gather(without), *self.remarks]

    def judge(self, file: File, parsed: Parsed) -> Report:
        """Check a file as read, leave out what is accepted, and judge the rest."""
        from stilted import api, formats

        beside = ((role, self._find_counterpart(file, role)) for role in ("reference", "source"))
        others = [formats.read(path, role) if path else None for role, path in beside]
        options = self._choose_options(file)
        chosen = make_settings(**options)
        return self._finish(file, api.analyse_parsed(chosen, parsed, *others), chosen)

    def _make_job(self, file: File) -> Job | UserError:
        """Read a file and what it stands against."""
        from stilted import formats
        from stilted.runner.file_runner import Job

        def read_other(role: str) -> tuple[str, bytes] | None:
            path = self._find_counterpart(file, role)
            return (str(path), formats.read_bytes(path, role)) if path else None

        try:
            options = tuple(self._choose_options(file).items())
            return Job(
                _read_bytes(file.path), read_other("reference"), read_other("source"), self.arguments.format_in, options
            )
        except UserError as error:
            return error
        except MemoryError:
            return UserError("it needs more memory than there is", str(file.path), "Split the file.")

    def _find_counterpart(self, file: File, role: str) -> Path | None:
        """Return the reference or source of a file; a page that a folder of sources does not have is without one."""

        folder = getattr(self.arguments, role)
        path = file.find_beside(folder)
        if path is not None and path != folder and not self.arguments.allow_outside:
            require_inside(path, folder)
        if path is None or role != "source" or path == folder or os.path.exists(path) or pairing.is_closed(path):
            return path
        self.without_source.append((file.path, path))
        return None

    def _choose_options(self, file: File) -> dict[str, Any]:
        from stilted.project import policy

        given = {name: getattr(self.arguments, name, None) for name in (*RULE_OPTIONS, *_GATE)}
        if self.arguments.gated:
            return policy.choose_options(self.project, file.path, given)
        options = policy.choose_options(self.project, file.path, given | {"no_worse_than_baseline": False})
        return {name: value for name, value in options.items() if name not in _GATE}

    def _finish(self, file: File, analysis: Analysis, chosen: Settings) -> Report:
        """Return the report of a file as the project sees it."""
        from stilted.project import baseline, git_changes, policy

        ranges = self.touched.get(file.path, git_changes.WHOLE)
        done = policy.apply_policy(self.project, file.path, analysis, chosen, ranges)
        self.used |= done.used
        if done.stale and self.project.baseline_path:
            self.stale[baseline.make_file_key(file.path, self.project.baseline_path)] = done.stale
        return done.report


def _is_no_wonder(inside: Path, language: str) -> bool:
    """Tell whether a file is in a language that its name tells, or that the others beside it leave open."""
    from stilted.formats.unasked import names_english

    is_plain = inside.suffix.lower() == ".properties" and not names_english(inside)
    return is_plain or names_language(inside, language)


def _gather(errors: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """Yield ``file: what`` for each error; of many errors of one kind, the first and how many there are.

    Kinds that differ in figures are one.
    """
    kinds = [_FIGURES.sub("", kind) for _, _, kind in errors]
    alike, seen = Counter(kinds), set[str]()
    for (where, what, _), kind in zip(errors, kinds, strict=True):
        if alike[kind] <= _TOLD:
            yield f"{where}: {what}"
        elif kind not in seen:
            yield f"{where} and {alike[kind] - 1:,} more files: {what}"
        seen.add(kind)


_TOLD: Final = 5
"""So many files that are passed over alike are named; of more, only the first."""
_FIGURES: Final = re.compile(r"\d[\d,]*|\bunits? (?:is|are)\b")

_INPUT: Final = "<stdin>"


def _read_bytes(file: Path) -> tuple[str, bytes]:
    """Return the name and content of the translation in *file*, or on standard input for a dash."""
    from stilted import formats

    if file != DASH:
        return str(file), formats.read_bytes(file, "translation")
    return _INPUT, sys.stdin.buffer.read(formats.MAX_BYTES + 1) if sys.stdin else b""


def start(arguments: argparse.Namespace, *, with_baseline: bool = True) -> Run:
    """Read configuration, baseline and ignore list, and say at once what is wrong with them.

    Raises:
        UserError: one of them is faulty, or a single reference or source is given for several files.
    """
    from stilted.project import git_changes, policy

    configuration = config.find(Path(), outside=arguments.allow_outside)
    files, passed_over = expand(arguments.files, outside=arguments.allow_outside)
    for role in ("reference", "source"):
        path = getattr(arguments, role)
        if path is not None and len(files) > 1 and not os.path.isdir(path):
            what = f"one {role} for {len(files)} translations"
            raise UserError(what, str(path), f"Give a folder that holds a {role} of the same name for each.")
        if path is not None and os.path.isdir(path) and any(file.path == DASH for file in files):
            what = f"standard input has no name by which to find its {role} in a folder"
            raise UserError(what, str(path), f"Name the {role} itself.")
    given = getattr(arguments, "baseline", None)
    project = (
        policy.read_project(configuration, given) if with_baseline else policy.read_without_baseline(configuration)
    )
    revision = getattr(arguments, "changed_since", None)
    merge_base = getattr(arguments, "merge_base", False)
    if merge_base and revision is None:
        raise UserError("no revision to find it with", "--merge-base", "Add --changed-since REV.")
    paths = [file.path for file in files]
    touched = {} if revision is None else git_changes.find_changed_lines(paths, revision, merge_base=merge_base)
    return Run(arguments, project, touched, files, passed_over=passed_over)
