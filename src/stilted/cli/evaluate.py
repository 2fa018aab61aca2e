"""``stilted evaluate``: measure findings against human MQM annotations; the work is done in the lab."""

from __future__ import annotations

from stilted.cli._parser import Commands, Parser


def add(commands: Commands[Parser]) -> None:
    """Add the subcommand; the lab's parser imports nothing heavy."""
    from stilted.lab.evaluation import command

    command.add_parser(commands)
