"""Imports point one way. A line of code should know its floor."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "stilted"

FLOORS = [
    {"errors", "positions"},
    {"mqm", "marked", "texts"},
    {"model"},
    {"likeness", "registry", "settings", "steps", "words"},
    {"formats", "segment", "align", "language", "score", "packs", "checks", "tagger", "render"},
    {"baseline", "changed", "config", "document", "engine", "glossary", "judge", "suppress"},
    {"contract", "intake", "require"},
    {"api"},
    {"cache", "comparison", "fix", "project", "shelf"},
    {"workers"},
    {"batch", "pool"},
    {"lab", "summary"},
    {"cli", "pytest_plugin"},
]
"""From the ground up: a room may import rooms on lower floors, and itself."""

FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(SRC.rglob("*.py"))

HEAVY = (
    "numpy",
    "sacrebleu",
    "jinja2",
    "rich",
    "langdetect",
    "sentencex",
    "onnxruntime",
    "torch",
    "markdown_it",
    "markupsafe",
    "pyarrow",
)


def room_of(module: Path) -> str:
    parts = module.relative_to(SRC).with_suffix("").parts
    return parts[0]


def imported_rooms(tree: ast.AST) -> set[str]:
    rooms: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "stilted":
            inner = node.module.split(".")[1:]
            rooms |= {inner[0]} if inner else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            rooms |= {a.name.split(".")[1] for a in node.names if a.name.startswith("stilted.")}
    return rooms - {"__version__"}


def test_every_room_has_a_floor() -> None:
    rooms = {room_of(module) for module in MODULES} - {"__init__", "__main__"}
    assert rooms == FLOOR.keys() & rooms


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(SRC)))
def test_imports_point_down(module: Path) -> None:
    room = room_of(module)
    if room in ("__init__", "__main__"):
        return
    for other in imported_rooms(ast.parse(module.read_text("utf-8"))):
        if other == room or (room == "cli" and other in FLOOR):
            continue
        assert FLOOR[other] < FLOOR[room], f"{module.name} ({room}) imports {other}, which is not below it"


def test_only_the_command_prints_or_exits() -> None:
    for module in MODULES:
        if room_of(module) in ("cli", "lab"):
            continue
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("print", "exit"), f"{module.name} line {node.lineno}"


@pytest.mark.parametrize("statement", ["import stilted", "import stilted.cli; stilted.cli.parser()"])
def test_start_up_loads_nothing_heavy(statement: str) -> None:
    code = f"{statement}\nimport sys\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_public_names_resolve() -> None:
    import stilted

    assert {name for name in stilted.__all__ if getattr(stilted, name) is None} == set()
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        _ = stilted.chekc  # type: ignore[attr-defined]
