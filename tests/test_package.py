"""What an installation brings: its size, and files that must be in it."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from layout import SRC

MOST_BYTES: Final = 75_000_000
"""Of the wheel, which is a zip file of these files."""

MOST_WORD_LISTS: Final = 1_500_000
"""Of the lists of words that spelling needs."""


def shipped() -> list[tuple[str, bytes]]:
    paths = (path for path in sorted(SRC.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return [(path.relative_to(SRC).as_posix(), path.read_bytes()) for path in paths]


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
