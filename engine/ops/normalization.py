"""Normalization layers."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def batch_norm_forward(x: ArrayLike, gamma: ArrayLike, beta: ArrayLike, *, eps: float = 1e-5) -> Array:
    r"""Return the output of batch normalization in training mode.

    Parameters
    ----------
    x : array_like, shape (N, C)
        Batch of N samples with C features.
    gamma : array_like, shape (C,)
        Scale of each feature.
    beta : array_like, shape (C,)
        Shift of each feature.
    eps : float
        Added to the variance, inside the root.

    Returns
    -------
    ndarray, shape (N, C)
        Scaled and shifted features; each column has mean ``beta``.

    Notes
    -----
    :math:`y = \gamma (x - \mu) / \sqrt{\sigma^2 + \epsilon} + \beta` with mean and variance of each column over the
    batch. The variance is the biased one (divided by N); only the running variance kept for inference uses N - 1.
    It is computed from deviations, not as :math:`E[x^2] - \mu^2`, which cancels when the mean is large.

    References
    ----------
    .. [1] Ioffe, Szegedy, "Batch Normalization", 2015, algorithm 1.

    Examples
    --------
    >>> batch_norm_forward([[1.0], [3.0]], [2.0], [0.5], eps=0.0).tolist()
    [[-1.5], [2.5]]
    """
    x = np.asarray(x, dtype=float)
    deviations: Array = x - x.mean(axis=0)
    variance: Array = np.mean(deviations**2, axis=0)
    x_hat: Array = deviations / np.sqrt(variance + eps)
    output: Array = np.asarray(gamma, dtype=float) * x_hat + np.asarray(beta, dtype=float)
    return output
