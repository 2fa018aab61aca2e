"""What an installation brings: its size, and files that must be in it."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Final

import pytest

from environments import made
from layout import SRC

ROOT: Final = Path(__file__).parents[1]

MOST_BYTES: Final = 75_000_000
"""Of the wheel, which is a zip file of these files."""

MOST_INSTALLED: Final = 400_000_000
"""Of an environment that has nothing else, but for pip and setuptools."""

MOST_WORD_LISTS: Final = 1_500_000
"""Of the lists of words that spelling needs."""


def shipped() -> list[tuple[str, bytes]]:
    paths = (path for path in sorted(SRC.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return [(path.relative_to(SRC).as_posix(), path.read_bytes()) for path in paths]


@pytest.mark.long
def test_the_wheel_is_small_enough() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as wheel:
        for name, data in shipped():
            wheel.writestr(name, data)
    assert archive.tell() <= MOST_BYTES


def test_word_lists_are_small_enough() -> None:
    sizes = [len(data) for name, data in shipped() if name.startswith("rules/checks/spelling/")]
    assert 0 < sum(sizes) <= MOST_WORD_LISTS


def test_what_is_read_at_run_time_is_shipped() -> None:
    names = {name for name, _ in shipped()}
    assert names >= {
        "docs/ci.md",
        "docs/demo/translation.en.txt",
        "docs/rules/README.md",
        "project/config.schema.json",
        "py.typed",
        "render/report.schema.json",
        "rules/packs/README.md",
        "rules/packs/evidence.json",
    }


@pytest.mark.slow
def test_the_wheel_is_built_and_installed_apart_from_the_checkout(tmp_path: Path) -> None:
    """The figures of docs/performance.md: the wheel to the nearest megabyte, the whole installation within a tenth."""
    tools = made(tmp_path / "tools", "build")
    build = [tools / "python", "-m", "build", "--wheel", "--outdir", tmp_path / "dist", ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").iterdir()
    assert wheel.stat().st_size <= MOST_BYTES
    programs = made(tmp_path / "venv", str(wheel))
    page = tmp_path / "page.txt"
    page.write_text("On Monday the carmaker’s production line officially went offline.\n", "utf-8")
    done = subprocess.run(
        [programs / "stilted", "check", page], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "production line officially went offline" in done.stdout
    folders = (file.relative_to(tmp_path / "venv").parts for file in (tmp_path / "venv").rglob("*") if file.is_file())
    own = [Path(tmp_path / "venv", *parts) for parts in folders if not _OF_THE_ENVIRONMENT.intersection(parts)]
    installed = sum(file.stat().st_size for file in own)
    assert installed <= MOST_INSTALLED
    said = (SRC / "docs" / "performance.md").read_text("utf-8")
    told = [int(figure) for figure in re.findall(r"(?:The wheel is|, and) (\d+) MB", said)]
    assert told[0] == pytest.approx(wheel.stat().st_size / 1e6, abs=2)
    assert told[1] == pytest.approx(installed / 1e6, rel=0.1)


_OF_THE_ENVIRONMENT: Final = frozenset({"pip", "setuptools", "pkg_resources"})
