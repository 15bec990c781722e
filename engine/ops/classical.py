"""Classical machine learning."""

import numpy as np
from numpy.typing import ArrayLike


def knn_vote(points: ArrayLike, labels: ArrayLike, query: ArrayLike, *, k: int) -> int:
    r"""Return the majority class of the k points nearest to a query.

    Parameters
    ----------
    points : array_like, shape (N, D)
        Labelled points.
    labels : array_like of int, shape (N,)
        Class ids from 0.
    query : array_like, shape (D,)
        The point to classify.
    k : int
        Number of neighbours, at most N.

    Returns
    -------
    int
        The class with most votes; on a tie the smallest id, and of equally distant points the first ones.

    Notes
    -----
    Euclidean distance. Squared distances are in the same order, so the root is left out.

    References
    ----------
    .. [1] Cover, Hart, "Nearest neighbor pattern classification", 1967.

    Examples
    --------
    >>> knn_vote([[0, 0], [0, 2], [3, 0], [9, 9]], [1, 0, 0, 1], [0, 0], k=3)
    0
    """
    squared = np.sum((np.asarray(points, dtype=float) - np.asarray(query, dtype=float)) ** 2, axis=-1)
    nearest = np.argsort(squared, kind="stable")[:k]
    return int(np.bincount(np.asarray(labels)[nearest]).argmax())
