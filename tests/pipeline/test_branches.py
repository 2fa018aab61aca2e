"""Messages with branches on one side alone, or with a fault in their braces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stilted import api
from stilted.core.options import Settings
from stilted.formats import read

MANY = "{n, plural, one {ein Boot} other {# Boote}}"
NESTED = "{g, select, m {er} other {{n, plural, other {# Boote}}}}"


@pytest.mark.parametrize(
    ("source", "target", "beside"),
    [
        (MANY, MANY, {"a[one]": "ein Boot", "a[other]": "\ufffc Boote", "b": "Hafen"}),
        (MANY, "boats", {"a": "\ufffc Boote", "b": "Hafen"}),
        (MANY, MANY[:-1], {"a": "\ufffc Boote", "b": "Hafen"}),
        ("Boote", MANY, {"a[one]": None, "a[other]": "Boote", "b": "Hafen"}),
        (NESTED, "boats", {"a": "\ufffc Boote", "b": "Hafen"}),
        ("{g, select, m {er} f {sie}}", "they", {"a": None, "b": "Hafen"}),
    ],
)
def test_the_branch_for_the_rest_stands_beside_a_text_without_branches(
    source: str, target: str, beside: dict[str, str | None], tmp_path: Path
) -> None:
    for name, text, other in (("de", source, "Hafen"), ("en", target, "port")):
        (tmp_path / f"{name}.json").write_text(json.dumps({"a": text, "b": other}), "utf-8")
    english, german = (read(tmp_path / f"{name}.json", "translation") for name in ("en", "de"))
    document = api.join_parsed(Settings(), english, None, german)
    assert {segment.id: segment.source for segment in document.segments} == beside


def test_a_list_is_no_message(tmp_path: Path) -> None:
    (tmp_path / "de.json").write_text('{"a": ["Boot", "Boote"], "b": "Hafen"}', "utf-8")
    (tmp_path / "en.json").write_text('{"a": "boat", "b": "port"}', "utf-8")
    english, german = (read(tmp_path / f"{name}.json", "translation") for name in ("en", "de"))
    document = api.join_parsed(Settings(), english, None, german)
    assert [segment.source for segment in document.segments] == [None, "Hafen"]
