"""The command: arguments -> settings -> api -> renderer -> exit code. Nothing else prints or exits.

A public module of this folder is a `Subcommand`.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Final, Protocol, runtime_checkable

from stilted import __version__
from stilted.cli import _paths
from stilted.cli._parser import CANNOT_TELL, PASSED, STOPPED, Commands, Parser
from stilted.cli._screen import say, say_trace
from stilted.core import discovery
from stilted.core.errors import UserError, explain_refusal, is_debugging, make_internal_error

_EPILOG = """\
begin here:
  stilted demo                                         an article that comes along, as a page in the browser
  stilted check article.txt                            awkward wording, without a reference
  stilted check article.txt --reference human.txt      aligned and scored against a human translation
  stilted check docs/en --source docs/zh               a folder beside its source, in any format that is read
  stilted init                                         set up a repository: only what is new fails
  stilted rules show zh/line-goes-offline              what a rule is about, with its examples

exit codes: 0 passed or no verdict, 1 failed, 2 could not tell (the message says what, where and what to do)
"""


@runtime_checkable
class Subcommand(Protocol):
    """What a public module of this folder is to the command."""

    def add(self, commands: Commands[Parser]) -> None:
        """Add the subcommand with its options; ``run(arguments)`` of these is what it does."""


def make_parser() -> Parser:
    """Return the parser of the whole command line."""
    top = Parser(
        prog="stilted",
        description=(
            "Tell whether an English translation is good,\nand which words in it no native writer would have chosen."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"stilted {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for name in discovery.list_modules(__name__):
        subcommand: Subcommand = discovery.load_module(__name__, name)
        subcommand.add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        command = make_parser()
        arguments, unknown = command.parse_known_args(argv)
        if unknown:
            getattr(arguments, "parser", command).refuse(unknown[0])
        if arguments.command is None:
            command.print_help()
            return PASSED
        _paths.require_inside(arguments)
        return int(arguments.run(arguments))
    except UserError as error:
        say(error.sentence())
        return CANNOT_TELL
    except KeyboardInterrupt as stop:
        say(f"{'; '.join(['stopped', *stop.args])}.")
        return STOPPED


_MADE_BEFORE_COLLECTION: Final = 100_000
"""Objects that are made before Python looks for cycles: rules and word lists are many and hold none, and with Python's
700 a tenth of a short check goes into looking."""


def entry() -> None:
    """Run as a program: no traceback, and never an exit code that says "failed" of a text nobody judged.

    A character that standard output cannot encode becomes ``?``. Output is flushed inside the guard, so that a
    closed pipe (`| head`) or a full disk is noticed here.
    """
    gc.set_threshold(_MADE_BEFORE_COLLECTION)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        code = main()
        if sys.stdout is not None:
            sys.stdout.flush()
    except Exception as error:
        code = CANNOT_TELL
        _tell(error)
    sys.exit(code)


def _tell(error: Exception) -> None:
    """Say what went wrong in one sentence, with the traceback where ``STILTED_DEBUG`` asks for it."""
    if is_debugging():
        say_trace(error)
    if isinstance(error, MemoryError):
        say("it needs more memory than there is. Split the files.")
        return
    if isinstance(error, OSError):
        # What is still in the buffer cannot be written either, and Python would try again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if not isinstance(error, BrokenPipeError):
            say(f"cannot write: {explain_refusal(error)}. Check space and rights.")
        return
    say(make_internal_error(error).sentence())
