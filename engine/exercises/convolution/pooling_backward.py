"""The backward pass of pooling without padding: ties go to the first maximum in row-major order."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.ops.spatial import pool2d_backward


def _to_all_ties(dy: np.ndarray, x: np.ndarray, k: int, stride: int, kind: str = "max") -> Any:
    if kind == "avg":
        return pool2d_backward(dy, x, k, stride, kind)
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(*dy.shape):
        window = (slice(i * stride, i * stride + k), slice(j * stride, j * stride + k))
        dx[window] += dy[i, j] * (x[window] == x[window].max())
    return dx


def _overwrites(dy: np.ndarray, x: np.ndarray, k: int, stride: int, kind: str = "max") -> Any:
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(*dy.shape):
        window = (slice(i * stride, i * stride + k), slice(j * stride, j * stride + k))
        if kind == "avg":
            dx[window] = dy[i, j] / k**2
        else:
            row, column = np.unravel_index(x[window].argmax(), (k, k))
            dx[i * stride + row, j * stride + column] = dy[i, j]
    return dx


def _sum_average(dy: np.ndarray, x: np.ndarray, k: int, stride: int, kind: str = "max") -> Any:
    return pool2d_backward(dy, x, k, stride, kind) * (k**2 if kind == "avg" else 1)


def _case(rng: np.random.Generator, name: str, x: np.ndarray, k: int, stride: int, **more: Any) -> Case:
    out = tuple((side - k) // stride + 1 for side in x.shape)
    return Case(name, {"dy": rng.integers(-8, 9, size=out) / 4.0, "x": x, "k": k, "stride": stride, **more})


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield one window first, then both kinds with and without overlap, and the edges."""
    one = {"dy": np.array([[1.5]]), "x": np.array([[1.0, 4.0], [3.0, 2.0]]), "k": 2, "stride": 2}
    yield Case("one window", one)
    yield Case("one window, avg", {**one, "kind": "avg"})
    tied = {**one, "dy": np.array([[2.0, 1.0]]), "x": np.array([[1.0, 5.0, 5.0], [5.0, 0.0, 5.0]]), "stride": 1}
    yield Case("ties", {**tied, "kind": "max"})
    for shape, k, stride in (
        ((4, 4), 2, 2),
        ((5, 4), 2, 1),
        ((6, 7), 3, 2),
        ((7, 7), 3, 3),
        ((7, 5), 2, 3),
        ((5, 5), 3, 1),
    ):
        for kind in ("max", "avg"):
            name = f"{shape[0]} x {shape[1]}, k {k}, stride {stride}, {kind}"
            yield _case(rng, name, rng.permutation(np.prod(shape)).reshape(shape) / 2.0, k, stride, kind=kind)
    yield _case(rng, "overlap and ties", rng.integers(3, size=(6, 6)).astype(float), 3, 1)
    yield _case(rng, "all equal", np.full((4, 4), 2.0), 2, 1)
    yield _case(rng, "negative input", -1.0 - rng.permutation(16).reshape(4, 4), 2, 2)
    negative = _case(rng, "negative dy", rng.permutation(16).reshape(4, 4) / 2.0, 2, 2)
    yield Case(negative.name, {**negative.args, "dy": -1.0 - np.abs(negative.args["dy"])})


def _fit(args: Args) -> Args | None:
    x, k, stride = args["x"], args["k"], args["stride"]
    rows, columns = ((side - k) // stride + 1 for side in x.shape)
    if rows < 1 or columns < 1 or rows > len(args["dy"]) or columns > args["dy"].shape[1]:
        return None
    return {**args, "dy": args["dy"][:rows, :columns].copy()}


EXERCISE = Exercise(
    id="pooling-backward",
    signature="def pool2d_backward(dy, x, k, stride, kind='max'):",
    shapes="dy (Ho, Wo), x (H, W) -> dx (H, W)",
    reference=pool2d_backward,
    cases=cases,
    mutants={"to-all-ties": _to_all_ties, "overwrites": _overwrites, "sum-average": _sum_average},
    single=True,
    dimensions={"x": "H W"},
    fit=_fit,
)
