"""Independent derivations for the skills about optimizers."""

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import numpy as np


def exact(number: float) -> Fraction:
    """Read a float as the decimal that is printed for it."""
    return Fraction(repr(float(number)))


def momentum_step(w: float, v: float, grads: np.ndarray, *, lr: float, momentum: float, form: str) -> Any:
    """Unroll the recurrence: v_t is a weighted sum of the start and of all gradients, the weight a sum of the v_t."""
    start, mu, eta = exact(v), exact(momentum), exact(lr)
    gain = {"buffer": Fraction(1), "velocity": -eta, "ema": 1 - mu}[form]
    rate = Fraction(1) if form == "velocity" else -eta
    gradients = [exact(g) for g in grads]
    velocities = [
        mu ** (t + 1) * start + gain * sum(mu ** (t - s) * gradients[s] for s in range(t + 1))
        for t in range(len(gradients))
    ]
    return float(velocities[-1]), float(exact(w) + rate * sum(velocities))


def adam_step(
    w: float, m: float, v: float, g: float, *, t: int, lr: float, beta1: float, beta2: float, eps: float
) -> Any:
    """Forty digits, and the two corrections folded into the learning rate and epsilon as the paper's section 2 does."""
    with localcontext() as context:
        context.prec = 40
        weight, mean, square, gradient, eta, decay1, decay2, epsilon = (
            Decimal(repr(float(number))) for number in (w, m, v, g, lr, beta1, beta2, eps)
        )
        mean += (1 - decay1) * (gradient - mean)
        square += (1 - decay2) * (gradient * gradient - square)
        root2 = (1 - decay2**t).sqrt()
        weight -= eta * root2 / (1 - decay1**t) * mean / (square.sqrt() + epsilon * root2)
        return float(mean), float(square), float(weight)


ORACLES: dict[str, Callable[..., Any]] = {
    "momentum-step": momentum_step,
    "adam-step": adam_step,
}
