"""The bench of pages pairs what belongs together, and sees a planted fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from stilted.lab.benches import pages

PAGE = """# The kettle

Fill the kettle with cold water and close the lid firmly before you press the switch.

The kettle switches itself off when the water boils, and the lamp in the handle goes out.

- Clean the filter once a month with vinegar.
- Never immerse the base in water.
"""
SOURCE = """# 水壶

请将水壶装满冷水，并在按下开关之前盖紧盖子。

水烧开后，水壶会自动关闭，手柄上的指示灯也会熄灭。

- 每月用醋清洗一次滤网。
- 切勿将底座浸入水中。
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for number in range(3):
        for language, text in (("en", PAGE), ("zh", SOURCE)):
            path = tmp_path / "kettles" / language / f"page{number}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    (tmp_path / "kettles" / "en" / "alone.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_pages_are_read_with_their_sources(project: Path) -> None:
    (found,) = pages.read_pages(project).values()
    assert [page.language for page in found] == ["zh"] * 3
    assert [origin for _, origin in pages.list_pairs(found[0].document())] == [
        line.lstrip("#- ") for line in SOURCE.splitlines() if line
    ]


def test_thinned_pages_keep_their_pairs(project: Path) -> None:
    (found,) = pages.read_pages(project).values()
    both, paired, other = pages.measure_drift(found)
    assert both >= paired > 0
    assert other == 0


def test_planted_faults_are_counted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pages.main([str(project), "--faults", "--pages", "2"]) == 0
    out = capsys.readouterr().out
    assert "kettles" in out
    assert "100%" in out
    assert "'not' put in" in out
    (found,) = pages.read_pages(project).values()
    counts = pages.count_faults(found[:1])
    assert counts["cut to half", "spoilt"] == counts["another paragraph behind it", "spoilt"] == 1
    assert counts["cut to half", "seen"] == 1
