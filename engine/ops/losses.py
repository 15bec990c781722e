"""Loss functions."""

import numpy as np
from numpy.typing import ArrayLike


def binary_cross_entropy(y: ArrayLike, p: ArrayLike) -> float:
    r"""Return the mean binary cross-entropy of predicted probabilities.

    Parameters
    ----------
    y : array_like, shape (...)
        Targets in [0, 1], usually 0 or 1.
    p : array_like, shape (...)
        Predicted probabilities of the positive class, in [0, 1].

    Returns
    -------
    float
        Mean over all entries, in nats; infinite where a target was given probability 0.

    Notes
    -----
    :math:`-\frac{1}{N} \sum_n [y_n \ln p_n + (1 - y_n) \ln(1 - p_n)]` with the natural logarithm and
    :math:`0 \ln 0 = 0`. A term whose weight is 0 is evaluated at :math:`\ln 1` so that it can't become ``0 * inf``;
    ``log1p(-p)`` keeps the digits of a small ``p``. Frameworks clamp the logarithm (PyTorch at -100); this doesn't.

    References
    ----------
    .. [1] Bishop, "Pattern Recognition and Machine Learning", eq. 4.90.

    Examples
    --------
    >>> round(binary_cross_entropy([1, 0], [0.8, 0.4]), 6)
    0.366985
    >>> binary_cross_entropy([1, 0], [1.0, 0.0])
    0.0
    """
    y, p = np.asarray(y, dtype=float), np.asarray(p, dtype=float)
    positive = y * np.log(np.where(y > 0, p, 1.0))
    negative = (1.0 - y) * np.log1p(-np.where(y < 1, p, 0.0))
    return 0.0 - float(np.mean(positive + negative))


def focal_loss(p: float, y: int, *, gamma: float = 2.0, alpha: float = 0.25) -> float:
    r"""Return the focal loss of one prediction.

    Parameters
    ----------
    p : float
        Predicted probability of the positive class.
    y : int
        Label, 1 positive or 0 negative.
    gamma : float
        Focusing exponent, at least 0; 0 gives the weighted cross-entropy.
    alpha : float
        Weight of the positive class; the negative class has ``1 - alpha``.

    Returns
    -------
    float
        The loss in nats.

    Notes
    -----
    :math:`-\alpha_t (1 - p_t)^\gamma \ln p_t`, where :math:`p_t` is the probability given to the true class: ``p`` for
    a positive and ``1 - p`` for a negative; :math:`\alpha_t` follows the same rule. The factor is at most 1: nothing
    is made heavier, easy examples are made lighter.

    References
    ----------
    .. [1] Lin et al., "Focal Loss for Dense Object Detection", 2017, eq. 5.

    Examples
    --------
    >>> round(focal_loss(0.9, 1, gamma=2.0, alpha=1.0), 8)
    0.00105361
    >>> round(focal_loss(0.9, 0), 4)
    1.3988
    """
    p_t, alpha_t = (p, alpha) if y == 1 else (1.0 - p, 1.0 - alpha)
    return 0.0 - float(alpha_t * (1.0 - p_t) ** gamma * np.log(p_t))
