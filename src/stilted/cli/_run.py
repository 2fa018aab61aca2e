"""What the checking commands share: from arguments and configuration to one judged report a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stilted import baseline, changed, config, suppress
from stilted.cli._files import DASH, File, expand
from stilted.cli._parser import Join, Parser
from stilted.errors import NothingToCheckError, UserError
from stilted.settings import settings

if TYPE_CHECKING:
    from stilted.api import Report
    from stilted.formats import Parsed

_OPTIONS: Final = (
    "align",
    "select",
    "ignore",
    "preview",
    "source_language",
    "sensitivity",
    "packs",
    "glossary",
    "fail_on",
    "min_score",
    "max_penalty_per_1000_words",
    "min_bleu",
    "min_chrf",
)


def add_options(parser: Parser) -> None:
    """Add the options that say what is checked and how; None stands for "as configured"."""
    option = parser.add_argument
    option(
        "files", metavar="FILE", type=Path, nargs="+", help="translations: files, folders, globs; - is standard input"
    )
    option("--reference", metavar="PATH", type=Path, help="a human translation, or a folder of them by the same name")
    option("--source", metavar="PATH", type=Path, help="the source text, or a folder of them by the same name")
    option(
        "--format-in", metavar="FORMAT", help="format of the translations: markdown, po, xliff, … (default: by name)"
    )
    option("--source-language", metavar="CODE", help="ISO 639-1 code of the source, e.g. zh")
    option("--align", metavar="HOW", help="auto: align sentences (default); lines: pair line i with line i")
    option("--select", metavar="RULES", action=Join, help="run only these rules or families, comma-separated")
    option("--ignore", metavar="RULES", action=Join, help="leave these rules or families out")
    option("--sensitivity", metavar="LEVEL", help="low, medium (default) or high")
    option("--pack", metavar="FILE", type=Path, action="append", dest="packs", help="also use this phrase pack")
    option("--glossary", metavar="FILE", type=Path, action="append", help="preferred and forbidden terms, CSV or TBX")
    option("--preview", action="store_true", default=None, help="also run rules that have not earned 'stable' yet")
    gate = parser.add_argument_group("gate")
    gate.add_argument("--fail-on", metavar="WHAT", action=Join, help="least severity, rules or families")
    gate.add_argument(
        "--min-score",
        metavar="N",
        type=float,
        help="least calibrated score (95)",
    )
    gate.add_argument("--max-penalty-per-1000-words", metavar="N", type=float, help="most penalty points")
    gate.add_argument("--min-bleu", metavar="N", type=float, help="least BLEU; needs a reference")
    gate.add_argument("--min-chrf", metavar="N", type=float, help="least chrF2; needs a reference")


@dataclass(slots=True)
class Run:
    """One run over many files. The ignore list and the baseline are shared, so their leftovers are known at its end."""

    arguments: argparse.Namespace
    config: config.Config
    baseline_path: Path | None = None
    accepted: tuple[suppress.Accepted, ...] = ()
    entries: baseline.Baseline = field(default_factory=dict)
    touched: Mapping[Path, changed.Ranges] = field(default_factory=dict)
    files: Sequence[File] = ()
    used: set[suppress.Accepted] = field(default_factory=set)
    stale: dict[str, tuple[baseline.Known, ...]] = field(default_factory=dict)
    errors: list[UserError] = field(default_factory=list)
    passed_over: list[UserError] = field(default_factory=list)

    def reports(self) -> Iterator[Report]:
        """Check the files one after the other, in the order given; one that cannot be judged goes to *errors*.

        One that was not touched since the revision asked for is left out, and so is one from a folder that holds
        no English text.
        """
        from stilted.cli._progress import progress

        with progress(len(self.files), "files") as bar:
            for file in self.files:
                try:
                    report = None if self.touched.get(file.path) == () else self._report(file)
                except NothingToCheckError as error:
                    (self.passed_over if file.found else self.errors).append(error)
                except UserError as error:
                    self.errors.append(error)
                else:
                    bar.advance(str(file.path))
                    if report is not None:
                        with bar.hidden():
                            yield report

    def leftovers(self) -> list[str]:
        """Say which suppressions and baseline entries were good for nothing."""
        unused = [] if () in self.touched.values() else [a for a in self.accepted if a not in self.used]
        lines = [f"{a.where}: '{a.phrase}' suppresses nothing" for a in unused]
        for name, entries in self.stale.items():
            lines += [f"{name}: the baseline still holds {k.rule} “{k.text}”, which is gone" for k in entries]
        return [*lines, *(f"{error.where}: passed over, {error.what}" for error in self.passed_over)]

    def _options(self, file: Path) -> dict[str, Any]:
        given = {name: getattr(self.arguments, name) for name in _OPTIONS}
        return self.config.options_for(file) | {name: value for name, value in given.items() if value is not None}

    def _report(self, file: File) -> Report:
        return self.judged(file, _parsed(file.path, self.arguments.format_in))

    def judged(self, file: File, parsed: Parsed) -> Report:
        """Check a file as read, leave out what is accepted, and judge the rest."""
        from stilted import api, formats

        options = self._options(file.path)
        beside = ((role, file.beside(getattr(self.arguments, role))) for role in ("reference", "source"))
        report = api.check_parsed(
            parsed,
            *(formats.read(path, role) if path else None for role, path in beside),
            **options,
        )
        findings, used = suppress.applied(report.findings, self.accepted)
        self.used |= used
        gate = settings(**options).gate
        stale: tuple[baseline.Known, ...] = ()
        if self.baseline_path:
            name = baseline.key(file.path, self.baseline_path)
            findings, stale = baseline.applied(findings, self.entries.get(name, ()))
            if stale:
                self.stale[name] = stale
        findings = changed.keep(report.document, findings, self.touched.get(file.path, changed.WHOLE))
        notes = [f"The baseline still holds {k.rule} “{k.text}”, which is gone." for k in stale]
        return api.judged(report, findings, gate, notes)


_INPUT: Final = "<stdin>"


def _parsed(file: Path, form: str | None) -> Parsed:
    """Read the translation in *file*, or on standard input for a dash."""
    from stilted import formats

    if file != DASH:
        return formats.read(file, "translation", form)
    data = sys.stdin.buffer.read(formats.MAX_BYTES + 1) if sys.stdin else b""
    return formats.parse(data, _INPUT, "translation", form)


def start(arguments: argparse.Namespace, *, with_baseline: bool = True) -> Run:
    """Read configuration, baseline and ignore list, and say at once what is wrong with them.

    Raises:
        UserError: one of them is faulty, or a single reference or source is given for several files.
    """
    from stilted import api

    found = config.find(Path())
    files = expand(arguments.files)
    for role in ("reference", "source"):
        path = getattr(arguments, role)
        if path is not None and len(files) > 1 and not path.is_dir():
            what = f"one {role} for {len(files)} translations"
            raise UserError(what, str(path), f"Give a folder that holds a {role} of the same name for each.")
    path = getattr(arguments, "baseline", None) or found.baseline
    entries: Mapping[str, tuple[baseline.Known, ...]] = baseline.read(path) if path and with_baseline else {}
    revision = getattr(arguments, "changed_since", None)
    touched = {} if revision is None else changed.changed_lines([file.path for file in files], revision)
    return Run(arguments, found, path if with_baseline else None, api.accepted(found), entries, touched, files)
