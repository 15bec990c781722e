"""Object detection: boxes and their overlap."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def box_area(box: ArrayLike) -> Array:
    r"""Return the area of boxes given by two corners.

    Parameters
    ----------
    box : array_like, shape (..., 4)
        ``x1, y1, x2, y2`` with ``x1 <= x2`` and ``y1 <= y2``.

    Returns
    -------
    ndarray, shape (...)
        Products of width and height.

    Notes
    -----
    :math:`(x_2 - x_1)(y_2 - y_1)` in continuous coordinates, without the additional 1 of whole-pixel conventions.

    References
    ----------
    .. [1] Everingham et al., "The Pascal Visual Object Classes (VOC) Challenge", 2010.

    Examples
    --------
    >>> box_area([[0, 0, 4, 2], [1, 1, 3, 4]]).tolist()
    [8.0, 6.0]
    """
    box = np.asarray(box, dtype=float)
    area: Array = np.prod(box[..., 2:] - box[..., :2], axis=-1)
    return area


def iou(a: ArrayLike, b: ArrayLike) -> float | Array:
    r"""Return the intersection over union of boxes.

    Parameters
    ----------
    a : array_like, shape (..., 4)
        ``x1, y1, x2, y2`` with ``x1 <= x2`` and ``y1 <= y2``.
    b : array_like, shape (..., 4)
        Likewise; broadcast against `a`.

    Returns
    -------
    float or ndarray, shape (...)
        Between 0 (no common area) and 1 (the same box).

    Notes
    -----
    :math:`|A \cap B| / (|A| + |B| - |A \cap B|)`. Sides of the intersection are clamped at 0 one by one, or the product
    of two negative ones would pass for an overlap. Where both boxes are empty the union is 0 and so is the result.

    References
    ----------
    .. [1] Everingham et al., "The Pascal Visual Object Classes (VOC) Challenge", 2010.

    Examples
    --------
    >>> round(iou([0, 0, 2, 2], [1, 1, 3, 3]), 6)
    0.142857
    >>> iou([0, 0, 1, 1], [2, 2, 3, 3])
    0.0
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    sides = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    overlap = np.prod(np.maximum(sides, 0.0), axis=-1)
    union = box_area(a) + box_area(b) - overlap
    ratio: Array = np.divide(overlap, union, out=np.zeros(np.shape(union)), where=union > 0)
    return ratio if ratio.ndim else float(ratio)
