"""Wrong solutions that are none of the known mistakes are refused, and not taken for one of these."""

import pytest

from engine.registry import exercise
from tests.engine.exercises.running import graded

# ruff: noqa: E501 - each source is one string, so that a failure shows it whole

WRONG: dict[str, tuple[str, ...]] = {
    "softmax": (
        "def softmax(x, axis=-1):\n    e = 2.0 ** (x - x.max(axis, keepdims=True))\n    return e / e.sum(axis, keepdims=True)",
        "def softmax(x, axis=-1):\n    return x / x.sum(axis, keepdims=True)",
        "def softmax(x, axis=0):\n    e = np.exp(x - x.max(axis, keepdims=True))\n    return e / e.sum(axis, keepdims=True)",
        "def softmax(x, axis=-1):\n    e = np.exp(x - x.mean(axis, keepdims=True))\n    return e / e.sum(axis, keepdims=True)",
        "def softmax(x, axis=-1):\n    x -= x.max(axis, keepdims=True)\n    e = np.exp(x)\n    return e / e.sum(axis, keepdims=True)",
        "def softmax(x, axis=-1):\n    e = np.exp(np.clip(x, -500, 500))\n    return e / e.sum(axis, keepdims=True)",
        "def softmax(x, axis=-1):\n    e = np.exp(x - x.max())\n    return e / e.sum(axis, keepdims=True)",
    ),
    "softmax-cross-entropy": (
        "def softmax_cross_entropy(z, t):\n    m = z.max()\n    l = m + np.log(np.exp(z - m).sum(1))\n    p = np.exp(z - l[:, None])\n    return (l - z[np.arange(len(z)), t]).mean(), (p - np.eye(z.shape[1])[t]) / len(z)",
        "def softmax_cross_entropy(z, t):\n    z = z - z.max(1, keepdims=True)\n    l = np.log(np.exp(z).sum(1))\n    p = np.exp(z - l[:, None])\n    return (l - z[np.arange(len(z)), t]).mean(), (np.eye(z.shape[1])[t] - p) / len(z)",
    ),
    "binary-cross-entropy": (
        "def binary_cross_entropy(p, t, reduction='mean'):\n    with np.errstate(all='ignore'):\n        l = -np.where(t > 0.5, np.maximum(np.log(p), -100), np.maximum(np.log(1 - p), -100))\n    return l if reduction == 'none' else getattr(l, reduction)()",
        "def binary_cross_entropy(p, t, reduction='mean'):\n    with np.errstate(all='ignore'):\n        l = -(t * np.maximum(np.log(p), -100) + (1 - t) * np.maximum(np.log(1 - p), -100))\n    return l.mean()",
        "def binary_cross_entropy(p, t, reduction='mean'):\n    with np.errstate(all='ignore'):\n        l = np.minimum(-np.nan_to_num(t * np.log(p)) - np.nan_to_num((1 - t) * np.log(1 - p)), 90)\n    return l if reduction == 'none' else getattr(l, reduction)()",
    ),
    "adam": (
        "def adam(w, grads, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):\n    m = v = 0 * w\n    path = [w]\n    for t, g in enumerate(grads, 1):\n        m = beta1 * m + (1 - beta1) * g\n        v = beta2 * v + (1 - beta2) * g**2\n        w = w - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)\n        path.append(w)\n    return np.array(path[:-1]), m, v",
        "def adam(w, grads, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):\n    m = v = 0 * w\n    path = []\n    for t, g in enumerate(grads, 1):\n        m = beta1 * m + (1 - beta1) * g\n        v = beta2 * v + (1 - beta2) * g**2\n        w = w - lr * m / (1 - beta1**t) / (np.sqrt(v) / (1 - beta2**t) + eps)\n        path.append(w)\n    return np.array(path), m, v",
        "def adam(w, grads, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):\n    m = v = 0 * w\n    path = []\n    for t, g in enumerate(grads, 1):\n        m = beta1 * m + (1 - beta1) * g\n        v = np.maximum(v, g**2)\n        w = w - lr * m / (1 - beta1**t) / (np.sqrt(v) + eps)\n        path.append(w)\n    return np.array(path), m, v",
    ),
    "batch-norm-train-eval": (
        "def batch_norm(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5, training=True):\n    m, v = (x.mean(0), x.var(0, ddof=1)) if training else (running_mean, running_var)\n    y = gamma * (x - m) / np.sqrt(v + eps) + beta\n    if not training:\n        return y, m, v\n    return y, (1 - momentum) * running_mean + momentum * m, (1 - momentum) * running_var + momentum * v",
        "def batch_norm(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5, training=True):\n    m = x.mean(0) if training else running_mean\n    v = (x**2).mean(0) - m**2 if training else running_var\n    y = gamma * (x - m) / np.sqrt(v + eps) + beta\n    if not training:\n        return y, m, v\n    n = len(x)\n    return y, (1 - momentum) * running_mean + momentum * m, (1 - momentum) * running_var + momentum * v * n / (n - 1)",
    ),
    "layer-norm": (
        "def layer_norm(x, gamma, beta, eps=1e-5):\n    v = (x**2).mean(-1, keepdims=True) - x.mean(-1, keepdims=True) ** 2\n    return gamma * (x - x.mean(-1, keepdims=True)) / np.sqrt(np.abs(v) + eps) + beta",
        "def layer_norm(x, gamma, beta, eps=1e-5):\n    return gamma * x / np.sqrt((x**2).mean(-1, keepdims=True) + eps) + beta",
    ),
    "pooling-backward": (
        "def pool2d_backward(dy, x, k, stride, kind='max'):\n    dx = np.zeros(x.shape)\n    for i, j in np.ndindex(*dy.shape):\n        s = np.s_[i * stride:i * stride + k, j * stride:j * stride + k]\n        if kind == 'avg':\n            dx[s] += dy[i, j] / k**2\n        else:\n            p = k * k - 1 - x[s].ravel()[::-1].argmax()\n            dx[i * stride + p // k, j * stride + p % k] += dy[i, j]\n    return dx",
        "def pool2d_backward(dy, x, k, stride, kind='max'):\n    dx = np.zeros(x.shape)\n    for i, j in np.ndindex(*dy.shape):\n        s = np.s_[i * stride:i * stride + k, j * stride:j * stride + k]\n        p = np.abs(x[s]).argmax()\n        if kind == 'avg':\n            dx[s] += dy[i, j] / k**2\n        else:\n            dx[i * stride + p // k, j * stride + p % k] += dy[i, j]\n    return dx",
    ),
    "nms": (
        "def nms(boxes, scores, threshold):\n    return list(np.argsort(-scores, kind='stable'))",
        "def nms(boxes, scores, threshold):\n    return [int(scores.argmax())] if len(scores) else []",
    ),
    "roc-curve-auc": (
        "def roc_auc(s, y):\n    t = np.unique(s)[::-1]\n    f = np.r_[0, [(s[y == 0] >= v).mean() for v in t]]\n    r = np.r_[0, [(s[y == 1] >= v).mean() for v in t]]\n    return f, r, float((np.diff(f) * r[1:]).sum())",
    ),
    "k-means": (
        "def kmeans(X, init, max_iter=100):\n    c = init.copy()\n    for _ in range(max_iter - 1):\n        l = ((X[:, None] - c) ** 2).sum(2).argmin(1)\n        c = np.array([X[l == k].mean(0) if (l == k).any() else c[k] for k in range(len(c))])\n    d = ((X[:, None] - c) ** 2).sum(2)\n    return d.argmin(1), c, d.min(1).sum()",
        "def kmeans(X, init, max_iter=100):\n    c = init.copy()\n    for _ in range(max_iter):\n        l = ((X[:, None] - c) ** 2).sum(2).argmin(1)\n        c = np.array([X[l == k].mean(0) if (l == k).any() else c[k] for k in range(len(c))])\n    d = ((X[:, None] - c) ** 2).sum(2)\n    return d.argmin(1), c, d.min(1).mean()",
        "def kmeans(X, init, max_iter=100):\n    c = init.copy()\n    for _ in range(max_iter):\n        l = ((X[:, None] - c) ** 2).sum(2).argmin(1)\n        c = np.array([X[l == k].mean(0) if (l == k).any() else 0 * c[k] for k in range(len(c))])\n    d = ((X[:, None] - c) ** 2).sum(2)\n    return d.argmin(1), c, d.min(1).sum()",
        "def kmeans(X, init, max_iter=100):\n    K = len(init)\n    c = init.copy()\n    for _ in range(max_iter):\n        l = K - 1 - ((X[:, None] - c[::-1]) ** 2).sum(2).argmin(1)\n        c = np.array([X[l == k].mean(0) if (l == k).any() else c[k] for k in range(K)])\n    d = ((X[:, None] - c[::-1]) ** 2).sum(2)\n    return K - 1 - d.argmin(1), c, d.min(1).sum()",
    ),
    "scaled-dot-product-attention": (
        "def attention(Q, K, V, mask=None):\n    s = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])\n    if mask is not None:\n        s = np.where(mask, -np.inf, s)\n    e = np.exp(s - np.nan_to_num(s.max(-1, keepdims=True), neginf=0))\n    w = e / np.maximum(e.sum(-1, keepdims=True), 1e-300)\n    return w @ V, w",
        "def attention(Q, K, V, mask=None):\n    s = Q @ np.swapaxes(K, -1, -2) / np.sqrt(V.shape[-1])\n    if mask is not None:\n        s = np.where(mask, s, -np.inf)\n    e = np.exp(s - np.nan_to_num(s.max(-1, keepdims=True), neginf=0))\n    w = e / np.maximum(e.sum(-1, keepdims=True), 1e-300)\n    return w @ V, w",
        "def attention(Q, K, V, mask=None):\n    s = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])\n    if mask is not None:\n        s = np.where(mask, s, 0.0)\n    e = np.exp(s - s.max(-1, keepdims=True))\n    w = e / e.sum(-1, keepdims=True)\n    return w @ V, w",
    ),
    "bayes-update": (
        "def bayes_update(prior, likelihood, observations):\n    l = np.log(prior + 1e-300) + np.log(likelihood + 1e-12)[:, np.array(observations, int)].sum(1)\n    e = np.exp(l - l.max())\n    return e / e.sum(), float(np.exp(l).sum())",
        "def bayes_update(prior, likelihood, observations):\n    p, e = prior.astype(float), 1.0\n    for o in observations:\n        j = p * likelihood[:, o]\n        s = j.sum()\n        if s == 0:\n            return prior, 0.0\n        p, e = j / s, e * s\n    return p, e",
        "def bayes_update(prior, likelihood, observations):\n    p = prior\n    for o in observations:\n        p = p * likelihood[:, o]\n        if p.sum() == 0:\n            return prior, 0.0\n        p = p / p.sum()\n    return p, 1.0",
    ),
    "vector-norms": (
        "def vector_norm(x, p=2.0, axis=-1):\n    return np.linalg.norm(x, ord=min(p, 1e3), axis=axis)",
        "def vector_norm(x, p=2.0, axis=-1):\n    return np.sqrt((np.abs(x) ** 2).sum(axis))",
    ),
    "train-val-test-split": (
        "def split(n, val_ratio, test_ratio, perm):\n    a, b = int(n * val_ratio + 1e-9), int(n * test_ratio + 1e-9)\n    return perm[:a], perm[a:a + b], perm[a + b:]",
        "def split(n, val_ratio, test_ratio, perm):\n    a, b = int(n * val_ratio + 1e-9), int(n * test_ratio + 1e-9)\n    return np.sort(perm[a + b:]), perm[:a], perm[a:a + b]",
        "def split(n, val_ratio, test_ratio, perm):\n    a, b = int(np.ceil(n * val_ratio)), int(np.ceil(n * test_ratio))\n    return perm[a + b:], perm[:a], perm[a:a + b]",
    ),
    "conv2d": (
        "def conv2d(x, w, b=None, stride=1, padding=0, dilation=1, groups=1):\n    return np.zeros((len(x), len(w), 1, 1))",
    ),
    "iou-matrix": (
        "def iou_matrix(a, b):\n    s = np.clip(np.minimum(a[:, None, 2:], b[:, 2:]) - np.maximum(a[:, None, :2], b[:, :2]), 0, None).prod(-1)\n    m = np.minimum((a[:, 2:] - a[:, :2]).prod(-1)[:, None], (b[:, 2:] - b[:, :2]).prod(-1))\n    return np.divide(s, m, out=np.zeros_like(s), where=m > 0)",
    ),
}  # fmt: skip
CASES = [
    pytest.param(name, f"import numpy as np\n{source}\n", id=f"{name}-{index}")
    for name, sources in WRONG.items()
    for index, source in enumerate(sources)
]


@pytest.mark.parametrize(("name", "source"), CASES)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_wrong_solution_is_refused_and_called_by_no_wrong_name(name: str, source: str, seed: int) -> None:
    report = graded(exercise(name), source, seed=seed)
    assert not report.passed
    assert report.first_failure is not None
    assert report.mutant is None
