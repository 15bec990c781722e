"""Mean binary cross-entropy of predicted probabilities.

Asked: one number, four decimals. Convention: natural logarithm, mean over the samples.
Source: Bishop, "Pattern Recognition and Machine Learning", eq. 4.90.
"""

from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from engine.answers.kinds import Real
from engine.ops.losses import binary_cross_entropy
from engine.skill import Params, Skill, Step

Array = NDArray[np.float64]


def _negatives_ignored(y: Array, p: Array) -> Any:
    return -(y * np.log(p)).mean()


def _terms_swapped(y: Array, p: Array) -> Any:
    return binary_cross_entropy(y, 1.0 - p)


def _sum_not_mean(y: Array, p: Array) -> Any:
    return binary_cross_entropy(y, p) * len(y)


def _log_two(y: Array, p: Array) -> Any:
    return binary_cross_entropy(y, p) / np.log(2.0)


def _bracket_slip(y: Array, p: Array) -> Any:
    return -(y * np.log(p)).mean() + ((1.0 - y) * np.log(1.0 - p)).mean()


class BinaryCrossEntropyParams(Params):
    """Targets 0 or 1 and as many probabilities of the class 1."""

    y: tuple[Annotated[int, Field(ge=0, le=1)], ...] = Field(min_length=1, max_length=64)
    p: tuple[Annotated[float, Field(ge=0, le=1)], ...] = Field(min_length=1, max_length=64)

    @model_validator(mode="after")
    def _targets_are_possible(self) -> "BinaryCrossEntropyParams":
        if len(self.y) != len(self.p):
            raise ValueError(f"y and p need the same length, got {len(self.y)} and {len(self.p)}")
        for index, (target, probability) in enumerate(zip(self.y, self.p, strict=True)):
            if probability == 1 - target:
                raise ValueError(f"p[{index}] gives the target probability 0, so the loss is infinite")
        return self


class BinaryCrossEntropy(Skill[BinaryCrossEntropyParams]):
    """Compute the mean binary cross-entropy of two to four predictions."""

    id = "binary-cross-entropy"
    answer = Real(decimals=4)
    params_type = BinaryCrossEntropyParams
    reference = staticmethod(binary_cross_entropy)
    misconceptions: ClassVar = {
        "negatives-ignored": _negatives_ignored,
        "terms-swapped": _terms_swapped,
        "sum-not-mean": _sum_not_mean,
        "log-two": _log_two,
        "bracket-slip": _bracket_slip,
    }

    def sample(self, rng: np.random.Generator, level: int) -> BinaryCrossEntropyParams:
        """Draw two, three or four samples of both classes and multiples of 0.05 other than 0.5."""
        size = level + 1
        y = rng.permutation(np.arange(size) < rng.integers(1, size))
        twentieths = rng.choice([k for k in range(1, 20) if k != 10], size=size)
        return BinaryCrossEntropyParams(y=tuple(int(t) for t in y), p=tuple(int(k) / 20 for k in twentieths))

    def steps(self, params: BinaryCrossEntropyParams) -> tuple[Step, ...]:
        """Pick the probability of each true class, take logarithms, negate, average."""
        picked = np.where(np.asarray(params.y) == 1, params.p, 1.0 - np.asarray(params.p))
        losses = np.log(1.0 / picked)
        return (
            Step("pick-term", {"picked": tuple(picked.tolist())}),
            Step("log", {"logarithms": tuple((0.0 - losses).tolist())}),
            Step("negate", {"losses": tuple(losses.tolist())}),
            Step("average", {"total": float(losses.sum()), "count": len(params.y), "answer": float(losses.mean())}),
        )


SKILL = BinaryCrossEntropy()
