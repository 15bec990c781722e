"""Published examples can be recomputed; nonsense is refused with a reason."""

from typing import Any

import pytest

from engine.errors import ParamsError
from engine.registry import skill
from tests.engine.registries import numbers

ADAM: dict[str, Any] = {"w": 1.0, "m": 0.0, "v": 0.0, "g": 0.5, "t": 1, "lr": 0.001}
BATCH: dict[str, Any] = {"x": [[1], [3]], "gamma": [1], "beta": [0]}
MOMENTUM: dict[str, Any] = {"w": 1, "v": 0, "grads": [1, 1], "lr": 0.1, "momentum": 0.9, "form": "velocity"}
TEST: dict[str, Any] = {"prior": 0.001, "sensitivity": 0.95, "specificity": 0.95}
ATTENTION: dict[str, Any] = {"q": [2, 0, 0, 0], "K": [[1, 0, 0, 0], [0, 1, 0, 0]], "V": [[1, 0], [0, 1]]}
CONV: dict[str, Any] = {"n": 227, "k": 11, "padding": 0, "stride": 4, "dilation": 1}
CHANNELS: dict[str, Any] = {"c_in": 3, "c_out": 96, "kernel": [11, 11], "groups": 1}
LAYERS: dict[str, Any] = {"kernels": [15, 7, 5, 3], "strides": [1] * 4, "dilations": [1] * 4}
COUNTS: dict[str, Any] = {"tp": 700, "fp": 300, "fn": 700, "tn": 300}
NEIGHBOURS: dict[str, Any] = {"points": [[0, 1], [2, 0], [3, 3]], "labels": [0, 1, 1], "query": [0, 0], "k": 3}

PUBLISHED: list[tuple[str, dict[str, Any], list[float]]] = [
    ("softmax", {"logits": [0.3, 2.9, 4.0]}, [0.01821127, 0.24519181, 0.73659691]),
    ("softmax", {"logits": [1e6, -1e6]}, [1.0, 0.0]),
    ("binary-cross-entropy", {"y": [1, 0], "p": [0.8, 0.4]}, [0.366985]),
    ("binary-cross-entropy", {"y": [1, 0], "p": [1.0, 0.0]}, [0.0]),
    ("focal-loss", {"p": 0.9, "y": 1, "gamma": 2, "alpha": 1}, [0.00105361]),
    ("focal-loss", {"p": 0.3, "y": 1, "gamma": 0, "alpha": 1}, [1.203973]),
    ("focal-loss", {"p": 0.9, "y": 1}, [0.0002634]),
    ("focal-loss", {"p": 1.0, "y": 1, "gamma": 0}, [0.0]),
    ("entropy", {"p": [0.25] * 4}, [2.0]),
    ("entropy", {"p": [1.0, 0.0]}, [0.0]),
    ("entropy", {"p": [0.5, 0.5], "base": "e"}, [0.693147]),
    ("bayes-posterior", TEST, [0.0509, 0.018664]),
    ("bayes-posterior", {**TEST, "prior": 1}, [0.95, 1.0]),
    ("momentum-step", MOMENTUM, [-0.19, 0.71]),
    ("adam-step", ADAM, [0.05, 0.00025, 0.999]),
    ("batch-norm-forward", {**BATCH, "eps": 1e-12}, [-1.0, 1.0]),
    ("batch-norm-forward", {"x": [[5], [5]], "gamma": [2], "beta": [0.5]}, [0.5, 0.5]),
    ("scaled-dot-product-attention", ATTENTION, [0.731059, 0.268941]),
    ("conv-output-size", CONV, [55]),
    ("conv-output-size", {**CONV, "n": 1, "k": 1, "stride": 1}, [1]),
    ("conv-parameter-count", {**CHANNELS, "bias": True}, [34944]),
    ("conv-parameter-count", {**CHANNELS, "c_out": 3, "kernel": [3], "groups": 3, "bias": False}, [9]),
    ("conv-weight-shape", {**CHANNELS, "transposed": True}, [3, 96, 11, 11]),
    ("receptive-field", LAYERS, [27]),
    ("receptive-field", {"kernels": [2] * 50, "strides": [4] * 50, "dilations": [1] * 50}, [1 + (4**50 - 1) // 3]),
    ("iou", {"a": [0, 0, 1, 1], "b": [2, 2, 3, 3]}, [0.0]),
    ("iou", {"a": [-0.5, 0, 0.5, 1], "b": [-0.5, 0, 0.5, 1]}, [1.0]),
    ("precision-recall-f1", COUNTS, [0.7, 0.5, 0.583333]),
    ("precision-recall-f1", {"tp": 0, "fp": 1, "fn": 1, "tn": 0}, [0.0, 0.0, 0.0]),
    ("auc-pair-counting", {"pos": [0.5, 0.5], "neg": [0.5, 0.5]}, [0.5]),
]

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("softmax", {"logits": [1.0]}, "at least 2"),
    ("softmax", {"logits": ["1", "x"]}, "number"),
    ("binary-cross-entropy", {"y": [1, 0], "p": [0.5]}, "same length"),
    ("binary-cross-entropy", {"y": [1, 0], "p": [0.5, 1.0]}, r"p\[1\]"),
    ("binary-cross-entropy", {"y": [2], "p": [0.5]}, "less than or equal to 1"),
    ("focal-loss", {"p": 0.0, "y": 1}, "infinite"),
    ("focal-loss", {"p": 1.1, "y": 1}, "less than or equal to 1"),
    ("focal-loss", {"p": 0.5, "y": 1, "gamma": -1}, "greater than or equal to 0"),
    ("entropy", {"p": [0.5, 0.4]}, "sum to 1"),
    ("entropy", {"p": [1.5, -0.5]}, "less than or equal to 1"),
    ("entropy", {"p": [0.5, 0.5], "base": 3}, "base"),
    ("bayes-posterior", {**TEST, "prior": 0, "specificity": 1}, "undefined"),
    ("momentum-step", {**MOMENTUM, "form": "nesterov"}, "form"),
    ("momentum-step", {**MOMENTUM, "grads": []}, "at least 1"),
    ("momentum-step", {**MOMENTUM, "momentum": 1}, "less than 1"),
    ("adam-step", {**ADAM, "t": 0}, "greater than or equal to 1"),
    ("adam-step", {**ADAM, "v": -0.1}, "greater than or equal to 0"),
    ("adam-step", {**ADAM, "beta1": 1}, "less than 1"),
    ("batch-norm-forward", {**BATCH, "x": [[1, 2], [3]]}, "rows"),
    ("batch-norm-forward", {**BATCH, "gamma": [1, 2]}, "gamma needs one number"),
    ("batch-norm-forward", {**BATCH, "x": [[1]]}, "at least 2"),
    ("scaled-dot-product-attention", {**ATTENTION, "V": [[1, 0]]}, "number of rows"),
    ("scaled-dot-product-attention", {**ATTENTION, "q": [1]}, "as many entries"),
    ("scaled-dot-product-attention", {**ATTENTION, "V": [[1, 0], [1]]}, "all values"),
    ("conv-output-size", {**CONV, "n": 5}, "spans 11 positions"),
    ("conv-output-size", {**CONV, "dilation": 23}, "only 227"),
    ("conv-output-size", {**CONV, "stride": 0}, "greater than or equal to 1"),
    ("conv-parameter-count", {**CHANNELS, "groups": 2, "bias": True}, "multiples"),
    ("conv-parameter-count", {**CHANNELS, "kernel": [3] * 4, "bias": True}, "at most 3"),
    ("conv-weight-shape", {**CHANNELS, "c_in": 4, "c_out": 6, "groups": 4, "transposed": False}, "multiples"),
    ("receptive-field", {**LAYERS, "strides": [1]}, "one number for each layer"),
    ("receptive-field", {**LAYERS, "strides": [1, 1, 1, 0]}, "strides.3"),
    ("iou", {"a": [2, 0, 0, 2], "b": [0, 0, 1, 1]}, "box a"),
    ("iou", {"a": [0, 0, 2, 2], "b": [0, 1, 1, 1]}, "box b"),
    ("precision-recall-f1", {**COUNTS, "tp": 0, "fp": 0}, "precision is undefined"),
    ("precision-recall-f1", {**COUNTS, "tp": 0, "fn": 0}, "recall is undefined"),
    ("precision-recall-f1", {**COUNTS, "tn": -1}, "greater than or equal to 0"),
    ("auc-pair-counting", {"pos": [], "neg": [0.5]}, "at least 1"),
    ("knn-vote", {**NEIGHBOURS, "labels": [0, 1]}, "as many labels"),
    ("knn-vote", {**NEIGHBOURS, "labels": [0, 1, 3]}, "less than 3"),
    ("knn-vote", {**NEIGHBOURS, "query": [0]}, "as many coordinates"),
    ("knn-vote", {**NEIGHBOURS, "k": 4}, "exceeds"),
    ("knn-vote", {**NEIGHBOURS, "k": 2}, "vote is tied"),
    ("knn-vote", {**NEIGHBOURS, "points": [[0, 1], [1, 0], [3, 3]], "k": 1}, "same distance"),
]


@pytest.mark.parametrize(("name", "params", "answer"), PUBLISHED)
def test_published_example_is_recomputed(name: str, params: dict[str, Any], answer: list[float]) -> None:
    found = skill(name)
    variant = found.variant(found.validate(params))
    assert numbers(variant.answer) == pytest.approx(answer, abs=1e-6)
    assert numbers(found.steps(variant.params)[-1].values["answer"]) == pytest.approx(answer, abs=1e-6)


@pytest.mark.parametrize(("name", "params", "reason"), REFUSED)
def test_nonsense_is_refused(name: str, params: dict[str, Any], reason: str) -> None:
    with pytest.raises(ParamsError, match=reason):
        skill(name).validate(params)
