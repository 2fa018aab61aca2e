"""Phrase packs: rules as data, one TOML file a family. `README.md` beside this file explains a rule."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any, Final

from stilted.errors import UserError, did_you_mean
from stilted.model import Example, Finder, Rule
from stilted.packs.finder import TEMPLATE, Phrase, find, index
from stilted.packs.program import Program, compile_pattern

MAX_PACK_BYTES: Final = 4_000_000

_TEXT: Final = frozenset({"id", "category", "severity", "message", "why", "status", "case", "reference"})
_LISTS: Final = frozenset({"pattern", "unless", "context", "unless-context", "suggest"})
_KEYS: Final = _TEXT | _LISTS | {"bad", "good", "confidence", "safe-fix"}
_REQUIRED: Final = ("id", "pattern", "category", "severity", "message", "why", "bad", "good")


def rules(extra: Sequence[Path] = ()) -> tuple[Rule, ...]:
    """Return the rules of the built-in packs and of *extra* pack files, in order of file name and place.

    Raises:
        UserError: a pack cannot be read, a key is unknown, an id occurs twice, a pattern or example is faulty.
    """
    packs = [
        (entry.name, entry.read_text("utf-8"))
        for entry in sorted(resources.files(__name__).iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".toml")
    ]
    packs += [(str(path), _read(path)) for path in extra]
    entries = [entry for where, text in packs for entry in _entries(text, where)]
    return _build(entries)


def load(path: Path) -> tuple[Rule, ...]:
    """Return the rules of one pack file; raises like `rules`."""
    return _build(_entries(_read(path), str(path)))


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"cannot read the pack: {error.strerror}", str(path)) from error
    if len(data) > MAX_PACK_BYTES:
        raise UserError(f"a pack is at most {MAX_PACK_BYTES:,} bytes", str(path), "Split it.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"not UTF-8 at byte {error.start}", str(path), "Save the pack as UTF-8.") from error


def _entries(text: str, where: str) -> Iterable[tuple[str, frozenset[str], dict[str, Any]]]:
    try:
        pack = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"not TOML: {error}", where) from error
    unknown = set(pack) - {"rule", "source-language"}
    if unknown:
        raise UserError(f"unknown key '{min(unknown)}'", where, did_you_mean(min(unknown), ["rule", "source-language"]))
    language = pack.get("source-language", "")
    if not isinstance(language, str) or not isinstance(pack.get("rule", []), list):
        raise UserError("'source-language' is a string and rules are [[rule]] tables", where)
    for number, entry in enumerate(pack.get("rule", []), 1):
        name = entry.get("id", f"number {number}") if isinstance(entry, dict) else f"number {number}"
        if not isinstance(entry, dict):
            raise UserError("a rule is a table", f"{where}: rule {name}", "Begin it with [[rule]].")
        yield f"{where}: rule {name}", frozenset({language} - {""}), entry


def _build(entries: Iterable[tuple[str, frozenset[str], dict[str, Any]]]) -> tuple[Rule, ...]:
    phrases: list[Phrase] = []
    drafts: list[tuple[str, frozenset[str], dict[str, Any]]] = []
    seen: dict[str, str] = {}
    for where, languages, entry in entries:
        _check_keys(entry, where)
        if entry["id"] in seen:
            raise UserError(f"the id '{entry['id']}' is taken by {seen[entry['id']]}", where, "Ids are unique.")
        seen[entry["id"]] = where
        phrases.append(_phrase(entry, where))
        drafts.append((where, languages, entry))
    finder = partial(find, phrases, index(phrases))
    return tuple(_rule(entry, languages, where, finder) for where, languages, entry in drafts)


def _check_keys(entry: dict[str, Any], where: str) -> None:
    for key in entry:
        if key not in _KEYS:
            raise UserError(f"unknown key '{key}'", where, did_you_mean(key, _KEYS))
    for key in _REQUIRED:
        if not entry.get(key):
            raise UserError(f"'{key}' is missing or empty", where, "See packs/README.md for a whole rule.")
    _check_types(entry, where)
    for key, known in (("case", ("fold", "exact")), ("reference", ("silences", "ignored", "required"))):
        if entry.get(key, known[0]) not in known:
            raise UserError(f"'{key}' is '{entry[key]}'", where, f"Write one of: {', '.join(known)}.")


def _check_types(entry: dict[str, Any], where: str) -> None:
    for key in sorted(_TEXT & entry.keys()):
        if not isinstance(entry[key], str):
            raise UserError(f"'{key}' is not a string", where)
    for key in sorted(_LISTS & entry.keys()):
        value = entry[key]
        if not isinstance(value, str) and not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
            raise UserError(f"'{key}' is not a string or a list of strings", where)


def _list(entry: dict[str, Any], key: str) -> list[str]:
    value = entry.get(key, [])
    return [value] if isinstance(value, str) else value


def _phrase(entry: dict[str, Any], where: str) -> Phrase:
    exact = entry.get("case") == "exact"

    def programs(key: str) -> tuple[Program, ...]:
        return tuple(compile_pattern(p, where, exact=exact) for p in _list(entry, key))

    phrase = Phrase(
        id=entry["id"],
        programs=programs("pattern"),
        unless=programs("unless"),
        context=programs("context"),
        unless_context=programs("unless-context"),
        suggest=tuple(_list(entry, "suggest")),
        message=entry["message"],
        exact=exact,
        reference_silences=entry.get("reference", "silences") != "ignored",
    )
    _check_templates(phrase, where)
    return phrase


def _check_templates(phrase: Phrase, where: str) -> None:
    for template in phrase.suggest:
        for slot in TEMPLATE.finditer(template):
            wanted = int(slot["group"] or slot["nth"] or 1)
            held = min(len(p.groups if slot["group"] else p.lemmas) for p in phrase.programs)
            if not 1 <= wanted <= held:
                what = f"suggestion '{template}': {slot.group()} takes from number {wanted} of {held} in the pattern"
                raise UserError(what, where, "Count the brackets, or the {lemmas}, from the left.")


def _example(value: object, where: str) -> Example:
    if isinstance(value, str):
        return Example.of(value)
    if isinstance(value, list) and len(value) == 2 and all(isinstance(v, str) for v in value):
        return Example.of(value[0], value[1])
    if isinstance(value, dict) and "text" in value and set(value) <= {"text", "fixed", "reference"}:
        return Example.of(value["text"], value.get("fixed"), reference=value.get("reference"))
    hint = 'Write "text", ["<v>bad</v> text", "good text"] or { text = …, fixed = …, reference = … }.'
    raise UserError(f"'{value}' is no example", where, hint)


def _rule(entry: dict[str, Any], languages: frozenset[str], where: str, finder: Finder) -> Rule:
    bad, good = entry["bad"], entry["good"]
    if not isinstance(bad, list) or not isinstance(good, list):
        raise UserError("'bad' and 'good' are lists of examples", where)
    if not isinstance(entry.get("confidence", 0.6), int | float) or not isinstance(entry.get("safe-fix", False), bool):
        raise UserError("'confidence' is a number, 'safe-fix' is true or false", where)
    try:
        return Rule(
            id=entry["id"],
            category=entry["category"],
            severity=entry["severity"],
            message=entry["message"],
            why=entry["why"],
            find=finder,
            bad=tuple(_example(value, where) for value in bad),
            good=tuple(_example(value, where) for value in good),
            needs=frozenset({"reference"} if entry.get("reference") == "required" else ()),
            status=entry.get("status", "stable"),
            confidence=float(entry.get("confidence", 0.6)),
            languages=languages,
            safe_fix=bool(entry.get("safe-fix", False)),
        )
    except UserError as error:
        raise UserError(error.what, where, error.hint) from error
