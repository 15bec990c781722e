"""Binary cross-entropy of probabilities with PyTorch's clamp: no logarithm is below -100."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from engine.exercise import Case, Exercise
from engine.laws import within
from engine.ops.losses import binary_cross_entropy_clamped
from engine.rules import Rules

Terms = Callable[[np.ndarray, np.ndarray], np.ndarray]


def _reduced(losses: np.ndarray, reduction: str) -> Any:
    return losses if reduction == "none" else float(losses.mean() if reduction == "mean" else losses.sum())


def _with(terms: Terms) -> Callable[..., Any]:
    """Return the loss with other terms of each entry."""

    def wrong(p: np.ndarray, t: np.ndarray, reduction: str = "mean") -> Any:
        return _reduced(terms(p, t), reduction)

    return wrong


def _clamped(p: np.ndarray) -> Any:
    return np.maximum(np.log(p), -100)


def _clipped(eps: float) -> Callable[..., Any]:
    def terms(p: np.ndarray, t: np.ndarray) -> Any:
        p = np.clip(p, eps, 1 - eps)
        return -(t * np.log(p) + (1 - t) * np.log(1 - p))

    return _with(terms)


def _rows_summed(p: np.ndarray, t: np.ndarray, reduction: str = "mean") -> Any:
    losses = np.asarray(binary_cross_entropy_clamped(p, t, "none"))
    return float(losses.sum(axis=-1).mean()) if reduction == "mean" else _reduced(losses, reduction)


def _classes_summed(p: np.ndarray, t: np.ndarray, reduction: str = "mean") -> Any:
    losses = np.asarray(binary_cross_entropy_clamped(p, t, "none"))
    return float(losses.sum() / len(losses)) if reduction == "mean" else _reduced(losses, reduction)


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield one entry first, then each reduction, soft targets and certain predictions."""
    yield Case("one entry", {"p": np.array([0.8]), "t": np.array([1.0])})
    yield Case("two entries", {"p": np.array([0.8, 0.4]), "t": np.array([1.0, 0.0])})
    for reduction in ("mean", "sum", "none"):
        p, t = rng.uniform(0.02, 0.98, size=7), rng.integers(2, size=7).astype(float)
        yield Case(f"7 entries, {reduction}", {"p": p, "t": t, "reduction": reduction})
        p, t = rng.uniform(0.02, 0.98, size=(4, 3)), rng.integers(2, size=(4, 3)).astype(float)
        yield Case(f"4 x 3, {reduction}", {"p": p, "t": t, "reduction": reduction})
    soft = {"p": rng.uniform(0.02, 0.98, size=(3, 2)), "t": rng.uniform(size=(3, 2))}
    yield Case("soft targets", soft)
    yield Case("certain and right", {"p": np.array([1.0, 0.0]), "t": np.array([1.0, 0.0]), "reduction": "none"})
    yield Case("certain and wrong", {"p": np.array([0.0, 1.0]), "t": np.array([1.0, 0.0]), "reduction": "none"})
    yield Case("certain, soft targets", {"p": np.array([0.0, 1.0, 0.5]), "t": np.array([0.25, 0.25, 0.5])})


EXERCISE = Exercise(
    id="binary-cross-entropy",
    signature="def binary_cross_entropy(p, t, reduction='mean'):",
    shapes="p (...), t (...) in [0, 1] -> float, or (...) for 'none'",
    reference=binary_cross_entropy_clamped,
    cases=cases,
    mutants={
        "positive-term-only": _with(lambda p, t: -t * _clamped(p)),
        "row-sum-mean": (_rows_summed, _classes_summed),
        "nan": _with(lambda p, t: -(t * np.log(p) + (1 - t) * np.log(1 - p))),
        "log2": _with(lambda p, t: np.asarray(binary_cross_entropy_clamped(p, t, "none")) / np.log(2)),
        "clipped-probabilities": tuple(_clipped(eps) for eps in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)),
    },
    rules=Rules(loops=0, no_warnings=True),
    laws=(within(0.0, np.inf),),
    dimensions={"p": "N C", "t": "N C"},
)
