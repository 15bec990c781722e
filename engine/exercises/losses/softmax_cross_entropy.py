"""Mean softmax cross-entropy in nats and its gradient with respect to the logits."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.laws import gradient_of_own_loss, unchanged_by
from engine.ops.activations import softmax
from engine.ops.losses import softmax_cross_entropy
from engine.rules import Rules

Probabilities = Callable[[np.ndarray], np.ndarray]


def _from_probabilities(guarded: Probabilities) -> Callable[..., Any]:
    """Return the loss as the logarithm of a softmax, guarded in some way against 0."""

    def wrong(logits: np.ndarray, targets: np.ndarray) -> Any:
        chosen = softmax(logits)[np.arange(len(logits)), targets]
        return float(-np.mean(np.log(guarded(chosen)))), softmax_cross_entropy(logits, targets)[1]

    return wrong


def _plus(eps: float) -> Probabilities:
    return lambda p: p + eps


def _at_least(eps: float) -> Probabilities:
    return lambda p: np.maximum(p, eps)


def _sums(logits: np.ndarray, targets: np.ndarray) -> Any:
    loss, gradient = softmax_cross_entropy(logits, targets)
    return loss * len(logits), gradient * len(logits)


def _sum_in_loss(logits: np.ndarray, targets: np.ndarray) -> Any:
    loss, gradient = softmax_cross_entropy(logits, targets)
    return loss * len(logits), gradient


def _sum_in_gradient(logits: np.ndarray, targets: np.ndarray) -> Any:
    loss, gradient = softmax_cross_entropy(logits, targets)
    return loss, gradient * len(logits)


def _softmax_only(logits: np.ndarray, targets: np.ndarray) -> Any:
    return softmax_cross_entropy(logits, targets)[0], softmax(logits) / len(logits)


def _softmax_only_summed(logits: np.ndarray, targets: np.ndarray) -> Any:
    return softmax_cross_entropy(logits, targets)[0], softmax(logits)


def _log2_loss(logits: np.ndarray, targets: np.ndarray) -> Any:
    loss, gradient = softmax_cross_entropy(logits, targets)
    return loss / np.log(2), gradient


def _log2_both(logits: np.ndarray, targets: np.ndarray) -> Any:
    loss, gradient = softmax_cross_entropy(logits, targets)
    return loss / np.log(2), gradient / np.log(2)


def _wrong_axis(logits: np.ndarray, targets: np.ndarray) -> Any:
    rows = np.arange(len(logits))
    shifted = logits - logits.max(axis=0)
    logs = shifted - np.log(np.exp(shifted).sum(axis=0))
    gradient = np.exp(logs)
    gradient[rows, targets] -= 1
    return float(-logs[rows, targets].mean()), gradient / len(logits)


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield one sample first, then batches, large logits and the edges."""
    yield Case("one sample", {"logits": np.array([[1.0, 2.0, 3.0]]), "targets": np.array([2])})
    for n, k, scale in ((2, 2, 1), (3, 3, 1), (4, 6, 1), (8, 5, 10), (5, 4, 1000)):
        args = {"logits": scale * rng.normal(size=(n, k)), "targets": rng.integers(k, size=n)}
        yield Case(f"{n} x {k}, logits times {scale}", args)
    far = np.array([[1000.0, -1000.0], [-1000.0, 1000.0], [1000.0, 999.0]])
    yield Case("logits of 1000 and -1000", {"logits": far, "targets": np.array([1, 1, 0])})
    yield Case("equal logits", {"logits": np.full((3, 4), 2.0), "targets": np.array([0, 3, 1])})


def _fit(args: Args) -> Args | None:
    return args if args["targets"].max() < args["logits"].shape[1] else None


EXERCISE = Exercise(
    id="softmax-cross-entropy",
    signature="def softmax_cross_entropy(logits, targets):",
    shapes="logits (N, K), targets (N,) int -> loss float, grad (N, K)",
    reference=softmax_cross_entropy,
    cases=cases,
    mutants={
        "log-of-softmax": (
            _from_probabilities(lambda p: p),
            *(_from_probabilities(_plus(eps)) for eps in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)),
            *(_from_probabilities(_at_least(eps)) for eps in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)),
        ),
        "sum-not-mean": (_sums, _sum_in_loss, _sum_in_gradient),
        "softmax-only": (_softmax_only, _softmax_only_summed),
        "log2": (_log2_loss, _log2_both),
        "wrong-axis": _wrong_axis,
    },
    outputs=("loss", "grad"),
    rules=Rules(loops=0, over="samples", no_warnings=True),
    laws=(
        unchanged_by("logits", lambda logits: logits + 3.0, "shift-invariant", part=1),
        gradient_of_own_loss("logits", loss=0, gradient=1),
    ),
    dimensions={"logits": "N K", "targets": "N"},
    fit=_fit,
)
