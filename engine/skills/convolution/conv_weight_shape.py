"""Shape of the weight tensor of a convolution.

Asked: one shape. Convention: PyTorch's axes, for ordinary and transposed convolutions.
Source: PyTorch documentation, torch.nn.Conv2d and torch.nn.ConvTranspose2d.
"""

from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from engine.answers.kinds import Shape, format_value
from engine.ops.convolution import conv_weight_shape
from engine.skill import Params, Skill, Step

Kernel = NDArray[np.int64]


def _tensorflow_order(c_in: int, c_out: int, kernel: Kernel, groups: int, transposed: bool) -> Any:
    first, second, *lengths = conv_weight_shape(c_in, c_out, kernel, groups, transposed)
    return (*lengths, second, first)


def _in_out_swapped(c_in: int, c_out: int, kernel: Kernel, groups: int, transposed: bool) -> Any:
    first, second, *lengths = conv_weight_shape(c_in, c_out, kernel, groups, transposed)
    return (second, first, *lengths)


def _missing_depth(c_in: int, c_out: int, kernel: Kernel, groups: int, transposed: bool) -> Any:
    return (c_out, *kernel.tolist())


class ConvWeightShapeParams(Params):
    """Channels, kernel lengths, groups and whether the convolution is transposed."""

    c_in: int = Field(ge=1, le=10**5)
    c_out: int = Field(ge=1, le=10**5)
    kernel: tuple[Annotated[int, Field(ge=1, le=1000)], ...] = Field(min_length=1, max_length=3)
    groups: int = Field(ge=1, le=10**5)
    transposed: bool

    @model_validator(mode="after")
    def _groups_divide(self) -> "ConvWeightShapeParams":
        if self.c_in % self.groups or self.c_out % self.groups:
            raise ValueError(f"c_in = {self.c_in} and c_out = {self.c_out} must be multiples of groups = {self.groups}")
        return self


class ConvWeightShape(Skill[ConvWeightShapeParams]):
    """Give the shape of a convolution's weights."""

    id = "conv-weight-shape"
    answer = Shape()
    params_type = ConvWeightShapeParams
    reference = staticmethod(conv_weight_shape)
    misconceptions: ClassVar = {
        "tensorflow-order": _tensorflow_order,
        "in-out-swapped": _in_out_swapped,
        "missing-depth": _missing_depth,
    }

    def sample(self, rng: np.random.Generator, level: int) -> ConvWeightShapeParams:
        """Draw a 2-D layer; one of one or three axes; a layer with groups, or a transposed one, or both."""
        transposed = level == 3 and rng.random() < 0.4
        groups = int(rng.choice([1, 2, 4] if transposed else [2, 4])) if level == 3 else 1
        c_in, c_out = (groups * int(factor) for factor in rng.choice(np.arange(2, 64 // groups + 1), 2, replace=False))
        axes = int(rng.choice([1, 3])) if level == 2 else 2
        kernel = tuple(rng.integers(1, 8, size=axes).tolist())
        return ConvWeightShapeParams(c_in=c_in, c_out=c_out, kernel=kernel, groups=groups, transposed=transposed)

    def display(self, params: ConvWeightShapeParams) -> dict[str, Any]:
        """Show the settings as PyTorch code writes them."""
        kernel = params.kernel if len(params.kernel) > 1 else params.kernel[0]
        layer = f"Conv{'Transpose' if params.transposed else ''}{len(params.kernel)}d"
        return {**super().display(params), "layer": layer, "kernel_code": str(kernel)}

    def steps(self, params: ConvWeightShapeParams) -> tuple[Step, ...]:
        """Find both channel axes, append the kernel."""
        whole, split = (params.c_in, params.c_out) if params.transposed else (params.c_out, params.c_in)
        shape = (whole, split // params.groups, *params.kernel)
        return (
            Step("number-of-filters", {"whole": whole}),
            Step("depth-per-group", {"split": split, "depth": split // params.groups}),
            Step("kernel-axes", {"written": format_value(self.answer, shape), "answer": shape}),
        )


SKILL = ConvWeightShape()
