"""Phrase packs: rules as data, one TOML file a family. `README.md` beside this file explains a rule."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any, Final, NamedTuple

from stilted.core.bounded import read_bounded
from stilted.core.errors import UserError, did_you_mean, explain_refusal
from stilted.core.model import Document, Example, Finder, Finding, Need, Rule, SegmentFinder, Status
from stilted.core.profiles import PROFILES
from stilted.core.toml import parse_toml
from stilted.rules.packs.search import Phrase, find, index

MAX_PACK_BYTES: Final = 4_000_000

_TEXT: Final = frozenset({"id", "category", "severity", "message", "why", "status", "case", "reference"})
_LISTS: Final = frozenset({"pattern", "unless", "context", "unless-context", "suggest"})
_FLAGS: Final = frozenset({"safe-fix", "stable-at-high"})
_OF_PACK: Final = frozenset({"rule", "source-language", "not-for"})
_KEYS: Final = _TEXT | _LISTS | _FLAGS | {"bad", "good", "confidence"}
PATTERNS: Final = ("pattern", "unless", "context")
"""Keys of what a phrase is looked for by, which is no prose."""
_A_WHOLE_RULE: Final = f"A whole rule is shown in {Path(__file__).with_name('README.md')}."
_REQUIRED: Final = ("id", "pattern", "category", "severity", "message", "why", "bad", "good")


def list_rules(extra: Sequence[Path] = (), sensitivity: str = "medium") -> tuple[Rule, ...]:
    """Return the rules of the built-in packs and of *extra* pack files, in order of file name and place.

    Each is as *sensitivity* has it.

    The patterns of built-in packs are compiled when a text first needs them (the tests have compiled them
    all); those of other packs at once, so that a fault is reported before any work is done.

    Raises:
        UserError: like `load`.
    """
    every = (*_load_built_in(), *(rule for path in extra for rule in load(path)))
    return tuple(rule.at(sensitivity) for rule in every)


@cache
def _load_built_in() -> tuple[Rule, ...]:
    files = sorted(resources.files(__name__).iterdir(), key=lambda file: file.name)
    packs = [(file.name, file.read_text("utf-8")) for file in files if file.name.endswith(".toml")]
    return _build(entry for where, text in packs for entry in _read_entries(text, where))


@cache
def read_measurements() -> Mapping[str, Mapping[str, float]]:
    """Return what every measured rule did on annotated data: hits, and how many touch a mark of a reviewer."""
    text = resources.files(__name__).joinpath("evidence.json").read_text("utf-8")
    record: Mapping[str, Mapping[str, float]] = json.loads(text)["rules"]
    return record


def is_measured(rule: Rule) -> bool:
    """Tell whether figures stand behind a rule: its confidence is a guess, and not shown, where none do.

    The model is measured as a whole, and a user's glossary needs no proof.
    """
    record = read_measurements().get(rule.id)
    has_hits = record is not None and record["hits"] + record.get("edits", 0) > 0
    return has_hits or Need.MODEL in rule.needs or bool(rule.option)


def load(path: Path) -> tuple[Rule, ...]:
    """Return the rules of one pack file, every pattern and suggestion of it checked.

    Raises:
        UserError: the file cannot be read, or something in it is faulty; file, rule and key are named.
    """
    return _build(_read_entries(_read(path), str(path)), check=True)


def _read(path: Path) -> str:
    try:
        data = read_bounded(path, "pack", MAX_PACK_BYTES)
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        raise UserError(
            f"cannot read the pack: {explain_refusal(error)}", str(path), "Check path and rights."
        ) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"not UTF-8 at byte {error.start}", str(path), "Save the pack as UTF-8.") from error


class _Entry(NamedTuple):
    """A rule as written: its place for messages, the pack's source languages, what it is not for, the rule's keys."""

    where: str
    languages: frozenset[str]
    not_for: frozenset[str]
    table: dict[str, Any]


def _read_entries(text: str, where: str) -> Iterator[_Entry]:
    pack = parse_toml(text, where, _A_WHOLE_RULE)
    unknown = set(pack) - _OF_PACK
    if unknown:
        raise UserError(f"unknown key '{min(unknown)}'", where, did_you_mean(min(unknown), _OF_PACK))
    language = pack.get("source-language", "")
    if not isinstance(language, str) or not isinstance(pack.get("rule", []), list):
        raise UserError("'source-language' is a string and rules are [[rule]] tables", where, _A_WHOLE_RULE)
    not_for = _read_not_for(pack.get("not-for", []), where)
    for number, entry in enumerate(pack.get("rule", []), 1):
        name = entry.get("id", f"number {number}") if isinstance(entry, dict) else f"number {number}"
        if not isinstance(entry, dict):
            raise UserError("a rule is a table", f"{where}: rule {name}", "Begin it with [[rule]].")
        yield _Entry(f"{where}: rule {name}", frozenset({language} - {""}), not_for, entry)


def _read_not_for(written: object, where: str) -> frozenset[str]:
    if not isinstance(written, list) or not all(isinstance(name, str) and name in PROFILES for name in written):
        raise UserError("'not-for' is a list of profiles", where, f"There are {', '.join(PROFILES)}.")
    return frozenset(written)


def _build(entries: Iterable[_Entry], *, check: bool = False) -> tuple[Rule, ...]:
    phrases: list[Phrase] = []
    kept: dict[str, _Entry] = {}
    for entry in entries:
        _check_keys(entry.table, entry.where)
        name = entry.table["id"]
        if name in kept:
            raise UserError(f"the id '{name}' is taken by {kept[name].where}", entry.where, "Ids are unique.")
        kept[name] = entry
        phrases.append(_make_phrase(entry))
        if check:
            phrases[-1].check()
    finders = {status: _make_finder(phrases, kept.values(), status) for status in (True, False)}
    return tuple(_make_rule(entry, finders[_is_preview(entry)]) for entry in kept.values())


def _is_preview(entry: _Entry) -> bool:
    return bool(entry.table.get("status") == Status.PREVIEW)


def _make_finder(phrases: Iterable[Phrase], entries: Iterable[_Entry], preview: bool) -> Finder:
    """Return what finds the phrases of all rules in preview, or of all others: each runs only if one is asked for."""
    chosen = [phrase for phrase, entry in zip(phrases, entries, strict=True) if _is_preview(entry) is preview]
    return SegmentFinder(partial(find, chosen, index(chosen)))


def _check_keys(entry: dict[str, Any], where: str) -> None:
    for key in entry:
        if key not in _KEYS:
            raise UserError(f"unknown key '{key}'", where, did_you_mean(key, _KEYS))
    for key in _REQUIRED:
        if not entry.get(key):
            raise UserError(f"'{key}' is missing or empty", where, _A_WHOLE_RULE)
    _check_types(entry, where)
    for key, known in (("case", ("fold", "exact")), ("reference", ("silences", "ignored", "required"))):
        if entry.get(key, known[0]) not in known:
            raise UserError(f"'{key}' is '{entry[key]}'", where, f"Write one of: {', '.join(known)}.")


def _check_types(entry: dict[str, Any], where: str) -> None:
    for key in sorted(_TEXT & entry.keys()):
        if not isinstance(entry[key], str):
            raise UserError(f"'{key}' is not a string", where, _A_WHOLE_RULE)
    for key in sorted(_LISTS & entry.keys()):
        value = entry[key]
        if not isinstance(value, str) and not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
            raise UserError(f"'{key}' is not a string or a list of strings", where, _A_WHOLE_RULE)


def _make_phrase(written: _Entry) -> Phrase:
    entry, where = written.table, written.where

    def read_patterns(key: str) -> tuple[str, ...]:
        value = entry.get(key, [])
        return (value,) if isinstance(value, str) else tuple(value)

    return Phrase(
        id=entry["id"],
        where=where,
        patterns=read_patterns("pattern"),
        unless=read_patterns("unless"),
        context=read_patterns("context"),
        unless_context=read_patterns("unless-context"),
        suggest=read_patterns("suggest"),
        message=entry["message"],
        why=entry["why"],
        exact=entry.get("case") == "exact",
        reference_silences=entry.get("reference", "silences") != "ignored",
        languages=written.languages,
    )


def _make_example(value: object, where: str) -> Example:
    if isinstance(value, str):
        return Example.of(value)
    if isinstance(value, list) and len(value) == 2 and all(isinstance(v, str) for v in value):
        return Example.of(value[0], value[1])
    named = isinstance(value, dict) and "text" in value and value.keys() <= {"text", "fixed", "reference"}
    if isinstance(value, dict) and named and all(isinstance(part, str) for part in value.values()):
        return Example.of(value["text"], value.get("fixed"), reference=value.get("reference"))
    hint = 'Write "text", ["<v>bad</v> text", "good text"] or { text = …, fixed = …, reference = … }.'
    raise UserError(f"'{value}' is no example", where, hint)


def _make_rule(written: _Entry, finder: Finder) -> Rule:
    where, entry = written.where, written.table
    bad, good = entry["bad"], entry["good"]
    if not isinstance(bad, list) or not isinstance(good, list):
        raise UserError("'bad' and 'good' are lists of examples", where, _A_WHOLE_RULE)
    sure = entry.get("confidence", 0.6)
    if not isinstance(sure, int | float) or not 0 <= sure <= 1:
        raise UserError("'confidence' is a number from 0 to 1", where, _A_WHOLE_RULE)
    if wrong := [flag for flag in sorted(_FLAGS) if not isinstance(entry.get(flag, False), bool)]:
        raise UserError(f"'{wrong[0]}' is true or false", where, _A_WHOLE_RULE)
    try:
        return Rule(
            id=entry["id"],
            category=entry["category"],
            severity=entry["severity"],
            message=entry["message"],
            why=entry["why"],
            find=finder,
            bad=tuple(_make_example(value, where) for value in bad),
            good=tuple(_make_example(value, where) for value in good),
            needs=frozenset({Need.REFERENCE} if entry.get("reference") == "required" else ()),
            status=_find_status(entry.get("status", Status.STABLE)),
            confidence=float(sure),
            languages=written.languages,
            not_for=written.not_for,
            safe_fix=bool(entry.get("safe-fix", False)),
            stable_at_high=bool(entry.get("stable-at-high", False)),
            evidence=partial(_list_patterns, entry),
        )
    except UserError as error:
        raise UserError(error.what, where, error.hint) from error


def _find_status(written: Any) -> Any:
    """Return the status of that name, or what was written: `Rule` refuses what is no status."""
    return next((status for status in Status if status == written), written)


def _list_patterns(entry: Mapping[str, Any], document: Document, finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield what the phrase is looked for by."""
    for label in PATTERNS:
        value = entry.get(label, ())
        for pattern in (value,) if isinstance(value, str) else value:
            yield label, pattern
