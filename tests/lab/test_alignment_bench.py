"""The bench that measures the aligner finds what was put into its documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from stilted.lab.benches import alignment

NOUNS = ("harbour", "market", "ferry", "bakery", "library", "station", "theatre", "museum", "bridge", "garden")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    header = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
    ted, news = [header], []
    for i in range(40):
        noun, year = NOUNS[i % 10], 1900 + i
        for system, text in (
            ("ref", f"The {noun} on Elm Street {i} was built in {year}."),
            ("Online", f"In {year} they <v>constructed</v> the {noun} of Elm Street {i}."),
        ):
            ted.append(f"{system}\ttalk.1\t1\t{i}\trater1\tx\t{text}\tStyle\tMinor\n")
        for system, text in (("ref.A", f"The {noun} of {year} closes."), ("hyp.MT", f"The {noun} of {year} shuts.")):
            news.append(f"{system}\tdoc.{i // 20}\t{i}\trater1\tx\t{text}\t-1\t-1\tno-error\n")
    news.append("hyp.MT\tbroken\tname\tdoc\tx\ttext\t-1\t-1\tno-error\n")
    for folder, file, rows in (
        ("wmt21-ted", "mqm_ted_zhen.tsv", ted),
        ("wmt21-news", "2021_zh-en_processed.tsv", news),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / file).write_text("".join(rows), encoding="utf-8")
    return tmp_path


def test_bench(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert alignment.main([str(data), "--sizes", "100"]) == 0
    ted, ted_moved, news, news_moved, timing = capsys.readouterr().out.splitlines()
    assert ted.startswith("ted    link F1 1.0000  P 1.0000  R 1.0000  advert unaligned 3/3")
    assert news.startswith("news   link F1 1.0000")
    for moved in (ted_moved, news_moved):
        assert moved.endswith("(a paragraph moved)")
        assert float(moved.split()[3]) > 0.95
    assert timing.startswith("100 sentences a side")


def test_marks_are_taken_out_and_documents_joined(data: Path) -> None:
    assert alignment.read_talks(data)["Online", "talk.1"][0] == "In 1900 they constructed the harbour of Elm Street 0."
    assert {doc for _, doc in alignment.read_news(data)} == {"news 0"}


def test_a_wrong_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        alignment.main([str(tmp_path)])
    assert stop.value.code == 2
    assert "has no folder wmt21-ted" in capsys.readouterr().err
