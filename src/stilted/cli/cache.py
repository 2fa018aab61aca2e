"""``stilted cache``: what is kept of earlier checks, and away with it."""

from __future__ import annotations

import argparse

from stilted.cli._parser import PASSED, Commands, Parser, add_command
from stilted.cli._screen import show_lines
from stilted.core.errors import UserError, explain_refusal

_EPILOG = """\
examples:
  stilted cache info          where it is and how large
  stilted cache clear         remove it

A file that was checked before, with the same reference, settings, rules and model, is not checked again. The folder is
the user's cache folder, or STILTED_CACHE_DIR. --no-cache does without.
"""


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand."""
    top = add_command(commands, "cache", "what is kept of earlier checks", "What is kept of earlier checks.", _EPILOG)
    inner = top.add_subparsers(dest="what", metavar="info|clear", required=True, parser_class=Parser)
    add_command(inner, "info", "say where it is and how large", "Say where it is and how large.").set_defaults(
        run=_show_info
    )
    add_command(inner, "clear", "remove it", "Remove it.").set_defaults(run=_clear)


def _show_info(arguments: argparse.Namespace) -> int:
    from stilted.runner.cache import LIMIT, Cache

    with Cache() as cache:
        number, size = cache.size()
        if not cache.is_open:
            raise UserError(cache.trouble, str(cache.path), "Check folder and rights.")
    entries = f"{number:,} entries" if number != 1 else "1 entry"
    show_lines([f"{cache.path}: {entries}, {size / 1e6:,.1f} MB of at most {LIMIT / 1e6:,.0f} MB."])
    return PASSED


def _clear(arguments: argparse.Namespace) -> int:
    from stilted.runner.cache import clear, get_folder

    try:
        size = clear()
    except OSError as error:
        raise UserError(
            f"cannot remove the cache: {explain_refusal(error)}", str(get_folder()), "Check rights."
        ) from error
    show_lines([f"{get_folder()}: {size / 1e6:,.1f} MB removed."])
    return PASSED
