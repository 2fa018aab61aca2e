"""What language the path of a file names: `README.zh-CN.md`, `zh/guide.md`, `app_fr.arb`, `values-de/strings.xml`."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from stilted.core.language_tags import NAMES

CODE: Final = r"(?P<code>[a-z]{2})(?:[-_](?:r?[a-z]{2}|\d{3}|han[st]|latn|cyrl))*"
"""A code of a language as paths have it, with script and region, whatever its case: ``zh-Hans-CN``, ``pt-rBR``."""
_FOLDER: Final = re.compile(rf"(?:.*[._-])??{CODE}(?:\.lproj)?", re.I)
_FILE: Final = re.compile(rf"(?:.*?[._-])??{CODE}(?:\.[a-z0-9]+)+", re.I)

_SPELLINGS: Final = {"cn": "zh", "tw": "zh", "jp": "ja", "kr": "ko", "br": "pt"}
"""Countries that files are called by where a language is meant."""

_TAKEN_FOR: Final = {
    **dict.fromkeys(("be", "bg", "kk", "mk", "mn", "sr", "uk"), "ru"),
    **dict.fromkeys(("fa", "ps", "ur"), "ar"),
    **dict.fromkeys(("mr", "ne"), "hi"),
    **dict.fromkeys(("yi",), "he"),
}
"""Languages that are told by their script alone, and what texts in them are taken for."""

_OTHERS: Final = frozenset("ca cs da et eu fi gl hr hu lt lv nb ro sk sl vi".split())
"""Languages in Latin letters that are not told apart, and whose codes are no English words."""


_JAVA: Final = frozenset(("id", "in", "iw", "ms", "nn", "no"))
"""Others, among them those that Java wrote otherwise, once."""


def names_language(path: PurePath, language: str) -> bool:
    """Tell whether a folder or the end of the file's name is a code of the language that a text is taken for.

    Args:
        path: of the file, from the folder that the user named. language: ISO 639-1 code, one that
            `stilted.text.language.detect` returns, but English.
    """
    *folders, name = path.parts
    matches = [_FILE.fullmatch(name), *map(_FOLDER.fullmatch, folders)]
    return any(match is not None and _stands_for(match["code"].lower(), language) for match in matches)


def is_code(code: str) -> bool:
    """Tell whether two letters, in lower case, are a language that files are translated into, not ``qa`` or ``db``."""
    return code in NAMES or code in _TAKEN_FOR or code in _OTHERS or code in _JAVA


def _stands_for(code: str, language: str) -> bool:
    meant = _SPELLINGS.get(code, code)
    return _TAKEN_FOR.get(meant, meant) == language or meant in _OTHERS
