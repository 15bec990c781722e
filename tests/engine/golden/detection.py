"""Published numbers about object detection."""

from collections.abc import Callable
from typing import Any

from engine.ops.detection import iou

GOLDEN: list[tuple[str, Callable[[], Any], Any, float]] = [
    ("g003-iou-code", lambda: iou([0, 0, 2, 2], [1, 1, 3, 3]), 0.142857, 5e-7),
    ("g003-iou-family", lambda: iou([0, 0, 4, 2], [1, 0, 3, 4]), 0.333333, 5e-7),
    ("g003-giou-disjoint", lambda: iou([0, 0, 1, 1], [2, 2, 3, 3]), 0.0, 0),
]
