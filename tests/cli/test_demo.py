"""The demonstration runs from the installed package, on the article of ``corpora``."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from stilted.cli import main

ROOT = Path(__file__).parents[2]


def test_the_page_of_the_demonstration_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    assert main(["demo", "--output", str(page), "--no-open"]) == 0
    assert "went offline" in page.read_text("utf-8")
    assert str(page) in capsys.readouterr().out


@pytest.mark.parametrize("name", ["translation.en.txt", "reference.en.txt"])
def test_its_article_is_that_of_the_corpora(name: str) -> None:
    shipped = resources.files("stilted").joinpath("docs", "demo", name).read_bytes()
    assert shipped == (ROOT / "corpora" / "xpeng" / name).read_bytes()
