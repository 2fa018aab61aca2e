"""Which projects there are: a table in TOML or JSON, or what the folders themselves say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stilted.core.errors import UserError, did_you_mean
from stilted.core.options import LANGUAGES

TABLES: Final = ("projects.toml", "projects.json")
_KEYS: Final = ("folder", "translation", "source", "source-language", "options")
_ENGLISH: Final = ("en", "en-us", "en-gb", "en_us", "en_gb")


@dataclass(frozen=True, slots=True)
class Project:
    """One project, and how its users check it.

    Attributes:
        name: what the sheet calls it. translation: the file or folder that is checked.
        source: what the translation was made from, None where the files hold it themselves.
        source_language: ISO 639-1 code, None where it is not known. options: further options of a check.
    """

    name: str
    translation: Path
    source: Path | None = None
    source_language: str | None = None
    options: tuple[tuple[str, Any], ...] = ()


def find_projects(folder: Path, table: Path | None = None) -> list[Project]:
    """Return the projects below *folder*: those of the *table*, of a table in the folder, or else all its folders.

    The table lists them under ``[[project]]``, with ``folder``, and as wanted ``translation`` and ``source`` (paths
    in that folder), ``source-language`` and ``options``. Without a table the languages in the names of folders and
    files tell: ``en/`` beside ``zh/``, or ``en-us.json`` beside ``zh-cn.json``.

    Raises:
        UserError: the table cannot be read or holds an unknown key, or there is no project.
    """
    path = table or next((folder / name for name in TABLES if (folder / name).is_file()), None)
    listed = _read_list(folder, path) if path else list(_guess_projects(folder))
    if not listed:
        raise UserError("no projects here", str(folder), "Give a folder of folders, or a table with --projects.")
    return listed


def _read_list(folder: Path, path: Path) -> list[Project]:
    import tomli

    try:
        text = path.read_text("utf-8")
        data = json.loads(text) if path.suffix == ".json" else tomli.loads(text)
        rows = data["project"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"no table of projects: {error}", str(path), "Write [[project]] and folder = …") from error
    return [_read_project(folder, row, f"{path}: project {number}") for number, row in enumerate(rows, 1)]


def _read_project(folder: Path, row: dict[str, Any], where: str) -> Project:
    for key in row:
        if key not in _KEYS:
            raise UserError(f"unknown key '{key}'", where, did_you_mean(key, _KEYS))
    if not isinstance(row.get("folder"), str):
        raise UserError("no 'folder'", where, 'Write folder = "name".')
    root = folder / row["folder"]
    source = row.get("source")
    options = tuple((key.replace("-", "_"), value) for key, value in row.get("options", {}).items())
    return Project(
        row["folder"],
        root / row.get("translation", ""),
        root / source if source else None,
        row.get("source-language"),
        options,
    )


def _guess_projects(folder: Path) -> Iterator[Project]:
    for root in sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")):
        inside = {path.stem.lower() if path.is_file() else path.name.lower(): path for path in sorted(root.iterdir())}
        english = next((inside[name] for name in _ENGLISH if name in inside), None)
        others = [(name, path) for name, path in inside.items() if _guess_language(name) not in (None, "en")]
        if english and len(others) == 1:
            name, path = others[0]
            yield Project(root.name, english, path, _guess_language(name))
        else:
            yield Project(root.name, root)


def _guess_language(name: str) -> str | None:
    primary = name.replace("_", "-").partition("-")[0]
    return primary if primary in (*LANGUAGES, "en") and len(name) <= len("zh-hans") else None
