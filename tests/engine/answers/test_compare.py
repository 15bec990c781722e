"""Acceptance: one unit in the last asked place, shapes before values."""

import math

import pytest
from hypothesis import given

from engine.answers.compare import accepts, matches, same_typed_form
from engine.answers.kinds import AnswerKind, Choice, Integer, Matrix, Named, Real, Shape, Value, Vector
from engine.answers.parse import parse
from tests.engine.answers.strategies import of_one_kind

PAIR = Named(("a", "b"), 2)


@pytest.mark.parametrize(
    ("kind", "text", "truth", "accepted"),
    [
        (Real(4), "0.0182", 0.01824, True),
        (Real(4), "0.0183", 0.0182, True),
        (Real(4), "0.0181", 0.0182, True),
        (Real(4), "0.0184", 0.0182, False),
        (Real(4), "0.018", 0.0182, False),
        (Real(4), "12345.6790", 12345.6789, True),
        (Real(4), "0.01824319", 0.01824, True),
        (Real(0), "4", 3.2, True),
        (Real(None), "1/3", 1 / 3, True),
        (Real(None), "0.333333333", 1 / 3, True),
        (Real(None), "0.3333", 1 / 3, False),
        (Real(None), "1e12", 1e12 + 100, True),
        (Real(None), "10000000001", 10_000_000_000, False),
        (Real(2), "inf", math.inf, True),
        (Real(None), "inf", math.inf, True),
        (Real(2), "-inf", math.inf, False),
        (Real(2), "inf", 5.0, False),
        (Real(None), "inf", 5.0, False),
        (Real(None), "5", math.inf, False),
        (Real(2), "0", math.nan, False),
        (Real(None), "0", math.nan, False),
        (Integer(), "7", 7, True),
        (Integer(), "7", 8, False),
        (Vector(2), "0.25 0.5", (0.25, 0.51), True),
        (Vector(2), "0.25 0.5", (0.25, 0.53), False),
        (Vector(2), "0.25", (0.25, 0.5), False),
        (Vector(2), "0.25 0.5 0", (0.25, 0.5), False),
        (Vector(2), "0.25", 0.25, False),
        (Real(2), "0.25", (0.25,), False),
        (Matrix(2), "1 2; 3 4", ((1, 2), (3, 4)), True),
        (Matrix(2), "1 2; 3 4", ((1, 2), (3, 5)), False),
        (Matrix(2), "1 2 3 4", ((1, 2), (3, 4)), False),
        (Matrix(2), "1 2", (1, 2), False),
        (Matrix(2), "1; 2", ((1, 2),), False),
        (Matrix(2), "1; 2", ((1, 2), (3, 4)), False),
        (Shape(), "3x4", (3, 4), True),
        (Shape(), "3x4", (4, 3), False),
        (Shape(), "3x4", (3, 4, 1), False),
        (Choice(("yes", "no")), "Yes", "yes", True),
        (Choice(("yes", "no")), "no", "yes", False),
        (PAIR, "b=2, a=1", (1.0, 2.0), True),
        (PAIR, "2, 1", (1.0, 2.0), False),
    ],
)
def test_what_is_accepted(kind: AnswerKind, text: str, truth: Value, accepted: bool) -> None:
    assert accepts(kind, parse(kind, text), truth) is accepted


@pytest.mark.parametrize("kind", [Real(3), Real(None)])
def test_nan_matches_nothing(kind: Real) -> None:
    assert not matches(kind, math.nan, math.nan)


@pytest.mark.parametrize("kind", [Real(2), Vector(2), Matrix(2), Shape(), Integer(), PAIR, Choice(("a",))])
@pytest.mark.parametrize("typed", [1, 1.5, "a", (), (1,), (1, 2), ((1,),), ((1, 2), (3, 4))])
@pytest.mark.parametrize("value", [2, 2.5, "b", (3,), (3, 4), ((3,),), ((3, 4), (5, 6))])
def test_another_structure_or_value_never_matches_nor_raises(kind: AnswerKind, typed: Value, value: Value) -> None:
    assert not matches(kind, typed, value)


def test_forms_are_compared_as_written() -> None:
    assert same_typed_form(Real(2), 0.251, 0.249)
    assert not same_typed_form(Real(2), 0.251, 0.256)
    assert same_typed_form(Vector(2), (-0.001,), (0.0,))
    assert same_typed_form(Real(None), 0.1 + 0.2, 0.3)


@given(of_one_kind(2))
def test_matching_is_reflexive_and_nearly_symmetric(drawn: tuple[AnswerKind, tuple[Value, Value]]) -> None:
    kind, (one, other) = drawn
    assert matches(kind, one, one)
    if kind.decimals is not None:
        assert matches(kind, one, other) == matches(kind, other, one)
