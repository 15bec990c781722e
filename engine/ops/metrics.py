"""Metrics of classifiers."""

import numpy as np
from numpy.typing import ArrayLike


def precision_recall_f1(tp: int, fp: int, fn: int, tn: int) -> tuple[float, float, float]:
    r"""Return precision, recall and F1 from the counts of a confusion matrix.

    Parameters
    ----------
    tp : int
        True positives.
    fp : int
        False positives.
    fn : int
        False negatives.
    tn : int
        True negatives; none of the three uses them.

    Returns
    -------
    precision : float
        Share of the predicted positives that are positive.
    recall : float
        Share of the positives that were found.
    f1 : float
        Harmonic mean of the two.

    Notes
    -----
    :math:`P = TP / (TP + FP)`, :math:`R = TP / (TP + FN)` and :math:`F_1 = 2TP / (2TP + FP + FN)`. The last form equals
    :math:`2PR / (P + R)` and stays defined where P and R are both 0. P or R is undefined where nothing is predicted
    positive or nothing is.

    References
    ----------
    .. [1] Manning, Raghavan, Schütze, "Introduction to Information Retrieval", section 8.3.

    Examples
    --------
    >>> precision, recall, f1 = precision_recall_f1(tp=700, fp=300, fn=700, tn=0)
    >>> precision, recall, round(f1, 6)
    (0.7, 0.5, 0.583333)
    """
    return tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)


def auc_pair_counting(pos: ArrayLike, neg: ArrayLike) -> float:
    r"""Return the area under the ROC curve as the share of correctly ordered pairs.

    Parameters
    ----------
    pos : array_like, shape (P,)
        Scores of the positives.
    neg : array_like, shape (Q,)
        Scores of the negatives.

    Returns
    -------
    float
        Between 0 and 1; 0.5 means that the ranking is no better than chance.

    Notes
    -----
    Each of the :math:`PQ` pairs of a positive and a negative counts 1 if the positive scores higher, 1/2 on a tie, 0
    otherwise; the mean estimates :math:`P(s^+ > s^-) + \tfrac12 P(s^+ = s^-)`. Only comparisons: scores need no scale.

    References
    ----------
    .. [1] Fawcett, "An introduction to ROC analysis", 2006, section 7.

    Examples
    --------
    >>> round(auc_pair_counting([0.9, 0.8, 0.4], [0.7, 0.3, 0.2]), 6)
    0.888889
    >>> auc_pair_counting([0.5, 0.5], [0.5])
    0.5
    """
    pos, neg = np.asarray(pos, dtype=float), np.asarray(neg, dtype=float)
    return float(np.mean(np.greater.outer(pos, neg) + 0.5 * np.equal.outer(pos, neg)))
