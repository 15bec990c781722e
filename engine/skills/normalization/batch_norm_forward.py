"""Batch normalization of a small batch in training mode.

Asked: the whole output matrix, three decimals. Convention: biased variance over the batch, epsilon inside the root.
Source: Ioffe, Szegedy, "Batch Normalization", 2015, algorithm 1.
"""

from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from engine.answers.kinds import Matrix
from engine.ops.normalization import batch_norm_forward
from engine.skill import Params, Skill, Step

Array = NDArray[np.float64]
Number = Annotated[float, Field(ge=-1e6, le=1e6)]


def _unbiased_variance(x: Array, gamma: Array, beta: Array, *, eps: float = 1e-5) -> Any:
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0, ddof=1) + eps) + beta


def _forgot_square_root(x: Array, gamma: Array, beta: Array, *, eps: float = 1e-5) -> Any:
    return gamma * (x - x.mean(axis=0)) / (x.var(axis=0) + eps) + beta


def _forgot_affine(x: Array, gamma: Array, beta: Array, *, eps: float = 1e-5) -> Any:
    return batch_norm_forward(x, np.ones_like(gamma), np.zeros_like(beta), eps=eps)


def _shift_inside_scale(x: Array, gamma: Array, beta: Array, *, eps: float = 1e-5) -> Any:
    return batch_norm_forward(x, gamma, gamma * beta, eps=eps)


class BatchNormForwardParams(Params):
    """A batch of at least two samples, with scale and shift of each feature."""

    x: tuple[Annotated[tuple[Number, ...], Field(min_length=1, max_length=16)], ...] = Field(
        min_length=2, max_length=64
    )
    gamma: tuple[Number, ...]
    beta: tuple[Number, ...]
    eps: float = Field(default=1e-5, gt=0, le=1)

    @model_validator(mode="after")
    def _features_agree(self) -> "BatchNormForwardParams":
        features = len(self.x[0])
        if any(len(row) != features for row in self.x):
            raise ValueError("all rows of x need the same number of features")
        for name, values in (("gamma", self.gamma), ("beta", self.beta)):
            if len(values) != features:
                raise ValueError(f"{name} needs one number for each of the {features} features, got {len(values)}")
        return self


class BatchNormForward(Skill[BatchNormForwardParams]):
    """Normalise a batch feature by feature, then scale and shift."""

    id = "batch-norm-forward"
    answer = Matrix(decimals=3)
    params_type = BatchNormForwardParams
    reference = staticmethod(batch_norm_forward)
    misconceptions: ClassVar = {
        "unbiased-variance": _unbiased_variance,
        "forgot-square-root": _forgot_square_root,
        "forgot-affine": _forgot_affine,
        "shift-inside-scale": _shift_inside_scale,
    }

    def sample(self, rng: np.random.Generator, level: int) -> BatchNormForwardParams:
        """Draw one feature of three samples, of four or five, or two features of which one is ten times larger."""
        samples = 3 if level == 1 else int(rng.integers(4, 6)) if level == 2 else int(rng.integers(3, 5))
        scales = (1, 10) if level == 3 else (1,)
        columns = [self._column(rng, samples, scale) for scale in scales]
        return BatchNormForwardParams(
            x=tuple(zip(*columns, strict=True)),
            gamma=tuple(int(k) / 10 for k in rng.choice([k for k in range(5, 31) if k != 10], size=len(scales))),
            beta=tuple(int(k) / 10 for k in rng.choice([k for k in range(-20, 21) if k != 0], size=len(scales))),
        )

    @staticmethod
    def _column(rng: np.random.Generator, samples: int, scale: int) -> tuple[float, ...]:
        column = np.zeros(samples, dtype=int)
        while np.ptp(column) == 0:
            column = rng.integers(-9, 10, size=samples)
        return tuple(float(scale * int(entry)) for entry in column)

    def steps(self, params: BatchNormForwardParams) -> tuple[Step, ...]:
        """Take mean and biased variance of each column, normalise, scale and shift."""
        x, gamma, beta = np.asarray(params.x), np.asarray(params.gamma), np.asarray(params.beta)
        mean, variance = x.mean(axis=0), x.var(axis=0)
        x_hat = (x - mean) / np.sqrt(variance + params.eps)
        return (
            Step("batch-mean", {"mean": tuple(mean.tolist())}),
            Step("batch-variance", {"count": len(params.x), "variance": tuple(variance.tolist())}),
            Step("normalise", {"x_hat": _rows(x_hat)}),
            Step("scale-and-shift", {"answer": _rows(gamma * x_hat + beta)}),
        )


def _rows(matrix: Array) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in matrix.tolist())


SKILL = BatchNormForward()
