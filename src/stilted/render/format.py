"""What a report format is to those that print and write it, whatever they report."""

from __future__ import annotations

from dataclasses import dataclass

from stilted.core.foreign import Syntax


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What a renderer says of the text that it makes.

    Attributes:
        syntax: what a character is escaped by where a build server would take the text for a command; None of a format
            that is meant to be acted upon, which escapes what others wrote itself.
        has_notes: it has a place for the notes on a report, such as those on remarks that suppress nothing; else they
            are said on standard error.
        paths_from_root: its readers look for files from the root of the repository, wherever the run was started.
    """

    syntax: Syntax | None = Syntax.TEXT
    has_notes: bool = True
    paths_from_root: bool = False
