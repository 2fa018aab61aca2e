"""The learned rule: what no list holds, found by a small encoder trained on human MQM annotation.

Inference only: numpy and onnxruntime, loaded when the first text is read. `stilted.lab.training` makes the models.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

from stilted.core.model import Need, Precedence, Rule
from stilted.rules.tagger import adequacy, model_files, slips
from stilted.rules.tagger.examples import BAD, GOOD
from stilted.rules.tagger.inference import use_threads
from stilted.rules.tagger.quality_estimate import Penalty, QualityEstimate, estimate
from stilted.rules.tagger.rule import RULE, make_finder

__all__ = [
    "MODELS",
    "Penalty",
    "QualityEstimate",
    "adequacy",
    "estimate",
    "find_obstacle",
    "list_rules",
    "make_finder",
    "read_card",
    "slips",
    "use_threads",
]


def list_rules(sensitivity: str = "medium") -> tuple[Rule, ...]:
    """Return the tagger's rules at an operating point: low, medium or high: about wording, slips of
    documentation, and adequacy.

    The hits of the first carry the category that the model thinks likeliest; that is a guess, so it names no rule.
    `find_obstacle` tells beforehand whether the rules can run.
    """
    rule = Rule(
        id=RULE,
        category="Accuracy",
        severity="minor",
        message="Reviewers of translations often mark wording like this.",
        why="learned from professional reviewers' marks on translations; see `stilted tagger info`",
        find=make_finder(sensitivity),
        bad=BAD,
        good=GOOD,
        needs=frozenset({Need.MODEL}),
        reads_code=True,
        precedence=Precedence.GUESS,
        not_for=frozenset({"ui"}),
    )
    return (rule, slips.make_rule(sensitivity), *adequacy.list_rules(sensitivity))


MODELS: Final = (Need.MODEL, Need.SOURCE_MODEL)
"""Needs of rules that are a model's, each with files of its own."""


def find_obstacle(need: Need = Need.MODEL) -> str | None:
    """Return why rules with this need of `MODELS` cannot run, or None: a missing package, a missing or damaged file."""
    return slips.find_obstacle() if need is Need.MODEL else adequacy.find_obstacle()


def read_card() -> dict[str, Any]:
    """Return the model card: data, licences, training, figures, limits; a copy.

    Raises:
        UserError: the card is missing or damaged.
    """
    model_files.FILES.require()
    return deepcopy(model_files.FILES.read_card())
