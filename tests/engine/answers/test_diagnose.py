"""The ladder: correct, a named misconception, a generic slip, a near miss, wrong."""

from collections.abc import Sequence

import pytest
from hypothesis import given

from engine.answers.compare import accepts, matches
from engine.answers.diagnose import SLIPS, Diagnosis, Verdict, diagnose
from engine.answers.kinds import AnswerKind, Choice, Integer, Matrix, Named, Real, Shape, Value, Vector, format_value
from engine.answers.parse import parse
from tests.engine.answers.strategies import of_one_kind

PAIR = Named(("low", "high"), 2)
SQUARE = ((1.0, 2.0), (3.0, 4.0))
WIDE = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))


def judge(kind: AnswerKind, text: str, truth: Value, wrong: Sequence[tuple[tuple[str, ...], Value]] = ()) -> Diagnosis:
    return diagnose(kind, parse(kind, text), truth, wrong)


NAMED_SLIPS: list[tuple[AnswerKind, str, Value, str]] = [
    (Real(4), "-0.0182", 0.0182, "sign"),
    (Vector(2), "-0.25, 0.5", (0.25, -0.5), "sign"),
    (PAIR, "-1, 2.5", (1, -2.5), "sign"),
    (Integer(), "-12", 12, "sign"),
    (Real(3), "24.5", 0.245, "percent-for-fraction"),
    (Vector(3), "24.5, 75.5", (0.245, 0.755), "percent-for-fraction"),
    (Real(1), "0.245", 24.5, "fraction-for-percent"),
    (Real(1), "24.5%", 24.5, "fraction-for-percent"),
    (Real(1), "80%", 80.0, "fraction-for-percent"),
    (Real(4), "0.182", 0.0182, "power-of-ten"),
    (Real(4), "1234", 12.34, "power-of-ten"),
    (Integer(), "349440", 34944, "power-of-ten"),
    (Integer(), "3494400", 34944, "power-of-ten"),
    (Vector(1), "250, 0, -40", (2.5, 0, -0.4), "power-of-ten"),
    (Vector(2), "0.75 0.5 0.25", (0.25, 0.5, 0.75), "order-reversed"),
    (Shape(), "28x64x32", (32, 64, 28), "order-reversed"),
    (Vector(2), "0.5 0.25 0.75", (0.25, 0.5, 0.75), "order-swapped"),
    (Vector(2), "0.75 0.25", (0.25, 0.75), "order-swapped"),
    (PAIR, "3, 1", (1, 3), "order-swapped"),
    (Shape(), "32, 28, 28, 3", (32, 3, 28, 28), "order-swapped"),
    (Vector(None), "2 1 0", (0, 1, 2), "order-reversed"),
    (Matrix(2), "1 3; 2 4", SQUARE, "transposed"),
    (Matrix(2), "1 4; 2 5; 3 6", WIDE, "transposed"),
    (Matrix(2), "1 2; 3 4", WIDE, "wrong-shape"),
    (Vector(2), "0.25", (0.25, 0.75), "wrong-shape"),
    (Shape(), "32x64", (32, 64, 1), "wrong-shape"),
    (Real(4), "0.018", 0.01824, "too-few-digits"),
    (Real(4), "12", 12.3456, "too-few-digits"),
    (Vector(4), "0.25, 0.7", (0.2501, 0.7433), "too-few-digits"),
    (Integer(), "8", 7, "off-by-one"),
    (Integer(), "6", 7, "off-by-one"),
]


@pytest.mark.parametrize(("kind", "text", "truth", "slip"), NAMED_SLIPS)
def test_a_slip_is_named(kind: AnswerKind, text: str, truth: Value, slip: str) -> None:
    found = judge(kind, text, truth)
    assert (found.verdict, found.slip, found.slugs, found.near) == (Verdict.WRONG, slip, (), False)


def test_every_slip_is_exercised() -> None:
    assert {slip for *_, slip in NAMED_SLIPS} == set(SLIPS)


@pytest.mark.parametrize(("kind", "text", "truth", "slip"), NAMED_SLIPS)
def test_a_misconception_outranks_a_slip(kind: AnswerKind, text: str, truth: Value, slip: str) -> None:
    found = judge(kind, text, truth, [(("other",), truth), (("model",), parse(kind, text).value)])
    assert (found.slugs, found.slip) == (("model",), None)


@pytest.mark.parametrize(
    ("kind", "text", "truth"),
    [
        # Both the sign and the order explain these.
        (Vector(2), "-1, 1", (1, -1)),
        (Vector(2), "-1, 0, 1", (1, 0, -1)),
        # Equal entries, one-hot vectors and rankings are permuted by chance.
        (Vector(2), "0 1 0", (1, 0, 0)),
        (Vector(2), "0.5 0.25 0.5", (0.5, 0.5, 0.25)),
        (Vector(None), "1 0 2", (0, 1, 2)),
        # A zero or a 1 for 0.9 shows no digits.
        (Real(4), "0", 0.0021),
        (Real(4), "0.00", 0.0021),
        (Real(4), "1", 0.9),
        # An expression has full precision.
        (Real(4), "1/5", 0.2049),
        # Tolerances alone would allow the factor, the digits do not.
        (Real(4), "123.4", 0.0001),
        (Integer(), "300", 3),
        (Real(2), "0.8", 80.0),
        (Integer(), "12", 0),
        # Only some signs differ.
        (Vector(2), "1, -2", (1, 2)),
        # Two-figure factor, not a power of ten.
        (Real(2), "30", 1.5),
        (Real(2), "15000000", 1.5),
        (Shape(), "-3, -4", (3, 4)),
        (Choice(("a", "b")), "a", "b"),
    ],
)
def test_no_slip_is_named_when_the_numbers_do_not_tell(kind: AnswerKind, text: str, truth: Value) -> None:
    found = judge(kind, text, truth)
    assert (found.verdict, found.slip) == (Verdict.WRONG, None)


@pytest.mark.parametrize(
    ("kind", "text", "truth", "near"),
    [
        (Real(4), "0.0187", 0.0182, True),
        (Real(4), "0.0188", 0.0182, False),
        (Vector(2), "0.25 0.55", (0.25, 0.5), True),
        (Vector(2), "0.35 0.5", (0.25, 0.5), False),
        (Integer(), "34900", 34944, True),
        (Integer(count=True), "61.1M", 61_100_840, True),
        (Integer(), "34000", 34944, False),
        (Integer(), "14", 12, False),
        (Real(None), "0.25001", 0.25, False),
        (Real(2), "inf", 3.0, False),
        (Real(None), "3", float("inf"), False),
        (Shape(), "2001, 3", (2000, 3), False),
    ],
)
def test_a_near_miss(kind: AnswerKind, text: str, truth: Value, near: bool) -> None:
    found = judge(kind, text, truth)
    assert (found.verdict, found.near, found.slip) == (Verdict.WRONG, near, None)


def test_a_correct_answer_says_nothing_else() -> None:
    found = judge(Real(2), "0.25", 0.25, [(("model",), 0.25)])
    assert found == Diagnosis(Verdict.CORRECT)


def test_coinciding_misconceptions_are_named_together() -> None:
    wrong = [(("a", "b"), 0.5), (("c",), 0.75), (("d", "a"), 0.504)]
    assert judge(Real(2), "0.5", 0.25, wrong).slugs == ("a", "b", "d")


def test_a_wrong_answer_written_like_the_truth_does_not_apply() -> None:
    wrong = [(("model",), 0.2549)]
    assert judge(Real(2), "0.264", 0.2522, wrong).slugs == ()
    assert judge(Real(2), "0.264", 0.2422, wrong).slugs == ("model",)


def test_a_misconception_is_not_matched_at_lower_precision() -> None:
    assert judge(Real(4), "0.5", 0.1234, [(("model",), 0.5049)]).slugs == ()
    assert judge(Real(4), "0.5", 0.1234, [(("model",), 0.50004)]).slugs == ("model",)


def test_a_misconception_may_have_another_shape() -> None:
    assert judge(Vector(2), "0.25", (0.25, 0.75), [(("summed",), (0.25,))]).slugs == ("summed",)


def test_a_choice_is_diagnosed() -> None:
    kind = Choice(("0", "1", "2"))
    assert judge(kind, "class 1", "0", [(("nearest",), "1"), (("farthest",), "2")]).slugs == ("nearest",)
    assert judge(kind, "0", "0").verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("kind", "text", "truth", "detail"),
    [
        (Vector(2), "1 2 3", (1, 5, 9), {"index": 1}),
        (Matrix(2), "1 2 3; 4 9 6", WIDE, {"index": (1, 1)}),
        (PAIR, "1, 7", (1, 3), {"index": 1, "label": "high"}),
        (Vector(2), "1 2 3", (1, 5), {"expected_shape": (2,), "got_shape": (3,)}),
        (Matrix(2), "1 2; 3 4", WIDE, {"expected_shape": (2, 3), "got_shape": (2, 2)}),
        (Real(2), "9", 0.5, {}),
        (Real(2), "1250", 1.25, {"power": 3}),
        (Real(4), "0.02", 0.0182, {"typed_decimals": 2, "asked_decimals": 4}),
    ],
)
def test_details_locate_the_difference(kind: AnswerKind, text: str, truth: Value, detail: dict[str, object]) -> None:
    assert dict(judge(kind, text, truth).detail) == detail


@given(of_one_kind(3))
def test_correct_exactly_when_accepted(drawn: tuple[AnswerKind, tuple[Value, Value, Value]]) -> None:
    kind, (typed, truth, model) = drawn
    for value in (typed, truth):
        parsed = parse(kind, format_value(kind, value))
        found = diagnose(kind, parsed, truth, [(("model",), model)])
        assert (found.verdict is Verdict.CORRECT) == accepts(kind, parsed, truth)
        assert found.slip is None or (found.slip in SLIPS and not found.slugs and not found.near)


@given(of_one_kind(2))
def test_a_written_misconception_is_recognised(drawn: tuple[AnswerKind, tuple[Value, Value]]) -> None:
    kind, (truth, model) = drawn
    if not matches(kind, parse(kind, format_value(kind, model)).value, truth):
        assert judge(kind, format_value(kind, model), truth, [(("model",), model)]).slugs == ("model",)
