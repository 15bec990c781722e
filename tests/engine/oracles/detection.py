"""Independent derivations for the skills about object detection."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np


def pixels(box: np.ndarray) -> set[tuple[int, ...]]:
    x1, y1, x2, y2 = map(int, box)
    return set(product(range(x1, x2), range(y1, y2)))


def iou(a: np.ndarray, b: np.ndarray) -> Any:
    """Count unit squares: all corners drawn are whole."""
    return len(pixels(a) & pixels(b)) / len(pixels(a) | pixels(b))


ORACLES: dict[str, Callable[..., Any]] = {"iou": iou}
