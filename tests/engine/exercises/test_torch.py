"""Exercises whose convention is PyTorch's agree with PyTorch, where that is installed."""

from typing import Any

import numpy as np
import pytest

from engine.grading_expected import expected
from engine.registry import exercise

torch = pytest.importorskip("torch")
functional: Any = torch.nn.functional


def tensor(value: Any, *, grad: bool = False) -> Any:
    return torch.tensor(np.asarray(value, dtype=float), dtype=torch.float64, requires_grad=grad)


def array(value: Any) -> np.ndarray:
    return np.asarray(value.detach().numpy())


def _softmax(x: Any, axis: int = -1) -> Any:
    return array(torch.softmax(tensor(x), dim=axis))


def _cross_entropy(logits: Any, targets: Any) -> Any:
    z = tensor(logits, grad=True)
    loss = functional.cross_entropy(z, torch.tensor(targets))
    loss.backward()
    return loss.item(), array(z.grad)


def _bce(p: Any, t: Any, reduction: str = "mean") -> Any:
    return array(functional.binary_cross_entropy(tensor(p), tensor(t), reduction=reduction))


def _adam(w: Any, grads: Any, lr: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8) -> Any:
    weight = torch.nn.Parameter(tensor(w))
    optimizer = torch.optim.Adam([weight], lr=lr, betas=(beta1, beta2), eps=eps)
    path = []
    for g in grads:
        weight.grad = tensor(g)
        optimizer.step()
        path.append(array(weight).copy())
    state = optimizer.state[weight]
    return np.array(path), array(state["exp_avg"]), array(state["exp_avg_sq"])


def _batch_norm(
    x: Any, gamma: Any, beta: Any, running_mean: Any, running_var: Any, momentum: float = 0.1, eps: float = 1e-5,
    training: bool = True,
) -> Any:  # fmt: skip
    mean, variance = tensor(running_mean), tensor(running_var)
    y = functional.batch_norm(
        tensor(x), mean, variance, tensor(gamma), tensor(beta), training=training, momentum=momentum, eps=eps
    )
    return array(y), array(mean), array(variance)


def _layer_norm(x: Any, gamma: Any, beta: Any, eps: float = 1e-5) -> Any:
    return array(functional.layer_norm(tensor(x), (x.shape[-1],), tensor(gamma), tensor(beta), eps))


def _conv2d(x: Any, w: Any, b: Any = None, **options: int) -> Any:
    return array(functional.conv2d(tensor(x), tensor(w), None if b is None else tensor(b), **options))


def _pool(dy: Any, x: Any, k: int, stride: int, kind: str = "max") -> Any:
    image = tensor(x, grad=True)
    pool = functional.max_pool2d if kind == "max" else functional.avg_pool2d
    pool(image[None, None], k, stride).backward(tensor(dy)[None, None])
    return array(image.grad)


def _attention(Q: Any, K: Any, V: Any, mask: Any = None) -> Any:
    scores = tensor(Q) @ tensor(K).transpose(-1, -2) / Q.shape[-1] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~torch.tensor(mask), -torch.inf)
    weights = torch.softmax(scores, -1).nan_to_num()
    return array(weights @ tensor(V)), array(weights)


def _norm(x: Any, p: float = 2.0, axis: int = -1) -> Any:
    # torch squares without scaling, so it is asked for moderate entries only.
    scale = float(np.abs(x).max(initial=0.0)) or 1.0
    return array(torch.linalg.vector_norm(tensor(x / scale), ord=p, dim=axis)) * scale


ORACLES = {
    "adam": _adam,
    "batch-norm-train-eval": _batch_norm,
    "binary-cross-entropy": _bce,
    "conv2d": _conv2d,
    "layer-norm": _layer_norm,
    "pooling-backward": _pool,
    "scaled-dot-product-attention": _attention,
    "softmax": _softmax,
    "softmax-cross-entropy": _cross_entropy,
    "vector-norms": _norm,
}
CASES = [
    pytest.param(name, index, id=f"{name}-{case.name}")
    for name in ORACLES
    for index, case in enumerate(exercise(name).all_cases())
]


@pytest.mark.parametrize(("name", "index"), CASES)
def test_torch_agrees(name: str, index: int) -> None:
    wanted = expected(exercise(name), 0)
    case, value = wanted.cases[index], wanted.values[index]
    told: Any = ORACLES[name](**case.args)  # type: ignore[operator]  # oracles of many signatures
    for mine, other in zip(value, told, strict=True) if isinstance(value, tuple) else [(value, told)]:
        mine, other = np.asarray(mine, dtype=float), np.asarray(other, dtype=float)
        assert mine.shape == other.shape
        scale = float(np.abs(mine).max(initial=0.0))
        np.testing.assert_allclose(mine, other, rtol=1e-7, atol=max(1e-10 * scale, case.atol, 1e-300))
