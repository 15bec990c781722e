"""Loss functions."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


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


def softmax_cross_entropy(logits: ArrayLike, targets: ArrayLike) -> tuple[float, NDArray[np.float64]]:
    r"""Return the mean softmax cross-entropy and its gradient with respect to the logits.

    Parameters
    ----------
    logits : array_like, shape (N, K)
        Real scores of any size.
    targets : array_like of int, shape (N,)
        Index of the true class of each sample.

    Returns
    -------
    loss : float
        Mean over the batch, in nats.
    gradient : ndarray, shape (N, K)
        Of the mean: each row is divided by N.

    Notes
    -----
    :math:`\frac{1}{N} \sum_n [\ln \sum_k e^{z_{nk}} - z_{n t_n}]` with gradient :math:`(p - \text{onehot}) / N`. The
    logarithm is never taken of a probability, which may be 0: the log-sum-exp is computed from shifted logits.

    References
    ----------
    .. [1] Goodfellow, Bengio, Courville, "Deep Learning", section 6.2.2.3.

    Examples
    --------
    >>> loss, gradient = softmax_cross_entropy([[1000.0, 0.0]], [1])
    >>> loss, gradient.tolist()
    (1000.0, [[1.0, -1.0]])
    """
    logits, targets = np.asarray(logits, dtype=float), np.asarray(targets)
    rows = np.arange(len(logits))
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    total = exponentials.sum(axis=1, keepdims=True)
    loss = float(np.mean(np.log(total[:, 0]) - shifted[rows, targets]))
    gradient: NDArray[np.float64] = exponentials / total
    gradient[rows, targets] -= 1.0
    return loss, gradient / len(logits)


def binary_cross_entropy_clamped(p: ArrayLike, t: ArrayLike, reduction: str = "mean") -> float | NDArray[np.float64]:
    r"""Return the binary cross-entropy with each logarithm clamped at -100.

    Parameters
    ----------
    p : array_like, shape (...)
        Predicted probabilities of the positive class.
    t : array_like, shape (...)
        Targets in [0, 1].
    reduction : {"mean", "sum", "none"}
        ``"mean"`` is taken over all entries.

    Returns
    -------
    float or ndarray, shape (...)
        In nats; an array for ``"none"``.

    Notes
    -----
    :math:`-[t \max(\ln p, -100) + (1 - t) \max(\ln(1 - p), -100)]`, PyTorch's convention: a certain prediction that is
    wrong costs 100 instead of infinity, and one that is right costs exactly 0.

    References
    ----------
    .. [1] PyTorch documentation, ``torch.nn.BCELoss``.

    Examples
    --------
    >>> binary_cross_entropy_clamped([1.0, 0.0], [0.0, 0.0])
    50.0
    """
    p, t = np.asarray(p, dtype=float), np.asarray(t, dtype=float)
    with np.errstate(divide="ignore"):
        log_p, log_q = np.maximum(np.log(p), -100.0), np.maximum(np.log1p(-p), -100.0)
    losses: NDArray[np.float64] = 0.0 - (t * log_p + (1.0 - t) * log_q)
    if reduction == "none":
        return losses
    return float(losses.mean() if reduction == "mean" else losses.sum())
