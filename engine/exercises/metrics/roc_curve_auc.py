"""ROC curve over distinct scores and the area under it by trapezoids, so that a tied pair counts one half.

The last case is long enough for a quadratic sweep to run out of time; one sort is done with it in milliseconds.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.laws import within
from engine.ops.ranking import roc_auc

LONG = 60_000


def _area(fpr: np.ndarray, tpr: np.ndarray) -> float:
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))


def _tie_split(scores: np.ndarray, labels: np.ndarray) -> Any:
    ordered = labels[np.argsort(-scores, kind="stable")]
    tpr = np.concatenate([[0.0], np.cumsum(ordered) / labels.sum()])
    fpr = np.concatenate([[0.0], np.cumsum(1 - ordered) / (1 - labels).sum()])
    return fpr, tpr, _area(fpr, tpr)


def _no_origin(scores: np.ndarray, labels: np.ndarray) -> Any:
    fpr, tpr, _ = roc_auc(scores, labels)
    return fpr[1:], tpr[1:], _area(fpr[1:], tpr[1:])


def _no_origin_right_area(scores: np.ndarray, labels: np.ndarray) -> Any:
    fpr, tpr, auc = roc_auc(scores, labels)
    return fpr[1:], tpr[1:], auc


def _upwards(scores: np.ndarray, labels: np.ndarray) -> Any:
    return roc_auc(-scores, labels)


def _reversed(scores: np.ndarray, labels: np.ndarray) -> Any:
    fpr, tpr, auc = roc_auc(scores, labels)
    return fpr[::-1], tpr[::-1], -auc


def _reversed_right_area(scores: np.ndarray, labels: np.ndarray) -> Any:
    fpr, tpr, auc = roc_auc(scores, labels)
    return fpr[::-1], tpr[::-1], auc


def _swap_axes(scores: np.ndarray, labels: np.ndarray) -> Any:
    fpr, tpr, auc = roc_auc(scores, labels)
    return tpr, fpr, 1 - auc


def _swap_axes_right_area(scores: np.ndarray, labels: np.ndarray) -> Any:
    fpr, tpr, auc = roc_auc(scores, labels)
    return tpr, fpr, auc


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield four samples first, then the edges, random scores with ties, and one long list."""
    yield Case("four samples", {"scores": np.array([0.9, 0.5, 0.7, 0.1]), "labels": np.array([1, 1, 0, 0])})
    tied = {"scores": np.array([0.8, 0.5, 0.5, 0.2]), "labels": np.array([1, 0, 1, 0])}
    yield Case("a tie across classes", tied)
    yield Case("all scores equal", {"scores": np.full(5, 0.5), "labels": np.array([0, 1, 1, 0, 1])})
    yield Case("perfect ranking", {"scores": np.array([3.0, 1.0, 2.0, -1.0]), "labels": np.array([1, 0, 1, 0])})
    yield Case("inverted ranking", {"scores": np.array([-3.0, 1.0, -2.0, 4.0]), "labels": np.array([1, 0, 1, 0])})
    for n, decimals in ((6, 1), (12, 1), (30, 1), (80, 2)):
        labels = rng.permutation(np.arange(n) % 3 == 0).astype(int)
        scores = np.round(rng.normal(size=n) + labels, decimals)
        yield Case(f"{n} samples", {"scores": scores, "labels": labels})
    labels = rng.permutation(np.arange(LONG) % 4 == 0).astype(int)
    yield Case(f"{LONG} samples", {"scores": rng.permutation(LONG) / LONG + labels / 8, "labels": labels})


def _fit(args: Args) -> Args | None:
    return args if 0 < args["labels"].sum() < len(args["labels"]) else None


EXERCISE = Exercise(
    id="roc-curve-auc",
    signature="def roc_auc(scores, labels):",
    shapes="scores (N,), labels (N,) of 0 and 1 -> fpr (T,), tpr (T,), auc float",
    reference=roc_auc,
    cases=cases,
    mutants={
        "tie-split": _tie_split,
        "no-origin": (_no_origin, _no_origin_right_area),
        "ascending": (_upwards, _reversed, _reversed_right_area),
        "swap-axes": (_swap_axes, _swap_axes_right_area),
    },
    outputs=("fpr", "tpr", "auc"),
    laws=(within(0.0, 1.0, part=2),),
    dimensions={"scores": "N", "labels": "N"},
    fit=_fit,
)
