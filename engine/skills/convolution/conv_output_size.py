"""Output length of a convolution along one axis.

Asked: one integer. Convention: PyTorch's, with padding at both ends and incomplete windows dropped.
Source: Dumoulin, Visin, "A guide to convolution arithmetic for deep learning", 2016.
"""

from typing import Any, ClassVar

import numpy as np
from pydantic import Field, model_validator

from engine.answers.kinds import Integer
from engine.figure import Dot, Figure, Rectangle
from engine.ops.convolution import conv_output_size
from engine.skill import Params, Skill, Step

LONGEST_DRAWN = 64


def _forgot_plus_one(n: int, k: int, padding: int, stride: int, dilation: int) -> Any:
    return conv_output_size(n, k, padding, stride, dilation) - 1


def _stride_only_on_padding(n: int, k: int, padding: int, stride: int, dilation: int) -> Any:
    return n - dilation * (k - 1) - 1 + 2 * padding // stride + 1


def _padding_once(n: int, k: int, padding: int, stride: int, dilation: int) -> Any:
    return (n + padding - dilation * (k - 1) - 1) // stride + 1


def _ceil_instead_of_floor(n: int, k: int, padding: int, stride: int, dilation: int) -> Any:
    return -((dilation * (k - 1) + 1 - n - 2 * padding) // stride) + 1


class ConvOutputSizeParams(Params):
    """Input length and the four settings of a convolution along one axis."""

    n: int = Field(ge=1, le=10**6)
    k: int = Field(ge=1, le=10**4)
    padding: int = Field(ge=0, le=10**4)
    stride: int = Field(ge=1, le=10**4)
    dilation: int = Field(ge=1, le=10**4)

    @model_validator(mode="after")
    def _kernel_fits(self) -> "ConvOutputSizeParams":
        reach, room = self.dilation * (self.k - 1) + 1, self.n + 2 * self.padding
        if reach > room:
            raise ValueError(f"the kernel spans {reach} positions, but the padded input has only {room}")
        return self


class ConvOutputSize(Skill[ConvOutputSizeParams]):
    """Compute the output length of a convolution."""

    id = "conv-output-size"
    answer = Integer()
    params_type = ConvOutputSizeParams
    reference = staticmethod(conv_output_size)
    misconceptions: ClassVar = {
        "forgot-plus-one": _forgot_plus_one,
        "stride-only-on-padding": _stride_only_on_padding,
        "padding-once": _padding_once,
        "ceil-instead-of-floor": _ceil_instead_of_floor,
    }

    def sample(self, rng: np.random.Generator, level: int) -> ConvOutputSizeParams:
        """Draw a stride of 2 that divides evenly; strides of 2 to 4 that don't; dilated kernels."""
        stride = 2 if level == 1 else int(rng.integers(2, 5))
        dilation = int(rng.integers(2, 4)) if level == 3 else 1
        # A padding below the stride may change nothing, and then its second half can't be missed.
        k = int(rng.integers(stride + 2, {1: 8, 2: 12, 3: 8}[level]))
        padding = int(rng.integers(stride + 1, k))
        n = int(rng.integers(max(k, 8), 33)) if level == 1 else int(rng.integers(32, 254))
        rest = (n + 2 * padding - dilation * (k - 1) - 1) % stride
        if level == 1:
            n += rest
        elif level == 2 and rest == 0:
            n += int(rng.integers(1, stride))
        return ConvOutputSizeParams(n=n, k=k, padding=padding, stride=stride, dilation=dilation)

    def steps(self, params: ConvOutputSizeParams) -> tuple[Step, ...]:
        """Find the reach of the kernel and the room it has, count the moves, add the first position."""
        reach = params.dilation * (params.k - 1) + 1
        padded = params.n + 2 * params.padding
        room = padded - reach
        moves = room // params.stride
        return (
            Step("effective-kernel", {"taps_apart": params.k - 1, "reach": reach}),
            Step("padded-length", {"padded": padded}),
            Step("subtract", {"padded": padded, "reach": reach, "room": room}),
            Step("divide-and-floor", {"room": room, "quotient": room / params.stride, "moves": moves}),
            Step("add-one", {"moves": moves, "answer": moves + 1}),
        )

    def figure(self, params: ConvOutputSizeParams) -> Figure | None:
        """Draw a short padded input and, above it, the taps of the first window."""
        n, padding = params.n, params.padding
        if n + 2 * padding > LONGEST_DRAWN:
            return None
        ends = (Rectangle(-padding, 0, 0, 1, "padding"), Rectangle(n, 0, n + padding, 1, "padding"))
        starts = [params.dilation * tap - padding for tap in range(params.k)]
        taps = (Dot(start + 0.5, 1.5, "kernel") for start in starts)
        shapes = (Rectangle(0, 0, n, 1, "input"), *(ends if padding else ()), *taps)
        return Figure(shapes, x_range=(-padding, n + padding), y_range=(0, 2))


SKILL = ConvOutputSize()
