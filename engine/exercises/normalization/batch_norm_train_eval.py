"""Batch normalization: biased variance in the output, unbiased variance in the running statistics."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.ops.normalization import batch_norm
from engine.rules import Rules

OFFSET = 1e6


def _biased_running(
    x: Any, gamma: Any, beta: Any, running_mean: Any, running_var: Any, momentum: float = 0.1, eps: float = 1e-5,
    training: bool = True,
) -> Any:  # fmt: skip
    y, mean, var = batch_norm(x, gamma, beta, running_mean, running_var, momentum, eps, training)
    return y, mean, (1 - momentum) * running_var + momentum * x.var(axis=0) if training else var


def _wrong_momentum(
    x: Any, gamma: Any, beta: Any, running_mean: Any, running_var: Any, momentum: float = 0.1, eps: float = 1e-5,
    training: bool = True,
) -> Any:  # fmt: skip
    return batch_norm(x, gamma, beta, running_mean, running_var, 1 - momentum, eps, training)


def _eval_uses_batch(
    x: Any, gamma: Any, beta: Any, running_mean: Any, running_var: Any, momentum: float = 0.1, eps: float = 1e-5,
    training: bool = True,
) -> Any:  # fmt: skip
    y, mean, var = batch_norm(x, gamma, beta, running_mean, running_var, momentum, eps, True)
    return (y, mean, var) if training else (y, running_mean, running_var)


def _training_ignored(
    x: Any, gamma: Any, beta: Any, running_mean: Any, running_var: Any, momentum: float = 0.1, eps: float = 1e-5,
    training: bool = True,
) -> Any:  # fmt: skip
    return batch_norm(x, gamma, beta, running_mean, running_var, momentum, eps, True)


def _eps_outside(
    x: Any, gamma: Any, beta: Any, running_mean: Any, running_var: Any, momentum: float = 0.1, eps: float = 1e-5,
    training: bool = True,
) -> Any:  # fmt: skip
    _, new_mean, new_var = batch_norm(x, gamma, beta, running_mean, running_var, momentum, eps, training)
    mean, var = (x.mean(axis=0), x.var(axis=0)) if training else (running_mean, running_var)
    return gamma * (x - mean) / (np.sqrt(var) + eps) + beta, new_mean, new_var


def _mutated_buffers(
    x: Any, gamma: Any, beta: Any, running_mean: Any, running_var: Any, momentum: float = 0.1, eps: float = 1e-5,
    training: bool = True,
) -> Any:  # fmt: skip
    y, mean, var = batch_norm(x, gamma, beta, running_mean, running_var, momentum, eps, training)
    running_mean[:], running_var[:] = mean, var
    return y, running_mean, running_var


def _layer(rng: np.random.Generator, n: int, c: int, scale: float = 1.0, offset: float = 0.0) -> dict[str, Any]:
    return {
        "x": offset + scale * rng.normal(size=(n, c)),
        "gamma": rng.normal(size=c),
        "beta": rng.normal(size=c),
        "running_mean": rng.normal(size=c),
        "running_var": rng.uniform(0.5, 2.0, size=c),
    }


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield two samples first, then other sizes and scales in both modes, and the edges."""
    small = {
        "x": np.array([[1.0], [3.0]]),
        "gamma": np.array([2.0]),
        "beta": np.array([0.5]),
        "running_mean": np.array([0.0]),
        "running_var": np.array([1.0]),
    }
    yield Case("two samples", small)
    yield Case("two samples, training=False", {**small, "training": False})
    for n, c, scale in ((3, 2, 1.0), (8, 3, 100.0), (16, 5, 0.1)):
        layer = _layer(rng, n, c, scale)
        yield Case(f"{n} x {c}, scale {scale:g}", layer)
        yield Case(f"{n} x {c}, scale {scale:g}, training=False", {**layer, "training": False})
    yield Case("momentum 0.25, eps 0.01", {**_layer(rng, 6, 2), "momentum": 0.25, "eps": 0.01, "training": True})
    yield Case("eps 0.5, training=False", {**_layer(rng, 6, 2), "eps": 0.5, "training": False})
    constant = _layer(rng, 4, 3)
    constant["x"][:, 1] = 2.0
    yield Case("a constant feature", constant)
    yield Case("mean of a million", _layer(rng, 8, 2, offset=OFFSET), atol=1e-6)


def _fit(args: Args) -> Args | None:
    return args if len(args["x"]) >= 2 and (args["running_var"] > 0).all() else None


EXERCISE = Exercise(
    id="batch-norm-train-eval",
    signature="def batch_norm(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5, training=True):",
    shapes="x (N, C), the others (C,) -> y (N, C), new_mean (C,), new_var (C,)",
    reference=batch_norm,
    cases=cases,
    mutants={
        "biased-running": _biased_running,
        "wrong-momentum": _wrong_momentum,
        "eval-uses-batch": (_eval_uses_batch, _training_ignored),
        "eps-outside": _eps_outside,
        "mutated-buffers": _mutated_buffers,
    },
    outputs=("y", "new_mean", "new_var"),
    rules=Rules(loops=0),
    dimensions={"x": "N C", "gamma": "C", "beta": "C", "running_mean": "C", "running_var": "C"},
    fit=_fit,
)
