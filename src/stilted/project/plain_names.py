"""Files whose name tells no language, beside one of the same name that tells one: `README.md` and `README.zh-CN.md`.

Which of the two is in English is told by what they hold: the plain name is as often the original as the translation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from stilted import formats
from stilted.core.errors import UserError
from stilted.core.options import LANGUAGES
from stilted.text import language as languages
from stilted.text import named_language

_CODE: Final = rf"(?:{named_language.CODE}|english)"
_FILE: Final = re.compile(rf"(?P<before>.+?)[._-]{_CODE}(?P<after>(?:\.[a-z0-9]+)+)", re.I)
_FOLDER: Final = re.compile(rf"(?P<before>.+?)[._-]{_CODE}(?P<after>)", re.I)
_MOST_READ: Final = 5
"""So many files of a group are looked into: they agree, or it is no group."""
_MOST_BYTES: Final = 4_000_000
_SAMPLE: Final = 3_000


def find_beside_plain_names(root: Path, names: Sequence[str]) -> Iterator[tuple[tuple[str, str, str], list[str]]]:
    """Yield ``(translation, source, language)`` and its English files, of files and folders where one name is plain.

    The larger groups come first. The translation is whichever of the two holds English, and the source whichever holds
    the language that is told, or, where English is what is told, any language that sources may be in.

    Args:
        root: the folder that *names* start from. names: POSIX paths of files that may hold text.
    """
    known = set(names)
    yield from _judge_pairs(root, (pair for name in names for pair in _find_pairs(name, known)))


def find_in_docusaurus(root: Path, names: Sequence[str]) -> Iterator[tuple[tuple[str, str, str], list[str]]]:
    """Yield the same of the pages of a site made with Docusaurus, which has the pages in its first language elsewhere.

    ``docs`` stands beside ``i18n/zh-CN/docusaurus-plugin-content-docs/current``; ``i18n`` may lie deeper than ``docs``.
    """
    known = set(names)
    yield from _judge_pairs(root, (pair for name in names for pair in _find_docusaurus_pairs(name, known)))


_Pair = tuple[tuple[str, str], tuple[str, str], str]
"""The plain name and the one that tells a language, each as ``(place, file)``, and the code that is told."""


def _judge_pairs(root: Path, pairs_found: Iterable[_Pair]) -> Iterator[tuple[tuple[str, str, str], list[str]]]:
    """Yield the groups of pairs of which one side is found to be in English and the other in what is told."""
    groups: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for plain, told, code in pairs_found:
        groups[plain[0], told[0], code].append((plain[1], told[1]))
    for (plain_place, told_place, code), pairs in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        plain_language = _detect(root, [plain for plain, _ in pairs])
        told_language = _detect(root, [told for _, told in pairs])
        if code == "en" and told_language == "en" and plain_language in LANGUAGES:
            yield (told_place, plain_place, plain_language), [told for _, told in pairs]
        elif code != "en" and plain_language == "en" and told_language == code:
            yield (plain_place, told_place, code), [plain for plain, _ in pairs]


def is_in_another_language(root: Path, files: Sequence[str]) -> bool:
    """Tell whether what some of *files* hold is surely in a language other than English."""
    return _detect(root, files) not in ("en", None)


def _find_docusaurus_pairs(name: str, known: set[str]) -> Iterator[_Pair]:
    """Yield the page in the first language of the site that the page *name* in another one stands for."""
    match = _DOCUSAURUS.match(name)
    code = match["code"].lower() if match else ""
    if match is None or code not in ("en", *LANGUAGES):
        return
    kind, version, own = match["kind"], match["version"] or "", match["id"] or ""
    folder = {"blog": own or "blog", "pages": "src/pages", "docs": own or "docs"}[kind]
    if version.startswith("version-"):
        folder = f"{own}_versioned_docs/{version}" if own else f"versioned_docs/{version}"
    for above in (match["base"].rstrip("/"), *map(str, PurePosixPath(match["base"] or ".").parents)):
        place = f"{above}/{folder}" if above not in ("", ".") else folder
        plain = f"{place}/{match['rest']}"
        if plain in known:
            yield (place, plain), (name[: -len(match["rest"]) - 1], name), code
            return


_DOCUSAURUS: Final = re.compile(
    rf"(?P<base>(?:[^/]+/)*)i18n/{named_language.CODE}/docusaurus-plugin-content-(?P<kind>docs|blog|pages)"
    r"(?:-(?P<id>[^/]+))?/(?:(?P<version>current|version-[^/]+)/)?(?P<rest>.+)",
    re.I,
)
"""https://docusaurus.io/docs/i18n/introduction#translation-files-location: a second instance of a plugin has an id."""


def _find_pairs(name: str, known: set[str]) -> Iterator[_Pair]:
    """Yield the plain name beside *name*, and *name*, each as ``(place, file)``, and the code that is told."""
    parts = name.split("/")
    for at, part in enumerate(parts):
        match = _FILE.fullmatch(part) if at == len(parts) - 1 else _FOLDER.fullmatch(part)
        if match is None:
            continue
        code = (match["code"] or "en").lower()
        place = "/".join([*parts[:at], match["before"] + match["after"]])
        plain = "/".join([place, *parts[at + 1 :]])
        if plain in known and code in ("en", *LANGUAGES):
            yield (place, plain), ("/".join(parts[: at + 1]), name), code


def _detect(root: Path, files: Sequence[str]) -> str | None:
    """Return the language of what the first *files* hold together, None where that is too little to tell."""
    return languages.detect("\n".join(_read(root / name) for name in files[:_MOST_READ]))


def _read(file: Path) -> str:
    """Return the beginning of the text of a file, nothing of one that cannot be read: checking it will say why."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            return ""
        parsed = formats.read(file)
    except (UserError, OSError):
        return ""
    return "\n".join(unit.target.text for unit in parsed.units if unit.target is not None)[:_SAMPLE]
