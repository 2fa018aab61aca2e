"""The graph that training writes: its weights can be read back, to go on from."""

from __future__ import annotations

import numpy as np

from stilted.lab.training.graph import make_graph, quantise, read_graph_weights
from training_data import random_weights


def test_the_weights_of_a_written_graph_are_read_back() -> None:
    weights = random_weights(40, 24, 2, {"head.weight": (5, 24), "head.bias": (5,)})
    weights = {name: value for name, value in weights.items() if not name.startswith(("match", "third"))}
    read = read_graph_weights(quantise(make_graph(weights, ("shape",), hidden=False)))
    assert read.keys() == weights.keys()
    for name, value in weights.items():
        assert read[name].shape == value.shape
        # a step of 7 bits of the largest weight is the most that rounding takes
        assert np.abs(read[name] - value).max() <= np.abs(value).max() / 63
