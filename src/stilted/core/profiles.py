"""What kind of text it is: which rules have nothing to say about it, and when it fails, unless the user says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from stilted.core.options import Gate, Settings


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of text.

    Rules say themselves which kinds they have nothing to say about.

    Attributes:
        name: what the option calls it. about: what it is for.
        gate: limits that differ from `Gate`'s.
    """

    name: str
    about: str
    gate: Mapping[str, Any] | None = None


PROFILES: Final[Mapping[str, Profile]] = {
    profile.name: profile
    for profile in (
        Profile("article", "running prose: news, books, talks"),
        Profile("docs", "pages of documentation, where “Learn more” and “Related links” belong"),
        Profile(
            "ui",
            "strings of an interface or a catalogue, which are short, repeat, and stand alone",
            {"min_score": 90.0},
        ),
    )
}

_BY_FORMAT: Final = {
    **dict.fromkeys(("markdown", "html"), "docs"),
    **dict.fromkeys(
        ("po", "xliff", "json", "android", "resx", "properties", "qt", "strings", "stringsdict", "yaml"), "ui"
    ),
}
"""Formats that say what kind of text they hold; tables and translation memories may hold any."""


def get_kind_of_format(form: str) -> str:
    """Return the name of the profile of a format."""
    return _BY_FORMAT.get(form, "article")


_MARKED_UP: Final = re.compile(
    r"(?<=[^/\\.])\.(?:adoc|asciidoc|cfg|conf|dita|ftl|ini|ipynb|php|properties|py|rb|rst|rtf|strings|stringsdict|svelte"
    r"|tex|textile|toml|vue|wiki|xml|ya?ml|[cm]?[jt]sx?)\Z",
    re.I,
)
"""Endings of what is no plain text and no format read here; any other may as well name a language or a system."""


def find_unread_markup(form: str, name: str) -> str:
    """Return the ending of a file that is read as plain text and holds markup by its name; empty for any other."""
    ending = _MARKED_UP.search(name) if form == "text" else None
    return ending[0] if ending else ""


def is_technical(form: str, name: str) -> bool:
    """Tell whether a format, or the ending of a file that is read as plain text, is of documentation or interfaces."""
    return get_kind_of_format(form) != "article" or bool(find_unread_markup(form, name))


def choose_profile(chosen: Settings, form: str) -> Profile:
    """Return the profile that is asked for, else the one of a format."""
    return PROFILES[chosen.profile or get_kind_of_format(form)]


def make_gate(chosen: Settings, form: str) -> Gate:
    """Return the gate that a text of this format must pass: what the user asks for, over what the profile does."""
    own = choose_profile(chosen, form).gate or {}
    return replace(chosen.gate, **{name: value for name, value in own.items() if name not in chosen.gate_given})
