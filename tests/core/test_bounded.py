"""Files that say how something is checked, and what is remembered, are bounded."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from layout import SRC
from stilted.api import list_rules
from stilted.core.bounded import TextCache, read_bounded
from stilted.core.errors import UserError, make_internal_error
from stilted.core.options import make_settings
from stilted.core.shapes import fits
from stilted.core.tokens import tokenize
from stilted.pipeline.ignores import read_ignored_phrases
from stilted.project.baseline import read_baseline
from stilted.project.config import read_config
from stilted.rules import glossary, packs
from stilted.rules.tagger.adequacy import model_files
from stilted.runner.batch.row_checker import Checker, Row
from stilted.runner.file_runner import Job
from stilted.summary.show import read_earlier

READERS: dict[str, Callable[[Path], object]] = {
    "pack.toml": packs.load,
    "terms.csv": glossary.load,
    "known.json": read_baseline,
    "stilted.toml": read_config,
    ".stilted-ignore": lambda path: read_ignored_phrases(path, ()),
    "summary.json": read_earlier,
}


@pytest.mark.parametrize("name", READERS)
def test_a_pipe_and_a_device_are_refused(name: str, tmp_path: Path) -> None:
    pipe, device = tmp_path / "pipe" / name, tmp_path / "device" / name
    for path in (pipe, device):
        path.parent.mkdir()
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    for path in (pipe, device):
        with pytest.raises(UserError, match="is a pipe or a device"):
            READERS[name](path)


def test_the_key_of_a_cache_asks_for_no_device(tmp_path: Path) -> None:
    job = Job(("a.txt", b"x"), None, None, None, (("packs", (str(Path("/dev/zero")),)),))
    assert job.key() is None


def test_a_file_is_read_up_to_its_bound(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 3_000_000)
    assert len(read_bounded(path, "pack", 3_000_000)) == 3_000_000
    with pytest.raises(UserError, match="the pack is larger than 2,999,999 bytes"):
        read_bounded(path, "pack", 2_999_999)
    with pytest.raises(IsADirectoryError):
        read_bounded(tmp_path, "pack", 1)


def test_what_is_remembered_is_bounded_by_characters() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    remembered = TextCache(length, 1000)
    for number in range(5000):
        assert remembered(f"{number:04}") == 4
        assert remembered("often") == 5
        assert len(remembered) <= 1000
    assert asked.count("often") == 1
    assert remembered("x" * 5000) == 5000
    assert len(remembered) <= 1000


@pytest.mark.long
def test_tokens_of_long_rows_do_not_pile_up() -> None:
    for number in range(40):
        tokenize(f"{number} " + "word " * 10_000)
    assert len(tokenize) <= 400_000  # type: ignore[arg-type]


OF_SMALL_THINGS = {
    "_get_script",
    "_make_cell",
    "_parse_style",
    "_normalise",
    "_make_table",
    "explain_for",
    "_compile_term",
}
"""Functions of characters, names of styles and languages, and of what rules and configurations hold."""


def test_no_other_cache_counts_entries() -> None:
    names = set()
    for path in (path for path in SRC.rglob("*.py") if "lab" not in path.parts):
        for size, name in re.findall(r"@lru_cache\(maxsize=([\d_]+)\)\ndef (\w+)\(", path.read_text("utf-8")):
            if int(size) > 8:
                names.add(name)
    assert names == OF_SMALL_THINGS


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("confidence = 1" + "0" * 400, "a number from 0 to 1"),
        ("confidence = " + "9" * 4301, "a number or a time is out of reach"),
        ("confidence = nan", "a number from 0 to 1"),
        ("confidence = true", None),
    ],
)
def test_numbers_of_a_pack_are_bounded(line: str, what: str | None, tmp_path: Path) -> None:
    path = tmp_path / "pack.toml"
    written = (
        '[[rule]]\nid = "x/y"\npattern = "blue boat"\ncategory = "Style/Awkward style"\nseverity = "minor"\n'
        'message = "No."\nwhy = "So."\nbad = ["A <v>blue boat</v>."]\ngood = ["A boat."]\n'
    )
    path.write_text(written + line, "utf-8")
    if what is None:
        assert list_rules(make_settings(packs=[path]))
    else:
        with pytest.raises(UserError, match=what):
            packs.load(path)


def test_numbers_of_a_configuration_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "stilted.toml"
    path.write_text("min-score = " + "9" * 4301, "utf-8")
    with pytest.raises(UserError, match="out of reach"):
        read_config(path)


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (1, int, True), (True, int, False), (1.0, int, False), (1, float, True), (float("inf"), float, False),
        (10**400, float, False), (None, int | None, True), ("x", int | None, False),
        (("a", "b"), tuple[str, ...], True),
        (("a", 1), tuple[str, ...], False), (("a", 1), tuple[str, int], True), (["a"], tuple[str, ...], False),
    ],
)  # fmt: skip
def test_types_are_told_apart(value: object, kind: object, expected: bool) -> None:
    assert fits(value, kind) is expected


def test_an_internal_error_quotes_no_text() -> None:
    try:
        tokenize(["secret words"])  # type: ignore[arg-type]
    except TypeError as error:
        sentence = make_internal_error(error, "a.txt").sentence()
    assert sentence.startswith("a.txt: internal error: TypeError in bounded.__call__, line ")
    assert "secret" not in sentence
    assert "Please report it" in sentence


MOST_REMEMBERED = 4_000_000
"""Characters that all caches of texts may hold together, whatever was read: what they make of these fits in memory."""


@pytest.mark.long
def test_what_is_remembered_of_many_long_rows_has_an_end() -> None:
    checker = Checker.of(make_settings(select=["mechanics", "numbers"]))
    for row in range(60):
        words = (f"{chr(97 + n % 26)}{'abcdefghij'[row % 10]}word{row}x{n}" for n in range(1_000))
        (judged,) = checker.judge([Row(" ".join(words) + ".", source=f"{row} Wörter.")])
        assert judged.error is None
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "stilted"]
    held = {id(value): value for module in modules for value in vars(module).values() if type(value) is TextCache}
    caches = [*held.values(), model_files.read_vocabulary().segment]
    assert max(map(len, caches)) > 100_000  # rows are remembered
    assert all(len(cache) <= 2 * cache._room for cache in caches)
    assert sum(2 * cache._room for cache in caches) <= MOST_REMEMBERED
