"""Submissions through the real sandbox: statuses, what is told, and every exercise's solution end to end."""

import inspect
import json
import textwrap
from typing import Any

import pytest

from engine.exercise import Exercise
from engine.registry import exercise, exercise_ids
from engine.solution import solution
from quizapp.coding.runner import REVEALS, Reveal, check, find_exercise
from quizapp.coding.sandbox import Limits, Sandbox
from quizapp.coding.workspace import stub
from quizapp.errors import UnknownName
from tests.quizapp.coding.shipped import words

KEYS = {"exercise", "status", "score", "cases", "first_failure", "mutant", "rules", "isolation", "message"}
FAILURE_KEYS = {"case", "input", "got", "expected", "difference"}
ADAM = """
import numpy as np

def adam(w, grads, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m = v = 0 * w
    path = []
    for g in grads:
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        w = w - lr * m / (np.sqrt(v) + eps)
        path.append(w)
    return np.array(path), m, v
"""


def softmax(place: Sandbox, body: str, **options: Any) -> dict[str, Any]:
    source = f"import numpy as np\ndef softmax(x, axis=-1):\n{textwrap.indent(body, '    ')}\n"
    return check("softmax", source, words("softmax"), place, **options)


@pytest.mark.parametrize("name", exercise_ids())
def test_the_solution_passes(name: str, place: Sandbox) -> None:
    report = check(name, solution(exercise(name)), words(name), place)
    assert report["status"] == "passed", report["first_failure"]
    assert set(report) >= KEYS
    assert report["score"] == 1.0
    assert report["first_failure"] is None
    assert (report["mutant"], report["rules"]) == (None, [])
    assert all(case["status"] == "passed" for case in report["cases"])


@pytest.mark.parametrize("name", exercise_ids())
def test_the_stub_fails(name: str, place: Sandbox) -> None:
    report = check(name, stub(exercise(name), words(name), "both"), words(name), place)
    assert (report["status"], report["score"]) == ("error", 0.0)
    assert "NotImplementedError" in report["message"]["en"]


def test_a_known_mistake_is_named_in_both_languages(place: Sandbox) -> None:
    report = check("adam", ADAM, words("adam"), place)
    assert (report["status"], report["mutant"]) == ("failed", "no-correction")
    assert "without bias correction" in report["message"]["en"]
    assert "偏差修正" in report["message"]["zh"]
    failure = report["first_failure"]
    assert set(failure) >= FAILURE_KEYS
    assert failure["input"]["w"].startswith("np.array(")
    assert failure["location"]["part"] == "path"
    assert failure["location"]["index"] == [0, 0]
    assert json.loads(json.dumps(report, allow_nan=False)) == report


def test_without_words_the_slug_stands_alone(place: Sandbox) -> None:
    assert check("adam", ADAM, None, place)["mutant"] == "no-correction"


@pytest.mark.parametrize("reveal", REVEALS)
def test_what_each_level_tells(reveal: Reveal, place: Sandbox) -> None:
    report = softmax(place, "return np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True)", reveal=reveal)
    level = REVEALS.index(reveal)
    told = json.dumps(report)
    assert report["status"] == "failed"
    assert (report["mutant"] == "no-max") is (level >= 1)
    assert (report["first_failure"] is not None) is (level >= 1)
    if level >= 1:
        assert (report["first_failure"]["input"] is not None) is (level >= 2)
        assert (report["first_failure"]["expected"] is not None) is (level >= 2)
    assert ("solution" in report) is (level >= 3)
    assert ("expected" not in "".join(case["message"] for case in report["cases"])) is (level < 2), told


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("return np.zeros(3)", "failed"),
        ("return x @ x @ x @", "error"),
        ("return 1 / 0", "error"),
        ("while True: pass", "timeout"),
        ("return np.ones(1 << 40)", "memory"),
        ("import os; os._exit(0)", "error"),
        ("import socket; socket.socket()", "refused"),
        ("return object()", "error"),
        ("return (v for v in x)", "error"),
        ("return np.array([None, {}], dtype=object)", "error"),
        ("raise SystemExit", "error"),
        ("import scipy", "error"),
    ],
)
def test_every_end_has_its_status(body: str, status: str, place: Sandbox) -> None:
    limits = Limits(wall_seconds_per_case=0.5, wall_seconds=1.0)
    report = softmax(place, body, limits=limits)
    if status == "refused" and not {"seccomp", "landlock"} & set(report["isolation"]):
        pytest.skip("no network confinement here")
    assert report["status"] == status
    assert report["score"] < 1
    assert report["message"]["en"]
    assert report["message"]["zh"]


@pytest.mark.parametrize("source", ["", "def other(): pass", "softmax = 3", "\x00", "def softmax(:", "import nothing"])
def test_a_source_without_the_function_is_an_error(source: str, place: Sandbox) -> None:
    report = check("softmax", source, words("softmax"), place)
    assert (report["status"], report["score"]) == ("error", 0.0)


def test_rules_are_told_with_their_lines(place: Sandbox) -> None:
    body = "e = np.exp(x - x.max(axis, keepdims=True))\nfor _ in x: pass\nreturn e / e.sum(axis, keepdims=True)"
    report = softmax(place, body)
    assert report["status"] == "failed"
    assert [(rule["rule"], rule["line"]) for rule in report["rules"]] == [("no-loop-over-elements", 4)]
    assert report["first_failure"] is None
    assert "rule" in report["message"]["en"]


def test_warnings_count_for_softmax(place: Sandbox) -> None:
    body = "np.log(np.zeros(1))\ne = np.exp(x - x.max(axis, keepdims=True))\nreturn e / e.sum(axis, keepdims=True)"
    assert softmax(place, body)["first_failure"]["problem"] == "warning"


def test_a_changed_argument_is_named(place: Sandbox) -> None:
    body = "x -= x.max(axis, keepdims=True)\ne = np.exp(x)\nreturn e / e.sum(axis, keepdims=True)"
    failure = softmax(place, body)["first_failure"]
    assert failure["problem"] == "mutation"
    assert "x was changed" in failure["difference"]


def test_what_is_printed_is_shown_and_nothing_steers_a_terminal(place: Sandbox) -> None:
    report = softmax(place, "print('seen', chr(27) + '[31m')\nreturn chr(27) + '[2J'")
    assert report["printed"].startswith("seen")
    assert "\x1b" not in json.dumps(report, ensure_ascii=False)


def test_a_patched_numpy_forges_nothing(place: Sandbox) -> None:
    body = "np.testing.assert_allclose = np.array_equal = lambda *a, **k: True\nnp.exp = lambda v: v\nreturn np.exp(x)"
    assert softmax(place, body)["status"] == "failed"
    assert check("softmax", solution(exercise("softmax")), None, place)["status"] == "passed"


def test_a_quadratic_sweep_runs_out_of_time(place: Sandbox) -> None:
    source = """
import numpy as np
def roc_auc(scores, labels):
    fpr, tpr = [0.0], [0.0]
    for t in np.unique(scores)[::-1]:
        fpr.append(float(np.mean(scores[labels == 0] >= t)))
        tpr.append(float(np.mean(scores[labels == 1] >= t)))
    area = sum((fpr[i + 1] - fpr[i]) * (tpr[i + 1] + tpr[i]) / 2 for i in range(len(fpr) - 1))
    return fpr, tpr, area
"""
    report = check("roc-curve-auc", source, words("roc-curve-auc"), place)
    assert [case["status"] for case in report["cases"]] == ["passed"] * (len(report["cases"]) - 1) + ["timeout"]


def test_an_unknown_exercise_names_the_nearest(place: Sandbox) -> None:
    with pytest.raises(UnknownName) as error:
        check("sofmax", "", None, place)
    assert "softmax" in error.value.nearest


MUTANTS = [
    pytest.param(exercise(name), slug, id=f"{name}-{slug}")
    for name in exercise_ids()
    for slug in exercise(name).mutants
]


@pytest.mark.parametrize(("found", "slug"), MUTANTS)
def test_every_mistake_has_words_of_its_own(found: Exercise, slug: str) -> None:
    mistake = words(found.id).mutants[slug]
    assert mistake.en != mistake.zh
    others = [each.en for name, each in words(found.id).mutants.items() if name != slug]
    assert mistake.en not in others


@pytest.mark.parametrize("name", exercise_ids())
def test_words_fit_the_exercise(name: str) -> None:
    found, told = find_exercise(name), words(name)
    assert set(told.mutants) == set(found.mutants)
    assert len(told.hints) == 3
    for argument in found.parameters:
        assert argument in stub(found, told, "en")
    assert inspect.cleandoc(stub(found, told, "zh")) != inspect.cleandoc(stub(found, told, "en"))
