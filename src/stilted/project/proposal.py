"""How a repository that has never been checked would be: its translations, their source, and what to write down."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stilted import formats
from stilted.core.errors import UserError
from stilted.core.options import LANGUAGES

MAX_FILES: Final = 50_000
"""Files whose names are looked at; a larger repository is judged by as many."""

_PASSED_OVER: Final = frozenset({"node_modules", "__pycache__", "venv", "vendor", "third_party", "build", "dist"})
_ENGLISH: Final = frozenset({"en", "en-us", "en_us", "en-gb", "en_gb", "english", "en.lproj", "values-en"})
_CODE: Final = re.compile(r"(?<![a-z])([a-z]{2})(?:[-_](?:[a-z]{2}|hans|hant))?(?![a-z])", re.I)
_CATALOGUES: Final = frozenset({".json", ".arb", ".csv", ".tsv", ".jsonl", ".xml", ".resx", ".resw"})
"""Endings that hold interface strings where a name says so: only beside a file in another language."""


@dataclass(frozen=True, slots=True)
class Translations:
    """English files and what they were translated from.

    Attributes:
        translation: folder or file. source: its counterpart in another language, None where there is none.
        source_language: its ISO 639-1 code, empty if unknown. files: how many there are. endings: of their names.
    """

    translation: str
    source: str | None
    source_language: str
    files: int
    endings: tuple[str, ...]

    @property
    def command(self) -> str:
        """Return the command line that checks them."""
        beside = f" --source {_quote(self.source)}" if self.source else ""
        return f"stilted check {_quote(self.translation)}{beside}"


def find_translations(root: Path) -> tuple[Translations, ...]:
    """Return the English translations of a repository as their names tell them, the largest group first.

    A path that names English where another names another language is its translation: ``docs/en`` beside ``docs/zh``,
    ``locales/en.json`` beside ``locales/ja.json``. Of several such languages the one with most files is taken for
    the source. Without any, folders that names call documentation are taken, without a source.
    """
    names = sorted(_names(root))
    known = set(names)
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name in names:
        for place, other, language in _counterparts(name, known):
            groups[place, other, language].append(name)
    best: dict[str, tuple[str, str, list[str]]] = {}
    for (place, other, language), files in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        best.setdefault(place, (other, language, files))
    candidates = [
        Translations(place, other, language if language in LANGUAGES else "", len(files), _endings(files))
        for place, (other, language, files) in best.items()
    ]
    return tuple(sorted(candidates, key=lambda each: (-each.files, each.translation))) or tuple(_documentation(names))


def configuration(translations: Translations, baseline: str) -> str:
    """Return the text of a ``stilted.toml`` for these translations."""
    lines = ["# What stilted makes of this repository; every key is explained in its docs, ci.md."]
    if translations.source_language:
        lines.append(f'source-language = "{translations.source_language}"')
    lines += [f'baseline = "{baseline}"  # what was there before: only new findings count', ""]
    return "\n".join(lines)


def workflow(translations: Translations) -> str:
    """Return a GitHub workflow that checks these translations on every pull request.

    Raises:
        UserError: a name would be more to GitHub than a name.
    """
    if "${{" in translations.command or not translations.command.isprintable():
        raise UserError("no workflow can name this folder", translations.translation, "Rename it, or name another.")
    run = f"{translations.command} --format github"
    return f"""\
name: translations

on: [pull_request]

permissions:
  contents: read

jobs:
  stilted:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.13"
      - run: pip install stilted
      - run: {run if _PLAIN.fullmatch(run) else json.dumps(run, ensure_ascii=False)}
"""


_PLAIN: Final = re.compile(r"[\w./=][\w ./=-]*")
"""What YAML takes for a plain string."""


def _quote(path: str) -> str:
    """Return a path as a shell takes it for one, whatever it is called."""
    return shlex.quote(f"./{path}" if path.startswith("-") else path)


def _names(root: Path) -> Iterator[str]:
    """Yield the files of a repository that may hold text, as POSIX paths from its root; links are not followed."""
    wanted = formats.endings() | _CATALOGUES
    left = MAX_FILES
    for folder, inner, files in os.walk(root):
        inner[:] = sorted(name for name in inner if not name.startswith(".") and name not in _PASSED_OVER)
        for file in sorted(files):
            if Path(file).suffix.lower() in wanted:
                yield (Path(folder) / file).relative_to(root).as_posix()
                left -= 1
                if left == 0:
                    return


def _counterparts(name: str, known: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield ``(translation, source, language)`` for each file in another language that *name* has beside it."""
    parts = name.split("/")
    for at, part in enumerate(parts):
        is_file = at == len(parts) - 1
        stem, dot, ending = part.partition(".") if is_file else (part, "", "")
        if stem.lower() not in _ENGLISH:
            continue
        for language in LANGUAGES:
            for code in _spellings(stem, language):
                other = "/".join([*parts[:at], code + dot + ending, *parts[at + 1 :]])
                if other in known:
                    place = "/".join([*parts[:at], part])
                    yield place, "/".join([*parts[:at], code + dot + ending]), language


def _spellings(english: str, language: str) -> tuple[str, ...]:
    regions = {"zh": ("zh-cn", "zh-CN", "zh_CN", "zh-Hans", "zh_hans"), "ja": ("ja-jp", "ja-JP", "ja_JP"),
               "ko": ("ko-kr", "ko-KR", "ko_KR"), "pt": ("pt-br", "pt-BR", "pt_BR")}  # fmt: skip
    same = tuple(f"{language}{rest}" for rest in (f"-{language}", f"-{language.upper()}", f"_{language.upper()}"))
    wrapped = (f"{language}.lproj",) if english.endswith(".lproj") else ()
    return (language, *regions.get(language, ()), *same, *wrapped)


def _documentation(names: list[str]) -> Iterator[Translations]:
    """Yield folders of English documentation, and catalogues, that stand beside nothing."""
    by_folder: dict[str, list[str]] = defaultdict(list)
    for name in names:
        first, *rest = name.split("/")
        ending = Path(name).suffix.lower()
        if rest and ending not in _CATALOGUES and not _speaks_of_another(name):
            by_folder[first].append(name)
    for folder, files in sorted(by_folder.items(), key=lambda each: (-len(each[1]), each[0])):
        yield Translations(folder, None, "", len(files), _endings(files))


def _speaks_of_another(name: str) -> bool:
    """Tell whether a path names a language other than English."""
    pieces = re.split(r"[/.]", name)
    return any(
        (match := _CODE.fullmatch(piece)) is not None and match[1].lower() in LANGUAGES and match[1].lower() != "en"
        for piece in pieces
    )


def _endings(files: list[str]) -> tuple[str, ...]:
    return tuple(sorted({Path(file).suffix.lower() for file in files}))
