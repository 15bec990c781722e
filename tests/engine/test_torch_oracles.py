"""PyTorch as a second oracle, where it is installed: what learners will compare our numbers with."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.registry import skill
from tests.engine.registries import numbers, variants

torch = pytest.importorskip("torch")
functional: Any = torch.nn.functional


def tensor(value: Any) -> Any:
    return torch.as_tensor(np.asarray(value, dtype=float), dtype=torch.float64)


def softmax(logits: Any) -> Any:
    return torch.softmax(tensor(logits), dim=-1)


def binary_cross_entropy(y: Any, p: Any) -> Any:
    return functional.binary_cross_entropy(tensor(p), tensor(y))


def adam_step(w: float, m: float, v: float, g: float, t: int, lr: float, beta1: float, beta2: float, eps: float) -> Any:
    weight = torch.nn.Parameter(tensor(w))
    optimizer = torch.optim.Adam([weight], lr=lr, betas=(beta1, beta2), eps=eps)
    optimizer.state[weight] = {"step": torch.tensor(float(t - 1)), "exp_avg": tensor(m), "exp_avg_sq": tensor(v)}
    weight.grad = tensor(g)
    optimizer.step()
    state = optimizer.state[weight]
    return torch.stack([state["exp_avg"], state["exp_avg_sq"], weight.detach()])


def momentum_step(w: float, v: float, grads: Any, lr: float, momentum: float, form: str) -> Any:
    if form != "buffer":
        pytest.skip("PyTorch keeps the buffer form only")
    weight = torch.nn.Parameter(tensor(w))
    optimizer = torch.optim.SGD([weight], lr=lr, momentum=momentum)
    optimizer.state[weight]["momentum_buffer"] = tensor(v)
    for gradient in grads:
        weight.grad = tensor(gradient)
        optimizer.step()
    return torch.stack([optimizer.state[weight]["momentum_buffer"], weight.detach()])


def batch_norm_forward(x: Any, gamma: Any, beta: Any, eps: float) -> Any:
    return functional.batch_norm(tensor(x), None, None, tensor(gamma), tensor(beta), training=True, eps=eps)


def scaled_dot_product_attention(q: Any, K: Any, V: Any) -> Any:
    return functional.scaled_dot_product_attention(tensor(q)[None], tensor(K), tensor(V))[0]


def conv_output_size(n: int, k: int, padding: int, stride: int, dilation: int) -> Any:
    signal = torch.zeros(1, 1, n)
    return functional.conv1d(signal, torch.zeros(1, 1, k), padding=padding, stride=stride, dilation=dilation).shape[-1]


def convolution(dimensions: int, *, transposed: bool = False) -> Any:
    return getattr(torch.nn, f"Conv{'Transpose' if transposed else ''}{dimensions}d")


def conv_parameter_count(c_in: int, c_out: int, kernel: Any, groups: int, bias: bool) -> Any:
    layer = convolution(len(kernel))(c_in, c_out, tuple(map(int, kernel)), groups=groups, bias=bias)
    return sum(parameter.numel() for parameter in layer.parameters())


def conv_weight_shape(c_in: int, c_out: int, kernel: Any, groups: int, transposed: bool) -> Any:
    layer = convolution(len(kernel), transposed=transposed)(c_in, c_out, tuple(map(int, kernel)), groups=groups)
    return list(layer.weight.shape)


ORACLES: dict[str, Callable[..., Any]] = {
    "softmax": softmax,
    "binary-cross-entropy": binary_cross_entropy,
    "adam-step": adam_step,
    "momentum-step": momentum_step,
    "batch-norm-forward": batch_norm_forward,
    "scaled-dot-product-attention": scaled_dot_product_attention,
    "conv-output-size": conv_output_size,
    "conv-parameter-count": conv_parameter_count,
    "conv-weight-shape": conv_weight_shape,
}


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("name", sorted(ORACLES))
def test_pytorch_agrees(name: str, level: int) -> None:
    compared = 0
    for variant in variants(name, level):
        try:
            found = ORACLES[name](**skill(name).arguments(variant.params))
        except pytest.skip.Exception:
            continue
        compared += 1
        values = np.asarray(torch.as_tensor(found).tolist(), dtype=float).ravel()
        assert values == pytest.approx(numbers(variant.answer), rel=1e-9, abs=1e-12), variant.params
    assert compared > 0
