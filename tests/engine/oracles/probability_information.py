"""Independent derivations for the skills about probability and information theory."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from scipy.stats import entropy as scipy_entropy

POPULATION = 10**9


def entropy(p: np.ndarray, *, base: int | str) -> Any:
    return scipy_entropy(p, base=None if base == "e" else base)


def bayes_posterior(prior: float, sensitivity: float, specificity: float) -> Any:
    """Count people: all numbers drawn have three decimals at most, so every group is whole."""
    ill = round(POPULATION * prior)
    ill_positive = round(ill * sensitivity)
    healthy_positive = POPULATION - ill - round((POPULATION - ill) * specificity)
    positive = ill_positive + healthy_positive
    return float(Fraction(positive, POPULATION)), float(Fraction(ill_positive, positive))


ORACLES: dict[str, Callable[..., Any]] = {
    "entropy": entropy,
    "bayes-posterior": bayes_posterior,
}
