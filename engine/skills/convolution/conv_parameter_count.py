"""Trainable parameters of a 1-D, 2-D or 3-D convolution.

Asked: one integer. Convention: weights, and the biases if the layer has them.
Source: PyTorch documentation, torch.nn.Conv2d.
"""

from math import prod
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from engine.answers.kinds import Integer
from engine.ops.convolution import conv_parameter_count
from engine.skill import Params, Skill, Step

Kernel = NDArray[np.int64]


def _forgot_input_channels(c_in: int, c_out: int, kernel: Kernel, groups: int, bias: bool) -> Any:
    return conv_parameter_count(1, c_out, kernel, 1, bias)


def _bias_confusion(c_in: int, c_out: int, kernel: Kernel, groups: int, bias: bool) -> Any:
    return conv_parameter_count(c_in, c_out, kernel, groups, not bias)


def _bias_per_weight_slice(c_in: int, c_out: int, kernel: Kernel, groups: int, bias: bool) -> Any:
    slices = c_in // groups * c_out if bias else 0
    return conv_parameter_count(c_in, c_out, kernel, groups, False) + slices


def _kernel_not_squared(c_in: int, c_out: int, kernel: Kernel, groups: int, bias: bool) -> Any:
    return conv_parameter_count(c_in, c_out, [kernel.sum()], groups, bias)


class ConvParameterCountParams(Params):
    """Channels, kernel lengths, groups and whether the filters have a bias."""

    c_in: int = Field(ge=1, le=10**5)
    c_out: int = Field(ge=1, le=10**5)
    kernel: tuple[Annotated[int, Field(ge=1, le=1000)], ...] = Field(min_length=1, max_length=3)
    groups: int = Field(ge=1, le=10**5)
    bias: bool

    @model_validator(mode="after")
    def _groups_divide(self) -> "ConvParameterCountParams":
        if self.c_in % self.groups or self.c_out % self.groups:
            raise ValueError(f"c_in = {self.c_in} and c_out = {self.c_out} must be multiples of groups = {self.groups}")
        return self


class ConvParameterCount(Skill[ConvParameterCountParams]):
    """Count the trainable parameters of a convolution."""

    id = "conv-parameter-count"
    answer = Integer(count=True)
    params_type = ConvParameterCountParams
    reference = staticmethod(conv_parameter_count)
    misconceptions: ClassVar = {
        "forgot-input-channels": _forgot_input_channels,
        "bias-confusion": _bias_confusion,
        "bias-per-weight-slice": _bias_per_weight_slice,
        "kernel-not-squared": _kernel_not_squared,
    }

    def sample(self, rng: np.random.Generator, level: int) -> ConvParameterCountParams:
        """Draw a square kernel with bias; one, unequal or three lengths; groups, every other time one per channel."""
        bias = level == 1 or bool(rng.integers(2))
        groups, c_in = 1, int(rng.choice([3, 4, 6, 8, 12, 16, 32, 64]))
        c_out = int(rng.choice([4, 8, 10, 16, 20, 32, 64, 96, 128]))
        if level == 3:
            c_in = int(rng.choice([4, 8, 12, 16, 32, 64]))
            groups = c_in if rng.integers(2) else int(rng.choice([2, 4]))
            c_out = groups * int(rng.integers(1, 4)) if groups == c_in else int(rng.choice([8, 16, 20, 32, 64, 128]))
        kernel = (int(rng.choice([3, 5, 7])),) * 2
        if level == 2:
            axes = int(rng.integers(1, 4))
            kernel = tuple(rng.choice([1, 2, 3, 4, 5, 7], size=axes, replace=False).tolist())
        return ConvParameterCountParams(c_in=c_in, c_out=c_out, kernel=kernel, groups=groups, bias=bias)

    def display(self, params: ConvParameterCountParams) -> dict[str, Any]:
        """Show the settings as PyTorch code writes them."""
        kernel = params.kernel if len(params.kernel) > 1 else params.kernel[0]
        shown = {**super().display(params), "axes": len(params.kernel)}
        return {**shown, "kernel_code": str(kernel), "bias_code": str(params.bias)}

    def steps(self, params: ConvParameterCountParams) -> tuple[Step, ...]:
        """Multiply the kernel lengths, the depth a filter sees and the number of filters, add the biases."""
        area, depth = prod(params.kernel), params.c_in // params.groups
        filter_size = area * depth
        weights = filter_size * params.c_out
        biases = params.c_out if params.bias else 0
        return (
            Step("kernel-area", {"area": area}),
            Step("depth-per-group", {"area": area, "depth": depth, "filter_size": filter_size}),
            Step("times-filters", {"filter_size": filter_size, "weights": weights}),
            Step("add-bias", {"weights": weights, "biases": biases, "answer": weights + biases}),
        )


SKILL = ConvParameterCount()
