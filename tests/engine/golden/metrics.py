"""Published numbers about evaluation metrics."""

from collections.abc import Callable
from typing import Any

from engine.ops.metrics import auc_pair_counting, precision_recall_f1

POSITIVES, NEGATIVES = [0.9, 0.8, 0.4], [0.7, 0.3, 0.2]


def pond() -> tuple[float, float, float]:
    return precision_recall_f1(tp=700, fp=300, fn=700, tn=300)


GOLDEN: list[tuple[str, Callable[[], Any], Any, float]] = [
    ("g004-pond-precision", lambda: pond()[0], 0.7, 1e-12),
    ("g004-pond-recall", lambda: pond()[1], 0.5, 1e-12),
    ("g004-pond-f1", lambda: pond()[2], 0.583333, 5e-7),
    ("g002-f1-counts", lambda: precision_recall_f1(tp=2, fp=2, fn=0, tn=5), [0.5, 1.0, 0.666667], 5e-7),
    ("g003-fbeta-1", lambda: precision_recall_f1(tp=40, fp=10, fn=10, tn=40), [0.8, 0.8, 0.8], 1e-12),
    ("g002-f1-geometric", lambda: precision_recall_f1(tp=2, fp=2, fn=0, tn=5)[2], 0.666667, 5e-7),
    ("g002-auc-pairs", lambda: auc_pair_counting(POSITIVES, NEGATIVES), 0.888889, 5e-7),
    ("g002-auc-prior", lambda: auc_pair_counting(POSITIVES, NEGATIVES * 100), 0.888889, 5e-7),
    ("g002-auc-any-shift", lambda: auc_pair_counting(POSITIVES, [0.85, 0.7, 0.5]), 0.555556, 5e-7),
    ("g003-auc-half", lambda: auc_pair_counting([0.5, 0.5], [0.5, 0.5]), 0.5, 0),
]

# F1 is the harmonic mean, not the geometric one (erratum e002-f1-geometric), and AUC does change when the negatives
# become harder (erratum e002-auc-distribution).
REFUTED: dict[str, Any] = {"g002-f1-geometric": 0.707107, "g002-auc-any-shift": 0.888889}
