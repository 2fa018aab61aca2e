"""Imports point one way. A line of code should know its floor."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from layout import HEAVY, SRC
from stilted import cli, render
from stilted.cli import Subcommand
from stilted.core import discovery
from stilted.render import Renderer
from stilted.rules import checks
from stilted.rules.checks import Check, grammar
from stilted.rules.checks.grammar._finder import Family

ROOMS = (
    "core",
    "text",
    "metrics",
    "formats",
    "rules",
    "render",
    "pipeline",
    "api",
    "comparison",
    "project",
    "runner",
    "summary",
    "server",
    "integrations",
    "lab",
    "cli",
    "pytest_plugin",
)
"""The house from the ground up: a room may import the rooms before it, and itself."""

STRANGERS = {("project", "comparison"), ("comparison", "project"), ("pytest_plugin", "cli"), ("rules", "pipeline")}
"""Pairs of rooms of which the first never imports the second, whatever their order."""

README = Path(__file__).parents[1] / "README.md"
MODULES = sorted(SRC.rglob("*.py"))
LATER = ("stilted.core.model", "stilted.formats", "stilted.rules", "stilted.pipeline", "stilted.api")
"""What is only loaded when there is something to check: a third of the time in which the command shows its help."""


def room_of(module: Path) -> str:
    return module.relative_to(SRC).with_suffix("").parts[0]


def imported(module: Path) -> Iterator[str]:
    """Yield what *module* imports of the package, as dotted names below ``stilted``."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "stilted":
            base = node.module.removeprefix("stilted").removeprefix(".")
            yield from (f"{base}.{alias.name}".removeprefix(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} line {node.lineno}: imports name their module in full"
        elif isinstance(node, ast.Import):
            yield from (a.name.removeprefix("stilted.") for a in node.names if a.name.startswith("stilted."))


def test_the_house_has_exactly_these_rooms() -> None:
    assert {room_of(module) for module in MODULES} - {"__init__", "__main__"} == set(ROOMS)


def test_the_readme_shows_the_same_house() -> None:
    table = README.read_text("utf-8").partition("## The house")[2]
    shown = re.findall(r"^\| `([a-z_]+)(?:/|\.py)`", table, re.M)
    assert tuple(shown) == ROOMS


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(SRC)))
def test_imports_point_up_the_list(module: Path) -> None:
    room = room_of(module)
    if room in ("__init__", "__main__"):
        return
    for name in imported(module):
        other = name.split(".")[0]
        if other == room or other == "__version__":
            continue
        assert ROOMS.index(other) < ROOMS.index(room), f"{module.name} ({room}) imports {name}, which is not above it"
        assert (room, other) not in STRANGERS, f"{module.name} ({room}) imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(SRC)))
def test_no_room_reaches_into_what_is_private_to_another(module: Path) -> None:
    for name in imported(module):
        private = [part for part in name.split(".") if part.startswith("_") and not part.endswith("__")]
        assert not private or name.split(".")[0] == room_of(module), f"{module.name} imports {name}"


@pytest.mark.long
def test_only_the_command_prints_or_exits() -> None:
    for module in MODULES:
        if room_of(module) in ("cli", "lab"):
            continue
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("print", "exit"), f"{module.name} line {node.lineno}"


@pytest.mark.parametrize("statement", ["import stilted", "import stilted.cli; stilted.cli.make_parser()"])
def test_start_up_loads_nothing_heavy(statement: str) -> None:
    code = f"{statement}\nimport sys\nprint([m for m in {(*HEAVY, *LATER)!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_public_names_resolve() -> None:
    import stilted

    assert {name for name in stilted.__all__ if getattr(stilted, name) is None} == set()
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        _ = stilted.chekc  # type: ignore[attr-defined]


def test_no_public_name_is_that_of_a_room() -> None:
    """Python binds a room that is imported under its name: what `stilted` exports under the same one would be lost."""
    import stilted

    assert set(stilted.__all__) & set(ROOMS) == set()


@pytest.mark.parametrize("names", ["Comparison, compare", "compare_files, compare", "Report, compare, check"])
def test_a_public_name_is_the_same_whatever_was_imported_before_it(names: str) -> None:
    code = f"from stilted import {names}\nimport stilted\nprint(callable(compare), stilted.compare is compare)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split() == ["True", "True"]


@pytest.mark.parametrize(
    ("package", "names", "protocol"),
    [
        (checks.__name__, discovery.list_modules(checks.__name__), Check),
        (grammar.__name__, discovery.list_modules(grammar.__name__), Family),
        (render.__name__, render.NAMES, Renderer),
        (cli.__name__, discovery.list_modules(cli.__name__), Subcommand),
    ],
    ids=lambda each: each.__name__ if inspect.isclass(each) else "",
)
def test_modules_keep_the_protocol_of_their_folder(package: str, names: tuple[str, ...], protocol: type) -> None:
    for name in names:
        module = discovery.load_module(package, name)
        assert isinstance(module, protocol), name
        for method, wanted in inspect.getmembers(protocol, inspect.isfunction):
            if not method.startswith("_"):
                given = list(inspect.signature(getattr(module, method)).parameters.values())
                asked = list(inspect.signature(wanted).parameters)[1:]
                assert [each.name for each in given[: len(asked)]] == asked, (name, method)
                assert all(each.default is not each.empty for each in given[len(asked) :]), (name, method)
