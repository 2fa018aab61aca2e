"""No regular expression of the product takes time that grows faster than the text it is given."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from math import inf
from pathlib import Path
from typing import Final

import pytest

import stilted
from choice import left_out
from regex_steps import ENOUGH, Steps, attacks
from stilted.rules.checks.negation import of_source

ROOT: Final = Path(stilted.__file__).parent
SMALL, LARGE = 40, 160
WORST: Final = 10.0
"""Most times that the steps may grow where the text grows four times; what is quadratic grows sixteen times."""

MOST: Final = 24
"""Texts that are tried on a pattern."""

SHORT: Final = {
    "rules/checks/entities.py:_STARTS": "looks at the eight characters before a name",
}
"""Patterns that only ever see a text of a bounded length."""


def patterns() -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """Yield ``(where, pattern, anchored)`` of all there are; one is anchored that is never searched for in a text."""
    apart = {"lab", "integrations"}  # the second imports what only its hosts have
    paths = [path for path in sorted(ROOT.rglob("*.py")) if not apart & set(path.relative_to(ROOT).parts)]
    trees = {path: ast.parse(path.read_text("utf-8")) for path in paths if path.name != "__main__.py"}
    searched = {path: frozenset(_searched(tree)) for path, tree in trees.items()}
    importing = {path: frozenset(_imported(tree)) for path, tree in trees.items()}
    seen: set[tuple[str, int, bool]] = set()
    for path, tree in trees.items():
        where = path.relative_to(ROOT).as_posix()
        for node in ast.walk(tree):
            if (called := _called(node)) is not None:
                yield f"{where}:{node.lineno}", re.compile(called[1]), called[0] in ("match", "fullmatch")  # type: ignore[attr-defined]
        module = ".".join(("stilted", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        for name, value in vars(importlib.import_module(module)).items():
            held = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
            for pattern in held:
                if not (isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str)):
                    continue
                users = (path, *(other for other, names in importing.items() if name in names))
                anchored = not any(name in searched[user] for user in users)
                if (pattern.pattern, pattern.flags, anchored) not in seen:
                    seen.add((pattern.pattern, pattern.flags, anchored))
                    yield f"{where}:{name}", pattern, anchored
    for language in of_source.WRITTEN:
        for name, pattern in of_source.get_signs(language)._asdict().items():
            yield f"rules/checks/negation/of_source.py:{language}:{name}", pattern, False


def _searched(tree: ast.AST) -> Iterator[str]:
    """Yield the names of what is searched for, split at or replaced, and of what is handed on for any use."""
    anchored = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in ("match", "fullmatch"):
                anchored.add(id(node.value))
            else:
                yield node.value.id
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in anchored:
            yield node.id


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stilted"):
            yield from (alias.name for alias in node.names)


def _called(node: ast.AST) -> tuple[str, str] | None:
    """Return function and pattern of ``re.search("…", text)`` and the like."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return None
    module, pattern = node.func.value, node.args[0]
    if not (isinstance(module, ast.Name) and module.id == "re" and isinstance(pattern, ast.Constant)):
        return None
    return None if node.func.attr in ("compile", "escape") else (node.func.attr, pattern.value)


def growth(pattern: re.Pattern[str], *, anchored: bool = False) -> tuple[float, str]:
    """Return by how much the steps grow where a text grows four times, and the beginning of the worst text."""
    steps = Steps(pattern)
    worst = (0.0, "")
    for text in islice({text(3): text for text in attacks(pattern)}.values(), MOST):
        many = steps.search(text(LARGE), anchored=anchored)
        few = steps.search(text(SMALL), anchored=anchored)
        times = many / max(few, SMALL) if many < ENOUGH else inf
        worst = max(worst, (times, text(3)))
        if times >= WORST:
            break
    return worst


@cache
def all_patterns() -> dict[str, tuple[re.Pattern[str], bool]]:
    """Return the patterns to look at by their places; reading the whole product for them takes seconds."""
    return {where: (pattern, anchored) for where, pattern, anchored in patterns() if where not in SHORT}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each pattern a test, unless these tests are left out."""
    if "where" in metafunc.fixturenames:
        is_chosen = "long" not in left_out(metafunc.config.option.markexpr)
        metafunc.parametrize("where", list(all_patterns()) if is_chosen else [])


@pytest.mark.long
def test_all_are_looked_at() -> None:
    assert len(all_patterns()) > 180


@pytest.mark.long
def test_steps_grow_with_the_text(where: str) -> None:
    pattern, anchored = all_patterns()[where]
    times, text = growth(pattern, anchored=anchored)
    assert times < WORST, f"{pattern.pattern!r} on {text!r} and so on"


@pytest.mark.parametrize(
    "pattern", [r"\s*[,;|]\s*", r"(?:x+)+y", r"[ \t]*\n", r"a[^b]*b", r"\d+\.\d*x", r"<v[ \t]+([^<>]+)>"]
)
def test_what_squares_is_seen(pattern: str) -> None:
    assert growth(re.compile(pattern))[0] > WORST


@pytest.mark.parametrize("pattern", [r"[,;|]", r"(?<![ \t])[ \t]*\n", r"a[^ab]*b", r"\w+", r"(?:ab)+", r"x{1,30}y"])
def test_what_does_not_is_left_alone(pattern: str) -> None:
    assert growth(re.compile(pattern))[0] < WORST
