"""Convolution and pooling of images."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def conv2d(
    x: ArrayLike,
    w: ArrayLike,
    b: ArrayLike | None = None,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    groups: int = 1,
) -> Array:
    r"""Return the two-dimensional convolution of a batch of images.

    Parameters
    ----------
    x : array_like, shape (N, Cin, H, W)
        Images.
    w : array_like, shape (Cout, Cin // groups, kh, kw)
        Filters.
    b : array_like, shape (Cout,), optional
        Bias of each filter.
    stride : int
        Step between windows.
    padding : int
        Zeros added on every side.
    dilation : int
        Distance between the taps of a filter.
    groups : int
        Into how many contiguous blocks channels and filters are divided.

    Returns
    -------
    ndarray, shape (N, Cout, Ho, Wo)
        With :math:`H_o = \lfloor (H + 2p - d(k_h - 1) - 1) / s \rfloor + 1`, and likewise for the width.

    Notes
    -----
    Cross-correlation: the filter is not flipped. Each tap takes a strided slice of the padded input and adds its share
    to all outputs at once, so the only loops are those over taps and groups.

    References
    ----------
    .. [1] Dumoulin, Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> conv2d(np.arange(9.0).reshape(1, 1, 3, 3), [[[[1.0, 0.0], [0.0, 1.0]]]], [0.5]).tolist()
    [[[[4.5, 6.5], [10.5, 12.5]]]]
    """
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    filters, per_group, kh, kw = w.shape
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    height = (padded.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    width = (padded.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    y: Array = np.zeros((len(x), filters, height, width))
    per_block = filters // groups
    for g in range(groups):
        seen = padded[:, g * per_group : (g + 1) * per_group]
        block = slice(g * per_block, (g + 1) * per_block)
        for i in range(kh):
            rows = slice(i * dilation, i * dilation + (height - 1) * stride + 1, stride)
            for j in range(kw):
                columns = slice(j * dilation, j * dilation + (width - 1) * stride + 1, stride)
                y[:, block] += np.einsum("nchw,oc->nohw", seen[:, :, rows, columns], w[block, :, i, j])
    if b is not None:
        y += np.asarray(b, dtype=float)[:, None, None]
    return y


def pool2d_backward(dy: ArrayLike, x: ArrayLike, k: int, stride: int, kind: str = "max") -> Array:
    r"""Return the gradient of pooling with respect to its input.

    Parameters
    ----------
    dy : array_like, shape (Ho, Wo)
        Gradient with respect to the output.
    x : array_like, shape (H, W)
        Input of the forward pass.
    k : int
        Side of the window.
    stride : int
        Step between windows.
    kind : {"max", "avg"}
        Which pooling.

    Returns
    -------
    ndarray, shape (H, W)
        Zero where no window reaches.

    Notes
    -----
    Max pooling hands the gradient of a window to its first maximum in row-major order, average pooling an equal share
    to each of its :math:`k^2` cells. Overlapping windows add up.

    References
    ----------
    .. [1] Goodfellow, Bengio, Courville, "Deep Learning", section 9.3.

    Examples
    --------
    >>> pool2d_backward([[1.0, 2.0]], [[0.0, 5.0, 1.0], [0.0, 0.0, 0.0]], 2, 1).tolist()
    [[0.0, 3.0, 0.0], [0.0, 0.0, 0.0]]
    """
    dy, x = np.asarray(dy, dtype=float), np.asarray(x, dtype=float)
    dx: Array = np.zeros_like(x)
    for i, j in np.ndindex(*dy.shape):
        top, left = i * stride, j * stride
        if kind == "avg":
            dx[top : top + k, left : left + k] += dy[i, j] / k**2
        else:
            row, column = divmod(int(np.argmax(x[top : top + k, left : left + k])), k)
            dx[top + row, left + column] += dy[i, j]
    return dx
