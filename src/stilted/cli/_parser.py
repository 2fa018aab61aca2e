"""An argument parser that answers like the rest of the house: what, where, and the closest known word."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from stilted.core.errors import UserError, did_you_mean

PASSED: Final = 0
FAILED: Final = 1
CANNOT_TELL: Final = 2
STOPPED: Final = 130
"""128 and the number of the signal, as shells have it."""

Commands = argparse._SubParsersAction  # argparse offers no public name for what add_subparsers returns


class Parser(argparse.ArgumentParser):
    """Raises `UserError` instead of exiting."""

    def error(self, message: str) -> NoReturn:
        """Raise the fault that argparse found as a `UserError`."""
        raise UserError(message, self._place, f"Run '{self.prog} --help'.")

    def refuse(self, unknown: str) -> NoReturn:
        """Raise for an option that this command does not have, with the closest one that it has."""
        options = [o for action in self._actions for o in action.option_strings if o.startswith("--")]
        near = did_you_mean(unknown.partition("=")[0], options)
        raise UserError(f"unknown argument '{unknown}'", self._place, f"{near} Run '{self.prog} --help'.".strip())

    @property
    def _place(self) -> str:
        """The command as messages name it: they begin with the name of the program anyhow."""
        return self.prog.removeprefix("stilted").strip()

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a command that there is not, with the closest one; argparse asks here about every choice."""
        if action.choices is not None and value not in action.choices:
            hint = did_you_mean(str(value), action.choices, f"Run '{self.prog} --help'.")
            if "check" in action.choices and os.path.exists(str(value)):
                hint = f"To check that file or folder, run '{self.prog} check {shlex.quote(str(value))}'."
            raise UserError(f"no command is called '{value}'", self._place, hint)


def read_number(text: str) -> float:
    """Return the figure that an option is given as."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no number") from None


class Join(argparse.Action):
    """Joins the values of an option that is repeated, as if they had been given as one, comma-separated."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Add a value to those before it.

        Raises:
            UserError: the value names nothing, as from a variable that is not set; it would undo what is configured.
        """
        if not str(values).strip(" ,"):
            where = option_string or self.dest
            raise UserError("nothing is named", where, "Is a variable not set? Leave the option out.")
        before = getattr(namespace, self.dest)
        setattr(namespace, self.dest, values if before is None else f"{before},{values}")


def add_outside(parser: argparse.ArgumentParser) -> None:
    """Add the option that lets links and configured paths lead out of the repository; see `stilted.core.boundary`."""
    parser.add_argument(
        "--allow-outside", action="store_true", help="let links and configured paths lead out of the repository"
    )


def add_command(commands: Commands[Parser], name: str, summary: str, description: str, epilog: str = "") -> Parser:
    """Add and return the parser of a subcommand, laid out like all others."""
    parser = commands.add_parser(
        name,
        help=summary,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(parser=parser)
    return parser
