"""Independent derivations for the skills about loss functions."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.special import logit, softplus, xlog1py, xlogy
from sklearn.metrics import log_loss


def binary_cross_entropy(y: np.ndarray, p: np.ndarray) -> Any:
    by_log_loss = log_loss(y, p, labels=[0, 1])
    by_terms = -np.mean(xlogy(y, p) + xlog1py(1 - y, -p))
    np.testing.assert_allclose(by_log_loss, by_terms, rtol=1e-12)
    return by_log_loss


def focal_loss(p: float, y: int, *, gamma: float, alpha: float) -> Any:
    """Work with logits, as detectors do: ln p_t is minus the softplus of the signed logit."""
    signed = (2 * y - 1) * logit(p)
    weight = y * alpha + (1 - y) * (1 - alpha)
    return weight * np.exp(-gamma * softplus(signed)) * softplus(-signed)


ORACLES: dict[str, Callable[..., Any]] = {
    "binary-cross-entropy": binary_cross_entropy,
    "focal-loss": focal_loss,
}
