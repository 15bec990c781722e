"""Independent derivations for the skills about convolutional layers: windows, connections and paths are enumerated."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np


def conv_output_size(n: int, k: int, padding: int, stride: int, dilation: int) -> Any:
    """Move the kernel over the padded input and count the places where all its taps lie inside."""
    positions = range(-padding, n + padding)
    return sum(start + dilation * (k - 1) in positions for start in positions[::stride])


def connections(c_in: int, c_out: int, groups: int) -> np.ndarray:
    """Tell for each output channel (row) which input channels (columns) it sees: those of its group."""
    of_output, of_input = (np.repeat(np.arange(groups), channels // groups) for channels in (c_out, c_in))
    connected: np.ndarray = np.equal.outer(of_output, of_input)
    return connected


def conv_parameter_count(c_in: int, c_out: int, kernel: np.ndarray, groups: int, bias: bool) -> Any:
    """One weight for each connected pair of channels and each place in the kernel."""
    places = len(list(product(*map(range, kernel))))
    return int(connections(c_in, c_out, groups).sum()) * places + len(range(c_out) if bias else ())


def conv_weight_shape(c_in: int, c_out: int, kernel: np.ndarray, groups: int, transposed: bool) -> Any:
    """A transposed layer stores, for each of its inputs, the outputs that it reaches."""
    connected = connections(c_in, c_out, groups)
    stored = connected.T if transposed else connected
    (partners,) = set(stored.sum(axis=1).tolist())
    return (len(stored), partners, *kernel)


def receptive_field(kernels: np.ndarray, strides: np.ndarray, dilations: np.ndarray) -> Any:
    """Follow the ends of one unit's window back to the input."""
    low = high = 0
    for k, stride, dilation in reversed(list(zip(kernels, strides, dilations, strict=True))):
        taps = [unit * stride + dilation * tap for unit in (low, high) for tap in range(k)]
        low, high = min(taps), max(taps)
    return high - low + 1


ORACLES: dict[str, Callable[..., Any]] = {
    "conv-output-size": conv_output_size,
    "conv-parameter-count": conv_parameter_count,
    "conv-weight-shape": conv_weight_shape,
    "receptive-field": receptive_field,
}
