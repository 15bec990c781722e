"""References agree with libraries, closed forms or plain loops that share no code with them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy.special
import sklearn.cluster
import sklearn.metrics

from engine.grading_expected import expected
from engine.registry import exercise, exercise_ids


def _softmax(x: Any, axis: int = -1) -> Any:
    return scipy.special.softmax(np.asarray(x, dtype=float), axis=axis)


def _cross_entropy(logits: Any, targets: Any) -> Any:
    logs = scipy.special.log_softmax(logits, axis=1)
    onehot = np.eye(logits.shape[1])[targets]
    return -(logs * onehot).sum() / len(logits), (np.exp(logs) - onehot) / len(logits)


def _bce(p: Any, t: Any, reduction: str = "mean") -> Any:
    def clamped(q: float) -> float:
        return max(float(np.log(q)), -100.0) if q > 0 else -100.0

    pairs = zip(np.ravel(p), np.ravel(t), strict=True)
    losses = np.array([-(b * clamped(a) + (1 - b) * clamped(1 - a)) for a, b in pairs]).reshape(np.shape(p))
    return losses if reduction == "none" else getattr(losses, reduction)()


def _adam(w: Any, grads: Any, lr: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8) -> Any:
    """Use the moments' closed form: weighted sums over all past gradients."""
    path, weights = [], np.array(w)
    for t in range(1, len(grads) + 1):
        ages = np.arange(t)[::-1, None]
        m = (1 - beta1) * (beta1**ages * grads[:t]).sum(0)
        v = (1 - beta2) * (beta2**ages * grads[:t] ** 2).sum(0)
        weights = weights - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
        path.append(weights)
    return np.array(path), m, v


def _conv2d(
    x: Any, w: Any, b: Any = None, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Any:
    from scipy.signal import correlate2d

    padded = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    filters, per_group, kh, kw = w.shape
    spread = np.zeros((filters, per_group, dilation * (kh - 1) + 1, dilation * (kw - 1) + 1))
    spread[:, :, ::dilation, ::dilation] = w
    images = []
    for image in padded:
        maps = []
        for o in range(filters):
            first = o // (filters // groups) * per_group
            full = sum(correlate2d(image[first + c], spread[o, c], mode="valid") for c in range(per_group))
            maps.append(np.asarray(full)[::stride, ::stride] + (0.0 if b is None else b[o]))
        images.append(maps)
    return np.array(images)


def _pool_gradient(dy: Any, x: Any, k: int, stride: int, kind: str = "max") -> Any:
    """Differentiate the forward pass numerically; a small slope breaks ties in favour of the first cell."""

    def pooled(image: Any) -> float:
        windows = np.lib.stride_tricks.sliding_window_view(image, (k, k))[::stride, ::stride]
        reduced = windows.max((2, 3)) if kind == "max" else windows.mean((2, 3))
        return float((dy * reduced).sum())

    sloped = x - 1e-3 * np.arange(x.size).reshape(x.shape)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = 1e-5
        gradient[index] = (pooled(sloped + step) - pooled(sloped - step)) / 2e-5
    return gradient


def _iou(a: Any, b: Any) -> Any:
    """Go pair by pair, in plain numbers."""
    found = np.zeros((len(a), len(b)))
    for i, p in enumerate(a):
        for j, q in enumerate(b):
            w = max(0.0, min(p[2], q[2]) - max(p[0], q[0]))
            h = max(0.0, min(p[3], q[3]) - max(p[1], q[1]))
            union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - w * h
            found[i, j] = w * h / union if union else 0.0
    return found


def _nms(boxes: Any, scores: Any, threshold: float) -> Any:
    waiting, kept = list(range(len(scores))), []
    while waiting:
        best = max(waiting, key=lambda i: (scores[i], -i))
        kept.append(best)
        overlap = _iou(boxes, boxes)
        waiting = [i for i in waiting if i != best and overlap[i, best] <= threshold]
    return kept


def _roc(scores: Any, labels: Any) -> Any:
    fpr, tpr, _ = sklearn.metrics.roc_curve(labels, scores, drop_intermediate=False)
    return fpr, tpr, sklearn.metrics.roc_auc_score(labels, scores)


def _attention(Q: Any, K: Any, V: Any, mask: Any = None) -> Any:
    scores = np.einsum("...nd,...md->...nm", Q, K) / Q.shape[-1] ** 0.5
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    weights = np.where(np.isneginf(scores).all(-1, keepdims=True), 0.0, 1.0)
    with np.errstate(invalid="ignore"):
        weights = np.where(weights > 0, scipy.special.softmax(scores, axis=-1), 0.0)
    return weights @ V, weights


def _bayes(prior: Any, likelihood: Any, observations: Any) -> Any:
    from fractions import Fraction

    joint = [Fraction(float(p)) for p in prior]
    for o in observations:
        joint = [p * Fraction(float(row[o])) for p, row in zip(joint, likelihood, strict=True)]
    total = sum(joint)
    return (np.array([float(p / total) for p in joint]), float(total)) if total else (prior, 0.0)


def _norm(x: Any, p: float = 2.0, axis: int = -1) -> Any:
    return np.linalg.norm(np.asarray(x, dtype=np.longdouble), ord=p, axis=axis).astype(float)


def _split(n: int, val_ratio: float, test_ratio: float, perm: Any) -> Any:
    from fractions import Fraction

    val, test = (int(n * Fraction(str(ratio))) for ratio in (val_ratio, test_ratio))
    order = list(perm)
    return np.array(order[val + test :]), np.array(order[:val]), np.array(order[val : val + test])


def _batch_norm(
    x: Any, gamma: Any, beta: Any, running_mean: Any, running_var: Any, momentum: float = 0.1, eps: float = 1e-5,
    training: bool = True,
) -> Any:  # fmt: skip
    if not training:
        return (x - running_mean) / np.sqrt(running_var + eps) * gamma + beta, running_mean, running_var
    covariance = np.cov(x, rowvar=False).reshape(x.shape[1], -1)
    unbiased = np.diag(covariance)
    y = (x - x.mean(0)) / np.sqrt(unbiased * (len(x) - 1) / len(x) + eps) * gamma + beta
    return y, running_mean * (1 - momentum) + x.mean(0) * momentum, running_var * (1 - momentum) + unbiased * momentum


def _layer_norm(x: Any, gamma: Any, beta: Any, eps: float = 1e-5) -> Any:
    rows = [(row - row.mean()) / (np.mean((row - row.mean()) ** 2) + eps) ** 0.5 for row in x.reshape(-1, x.shape[-1])]
    return np.array(rows).reshape(x.shape) * gamma + beta


def _kmeans(X: Any, init: Any, max_iter: int = 100) -> Any:
    if len(np.unique(init, axis=0)) < len(init) or np.abs(init).max() > 50 or max_iter < 100:
        pytest.skip("scikit-learn moves empty clusters and counts iterations in another way")
    fitted = sklearn.cluster.KMeans(len(init), init=init, n_init=1, max_iter=max_iter, tol=0.0, algorithm="lloyd").fit(
        X
    )
    return fitted.labels_.astype(int), fitted.cluster_centers_, fitted.inertia_


ORACLES: dict[str, Callable[..., Any]] = {
    "adam": _adam,
    "batch-norm-train-eval": _batch_norm,
    "bayes-update": _bayes,
    "binary-cross-entropy": _bce,
    "conv2d": _conv2d,
    "iou-matrix": _iou,
    "k-means": _kmeans,
    "layer-norm": _layer_norm,
    "nms": _nms,
    "pooling-backward": _pool_gradient,
    "roc-curve-auc": _roc,
    "scaled-dot-product-attention": _attention,
    "softmax": _softmax,
    "softmax-cross-entropy": _cross_entropy,
    "train-val-test-split": _split,
    "vector-norms": _norm,
}
NUMERICAL = {"pooling-backward": 1e-6}
"""Absolute error of oracles that differentiate numerically."""
CASES = [
    pytest.param(name, index, id=f"{name}-{case.name}")
    for name in exercise_ids()
    for index, case in enumerate(exercise(name).all_cases())
]


def test_every_exercise_has_an_oracle() -> None:
    assert sorted(ORACLES) == sorted(exercise_ids())


@pytest.mark.parametrize(("name", "index"), CASES)
def test_the_oracle_agrees(name: str, index: int) -> None:
    wanted = expected(exercise(name), 0)
    case, value = wanted.cases[index], wanted.values[index]
    told = ORACLES[name](**case.args)
    parts = zip(value, told, strict=True) if isinstance(value, tuple) else [(value, told)]
    for mine, other in parts:
        mine, other = np.asarray(mine, dtype=float), np.asarray(other, dtype=float)
        assert mine.shape == other.shape
        scale = float(np.abs(mine).max(initial=0.0))
        np.testing.assert_allclose(
            mine, other, rtol=1e-7, atol=max(1e-10 * scale, case.atol, NUMERICAL.get(name, 0.0), 1e-300)
        )
