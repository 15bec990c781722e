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
