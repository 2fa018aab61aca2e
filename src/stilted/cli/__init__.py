"""The command: arguments -> settings -> api -> renderer -> exit code. Nothing else prints or exits.

A module of this folder with ``add(commands)`` is a subcommand.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from stilted import __version__, registry
from stilted.cli._parser import CANNOT_TELL, FAILED, PASSED, Parser
from stilted.errors import UserError

_EPILOG = """\
examples:
  stilted check article.txt                            awkward wording, without a reference
  stilted check article.txt --reference human.txt      aligned and scored against a human translation
  stilted rules show zh/line-goes-offline              what a rule is about, with its examples

exit codes: 0 passed or no verdict, 1 failed, 2 could not tell (the message says what, where and what to do)
"""


def parser() -> Parser:
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
    for name in registry.names(__name__):
        registry.module(__name__, name).add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        whole = parser()
        arguments, unknown = whole.parse_known_args(argv)
        if unknown:
            getattr(arguments, "parser", whole).refuse(unknown[0])
        if arguments.command is None:
            whole.print_help()
            return PASSED
        return int(arguments.run(arguments))
    except UserError as error:
        print(f"stilted: {error.sentence()}", file=sys.stderr)
        return CANNOT_TELL
    except KeyboardInterrupt:
        print("stilted: stopped.", file=sys.stderr)
        return CANNOT_TELL


def entry() -> None:
    """Run as a program: flush inside the guard, so that a closed pipe (`| head`) is no traceback."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FAILED
    sys.exit(code)
