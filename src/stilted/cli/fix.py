"""``stilted fix``: make the fixes that need no second look."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stilted.cli._parser import CANNOT_TELL, FAILED, PASSED, Commands, Parser, add_command
from stilted.cli._screen import put, say, say_plainly
from stilted.core.errors import UserError
from stilted.core.foreign import clean_line
from stilted.core.whole_files import is_write_protected

if TYPE_CHECKING:
    from stilted.cli._files import File
    from stilted.cli._run import Run
    from stilted.project.fix import Fixed

_EPILOG = """\
examples:
  stilted fix docs/ --diff          what would be changed; nothing is
  stilted fix docs/                 change it
  stilted fix app.po --select mechanics

Only findings whose rule vouches for its first suggestion are fixed ('stilted rules show ID' says which do), in plain
text, Markdown, PO and XLIFF. What a baseline, a remark or .stilted-ignore accepts stays. Every other byte stays too.

exit codes: 0 done, 1 with --diff: something would be changed, 2 could not tell
"""


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    from stilted.cli._run import add_options

    parser = add_command(commands, "fix", "make safe fixes in place", "Make safe fixes in place.", _EPILOG)
    add_options(parser, gated=False, piped=False)
    parser.add_argument("--diff", action="store_true", help="show the changes and make none")
    parser.add_argument("--baseline", metavar="PATH", type=Path, help="findings accepted so far; they stay")
    parser.set_defaults(run=_fix)


def _fix(arguments: argparse.Namespace) -> int:
    from stilted.cli import _run, _write
    from stilted.cli._files import DASH
    from stilted.render.wording import format_count

    run = _run.start(arguments)
    if any(file.path == DASH for file in run.files):
        raise UserError("standard input cannot be fixed in place", "-", "Name a file.")
    files = changes = 0
    for file, done in _fix_files(run):
        if not done.count:
            continue
        if not arguments.diff and is_write_protected(file.path):
            what = f"write-protected, and left as it is; {format_count(done.count, 'finding')} could be fixed"
            run.note_failure(file, UserError(what, str(file.path), "Make it writable."))
            continue
        files, changes = files + 1, changes + done.count
        if arguments.diff:
            put("".join(_write_diff(done, str(file.path))))
        else:
            _write.write_bytes(file.path, done.data, outside=arguments.allow_outside)  # a link stays a link
    for error in run.passed_over:
        say(f"{error.where}: passed over, {error.what}.")
    _write.tell(run)
    would = "would be " if arguments.diff else ""
    where = f"{files:,} of {format_count(len(run.files), 'file')}"
    say_plainly(f"{format_count(changes, 'finding')} {would}fixed in {where}.")
    return CANNOT_TELL if run.errors else FAILED if arguments.diff and changes else PASSED


def _fix_files(run: Run) -> Iterator[tuple[File, Fixed]]:
    """Yield each file with what becomes of it; one that cannot be fixed goes to the run's errors."""
    from stilted import formats
    from stilted.project import fix

    for file in run.files:
        try:
            data = formats.read_bytes(file.path, "translation")
            done = fix.fix_file(data, str(file.path), partial(run.judge, file), run.arguments.format_in)
        except UserError as error:
            run.note_failure(file, error)
        else:
            yield file, done


def _write_diff(done: Fixed, name: str) -> Iterator[str]:
    """Yield the lines of a unified diff, as they are shown: what would act on a screen is made visible."""
    before, after = (_LINE.findall(text) for text in (done.before, done.after))
    for line in difflib.unified_diff(before, after, clean_line(name), clean_line(name)):
        body = line.removesuffix("\n").removesuffix("\r")
        yield "\t".join(map(clean_line, body.split("\t"))) + (line[len(body) :] or "\n\\ No newline at end of file\n")


_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
"""Lines as other tools count them: Python would also end one at a form feed, or at U+2028."""
