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


def batch_norm(
    x: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    running_mean: ArrayLike,
    running_var: ArrayLike,
    momentum: float = 0.1,
    eps: float = 1e-5,
    training: bool = True,
) -> tuple[Array, Array, Array]:
    r"""Return the output of batch normalization and the running statistics after it.

    Parameters
    ----------
    x : array_like, shape (N, C)
        Batch of N samples, at least 2 in training.
    gamma : array_like, shape (C,)
        Scale of each feature.
    beta : array_like, shape (C,)
        Shift of each feature.
    running_mean : array_like, shape (C,)
        Mean kept for inference.
    running_var : array_like, shape (C,)
        Variance kept for inference.
    momentum : float
        Weight of the new batch in the running statistics.
    eps : float
        Added to the variance, inside the root.
    training : bool
        Whether to use and record the statistics of the batch.

    Returns
    -------
    y : ndarray, shape (N, C)
        Scaled and shifted features.
    new_mean : ndarray, shape (C,)
        Running mean after the call.
    new_var : ndarray, shape (C,)
        Running variance after the call.

    Notes
    -----
    Training normalizes with the biased variance of the batch and records the unbiased one:
    :math:`r \leftarrow (1 - \mu) r + \mu b`. Inference uses the running statistics and leaves them.

    References
    ----------
    .. [1] Ioffe, Szegedy, "Batch Normalization", 2015, algorithm 2.

    Examples
    --------
    >>> y, mean, variance = batch_norm([[1.0], [3.0]], [1.0], [0.0], [0.0], [1.0], momentum=0.5, eps=0.0)
    >>> y.tolist(), mean.tolist(), variance.tolist()
    ([[-1.0], [1.0]], [1.0], [1.5])
    """
    x = np.asarray(x, dtype=float)
    mean, variance = np.array(running_mean, dtype=float), np.array(running_var, dtype=float)
    new_mean, new_variance = mean, variance
    if training:
        new_mean = (1.0 - momentum) * mean + momentum * x.mean(axis=0)
        new_variance = (1.0 - momentum) * variance + momentum * x.var(axis=0, ddof=1)
        mean, variance = x.mean(axis=0), x.var(axis=0)
    x_hat = (x - mean) / np.sqrt(variance + eps)
    y: Array = np.asarray(gamma, dtype=float) * x_hat + np.asarray(beta, dtype=float)
    return y, new_mean, new_variance


def layer_norm(x: ArrayLike, gamma: ArrayLike, beta: ArrayLike, eps: float = 1e-5) -> Array:
    r"""Return the output of layer normalization over the last axis.

    Parameters
    ----------
    x : array_like, shape (..., D)
        Tokens with D features.
    gamma : array_like, shape (D,)
        Scale of each feature.
    beta : array_like, shape (D,)
        Shift of each feature.
    eps : float
        Added to the variance, inside the root.

    Returns
    -------
    ndarray, shape (..., D)
        Scaled and shifted features.

    Notes
    -----
    :math:`y = \gamma (x - \mu) / \sqrt{\sigma^2 + \epsilon} + \beta` with mean and biased variance of each token over
    its own features: other tokens and the batch have no influence.

    References
    ----------
    .. [1] Ba, Kiros, Hinton, "Layer Normalization", 2016.

    Examples
    --------
    >>> layer_norm([[1.0, 3.0], [10.0, 30.0]], [1.0, 1.0], [0.0, 0.5], eps=0.0).tolist()
    [[-1.0, 1.5], [-1.0, 1.5]]
    """
    x = np.asarray(x, dtype=float)
    mean, variance = x.mean(axis=-1, keepdims=True), x.var(axis=-1, keepdims=True)
    y: Array = np.asarray(gamma, dtype=float) * (x - mean) / np.sqrt(variance + eps) + np.asarray(beta, dtype=float)
    return y
