"""Lists of words that show that nobody translated a string: what goes into them, and what never does."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from stilted.core import packed_lines
from stilted.lab.training import foreign_words
from stilted.text.foreign_words import LANGUAGES


def test_words_that_several_projects_use_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strings = [
        ("de", "one", "Ordner öffnen in Kiel", "Open the folder in Kiel"),
        ("de", "two", "Datei öffnen", "Open the file"),
        ("de", "two", "Boot öffnen", "Open the boat"),
        *[("de", "one", "Reling streichen", "Paint the rail")] * 3,  # one project alone
        *[("de", project, "Website auf português", "Website in Portuguese") for project in ("one", "two", "three")],
        *[("ja", project, "ohayou", "Good morning") for project in ("one", "two", "three")],
    ]
    pairs = tmp_path / "pairs.jsonl.gz"
    with gzip.open(pairs, "wt", encoding="utf-8") as file:
        for lang, repo, source, target in strings:
            file.write(json.dumps({"lang": lang, "repo": repo, "source": source, "target": target}) + "\n")
    assert foreign_words.main([str(pairs), str(tmp_path / "out")]) == 0
    assert packed_lines.read_lines(tmp_path / "out" / "de.xz") == ["auf", "öffnen"]
    assert {path.stem for path in (tmp_path / "out").iterdir()} == set(LANGUAGES)
    assert "de: 2 words" in capsys.readouterr().out
