"""Scaled dot-product attention of one query.

Asked: the output vector, four decimals. Convention: keys and values are rows; one head, no mask.
Source: Vaswani et al., "Attention Is All You Need", 2017, eq. 1.
"""

from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from engine.answers.kinds import Vector
from engine.ops.activations import softmax
from engine.ops.attention import scaled_dot_product_attention
from engine.skill import Params, Skill, Step

Array = NDArray[np.float64]
Row = tuple[Annotated[float, Field(ge=-1e3, le=1e3)], ...]


def _no_scaling(q: Array, K: Array, V: Array) -> Any:
    return softmax(K @ q) @ V


def _divide_by_dk(q: Array, K: Array, V: Array) -> Any:
    return softmax(K @ q / len(q)) @ V


def _no_softmax(q: Array, K: Array, V: Array) -> Any:
    return (K @ q / np.sqrt(len(q))) @ V


def _hardmax(q: Array, K: Array, V: Array) -> Any:
    return V[np.argmax(K @ q)]


class ScaledDotProductAttentionParams(Params):
    """One query, and as many keys as values, one in each row."""

    q: Row = Field(min_length=1, max_length=64)
    K: tuple[Row, ...] = Field(min_length=1, max_length=32)
    V: tuple[Row, ...] = Field(min_length=1, max_length=32)

    @model_validator(mode="after")
    def _shapes_agree(self) -> "ScaledDotProductAttentionParams":
        if len(self.K) != len(self.V):
            raise ValueError(f"K and V need the same number of rows, got {len(self.K)} and {len(self.V)}")
        if any(len(key) != len(self.q) for key in self.K):
            raise ValueError(f"every key needs as many entries as the query, {len(self.q)}")
        if not self.V[0] or any(len(value) != len(self.V[0]) for value in self.V):
            raise ValueError("all values need the same number of entries, at least one")
        return self


class ScaledDotProductAttention(Skill[ScaledDotProductAttentionParams]):
    """Attend with one query to two or three keys."""

    id = "scaled-dot-product-attention"
    answer = Vector(decimals=4)
    params_type = ScaledDotProductAttentionParams
    reference = staticmethod(scaled_dot_product_attention)
    misconceptions: ClassVar = {
        "no-scaling": _no_scaling,
        "divide-by-dk": _divide_by_dk,
        "no-softmax": _no_softmax,
        "hardmax": _hardmax,
    }

    def sample(self, rng: np.random.Generator, level: int) -> ScaledDotProductAttentionParams:
        """Draw four dimensions and two keys, two and three, four and three; one key is the best alone."""
        width, keys = {1: (4, 2), 2: (2, 3), 3: (4, 3)}[level]
        while True:
            q = rng.integers(-2, 3, size=width)
            K = rng.integers(-2, 3, size=(keys, width))
            V = rng.integers(0, 10, size=(keys, 2))
            scores = K @ q
            if np.sum(scores == scores.max()) == 1 and len({tuple(row) for row in V.tolist()}) == keys:
                return ScaledDotProductAttentionParams(
                    q=tuple(q.tolist()),
                    K=tuple(tuple(row) for row in K.tolist()),
                    V=tuple(tuple(row) for row in V.tolist()),
                )

    def display(self, params: ScaledDotProductAttentionParams) -> dict[str, Any]:
        """Add the length of the query."""
        return {**super().display(params), "d_k": len(params.q)}

    def steps(self, params: ScaledDotProductAttentionParams) -> tuple[Step, ...]:
        """Score the keys, scale, normalise, average the values."""
        scores = np.asarray(params.K) @ np.asarray(params.q)
        scaled = scores / np.sqrt(len(params.q))
        weights = softmax(scaled)
        return (
            Step("scores", {"scores": tuple(scores.tolist())}),
            Step("scale", {"root": float(np.sqrt(len(params.q))), "scaled": tuple(scaled.tolist())}),
            Step("softmax", {"weights": tuple(weights.tolist())}),
            Step("weighted-sum", {"answer": tuple((weights @ np.asarray(params.V)).tolist())}),
        )


SKILL = ScaledDotProductAttention()
