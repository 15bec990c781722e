"""Softmax probabilities of a vector of logits.

Asked: the whole vector, four decimals. Convention: natural exponentials, all classes in the denominator.
Source: Goodfellow, Bengio, Courville, "Deep Learning", section 4.1.
"""

from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.answers.kinds import Vector
from engine.ops.activations import sigmoid, softmax
from engine.skill import Params, Skill, Step

Array = NDArray[np.float64]


def _no_exponential(logits: Array) -> Any:
    # Rounded so that one-decimal logits which cancel divide by zero instead of by float noise.
    return logits / np.round(logits.sum(), 9)


def _forgot_normalising(logits: Array) -> Any:
    return np.exp(logits - logits.max())


def _sigmoid_each(logits: Array) -> Any:
    return sigmoid(logits)


def _base_two(logits: Array) -> Any:
    return softmax(logits * np.log(2.0))


def _sign_flipped(logits: Array) -> Any:
    return softmax(-logits)


class SoftmaxParams(Params):
    """Logits of at least two classes."""

    logits: tuple[Annotated[float, Field(ge=-1e6, le=1e6)], ...] = Field(min_length=2, max_length=20)


class Softmax(Skill[SoftmaxParams]):
    """Compute the softmax probabilities of three or four logits."""

    id = "softmax"
    answer = Vector(decimals=4)
    params_type = SoftmaxParams
    reference = staticmethod(softmax)
    misconceptions: ClassVar = {
        "no-exponential": _no_exponential,
        "forgot-normalising": _forgot_normalising,
        "sigmoid-each": _sigmoid_each,
        "base-two": _base_two,
        "sign-flipped": _sign_flipped,
    }

    def sample(self, rng: np.random.Generator, level: int) -> SoftmaxParams:
        """Draw integers, one-decimal numbers, or one-decimal numbers moved up by a constant of 100 to 1000."""
        unit, classes = (10, 3) if level == 1 else (1, int(rng.integers(3, 5)))
        tenths = unit * rng.integers(-30 // unit, 40 // unit + 1, size=classes)
        while np.ptp(tenths) < 5:
            tenths = unit * rng.integers(-30 // unit, 40 // unit + 1, size=classes)
        if level == 3:
            tenths += 10 * rng.integers(100, 1001)
        return SoftmaxParams(logits=tuple(int(z) / 10 for z in tenths))

    def steps(self, params: SoftmaxParams) -> tuple[Step, ...]:
        """Subtract the maximum, exponentiate, add up, divide, check the sum."""
        logits = np.asarray(params.logits)
        shifted = logits - logits.max()
        exponentials = np.exp(shifted)
        probabilities = exponentials / exponentials.sum()
        return (
            Step("subtract-max", {"maximum": float(logits.max()), "shifted": tuple(shifted.tolist())}),
            Step("exponentiate", {"exponentials": tuple(exponentials.tolist())}),
            Step("sum", {"total": float(exponentials.sum())}),
            Step("divide", {"probabilities": tuple(probabilities.tolist())}),
            Step("check-sum", {"total": float(probabilities.sum()), "answer": tuple(probabilities.tolist())}),
        )


SKILL = Softmax()
