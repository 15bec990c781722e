"""Published numbers about optimizers."""

from collections.abc import Callable
from typing import Any

from engine.ops.optim import adam_step, momentum_step


def adam_first_step() -> list[float]:
    """Corrected moments and the size of the step, from the uncorrected ones that the function returns."""
    m, v, w = adam_step(0.0, 0.0, 0.0, 0.5, t=1, lr=0.001)
    return [m / (1 - 0.9), v / (1 - 0.999), -w]


GOLDEN: list[tuple[str, Callable[[], Any], Any, float]] = [
    (
        "g001-momentum-two-steps",
        lambda: [momentum_step(1.0, 0.0, [1.0] * steps, lr=0.1, momentum=0.9, form="velocity") for steps in (1, 2)],
        [[-0.1, 0.9], [-0.19, 0.71]],
        1e-12,
    ),
    ("g001-adam-first-step", adam_first_step, [0.5, 0.25, 0.001], 1e-10),
]
