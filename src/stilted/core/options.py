"""What a user can choose, checked once: unknown keys and values end in an error with "did you mean"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final, TypedDict

from stilted.core import mqm
from stilted.core.errors import UserError, did_you_mean
from stilted.core.language_tags import NAMES

ALIGNMENTS: Final = ("auto", "lines")
"""How texts are paired: sentences by likeness, or line i with line i."""
KINDS_OF_TEXT: Final = ("article", "docs", "ui")
SENSITIVITIES: Final = ("low", "medium", "high")
LANGUAGES: Final = tuple("ar cs de es fr it ja ko nl pl pt ru sv tr uk vi zh".split())
"""Languages that a source may be in, by ISO 639-1 code."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What a translation must not do, and must reach, to pass.

    Attributes:
        fail_on: severities, rule ids or families; one finding of these, or severer than a severity named,
            fails. A critical one always does.
        min_score: least calibrated score, at most 100. 95 stays in force beside min_bleu and min_chrf; it yields
            to max_penalty_per_1000_words, which measures the same.
        max_penalty_per_1000_words: most penalty points per 1,000 words.
        min_bleu, min_chrf: least BLEU and chrF2, 0 to 100; they need a reference.
        no_worse_than_baseline: BLEU, chrF2 and the penalty per 1,000 words are no worse than in the baseline, beyond
            chance (see `stilted.project.baseline.figures`); needs a reference and a baseline written with one.
    """

    fail_on: tuple[str, ...] = ("critical",)
    min_score: float | None = 95.0
    max_penalty_per_1000_words: float | None = None
    min_bleu: float | None = None
    min_chrf: float | None = None
    no_worse_than_baseline: bool = False

    @property
    def needs_reference(self) -> bool:
        """Tell whether a figure is asked for that only a reference can give."""
        return self.no_worse_than_baseline or self.min_bleu is not None or self.min_chrf is not None


@dataclass(frozen=True, slots=True)
class Settings:
    """How to check.

    Attributes:
        align: ``auto`` aligns sentences; ``lines`` pairs line i with line i.
        select: rule ids or families to run; empty for all. ignore: those to leave out.
        preview: also run rules that have not earned ``stable``.
        source_language: ISO 639-1 code of the source, None when unknown (then all packs run). Given as a tag with
            script or region, as ``zh-Hans``, it is the language of that.
        sensitivity: operating point of the tagger, and, where high, of checks that guess.
        packs: further pack files. glossary: files that say which terms are preferred and forbidden.
        severity: ``(rule or family, MQM severity)`` in place of a rule's own; the rule's comes before its family's.
        do_not_translate: names that stay as they are: nothing is said about them, and where the source has one, the
            translation must. Between slashes, a regular expression.
        rule_pages: web address below which the pages of rules are published, for reports to link to; empty for nowhere.
        profile: what kind of text it is (see `stilted.core.profiles`); None to tell from the format.
        gate: when a translation fails. gate_given: the limits of it that were asked for.
    """

    align: str = "auto"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    source_language: str | None = None
    sensitivity: str = "medium"
    packs: tuple[Path, ...] = ()
    glossary: tuple[Path, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    do_not_translate: tuple[str, ...] = ()
    profile: str | None = None
    rule_pages: str = ""
    gate: Gate = field(default_factory=Gate)
    gate_given: frozenset[str] = frozenset()


class Options(TypedDict, total=False):
    """What `stilted.check` and its like take by name, explained at `Settings` or `Gate`; None is "not given"."""

    align: str | None
    select: str | Sequence[str] | None
    ignore: str | Sequence[str] | None
    preview: bool | None
    source_language: str | None
    sensitivity: str | None
    packs: str | Path | Sequence[str | Path] | None
    glossary: str | Path | Sequence[str | Path] | None
    severity: str | Sequence[str] | Mapping[str, str] | None
    do_not_translate: str | Sequence[str] | None
    profile: str | None
    rule_pages: str | None
    fail_on: str | Sequence[str] | None
    min_score: float | None
    max_penalty_per_1000_words: float | None
    min_bleu: float | None
    min_chrf: float | None
    no_worse_than_baseline: bool | None


_CHOICES: Final[dict[str, Sequence[str]]] = {
    "align": ALIGNMENTS,
    "sensitivity": SENSITIVITIES,
    "source_language": LANGUAGES,
    "profile": KINDS_OF_TEXT,
}
PATHS: Final = ("packs", "glossary")
"""Options that list files; those in a configuration start from its folder."""
_LISTS: Final = frozenset({"select", "ignore", "fail_on", "do_not_translate", *PATHS})
_FIGURES: Final = tuple(f.name for f in fields(Gate) if f.name not in ("fail_on", "no_worse_than_baseline"))
_ANY: Final = 1e9
_BOUNDS: Final = {
    "min_score": (-_ANY, 100.0),
    "max_penalty_per_1000_words": (0.0, _ANY),
    "min_bleu": (0.0, 100.0),
    "min_chrf": (0.0, 100.0),
}
_GATE: Final = frozenset(f.name for f in fields(Gate))
OPTIONS: Final = tuple(f.name for f in fields(Settings) if f.name not in ("gate", "gate_given")) + tuple(
    f.name for f in fields(Gate)
)
"""Every option there is, as Python spells it; a configuration file writes ``-`` for ``_``."""


def make_settings(where: str = "check", **options: Any) -> Settings:
    """Make `Settings` from the options named in `OPTIONS`; None stands for "not given".

    Lists may be given as one comma-separated string.

    Raises:
        UserError: an option is unknown, or its value is of the wrong kind; *where* is named.
    """
    given: dict[str, Any] = {}
    for name, value in options.items():
        if name not in OPTIONS:
            raise UserError(f"unknown option '{name}'", where, did_you_mean(name, OPTIONS))
        if value is not None:
            given[name] = _check_value(name, value, where)
    gate = {name: given.pop(name) for name in sorted(_GATE & given.keys())}
    if "min_score" not in gate and "max_penalty_per_1000_words" in gate:
        gate["min_score"] = None
    return Settings(**given, gate=Gate(**gate), gate_given=frozenset(gate))


def _check_value(name: str, value: Any, where: str) -> Any:
    at = f"{where}: {name.replace('_', '-')}"
    if name in _LISTS:
        return tuple(map(Path, _read_list(value, at))) if name in PATHS else _read_list(value, at)
    if name in _CHOICES:
        if name == "source_language" and isinstance(value, str):
            value = _drop_region(value)
        if value not in _CHOICES[name]:
            hint = _suggest_language if name == "source_language" else did_you_mean
            raise UserError(f"unknown value '{value}'", at, hint(str(value), _CHOICES[name]))
        return value
    if name == "severity":
        return _read_severities(value, at)
    if name == "rule_pages":
        return _check_address(value, at)
    if name in _FIGURES:
        return _check_figure(name, value, at)
    if not isinstance(value, bool):
        raise UserError(f"'{value}' is neither true nor false", at, "Write true or false.")
    return value


def _check_address(value: Any, at: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"(?:https?://[!-~]+)?", value):
        raise UserError(f"'{value}' is no web address", at, "Write one that begins with https://.")
    return value


def _read_severities(value: Any, at: str) -> tuple[tuple[str, str], ...]:
    hint = 'Write numbers = "minor", or --severity numbers=minor.'
    if isinstance(value, Mapping):
        pairs = list(value.items())
    else:
        pairs = [
            tuple(part) if isinstance(part, tuple) else part.partition("=")[::2] for part in _split_parts(value, at)
        ]
    severities = []
    for name, level in pairs:
        if not isinstance(name, str) or not isinstance(level, str) or not name.strip() or not level.strip():
            raise UserError(f"'{name}' has no severity", at, hint)
        severities.append((name.strip(), mqm.require_severity(level.strip(), at)))
    return tuple(severities)


def _split_parts(value: Any, at: str) -> Iterable[Any]:
    if isinstance(value, tuple) and all(isinstance(part, tuple) and len(part) == 2 for part in value):
        return value
    return _read_list(value, at)


def _drop_region(tag: str) -> str:
    """Return the language of a tag that names script or region, too, as files do: ``pt-BR``, ``zh_Hans_CN``."""
    return re.split("[-_]", tag)[0].lower()


def _suggest_language(value: str, known: Sequence[str]) -> str:
    """Return the code that is meant by the name of a language."""
    code = next((code for code in known if NAMES[code].lower() == value.lower()), None)
    if code is not None:
        return f"Did you mean '{code}'?"
    near = did_you_mean(value, known)
    return f"{near} Leave it out for any other." if near.startswith("Known") else near


def _check_figure(name: str, value: Any, at: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_ANY < value < _ANY:
        raise UserError(f"'{value}' is not a number", at, "Write a figure such as 95.")
    low, high = _BOUNDS[name]
    if not low <= value <= high:
        sides = f"from {low:g} to {high:g}" if low > -_ANY else f"of {high:g} or less"
        raise UserError(f"{value:g} is out of reach", at, f"Write a figure {sides if high < _ANY else 'of 0 or more'}.")
    return float(value)


def _read_list(value: Any, at: str) -> tuple[str, ...]:
    if isinstance(value, Path):
        return (str(value),)
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, Iterable) or isinstance(parts, Mapping):
        raise UserError(f"'{value}' is not a list", at, 'Write ["one", "two"].')
    kept = [str(part).strip() if isinstance(part, str | Path) else part for part in parts]
    for part in kept:
        if not isinstance(part, str):
            raise UserError(f"'{part}' is not a string", at, 'Write ["one", "two"].')
    return tuple(part for part in kept if part)
