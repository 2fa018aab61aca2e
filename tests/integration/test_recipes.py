"""The recipes of ``docs/batch.md`` run as they stand, in the programs they are for, and find the same."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet
import pytest

import stilted
from environments import made

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "src" / "stilted" / "docs" / "batch.md").read_text("utf-8")
RECIPES: Final[Mapping[str, str]] = {
    code.split()[1].rstrip(":"): code for code in re.findall(r"^```py\n(# .*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
}

ROWS = pa.table(
    {
        "id": ["a", "b", "c"],
        "target": ["Its production line officially went offline.", "She walked to the the station.", "All is well."],
    }
)


def run(recipe: str, folder: Path) -> list[tuple[str, list[str]]]:
    """Install what a recipe names, run it beside the rows, and return the rules that it wrote for each row."""
    packages = shlex.split(RECIPES[recipe].partition("pip install ")[2].partition("\n")[0])
    programs = made(folder / "venv", *(str(ROOT) + each[1:] if each.startswith(".") else each for each in packages))
    pyarrow.parquet.write_table(ROWS, folder / "rows.parquet")
    (folder / "recipe.py").write_text(RECIPES[recipe], "utf-8")
    active = {**os.environ, "PATH": os.pathsep.join([str(programs), os.environ["PATH"]])}
    done = subprocess.run(["python", "recipe.py"], cwd=folder, env=active, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    written = folder / "checked.parquet"
    files = [written] if written.is_file() else sorted(written.glob("*.parquet"))
    rows = [row for file in files for row in pyarrow.parquet.read_table(file).to_pylist()]
    return sorted((row["id"], [found["rule"] for found in row["findings"]]) for row in rows)


def expected() -> list[tuple[str, list[str]]]:
    rows = stilted.check_batches(ROWS, source_language="zh").to_pylist()
    found = [(row["id"], [each["rule"] for each in row["findings"]]) for row in rows]
    assert [bool(rules) for _, rules in found] == [True, True, False]
    return found


def test_there_is_a_recipe_for_each_engine() -> None:
    assert list(RECIPES) == ["Polars", "DuckDB", "Ray", "Spark"]


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES)
def test_recipes_run_in_an_environment_of_their_own(recipe: str, tmp_path: Path) -> None:
    """Ray takes 200 MB; Spark 450 MB, and wants Java."""
    assert run(recipe, tmp_path) == expected()
