"""Independent derivations for the skills about attention and transformers."""

from collections.abc import Callable
from math import exp, fsum, sqrt
from typing import Any

import numpy as np


def scaled_dot_product_attention(q: np.ndarray, K: np.ndarray, V: np.ndarray) -> Any:
    """Weigh each value against every other one: 1 / sum of exp(score difference) is its softmax weight."""
    scores = [fsum(a * b for a, b in zip(q.tolist(), key, strict=True)) / sqrt(len(q)) for key in K.tolist()]
    weights = [1.0 / fsum(exp(other - score) for other in scores) for score in scores]
    return [fsum(weight * value for weight, value in zip(weights, column, strict=True)) for column in V.T.tolist()]


ORACLES: dict[str, Callable[..., Any]] = {"scaled-dot-product-attention": scaled_dot_product_attention}
