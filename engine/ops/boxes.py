"""Many boxes at a time: pairwise overlap and non-maximum suppression."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def iou_matrix(a: ArrayLike, b: ArrayLike) -> Array:
    r"""Return the intersection over union of every box with every other.

    Parameters
    ----------
    a : array_like, shape (N, 4)
        ``x1, y1, x2, y2`` with ``x1 <= x2`` and ``y1 <= y2``.
    b : array_like, shape (M, 4)
        Likewise.

    Returns
    -------
    ndarray, shape (N, M)
        Between 0 and 1; 0 where both boxes are empty.

    Notes
    -----
    :math:`|A \cap B| / (|A| + |B| - |A \cap B|)` in continuous coordinates. Width and height of the intersection are
    clamped at 0 one by one, or two negative sides would multiply to an overlap.

    References
    ----------
    .. [1] Everingham et al., "The Pascal Visual Object Classes (VOC) Challenge", 2010.

    Examples
    --------
    >>> iou_matrix([[0, 0, 2, 2]], [[1, 0, 3, 2], [2, 2, 3, 3], [0, 0, 2, 2]]).round(4).tolist()
    [[0.3333, 0.0, 1.0]]
    """
    a, b = np.asarray(a, dtype=float).reshape(-1, 1, 4), np.asarray(b, dtype=float).reshape(1, -1, 4)
    sides = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    common: Array = np.maximum(sides, 0.0).prod(axis=-1)
    union = (a[..., 2:] - a[..., :2]).prod(axis=-1) + (b[..., 2:] - b[..., :2]).prod(axis=-1) - common
    return common / np.where(union > 0, union, 1.0)


def nms(boxes: ArrayLike, scores: ArrayLike, threshold: float) -> list[int]:
    r"""Return the boxes that greedy non-maximum suppression keeps.

    Parameters
    ----------
    boxes : array_like, shape (N, 4)
        ``x1, y1, x2, y2``.
    scores : array_like, shape (N,)
        Confidence of each box.
    threshold : float
        A box is dropped if its overlap with a kept one is above it.

    Returns
    -------
    list of int
        Indices of the kept boxes, best first; of equal scores the lower index first.

    Notes
    -----
    A box that was dropped suppresses nothing, and an overlap equal to the threshold is kept.

    References
    ----------
    .. [1] Girshick et al., "Rich feature hierarchies for accurate object detection", 2014, section 2.2.

    Examples
    --------
    >>> nms([[0, 0, 4, 4], [1, 0, 5, 4], [3, 0, 7, 4]], [0.9, 0.8, 0.7], 0.5)
    [0, 2]
    """
    boxes = np.asarray(boxes, dtype=float).reshape(-1, 4)
    overlap = iou_matrix(boxes, boxes)
    kept: list[int] = []
    for index in np.argsort(-np.asarray(scores, dtype=float), kind="stable").tolist():
        if not np.any(overlap[index, kept] > threshold):
            kept.append(index)
    return kept
