"""Training practice: how data are divided."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Indices = NDArray[np.int_]


def train_val_test_split(
    n: int, val_ratio: float, test_ratio: float, perm: ArrayLike
) -> tuple[Indices, Indices, Indices]:
    r"""Return the indices for training, validation and testing.

    Parameters
    ----------
    n : int
        Number of samples.
    val_ratio : float
        Share of all samples for validation.
    test_ratio : float
        Share of all samples for testing.
    perm : array_like of int, shape (n,)
        A permutation of the sample indices.

    Returns
    -------
    train : ndarray of int
        What is left.
    val : ndarray of int
        The first entries of `perm`.
    test : ndarray of int
        The entries after these.

    Notes
    -----
    The sizes are :math:`\lfloor n r + 10^{-9} \rfloor`: 100 · 0.29 is 28.999… in floating point and has to give 29.

    References
    ----------
    .. [1] Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", section 7.2.

    Examples
    --------
    >>> train, val, test = train_val_test_split(5, 0.2, 0.4, [4, 2, 0, 1, 3])
    >>> train.tolist(), val.tolist(), test.tolist()
    ([1, 3], [4], [2, 0])
    """
    order: Indices = np.array(perm, dtype=int)
    val, test = int(n * val_ratio + 1e-9), int(n * test_ratio + 1e-9)
    return order[val + test :], order[:val], order[val : val + test]
