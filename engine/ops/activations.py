"""Activation functions."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def sigmoid(z: ArrayLike) -> Array:
    r"""Return the logistic sigmoid of each entry.

    Parameters
    ----------
    z : array_like, shape (...)
        Logits.

    Returns
    -------
    ndarray, shape (...)
        Values in [0, 1].

    Notes
    -----
    :math:`\sigma(z) = 1 / (1 + e^{-z})`. Computed with :math:`e^{-|z|}`, which never overflows: the fraction is
    :math:`1 / (1 + e^{-z})` for non-negative and :math:`e^{z} / (1 + e^{z})` for negative entries.

    References
    ----------
    .. [1] Goodfellow, Bengio, Courville, "Deep Learning", section 3.10.

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, 2.0]).round(4).tolist()
    [0.0, 0.5, 0.8808]
    """
    z = np.asarray(z, dtype=float)
    small: Array = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def softmax(logits: ArrayLike) -> Array:
    r"""Return the softmax probabilities along the last axis.

    Parameters
    ----------
    logits : array_like, shape (..., K)
        Real scores; the largest may be of any size.

    Returns
    -------
    ndarray, shape (..., K)
        Non-negative entries that sum to 1 along the last axis.

    Notes
    -----
    :math:`p_i = e^{z_i} / \sum_c e^{z_c}` with natural exponentials. A constant added to all logits cancels in the
    fraction, so the maximum is subtracted first: the largest exponential is then 1 and none overflows.

    References
    ----------
    .. [1] Goodfellow, Bengio, Courville, "Deep Learning", section 4.1.

    Examples
    --------
    >>> softmax([1.0, 2.0, 3.0]).round(4).tolist()
    [0.09, 0.2447, 0.6652]
    >>> softmax([1001.0, 1002.0, 1003.0]).round(4).tolist()
    [0.09, 0.2447, 0.6652]
    """
    logits = np.asarray(logits, dtype=float)
    exponentials: Array = np.exp(logits - logits.max(axis=-1, keepdims=True))
    total: Array = exponentials.sum(axis=-1, keepdims=True)
    return exponentials / total


def softmax_along(x: ArrayLike, axis: int = -1) -> Array:
    r"""Return the softmax probabilities along any axis.

    Parameters
    ----------
    x : array_like, shape (...)
        Real scores of any size; an entry may be minus infinity as long as one of its slice is finite.
    axis : int
        The axis whose slices sum to 1.

    Returns
    -------
    ndarray, shape (...)
        Non-negative entries, as many as in ``x``.

    Notes
    -----
    As `softmax`: the maximum of each slice is subtracted, so that its largest exponential is 1.

    References
    ----------
    .. [1] Goodfellow, Bengio, Courville, "Deep Learning", section 4.1.

    Examples
    --------
    >>> softmax_along([[0.0, 1000.0], [0.0, 1000.0]], axis=0).tolist()
    [[0.5, 0.5], [0.5, 0.5]]
    """
    x = np.asarray(x, dtype=float)
    exponentials: Array = np.exp(x - x.max(axis=axis, keepdims=True))
    total: Array = exponentials.sum(axis=axis, keepdims=True)
    return exponentials / total
