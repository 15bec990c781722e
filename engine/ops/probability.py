"""Probability and information theory."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def entropy(p: ArrayLike, *, base: int | str = 2) -> float | NDArray[np.float64]:
    r"""Return the Shannon entropy along the last axis.

    Parameters
    ----------
    p : array_like, shape (..., K)
        Probabilities that sum to 1 along the last axis.
    base : int or "e"
        Base of the logarithm: 2 gives bits, ``"e"`` nats.

    Returns
    -------
    float or ndarray, shape (...)
        Between 0 and the logarithm of K.

    Notes
    -----
    :math:`H(p) = \sum_i p_i \log(1 / p_i)` with :math:`0 \log(1/0) = 0`: a zero is evaluated at :math:`\log 1`, since
    ``0 * inf`` would be NaN. Writing :math:`\log(1/p)` instead of :math:`-\log p` never gives a negative zero.

    References
    ----------
    .. [1] Cover, Thomas, "Elements of Information Theory", section 2.1.

    Examples
    --------
    >>> entropy([0.5, 0.25, 0.25])
    1.5
    >>> round(entropy([0.5, 0.5, 0.0], base="e"), 4)
    0.6931
    """
    p = np.asarray(p, dtype=float)
    bits = p * np.log2(1.0 / np.where(p > 0, p, 1.0))
    unit = np.log(2.0) if base == "e" else 1.0 / np.log2(float(base))
    total = bits.sum(axis=-1) * unit
    return total if total.ndim else float(total)


def bayes_posterior(prior: float, sensitivity: float, specificity: float) -> tuple[float, float]:
    r"""Return the probability of a positive test and that of being ill given one.

    Parameters
    ----------
    prior : float
        P(ill), the base rate.
    sensitivity : float
        P(positive | ill).
    specificity : float
        P(negative | healthy).

    Returns
    -------
    evidence : float
        P(positive), by the law of total probability.
    posterior : float
        P(ill | positive), by Bayes' rule.

    Notes
    -----
    :math:`P(+) = s\,\pi + (1 - c)(1 - \pi)` and :math:`P(\text{ill} \mid +) = s\,\pi / P(+)` with prior :math:`\pi`,
    sensitivity :math:`s` and specificity :math:`c`. The posterior is undefined where no test can be positive.

    References
    ----------
    .. [1] Murphy, "Probabilistic Machine Learning: An Introduction", section 2.3.1.

    Examples
    --------
    >>> evidence, posterior = bayes_posterior(0.001, 0.95, 0.95)
    >>> round(evidence, 4), round(posterior, 4)
    (0.0509, 0.0187)
    """
    true_positives = sensitivity * prior
    evidence = true_positives + (1.0 - specificity) * (1.0 - prior)
    return evidence, true_positives / evidence


def bayes_update(prior: ArrayLike, likelihood: ArrayLike, observations: ArrayLike) -> tuple[NDArray[np.float64], float]:
    r"""Return the posterior after independent observations and the probability of having made them.

    Parameters
    ----------
    prior : array_like, shape (K,)
        P(class).
    likelihood : array_like, shape (K, M)
        P(observation | class), each row summing to 1.
    observations : array_like of int, shape (T,)
        What was observed, in any order.

    Returns
    -------
    posterior : ndarray, shape (K,)
        P(class | observations); the prior where no class can explain them.
    evidence : float
        P(observations), by the law of total probability.

    Notes
    -----
    :math:`P(c \mid o) \propto \pi_c \prod_t P(o_t \mid c)`. The product of thousands of probabilities underflows, so
    logarithms are added and the largest is subtracted before exponentiating; a probability of 0 is minus infinity.

    References
    ----------
    .. [1] Murphy, "Probabilistic Machine Learning: An Introduction", section 2.3.

    Examples
    --------
    >>> posterior, evidence = bayes_update([0.5, 0.5], [[0.75, 0.25], [0.25, 0.75]], [0, 0])
    >>> posterior.round(4).tolist(), round(evidence, 4)
    ([0.9, 0.1], 0.3125)
    """
    prior = np.array(prior, dtype=float)
    seen = np.asarray(observations, dtype=int)
    with np.errstate(divide="ignore"):
        logs = np.log(prior) + np.log(np.asarray(likelihood, dtype=float))[:, seen].sum(axis=1)
    largest = logs.max()
    if np.isneginf(largest):
        return prior, 0.0
    scaled = np.exp(logs - largest)
    return scaled / scaled.sum(), float(np.exp(largest) * scaled.sum())
