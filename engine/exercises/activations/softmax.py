"""Softmax along an axis: natural exponentials, finite for logits of any size.

The tolerance is tighter than elsewhere, so that a constant added to the denominator shows.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.laws import sums_to_one, unchanged_by, within
from engine.ops.activations import softmax_along
from engine.rules import Rules


def _no_max(x: np.ndarray, axis: int = -1) -> Any:
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)


def _global_max_sum(x: np.ndarray, axis: int = -1) -> Any:
    e = np.exp(x - x.max())
    return e / e.sum()


def _missing_keepdims(x: np.ndarray, axis: int = -1) -> Any:
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis)


def _missing_keepdims_twice(x: np.ndarray, axis: int = -1) -> Any:
    e = np.exp(x - x.max(axis=axis))
    return e / e.sum(axis=axis)


def _wrong_axis(x: np.ndarray, axis: int = -1) -> Any:
    return softmax_along(x)


def _eps_added(x: np.ndarray, axis: int = -1) -> Any:
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / (e.sum(axis=axis, keepdims=True) + 1e-6)


def _eps_added_smaller(x: np.ndarray, axis: int = -1) -> Any:
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / (e.sum(axis=axis, keepdims=True) + 1e-8)


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield small shapes first, then large logits and the edges."""
    yield Case("three logits", {"x": np.array([1.0, 2.0, 3.0])})
    yield Case("2 x 3, default axis", {"x": rng.normal(size=(2, 3))})
    yield Case("2 x 3, axis 0", {"x": rng.normal(size=(2, 3)), "axis": 0})
    yield Case("3 x 3, axis 0", {"x": rng.normal(size=(3, 3)), "axis": 0})
    yield Case("3 x 3, axis 1", {"x": rng.normal(size=(3, 3)), "axis": 1})
    for axis in (0, 1, -1):
        yield Case(f"2 x 3 x 4, axis {axis}", {"x": rng.normal(size=(2, 3, 4)), "axis": axis})
    for scale in (10, 1000):
        yield Case(f"normal logits times {scale}", {"x": scale * rng.normal(size=(4, 6)), "axis": -1})
        yield Case(f"normal logits times {scale}, axis 0", {"x": scale * rng.normal(size=(5, 3)), "axis": 0})
    yield Case("logits of 1000 and -1000", {"x": np.array([[1000.0, -1000.0], [-1000.0, -1001.0]])})
    yield Case("one entry along the axis", {"x": np.array([[5.0], [-3.0]]), "axis": 1})
    yield Case("equal logits", {"x": np.full((2, 4), 7.0)})
    yield Case("an entry of minus infinity", {"x": np.array([[0.0, -np.inf, 1.0], [-np.inf, 2.0, -np.inf]])})
    yield Case("integers", {"x": np.array([[1, 2, 4], [0, -1, 3]])})


def _fit(args: Args) -> Args | None:
    x, axis = args["x"], args.get("axis", -1)
    return args if -x.ndim <= axis < x.ndim and np.isfinite(x.max(axis=axis)).all() else None


EXERCISE = Exercise(
    id="softmax",
    signature="def softmax(x, axis=-1):",
    shapes="x (...) -> (...)",
    reference=softmax_along,
    cases=cases,
    mutants={
        "no-max": _no_max,
        "global-max-sum": _global_max_sum,
        "missing-keepdims": (_missing_keepdims, _missing_keepdims_twice),
        "wrong-axis": _wrong_axis,
        "eps-added": (_eps_added, _eps_added_smaller),
    },
    rules=Rules(loops=0, no_warnings=True),
    rtol=1e-9,
    atol=1e-12,
    laws=(
        within(0.0, 1.0),
        sums_to_one("axis"),
        unchanged_by("x", lambda x: np.asarray(x, dtype=float) + 3.0, "shift-invariant"),
    ),
    dimensions={"x": "B N K"},
    fit=_fit,
)
