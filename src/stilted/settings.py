"""What a user can choose, checked once: unknown keys and values end in an error with "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from stilted.errors import UserError, did_you_mean

ALIGNMENTS: Final = ("auto", "lines")
SENSITIVITIES: Final = ("low", "medium", "high")
LANGUAGES: Final = (
    "ar",
    "cs",
    "de",
    "es",
    "fr",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
    "vi",
    "zh",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """How to check.

    Attributes:
        align: ``auto`` aligns sentences; ``lines`` pairs line i with line i.
        select: rule ids or families to run; empty for all. ignore: those to leave out.
        preview: also run rules that have not earned ``stable``.
        source_language: ISO 639-1 code of the source, None when unknown (then all packs run).
        sensitivity: operating point of the tagger.
        packs: further pack files.

    Raises:
        UserError: a value is not one of those known.
    """

    align: str = "auto"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    source_language: str | None = None
    sensitivity: str = "medium"
    packs: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        _one_of("align", self.align, ALIGNMENTS)
        _one_of("sensitivity", self.sensitivity, SENSITIVITIES)
        if self.source_language is not None:
            _one_of("source_language", self.source_language, LANGUAGES)


def _one_of(name: str, value: object, known: Sequence[str]) -> None:
    if value not in known:
        raise UserError(f"unknown value '{value}'", f"option {name}", did_you_mean(str(value), known))


def settings(**options: Any) -> Settings:
    """Make `Settings` from keyword options; strings stand for one-element lists.

    Raises:
        UserError: an option is unknown; the hint names the closest one.
    """
    known = [field.name for field in fields(Settings)]
    for name in options:
        if name not in known:
            raise UserError(f"unknown option '{name}'", "check", did_you_mean(name, known))
    for name in ("select", "ignore"):
        if name in options:
            options[name] = _names(options[name])
    if "packs" in options:
        packs = options["packs"]
        options["packs"] = tuple(Path(p) for p in ([packs] if isinstance(packs, str | Path) else packs))
    return Settings(**options)


def _names(value: str | Iterable[str]) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else list(value)
    return tuple(part.strip() for part in parts if part.strip())
