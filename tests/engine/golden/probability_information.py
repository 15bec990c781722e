"""Published numbers about probability and information theory."""

from collections.abc import Callable
from typing import Any

from engine.ops.probability import bayes_posterior, entropy

GOLDEN: list[tuple[str, Callable[[], Any], Any, float]] = [
    ("g000-entropy-uniform", lambda: [entropy([1 / n] * n) for n in (2, 4, 8, 3)], [1.0, 2.0, 3.0, 1.584963], 5e-7),
    ("g000-entropy-formula", lambda: entropy([0.5, 0.25, 0.25]), 1.5, 1e-12),
    ("g004-bayes-posterior", lambda: bayes_posterior(0.001, 0.95, 0.95)[1], 0.018664047151277, 5e-16),
    ("g004-total-probability", lambda: bayes_posterior(0.001, 0.95, 1 - 0.05)[0], 0.0509, 1e-12),
]
