"""``stilted init``: look at a repository, and propose how its translations are checked from today on."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stilted.cli._parser import CANNOT_TELL, PASSED, Commands, Parser, add_command
from stilted.cli._screen import show_lines
from stilted.core.boundary import require_inside
from stilted.core.errors import UserError

if TYPE_CHECKING:
    from stilted.project.proposal import Translations

BASELINE: Final = ".stilted-baseline.json"
WORKFLOW: Final = Path(".github/workflows/translations.yml")

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
    parser.set_defaults(run=_init)


def _init(arguments: argparse.Namespace) -> int:
    from stilted.project import config, proposal

    root = Path()
    if (known := config.find(root)).path is not None:
        hint = "Change it by hand; 'stilted baseline write' accepts what is there today."
        raise UserError("this repository is set up already", str(known.path), hint)
    chosen, others = _chosen(arguments, root)
    show_lines([f"English translations: {_described(chosen)}"])
    show_lines(f"  also there: {_described(other)}   (--translation {other.translation})" for other in others[:5])
    files = {Path("stilted.toml"): proposal.configuration(chosen, BASELINE)}
    if (root / ".github").is_dir():
        files[WORKFLOW] = proposal.workflow(chosen)
    for path, text in files.items():
        show_lines(["", f"{path}{' exists, and stays as it is' if os.path.lexists(path) else ''}"])
        show_lines(f"  {line}" for line in text.splitlines())
    show_lines(["", f"The check: {chosen.command}"])
    if not arguments.write:
        show_lines(["", f"Nothing is written. 'stilted init --write' writes this, and {BASELINE}."])
        return PASSED
    return _write(chosen, {path: text for path, text in files.items() if not os.path.lexists(path)})


def _chosen(arguments: argparse.Namespace, root: Path) -> tuple[Translations, list[Translations]]:
    from stilted.core.options import settings
    from stilted.project import proposal

    settings("init", source_language=arguments.source_language)
    for name in ("translation", "source"):
        given = getattr(arguments, name)
        if given is not None and not (root / given).exists():
            raise UserError("there is no such file or folder", given, f"Name the {name} from this folder.")
    candidates = proposal.find_translations(root)
    if arguments.translation:
        same = [each for each in candidates if each.translation == arguments.translation.rstrip("/")]
        first = same[0] if same else proposal.Translations(arguments.translation.rstrip("/"), None, "", 0, ())
    elif candidates:
        first = candidates[0]
    else:
        hint = "Name the files: stilted init --translation docs/en --source docs/zh --source-language zh"
        raise UserError("no English translations are told by the names of the files here", str(root.resolve()), hint)
    source, language = arguments.source or first.source, arguments.source_language or first.source_language
    chosen = proposal.Translations(first.translation, source, language, first.files, first.endings)
    return chosen, [each for each in candidates if each.translation != chosen.translation]


def _described(translations: Translations) -> str:
    from stilted.core.foreign import clean
    from stilted.render.wording import count

    size = f", {count(translations.files, 'file')} ({', '.join(translations.endings)})" if translations.files else ""
    beside = f", translated from {translations.source}" if translations.source else ", without a source"
    language = f" ({translations.source_language})" if translations.source_language else ""
    return clean(f"{translations.translation}{size}{beside}{language}")


def _write(chosen: Translations, files: dict[Path, str]) -> int:
    from stilted.cli import _write as output
    from stilted.cli import main

    for path, text in files.items():
        require_inside(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        output.write(path, text)
        show_lines([f"wrote {path}"])
    beside = [f"--source={chosen.source}"] if chosen.source else []
    code = main(["baseline", "write", *beside, "--", chosen.translation])
    if code == CANNOT_TELL:
        show_lines(["Some files could not be judged; the messages above say why. The others are in the baseline."])
    show_lines([f"From now on '{chosen.command}' fails on what is new only."])
    return code
