"""Independent derivations for the skills about normalization layers."""

from collections.abc import Callable
from statistics import fmean, pvariance
from typing import Any

import numpy as np


def batch_norm_forward(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, *, eps: float) -> Any:
    columns = [
        [scale * (entry - fmean(column)) / (pvariance(column) + eps) ** 0.5 + shift for entry in column]
        for column, scale, shift in zip(x.T.tolist(), gamma.tolist(), beta.tolist(), strict=True)
    ]
    return list(zip(*columns, strict=True))


ORACLES: dict[str, Callable[..., Any]] = {"batch-norm-forward": batch_norm_forward}
