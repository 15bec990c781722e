"""Texts that can't be read: which rule they break, and where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.answers.kinds import AnswerKind, Choice, Integer, Matrix, Named, Real, Shape, Vector
from engine.answers.parse import FORMAT_ERRORS, MAX_LENGTH, Parsed, parse
from engine.errors import AnswerFormatError

REAL = Real(4)
WHOLE = Integer()
COUNT = Integer(count=True)
VECTOR = Vector(3)
MATRIX = Matrix(None)
ADAM = Named(("m", "v", "weight"), 4)
SIZES = Named(("total", "trainable"), None)
CLASSES = Choice(("0", "1", "2"))
KINDS: tuple[AnswerKind, ...] = (REAL, WHOLE, COUNT, VECTOR, MATRIX, Shape(), ADAM, SIZES, CLASSES)

INVALID: list[tuple[AnswerKind, str, str, str]] = [
    *((kind, "", "empty", "") for kind in KINDS),
    *((kind, " \u3000\n", "empty", " \u3000\n") for kind in KINDS),
    (REAL, "()", "empty", "()"),
    (MATRIX, "[[]]", "empty", "[[]]"),
    (REAL, "1" * 501, "too-long", "1"),
    (REAL, "3 $ 4", "unexpected-character", "$"),
    (REAL, "1 = 2", "unexpected-character", "="),
    (REAL, "2!", "unexpected-character", "!"),
    (VECTOR, "[0.1, ?]", "unexpected-character", "?"),
    (VECTOR, "[1, 2", "unbalanced-brackets", "["),
    (VECTOR, "1, 2)", "unbalanced-brackets", ")"),
    (VECTOR, "(1, 2]", "unbalanced-brackets", "]"),
    (VECTOR, "（1，2】", "unbalanced-brackets", "】"),
    (REAL, "abc", "unknown-word", "abc"),
    (REAL, "sin(1)", "unknown-word", "sin"),
    (REAL, "34k", "unknown-word", "k"),
    (WHOLE, "35k", "unknown-word", "k"),
    (COUNT, "35k people", "unknown-word", "people"),
    (COUNT, "35 米", "unknown-word", "米"),
    (Shape(), "B, 3", "unknown-word", "B"),
    (REAL, "__import__('os')", "unexpected-character", "_"),
    (REAL, "log(2)", "ambiguous-log", "log"),
    (REAL, "1 + lg 2", "ambiguous-log", "lg"),
    (REAL, "3*", "incomplete-expression", ""),
    (REAL, "√", "incomplete-expression", ""),
    (REAL, "* 3", "incomplete-expression", "*"),
    (REAL, "2*10^²", "incomplete-expression", "²"),
    (VECTOR, "[1, /2]", "incomplete-expression", "/"),
    (REAL, "1.2.3", "unreadable-number", "1.2.3"),
    (VECTOR, "0.1.2, 3", "unreadable-number", "0.1.2"),
    (VECTOR, "[1,, 2]", "misplaced-separator", ","),
    (VECTOR, "，1", "misplaced-separator", "，"),
    (REAL, "1 2", "expected-one-number", "1 2"),
    (REAL, "0,018", "expected-one-number", "0,018"),
    (REAL, "12,34", "expected-one-number", "12,34"),
    (REAL, "1234,567", "expected-one-number", "1234,567"),
    (REAL, "[0.1, 0.2]", "expected-one-number", "[0.1, 0.2]"),
    (COUNT, "3, 4", "expected-one-number", "3, 4"),
    (ADAM, "0.1, 0.2", "expected-n-values", "0.1, 0.2"),
    (ADAM, "0.1 0.2 0.3 0.4", "expected-n-values", "0.1 0.2 0.3 0.4"),
    (ADAM, "m=, v=1, weight=2", "missing-number", "m="),
    (ADAM, "m=1, v=2", "missing-label", "m=1, v=2"),
    (ADAM, "1, v=2, weight=3", "missing-label", "1, "),
    (ADAM, "m=1, 2, weight=3", "missing-label", "m=1, 2, weight=3"),
    (ADAM, "m=1, 2, v=3, weight=4", "missing-label", "1, 2"),
    (ADAM, "m=1, v=2, q=3", "unknown-label", "q"),
    (ADAM, "m, v, weight", "unknown-word", "m"),
    (SIZES, "t=1, trainable=2", "ambiguous-label", "t"),
    (ADAM, "m=1, m=2, v=3", "duplicate-label", "m"),
    (CLASSES, "3", "unknown-choice", "3"),
    (CLASSES, "class", "unknown-choice", "class"),
    (Choice(("a", "A")), "class A?", "unknown-choice", "class A?"),
    (MATRIX, "[[1, 2], [3]]", "ragged-rows", "[[1, 2], [3]]"),
    (MATRIX, "1 2; 3", "ragged-rows", "1 2; 3"),
    (MATRIX, "[[1, 2], 3]", "ragged-rows", "3"),
    (VECTOR, "[[1, 2], [3, 4]]", "too-many-dimensions", "["),
    (VECTOR, "(1, 2), 3", "too-many-dimensions", "(1,"),
    (MATRIX, "[[[1]]]", "too-many-dimensions", "["),
    (COUNT, "32.5", "not-whole", "32.5"),
    (WHOLE, "9/2", "not-whole", "9/2"),
    (WHOLE, "inf", "not-whole", "inf"),
    (Shape(), "3, 1.5", "not-whole", "3, 1.5"),
    (REAL, "nan", "not-a-number", "nan"),
    (VECTOR, "[1, NaN]", "not-a-number", "NaN"),
    (REAL, "1/0", "division-by-zero", "/"),
    (REAL, "0^-1", "division-by-zero", "^"),
    (REAL, "0⁻¹", "division-by-zero", "⁻¹"),
    (REAL, "√(-1)", "undefined", "√"),
    (REAL, "ln(0)", "undefined", "ln"),
    (REAL, "(-8)^(1/3)", "undefined", "^"),
    (REAL, "inf - inf", "undefined", "-"),
    (REAL, "0 inf", "undefined", "inf"),
    (REAL, "9^9^9", "too-large", "^"),
    (REAL, "2^1025", "too-large", "^"),
    (REAL, "999^1000", "too-large", "^"),
    (REAL, "10.5^400", "too-large", "^"),
    (REAL, "1e301", "too-large", "1e301"),
    (REAL, "2×10^1025", "too-large", "10^1025"),
    (REAL, "9" * 301, "too-large", "9" * 301),
    (REAL, "10^200*10^200", "too-large", "*"),
    (REAL, "exp(1000)", "too-large", "exp"),
    (REAL, "1/10^-300/10^-9", "too-large", "/"),
    (REAL, "(" * 34 + "1" + ")" * 34, "too-deep", "("),
    (REAL, "-" * 40 + "1", "too-deep", "-"),
    (REAL, "1" + "^1" * 40, "too-deep", "^"),
]


@pytest.mark.parametrize(("kind", "text", "slug", "culprit"), INVALID)
def test_an_unreadable_answer_names_the_rule_and_the_place(
    kind: AnswerKind, text: str, slug: str, culprit: str
) -> None:
    with pytest.raises(AnswerFormatError) as caught:
        parse(kind, text)
    start, end = caught.value.span
    assert (caught.value.slug, caught.value.text, text[start:end]) == (slug, text, culprit)


def test_every_listed_slug_occurs_and_no_other() -> None:
    listed = [slug for slug, _ in FORMAT_ERRORS]
    assert len(set(listed)) == len(listed)
    assert {slug for _, _, slug, _ in INVALID} == set(listed)


@pytest.mark.parametrize(
    ("kind", "text", "details"),
    [
        (ADAM, "0.1, 0.2", {"expected": 3, "got": 2}),
        (REAL, "1, 2, 3", {"got": 3}),
        (ADAM, "m=1, v=2", {"missing": ("weight",)}),
        (ADAM, "m=1, v=2, q=3", {"label": "q", "labels": ("m", "v", "weight")}),
        (SIZES, "t=1, trainable=2", {"label": "t", "candidates": ("total", "trainable")}),
        (CLASSES, "3", {"labels": ("0", "1", "2")}),
        (MATRIX, "1 2; 3", {"lengths": (2, 1)}),
        (REAL, "sin 3", {"word": "sin"}),
    ],
)
def test_the_error_carries_what_a_message_may_show(kind: AnswerKind, text: str, details: dict[str, object]) -> None:
    with pytest.raises(AnswerFormatError) as caught:
        parse(kind, text)
    assert caught.value.details == details


def read_or_refuse(kind: AnswerKind, text: str) -> None:
    try:
        outcome: Parsed | AnswerFormatError = parse(kind, text)
    except AnswerFormatError as error:
        outcome = error
    if isinstance(outcome, AnswerFormatError):
        assert outcome.slug in dict(FORMAT_ERRORS)
        assert outcome.text == text
        assert 0 <= outcome.span[0] <= outcome.span[1] <= len(text)
    elif len(outcome.read_as) <= MAX_LENGTH:
        assert parse(kind, outcome.read_as).read_as == outcome.read_as


MATHS = st.text(
    alphabet="0123456789.,;、 \n+-*/^%()[]{}=:≈eExXkKπ√∞⁻²½sqrtlnopganifmvwe_'\"−×·（）［］，：；", max_size=40
)


@settings(max_examples=2000, deadline=None)
@given(st.sampled_from(KINDS), st.text())
def test_any_text_is_read_or_refused(kind: AnswerKind, text: str) -> None:
    read_or_refuse(kind, text)


@settings(max_examples=2000, deadline=None)
@given(st.sampled_from(KINDS), MATHS)
def test_any_formula_is_read_or_refused(kind: AnswerKind, text: str) -> None:
    read_or_refuse(kind, text)


PIECES = [
    "1",
    "2.5",
    "10",
    "1e300",
    "^",
    "*",
    "/",
    "-",
    "(",
    ")",
    "[",
    "]",
    ",",
    " ",
    "inf",
    "ln",
    "exp",
    "√",
    "⁻³",
    "=",
    "m",
    "v",
]


@settings(max_examples=2000, deadline=None)
@given(st.sampled_from(KINDS), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_sequence_of_pieces_is_read_or_refused(kind: AnswerKind, text: str) -> None:
    read_or_refuse(kind, text)
