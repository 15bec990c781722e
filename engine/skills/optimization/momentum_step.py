"""SGD with momentum over one to three gradients of a single parameter.

Asked: velocity and weight at the end, four decimals each. Convention: one of three, written out in the prompt.
Source: Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.
"""

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.answers.kinds import Named
from engine.ops.optim import momentum_step, momentum_velocity
from engine.skill import Params, Skill, Step

Array = NDArray[np.float64]
Form = Literal["buffer", "velocity", "ema"]

RULES = {
    "buffer": (r"v_t = \mu v_{t-1} + g_t", r"w_t = w_{t-1} - \eta v_t"),
    "velocity": (r"v_t = \mu v_{t-1} - \eta g_t", r"w_t = w_{t-1} + v_t"),
    "ema": (r"v_t = \mu v_{t-1} + (1 - \mu) g_t", r"w_t = w_{t-1} - \eta v_t"),
}
ANOTHER: dict[str, Form] = {"buffer": "ema", "velocity": "buffer", "ema": "buffer"}


def _forgot_old_velocity(w: float, v: float, grads: Array, *, lr: float, momentum: float, form: str) -> Any:
    return momentum_step(w, v, grads, lr=lr, momentum=0.0, form=form)


def _swapped_weights(w: float, v: float, grads: Array, *, lr: float, momentum: float, form: str) -> Any:
    return momentum_step(w, v, grads, lr=lr, momentum=1.0 - momentum, form=form)


def _mixed_conventions(w: float, v: float, grads: Array, *, lr: float, momentum: float, form: str) -> Any:
    return momentum_step(w, v, grads, lr=lr, momentum=momentum, form=ANOTHER[form])


def _stale_velocity(w: float, v: float, grads: Array, *, lr: float, momentum: float, form: str) -> Any:
    for g in grads.tolist():
        w += v if form == "velocity" else -lr * v
        v, _ = momentum_velocity(v, g, lr=lr, momentum=momentum, form=form)
    return v, w


class MomentumStepParams(Params):
    """Weight, velocity, the gradients in turn, both rates and the convention."""

    w: float = Field(ge=-1e6, le=1e6)
    v: float = Field(ge=-1e6, le=1e6)
    grads: tuple[Annotated[float, Field(ge=-1e6, le=1e6)], ...] = Field(min_length=1, max_length=20)
    lr: float = Field(gt=0, le=100)
    momentum: float = Field(ge=0, lt=1)
    form: Form


class MomentumStep(Skill[MomentumStepParams]):
    """Carry out steps of SGD with momentum."""

    id = "momentum-step"
    answer = Named(labels=("velocity", "weight"), decimals=4)
    params_type = MomentumStepParams
    reference = staticmethod(momentum_step)
    misconceptions: ClassVar = {
        "forgot-old-velocity": _forgot_old_velocity,
        "swapped-weights": _swapped_weights,
        "mixed-conventions": _mixed_conventions,
        "stale-velocity": _stale_velocity,
    }

    def sample(self, rng: np.random.Generator, level: int) -> MomentumStepParams:
        """Draw one integer gradient; two; three one-decimal gradients with a change of sign."""
        forms: tuple[Form, ...] = ("buffer", "velocity") if level == 1 else ("buffer", "velocity", "ema")
        unit = 10 if level == 1 else 1
        tenths = unit * rng.integers(1, 40 // unit + 1, size=level) * rng.choice([-1, 1], size=level)
        if level == 3 and np.all(tenths > 0) | np.all(tenths < 0):
            tenths[int(rng.integers(3))] *= -1
        velocity = 0
        while velocity == 0:
            velocity = int(rng.integers(-20, 21))
        return MomentumStepParams(
            w=int(rng.integers(-20, 31)) / 10,
            v=velocity / 10,
            grads=tuple(int(g) / 10 for g in tenths),
            lr=float(rng.choice([0.01, 0.1, 0.2])),
            momentum=float(rng.choice([0.8, 0.9])),
            form=forms[int(rng.integers(len(forms)))],
        )

    def display(self, params: MomentumStepParams) -> dict[str, Any]:
        """Add the convention as two formulas."""
        velocity_rule, weight_rule = RULES[params.form]
        return {**super().display(params), "velocity_rule": velocity_rule, "weight_rule": weight_rule}

    def steps(self, params: MomentumStepParams) -> tuple[Step, ...]:
        """Carry out the first step in detail and repeat it for the other gradients."""
        history: list[tuple[float, float]] = []
        velocity, weight = params.v, params.w
        for g in params.grads:
            velocity, change = momentum_velocity(velocity, g, lr=params.lr, momentum=params.momentum, form=params.form)
            weight += change
            history.append((velocity, weight))
        decayed = params.momentum * params.v
        first_velocity, first_weight = history[0]
        return (
            Step("decay-old-velocity", {"decayed": decayed}),
            Step(
                "add-gradient-term",
                {"g": params.grads[0], "term": first_velocity - decayed, "decayed": decayed, "new": first_velocity},
            ),
            Step("move-weight", {"change": first_weight - params.w, "new": first_weight}),
            Step(
                "repeat",
                {
                    "count": len(history),
                    "velocities": tuple(v for v, _ in history),
                    "weights": tuple(w for _, w in history),
                    "velocity": velocity,
                    "weight": weight,
                    "answer": (velocity, weight),
                },
            ),
        )


SKILL = MomentumStep()
