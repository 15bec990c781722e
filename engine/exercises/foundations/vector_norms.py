"""The p-norm along an axis, neither overflowing nor vanishing where the norm itself can be represented."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.laws import within
from engine.ops.linear_algebra import vector_norm
from engine.rules import Rules

SIZES = (1.0, 1.5, 2.0, 3.0, np.inf)


def _no_abs(x: np.ndarray, p: float = 2.0, axis: int = -1) -> Any:
    return x.max(axis=axis) if np.isinf(p) else (x**p).sum(axis=axis) ** (1 / p)


def _no_root(x: np.ndarray, p: float = 2.0, axis: int = -1) -> Any:
    return np.abs(x).max(axis=axis) if np.isinf(p) else (np.abs(x) ** p).sum(axis=axis)


def _everything(x: np.ndarray, p: float = 2.0, axis: int = -1) -> Any:
    return vector_norm(x.ravel(), p)


def _last_axis(x: np.ndarray, p: float = 2.0, axis: int = -1) -> Any:
    return vector_norm(x, p)


def _mean(x: np.ndarray, p: float = 2.0, axis: int = -1) -> Any:
    norm = vector_norm(x, p, axis)
    return norm if np.isinf(p) else norm / x.shape[axis] ** (1 / p)


def _overflow(x: np.ndarray, p: float = 2.0, axis: int = -1) -> Any:
    return np.abs(x).max(axis=axis) if np.isinf(p) else (np.abs(x) ** p).sum(axis=axis) ** (1 / p)


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield the vector (3, -4) first, then every p with several shapes, and the edges."""
    yield Case("(3, -4), default p", {"x": np.array([3.0, -4.0])})
    for p in SIZES:
        yield Case(f"4 entries, p {p:g}", {"x": rng.normal(size=4), "p": p})
        yield Case(f"2 x 3, p {p:g}", {"x": 10.0 * rng.normal(size=(2, 3)), "p": p})
        yield Case(f"3 x 4, p {p:g}, axis 0", {"x": rng.normal(size=(3, 4)), "p": p, "axis": 0})
        yield Case(f"2 x 3 x 8, p {p:g}, axis 1", {"x": rng.normal(size=(2, 3, 8)), "p": p, "axis": 1})
    yield Case("zero vector", {"x": np.zeros((2, 3))})
    yield Case("one entry", {"x": np.array([-2.5]), "p": 3.0})
    yield Case("all negative", {"x": -1.0 - rng.random(size=(2, 3)), "p": 1.0})
    yield Case("entries of 1e200", {"x": np.array([[3e200, -4e200], [1e200, 0.0]])})
    yield Case("entries of 1e-200", {"x": np.array([3e-200, -4e-200])})
    yield Case("entries of 1e200, p 3", {"x": np.array([1e200, 2e200]), "p": 3.0})


def _fit(args: Args) -> Args | None:
    return args if -args["x"].ndim <= args.get("axis", -1) < args["x"].ndim else None


EXERCISE = Exercise(
    id="vector-norms",
    signature="def vector_norm(x, p=2.0, axis=-1):",
    shapes="x (..., N), p >= 1 or np.inf -> (...)",
    reference=vector_norm,
    cases=cases,
    mutants={
        "no-abs": _no_abs,
        "no-root": _no_root,
        "global": (_everything, _last_axis),
        "mean": _mean,
        "overflow": _overflow,
    },
    rules=Rules(loops=0),
    laws=(within(0.0, np.inf),),
    dimensions={"x": "A B N"},
    fit=_fit,
)
