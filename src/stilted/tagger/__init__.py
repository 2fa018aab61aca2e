"""The learned rule: what no list holds, found by a small encoder trained on human MQM annotation.

Inference only: numpy and onnxruntime, loaded when the first text is read. `stilted.lab.train` makes the
model.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from stilted.model import Rule
from stilted.tagger import store
from stilted.tagger.examples import BAD, GOOD
from stilted.tagger.find import RULE, finder
from stilted.tagger.penalty import Penalty, QualityEstimate, estimate
from stilted.tagger.reading import use_threads

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
    return store.fault()


def card() -> dict[str, Any]:
    """Return the model card: data, licences, training, figures, limits; a copy.

    Raises:
        UserError: the card is missing or damaged.
    """
    store.require()
    return deepcopy(store.card())
