"""``stilted init``: look at a repository, and propose how its translations are checked from today on."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stilted.cli._parser import CANNOT_TELL, FAILED, PASSED, Commands, Parser, add_command
from stilted.cli._screen import show_lines
from stilted.core.boundary import require_inside
from stilted.core.errors import UserError

if TYPE_CHECKING:
    from stilted.project.proposal import Translations

BASELINE: Final = ".stilted-baseline.json"
WORKFLOW: Final = Path(".github/workflows/translations.yml")
GITLAB: Final = ".gitlab-ci.yml"

_SHOWN: Final = 5

_HELP = """Look at the repository in this folder and say how its English translations would be checked: which files,
against which source, with a baseline of what is there today, so that only what is new fails. Nothing is written
without --write, and nothing that exists is ever written over."""


def add(commands: Commands[Parser]) -> None:
    """Add the command."""
    parser = add_command(commands, "init", "set up a repository, with a baseline of what is there", _HELP)
    option = parser.add_argument
    option("--translation", metavar="PATH", help="the English files, where the names do not tell")
    option("--source", metavar="PATH", help="what they were translated from")
    option("--source-language", metavar="CODE", help="its language, ISO 639-1, such as zh")
    option("--write", action="store_true", help="write what is shown, and the baseline")
    parser.set_defaults(run=_run_init)


def _run_init(arguments: argparse.Namespace) -> int:
    from stilted.project import config, proposal

    root = Path()
    if (known := config.find(root)).path is not None:
        hint = "Change it by hand; 'stilted baseline write' accepts what is there today."
        raise UserError("this repository is set up already", str(known.path), hint)
    chosen, others = _choose(arguments, root)
    show_lines([f"English translations: {_describe(chosen)}"])
    show_lines(_describe_text(chosen))
    show_lines(f"  also there: {_describe(other)}   (--translation {other.paths[0]})" for other in others[:_SHOWN])
    files = {Path("stilted.toml"): proposal.write_configuration(chosen, BASELINE)}
    if (root / ".github").is_dir():
        files[WORKFLOW] = proposal.write_workflow(chosen)
    for path, text in files.items():
        show_lines(["", f"{path}{' exists, and stays as it is' if os.path.lexists(path) else ''}"])
        show_lines(f"  {line}" for line in text.splitlines())
    if os.path.lexists(root / GITLAB):
        show_lines(["", f"{GITLAB} stays as it is; a job for it:"])
        show_lines(f"  {line}" for line in proposal.write_gitlab_job(chosen).splitlines())
    elif WORKFLOW not in files:
        show_lines(["", "In CI: the check below, with '--format github' on GitHub; where there is a folder .github,"])
        show_lines(["'stilted init' writes a workflow, and where there is a .gitlab-ci.yml it shows a job for it."])
    show_lines(["", f"The check: {chosen.command}"])
    if not arguments.write:
        show_lines(["", f"Nothing is written. 'stilted init --write' writes this, and {BASELINE}."])
        return PASSED
    return _write(chosen, {path: text for path, text in files.items() if not os.path.lexists(path)}, others)


def _choose(arguments: argparse.Namespace, root: Path) -> tuple[Translations, list[Translations]]:
    from stilted.core.options import make_settings
    from stilted.project import proposal

    make_settings("init", source_language=arguments.source_language)
    for name in ("translation", "source"):
        given = getattr(arguments, name)
        if given is not None and not (root / given).exists():
            raise UserError("there is no such file or folder", given, f"Name the {name} from this folder.")
    candidates = proposal.find_translations(root)
    if arguments.translation:
        wanted = arguments.translation.rstrip("/")
        same = [each for each in candidates if wanted in each.paths]
        first = same[0] if same else proposal.Translations((wanted,), None, "", 0, ())
    elif candidates:
        first = candidates[0]
    else:
        hint = "Name the files: stilted init --translation docs/en --source docs/zh --source-language zh"
        raise UserError("no file here is named like an English translation", str(root.resolve()), hint)
    source, language = arguments.source or first.source, arguments.source_language or first.source_language
    chosen = replace(first, source=source, source_language=language)
    return chosen, [each for each in candidates if each.paths != chosen.paths]


def _describe(translations: Translations) -> str:
    from stilted.core.foreign import clean
    from stilted.render.wording import format_count, shorten_names

    size = (
        f", {format_count(translations.files, 'file')} ({', '.join(translations.endings)})"
        if translations.files
        else ""
    )
    holds = translations.source is None and bool(translations.source_language)
    beside = (
        f", translated from {translations.source}" if translations.source else ", with their source" if holds else ""
    )
    language = f" ({translations.source_language})" if translations.source_language else ""
    return clean(f"{shorten_names(translations.paths)}{size}{beside or ', without a source'}{language}")


def _describe_text(translations: Translations) -> list[str]:
    """Say what kind of text it is, and what is to be said by hand."""
    from stilted.core.profiles import PROFILES

    lines = []
    if translations.profile:
        lines.append(f"  kind of text: {translations.profile} ({PROFILES[translations.profile].about})")
    if not translations.source_language:
        lines.append("  from which language? Rules about one language are sharper: --source-language CODE")
    return lines


def _write(chosen: Translations, files: dict[Path, str], others: Sequence[Translations]) -> int:
    """Write the baseline, then the files, then run the check that is proposed, and say how it ends."""
    from stilted.cli import _write as output
    from stilted.cli import make_parser
    from stilted.cli.baseline import accept_what_is_readable

    for path in files:
        require_inside(path)
    language = [f"--source-language={chosen.source_language}"] if chosen.source_language else []
    write = ["baseline", "write", f"--baseline={BASELINE}", *language, *chosen.arguments]
    unreadable = accept_what_is_readable(make_parser().parse_args(write))
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        output.write(path, text)
        show_lines([f"wrote {path}"])
    code = _tell_first_run(chosen, unreadable)
    for other in others[:_SHOWN]:
        show_lines(
            [f"For {other.paths[0]} likewise: {other.command}, and 'stilted baseline write' with the same files."]
        )
    return code


def _tell_first_run(chosen: Translations, unreadable: int) -> int:
    """Run the check, say how it ends, and return its exit code."""
    from stilted.cli import _run, make_parser
    from stilted.render.annotations import describe_verdict
    from stilted.render.wording import format_count

    run = _run.start(make_parser().parse_args(["check", *chosen.arguments]))
    reports = list(run.check_files())
    failed = [report for report in reports if report.verdict.passed is False]
    show_lines([f"The first run: {format_count(len(reports), 'file')}, {len(failed):,} failed."])
    for report in failed[:_SHOWN]:
        show_lines([f"  {report.document.name}: {describe_verdict(report)}"])
    if unreadable:
        these = "the file" if unreadable == 1 else f"the {unreadable:,} files"
        show_lines(
            [f"Until {these} above can be judged, the check ends with exit code 2; the message says what to do."]
        )
        return CANNOT_TELL
    if failed:
        show_lines(["No baseline accepts this; mend these files, or change the gate in stilted.toml."])
        return FAILED
    show_lines(
        [
            f"From now on '{chosen.command}' fails on what is new only: critical findings, a low score, and what",
            "fail-on in stilted.toml names. Commit what was written.",
        ]
    )
    return PASSED
