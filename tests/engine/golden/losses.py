"""Published numbers about loss functions."""

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.ops.activations import sigmoid
from engine.ops.losses import binary_cross_entropy, focal_loss

LOGITS = np.array(
    [
        [0.3585, 0.5973, -0.4429, -0.027, 0.248, 0.3332, -2.0774, 0.1682, 1.5812, -1.5677],
        [0.3585, 0.5973, -0.4429, -0.027, 0.248, 0.3332, -2.0774, 0.1682, 1.1252, -1.5677],
    ]
)
TARGETS = np.array([[1, 0, 0, 0, 1, 0, 0, 0, 0, 0]] * 2)


def mean_of_single_losses() -> float:
    pairs = zip(TARGETS.ravel(), sigmoid(LOGITS).ravel(), strict=True)
    return float(np.mean([binary_cross_entropy([y], [p]) for y, p in pairs]))


def sum_of_single_precision_logits() -> float:
    """The published sum is that of logits stored in single precision; with the decimals it is 13.73447803."""
    return LOGITS.size * binary_cross_entropy(TARGETS, sigmoid(LOGITS.astype(np.float32)))


GOLDEN: list[tuple[str, Callable[[], Any], Any, float]] = [
    ("g000-bce-formula", lambda: binary_cross_entropy([1, 0], [0.8, 0.4]), 0.366985, 5e-7),
    ("g001-bce-batch", lambda: binary_cross_entropy(TARGETS, sigmoid(LOGITS)), 0.6867239, 5e-8),
    ("g001-bce-elementwise", mean_of_single_losses, 0.6867239, 5e-8),
    (
        "g001-bce-row-means",
        lambda: [binary_cross_entropy(y, p) for y, p in zip(TARGETS, sigmoid(LOGITS), strict=True)],
        [0.70482303, 0.66862478],
        5e-9,
    ),
    ("g001-bce-sum", sum_of_single_precision_logits, 13.73447805, 5e-9),
    (
        "g000-focal-formula",
        lambda: [focal_loss(0.9, 1, gamma=2.0, alpha=1.0), focal_loss(0.9, 1, gamma=0.0, alpha=1.0)],
        [0.00105361, 0.10536052],
        5e-9,
    ),
    (
        "g002-focal-0.9",
        lambda: focal_loss(0.9, 1, gamma=2.0, alpha=1.0) / focal_loss(0.9, 1, gamma=0.0, alpha=1.0),
        0.01,
        1e-12,
    ),
    ("g002-focal-best", lambda: focal_loss(0.9, 1, gamma=2.0, alpha=0.25), 0.0002634, 5e-8),
    ("g003-focal-gamma0", lambda: focal_loss(0.3, 1, gamma=0.0, alpha=1.0), 1.203973, 5e-7),
]
