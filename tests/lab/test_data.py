"""The list of public data, and what is said of a folder that should hold it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from stilted.lab import data


def test_every_set_names_origin_licence_and_digest(capsys: pytest.CaptureFixture[str]) -> None:
    assert data.main([]) == 0
    out = capsys.readouterr().out
    for one in data.SETS:
        assert one.repository in out
        assert len(one.digest) == 64
        assert one.licence


def test_a_folder_is_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = data.SETS[0]
    folder = tmp_path / first.folder
    folder.mkdir()
    (folder / "a.tsv").write_text("one\n", "utf-8")
    (folder / "README.md").write_text("no data", "utf-8")
    monkeypatch.setattr(data, "SETS", (replace(first, digest=data.compute_digest(folder)),))
    assert data.main([str(tmp_path)]) == 0
    (folder / "a.tsv").write_text("two\n", "utf-8")
    assert data.main([str(tmp_path)]) == 1
    assert "DIFFERENT" in capsys.readouterr().out
    assert data.main([str(tmp_path / "elsewhere")]) == 1
    assert "MISSING" in capsys.readouterr().out
