"""How a repository that has never been checked would be: its translations, their source, and what to write down."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stilted import formats
from stilted.core import profiles
from stilted.core.errors import UserError
from stilted.core.options import LANGUAGES, Settings
from stilted.formats.unasked import is_qt, list_unasked
from stilted.project.plain_names import find_beside_plain_names, find_in_docusaurus, is_in_another_language
from stilted.text import language as languages
from stilted.text.named_language import CODE

MAX_FILES: Final = 50_000
"""Files whose names are looked at; a larger repository is judged by as many."""

_PASSED_OVER: Final = frozenset({"node_modules", "__pycache__", "venv", "vendor", "third_party", "build", "dist"})
_ENGLISH: Final = frozenset({"en", "en-us", "en_us", "en-gb", "en_gb", "english", "en.lproj", "values-en"})
_CODE: Final = re.compile(CODE, re.I)
_CATALOGUES: Final = frozenset(
    {
        ".json",
        ".arb",
        ".csv",
        ".tsv",
        ".jsonl",
        ".xml",
        ".resx",
        ".resw",
        ".properties",
        ".yml",
        ".yaml",
        ".strings",
        ".stringsdict",
    }
)
"""Endings that hold interface strings where a name says so: only beside a file in another language."""
_BILINGUAL: Final = frozenset(
    {".po", ".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".xcstrings", ".ts", ".strings"}
)
"""Endings of files that hold a translation and what it was made from."""
_MOST_READ: Final = 500
_MOST_BYTES: Final = 4_000_000
"""So many of these files are looked into, and none that is larger: their names tell nothing."""


@dataclass(frozen=True, slots=True)
class Translations:
    """English files and what they were translated from.

    Attributes:
        paths: folders, files or globs. source: their counterpart in another language, None where there is none.
        source_language: its ISO 639-1 code, empty if unknown. files: how many there are. endings: of their names.
    """

    paths: tuple[str, ...]
    source: str | None
    source_language: str
    files: int
    endings: tuple[str, ...]

    @property
    def arguments(self) -> tuple[str, ...]:
        """Return what a command that checks them is given."""
        beside = (f"--source={self.source}",) if self.source else ()
        return (*beside, "--", *self.paths)

    @property
    def command(self) -> str:
        """Return the command line that checks them."""
        beside = f" --source {_quote(self.source)}" if self.source else ""
        return f"stilted check {' '.join(map(_quote, self.paths))}{beside}"

    @property
    def profile(self) -> str:
        """Return the kind of text that their format tells, the commonest where there are several; empty if unknown."""
        forms = [name for name in formats.list_formats() if {*formats.find_reader(name).suffixes} & {*self.endings}]
        return profiles.choose_profile(Settings(), forms[0]).name if forms else ""


def find_translations(root: Path) -> tuple[Translations, ...]:
    """Return the English translations of a repository, the largest group first.

    A path that names English where another names another language is its translation: ``docs/en`` beside ``docs/zh``,
    ``locales/en.json`` beside ``locales/ja.json``. Of several such languages the one with most files is taken for
    the source. Catalogues that hold their own source are looked into. Without any of these, files are looked into
    beside which another names a language, as ``README.zh-CN.md`` or ``values-de`` do, and folders of documentation are
    taken, without a source, unless they are in another language.
    """
    names = sorted(_list_names(root))
    known, unasked = set(names), _find_taken_unasked(root, names)
    catalogues = _find_catalogues(root, names)
    pages = _take_first_of_each_place(find_in_docusaurus(root, names))
    told = {*catalogues.with_source, *(file for _, _, files in pages.values() for file in files)}
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name in names:
        for place, other, language in () if name in told else _find_counterparts(name, known):
            groups[place, other, language].append(name)
    best = _take_first_of_each_place(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))
    candidates = [_find_files_beside(place, *paired, names, unasked) for place, paired in (pages | best).items()]
    if catalogues.english:
        english = catalogues.english
        spoken = languages.detect("\n".join(catalogues.sources)) or catalogues.declared
        own = spoken if spoken in LANGUAGES else None
        paths = tuple(_find_folders(catalogues, unasked))
        candidates.append(Translations(paths, None, own or "", len(english), _list_endings(english)))
    if candidates:
        return tuple(sorted(candidates, key=lambda each: (-each.files, each.paths)))
    return (*_find_beside_plain_names(root, names, unasked), *_find_documentation(root, names))


def _find_beside_plain_names(root: Path, names: list[str], unasked: Set[str]) -> Iterator[Translations]:
    """Yield the places in English beside which one has its name and a language, or whose name alone has one."""
    for place, paired in _take_first_of_each_place(find_beside_plain_names(root, names)).items():
        yield _find_files_beside(place, *paired, names, unasked)


def _take_first_of_each_place(
    groups: Iterable[tuple[tuple[str, str, str], list[str]]],
) -> dict[str, tuple[str, str, list[str]]]:
    """Return for each place of translations the first counterpart, with its language and the files that have one."""
    best: dict[str, tuple[str, str, list[str]]] = {}
    for (place, other, language), files in groups:
        best.setdefault(place, (other, language, files))
    return best


def _find_files_beside(
    place: str, other: str, language: str, paired: list[str], names: list[str], unasked: Set[str]
) -> Translations:
    """Return the files at a place that stands beside *other*; where a folder would not be looked into, by globs."""
    there = [name for name in names if name == place or name.startswith(f"{place}/")]
    asked = [name for name in there if name in unasked]
    if asked or place in paired:
        files = asked or [place]
        return Translations((place,), other, language, len(files), _list_endings(files))
    globs = tuple(f"{place}/**/*{ending}" for ending in _list_endings(paired))
    return Translations(globs, other, language, len(paired), _list_endings(paired))


def _find_taken_unasked(root: Path, names: list[str]) -> frozenset[str]:
    """Return the names of files that the folder they lie in stands for, too."""
    folders: dict[str, list[Path]] = defaultdict(list)
    for name in names:
        folders[name.rpartition("/")[0]].append(root / name)
    return frozenset(file.relative_to(root).as_posix() for files in folders.values() for file in list_unasked(files))


@dataclass(slots=True)
class _Catalogues:
    """Files that hold their own source, by what they say: English and translated, nothing as yet, or something else."""

    english: list[str]
    empty: set[str]
    sources: list[str]
    with_source: set[str]
    """Those that name their own source, so that no file beside them is it."""
    declared: str = ""
    """The language that the first of them says its source is in, for where the source is too short to tell."""


def _find_catalogues(root: Path, names: list[str]) -> _Catalogues:
    catalogues = _Catalogues([], set(), [], set())
    bilingual = [name for name in names if Path(name).suffix.lower() in _BILINGUAL]
    for name in bilingual[:_MOST_READ]:
        pairs, declared = _read_pairs(root / name)
        if not pairs:
            catalogues.empty |= {name} if pairs is not None else set()
            continue
        target = "\n".join(english for _, english in pairs)
        source = "\n".join(original for original, english in pairs if original != english)
        spoken = languages.detect(source)
        # Xcode calls English the source where its strings were written in another language, under keys, or as keys.
        is_original = spoken == "en" or not (source or name.endswith(".xcstrings"))
        if languages.detect(target) not in ("en", None) or is_original:
            continue
        catalogues.english.append(name)
        catalogues.sources.append(source[:_SAMPLE])
        catalogues.declared = catalogues.declared or declared
        if spoken is not None:
            catalogues.with_source.add(name)
    return catalogues


def _read_pairs(file: Path) -> tuple[list[tuple[str, str]] | None, str]:
    """Return source and translation of the units that are translated, and the language that the source is said to be.

    Of a file into another language the pairs are None. One that cannot be read has none: whoever checks it will say
    what is wrong with it.
    """
    try:
        if file.stat().st_size > _MOST_BYTES:
            return [], ""
        parsed = formats.read(file)
    except (UserError, OSError):
        return [], ""
    if not (parsed.language or "en").lower().startswith("en"):
        return None, ""
    pairs = [
        (unit.source.text if unit.source else "", unit.target.text)
        for unit in parsed.units
        if unit.target is not None and unit.state == formats.TRANSLATED
    ]
    return pairs, (parsed.source_language or "").lower()[:2]


_SAMPLE: Final = 300


def _find_folders(catalogues: _Catalogues, unasked: Set[str]) -> Iterator[str]:
    """Yield the highest folders that hold these files and no other text, and the files that stand in no such folder."""
    own = {*catalogues.english, *catalogues.empty}
    others = sorted(unasked - own)
    shared = {parent.as_posix() for name in others for parent in Path(name).parents}
    yielded: set[str] = set()
    for name in catalogues.english:
        above = [parent.as_posix() for parent in Path(name).parents]
        best = next((folder for folder in reversed(above) if folder not in shared), name)
        if best not in yielded:
            yielded.add(best)
            yield best


def write_configuration(translations: Translations, baseline: str) -> str:
    """Return the text of a ``stilted.toml`` for these translations."""
    lines = ["# What stilted makes of this repository; every key is explained in its docs, ci.md."]
    if translations.source_language:
        lines.append(f'source-language = "{translations.source_language}"')
    if translations.profile:
        lines.append(
            f'# profile = "{translations.profile}"  # kind of text, as the format tells it; article, docs or ui'
        )
    lines += [f'baseline = "{baseline}"  # what was there before: only new findings count']
    lines += [
        '# fail-on = ["minor"]  # any new finding but a neutral one fails; else a critical one, or a low score',
        "",
    ]
    return "\n".join(lines)


def write_workflow(translations: Translations) -> str:
    """Return a GitHub workflow that checks these translations on every pull request.

    Raises:
        UserError: a name would be more to GitHub than a name.
    """
    run = _write_script(translations, "--format github")
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
      - run: {run}
"""


def write_gitlab_job(translations: Translations) -> str:
    """Return a job for ``.gitlab-ci.yml`` that checks these translations and shows findings in merge requests.

    Raises:
        UserError: a name would be more to GitLab than a name.
    """
    return f"""\
stilted:
  image: python:3.13
  script:
    - pip install stilted
    - {_write_script(translations, "--output gitlab=code-quality.json --output terminal=-")}
  artifacts:
    when: always
    reports:
      codequality: code-quality.json
"""


def _write_script(translations: Translations, options: str) -> str:
    """Return the command with *options* as YAML takes it for one string."""
    run = f"{translations.command} {options}"
    if "${{" in run or not run.isprintable():
        raise UserError("no workflow can name this folder", translations.paths[0], "Rename it, or name another.")
    return run if _PLAIN.fullmatch(run) else json.dumps(run, ensure_ascii=False)


_PLAIN: Final = re.compile(r"[\w./=][\w ./=-]*")
"""What YAML takes for a plain string."""


def _quote(path: str) -> str:
    """Return a path as a shell takes it for one, whatever it is called."""
    return shlex.quote(f"./{path}" if path.startswith("-") else path)


def _list_names(root: Path) -> Iterator[str]:
    """Yield the files of a repository that may hold text, as POSIX paths from its root; links are not followed."""
    wanted = formats.list_endings() | _CATALOGUES
    left = MAX_FILES
    for folder, inner, files in os.walk(root):
        inner[:] = sorted(name for name in inner if not name.startswith(".") and name not in _PASSED_OVER)
        for file in sorted(files):
            if Path(file).suffix.lower() in wanted or (file.endswith(".ts") and is_qt(Path(folder, file))):
                yield (Path(folder) / file).relative_to(root).as_posix()
                left -= 1
                if left == 0:
                    return


def _find_counterparts(name: str, known: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield ``(translation, source, language)`` for each file in another language that *name* has beside it."""
    parts = name.split("/")
    for at, part in enumerate(parts):
        is_file = at == len(parts) - 1
        match = _NAMED.fullmatch(part) if is_file else None
        before, stem, after = match.groups() if match else ("", part, "")
        if stem.lower() not in _ENGLISH:
            continue
        for language in LANGUAGES:
            for code in _list_spellings(stem, language):
                code = code.upper() if stem.isupper() else code
                counterpart = "/".join([*parts[:at], before + code + after])
                if "/".join([counterpart, *parts[at + 1 :]]) in known:
                    yield "/".join([*parts[:at], part]), counterpart, language


_NAMED: Final = re.compile(r"((?:.*[._-])?)(en(?:glish|[-_](?:us|gb))?)((?:\.[^.]+)+)", re.I)
"""A file's name that ends in English, or is that alone: `en.json`, `app_en.arb`, `page.en.md`."""


def _list_spellings(english: str, language: str) -> tuple[str, ...]:
    regions = {"zh": ("zh-cn", "zh-CN", "zh_CN", "zh-Hans", "zh_hans"), "ja": ("ja-jp", "ja-JP", "ja_JP"),
               "ko": ("ko-kr", "ko-KR", "ko_KR"), "pt": ("pt-br", "pt-BR", "pt_BR")}  # fmt: skip
    same = tuple(f"{language}{rest}" for rest in (f"-{language}", f"-{language.upper()}", f"_{language.upper()}"))
    if english.endswith(".lproj"):
        return (f"{language}.lproj", *(f"{code}.lproj" for code in regions.get(language, ())))
    if english.startswith("values-"):
        return tuple(
            f"values-{code}" for code in (language, *(f"{language}-r{region}" for region in ("CN", "JP", "BR")))
        )
    return (language, *regions.get(language, ()), *same)


def _find_documentation(root: Path, names: list[str]) -> Iterator[Translations]:
    """Yield folders of documentation that stand beside nothing, and are in no other language as far as one can tell."""
    by_folder: dict[str, list[str]] = defaultdict(list)
    for name in names:
        first, *rest = name.split("/")
        ending = Path(name).suffix.lower()
        if rest and ending not in _CATALOGUES | _BILINGUAL and not _names_another_language(name):
            by_folder[first].append(name)
    for folder, files in sorted(by_folder.items(), key=lambda each: (-len(each[1]), each[0])):
        if not is_in_another_language(root, files):
            yield Translations((folder,), None, "", len(files), _list_endings(files))


def _names_another_language(name: str) -> bool:
    """Tell whether a path names a language other than English."""
    pieces = re.split(r"[/.]", name)
    return any((match := _CODE.fullmatch(piece)) is not None and match["code"].lower() in LANGUAGES for piece in pieces)


def _list_endings(files: list[str]) -> tuple[str, ...]:
    return tuple(sorted({Path(file).suffix.lower() for file in files}))
