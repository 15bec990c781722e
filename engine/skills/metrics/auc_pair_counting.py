"""Area under the ROC curve by counting pairs.

Asked: one number, four decimals. Convention: a tied pair counts one half.
Source: Fawcett, "An introduction to ROC analysis", 2006.
"""

from math import comb
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.answers.kinds import Real
from engine.figure import Curve, Figure
from engine.ops.metrics import auc_pair_counting
from engine.skill import Params, Skill, Step

Array = NDArray[np.float64]
Scores = tuple[Annotated[float, Field(ge=-1e6, le=1e6)], ...]


def _ties_count_zero(pos: Array, neg: Array) -> Any:
    return np.greater.outer(pos, neg).mean()


def _ties_count_one(pos: Array, neg: Array) -> Any:
    return np.greater_equal.outer(pos, neg).mean()


def _reversed_order(pos: Array, neg: Array) -> Any:
    return auc_pair_counting(neg, pos)


def _pairs_over_all_samples(pos: Array, neg: Array) -> Any:
    return auc_pair_counting(pos, neg) * pos.size * neg.size / comb(pos.size + neg.size, 2)


class AucPairCountingParams(Params):
    """Scores of the positives and of the negatives."""

    pos: Scores = Field(min_length=1, max_length=200)
    neg: Scores = Field(min_length=1, max_length=200)


class AucPairCounting(Skill[AucPairCountingParams]):
    """Compute the AUC of a few scores."""

    id = "auc-pair-counting"
    answer = Real(decimals=4)
    params_type = AucPairCountingParams
    reference = staticmethod(auc_pair_counting)
    misconceptions: ClassVar = {
        "ties-count-zero": _ties_count_zero,
        "ties-count-one": _ties_count_one,
        "reversed-order": _reversed_order,
        "pairs-over-all-samples": _pairs_over_all_samples,
    }

    def sample(self, rng: np.random.Generator, level: int) -> AucPairCountingParams:
        """Draw three positives and negatives, four and three, or two to four of each with ties."""
        sizes = {1: (3, 3), 2: (4, 3)}.get(level) or rng.choice([2, 3, 4], size=2, replace=False).tolist()
        auc, pos, neg = 1.0, np.empty(0, int), np.empty(0, int)
        while auc in (0.0, 1.0) or (level == 3 and np.intersect1d(pos, neg).size == 0):
            if level == 3:
                pos, neg = (rng.choice(np.arange(1, 10), size=size, replace=False) for size in sizes)
            else:
                pos, neg = np.split(rng.choice(np.arange(1, 10), size=sum(sizes), replace=False), sizes[:1])
            auc = auc_pair_counting(pos, neg)
        if auc < 0.5:  # most classifiers rank better than chance
            pos, neg = 10 - pos, 10 - neg
        return AucPairCountingParams(pos=tuple((pos / 10).tolist()), neg=tuple((neg / 10).tolist()))

    def steps(self, params: AucPairCountingParams) -> tuple[Step, ...]:
        """Count the pairs, those won and those tied, divide."""
        wins = tuple(sum(p > q for q in params.neg) for p in params.pos)
        ties = sum(p == q for p in params.pos for q in params.neg)
        pairs = len(params.pos) * len(params.neg)
        credit = sum(wins) + ties / 2
        return (
            Step("list-pairs", {"positives": len(params.pos), "negatives": len(params.neg), "pairs": pairs}),
            Step("count-wins", {"wins": wins, "won": sum(wins)}),
            Step("count-ties", {"ties": ties, "half": ties / 2}),
            Step("divide-by-pq", {"won": sum(wins), "half": ties / 2, "pairs": pairs, "answer": credit / pairs}),
        )

    def figure(self, params: AucPairCountingParams) -> Figure:
        """Draw the ROC curve and the diagonal of chance."""
        thresholds = sorted({*params.pos, *params.neg}, reverse=True)
        points = (
            (sum(q >= t for q in params.neg) / len(params.neg), sum(p >= t for p in params.pos) / len(params.pos))
            for t in thresholds
        )
        shapes = (Curve(((0.0, 0.0), *points), "roc"), Curve(((0.0, 0.0), (1.0, 1.0)), "chance"))
        return Figure(shapes, x_range=(0.0, 1.0), y_range=(0.0, 1.0))


SKILL = AucPairCounting()
