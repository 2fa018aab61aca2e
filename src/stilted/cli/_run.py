"""What the checking commands share: from arguments and configuration to one judged report a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stilted import changed, config
from stilted.cli._files import DASH, File, expand
from stilted.cli._parser import Join, Parser
from stilted.errors import NothingToCheckError, UserError

if TYPE_CHECKING:
    from stilted.api import Report
    from stilted.baseline import Known
    from stilted.formats import Parsed
    from stilted.project import Project
    from stilted.suppress import Accepted

RULE_OPTIONS: Final = (
    "align",
    "select",
    "ignore",
    "preview",
    "source_language",
    "sensitivity",
    "packs",
    "glossary",
)
_OPTIONS: Final = (
    *RULE_OPTIONS,
    "fail_on",
    "min_score",
    "max_penalty_per_1000_words",
    "min_bleu",
    "min_chrf",
    "no_worse_than_baseline",
)


def add_options(parser: Parser) -> None:
    """Add the options that say what is checked and how; None stands for "as configured"."""
    option = parser.add_argument
    option(
        "files", metavar="FILE", type=Path, nargs="+", help="translations: files, folders, globs; - is standard input"
    )
    option("--reference", metavar="PATH", type=Path, help="a human translation, or a folder of them by the same name")
    option("--source", metavar="PATH", type=Path, help="the source text, or a folder of them by the same name")
    add_rule_options(parser)
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
    gate.add_argument(
        "--no-worse-than-baseline",
        action="store_true",
        default=None,
        help="scores and penalty no worse than in the baseline, beyond chance; needs a reference",
    )


def add_rule_options(parser: Parser) -> None:
    """Add the options that say how texts are read and which rules run; see `RULE_OPTIONS`."""
    option = parser.add_argument
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


@dataclass(slots=True)
class Run:
    """One run over many files. The ignore list and the baseline are shared, so their leftovers are known at its end."""

    arguments: argparse.Namespace
    project: Project
    touched: Mapping[Path, changed.Ranges] = field(default_factory=dict)
    files: Sequence[File] = ()
    used: set[Accepted] = field(default_factory=set)
    stale: dict[str, tuple[Known, ...]] = field(default_factory=dict)
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
        unused = [] if () in self.touched.values() else [a for a in self.project.accepted if a not in self.used]
        lines = [f"{a.where}: '{a.phrase}' suppresses nothing" for a in unused]
        for name, entries in self.stale.items():
            lines += [f"{name}: the baseline still holds {k.rule} “{k.text}”, which is gone" for k in entries]
        return [*lines, *(f"{error.where}: passed over, {error.what}" for error in self.passed_over)]

    def _report(self, file: File) -> Report:
        return self.judged(file, _parsed(file.path, self.arguments.format_in))

    def judged(self, file: File, parsed: Parsed) -> Report:
        """Check a file as read, leave out what is accepted, and judge the rest."""
        from stilted import api, baseline, formats, project

        beside = ((role, file.beside(getattr(self.arguments, role))) for role in ("reference", "source"))
        others = [formats.read(path, role) if path else None for role, path in beside]
        given = {name: getattr(self.arguments, name) for name in _OPTIONS}
        ranges = self.touched.get(file.path, changed.WHOLE)
        done = project.settled(self.project, file.path, partial(api.check_parsed, parsed, *others), given, ranges)
        self.used |= done.used
        if done.stale and self.project.baseline_path:
            self.stale[baseline.key(file.path, self.project.baseline_path)] = done.stale
        return done.report


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
    from stilted import project

    found = config.find(Path())
    files = expand(arguments.files)
    for role in ("reference", "source"):
        path = getattr(arguments, role)
        if path is not None and len(files) > 1 and not path.is_dir():
            what = f"one {role} for {len(files)} translations"
            raise UserError(what, str(path), f"Give a folder that holds a {role} of the same name for each.")
    given = getattr(arguments, "baseline", None)
    whole = project.read(found, given) if with_baseline else project.without_baseline(found)
    revision = getattr(arguments, "changed_since", None)
    touched = {} if revision is None else changed.changed_lines([file.path for file in files], revision)
    return Run(arguments, whole, touched, files)
