"""The bench that tells what each weight of the likeness of numbers is worth."""

from __future__ import annotations

from stilted.lab.benches import number_weights
from stilted.lab.benches.contrast import Pair
from stilted.rules.checks.numbers.likeness import WEIGHTS

PAIRS = [
    Pair("The port handled 412 ships in March.", "In March, 412 ships called at the port.", None),
    Pair("It sold 36 boats and 18 nets.", "It sold 36 boats, and nets, too, 18 of them.", None),
    Pair("Nobody came.", "No one came.", None),
]


def test_right_versions_pass_and_wrong_ones_are_flagged() -> None:
    right, wrong = number_weights.read_versions(PAIRS)
    assert len(right) == 2
    assert number_weights.count_flagged(right, WEIGHTS) == 0
    assert number_weights.count_flagged(wrong, WEIGHTS) == len(wrong) > 2


def test_weights_decide() -> None:
    _, wrong = number_weights.read_versions(PAIRS)
    figures = [version for version in wrong if "March" in version.target]
    deaf = WEIGHTS._replace(needed_0=99, needed_1=99, needed_2=99)
    assert number_weights.count_flagged(figures, deaf) < number_weights.count_flagged(figures, WEIGHTS)


def test_every_weight_is_varied_alone() -> None:
    names = set()
    for _, weights in list(number_weights.list_variations())[1:]:
        (changed,) = (name for name in WEIGHTS._fields if getattr(weights, name) != getattr(WEIGHTS, name))
        names.add(changed)
    assert names == set(WEIGHTS._fields)
