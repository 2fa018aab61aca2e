"""What several models share in training: the logistic fit."""

from __future__ import annotations

import numpy as np
import pytest

from stilted.lab.training import tune


def test_the_logistic_fit_finds_the_rate() -> None:
    truth = np.array([1.0, 0.0, 0.0, 0.0] * 50)
    weights = tune.fit_logistic(np.ones((200, 1)), truth)
    assert 1 / (1 + np.exp(-weights[0])) == pytest.approx(0.25, abs=1e-4)
