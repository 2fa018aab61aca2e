"""Rebuild a shipped model: ``python -m stilted.lab.training adequacy DATA OUT``; see ``recipe.toml``."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

RECIPE: Final = Path(__file__).with_name("recipe.toml")


def read_recipe(path: Path) -> dict[str, Any]:
    """Read a recipe: a table for each model."""
    with path.open("rb") as file:
        return tomllib.load(file)


def main(argv: Sequence[str] | None = None) -> None:
    """Make one model from a folder of data: train (or go on), export, tune, write the card."""
    parser = argparse.ArgumentParser(prog="python -m stilted.lab.training", description=__doc__)
    parser.add_argument("model", choices=("adequacy", "slips", "wording"))
    parser.add_argument("data", type=Path, help="the folder that the recipe's paths are relative to")
    parser.add_argument("out", type=Path, help="where state, log, model, vocabulary and card go")
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    parser.add_argument("--steps", type=int, help="train for so many steps, not for the recipe's minutes")
    parser.add_argument("--export-only", action="store_true", help="export what OUT has reached so far")
    parser.add_argument("--from", dest="before", type=Path, metavar="FOLDER", help="start from the model in FOLDER")
    chosen = parser.parse_args(argv)
    if chosen.before and chosen.model == "wording":
        parser.error("--from: the wording model cannot start from a finished one")
    recipe = read_recipe(chosen.recipe)[chosen.model]
    training = not chosen.export_only
    if chosen.model == "adequacy":
        from stilted.lab.training.adequacy import make

        make.make(chosen.data, chosen.out, recipe, steps=chosen.steps, training=training, before=chosen.before)
    elif chosen.model == "slips":
        from stilted.lab.training.slips import make as slips

        slips.make(chosen.data, chosen.out, recipe, steps=chosen.steps, training=training, before=chosen.before)
    else:
        from stilted.lab.training.wording import make as make_wording

        make_wording(chosen.data, chosen.out, recipe)


if __name__ == "__main__":
    main()
