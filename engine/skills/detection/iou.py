"""Intersection over union of two boxes.

Asked: one number, four decimals. Convention: corners in continuous coordinates, so a width is x2 - x1.
Source: Everingham et al., "The Pascal Visual Object Classes (VOC) Challenge", 2010.
"""

from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from engine.answers.kinds import Real
from engine.figure import Figure, Rectangle
from engine.ops.detection import box_area, iou
from engine.skill import Params, Skill, Step

Array = NDArray[np.float64]
Coordinate = Annotated[float, Field(ge=-1e6, le=1e6)]
Box = tuple[Coordinate, Coordinate, Coordinate, Coordinate]


def _overlap(a: Array, b: Array) -> float:
    width, height = np.minimum(a, b)[2:] - np.maximum(a, b)[:2]
    return float(max(width, 0.0) * max(height, 0.0))


def _union_not_corrected(a: Array, b: Array) -> Any:
    return _overlap(a, b) / (box_area(a) + box_area(b))


def _over_smaller_box(a: Array, b: Array) -> Any:
    return _overlap(a, b) / min(box_area(a), box_area(b))


def _enclosing_box(a: Array, b: Array) -> Any:
    return _overlap(a, b) / box_area([*np.minimum(a, b)[:2], *np.maximum(a, b)[2:]])


class IouParams(Params):
    """Two boxes as ``x1, y1, x2, y2``; ``b`` is the ground truth."""

    a: Box
    b: Box

    @model_validator(mode="after")
    def _corners_are_ordered(self) -> "IouParams":
        for name, (x1, y1, x2, y2) in (("a", self.a), ("b", self.b)):
            if not (x1 < x2 and y1 < y2):
                raise ValueError(f"box {name} needs x1 < x2 and y1 < y2")
        return self


def _offset(rng: np.random.Generator, limit: int) -> tuple[list[int], list[int]]:
    """Draw two intervals that overlap without one holding the other, in either order."""
    start, inner, end, outer = sorted(rng.choice(limit + 1, size=4, replace=False).tolist())
    pair = [start, end], [inner, outer]
    return pair if rng.integers(2) else pair[::-1]


def _nested(rng: np.random.Generator, limit: int) -> tuple[list[int], list[int]]:
    """Draw two intervals of which the first holds the second."""
    start, inner, end, outer = sorted(rng.choice(limit + 1, size=4, replace=False).tolist())
    return [start, outer], [inner, end]


class Iou(Skill[IouParams]):
    """Compute the IoU of two boxes."""

    id = "iou"
    answer = Real(decimals=4)
    params_type = IouParams
    reference = staticmethod(iou)
    misconceptions: ClassVar = {
        "union-not-corrected": _union_not_corrected,
        "over-smaller-box": _over_smaller_box,
        "enclosing-box": _enclosing_box,
    }

    def sample(self, rng: np.random.Generator, level: int) -> IouParams:
        """Draw boxes that overlap at a corner, a larger pair or one crossed by the other, or one inside the other.

        Boxes without a common area are not asked: every wrong formula gives 0 for them as well.
        """
        limit = 6 if level == 1 else 12
        along_x, along_y = _offset(rng, limit), _offset(rng, limit)
        if level == 2 and rng.integers(2):
            along_x = _nested(rng, limit)
            if rng.integers(2):
                along_y = _nested(rng, limit)[::-1]
        elif level == 3:
            along_x, along_y = _nested(rng, limit), _nested(rng, limit)
        boxes = [(x1, y1, x2, y2) for (x1, x2), (y1, y2) in zip(along_x, along_y, strict=True)]
        a, b = boxes if rng.integers(2) else boxes[::-1]
        return IouParams(a=a, b=b)

    def steps(self, params: IouParams) -> tuple[Step, ...]:
        """Intersect the boxes, clamp the sides, find both areas and the union, divide."""
        corners = tuple(map(max, params.a[:2], params.b[:2])) + tuple(map(min, params.a[2:], params.b[2:]))
        width, height = max(corners[2] - corners[0], 0.0), max(corners[3] - corners[1], 0.0)
        overlap = width * height
        area_a, area_b = float(box_area(params.a)), float(box_area(params.b))
        union = area_a + area_b - overlap
        return (
            Step("intersection-corners", {"corners": corners}),
            Step("clamp-at-zero", {"width": width, "height": height, "overlap": overlap}),
            Step("areas", {"area_a": area_a, "area_b": area_b}),
            Step("union", {"area_a": area_a, "area_b": area_b, "overlap": overlap, "union": union}),
            Step("divide", {"overlap": overlap, "union": union, "answer": overlap / union}),
        )

    def figure(self, params: IouParams) -> Figure:
        """Draw both boxes in image coordinates."""
        shapes = (Rectangle(*params.b, "truth"), Rectangle(*params.a, "prediction"))
        (left, top), (right, bottom) = map(min, params.a[:2], params.b[:2]), map(max, params.a[2:], params.b[2:])
        return Figure(shapes, x_range=(left - 1, right + 1), y_range=(top - 1, bottom + 1), y_down=True)


SKILL = Iou()
