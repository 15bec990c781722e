"""Independent derivations for the skills about evaluation metrics."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.stats import mannwhitneyu
from sklearn.metrics import precision_recall_fscore_support, roc_auc_score


def precision_recall_f1(tp: int, fp: int, fn: int, tn: int) -> Any:
    """One sample for each cell of the confusion matrix, weighted by its count."""
    *scores, _ = precision_recall_fscore_support(
        [1, 0, 1, 0], [1, 1, 0, 0], average="binary", sample_weight=[tp, fp, fn, tn]
    )
    return [float(score) for score in scores]


def auc_pair_counting(pos: np.ndarray, neg: np.ndarray) -> Any:
    by_rank = mannwhitneyu(pos, neg, method="asymptotic").statistic / (len(pos) * len(neg))
    by_area = roc_auc_score([1] * len(pos) + [0] * len(neg), [*pos, *neg])
    np.testing.assert_allclose(by_rank, by_area, rtol=1e-12)
    return by_rank


ORACLES: dict[str, Callable[..., Any]] = {
    "precision-recall-f1": precision_recall_f1,
    "auc-pair-counting": auc_pair_counting,
}
