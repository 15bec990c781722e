"""Values: from NumPy to plain Python, to a learner's spelling, to JSON and back."""

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from engine.answers.compare import accepts, matches, same_typed_form
from engine.answers.kinds import (
    AnswerKind,
    Choice,
    Integer,
    Matrix,
    Named,
    Real,
    Shape,
    Value,
    Vector,
    canonical,
    format_value,
    from_json,
    to_json,
    tolerance,
)
from engine.answers.parse import parse
from tests.engine.answers.strategies import of_one_kind

ADAM = Named(("m", "v", "weight"), 4)
CLASSES = Choice(("0", "1", "2"))


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Integer(), np.int64(7), 7),
        (Integer(), np.float32(7.0), 7),
        (Integer(), np.array(7), 7),
        (Integer(), True, 1),
        (Real(4), np.float64(0.25), 0.25),
        (Real(4), np.array(0.25), 0.25),
        (Vector(4), np.array([1.5, 2.5]), (1.5, 2.5)),
        (Vector(4), [np.float64(1.5), 2], (1.5, 2)),
        (Vector(4), np.array([]), ()),
        (Matrix(4), np.eye(2), ((1.0, 0.0), (0.0, 1.0))),
        (Matrix(4), [np.array([1, 2]), (3, 4)], ((1, 2), (3, 4))),
        (Shape(), np.zeros((2, 3)).shape, (2, 3)),
        (Shape(), np.array([2.0, 3.0]), (2, 3)),
        (Choice(("yes", "no")), "Yes", "yes"),
        (Choice(("yes", "no")), np.str_("no"), "no"),
        (CLASSES, np.int64(2), "2"),
        (CLASSES, 1.0, "1"),
        (ADAM, {"weight": 0.9, "m": np.float64(0.1), "v": np.array(0.2)}, (0.1, 0.2, 0.9)),
        (ADAM, np.array([0.1, 0.2, 0.9]), (0.1, 0.2, 0.9)),
        (ADAM, (0.1, 0.2, 0.9), (0.1, 0.2, 0.9)),
    ],
)
def test_results_become_plain_values(kind: AnswerKind, raw: object, value: Value) -> None:
    plain = canonical(kind, raw)
    assert plain == value
    assert "numpy" not in repr(type(plain)) + repr([type(entry) for entry in plain] if isinstance(plain, tuple) else "")


@pytest.mark.parametrize(
    ("kind", "raw", "error"),
    [
        (Integer(), 7.5, ValueError),
        (Integer(), math.inf, ValueError),
        (Integer(), "7", TypeError),
        (Real(4), [1.0], TypeError),
        (Real(4), 1j, TypeError),
        (Vector(4), 1.0, TypeError),
        (Vector(4), np.eye(2), TypeError),
        (Vector(4), "12", TypeError),
        (Matrix(4), [1, 2], TypeError),
        (Matrix(4), [[1, 2], [3]], ValueError),
        (Matrix(4), [], ValueError),
        (Matrix(4), [[]], ValueError),
        (Shape(), (2, 2.5), ValueError),
        (CLASSES, 3, ValueError),
        (ADAM, {"m": 1, "v": 2}, ValueError),
        (ADAM, (1, 2), ValueError),
        (ADAM, {"m": 1, "v": 2, "w": 3}, ValueError),
    ],
)
def test_results_of_another_structure_are_refused(kind: AnswerKind, raw: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        canonical(kind, raw)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Real(4), 0.01823, "0.0182"),
        (Real(4), -0.00001, "0.0000"),
        (Real(4), -0.0, "0.0000"),
        (Real(0), -0.2, "0"),
        (Real(0), 3.0, "3"),
        (Real(4), 3, "3.0000"),
        (Real(2), math.inf, "inf"),
        (Real(2), -math.inf, "-inf"),
        (Real(None), 3.0, "3"),
        (Real(None), -0.0, "0"),
        (Real(None), 0.1 + 0.2, "0.3"),
        (Real(None), 0.000125, "0.000125"),
        (Real(None), 1.25e-7, "1.25e-7"),
        (Real(None), 1e20, "1e20"),
        (Real(None), 105415200.0, "105415200"),
        (Vector(3), (0.018, 0.2449), "[0.018, 0.245]"),
        (Vector(None), (1.0, 0.5), "[1, 0.5]"),
        (Matrix(None), ((1.0, 2), (3, 4)), "[[1, 2], [3, 4]]"),
        (Matrix(1), ((1, 2), (3, 4)), "[[1.0, 2.0], [3.0, 4.0]]"),
        (Shape(), (32, 64, 28, 28), "(32, 64, 28, 28)"),
        (Shape(), (32,), "(32,)"),
        (Shape(), (), "()"),
        (ADAM, (0.05, 0.0003, 0.9), "m = 0.0500, v = 0.0003, weight = 0.9000"),
        (CLASSES, "2", "2"),
        (Integer(), 34944, "34944"),
    ],
)
def test_values_are_written_as_a_learner_types_them(kind: AnswerKind, value: Value, text: str) -> None:
    assert format_value(kind, value) == text


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        (Real(4), 1e-4),
        (Vector(0), 1.0),
        (ADAM, 1e-4),
        (Real(None), 1e-9),
        (Integer(), 0.0),
        (Shape(), 0.0),
        (CLASSES, 0.0),
    ],
)
def test_the_tolerance_is_one_unit_in_the_last_asked_place(kind: AnswerKind, allowed: float) -> None:
    assert tolerance(kind) == allowed


@pytest.mark.parametrize(
    ("kind", "value", "data"),
    [
        (Integer(), 3, 3),
        (Matrix(2), ((1, 2.5), (3, 4)), [[1, 2.5], [3, 4]]),
        (ADAM, (1, 2, 3), {"m": 1, "v": 2, "weight": 3}),
        (CLASSES, "1", "1"),
        (Vector(2), (math.inf, -math.inf), ["inf", "-inf"]),
    ],
)
def test_json_of_a_value(kind: AnswerKind, value: Value, data: object) -> None:
    assert to_json(kind, value) == data


@given(of_one_kind(1))
def test_values_survive_json(drawn: tuple[AnswerKind, tuple[Value]]) -> None:
    kind, (value,) = drawn
    assert from_json(kind, json.loads(json.dumps(to_json(kind, value), allow_nan=False))) == value


@given(of_one_kind(1))
def test_the_written_value_is_accepted(drawn: tuple[AnswerKind, tuple[Value]]) -> None:
    kind, (value,) = drawn
    parsed = parse(kind, format_value(kind, value))
    assert accepts(kind, parsed, value)
    assert accepts(kind, parse(kind, parsed.read_as), value)


@given(of_one_kind(1))
def test_writing_is_stable(drawn: tuple[AnswerKind, tuple[Value]]) -> None:
    kind, (value,) = drawn
    text = format_value(kind, value)
    assert format_value(kind, parse(kind, text).value) == text


@given(of_one_kind(2))
def test_values_written_alike_match(drawn: tuple[AnswerKind, tuple[Value, Value]]) -> None:
    kind, (one, other) = drawn
    if same_typed_form(kind, one, other):
        assert matches(kind, one, other)
    assert same_typed_form(kind, one, one)
