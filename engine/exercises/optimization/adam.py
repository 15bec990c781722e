"""Adam over several steps: moments from 0, steps counted from 1, epsilon outside the root.

Steps depend on one another, so a loop over them is needed; one over parameters is not.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from engine.exercise import Case, Exercise
from engine.ops.optim import adam
from engine.rules import Rules

Move = Callable[[np.ndarray, np.ndarray, int, float, float, float], np.ndarray]
Path = tuple[np.ndarray, np.ndarray, np.ndarray]


def _with(move: Move) -> Callable[..., Path]:
    """Return Adam with another change of the weights: ``move(m, v, t, beta1, beta2, eps)``."""

    def wrong(
        w: np.ndarray,
        grads: np.ndarray,
        lr: float = 1e-3,
        beta1: float = 0.9,
        beta2: float = 0.999,
        eps: float = 1e-8,
    ) -> Path:
        w, m, v = w.copy(), np.zeros_like(w), np.zeros_like(w)
        path = np.empty_like(grads)
        for t, g in enumerate(grads, start=1):
            m = beta1 * m + (1 - beta1) * g
            v = beta2 * v + (1 - beta2) * g * g
            w = w - lr * move(m, v, t, beta1, beta2, eps)
            path[t - 1] = w
        return path, m, v

    return wrong


def _uncorrected(m: np.ndarray, v: np.ndarray, t: int, b1: float, b2: float, eps: float) -> Any:
    return m / (np.sqrt(v) + eps)


def _power_from_zero(m: np.ndarray, v: np.ndarray, t: int, b1: float, b2: float, eps: float) -> Any:
    with np.errstate(all="ignore"):
        return np.divide(m, 1 - b1 ** (t - 1)) / (np.sqrt(np.divide(v, 1 - b2 ** (t - 1))) + eps)


def _first_uncorrected(m: np.ndarray, v: np.ndarray, t: int, b1: float, b2: float, eps: float) -> Any:
    return _uncorrected(m, v, t, b1, b2, eps) if t == 1 else _power_from_zero(m, v, t, b1, b2, eps)


def _first_skipped(m: np.ndarray, v: np.ndarray, t: int, b1: float, b2: float, eps: float) -> Any:
    return np.zeros_like(m) if t == 1 else _power_from_zero(m, v, t, b1, b2, eps)


def _no_root(m: np.ndarray, v: np.ndarray, t: int, b1: float, b2: float, eps: float) -> Any:
    return m / (1 - b1**t) / (v / (1 - b2**t) + eps)


def _eps_inside(m: np.ndarray, v: np.ndarray, t: int, b1: float, b2: float, eps: float) -> Any:
    return m / (1 - b1**t) / np.sqrt(v / (1 - b2**t) + eps)


def _overwrites(
    w: np.ndarray, grads: np.ndarray, lr: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8
) -> Path:
    w, m, v = w.copy(), np.zeros_like(w), np.zeros_like(w)
    path = np.empty_like(grads)
    for t, g in enumerate(grads, start=1):
        m = (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)
        v = (beta2 * v + (1 - beta2) * g * g) / (1 - beta2**t)
        w = w - lr * m / (np.sqrt(v) + eps)
        path[t - 1] = w
    return path, m, v


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield one step with the defaults first, then longer runs, gradients of other sizes and the edges."""
    yield Case("one step, defaults", {"w": np.array([0.5]), "grads": np.array([[-0.4]])})
    yield Case("one step, lr = 0.1", {"w": np.array([0.5, -1.0]), "grads": np.array([[-0.4, 2.0]]), "lr": 0.1})
    yield Case("two steps", {"w": rng.normal(size=3), "grads": rng.normal(size=(2, 3)), "lr": 0.1})
    for size, steps in ((1, 5), (4, 10), (6, 30)):
        args = {"w": rng.normal(size=size), "grads": rng.normal(size=(steps, size)), "lr": 0.01}
        yield Case(f"{steps} steps, {size} weights", args)
    for scale in (1e-4, 1e4):
        args = {"w": np.zeros(3), "grads": scale * rng.normal(size=(6, 3)), "lr": 0.1}
        yield Case(f"gradients times {scale:g}", args)
    args = {"w": rng.normal(size=3), "grads": rng.normal(size=(8, 3)), "lr": 0.05, "beta1": 0.5, "beta2": 0.9}
    yield Case("betas 0.5 and 0.9", args)
    yield Case("large eps", {"w": rng.normal(size=2), "grads": rng.normal(size=(5, 2)), "lr": 0.1, "eps": 0.1})
    yield Case("beta1 = 0", {"w": rng.normal(size=2), "grads": rng.normal(size=(5, 2)), "lr": 0.1, "beta1": 0.0})
    yield Case("zero gradient", {"w": rng.normal(size=2), "grads": np.zeros((3, 2)), "lr": 0.1})


EXERCISE = Exercise(
    id="adam",
    signature="def adam(w, grads, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):",
    shapes="w (D,), grads (T, D) -> path (T, D), m (D,), v (D,)",
    reference=adam,
    cases=cases,
    mutants={
        "no-correction": _with(_uncorrected),
        "t-from-zero": (_with(_power_from_zero), _with(_first_uncorrected), _with(_first_skipped)),
        "overwrites": _overwrites,
        "no-root": _with(_no_root),
        "eps-inside": _with(_eps_inside),
    },
    outputs=("path", "m", "v"),
    rules=Rules(loops=1, over="parameters"),
    dimensions={"w": "D", "grads": "T D"},
)
