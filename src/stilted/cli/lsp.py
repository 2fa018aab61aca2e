"""``stilted lsp``: findings while you write, in any editor that speaks the Language Server Protocol."""

from __future__ import annotations

import argparse
import os
from typing import Final

from stilted.cli._parser import PASSED, Commands, Parser, add_command
from stilted.core.errors import UserError

_HELP = """Serve the Language Server Protocol on standard input and output, for an editor to start.

Configuration, baseline and accepted phrases are those of the file's project, as in CI. An editor may give more as
initialisation options, named as in [tool.stilted], and beside them the folders that go together:
{"translation": "docs/en", "source": "docs/zh", "source-language": "zh"}."""

_ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""What numpy's products of matrices heed. Those of one page are small: threads that wait for each other on a machine
that an editor and its other servers share made aligning a page with its reference four times as long."""


def add(commands: Commands[Parser]) -> None:
    """Add the command."""
    parser = add_command(commands, "lsp", "findings while you write, in an editor", _HELP)
    parser.set_defaults(run=_serve)


def _serve(arguments: argparse.Namespace) -> int:
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    try:
        from stilted.server.language_server import make_server
    except ImportError as error:
        if error.name not in ("pygls", "lsprotocol"):
            raise
        raise UserError("the language server needs pygls", "lsp", "Run: pip install 'stilted[lsp]'") from error
    # The protocol has standard output to itself, and closes it; what anything else prints goes where editors log it.
    spoken = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    make_server().start_io(stdout=spoken)
    return PASSED
