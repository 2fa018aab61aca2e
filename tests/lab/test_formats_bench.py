"""The bench of the formats writes what can be read, and measures a run of the command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stilted.formats import read
from stilted.lab.benches import formats

TEXT = Path(__file__).parents[2] / "corpora" / "xpeng" / "reference.en.txt"


def test_the_file_has_as_many_units_as_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "bench.xlf"
    formats.write_units(path, "Bread & butter, as <ever>, for nine people.", 50)
    parsed = read(path)
    assert len(parsed.units) == 50
    assert parsed.units[0].target is not None
    assert parsed.units[0].target.text.startswith("Bread & butter, as")


@pytest.mark.long
def test_one_line_says_how_long_and_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    assert formats.main([str(TEXT), "--units", "100"]) == 0
    assert re.fullmatch(r"100 units, 0\.\d MB: \d+\.\d s, \d+ MB of memory\n", capsys.readouterr().out)
