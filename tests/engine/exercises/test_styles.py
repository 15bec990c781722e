"""Right solutions in styles that are not the reference's: all of them pass, whatever they return a number in."""

import pytest

from engine.registry import exercise
from tests.engine.exercises.running import graded

STYLES: dict[str, dict[str, str]] = {
    "softmax": {
        "logs": """
def softmax(x, axis=-1):
    m = np.max(x, axis=axis, keepdims=True)
    return np.exp(x - m - np.log(np.sum(np.exp(x - m), axis=axis, keepdims=True)))
""",
        "moved axis": """
def softmax(x, axis=-1):
    y = np.moveaxis(np.asarray(x, dtype=float), axis, 0)
    e = np.exp(y - y.max(0))
    return np.moveaxis(e / e.sum(0), 0, axis)
""",
    },
    "softmax-cross-entropy": {
        "one-hot": """
def softmax_cross_entropy(logits, targets):
    onehot = np.eye(logits.shape[1])[targets]
    z = logits - logits.max(1)[:, None]
    lse = np.log(np.exp(z).sum(1))
    return (lse - (z * onehot).sum(1)).mean(), (np.exp(z - lse[:, None]) - onehot) / len(z)
""",
    },
    "binary-cross-entropy": {
        "selected": """
def binary_cross_entropy(p, t, reduction="mean"):
    with np.errstate(all="ignore"):
        a, b = np.clip(np.log(p), -100, None), np.clip(np.log(1 - p), -100, None)
    l = -(t * a + (1 - t) * b)
    return {"mean": np.mean, "sum": np.sum, "none": np.array}[reduction](l)
""",
    },
    "adam": {
        "stacked list": """
def adam(w, grads, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, path = 0 * w, 0 * w, []
    for t in range(1, len(grads) + 1):
        g = grads[t - 1]
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * np.square(g)
        w = w - lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)) ** 0.5 + eps)
        path.append(w)
    return np.array(path), m, v
""",
        "while": """
def adam(w, grads, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    path = []
    m = np.zeros(len(w))
    v = np.zeros(len(w))
    t = 0
    while t < grads.shape[0]:
        m += (1 - beta1) * (grads[t] - m)
        v += (1 - beta2) * (grads[t] ** 2 - v)
        t += 1
        w = w - lr * m / (1 - beta1**t) / (eps + np.sqrt(v / (1 - beta2**t)))
        path += [w]
    return np.stack(path), m, v
""",
    },
    "batch-norm-train-eval": {
        "einsum": """
def batch_norm(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5, training=True):
    if not training:
        return (x - running_mean) * gamma / np.sqrt(running_var + eps) + beta, running_mean, running_var
    n = len(x)
    mu = np.einsum("nc->c", x) / n
    d = x - mu
    ss = np.einsum("nc,nc->c", d, d)
    y = d * (gamma / np.sqrt(ss / n + eps)) + beta
    return y, running_mean + momentum * (mu - running_mean), running_var + momentum * (ss / (n - 1) - running_var)
""",
    },
    "layer-norm": {
        "einsum": """
def layer_norm(x, gamma, beta, eps=1e-5):
    d = x.shape[-1]
    c = x - np.einsum("...d->...", x)[..., None] / d
    return c / np.sqrt(np.einsum("...d,...d->...", c, c) / d + eps)[..., None] * gamma + beta
""",
    },
    "conv2d": {
        "windows": """
def conv2d(x, w, b=None, stride=1, padding=0, dilation=1, groups=1):
    p = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    O, I, kh, kw = w.shape
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    v = np.lib.stride_tricks.sliding_window_view(p, (eh, ew), axis=(2, 3))
    v = v[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = []
    for g in range(groups):
        out.append(np.einsum("nchwij,ocij->nohw", v[:, g * I:(g + 1) * I], w[g * O // groups:(g + 1) * O // groups]))
    y = np.concatenate(out, axis=1)
    return y if b is None else y + b.reshape(1, -1, 1, 1)
""",
        "loops over outputs": """
def conv2d(x, w, b=None, stride=1, padding=0, dilation=1, groups=1):
    p = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    O, I, kh, kw = w.shape
    h = (p.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    l = (p.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    y = np.zeros((len(x), O, h, l))
    for o in range(O):
        g = o // (O // groups)
        for i in range(h):
            for j in range(l):
                r, c = i * stride, j * stride
                patch = p[:, g * I:(g + 1) * I, r:r + dilation * (kh - 1) + 1:dilation,
                          c:c + dilation * (kw - 1) + 1:dilation]
                y[:, o, i, j] = np.sum(patch * w[o], axis=(1, 2, 3)) + (0 if b is None else b[o])
    return y
""",
        "single precision": """
def conv2d(x, w, b=None, stride=1, padding=0, dilation=1, groups=1):
    p = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)]).astype(np.float32)
    O, I, kh, kw = w.shape
    h = (p.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    l = (p.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    y = np.zeros((len(x), groups, O // groups, h, l), dtype=np.float32)
    q = p.reshape(len(x), groups, I, *p.shape[2:])
    f = w.astype(np.float32).reshape(groups, O // groups, I, kh, kw)
    for i in range(kh):
        for j in range(kw):
            s = q[..., i * dilation:i * dilation + stride * (h - 1) + 1:stride,
                  j * dilation:j * dilation + stride * (l - 1) + 1:stride]
            y += np.einsum("ngchw,goc->ngohw", s, f[..., i, j])
    y = y.reshape(len(x), O, h, l)
    return y if b is None else y + b[None, :, None, None].astype(np.float32)
""",
    },
    "pooling-backward": {
        "plain loops": """
def pool2d_backward(dy, x, k, stride, kind="max"):
    dx = [[0.0] * x.shape[1] for _ in range(x.shape[0])]
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            best = None
            for r in range(i * stride, i * stride + k):
                for c in range(j * stride, j * stride + k):
                    if kind == "avg":
                        dx[r][c] += dy[i, j] / (k * k)
                    elif best is None or x[r, c] > x[best]:
                        best = (r, c)
            if best is not None:
                dx[best[0]][best[1]] += dy[i, j]
    return np.array(dx)
""",
        "add.at": """
def pool2d_backward(dy, x, k, stride, kind="max"):
    v = np.lib.stride_tricks.sliding_window_view(x, (k, k))[::stride, ::stride].reshape(*dy.shape, -1)
    rows, cols = np.ogrid[:dy.shape[0], :dy.shape[1]]
    dx = np.zeros(x.shape)
    for tap in range(k * k):
        share = dy / k**2 if kind == "avg" else np.where(v.argmax(-1) == tap, dy, 0)
        np.add.at(dx, (rows * stride + tap // k, cols * stride + tap % k), share)
    return dx
""",
    },
    "iou-matrix": {
        "columns": """
def iou_matrix(a, b):
    ax1, ay1, ax2, ay2 = a.T.astype(float)[:, :, None]
    bx1, by1, bx2, by2 = b.T.astype(float)
    w = np.clip(np.minimum(ax2, bx2) - np.maximum(ax1, bx1), 0, None)
    h = np.clip(np.minimum(ay2, by2) - np.maximum(ay1, by1), 0, None)
    u = (ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - w * h
    return np.divide(w * h, u, out=np.zeros_like(u), where=u > 0)
""",
    },
    "nms": {
        "while and array": """
def nms(boxes, scores, threshold):
    order = np.lexsort((np.arange(len(scores)), -scores))
    keep = []
    while order.size:
        i, rest = order[0], order[1:]
        keep.append(i)
        lo, hi = np.maximum(boxes[i, :2], boxes[rest, :2]), np.minimum(boxes[i, 2:], boxes[rest, 2:])
        inter = np.prod(np.clip(hi - lo, 0, None), axis=1)
        area = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
        union = area[i] + area[rest] - inter
        iou = np.where(union > 0, inter / np.where(union > 0, union, 1), 0)
        order = rest[iou <= threshold]
    return np.array(keep, dtype=int)
""",
        "tuples": """
def iou(p, q):
    w = max(0, min(p[2], q[2]) - max(p[0], q[0]))
    h = max(0, min(p[3], q[3]) - max(p[1], q[1]))
    u = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - w * h
    return w * h / u if u > 0 else 0.0

def nms(boxes, scores, threshold):
    kept = []
    for i in sorted(range(len(scores)), key=lambda i: (-scores[i], i)):
        if all(iou(boxes[i], boxes[j]) <= threshold for j in kept):
            kept.append(i)
    return tuple(kept)
""",
    },
    "roc-curve-auc": {
        "plain loop": """
def roc_auc(scores, labels):
    pairs = sorted(zip(scores.tolist(), labels.tolist()), reverse=True)
    P = int(labels.sum())
    N = len(pairs) - P
    fpr, tpr, tp, fp, auc = [0.0], [0.0], 0, 0, 0.0
    for i, (s, y) in enumerate(pairs):
        tp, fp = tp + (y == 1), fp + (y == 0)
        if i + 1 == len(pairs) or pairs[i + 1][0] != s:
            auc += (fp / N - fpr[-1]) * (tp / P + tpr[-1]) / 2
            fpr.append(fp / N)
            tpr.append(tp / P)
    return fpr, tpr, auc
""",
        "unique": """
def roc_auc(scores, labels):
    values, inverse = np.unique(-scores, return_inverse=True)
    tp = np.r_[0, np.bincount(inverse, weights=labels).cumsum()]
    fp = np.r_[0, np.bincount(inverse, weights=1 - labels).cumsum()]
    fpr, tpr = fp / fp[-1], tp / tp[-1]
    return fpr, tpr, np.trapezoid(tpr, fpr) if hasattr(np, "trapezoid") else np.trapz(tpr, fpr)
""",
    },
    "k-means": {
        "expanded squares": """
def kmeans(X, init, max_iter=100):
    c = init.astype(float)
    def assign(c):
        return ((X**2).sum(1)[:, None] - 2 * X @ c.T + (c**2).sum(1)).argmin(1)
    labels = None
    for _ in range(max_iter):
        new = assign(c)
        if labels is not None and (new == labels).all():
            break
        labels = new
        c = np.array([X[labels == k].mean(0) if (labels == k).any() else c[k] for k in range(len(c))])
    labels = assign(c)
    return labels, c, ((X - c[labels]) ** 2).sum()
""",
        "one-hot products": """
def kmeans(X, init, max_iter=100):
    c = np.array(init, copy=True)
    dist = lambda c: np.linalg.norm(X[:, None] - c, axis=2)
    labels = dist(c).argmin(1)
    for step in range(max_iter):
        onehot = labels[:, None] == np.arange(len(c))
        count = onehot.sum(0)
        c = np.where(count[:, None] > 0, onehot.T @ X / np.maximum(count, 1)[:, None], c)
        new = dist(c).argmin(1)
        done, labels = np.array_equal(new, labels), new
        if done:
            break
    return labels.astype(np.int32), c, float((dist(c).min(1) ** 2).sum())
""",
    },
    "scaled-dot-product-attention": {
        "einsum": """
def attention(Q, K, V, mask=None):
    s = np.einsum("...nd,...md->...nm", Q, K) * Q.shape[-1] ** -0.5
    visible = np.ones(s.shape, bool) if mask is None else np.broadcast_to(mask, s.shape)
    s = np.where(visible, s, -np.inf)
    top = np.max(s, -1, keepdims=True, where=visible, initial=-1e30)
    e = np.exp(s - top) * visible
    w = np.divide(e, e.sum(-1, keepdims=True), out=np.zeros_like(e), where=visible.any(-1, keepdims=True))
    return np.einsum("...nm,...mv->...nv", w, V), w
""",
        "nan to zero": """
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(-1, -2) / np.sqrt(K.shape[-1])
    if mask is not None:
        s = s + np.where(mask, 0.0, -np.inf)
    with np.errstate(invalid="ignore"):
        e = np.exp(s - s.max(-1, keepdims=True))
        w = np.nan_to_num(e / e.sum(-1, keepdims=True))
    return w @ V, w
""",
        "single precision": """
def attention(Q, K, V, mask=None):
    Q, K, V = Q.astype(np.float32), K.astype(np.float32), V.astype(np.float32)
    s = Q @ K.swapaxes(-1, -2) / np.float32(np.sqrt(K.shape[-1]))
    if mask is not None:
        s = np.where(mask, s, np.float32(-np.inf))
    top = s.max(-1, keepdims=True)
    e = np.exp(s - np.where(np.isinf(top), 0, top))
    total = e.sum(-1, keepdims=True)
    w = e / np.where(total == 0, 1, total)
    return w @ V, w
""",
    },
    "bayes-update": {
        "counts": """
def bayes_update(prior, likelihood, observations):
    counts = np.bincount(np.array(observations, dtype=int), minlength=likelihood.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(counts > 0, counts * np.log(likelihood), 0.0)
        logs = np.log(prior) + terms.sum(1)
    if np.all(logs == -np.inf):
        return prior.copy(), 0.0
    top = logs.max()
    e = np.exp(logs - top)
    return e / e.sum(), np.exp(top + np.log(e.sum()))
""",
    },
    "vector-norms": {
        "linalg after scaling": """
def vector_norm(x, p=2.0, axis=-1):
    m = np.abs(x).max(axis=axis, keepdims=True)
    m = np.where(m == 0, 1.0, m)
    return np.linalg.norm(x / m, ord=p, axis=axis) * m.squeeze(axis)
""",
    },
    "train-val-test-split": {
        "split": """
def split(n, val_ratio, test_ratio, perm):
    a = int(n * val_ratio + 1e-9)
    b = a + int(n * test_ratio + 1e-9)
    val, test, train = np.split(perm, [a, b])
    return train, val, test
""",
        "lists": """
def split(n, val_ratio, test_ratio, perm):
    p = perm.tolist()
    a, b = (int(n * r + 1e-9) for r in (val_ratio, test_ratio))
    return p[a + b:], p[:a], p[a:a + b]
""",
    },
}
CASES = [
    pytest.param(name, f"import numpy as np\n{source}", id=f"{name}-{style}")
    for name, styles in STYLES.items()
    for style, source in styles.items()
]


@pytest.mark.parametrize(("name", "source"), CASES)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_solution_in_another_style_passes(name: str, source: str, seed: int) -> None:
    report = graded(exercise(name), source, seed=seed)
    assert (report.first_failure, report.violations) == (None, ())
    assert report.passed
