"""Receptive field of a stack of convolution and pooling layers.

Asked: one integer, along one axis. Convention: the span from the first to the last position, gaps included.
Source: Araujo, Norris, Sim, "Computing Receptive Fields of Convolutional Neural Networks", 2019.
"""

from itertools import accumulate
from operator import mul
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from engine.answers.kinds import Integer
from engine.ops.convolution import receptive_field
from engine.skill import Params, Skill, Step

Layers = NDArray[np.int64]
Settings = tuple[Annotated[int, Field(ge=1, le=1000)], ...]


def _includes_own_stride(kernels: Layers, strides: Layers, dilations: Layers) -> Any:
    jumps = accumulate(strides.tolist(), mul)
    return 1 + sum(int(reach) * jump for reach, jump in zip((kernels - 1) * dilations, jumps, strict=True))


def _ignores_stride_and_dilation(kernels: Layers, strides: Layers, dilations: Layers) -> Any:
    return 1 + np.sum(kernels - 1)


def _sum_of_kernels(kernels: Layers, strides: Layers, dilations: Layers) -> Any:
    return np.sum(kernels)


def _adds_k_not_k_minus_1(kernels: Layers, strides: Layers, dilations: Layers) -> Any:
    return receptive_field(kernels + 1, strides, dilations)


class ReceptiveFieldParams(Params):
    """Kernel, stride and dilation of every layer, first layer first."""

    kernels: Settings = Field(min_length=1, max_length=50)
    strides: Settings = Field(min_length=1, max_length=50)
    dilations: Settings = Field(min_length=1, max_length=50)

    @model_validator(mode="after")
    def _one_for_each_layer(self) -> "ReceptiveFieldParams":
        lengths = len(self.kernels), len(self.strides), len(self.dilations)
        if len(set(lengths)) > 1:
            raise ValueError(f"kernels, strides and dilations need one number for each layer, got {lengths}")
        return self


class ReceptiveField(Skill[ReceptiveFieldParams]):
    """Compute the receptive field of a unit of the last layer."""

    id = "receptive-field"
    answer = Integer()
    params_type = ReceptiveFieldParams
    reference = staticmethod(receptive_field)
    misconceptions: ClassVar = {
        "includes-own-stride": _includes_own_stride,
        "ignores-stride-and-dilation": _ignores_stride_and_dilation,
        "sum-of-kernels": _sum_of_kernels,
        "adds-k-not-k-minus-1": _adds_k_not_k_minus_1,
    }

    def sample(self, rng: np.random.Generator, level: int) -> ReceptiveFieldParams:
        """Draw two layers with a stride of 2; three or four with pooling; doubled dilations or others with a stride."""
        depth = 2 if level == 1 else int(rng.integers(3, 5))
        kernels, strides, dilations = rng.integers(2, 8, size=depth).tolist(), [1] * depth, [1] * depth
        if level == 1:
            strides[0] = 2
        elif level == 2:
            strides = rng.choice([1, 2, 3], size=depth, p=[0.5, 0.4, 0.1]).tolist()
            strides[int(rng.integers(depth - 1))] = 2
            pooling = int(rng.integers(1, depth))
            kernels[pooling] = strides[pooling] = 2
        elif rng.integers(2):
            kernels, dilations = [kernels[0]] * depth, [2**layer for layer in range(depth)]
        else:
            strides[int(rng.integers(depth - 1))] = 2
            dilations = sorted(rng.choice([1, 2, 4, 8], size=depth, replace=False).tolist())
        return ReceptiveFieldParams(kernels=tuple(kernels), strides=tuple(strides), dilations=tuple(dilations))

    def display(self, params: ReceptiveFieldParams) -> dict[str, Any]:
        """Show the layers as rows of a table."""
        layers = zip(params.kernels, params.strides, params.dilations, strict=True)
        rows = (" | ".join(map(str, (number, *layer))) for number, layer in enumerate(layers, start=1))
        return {**super().display(params), "rows": "\n".join(f"| {row} |" for row in rows)}

    def steps(self, params: ReceptiveFieldParams) -> tuple[Step, ...]:
        """Find the jumps from the earlier strides, then what each layer adds."""
        jumps = tuple(accumulate(params.strides, mul, initial=1))
        layers = zip(params.kernels, params.dilations, jumps, strict=False)
        added = tuple((k - 1) * dilation * jump for k, dilation, jump in layers)
        fields = tuple(accumulate(added, initial=1))
        return (
            Step("start-at-one", {"layers": len(added)}),
            Step("jump-of-layer", {"jumps": jumps[:-1]}),
            Step("add-contribution", {"added": added}),
            Step("update-jump", {"jump": jumps[-1], "fields": fields, "answer": fields[-1]}),
        )


SKILL = ReceptiveField()
