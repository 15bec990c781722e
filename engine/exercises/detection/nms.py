"""Greedy non-maximum suppression: strictly above the threshold, against kept boxes, lower index first on ties."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.ops.boxes import iou_matrix, nms

NEAREST = 1e-6


def _strict_swapped(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> Any:
    overlap, kept = iou_matrix(boxes, boxes), list[int]()
    for index in np.argsort(-scores, kind="stable").tolist():
        if not np.any(overlap[index, kept] >= threshold):
            kept.append(index)
    return kept


def _in_order(boxes: np.ndarray, order: Any, threshold: float) -> list[int]:
    order = np.asarray(order, dtype=int)
    kept = nms(boxes[order], np.arange(len(order), 0, -1), threshold)
    return [int(index) for index in order[kept]]


def _unsorted(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> Any:
    return _in_order(boxes, np.arange(len(scores)), threshold)


def _returned_in_input_order(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> Any:
    return sorted(nms(boxes, scores, threshold))


def _against_suppressed(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> Any:
    order = np.argsort(-scores, kind="stable")
    overlap = iou_matrix(boxes[order], boxes[order])
    return [int(order[i]) for i in range(len(order)) if not np.any(overlap[i, :i] > threshold)]


def _ascending(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> Any:
    return _in_order(boxes, np.argsort(scores, kind="stable"), threshold)


def _is_clear(boxes: np.ndarray, threshold: float) -> bool:
    """Tell whether no overlap is so near the threshold that rounding could decide."""
    return bool(np.all(np.abs(iou_matrix(boxes, boxes) - threshold) > NEAREST))


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield two boxes first, then chains, clusters and the edges."""
    pair = np.array([[0.0, 0.0, 4.0, 4.0], [1.0, 0.0, 5.0, 4.0]])
    yield Case("two boxes, one kept", {"boxes": pair, "scores": np.array([0.5, 0.75]), "threshold": 0.5})
    yield Case("two boxes, both kept", {"boxes": pair, "scores": np.array([0.5, 0.75]), "threshold": 0.75})
    chain = np.array([[0.0, 0.0, 4.0, 4.0], [1.0, 0.0, 5.0, 4.0], [2.0, 0.0, 6.0, 4.0], [9.0, 9.0, 11.0, 11.0]])
    yield Case("a chain", {"boxes": chain, "scores": np.array([0.75, 0.5, 0.25, 0.125]), "threshold": 0.5})
    half = np.array([[0.0, 0.0, 2.0, 2.0], [0.0, 0.0, 2.0, 1.0]])
    yield Case("IoU equal to threshold", {"boxes": half, "scores": np.array([0.25, 0.5]), "threshold": 0.5})
    ties = np.array([[0.0, 0.0, 4.0, 4.0], [9.0, 9.0, 12.0, 12.0], [0.0, 1.0, 4.0, 5.0]])
    yield Case("ties in score", {"boxes": ties, "scores": np.array([0.5, 0.5, 0.5]), "threshold": 0.25})
    nested = np.array([[0.0, 0.0, 8.0, 8.0], [1.0, 1.0, 7.0, 7.0], [2.0, 2.0, 4.0, 4.0]])
    yield Case("nested boxes", {"boxes": nested, "scores": np.array([0.25, 0.75, 0.5]), "threshold": 0.25})
    point = np.array([[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 2.0, 2.0]])
    yield Case("boxes without area", {"boxes": point, "scores": np.array([0.25, 0.5, 0.75]), "threshold": 0.0})
    yield Case("no boxes", {"boxes": np.empty((0, 4)), "scores": np.empty(0), "threshold": 0.5})
    for n, threshold in ((5, 0.3), (8, 0.5), (12, 0.4), (12, 0.6), (10, 0.9), (9, 0.05)):
        while True:
            corners = rng.choice(np.array([0.0, 10.0]), size=(n, 2)) + rng.uniform(0.0, 2.5, size=(n, 2))
            boxes = np.concatenate([corners, corners + rng.uniform(3.0, 5.0, size=(n, 2))], axis=1)
            if _is_clear(boxes, threshold):
                break
        yield Case(f"{n} boxes, threshold {threshold}", {
            "boxes": boxes, "scores": rng.permutation(n) / 16.0, "threshold": threshold,
        })  # fmt: skip


def _fit(args: Args) -> Args | None:
    boxes, overlap = args["boxes"], iou_matrix(args["boxes"], args["boxes"])
    gap = np.abs(overlap - args["threshold"])
    if not (boxes[:, 2:] >= boxes[:, :2]).all() or np.any((gap > 0) & (gap < NEAREST)):
        return None
    return args


EXERCISE = Exercise(
    id="nms",
    signature="def nms(boxes, scores, threshold):",
    shapes="boxes (N, 4) corners, scores (N,) -> list of indices",
    reference=nms,
    cases=cases,
    mutants={
        "strict-swapped": _strict_swapped,
        "unsorted": (_unsorted, _returned_in_input_order),
        "against-suppressed": _against_suppressed,
        "ascending": _ascending,
    },
    dimensions={"boxes": "N 4", "scores": "N"},
    fit=_fit,
)
