"""Quality of a ranking."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def roc_auc(scores: ArrayLike, labels: ArrayLike) -> tuple[Array, Array, float]:
    r"""Return the points of the ROC curve and the area under it.

    Parameters
    ----------
    scores : array_like, shape (N,)
        Higher means more likely positive.
    labels : array_like of int, shape (N,)
        0 or 1; both occur.

    Returns
    -------
    fpr : ndarray, shape (T,)
        False positive rates, from 0 to 1.
    tpr : ndarray, shape (T,)
        True positive rates at the same thresholds.
    auc : float
        Area by trapezoids.

    Notes
    -----
    One point for each distinct score as threshold, from high to low, after the origin. Tied samples change sides
    together, which makes their segment slanted and counts each tied pair one half.

    References
    ----------
    .. [1] Fawcett, "An introduction to ROC analysis", 2006, algorithm 1.

    Examples
    --------
    >>> fpr, tpr, auc = roc_auc([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0])
    >>> fpr.tolist(), tpr.tolist(), auc
    ([0.0, 0.0, 0.5, 1.0], [0.0, 0.5, 1.0, 1.0], 0.875)
    """
    scores, labels = np.asarray(scores, dtype=float), np.asarray(labels)
    order = np.argsort(-scores, kind="stable")
    scores, labels = scores[order], labels[order]
    last = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    tpr: Array = np.concatenate([[0.0], np.cumsum(labels == 1)[last] / np.sum(labels == 1)])
    fpr: Array = np.concatenate([[0.0], np.cumsum(labels == 0)[last] / np.sum(labels == 0)])
    area = np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2.0)
    return fpr, tpr, float(area)
