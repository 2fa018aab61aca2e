"""Which files a folder stands for: those that surely hold text for people, in English as far as their names tell.

Files that end in ``.yml``, ``.properties`` or ``.ts`` are mostly settings and programs. One is a catalogue where its
path or its first key names English, or where its beginning says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import Final

from stilted import formats
from stilted.formats.qt import is_linguist
from stilted.formats.yaml import read_first_language
from stilted.text.named_language import is_code

_ENGLISH: Final = r"en(?:[-_](?:[a-z]{2}|[a-z]{4}|\d{3}))?"
_FILE: Final = re.compile(rf"(?P<stem>(?:.*[._-])?)(?:{_ENGLISH}|english)\.(?:ya?ml|properties)", re.I)
_SETTINGS: Final = re.compile(r"_?(?:(?:docker-)?compose|config|hugo|mkdocs|openapi|swagger)[._-]", re.I)
"""How files begin that say how an English site is built: ``mkdocs.en.yml``."""
_FOLDER: Final = re.compile(
    rf"(?:^|/)[\w.-]*(?:locales?|i18n|l10n|intl|lang|langs|languages?|messages|translations?)/(?:{_ENGLISH}|english)/",
    re.I,
)
"""A folder for English among those for other languages."""
_TOLD: Final = re.compile(r"(?P<plain>.+?)_(?P<code>[a-z]{2})(?:_[a-z]{2}|_[a-z]{4}_[a-z]{2})?\.properties", re.I)
"""A catalogue of Java whose name tells its language."""
_COMPILED: Final = "bplist"
"""How catalogues of Apple begin that are built into a program."""
_BYTES: Final = 4 * formats.HEAD


def list_unasked(files: Sequence[Path]) -> Iterator[Path]:
    """Yield those of the *files* of one folder that are checked though nobody named them; they may be looked into."""
    endings = formats.list_endings()
    plain = _find_plain_names(files)
    for file in files:
        ending = file.suffix.lower()
        if ending in (".yml", ".yaml"):
            taken = names_english(file) or read_first_language(_read_head(file)) == "en"
        elif ending == ".ts":
            taken = is_qt(file)
        elif ending == ".strings":
            taken = not _read_head(file).startswith(_COMPILED)
        elif ending == ".properties":
            taken = names_english(file) or file.name in plain
        else:
            taken = ending in endings or file.name == "strings.xml"
        if taken:
            yield file


def is_qt(path: Path) -> bool:
    """Tell whether a file that ends in ``.ts`` is a catalogue of Qt, not a program in TypeScript."""
    return is_linguist(_read_head(path))


def _find_plain_names(files: Iterable[Path]) -> set[str]:
    """Return the likes of ``messages.properties`` that stand beside ``messages_de.properties`` and no English one."""
    codes: dict[str, set[str]] = {}
    for file in files:
        told = _TOLD.fullmatch(file.name)
        if told and is_code(told["code"].lower()):
            codes.setdefault(told["plain"], set()).add(told["code"].lower())
    return {f"{plain}.properties" for plain, told in codes.items() if "en" not in told}


def names_english(path: PurePath) -> bool:
    """Tell whether the path of a catalogue says that it is in English."""
    name = _FILE.fullmatch(path.name)
    if name is not None:
        return _SETTINGS.fullmatch(name["stem"]) is None
    return _FOLDER.search(path.as_posix()) is not None


def _read_head(path: Path) -> str:
    """Return how a file begins, nothing of a link or of one that cannot be read: whoever checks it will say why."""
    try:
        if path.is_symlink():
            return ""
        with path.open("rb") as file:
            return file.read(_BYTES).decode("utf-8", "replace").removeprefix("\ufeff")
    except OSError:
        return ""
