"""Norms of vectors."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def vector_norm(x: ArrayLike, p: float = 2.0, axis: int = -1) -> float | NDArray[np.float64]:
    r"""Return the p-norm along an axis.

    Parameters
    ----------
    x : array_like, shape (..., N)
        Vectors along `axis`.
    p : float
        At least 1; infinity gives the largest absolute value.
    axis : int
        The axis that is reduced.

    Returns
    -------
    float or ndarray, shape (...)
        Non-negative.

    Notes
    -----
    :math:`(\sum_i |x_i|^p)^{1/p}`. The entries are divided by the largest absolute value first and the root is
    multiplied by it: squares of 1e200 would overflow and those of 1e-200 vanish.

    References
    ----------
    .. [1] Higham, "Accuracy and Stability of Numerical Algorithms", section 27.8.

    Examples
    --------
    >>> vector_norm([3.0, -4.0]), vector_norm([3.0e200, 4.0e200]) / 1e200, vector_norm([1.0, -7.0], p=np.inf)
    (5.0, 5.0, 7.0)
    """
    sizes = np.abs(np.asarray(x, dtype=float))
    largest = sizes.max(axis=axis, keepdims=True)
    scale = np.squeeze(largest, axis=axis)
    if not np.isinf(p):
        shares = sizes / np.where(largest > 0, largest, 1.0)
        scale = scale * (shares**p).sum(axis=axis) ** (1.0 / p)
    return scale if scale.ndim else float(scale)
