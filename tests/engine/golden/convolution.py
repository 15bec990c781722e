"""Published numbers about convolutional layers."""

from collections.abc import Callable
from typing import Any

from engine.ops.convolution import conv_output_size, conv_parameter_count, conv_weight_shape, receptive_field


def square_kernel_parameters(c_in: int, c_out: int, k: int, groups: int = 1, bias: bool = False) -> int:
    return conv_parameter_count(c_in, c_out, (k, k), groups, bias)


def stacked_3x3(layers: int) -> int:
    return receptive_field([3] * layers, [1] * layers, [1] * layers)


def jump_after_five_strides_of_two() -> int:
    """Kernels of 1 see one position; a further kernel of 2 sees a second one, as far away as the jump."""
    return receptive_field([1] * 5 + [2], [2] * 6, [1] * 6) - receptive_field([1] * 5, [2] * 5, [1] * 5)


GOLDEN: list[tuple[str, Callable[[], Any], Any, float]] = [
    ("g002-conv-size-alexnet", lambda: conv_output_size(227, 11, padding=0, stride=4, dilation=1), 55, 0),
    (
        "g002-conv-size-256",
        lambda: [conv_output_size(256, 3, padding, stride, dilation=1) for padding, stride in ((0, 1), (1, 1), (1, 2))],
        [254, 256, 128],
        0,
    ),
    ("g004-conv-100-floor", lambda: conv_output_size(100, 3, padding=0, stride=2, dilation=1), 49, 0),
    (
        "g003-resnet-stem",
        lambda: [square_kernel_parameters(3, 64, 7), conv_output_size(224, 7, padding=3, stride=2, dilation=1)],
        [9408, 112],
        0,
    ),
    (
        "g004-depthwise-output",
        lambda: [
            [conv_weight_shape(3, 3, (3, 3), 3, False)[0], *[conv_output_size(5, 3, padding, 1, 1)] * 2]
            for padding in (1, 0)
        ],
        [[3, 5, 5], [3, 3, 3]],
        0,
    ),
    (
        "g004-conv-layout",
        lambda: [
            conv_weight_shape(3, 8, (5, 7), groups=1, transposed=False),
            [2, 8, *(conv_output_size(32, k, padding=0, stride=1, dilation=1) for k in (5, 7))],
        ],
        [[8, 3, 5, 7], [2, 8, 28, 26]],
        0,
    ),
    (
        "g002-conv-params",
        lambda: [square_kernel_parameters(3, 96, 11, bias=bias) for bias in (False, True)],
        [34848, 34944],
        0,
    ),
    ("g004-standard-conv-params", lambda: square_kernel_parameters(3, 4, 3), 108, 0),
    ("g004-depthwise-params", lambda: square_kernel_parameters(3, 3, 3, groups=3), 27, 0),
    ("g004-pointwise-params", lambda: square_kernel_parameters(3, 4, 1), 12, 0),
    (
        "g004-conv-params-bias",
        lambda: [
            square_kernel_parameters(3, 4, 3, bias=True),
            square_kernel_parameters(3, 3, 3, groups=3, bias=True),
            square_kernel_parameters(3, 4, 1, bias=True),
        ],
        [112, 30, 16],
        0,
    ),
    (
        "g004-multi-channel-weights",
        lambda: [conv_parameter_count(3, 4, [3] * axes, groups=1, bias=False) for axes in (2, 3)],
        [108, 324],
        0,
    ),
    # A dense layer on a flattened map is a convolution with a kernel as large as the map.
    (
        "g004-1x1-vs-fc",
        lambda: [square_kernel_parameters(512, 10, k, bias=True) for k in (1, 7)],
        [5130, 250890],
        0,
    ),
    (
        "g003-vgg-ratio",
        lambda: 3 * square_kernel_parameters(64, 64, 3) / square_kernel_parameters(64, 64, 7),
        0.551,
        5e-4,
    ),
    ("g003-rf-3x3", lambda: [stacked_3x3(2), stacked_3x3(3)], [5, 7], 0),
    ("g002-ecg-rf", lambda: receptive_field([15, 7, 5, 3], [1] * 4, [1] * 4), 27, 0),
    ("g003-stride-32", jump_after_five_strides_of_two, 32, 0),
]
