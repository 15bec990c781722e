"""Attention."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.ops.activations import softmax

Array = NDArray[np.float64]


def scaled_dot_product_attention(q: ArrayLike, K: ArrayLike, V: ArrayLike) -> Array:
    r"""Return the values averaged with softmax weights of the scaled scores.

    Parameters
    ----------
    q : array_like, shape (..., D)
        One or several queries.
    K : array_like, shape (T, D)
        Keys, one in each row.
    V : array_like, shape (T, Dv)
        Values, one in each row.

    Returns
    -------
    ndarray, shape (..., Dv)
        One output for each query.

    Notes
    -----
    :math:`\text{softmax}(q K^\top / \sqrt{D})\, V`, the softmax taken over the keys. Without the root, scores of
    independent unit-variance entries have variance D and the softmax saturates. No mask, no dropout, one head.

    References
    ----------
    .. [1] Vaswani et al., "Attention Is All You Need", 2017, eq. 1.

    Examples
    --------
    >>> scaled_dot_product_attention([2, 0, 0, 0], [[1, 0, 0, 0], [0, 1, 0, 0]], [[1, 0], [0, 1]]).round(4).tolist()
    [0.7311, 0.2689]
    """
    q, K, V = (np.asarray(array, dtype=float) for array in (q, K, V))
    output: Array = softmax(q @ K.T / np.sqrt(q.shape[-1])) @ V
    return output


def masked_attention(Q: ArrayLike, K: ArrayLike, V: ArrayLike, mask: ArrayLike | None = None) -> tuple[Array, Array]:
    r"""Return the output and the weights of scaled dot-product attention with a mask.

    Parameters
    ----------
    Q : array_like, shape (..., N, D)
        Queries.
    K : array_like, shape (..., M, D)
        Keys.
    V : array_like, shape (..., M, Dv)
        Values.
    mask : array_like of bool, shape (..., N, M), optional
        True where a query may see a key; broadcast against the scores.

    Returns
    -------
    output : ndarray, shape (..., N, Dv)
        Weighted values.
    weights : ndarray, shape (..., N, M)
        Rows that sum to 1, or to 0 where everything is hidden.

    Notes
    -----
    :math:`\text{softmax}(Q K^\top / \sqrt{D})\, V` over the keys. Hidden scores are minus infinity before the softmax,
    so that the visible weights sum to 1. A row without a visible key has the maximum minus infinity: it is replaced by
    0 before the subtraction and the empty sum by 1 before the division.

    References
    ----------
    .. [1] Vaswani et al., "Attention Is All You Need", 2017, section 3.2.1.

    Examples
    --------
    >>> output, weights = masked_attention([[1.0]], [[0.0], [0.0]], [[2.0], [4.0]], [[True, False]])
    >>> output.tolist(), weights.tolist()
    ([[2.0]], [[1.0, 0.0]])
    """
    Q, K, V = (np.asarray(array, dtype=float) for array in (Q, K, V))
    scores: Array = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(np.asarray(mask, dtype=bool), scores, -np.inf)
    largest = scores.max(axis=-1, keepdims=True)
    exponentials = np.exp(scores - np.where(np.isfinite(largest), largest, 0.0))
    total = exponentials.sum(axis=-1, keepdims=True)
    weights: Array = exponentials / np.where(total > 0, total, 1.0)
    return weights @ V, weights
