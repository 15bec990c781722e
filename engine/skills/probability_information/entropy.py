"""Shannon entropy of a distribution.

Asked: one number, four decimals, in bits (base 2) or nats (base e). Convention: 0 log 0 = 0.
Source: Cover, Thomas, "Elements of Information Theory", section 2.1.
"""

from math import isclose
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from engine.answers.kinds import Real
from engine.ops.probability import entropy
from engine.skill import Params, Skill, Step

Array = NDArray[np.float64]

# Up to four classes only two non-uniform dyadic distributions exist; five classes add three more.
DYADIC = ((8, 4, 4), (8, 4, 2, 2), (8, 2, 2, 2, 2), (4, 4, 4, 2, 2), (8, 4, 2, 1, 1))


def _wrong_log_base(p: Array, *, base: int | str = 2) -> Any:
    return entropy(p, base="e" if base == 2 else 2)


def _forgot_minus(p: Array, *, base: int | str = 2) -> Any:
    return -np.asarray(entropy(p, base=base))


def _uniform_entropy(p: Array, *, base: int | str = 2) -> Any:
    return entropy(np.full(len(p), 1.0 / len(p)), base=base)


def _forgot_weights(p: Array, *, base: int | str = 2) -> Any:
    return np.log(1.0 / p[p > 0]).sum() / (1.0 if base == "e" else np.log(2.0))


def _averaged(p: Array, *, base: int | str = 2) -> Any:
    return entropy(p, base=base) / len(p)


class EntropyParams(Params):
    """A distribution and the base of the logarithm."""

    p: tuple[Annotated[float, Field(ge=0, le=1)], ...] = Field(min_length=1, max_length=64)
    base: Literal[2, "e"] = 2

    @model_validator(mode="after")
    def _is_distribution(self) -> "EntropyParams":
        if not isclose(sum(self.p), 1.0, abs_tol=1e-6):
            raise ValueError(f"p must sum to 1, got {sum(self.p):g}")
        return self


class Entropy(Skill[EntropyParams]):
    """Compute the entropy of a distribution."""

    id = "entropy"
    answer = Real(decimals=4)
    params_type = EntropyParams
    reference = staticmethod(entropy)
    misconceptions: ClassVar = {
        "wrong-log-base": _wrong_log_base,
        "forgot-minus": _forgot_minus,
        "uniform-entropy": _uniform_entropy,
        "forgot-weights": _forgot_weights,
        "averaged": _averaged,
    }

    def sample(self, rng: np.random.Generator, level: int) -> EntropyParams:
        """Draw powers of two in bits; three classes, one perhaps impossible, in bits; four classes or nats."""
        if level == 1:
            sixteenths = DYADIC[int(rng.integers(len(DYADIC)))]
            return EntropyParams(p=tuple(int(k) / 16 for k in rng.permutation(sixteenths)))
        classes = 3 if level == 2 else int(rng.integers(2, 5))
        base: Literal[2, "e"] = "e" if level == 3 and (classes < 4 or rng.integers(2)) else 2
        smallest = 0 if level == 2 and rng.integers(2) else 1
        counts = [20]
        while max(counts) == 20 or len(set(counts)) == 1:
            cuts = np.sort(rng.integers(0, 21 - smallest * classes, size=classes - 1))
            counts = (np.diff(cuts, prepend=0, append=20 - smallest * classes) + smallest).tolist()
        return EntropyParams(p=tuple(count / 20 for count in counts), base=base)

    def steps(self, params: EntropyParams) -> tuple[Step, ...]:
        """Take the surprisals of what can happen, weight them, add up, name the unit."""
        possible = np.asarray([p for p in params.p if p > 0])
        surprisals = np.log(1.0 / possible) / (1.0 if params.base == "e" else np.log(2.0))
        weighted = possible * surprisals
        total = float(weighted.sum())
        return (
            Step("surprisals", {"possible": tuple(possible.tolist()), "surprisals": tuple(surprisals.tolist())}),
            Step("weight", {"weighted": tuple(weighted.tolist())}),
            Step("sum", {"total": total}),
            Step("unit", {"answer": total}),
        )


SKILL = Entropy()
