"""The learned rule: what no list holds, found by a small encoder trained on human MQM annotation.

Inference only: numpy and onnxruntime, loaded when the first text is read. `stilted.lab.training.run` makes the
model.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from stilted.core.model import Rule
from stilted.rules.tagger import model_files
from stilted.rules.tagger.examples import BAD, GOOD
from stilted.rules.tagger.inference import use_threads
from stilted.rules.tagger.quality_estimate import Penalty, QualityEstimate, estimate
from stilted.rules.tagger.rule import RULE, finder

__all__ = ["Penalty", "QualityEstimate", "availability", "card", "estimate", "finder", "rules", "use_threads"]


def rules(sensitivity: str = "medium") -> tuple[Rule, ...]:
    """Return the tagger's one rule at an operating point: low, medium or high.

    Its hits carry the category that the model thinks likeliest; that is a guess, so it names no rule.
    `availability` tells beforehand whether the rule can run.
    """
    rule = Rule(
        id=RULE,
        category="Accuracy",
        severity="minor",
        message="Reviewers of translations often mark wording like this.",
        why="learned from professional reviewers' marks on translations; see `stilted tagger info`",
        find=finder(sensitivity),
        bad=BAD,
        good=GOOD,
        needs=frozenset({"model"}),
    )
    return (rule,)


def availability() -> str | None:
    """Return why the tagger cannot run, or None: a missing package, a missing or a damaged file."""
    return model_files.fault()


def card() -> dict[str, Any]:
    """Return the model card: data, licences, training, figures, limits; a copy.

    Raises:
        UserError: the card is missing or damaged.
    """
    model_files.require()
    return deepcopy(model_files.card())
