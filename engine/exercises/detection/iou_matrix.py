"""Intersection over union of all pairs of boxes in corner form; empty unions give 0."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.laws import Law, within
from engine.ops.boxes import iou_matrix
from engine.rules import Rules


def _parts(a: np.ndarray, b: np.ndarray, clamp: bool = True, extra: float = 0.0) -> tuple[Any, Any]:
    """Return intersections and sums of areas, sides longer by ``extra``."""
    a, b = a[:, None], b[None]
    sides = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2]) + extra
    common = (np.maximum(sides, 0) if clamp else sides).prod(-1)
    return common, (a[..., 2:] - a[..., :2] + extra).prod(-1) + (b[..., 2:] - b[..., :2] + extra).prod(-1)


def _divided(common: Any, union: Any) -> Any:
    return np.where(union > 0, common / np.where(union > 0, union, 1), 0.0)


def _no_clamp(a: np.ndarray, b: np.ndarray) -> Any:
    common, areas = _parts(a, b, clamp=False)
    return _divided(common, areas - common)


def _area_clamped(a: np.ndarray, b: np.ndarray) -> Any:
    common, areas = _parts(a, b, clamp=False)
    return _divided(np.maximum(common, 0), areas - np.maximum(common, 0))


def _sum_union(a: np.ndarray, b: np.ndarray) -> Any:
    return _divided(*_parts(a, b))


def _plus_one(a: np.ndarray, b: np.ndarray) -> Any:
    common, areas = _parts(a, b, extra=1.0)
    return _divided(common, areas - common)


def _nan_on_zero(a: np.ndarray, b: np.ndarray) -> Any:
    common, areas = _parts(a, b)
    return common / (areas - common)


def _boxes(rng: np.random.Generator, n: int, *, whole: bool = False) -> np.ndarray:
    corners = rng.integers(0, 6, size=(n, 2))
    sides = rng.integers(1, 6, size=(n, 2))
    boxes = np.concatenate([corners, corners + sides], axis=1)
    return boxes.astype(float) if whole else boxes + rng.uniform(0.0, 0.5, size=(n, 1))


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield single pairs first, then matrices and the edges."""
    box = np.array([[0.0, 0.0, 4.0, 2.0]])
    yield Case("overlap", {"a": box, "b": np.array([[2.0, 1.0, 6.0, 3.0]])})
    yield Case("identical", {"a": box, "b": box.copy()})
    yield Case("touching edge", {"a": box, "b": np.array([[4.0, 0.0, 6.0, 2.0]])})
    yield Case("disjoint", {"a": box, "b": np.array([[6.0, 0.0, 8.0, 2.0]])})
    yield Case("disjoint in both directions", {"a": box, "b": np.array([[6.0, 5.0, 9.0, 7.0]])})
    yield Case("nested", {"a": box, "b": np.array([[1.0, 0.5, 3.0, 1.5]])})
    for n, m in ((1, 3), (3, 2), (6, 5), (4, 4)):
        yield Case(f"{n} x {m} boxes", {"a": _boxes(rng, n), "b": _boxes(rng, m)})
    yield Case("whole corners", {"a": _boxes(rng, 5, whole=True), "b": _boxes(rng, 6, whole=True)})
    flat = np.array([[1.0, 1.0, 1.0, 1.0], [2.0, 0.0, 2.0, 2.0], [0.0, 0.0, 4.0, 2.0]])
    yield Case("zero-area boxes", {"a": flat, "b": flat[:2].copy()})
    yield Case("no boxes in a", {"a": np.empty((0, 4)), "b": _boxes(rng, 2)})
    yield Case("no boxes in b", {"a": _boxes(rng, 3), "b": np.empty((0, 4))})


def _exchanged(args: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    return ({"a": args["b"], "b": args["a"]},)


def _is_transposed(args: Mapping[str, Any], value: Any, probed: tuple[Any, ...]) -> bool:
    return bool(np.allclose(np.asarray(probed[0]).T, value, equal_nan=True))


def _fit(args: Args) -> Args | None:
    ordered = all((boxes[:, 2:] >= boxes[:, :2]).all() for boxes in (args["a"], args["b"]))
    return args if ordered else None


EXERCISE = Exercise(
    id="iou-matrix",
    signature="def iou_matrix(a, b):",
    shapes="a (N, 4), b (M, 4) corners x1, y1, x2, y2 -> (N, M)",
    reference=iou_matrix,
    cases=cases,
    mutants={
        "no-clamp": (_no_clamp, _area_clamped),
        "sum-union": _sum_union,
        "plus-one": _plus_one,
        "nan-on-zero": _nan_on_zero,
    },
    rules=Rules(loops=0, no_warnings=True),
    single=True,
    laws=(within(0.0, 1.0), Law("symmetric", _is_transposed, _exchanged)),
    dimensions={"a": "N 4", "b": "M 4"},
    fit=_fit,
)
