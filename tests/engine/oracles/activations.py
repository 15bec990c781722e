"""Independent derivations for the skills about activation functions."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.special import softmax as scipy_softmax


def softmax(logits: np.ndarray) -> Any:
    return scipy_softmax(logits)


ORACLES: dict[str, Callable[..., Any]] = {"softmax": softmax}
