"""``stilted lsp``: findings while you write, in any editor that speaks the Language Server Protocol."""

from __future__ import annotations

import argparse

from stilted.cli._parser import PASSED, Commands, Parser, add_command
from stilted.core.errors import UserError

_HELP = """Serve the Language Server Protocol on standard input and output, for an editor to start.

Configuration, baseline and accepted phrases are those of the file's project, as in CI. An editor may give more as
initialisation options, named as in [tool.stilted], and beside them the folders that go together:
{"translation": "docs/en", "source": "docs/zh", "source-language": "zh"}."""


def add(commands: Commands[Parser]) -> None:
    """Add the command."""
    parser = add_command(commands, "lsp", "findings while you write, in an editor", _HELP)
    parser.set_defaults(run=_serve)


def _serve(arguments: argparse.Namespace) -> int:
    try:
        from stilted.server.language_server import server
    except ImportError as error:
        if error.name not in ("pygls", "lsprotocol"):
            raise
        raise UserError("the language server needs pygls", "lsp", "Run: pip install 'stilted[lsp]'") from error
    server().start_io()
    return PASSED
