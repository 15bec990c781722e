"""One step of Adam for a single parameter.

Asked: both moments (uncorrected) and the weight, four decimals each. Convention: the first step is t = 1; epsilon
stands outside the root.
Source: Kingma, Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1.
"""

from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from engine.answers.kinds import Named
from engine.ops.optim import adam_step
from engine.skill import Params, Skill, Step


def _no_bias_correction(
    w: float,
    m: float,
    v: float,
    g: float,
    *,
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> Any:
    m, v, _ = adam_step(w, m, v, g, t=t, lr=lr, beta1=beta1, beta2=beta2, eps=eps)
    return m, v, w - lr * m / (np.sqrt(v) + eps)


def _forgot_square_root(
    w: float,
    m: float,
    v: float,
    g: float,
    *,
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> Any:
    m, v, _ = adam_step(w, m, v, g, t=t, lr=lr, beta1=beta1, beta2=beta2, eps=eps)
    return m, v, w - lr * (m / (1.0 - beta1**t)) / (v / (1.0 - beta2**t) + eps)


def _betas_swapped(
    w: float,
    m: float,
    v: float,
    g: float,
    *,
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> Any:
    return adam_step(w, m, v, g, t=t, lr=lr, beta1=beta2, beta2=beta1, eps=eps)


def _step_number_off(
    w: float,
    m: float,
    v: float,
    g: float,
    *,
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> Any:
    return adam_step(w, m, v, g, t=t + 1, lr=lr, beta1=beta1, beta2=beta2, eps=eps)


class AdamStepParams(Params):
    """State before the step, the gradient, the step's number and the constants."""

    w: float = Field(ge=-1e6, le=1e6)
    m: float = Field(ge=-1e6, le=1e6)
    v: float = Field(ge=0, le=1e12)
    g: float = Field(ge=-1e6, le=1e6)
    t: int = Field(ge=1, le=1_000_000)
    lr: float = Field(gt=0, le=100)
    beta1: float = Field(default=0.9, ge=0, lt=1)
    beta2: float = Field(default=0.999, ge=0, lt=1)
    eps: float = Field(default=1e-8, gt=0, le=1)


class AdamStep(Skill[AdamStepParams]):
    """Carry out one step of Adam."""

    id = "adam-step"
    answer = Named(labels=("m", "v", "weight"), decimals=4)
    params_type = AdamStepParams
    reference = staticmethod(adam_step)
    misconceptions: ClassVar = {
        "no-bias-correction": _no_bias_correction,
        "forgot-square-root": _forgot_square_root,
        "betas-swapped": _betas_swapped,
        "step-number-off": _step_number_off,
    }

    def sample(self, rng: np.random.Generator, level: int) -> AdamStepParams:
        """Draw the first step, the second, or a later one whose gradient turns against the first moment."""
        sign = int(rng.choice([-1, 1]))
        moment_sign = -sign if level == 3 else int(rng.choice([-1, 1]))
        moments = (0.0, 0.0)
        if level > 1:
            moments = (moment_sign * int(rng.integers(1, 11)) / 10, float(rng.choice([0.1, 0.2, 0.5, 1.0])))
        return AdamStepParams(
            w=int(rng.integers(-20, 31)) / 10,
            m=moments[0],
            v=moments[1],
            g=sign * int(rng.integers(5, 51)) / 10,
            t=level if level < 3 else int(rng.integers(3, 6)),
            lr=float(rng.choice([0.1, 0.2])),
            beta1=float(rng.choice([0.8, 0.9])),
            beta2=float(rng.choice([0.99, 0.999])),
        )

    def steps(self, params: AdamStepParams) -> tuple[Step, ...]:
        """Update both moments, correct them, divide by the root, move the weight."""
        m = params.beta1 * params.m + (1.0 - params.beta1) * params.g
        v = params.beta2 * params.v + (1.0 - params.beta2) * params.g**2
        correction1, correction2 = 1.0 - params.beta1**params.t, 1.0 - params.beta2**params.t
        m_hat, v_hat = m / correction1, v / correction2
        root = float(np.sqrt(v_hat))
        ratio = m_hat / (root + params.eps)
        weight = params.w - params.lr * ratio
        return (
            Step("update-first-moment", {"rest": 1.0 - params.beta1, "new": m}),
            Step("update-second-moment", {"rest": 1.0 - params.beta2, "new": v}),
            Step(
                "correct-both",
                {"correction1": correction1, "correction2": correction2, "m_hat": m_hat, "v_hat": v_hat},
            ),
            Step("divide-by-root", {"root": root, "ratio": ratio}),
            Step("move-weight", {"ratio": ratio, "m": m, "v": v, "weight": weight, "answer": (m, v, weight)}),
        )


SKILL = AdamStep()
