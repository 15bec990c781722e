"""Layer normalization of the last axis: biased variance, epsilon inside the root, then scale and shift."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.laws import permutation_equivariant
from engine.ops.normalization import layer_norm
from engine.rules import Rules

OFFSET = 1e6
Statistics = Callable[[np.ndarray], tuple[Any, Any]]


def _with(statistics: Statistics) -> Callable[..., Any]:
    """Return layer norm with another mean and variance."""

    def wrong(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5) -> Any:
        mean, variance = statistics(x)
        return gamma * (x - mean) / np.sqrt(variance + eps) + beta

    return wrong


def _eps_outside(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5) -> Any:
    return gamma * (x - x.mean(-1, keepdims=True)) / (x.std(-1, keepdims=True) + eps) + beta


def _no_affine(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5) -> Any:
    return layer_norm(x, np.ones_like(gamma), np.zeros_like(beta), eps)


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield one token first, then more axes and the edges."""
    yield Case("one token", {"x": np.array([[1.0, 3.0]]), "gamma": np.array([1.0, 2.0]), "beta": np.array([0.5, 0.0])})
    for shape in ((2, 3), (4, 4), (6, 32), (2, 3, 5), (2, 2, 3, 4)):
        d = shape[-1]
        args = {"x": 3.0 * rng.normal(size=shape) + 1.0, "gamma": rng.normal(size=d), "beta": rng.normal(size=d)}
        yield Case(" x ".join(map(str, shape)), args)
    tokens, gamma, beta = rng.normal(size=(3, 4)), rng.normal(size=4), rng.normal(size=4)
    yield Case("eps 0.1", {"x": tokens, "gamma": gamma, "beta": beta, "eps": 0.1})
    constant = rng.normal(size=(3, 4))
    constant[1] = 2.0
    yield Case("a constant row", {"x": constant, "gamma": rng.normal(size=4), "beta": rng.normal(size=4)})
    far = {"x": OFFSET + rng.normal(size=(3, 8)), "gamma": rng.normal(size=8), "beta": rng.normal(size=8)}
    yield Case("offset of a million", far, atol=1e-6)


def _fit(args: Args) -> Args | None:
    return args if args["x"].shape[-1] >= 2 else None


EXERCISE = Exercise(
    id="layer-norm",
    signature="def layer_norm(x, gamma, beta, eps=1e-5):",
    shapes="x (..., D), gamma (D,), beta (D,) -> (..., D)",
    reference=layer_norm,
    cases=cases,
    mutants={
        "axis-zero": _with(lambda x: (x.mean(0), x.var(0))),
        "ddof-one": _with(lambda x: (x.mean(-1, keepdims=True), x.var(-1, ddof=1, keepdims=True))),
        "whole-tensor": _with(lambda x: (x.mean(), x.var())),
        "no-affine": _no_affine,
        "eps-outside": _eps_outside,
    },
    rules=Rules(loops=0),
    single=True,
    laws=(permutation_equivariant({"x": 0}),),
    dimensions={"x": "A B N D", "gamma": "D", "beta": "D"},
    fit=_fit,
)
