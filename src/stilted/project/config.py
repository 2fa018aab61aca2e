"""``[tool.stilted]`` in pyproject.toml, or stilted.toml: the nearest upward, strict keys, paths of its own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from stilted.core.boundary import find_repository, require_inside
from stilted.core.bounded import read_bounded
from stilted.core.errors import UserError, did_you_mean, explain_refusal
from stilted.core.options import OPTIONS, PATHS, make_settings
from stilted.core.toml import parse_toml

_EXTRA: Final = ("baseline", "ignore-file", "per-path")
_KEYS: Final = (*(name.replace("_", "-") for name in OPTIONS), *_EXTRA)
MAX_BYTES: Final = 4_000_000
"""Most bytes of a configuration."""

_FOLDERS: Final = {
    "translation": "Name the files to the command: stilted check docs/en",
    "source": "Say it to the command: stilted check docs/en --source docs/zh",
    "reference": "Say it to the command: stilted check docs/en --reference human",
}
"""What an editor may be given for folders, and a configuration is not: how to say it."""

_NAMING: Final = ("select", "ignore", "fail-on", "severity", "do-not-translate")


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration as read: options as Python spells them, and sections for some paths.

    Attributes:
        path: the file, None without one. root: what relative paths and ``paths`` patterns start from.
        options: for every file. sections: ``(patterns, options)``, later ones win.
        baseline: findings accepted so far. ignore_file: phrases accepted for good.
    """

    path: Path | None
    root: Path
    options: dict[str, Any]
    sections: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = ()
    baseline: Path | None = None
    ignore_file: Path | None = None

    @property
    def phrases_file(self) -> Path:
        """Where the phrases are listed that are accepted for good: the file that is named, or the usual one."""
        from stilted.pipeline import ignores

        return self.ignore_file or self.root / ignores.FILE

    def choose_options(self, file: Path) -> dict[str, Any]:
        """Return the options for one file: the general ones, overridden by the sections it lies in."""
        merged = dict(self.options)
        try:
            name = file.resolve().relative_to(self.root.resolve()).as_posix()
        except (OSError, RuntimeError, ValueError):  # it lies elsewhere, or its links go round in circles
            return merged
        for patterns, options in self.sections:
            if any(_fits(name, pattern) for pattern in patterns):
                merged |= {**options, **_join_severities(merged, options)}
        return merged

    def place_error(self, error: UserError) -> UserError:
        """Return an error about a rule's name with the place where the configuration holds it, else as it is."""
        if self.path is None or error.where not in _NAMING:
            return error
        general = (str(self.path), self.options)
        for at, options in (general, *((f"{self.path}: per-path {n}", o) for n, (_, o) in enumerate(self.sections, 1))):
            names = options.get(error.where.replace("-", "_"), ())
            if any(
                f"'{name.strip()}'" in error.what for name in (names.split(",") if isinstance(names, str) else names)
            ):
                return UserError(error.what, f"{at}: {error.where}", error.hint)
        return error


def _join_severities(merged: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """Return the severities of a section added to those before it: each key stands for a choice of its own."""
    before, own = merged.get("severity"), options.get("severity")
    return {"severity": before | own} if isinstance(before, dict) and isinstance(own, dict) else {}


def _fits(name: str, pattern: str) -> bool:
    """Tell whether a glob fits a path or a folder it lies in; ``*`` takes slashes too, and ``**/`` no folder at all."""
    files = pattern.rstrip("/")
    return any(fnmatchcase(name, glob) for each in (files, files.replace("**/", "")) for glob in (each, f"{each}/*"))


def find(start: Path, *, outside: bool = False) -> Config:
    """Return the nearest configuration from *start* upward; the search ends at a repository's root.

    One in *start* itself is named as *start* is, so that messages about it are short.

    Args:
        outside: let it, and what it names, lie outside the repository that it was found in.

    Raises:
        UserError: the file cannot be read, is not TOML, or holds an unknown key or an unfit value; it names a file, or
            is a link to one, outside its repository, or outside its folder where that lies in none.
    """
    path = _find(start, outside=outside)
    config = Config(None, start, {}) if path is None else read_config(path)
    if not outside:
        _require_inside(config)
    return config


def _find(start: Path, *, outside: bool) -> Path | None:
    for folder in (start, *start.resolve().parents):
        for own in (folder / "stilted.toml", folder / "pyproject.toml"):
            if own.is_file():
                if not outside:
                    _require_no_way_out(own)
                if own.name == "stilted.toml" or _get_own_table(_read_toml(own)) is not None:
                    return own
        if os.path.lexists(folder / ".git"):
            break
    return None


def _require_no_way_out(path: Path) -> None:
    """Refuse a link out of the repository; before it is read, since messages about a file quote it."""
    root = Path(os.path.abspath(path.parent))
    require_inside(path, find_repository(root) or root)


def _require_inside(config: Config) -> None:
    """Refuse what would be read, or written, outside the repository because a file of it says so."""
    from stilted.pipeline import ignores

    _require_no_way_out(config.root / ignores.FILE)
    root = Path(os.path.abspath(config.root))
    boundary = find_repository(root) or root
    where = str(config.path)
    named = [("baseline", config.baseline), ("ignore-file", config.ignore_file)]
    for at, options in (("", config.options), *((f"per-path {n}: ", o) for n, (_, o) in enumerate(config.sections, 1))):
        named += [(f"{at}{name}", path) for name in PATHS for path in options.get(name, ())]
    for key, path in named:
        if path is not None:
            require_inside(path, boundary, f"{where}: {key}")


def read_config(path: Path) -> Config:
    """Read one configuration file; raises like `find`."""
    table = _read_toml(path)
    if path.name == "pyproject.toml":
        table = _get_own_table(table) or {}
    where = str(path)
    if not isinstance(table, dict):
        raise UserError("[tool.stilted] is not a table", where, "Write [tool.stilted] and a key a line.")
    root = path.parent
    if path.name != "pyproject.toml" and "tool" in table:
        hint = "That is for pyproject.toml; here the keys stand alone, and sections are called [[per-path]]."
        raise UserError("the keys stand under [tool.stilted]", where, hint)
    _require_known(table, _KEYS, where)
    options = _read_options({k: v for k, v in table.items() if k not in _EXTRA}, root, where)
    return Config(
        path,
        root,
        options,
        _read_sections(table.get("per-path", []), root, where),
        _read_path(table.get("baseline"), root, f"{where}: baseline"),
        _read_path(table.get("ignore-file"), root, f"{where}: ignore-file"),
    )


def _get_own_table(project: dict[str, Any]) -> Any:
    """Return what a pyproject.toml holds for us, None if nothing; its other tools' faults are not ours to tell."""
    tool = project.get("tool")
    return tool.get("stilted") if isinstance(tool, dict) else None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        text = read_bounded(path, "configuration", MAX_BYTES).decode(
            "utf-8-sig"
        )  # some editors write a byte order mark
    except OSError as error:
        what = f"cannot read the configuration: {explain_refusal(error)}"
        raise UserError(what, str(path), "Check its rights.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"not UTF-8 at byte {error.start}", str(path), "Save it as UTF-8.") from error
    return parse_toml(text, str(path), 'Write key = "value", a key a line; see https://toml.io.')


def _require_known(table: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            everything = f"Known here: {', '.join(sorted(known))}."
            raise UserError(f"unknown key '{key}'", where, _FOLDERS.get(key) or did_you_mean(key, known, everything))


def _read_options(table: dict[str, Any], root: Path, where: str) -> dict[str, Any]:
    options = {key.replace("-", "_"): value for key, value in table.items()}
    checked = make_settings(where, **options)
    for name in PATHS:
        if name in options:
            options[name] = tuple(root / path for path in getattr(checked, name))
    return options


def _read_sections(value: Any, root: Path, where: str) -> tuple[tuple[tuple[str, ...], dict[str, Any]], ...]:
    if not isinstance(value, list):
        header = "tool.stilted.per-path" if Path(where).name == "pyproject.toml" else "per-path"
        raise UserError("'per-path' is not a list of tables", where, f"Write [[{header}]].")
    sections = []
    for number, section in enumerate(value, 1):
        at = f"{where}: per-path {number}"
        if not isinstance(section, dict) or not section.get("paths"):
            raise UserError("a section names its 'paths'", at, 'Write paths = ["docs/**"].')
        for key in section:
            if key in _EXTRA:
                raise UserError(f"unknown key '{key}'", at, "It is for all files: write it above the sections.")
        _require_known(section, ("paths", *(k for k in _KEYS if k not in _EXTRA)), at)
        patterns = section["paths"] if isinstance(section["paths"], list) else [section["paths"]]
        for pattern in patterns:
            _require_pattern(pattern, at)
        rest = {k: v for k, v in section.items() if k != "paths"}
        sections.append((tuple(patterns), _read_options(rest, root, at)))
    return tuple(sections)


def _require_pattern(pattern: Any, where: str) -> None:
    """Refuse a pattern that could never fit: a section that is silently not used is a gate that is silently open."""
    hint = 'Write paths = ["docs/**"]: globs from the folder of the configuration, with forward slashes.'
    if not isinstance(pattern, str):
        raise UserError("'paths' is not a list of strings", where, hint)
    parts = pattern.split("/")
    if not pattern or "\\" in pattern or parts[0] in ("", ".") or ".." in parts:
        raise UserError(f"no file has a path like '{pattern}'", where, hint)


def _read_path(value: Any, root: Path, where: str) -> Path | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        raise UserError(f"'{value}' is not a path", where, 'Write a path from this folder, such as "docs/known.json".')
    return root / value
