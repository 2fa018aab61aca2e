"""Files whose name tells no language, beside one of the same name that tells one: `README.md` and `README.zh-CN.md`.

Which of the two is in English is told by what they hold: the plain name is as often the original as the translation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
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
    groups: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for name in names:
        for plain, told, code in _find_pairs(name, known):
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


def _find_pairs(name: str, known: set[str]) -> Iterator[tuple[tuple[str, str], tuple[str, str], str]]:
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
