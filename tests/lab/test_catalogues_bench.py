"""The bench of installed catalogues reads them, plants faults that are faults, and counts what is seen."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from stilted.lab.benches import catalogues
from stilted.lab.benches.catalogues import FAULTS, Pair

STRINGS = {
    "The kettle is full of water.": "Der Kessel ist voll Wasser.",
    "Could not find the lid of the kettle.": "Der Deckel des Kessels wurde nicht gefunden.",
    "Fill the kettle before you press the switch.": "Füllen Sie den Kessel, bevor Sie den Schalter drücken.",
    "Clean the filter once a month with vinegar.": "Reinigen Sie den Filter einmal im Monat mit Essig.",
    "Kettle": "Kettle",
    "menu\x04Close": "Schließen",
}


def write_catalogue(path: Path, strings: dict[str, str]) -> None:
    """Write a compiled catalogue as gettext's manual describes it."""
    path.parent.mkdir(parents=True)
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **strings}.items())
    texts = [text.encode("utf-8") for side in zip(*pairs, strict=True) for text in side]
    start = 28 + 16 * len(pairs)
    table, data = b"", b""
    for text in texts:
        table += struct.pack("<II", len(text), start + len(data))
        data += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    path.write_bytes(head + table + data)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_catalogue(tmp_path / "de" / "LC_MESSAGES" / "kettle.mo", STRINGS)
    write_catalogue(tmp_path / "fi" / "LC_MESSAGES" / "kettle.mo", STRINGS)
    (tmp_path / "de" / "LC_MESSAGES" / "broken.mo").write_bytes(b"\xde\x12\x04\x95")
    return tmp_path


def test_a_catalogue_is_read_without_what_has_no_translation(folder: Path) -> None:
    assert catalogues.read_catalogue(folder / "de" / "LC_MESSAGES" / "broken.mo") == []
    read = catalogues.read_languages(folder, 1000, random.Random(1))
    assert [(language, name, sorted(pairs)) for language, name, pairs in read] == [
        ("de", "kettle", sorted(Pair(*each) for each in STRINGS.items() if "Close" not in each[0] and len(each[0]) > 6))
    ]


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_changes_a_string_or_leaves_it(kind: str) -> None:
    text, other = "The lid is not on the kettle.", "Fill it with water."
    spoilt = FAULTS[kind](text, other, random.Random(1))
    assert spoilt != text
    assert (spoilt is None) == (kind in ("`not` put in", "another figure"))


def test_the_bench_counts_findings_and_faults(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main([str(folder), "--show", "adequacy"]) == 0
    output = capsys.readouterr().out
    assert output.startswith("4 true pairs: 0 findings, 0.0 for each 1,000;\n0 critical, 0 major\n")
    assert [
        line.rpartition(" of ")[0].rpartition("  ")[0].strip() for line in output.splitlines()[-len(FAULTS) :]
    ] == list(FAULTS)


def test_a_folder_without_catalogues_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main([str(tmp_path)]) == 1
    assert "holds no catalogues" in capsys.readouterr().out
