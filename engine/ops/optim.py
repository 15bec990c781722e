"""Steps of optimizers, one scalar parameter at a time."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def momentum_velocity(v: float, g: float, *, lr: float, momentum: float, form: str) -> tuple[float, float]:
    r"""Return the new velocity and the change of the weight that goes with it.

    Parameters
    ----------
    v : float
        Velocity before the step.
    g : float
        Gradient.
    lr : float
        Learning rate.
    momentum : float
        Share of the old velocity that is kept.
    form : {"buffer", "velocity", "ema"}
        Which of the published conventions.

    Returns
    -------
    velocity : float
        Velocity after the step.
    change : float
        What the step adds to the weight.

    Notes
    -----
    ``"buffer"`` (PyTorch): :math:`v \leftarrow \mu v + g`, change :math:`-\eta v`. ``"velocity"`` (Sutskever):
    :math:`v \leftarrow \mu v - \eta g`, change :math:`v`. ``"ema"``: :math:`v \leftarrow \mu v + (1 - \mu) g`, change
    :math:`-\eta v`. The same name stands for all three, so the convention has to be stated.

    References
    ----------
    .. [1] Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.

    Examples
    --------
    >>> momentum_velocity(2.0, 1.0, lr=0.5, momentum=0.5, form="buffer")
    (2.0, -1.0)
    >>> momentum_velocity(2.0, 1.0, lr=0.5, momentum=0.5, form="velocity")
    (0.5, 0.5)
    """
    if form == "velocity":
        v = momentum * v - lr * g
        return v, v
    v = momentum * v + (g if form == "buffer" else (1.0 - momentum) * g)
    return v, -lr * v


def momentum_step(
    w: float, v: float, grads: ArrayLike, *, lr: float, momentum: float, form: str
) -> tuple[float, float]:
    r"""Return velocity and weight after one step for each gradient.

    Parameters
    ----------
    w : float
        Weight before the first step.
    v : float
        Velocity before the first step.
    grads : array_like, shape (T,)
        Successive gradients.
    lr : float
        Learning rate.
    momentum : float
        Share of the old velocity that is kept.
    form : {"buffer", "velocity", "ema"}
        The convention; see `momentum_velocity`.

    Returns
    -------
    velocity : float
        After the last step.
    weight : float
        After the last step.

    Notes
    -----
    The velocity is refreshed first and the weight moves with the new one: :math:`w \leftarrow w - \eta v` (``"buffer"``
    and ``"ema"``) or :math:`w \leftarrow w + v` (``"velocity"``).

    References
    ----------
    .. [1] Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.

    Examples
    --------
    >>> velocity, weight = momentum_step(1.0, 0.0, [1.0, 1.0], lr=0.1, momentum=0.9, form="velocity")
    >>> round(velocity, 4), round(weight, 4)
    (-0.19, 0.71)
    """
    for g in np.asarray(grads, dtype=float).tolist():
        v, change = momentum_velocity(v, g, lr=lr, momentum=momentum, form=form)
        w += change
    return v, w


def adam_step(
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
) -> tuple[float, float, float]:
    r"""Return both moments and the weight after one step of Adam.

    Parameters
    ----------
    w : float
        Weight before the step.
    m : float
        First moment before the step, uncorrected.
    v : float
        Second moment before the step, uncorrected.
    g : float
        Gradient.
    t : int
        Number of this step; the first one is 1.
    lr : float
        Learning rate.
    beta1 : float
        Decay of the first moment.
    beta2 : float
        Decay of the second moment.
    eps : float
        Added to the root of the corrected second moment.

    Returns
    -------
    m : float
        New first moment, uncorrected.
    v : float
        New second moment, uncorrected.
    weight : float
        New weight.

    Notes
    -----
    :math:`m \leftarrow \beta_1 m + (1 - \beta_1) g`, :math:`v \leftarrow \beta_2 v + (1 - \beta_2) g^2`,
    :math:`\hat m = m / (1 - \beta_1^t)`, :math:`\hat v = v / (1 - \beta_2^t)`,
    :math:`w \leftarrow w - \eta \hat m / (\sqrt{\hat v} + \epsilon)`. Epsilon stands outside the root. Both moments
    start at 0; dividing by :math:`1 - \beta^t` makes up for it, so the first step has the size of the learning rate.

    References
    ----------
    .. [1] Kingma, Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1.

    Examples
    --------
    >>> m, v, w = adam_step(0.5, 0.0, 0.0, -0.4, t=1, lr=0.1)
    >>> round(m, 4), round(v, 5), round(w, 4)
    (-0.04, 0.00016, 0.6)
    """
    m = beta1 * m + (1.0 - beta1) * g
    v = beta2 * v + (1.0 - beta2) * g**2
    m_hat, v_hat = m / (1.0 - beta1**t), v / (1.0 - beta2**t)
    return m, v, w - lr * m_hat / (float(np.sqrt(v_hat)) + eps)


def adam(
    w: ArrayLike, grads: ArrayLike, lr: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    r"""Return the weights after every step of Adam and both moments after the last.

    Parameters
    ----------
    w : array_like, shape (D,)
        Weights before the first step.
    grads : array_like, shape (T, D)
        One gradient for each step.
    lr : float
        Learning rate.
    beta1 : float
        Decay of the first moment.
    beta2 : float
        Decay of the second moment.
    eps : float
        Added to the root of the corrected second moment.

    Returns
    -------
    path : ndarray, shape (T, D)
        Weights after each step.
    m : ndarray, shape (D,)
        Last first moment, uncorrected.
    v : ndarray, shape (D,)
        Last second moment, uncorrected.

    Notes
    -----
    `adam_step` for all weights at once, from moments of 0 and with steps counted from 1.

    References
    ----------
    .. [1] Kingma, Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1.

    Examples
    --------
    >>> path, m, v = adam([0.5], [[-0.4], [-0.4]], lr=0.1)
    >>> path.round(4).tolist(), m.round(4).tolist()
    ([[0.6], [0.7]], [-0.076])
    """
    position = np.array(w, dtype=float)
    grads = np.asarray(grads, dtype=float)
    m, v = np.zeros_like(position), np.zeros_like(position)
    path = np.empty((len(grads), len(position)))
    for t, g in enumerate(grads, start=1):
        m = beta1 * m + (1.0 - beta1) * g
        v = beta2 * v + (1.0 - beta2) * g**2
        position = position - lr * (m / (1.0 - beta1**t)) / (np.sqrt(v / (1.0 - beta2**t)) + eps)
        path[t - 1] = position
    return path, m, v
