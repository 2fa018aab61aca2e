"""The rules that read the source: a multilingual encoder compares a translation with it.

Inference only: numpy and onnxruntime, loaded when the first text with a source is read.
`stilted.lab.training.adequacy` makes the model.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from stilted.core.model import Need, Rule
from stilted.rules.tagger.adequacy import model_files
from stilted.rules.tagger.adequacy.examples import EXAMPLES
from stilted.rules.tagger.adequacy.rule import LANGUAGES, make_finder

__all__ = ["find_obstacle", "list_rules", "read_card"]


def list_rules(sensitivity: str = "medium") -> tuple[Rule, ...]:
    """Return the adequacy rules at an operating point: low, medium or high."""
    find = make_finder(sensitivity)
    return tuple(
        Rule(
            id=f"adequacy/{name}",
            category=category,
            severity=severity,
            message=message,
            why=why,
            find=find,
            bad=EXAMPLES[name][0],
            good=EXAMPLES[name][1],
            needs=frozenset({Need.SOURCE, Need.SOURCE_MODEL}),
            languages=LANGUAGES,
            confidence=0.9,
            reads_code=True,
        )
        for name, category, severity, message, why in _RULES
    )


_WHY = "a model trained on pairs of source and translation, whole and spoilt, takes the two for unequal"
_RULES = (
    ("addition", "Accuracy/Addition", "major", "Nothing in the source corresponds to this.", _WHY),
    ("contradiction", "Accuracy/Mistranslation", "major", "The source does not seem to say so.", _WHY),
    ("omission", "Accuracy/Omission", "major", "Something of the source is missing.", _WHY),
    ("unrelated", "Accuracy/Mistranslation", "critical", "This seems to translate another text.", _WHY),
)


def find_obstacle() -> str | None:
    """Return why the rules cannot run, or None: a missing package, a missing or a damaged file."""
    return model_files.FILES.find_fault()


def read_card() -> dict[str, Any]:
    """Return the model card: data, licences, training, figures, limits; a copy.

    Raises:
        UserError: the card is missing or damaged.
    """
    model_files.FILES.require()
    return deepcopy(model_files.FILES.read_card())
