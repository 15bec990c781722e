"""Scaled dot-product attention with a mask; a query that may see nothing gets weights and output 0."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.laws import sums_to_one, within
from engine.ops.activations import softmax_along
from engine.ops.attention import masked_attention
from engine.rules import Rules


def _attend(scores: Any, V: Any, mask: Any, axis: int = -1) -> Any:
    """Return output and weights for given scores, hidden ones removed before the softmax."""
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    largest = scores.max(axis=axis, keepdims=True)
    e = np.exp(scores - np.where(np.isfinite(largest), largest, 0.0))
    total = e.sum(axis=axis, keepdims=True)
    weights = e / np.where(total > 0, total, 1.0)
    return weights @ V, weights


def _no_scale(Q: Any, K: Any, V: Any, mask: Any = None) -> Any:
    return _attend(Q @ np.swapaxes(K, -1, -2), V, mask)


def _divide_d(Q: Any, K: Any, V: Any, mask: Any = None) -> Any:
    return _attend(Q @ np.swapaxes(K, -1, -2) / Q.shape[-1], V, mask)


def _wrong_axis(Q: Any, K: Any, V: Any, mask: Any = None) -> Any:
    return _attend(Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1]), V, mask, axis=-2)


def _mask_after(Q: Any, K: Any, V: Any, mask: Any = None) -> Any:
    weights = softmax_along(Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1]))
    if mask is not None:
        weights = weights * mask
    return weights @ V, weights


def _hidden_row_is_nan(Q: Any, K: Any, V: Any, mask: Any = None) -> Any:
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax_along(scores if mask is None else np.where(mask, scores, -np.inf))
    return weights @ V, weights


def _hidden_row_is_uniform(Q: Any, K: Any, V: Any, mask: Any = None) -> Any:
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax_along(scores if mask is None else np.where(mask, scores, -1e9))
    return weights @ V, weights


def _inputs(rng: np.random.Generator, batch: tuple[int, ...], n: int, m: int, d: int, dv: int) -> dict[str, Any]:
    shapes = {"Q": (n, d), "K": (m, d), "V": (m, dv)}
    return {name: rng.normal(size=(*batch, *shape)) for name, shape in shapes.items()}


def _visible(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw a mask that hides something and leaves every query a key."""
    mask = rng.random(size=shape) < 0.6
    mask[..., 0] |= ~mask.any(axis=-1)
    mask[..., -1, -1] = False
    mask[..., -1, 0] = True
    return mask


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield one query first, then batches, masks of several shapes and the edges."""
    one = {"Q": np.array([[1.0, 0.0, 0.0, 0.0]]), "K": np.eye(2, 4) * 2.0, "V": np.array([[1.0], [3.0]])}
    yield Case("one query, two keys", one)
    yield Case("one query, one key hidden", {**one, "mask": np.array([[False, True]])})
    for batch, n, m, d, dv in (((), 2, 3, 4, 2), ((), 3, 3, 3, 3), ((2,), 4, 2, 5, 3), ((2, 3), 3, 6, 8, 2)):
        inputs = _inputs(rng, batch, n, m, d, dv)
        name = f"n {n}, m {m}, d {d}, batch {batch}"
        yield Case(name, inputs)
        yield Case(f"{name}, mask (n, m)", {**inputs, "mask": _visible(rng, n, m)})
    yield Case("a mask for each of a batch", {**_inputs(rng, (2,), 3, 4, 4, 2), "mask": _visible(rng, 2, 3, 4)})
    causal = np.tri(4, dtype=bool)
    yield Case("causal mask", {**_inputs(rng, (), 4, 4, 2, 3), "mask": causal})
    hidden = _visible(rng, 3, 4)
    hidden[1] = False
    yield Case("a fully masked row", {**_inputs(rng, (), 3, 4, 2, 2), "mask": hidden})
    yield Case("d=1", _inputs(rng, (), 3, 2, 1, 1))
    large = _inputs(rng, (), 3, 4, 4, 2)
    yield Case("scores near 1000", {**large, "Q": 30.0 * large["Q"], "K": 30.0 * large["K"]})


def _fit(args: Args) -> Args | None:
    mask = args.get("mask")
    fits = mask is None or mask.shape[-2:] == (args["Q"].shape[-2], args["K"].shape[-2])
    return args if fits else None


EXERCISE = Exercise(
    id="scaled-dot-product-attention",
    signature="def attention(Q, K, V, mask=None):",
    shapes="Q (..., n, d), K (..., m, d), V (..., m, dv), mask bool (..., n, m), True = visible"
    " -> out (..., n, dv), weights (..., n, m)",
    reference=masked_attention,
    cases=cases,
    mutants={
        "no-scale": _no_scale,
        "wrong-axis": _wrong_axis,
        "mask-after": _mask_after,
        "divide-d": _divide_d,
        "hidden-row": (_hidden_row_is_nan, _hidden_row_is_uniform),
    },
    outputs=("out", "weights"),
    rules=Rules(loops=0),
    single=True,
    laws=(within(0.0, 1.0, part=1), sums_to_one(-1, part=1, or_zero=True)),
    dimensions={"Q": "A B N D", "K": "A B M D", "V": "A B M E", "mask": "A B N M"},
    fit=_fit,
)
