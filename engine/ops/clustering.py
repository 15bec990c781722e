"""Clustering."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def squared_distances(X: ArrayLike, centroids: ArrayLike) -> Array:
    r"""Return the squared Euclidean distances between points and centroids.

    Parameters
    ----------
    X : array_like, shape (N, D)
        Points.
    centroids : array_like, shape (K, D)
        Centroids.

    Returns
    -------
    ndarray, shape (N, K)
        One row for each point.

    Notes
    -----
    From differences, not as :math:`|x|^2 - 2 x \cdot c + |c|^2`, which cancels far from the origin.

    References
    ----------
    .. [1] Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", section 14.3.3.

    Examples
    --------
    >>> squared_distances([[0.0, 0.0]], [[3.0, 4.0], [1.0, 0.0]]).tolist()
    [[25.0, 1.0]]
    """
    X, centroids = np.asarray(X, dtype=float), np.asarray(centroids, dtype=float)
    distances: Array = ((X[:, None, :] - centroids[None, :, :]) ** 2).sum(axis=-1)
    return distances


def kmeans(X: ArrayLike, init: ArrayLike, max_iter: int = 100) -> tuple[NDArray[np.intp], Array, float]:
    r"""Return the result of Lloyd's iterations from given centroids.

    Parameters
    ----------
    X : array_like, shape (N, D)
        Points.
    init : array_like, shape (K, D)
        Centroids to start from.
    max_iter : int
        At most so many updates of the centroids.

    Returns
    -------
    labels : ndarray of int, shape (N,)
        Index of the nearest returned centroid, the lowest one of a tie.
    centroids : ndarray, shape (K, D)
        After the last update; an empty cluster keeps its own.
    inertia : float
        Sum of squared distances to the returned centroids.

    Notes
    -----
    Points go to the nearest centroid, centroids to the mean of their points, until no label changes. Both steps lower
    the inertia, so it ends, though not always in the best clustering.

    References
    ----------
    .. [1] Lloyd, "Least squares quantization in PCM", 1982.

    Examples
    --------
    >>> labels, centroids, inertia = kmeans([[0.0], [1.0], [9.0]], [[0.0], [1.0]])
    >>> labels.tolist(), centroids.tolist(), inertia
    ([0, 0, 1], [[0.5], [9.0]], 0.5)
    """
    X, centroids = np.asarray(X, dtype=float), np.array(init, dtype=float)
    labels = squared_distances(X, centroids).argmin(axis=1)
    for _ in range(max_iter):
        for k in range(len(centroids)):
            if np.any(labels == k):
                centroids[k] = X[labels == k].mean(axis=0)
        before, labels = labels, squared_distances(X, centroids).argmin(axis=1)
        if np.array_equal(before, labels):
            break
    return labels, centroids, float(squared_distances(X, centroids).min(axis=1).sum())
