"""Published numbers about activation functions."""

from collections.abc import Callable
from typing import Any

from engine.ops.activations import softmax

GOLDEN: list[tuple[str, Callable[[], Any], Any, float]] = [
    ("g000-softmax-sum", lambda: softmax([1, 2, 3]), [0.090031, 0.244728, 0.665241], 5e-7),
    ("g001-softmax-vector", lambda: softmax([0.3, 2.9, 4.0]), [0.01821127, 0.24519181, 0.73659691], 5e-9),
    ("g001-softmax-shift", lambda: softmax([-3.7, -1.1, 0.0]), [0.01821127, 0.24519181, 0.73659691], 5e-9),
    ("g000-softmax-literal", lambda: softmax([1, 2, 3]), [0.090031, 0.244728, 0.665241], 5e-7),
]

# The formula as printed there has the index i in its denominator and always gives 1/K (erratum e000-softmax-index).
REFUTED: dict[str, Any] = {"g000-softmax-literal": [0.333333, 0.333333, 0.333333]}
