"""The JSON Schemas of what people write by hand say what the readers accept."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli

from stilted.core.errors import UserError
from stilted.project import config
from stilted.rules import packs

PACKS = sorted(Path(packs.__file__).parent.glob("*.toml"))
GOOD = [
    'select = "zh"\nfail-on = ["critical", "foreign"]\nmin-score = 90\n',
    'baseline = "known.json"\npacks = ["a.toml"]\n[[per-path]]\npaths = "docs"\npreview = true\n',
]
BAD = [
    "min-blue = 3\n",
    'preview = "yes"\n',
    "min-bleu = 101\n",
    'sensitivity = "loud"\n',
    "[[per-path]]\npreview = true\n",
    "ignore = [1]\n",
]


def schema(package: str, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resources.files(package).joinpath(name).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


SETTINGS = schema("stilted.project", "config.schema.json")
PACK = schema("stilted.rules.packs", "pack.schema.json")


def accepted(text: str, of: dict[str, Any]) -> bool:
    return bool(jsonschema.Draft202012Validator(of).is_valid(tomli.loads(text)))


def test_the_schema_of_settings_has_every_key_and_no_other() -> None:
    assert set(SETTINGS["properties"]) == set(config._KEYS)
    assert set(SETTINGS["$defs"]["options"]["properties"]) == set(config._KEYS) - set(config._EXTRA)


@pytest.mark.parametrize(("text", "right"), [*((t, True) for t in GOOD), *((t, False) for t in BAD)])
def test_the_schema_of_settings_agrees_with_their_reader(text: str, right: bool, tmp_path: Path) -> None:
    assert accepted(text, SETTINGS) is right
    path = tmp_path / "stilted.toml"
    path.write_text(text, "utf-8")
    (tmp_path / "a.toml").write_text("", "utf-8")
    if right:
        config.read_config(path)
    else:
        with pytest.raises(UserError):
            config.read_config(path)


def test_the_schema_of_packs_has_every_key_and_no_other() -> None:
    rule = PACK["properties"]["rule"]["items"]
    assert set(rule["properties"]) == packs._KEYS
    assert tuple(rule["required"]) == packs._REQUIRED


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_every_pack_fits_its_schema(path: Path) -> None:
    jsonschema.Draft202012Validator(PACK).validate(tomli.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("line", ['status = "new"', "bad = []", 'confidence = "high"', 'colour = "red"'])
def test_a_faulty_rule_does_not_fit(line: str) -> None:
    rule = tomli.loads(PACKS[0].read_text("utf-8"))["rule"][0]
    changed = rule | tomli.loads(line)
    assert not jsonschema.Draft202012Validator(PACK).is_valid({"rule": [changed]})
