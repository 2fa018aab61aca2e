"""One file of every format, in the shape that the tools of the trade write, and what is found in each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stilted import api, formats
from stilted.core.model import find_place
from stilted.core.offsets import Lines

SAMPLES = Path(__file__).parents[2] / "corpora" / "formats"
FILES = sorted(SAMPLES.iterdir())


def describe(path: Path) -> str:
    """Say what is found in a file, where, and how the file spells it."""
    report = api.check_file(path, preview=True)
    origin = report.document.origin or ""
    lines = Lines.of(origin)
    out = [f"{path.name} ({report.document.format})"]
    for finding in report.findings:
        place = find_place(report.document, finding)
        assert place is not None
        line, column = lines.locate(place.start)
        unit = report.document.segments[finding.segment].id
        out.append(f"  {line}:{column} {finding.rule} [{unit}] {finding.text!r} <- {place.of(origin)!r}")
    return "\n".join([*out, *(f"  {note}" for note in report.notes)])


def test_what_is_found_in_the_samples(golden: Callable[[str, str], None]) -> None:
    golden("samples.txt", "\n".join(map(describe, FILES)) + "\n")


@pytest.mark.parametrize("name", formats.list_formats())
def test_a_reader_has_the_name_it_is_listed_under_and_endings_in_lower_case(name: str) -> None:
    reader = formats.find_reader(name)
    assert reader.name == name
    assert reader.suffixes == tuple(ending.lower() for ending in reader.suffixes)


def test_the_format_of_a_file_is_the_name_of_its_reader() -> None:
    assert {formats.read(path).format for path in FILES} == {*formats.list_formats()} - {"text"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_planted_fault_is_found_and_nothing_else(path: Path) -> None:
    report = api.check_file(path)
    assert [finding.rule for finding in report.findings] == ["zh/line-goes-offline"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_character_of_every_unit_has_its_place(path: Path) -> None:
    """The map of a text is as long as the text, goes forward, and stays within the file."""
    parsed = formats.read(path)
    for unit in parsed.units:
        for text in (unit.target, unit.source, unit.reference):
            if text is None or not text.text:
                continue
            places = [text.map.place(at, at + 1) for at in range(len(text.text))]
            assert places == sorted(places)
            assert 0 <= places[0][0] <= places[-1][1] <= len(parsed.text)
            assert text.text.count(formats.OBJECT) == len(text.objects)


TEXTS = [path for path in FILES if path.suffix != ".docx"]  # in a DOCX, line n is paragraph n


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_line_and_column_are_those_of_the_file_on_disk(path: Path) -> None:
    (finding,) = api.check_file(path).to_dict()["findings"]
    lines = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    rest = lines[finding["line"] - 1][finding["column"] - 1 :]
    assert rest.startswith(finding["text"].split()[0])
    assert finding["text"].split()[0] == "production"
