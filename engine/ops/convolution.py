"""Arithmetic of convolutional layers: sizes, shapes, parameters, receptive fields."""

import math

import numpy as np
from numpy.typing import ArrayLike


def conv_output_size(n: int, k: int, padding: int, stride: int, dilation: int) -> int:
    r"""Return the output length of a convolution along one axis.

    Parameters
    ----------
    n : int
        Input length.
    k : int
        Kernel length.
    padding : int
        Positions added at each of the two ends.
    stride : int
        Distance between two neighbouring windows.
    dilation : int
        Distance between two neighbouring taps of the kernel; 1 is an ordinary kernel.

    Returns
    -------
    int
        Number of positions at which the whole kernel fits.

    Notes
    -----
    :math:`\lfloor (n + 2p - d(k - 1) - 1) / s \rfloor + 1`, with padding on both sides and rounding down, as PyTorch
    does: a last window that would stick out is dropped. Integers throughout, so that no quotient is rounded.

    References
    ----------
    .. [1] Dumoulin, Visin, "A guide to convolution arithmetic for deep learning", 2016, section 2.4.

    Examples
    --------
    >>> conv_output_size(227, 11, padding=0, stride=4, dilation=1)
    55
    >>> conv_output_size(100, 3, padding=0, stride=2, dilation=1)
    49
    """
    return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1


def conv_parameter_count(c_in: int, c_out: int, kernel: ArrayLike, groups: int, bias: bool) -> int:
    r"""Return the number of trainable parameters of a convolution.

    Parameters
    ----------
    c_in : int
        Input channels, a multiple of `groups`.
    c_out : int
        Output channels, a multiple of `groups`.
    kernel : array_like of int, shape (D,)
        Kernel lengths.
    groups : int
        Number of groups; a filter sees the input channels of its own group only. `c_in` groups make it depthwise.
    bias : bool
        Whether each filter has a bias.

    Returns
    -------
    int
        Weights and biases.

    Notes
    -----
    :math:`c_{out} \cdot (c_{in} / g) \cdot \prod_i k_i`, plus :math:`c_{out}` with bias: one bias for each filter, not
    for each of its slices. Input sizes don't matter.

    References
    ----------
    .. [1] PyTorch documentation, torch.nn.Conv2d.

    Examples
    --------
    >>> conv_parameter_count(3, 96, (11, 11), groups=1, bias=True)
    34944
    >>> conv_parameter_count(3, 3, (3, 3), groups=3, bias=False)
    27
    """
    filter_size: int = math.prod(np.asarray(kernel).tolist()) * (c_in // groups)
    return c_out * (filter_size + int(bias))


def conv_weight_shape(c_in: int, c_out: int, kernel: ArrayLike, groups: int, transposed: bool) -> tuple[int, ...]:
    r"""Return the shape of the weight tensor that PyTorch gives a convolution.

    Parameters
    ----------
    c_in : int
        Input channels, a multiple of `groups`.
    c_out : int
        Output channels, a multiple of `groups`.
    kernel : array_like of int, shape (D,)
        Kernel lengths.
    groups : int
        Number of groups.
    transposed : bool
        Whether it is a transposed convolution.

    Returns
    -------
    tuple of int, length D + 2
        Two channel axes, then the kernel axes.

    Notes
    -----
    A convolution has :math:`(c_{out}, c_{in}/g, k_1, \dots, k_D)`, a transposed one, being its adjoint,
    :math:`(c_{in}, c_{out}/g, k_1, \dots, k_D)`. TensorFlow puts the kernel axes first.

    References
    ----------
    .. [1] PyTorch documentation, torch.nn.Conv2d and torch.nn.ConvTranspose2d.

    Examples
    --------
    >>> conv_weight_shape(3, 8, (5, 7), groups=1, transposed=False)
    (8, 3, 5, 7)
    >>> conv_weight_shape(8, 4, (3, 3), groups=2, transposed=True)
    (8, 2, 3, 3)
    """
    first, second = (c_in, c_out) if transposed else (c_out, c_in)
    return (first, second // groups, *np.asarray(kernel).tolist())


def receptive_field(kernels: ArrayLike, strides: ArrayLike, dilations: ArrayLike) -> int:
    r"""Return how many input positions one unit of the last layer spans along one axis.

    Parameters
    ----------
    kernels : array_like of int, shape (n,)
        Kernel length of each convolution or pooling, first layer first.
    strides : array_like of int, shape (n,)
        Stride of each layer.
    dilations : array_like of int, shape (n,)
        Dilation of each layer.

    Returns
    -------
    int
        Length from the first to the last input position that can influence the unit.

    Notes
    -----
    :math:`r = 1 + \sum_i (k_i - 1)\, d_i \prod_{j<i} s_j`: neighbouring taps of layer i lie :math:`d_i` of its input
    positions apart, and one of those is the product of the *earlier* strides in positions of the input. The integers
    are Python's, since the product of many strides outgrows 64 bits.

    References
    ----------
    .. [1] Araujo, Norris, Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill, 2019.

    Examples
    --------
    >>> receptive_field([3, 3, 3], [1, 1, 1], [1, 1, 1])
    7
    >>> receptive_field([7, 3], [2, 2], [1, 1])
    11
    """
    field, jump = 1, 1
    layers = zip(*(np.asarray(values).tolist() for values in (kernels, strides, dilations)), strict=True)
    for k, stride, dilation in layers:
        field += (k - 1) * dilation * jump
        jump *= stride
    return int(field)
