"""Focal loss of one prediction.

Asked: one number, four decimals. Convention: natural logarithm; alpha weighs positives, 1 - alpha negatives.
Source: Lin et al., "Focal Loss for Dense Object Detection", 2017, eq. 5.
"""

from typing import Any, ClassVar

import numpy as np
from pydantic import Field, model_validator

from engine.answers.kinds import Real
from engine.figure import Curve, Figure
from engine.ops.losses import focal_loss
from engine.skill import Params, Skill, Step

LARGEST_LOSS_DRAWN = 3.0


def _modulates_with_p(p: float, y: int, *, gamma: float = 2.0, alpha: float = 0.25) -> Any:
    p_t, alpha_t = (p, alpha) if y == 1 else (1.0 - p, 1.0 - alpha)
    return -alpha_t * p_t**gamma * np.log(p_t)


def _forgot_alpha(p: float, y: int, *, gamma: float = 2.0, alpha: float = 0.25) -> Any:
    return focal_loss(p, y, gamma=gamma, alpha=float(y))


def _alpha_swapped(p: float, y: int, *, gamma: float = 2.0, alpha: float = 0.25) -> Any:
    return focal_loss(p, y, gamma=gamma, alpha=1.0 - alpha)


def _forgot_gamma(p: float, y: int, *, gamma: float = 2.0, alpha: float = 0.25) -> Any:
    return focal_loss(p, y, gamma=0.0, alpha=alpha)


def _label_ignored(p: float, y: int, *, gamma: float = 2.0, alpha: float = 0.25) -> Any:
    return focal_loss(p, 1 - y, gamma=gamma, alpha=alpha)


class FocalLossParams(Params):
    """One predicted probability of the positive class with its label and the two constants of the loss."""

    p: float = Field(ge=0, le=1)
    y: int = Field(ge=0, le=1)
    gamma: float = Field(default=2.0, ge=0, le=10)
    alpha: float = Field(default=0.25, ge=0, le=1)

    @model_validator(mode="after")
    def _label_is_possible(self) -> "FocalLossParams":
        if self.p == 1 - self.y:
            raise ValueError(f"p = {self.p:g} gives the label {self.y} probability 0, so the loss is infinite")
        return self


class FocalLoss(Skill[FocalLossParams]):
    """Compute the focal loss of one sample."""

    id = "focal-loss"
    answer = Real(decimals=4)
    params_type = FocalLossParams
    reference = staticmethod(focal_loss)
    misconceptions: ClassVar = {
        "modulates-with-p": _modulates_with_p,
        "forgot-alpha": _forgot_alpha,
        "alpha-swapped": _alpha_swapped,
        "forgot-gamma": _forgot_gamma,
        "label-ignored": _label_ignored,
    }

    def sample(self, rng: np.random.Generator, level: int) -> FocalLossParams:
        """Draw a positive, a negative, or either with another gamma; very easy samples would show no digits."""
        y = {1: 1, 2: 0}.get(level, int(rng.integers(2)))
        gamma = float(rng.choice([0.5, 1.0, 3.0])) if level == 3 else 2.0
        twentieths = int(rng.choice([k for k in range(1, 17) if k != 10]))
        return FocalLossParams(
            p=(twentieths if y == 1 else 20 - twentieths) / 20, y=y, gamma=gamma, alpha=float(rng.choice([0.25, 0.75]))
        )

    def steps(self, params: FocalLossParams) -> tuple[Step, ...]:
        """Find p_t, the modulating factor, the logarithm and alpha_t, multiply."""
        p_t, alpha_t = (params.p, params.alpha) if params.y == 1 else (1.0 - params.p, 1.0 - params.alpha)
        factor = (1.0 - p_t) ** params.gamma
        surprisal = float(np.log(1.0 / p_t))
        return (
            Step("p-t", {"p_t": p_t}),
            Step("modulating-factor", {"rest": 1.0 - p_t, "factor": factor}),
            Step("log", {"p_t": p_t, "surprisal": surprisal}),
            Step("alpha", {"alpha_t": alpha_t}),
            Step(
                "product",
                {"alpha_t": alpha_t, "factor": factor, "surprisal": surprisal, "answer": alpha_t * factor * surprisal},
            ),
        )

    def figure(self, params: FocalLossParams) -> Figure:
        """Draw cross-entropy and focal loss, both without alpha, against the probability of the true class."""
        grid = np.linspace(0.02, 1.0, 50)

        def curve(gamma: float, role: str) -> Curve:
            losses = [focal_loss(float(p_t), 1, gamma=gamma, alpha=1.0) for p_t in grid]
            points = zip(grid.tolist(), losses, strict=True)
            return Curve(tuple((p_t, loss) for p_t, loss in points if loss <= LARGEST_LOSS_DRAWN), role)

        shapes = (curve(0.0, "cross-entropy"), curve(params.gamma, "focal-loss"))
        return Figure(shapes, x_range=(0.0, 1.0), y_range=(0.0, LARGEST_LOSS_DRAWN))


SKILL = FocalLoss()
